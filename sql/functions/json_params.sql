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
begin
	if p_object is null or jsonb_typeof(p_object) <> 'object' then
		return '{}';
	end if;
	return (
	    with member as (
	        select key, value, jsonb_typeof(value) as type,
	        case when key ~ '^[a-z]' then (select string_agg(
	            upper(left(w, 1)) || substr(w, 2), '')
	            from unnest(string_to_array(key, '_')) as w)
	        else key end as name
	        from jsonb_each(p_object)
	    )
	    select coalesce(jsonb_object_agg(p.name, p.value), '{}') from (
	        select m.name || '.' || i.key, i.value #>> '{}'
	        from member m, jsonb_each(offhook.json_params(m.value,
	        p_levels - 1)) as i
	        where m.type = 'object' and p_levels > 1
	        union all
	        select m.name, p_object ->> m.key from member m
	        where m.type not in ('object', 'null')
	    ) as p (name, value));
end
$$;
