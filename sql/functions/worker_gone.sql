-- offhook.worker_gone(p_worker uuid)
--
-- Purpose: a worker has ended, and has given everything back. Its row stays
--     for a day: attempts say by it where they were made.
-- Errors: none.  Writes: worker.
create or replace function offhook.worker_gone(p_worker uuid)
returns void
language sql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	update offhook.worker w set gone_at = clock_timestamp(), in_flight = 0
	    where w.id = p_worker
$$;
