-- offhook.route_json_fault(p_reply text) returns text
--
-- Purpose: what is wrong with a reply to a Conversations webhook that asks
--     beforehand.  It is {} (publish) or the fields to change: body, author,
--     attributes, friendly_name.  All are texts, attributes as well: JSON
--     within a string.  src/core/pre_action.c has the same rules.
-- Returns: null when it is good.
-- Errors: none.  Writes: nothing.
create or replace function offhook.route_json_fault(p_reply text)
returns text
language plpgsql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v jsonb;
	f record;
begin
	begin
		v := p_reply::jsonb;
	exception when data_exception or program_limit_exceeded then
		return 'this is not JSON';
	end;
	if jsonb_typeof(v) is distinct from 'object' then
		return 'this is not a JSON object, such as {"body": "..."}';
	end if;
	for f in select e.key, jsonb_typeof(e.value) as type,
	    e.value #>> '{}' as text from jsonb_each(v) as e loop
		if f.key not in ('body', 'author', 'attributes',
		    'friendly_name') then
			return format('there is no field %s; a reply has '
			    'body, author, attributes or friendly_name',
			    to_json(f.key));
		end if;
		if f.type <> 'string' then
			return format('%s must be a string%s', f.key,
			    case f.key when 'attributes' then
			    ' that holds JSON, such as "{\"a\": 1}"'
			    else '' end);
		end if;
		if f.key = 'attributes' then
			begin
				perform f.text::json;
			exception when data_exception
			    or program_limit_exceeded then
				return 'the string in attributes does not '
				    'hold JSON';
			end;
		end if;
	end loop;
	return null;
end
$$;
