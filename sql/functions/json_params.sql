-- offhook.json_params(p_object jsonb, p_levels integer) returns jsonb
--
-- Purpose: the members of a JSON object as parameters of a form's names:
--     "error_code" and "errorCode" are ErrorCode, a member of an object is
--     "MoreInfo.Msg".  The same as cloud_params() of src/core/cloud.c.
-- Arguments: p_levels how deep objects are opened, 1 to 3; deeper ones are
--     left out.
-- Returns: an object of texts; {} for anything that is not an object.
-- Errors: none.  Writes: nothing.
create or replace function offhook.json_params(p_object jsonb,
    p_levels integer)
returns jsonb
language plpgsql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v record;
	v_name text;
	v_params jsonb := '{}';
begin
	if p_object is null or jsonb_typeof(p_object) <> 'object' then
		return v_params;
	end if;
	for v in select key, value, jsonb_typeof(value) as type
	    from jsonb_each(p_object) loop
		v_name := v.key;
		if v_name ~ '^[a-z]' then
			select string_agg(upper(left(w, 1)) || substr(w, 2), '')
			    into v_name
			    from unnest(string_to_array(v.key, '_')) as w;
		end if;
		if v.type = 'object' and p_levels > 1 then
			select v_params || coalesce(jsonb_object_agg(
			    v_name || '.' || key, value), '{}')
			    into v_params
			    from jsonb_each(offhook.json_params(v.value,
			    p_levels - 1));
		elsif v.type not in ('object', 'null') then
			v_params := v_params || jsonb_build_object(v_name,
			    p_object ->> v.key);
		end if;
	end loop;
	return v_params;
end
$$;
