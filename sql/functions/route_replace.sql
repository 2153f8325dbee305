-- offhook.route_replace(p_routes jsonb, p_positions integer[])
--     returns boolean
--
-- Purpose: replaces all routes by these, at these positions, for
--     route_apply() and route_rollback(), which have locked route_version.
--     A route that is as it was keeps who set it, and when.
-- Returns: whether anything has changed.
-- Errors: 22023 a name twice; those of functions/route_check.sql.
-- Writes: route.
create or replace function offhook.route_replace(p_routes jsonb,
    p_positions integer[])
returns boolean
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_name text;
	v_gone bigint;
	v_set bigint;
begin
	perform offhook.route_check(s)
	    from jsonb_array_elements(p_routes) as s;
	select min(s ->> 'name') into v_name
	    from jsonb_array_elements(p_routes) as s
	    group by s ->> 'name' having count(*) > 1 limit 1;
	if found then
		raise exception 'offhook: two routes are named %',
		    to_json(v_name) using errcode = '22023';
	end if;
	delete from offhook.route r where not exists (
	    select from jsonb_array_elements(p_routes) as s
	    where s ->> 'name' = r.name);
	get diagnostics v_gone = row_count;
	insert into offhook.route as r (name, position, spec, set_at, set_by)
	    select s.spec ->> 'name', p_positions[s.n], s.spec,
	    clock_timestamp(), session_user
	    from jsonb_array_elements(p_routes) with ordinality as s (spec, n)
	    on conflict (name) do update set position = excluded.position,
	    spec = excluded.spec,
	    set_at = case r.spec when excluded.spec then r.set_at
	        else excluded.set_at end,
	    set_by = case r.spec when excluded.spec then r.set_by
	        else excluded.set_by end
	    where r.spec <> excluded.spec or r.position <> excluded.position;
	get diagnostics v_set = row_count;
	return v_gone + v_set > 0;
end
$$;
