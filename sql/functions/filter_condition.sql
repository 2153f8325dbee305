-- offhook.filter_condition(p_condition jsonb, p_values text[])
--     returns boolean
--
-- Purpose: whether one condition of a filter (functions/filter_match.sql)
--     holds for what an event has.
-- Arguments: p_condition  a text or number: equal, or "x*": begins with x; a
--     list of these: any of them; an object of operators, all of which must
--     hold: "equal", "in" (equal to any), "prefix", "exists", "pattern",
--     "not" (a condition);
--     p_values  none where the event has nothing.  A condition holds when
--     one of them suits it; "not", when what it denies does not hold.
-- Returns: never null; what is no condition does not hold.
-- Errors: none.  Writes: nothing.
--
-- (It sets no search_path, as that costs more than the rest; who calls it in
-- earnest has set it.)
create or replace function offhook.filter_condition(p_condition jsonb,
    p_values text[])
returns boolean
language plpgsql stable
as $$
declare
	v_text text;
	v_value text;
	v_key text;
	v_of jsonb;
	v_ok boolean;
begin
	case jsonb_typeof(p_condition)
	when 'string', 'number' then
		v_text := p_condition #>> '{}';
		foreach v_value in array p_values loop
			if v_value = v_text or right(v_text, 1) = '*'
			    and starts_with(v_value, left(v_text, -1)) then
				return true;
			end if;
		end loop;
		return false;
	when 'array' then
		for v_of in
		    select e from pg_catalog.jsonb_array_elements(p_condition)
		    as e
		loop
			if jsonb_typeof(v_of) in ('string', 'number')
			    and offhook.filter_condition(v_of, p_values) then
				return true;
			end if;
		end loop;
		return false;
	when 'object' then
		for v_key, v_of in
		    select e.key, e.value
		    from pg_catalog.jsonb_each(p_condition) as e
		loop
			v_ok := false;
			case v_key
			when 'equal', 'in' then
				v_ok := p_values
				    && offhook.filter_texts(v_of);
			when 'prefix' then
				foreach v_value in array p_values loop
					v_ok := v_ok or v_value ^@ any (
					    offhook.filter_texts(v_of));
				end loop;
			when 'exists' then
				v_ok := (cardinality(p_values) > 0)
				    = (v_of = 'true');
			when 'pattern' then
				v_ok := offhook.filter_pattern(v_of #>> '{}',
				    p_values);
			when 'not' then
				v_ok := not offhook.filter_condition(v_of,
				    p_values);
			else
			end case;
			if v_ok is not true then
				return false;
			end if;
		end loop;
		return true;
	else
		return false;
	end case;
end
$$;
