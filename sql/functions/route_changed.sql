-- offhook.route_changed(p_comment text) returns bigint
--
-- Purpose: the end of each change of the routes, by a caller that has locked
--     route_version: a new version, and the whole set under it.
-- Returns: the new version.  From the commit on, ingest refuses a reply that
--     was chosen from an older one.
-- Errors: none.  Writes: route_version, route_change; the thousand latest
--     changes are kept.
create or replace function offhook.route_changed(p_comment text)
returns bigint
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_version bigint;
begin
	update offhook.route_version v set version = greatest(v.version + 1,
	    (extract(epoch from clock_timestamp()) * 1000)::bigint)
	    returning v.version into v_version;
	insert into offhook.route_change (version, changed_at, changed_by,
	    comment, routes, positions)
	    select v_version, clock_timestamp(), session_user, p_comment,
	    coalesce(jsonb_agg(r.spec order by r.position, r.name), '[]'),
	    coalesce(array_agg(r.position order by r.position, r.name), '{}')
	    from offhook.route r;
	delete from offhook.route_change c where c.version <= (
	    select o.version from offhook.route_change o
	    order by o.version desc offset 1000 limit 1);
	return v_version;
end
$$;
