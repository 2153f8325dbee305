-- offhook.filter_param(p_params jsonb, p_name text) returns text[]
--
-- Purpose: the values of a parameter as texts.  p_name is the parameter's,
--     or of a JSON body a path: data.messageSid.
-- Returns: an empty array where there is none; every value of one that was
--     repeated.
-- Errors: none.  Writes: nothing.
create or replace function offhook.filter_param(p_params jsonb, p_name text)
returns text[]
language plpgsql stable
as $$
declare
	v jsonb := p_params -> p_name;
begin
	if v is null then
		v := p_params #> string_to_array(p_name, '.');
	end if;
	case jsonb_typeof(v)
	when 'array' then
		return array(select e #>> '{}'
		    from pg_catalog.jsonb_array_elements(v) as e
		    where e <> 'null');
	when 'null' then
		return '{}';
	else
		return array_remove(array[v #>> '{}'], null);
	end case;
end
$$;
