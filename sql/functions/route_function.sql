-- offhook.route_function(p_name text) returns text
--
-- Purpose: the function that a route with "sql" calls, as SQL writes its
--     name; for offhook.reply_sql, whose owner may read no table.
-- Arguments: p_name  the route's name
-- Returns: null: there is no such route, or it has no "sql".
-- Errors: none.  Writes: nothing.
create or replace function offhook.route_function(p_name text)
returns text
language sql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	select quote_ident(split_part(r.spec ->> 'sql', '.', 1)) || '.'
	    || quote_ident(split_part(r.spec ->> 'sql', '.', 2))
	from offhook.route r where r.name = p_name
$$;
