-- offhook.route_apply(p_routes jsonb, p_comment text,
--     p_base bigint default null) returns bigint
--
-- Purpose: replaces all routes by these, in this order, at positions 10, 20,
--     ...; all of them or, if one is refused, none.
-- Arguments: p_routes  a JSON array of specs, each with its name;
--     p_comment  for the history, or null;
--     p_base  the version that this was made from, or null: any.
-- Returns: the new version; the present one if all is as it is already.
-- Errors: OF005 p_base is not the present version: somebody has changed the
--     routes since; 22023 no array, a name twice; those of
--     functions/route_check.sql.
-- Writes: route, route_version, route_change.
create or replace function offhook.route_apply(p_routes jsonb,
    p_comment text, p_base bigint default null)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_version bigint;
	v_positions integer[];
begin
	if jsonb_typeof(p_routes) is distinct from 'array' then
		raise exception 'offhook: routes are a JSON array'
		    using errcode = '22023';
	end if;
	select v.version into v_version from offhook.route_version v
	    for update;
	if v_version <> p_base then
		raise exception 'offhook: the routes have changed meanwhile'
		    using errcode = 'OF005', detail = format('planned from '
		    'version %s, now %s', p_base, v_version),
		    hint = 'Look at what was changed, and plan again.';
	end if;
	v_positions := array(select 10 * n
	    from generate_series(1, jsonb_array_length(p_routes)) as n);
	if offhook.route_replace(p_routes, v_positions) then
		return offhook.route_changed(p_comment);
	end if;
	return v_version;
end
$$;
