-- offhook.house_aside() returns setof text
--
-- Purpose: the tables that make_partitions() has set aside and that still
--     are there, found by their names, oldest first.
-- Errors: none.  Writes: nothing.
--
-- (It sets no search_path: so it becomes part of the statements that use it.)
create or replace function offhook.house_aside()
returns setof text
language sql stable
as $$
	select c.relname::text from pg_catalog.pg_class c
	where c.relnamespace = 'offhook'::pg_catalog.regnamespace
	and c.relkind = 'r' and c.relname ~ '^event_accident_[0-9]+$'
	and not c.relispartition
	order by 1
$$;
