-- offhook.filter_check(p_filter jsonb, p_at text default 'filter')
--     returns void
--
-- Purpose: whether p_filter is a filter: functions/filter_match.sql.
-- Arguments: p_at  what to call it: "filter.or[2]"
-- Errors: 22023 what is wrong, where, and what to write instead.
-- Writes: nothing.
create or replace function offhook.filter_check(p_filter jsonb,
    p_at text default 'filter')
returns void
language plpgsql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_keys constant text[] := '{kind,account,from,to,sid,status,'
	    'error_code,verdict,parent,route,and,or,not}';
	v_key text;
	v_of jsonb;
	v_why text;
	v_near text;
begin
	if jsonb_typeof(p_filter) is distinct from 'object' then
		v_why := 'must be an object: {"kind": "message.inbound"}';
	elsif octet_length(p_filter::text) > 16384 then
		v_why := 'is longer than 16384 bytes';
	elsif length(p_at) - length(translate(p_at, '.', '')) > 8 then
		v_why := 'is more than 8 levels deep';
	end if;
	if v_why is not null then
		raise exception 'offhook: % %', p_at, v_why
		    using errcode = '22023';
	end if;
	for v_key, v_of in select * from jsonb_each(p_filter) loop
		if v_key in ('and', 'or') then
			if jsonb_typeof(v_of) <> 'array' or v_of = '[]' then
				raise exception 'offhook: %.% must be a list '
				    'of filters', p_at, v_key
				    using errcode = '22023';
			end if;
			perform offhook.filter_check(e,
			    format('%s.%s[%s]', p_at, v_key, n))
			    from jsonb_array_elements(v_of)
			    with ordinality as t (e, n);
		elsif v_key = 'not' then
			perform offhook.filter_check(v_of, p_at || '.not');
		elsif v_key = any (v_keys) or v_key ~ '^params\..' then
			perform offhook.filter_check_condition(v_key, v_of,
			    p_at || '.' || v_key);
		else
			v_near := coalesce(offhook.nearest(v_key, v_keys),
			    case when v_key ~ '^[A-Z]'
			    then 'params.' || v_key end);
			raise exception 'offhook: %: there is no condition %',
			    p_at, to_json(v_key) using errcode = '22023',
			    hint = coalesce('Did you mean ' || v_near
			    || '?  ', '') || 'There are '
			    || array_to_string(v_keys, ', ')
			    || ', and params.NAME for any parameter.';
		end if;
	end loop;
end
$$;
