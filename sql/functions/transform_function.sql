-- offhook.transform_function(p_destination integer) returns text
--
-- Purpose: the function that a destination's transform_sql names, as SQL
--     writes it; for offhook.transform_sql, whose owner may read no table.
-- Returns: null: there is no such destination, or it has none.
-- Errors: none.  Writes: nothing.
create or replace function offhook.transform_function(p_destination integer)
returns text
language sql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	select quote_ident(split_part(d.spec ->> 'transform_sql', '.', 1))
	    || '.'
	    || quote_ident(split_part(d.spec ->> 'transform_sql', '.', 2))
	from offhook.destination d
	where d.id = p_destination and d.deleted_at is null
$$;
