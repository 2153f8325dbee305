-- offhook.house_begins(p_name text) returns timestamptz
--
-- Purpose: the first moment of a partition's month, by its name; null where
--     the name is not event_YYYYMM: such a table is somebody else's.
-- Errors: none.  Writes: nothing.
create or replace function offhook.house_begins(p_name text)
returns timestamptz
language sql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
	select case when p_name ~ '^event_[1-9][0-9]{3}(0[1-9]|1[0-2])$' then
	    make_timestamptz(substr(p_name, 7, 4)::integer,
	    substr(p_name, 11, 2)::integer, 1, 0, 0, 0, 'UTC') end
$$;
