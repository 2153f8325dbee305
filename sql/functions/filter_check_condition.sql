-- offhook.filter_check_condition(p_key text, p_condition jsonb, p_at text)
--     returns void
--
-- Purpose: whether p_condition is a condition: functions/filter_condition.sql.
-- Arguments: p_key  whose: "kind", "params.Body"; p_at  what to call it
-- Errors: 22023 what is wrong, where, and what to write instead.
-- Writes: nothing.
create or replace function offhook.filter_check_condition(p_key text,
    p_condition jsonb, p_at text)
returns void
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_operators constant text[] :=
	    '{equal,in,prefix,exists,pattern,not}';
	v_type text := jsonb_typeof(p_condition);
	v_key text;
	v_of jsonb;
	v_near text;
begin
	if p_at ~ '(\.not){8}' then
		raise exception 'offhook: % is too deep', p_at
		    using errcode = '22023';
	end if;
	if v_type in ('string', 'number') or v_type = 'array'
	    and p_condition <> '[]' and not jsonb_path_exists(p_condition,
	    'strict $[*] ? (@.type() != "string" && @.type() != "number")')
	    then
		perform offhook.filter_check_text(p_key, t, p_at, true)
		    from unnest(offhook.filter_texts(p_condition)) as t;
		return;
	end if;
	if v_type is distinct from 'object' or p_condition = '{}' then
		raise exception 'offhook: % must be a text, a list of texts, '
		    'or an object of operators', p_at
		    using errcode = '22023', hint = case when v_type in
		    ('null', 'boolean') then 'To ask whether there is one: '
		    '{"exists": false}.' else format('For instance {"%s": '
		    '{"prefix": "x"}}; operators are %s.', p_key,
		    array_to_string(v_operators, ', ')) end;
	end if;
	for v_key, v_of in select * from jsonb_each(p_condition) loop
		case v_key
		when 'not' then
			perform offhook.filter_check_condition(p_key, v_of,
			    p_at || '.not');
		when 'exists' then
			if jsonb_typeof(v_of) <> 'boolean' then
				raise exception 'offhook: %.exists must be '
				    'true or false', p_at
				    using errcode = '22023';
			end if;
		when 'pattern' then
			perform offhook.filter_check_pattern(v_of,
			    p_at || '.pattern');
		when 'equal', 'in', 'prefix' then
			if jsonb_typeof(v_of) <> 'array' and (v_key = 'in'
			    or jsonb_typeof(v_of) not in ('string', 'number'))
			    or v_of = '[]' or jsonb_typeof(v_of) = 'array'
			    and jsonb_path_exists(v_of, 'strict $[*] ? '
			    '(@.type() != "string" && @.type() != "number")')
			    then
				raise exception 'offhook: %.% must be %',
				    p_at, v_key, case v_key when 'in'
				    then 'a list of texts'
				    else 'a text or a list of texts' end
				    using errcode = '22023';
			end if;
			perform offhook.filter_check_text(case
			    when v_key <> 'prefix' then p_key end, t,
			    p_at || '.' || v_key, false)
			    from unnest(offhook.filter_texts(v_of)) as t;
		else
			v_near := offhook.nearest(v_key, v_operators);
			raise exception 'offhook: %: there is no operator %',
			    p_at, to_json(v_key) using errcode = '22023',
			    hint = coalesce('Did you mean ' || v_near
			    || '?  ', '') || 'There are '
			    || array_to_string(v_operators, ', ') || '.';
		end case;
	end loop;
end
$$;
