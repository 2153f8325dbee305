-- offhook.route_rollback(p_version bigint, p_comment text) returns bigint
--
-- Purpose: makes the routes again what they were as of a version; that is a
--     new version.  What SQL refuses today is refused: a function that the
--     routes called may be gone.
-- Arguments: p_comment  for the history; null: 'back to VERSION'
-- Returns: the new version; the present one if all is as it was.
-- Errors: P0002 that version is not kept; those of functions/route_check.sql.
-- Writes: route, route_version, route_change.
create or replace function offhook.route_rollback(p_version bigint,
    p_comment text)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.route_change;
	v_version bigint;
begin
	select r.version into v_version from offhook.route_version r
	    for update;
	select * into v from offhook.route_change c
	    where c.version = p_version;
	if not found then
		raise exception 'offhook: there is no version % of the routes',
		    p_version using errcode = 'P0002',
		    hint = 'The thousand latest changes are kept.';
	end if;
	if offhook.route_replace(v.routes, v.positions) then
		return offhook.route_changed(coalesce(p_comment,
		    'back to ' || p_version));
	end if;
	return v_version;
end
$$;
