-- offhook.house_done()
--
-- Purpose: the last step of house keep: notes that it has come to its end,
--     which house_status() shows.
-- Errors: none.  Writes: house_state.
create or replace function offhook.house_done()
returns void
language sql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	update offhook.house_state s set at = clock_timestamp()
	    where s.name = 'keep'
$$;
