-- offhook.routes() returns table (version, kind, to_, twiml, http, in_trouble)
--
-- Purpose: all routes and their version, of one moment, for the snapshot on
--     a web server's disk.
-- Returns: a row a route, each with the version; without routes one row, all
--     null but the version.
-- Errors: none.  Writes: nothing.
create or replace function offhook.routes()
returns table (version bigint, kind text, to_ text, twiml text,
    http smallint, in_trouble text)
language plpgsql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	return query
	    select v.version, r.kind, r.to_, r.twiml, r.http, r.in_trouble
	    from offhook.route_version v
	    left join offhook.route r on true
	    order by r.kind, r.to_;
end
$$;
