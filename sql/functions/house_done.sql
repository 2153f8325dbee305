-- offhook.house_done()
--
-- Purpose: the last step of house keep: forgets workers that were not seen
--     for a day, and notes that it has come to its end, which house_status()
--     shows.
-- Errors: none.  Writes: worker, house_state.
create or replace function offhook.house_done()
returns void
language sql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	delete from offhook.worker w
	    where w.seen_at < clock_timestamp() - interval '1 day';
	update offhook.house_state s set at = clock_timestamp()
	    where s.name = 'keep'
$$;
