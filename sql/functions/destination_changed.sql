-- offhook.destination_changed(p_what text, p_name text, p_detail jsonb)
--     returns void
--
-- Purpose: the end of each change of a destination: a new version, which
--     workers ask for, and a note of who made it.
-- Errors: none.  Writes: destination_version, operation.
create or replace function offhook.destination_changed(p_what text,
    p_name text, p_detail jsonb default null)
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	update offhook.destination_version v set version = greatest(
	    v.version + 1,
	    (extract(epoch from clock_timestamp()) * 1000)::bigint);
	-- The values of headers may be secret.
	if jsonb_typeof(p_detail -> 'headers') = 'object' then
		p_detail := jsonb_set(p_detail, '{headers}', (select
		    coalesce(jsonb_object_agg(h.key, '***'), '{}')
		    from jsonb_each(p_detail -> 'headers') as h));
	end if;
	perform offhook.operation_note('destination.' || p_what, p_name,
	    p_detail);
end
$$;
