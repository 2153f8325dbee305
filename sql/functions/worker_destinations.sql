-- offhook.worker_destinations(p_version bigint)
--     returns table (version bigint, destinations text)
--
-- Purpose: what a worker has to know of all destinations.
-- Arguments: p_version  that it knows already
-- Returns: one row: the version; a JSON array of {"id", "name", "spec",
--     "secrets"}, paused ones too, or null when the version is
--     p_version.
-- Errors: none.  Writes: nothing.
create or replace function offhook.worker_destinations(p_version bigint)
returns table (version bigint, destinations text)
language sql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	select v.version, case when v.version is distinct from p_version
	    then (select coalesce(json_agg(json_build_object('id', d.id,
	    'name', d.name, 'spec', d.spec, 'secrets', coalesce(s.secrets,
	    '{}')) order by d.id), '[]')::text
	    from offhook.destination d
	    left join offhook.destination_secret s on s.destination = d.id
	    where d.deleted_at is null) end
	from offhook.destination_version v
$$;
