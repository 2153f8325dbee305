-- offhook.routes() returns table (version, specs)
--
-- Purpose: all routes and their version, of one moment, for the snapshot on
--     a web server's disk.
-- Returns: one row; specs: a JSON array of the routes' specs, in order.
-- Errors: none.  Writes: nothing.
create or replace function offhook.routes()
returns table (version bigint, specs text)
language plpgsql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	return query
	    select v.version, coalesce((select jsonb_agg(r.spec
	    order by r.position, r.name) from offhook.route r), '[]')::text
	    from offhook.route_version v;
end
$$;
