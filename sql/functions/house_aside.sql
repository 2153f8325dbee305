-- offhook.house_aside() returns setof text
--
-- Purpose: the tables that make_partitions() has set aside and that still
--     are there, found by their names, oldest first.
-- Errors: none.  Writes: nothing.
create or replace function offhook.house_aside()
returns setof text
language sql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
	select c.relname::text from pg_class c
	where c.relnamespace = 'offhook'::regnamespace
	and c.relkind = 'r' and c.relname ~ '^event_accident_[0-9]+$'
	and not c.relispartition
	order by 1
$$;
