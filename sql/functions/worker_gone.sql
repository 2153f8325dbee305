-- offhook.worker_gone(p_worker uuid)
--
-- Purpose: a worker has ended, and has given everything back.
-- Errors: none.  Writes: worker.
create or replace function offhook.worker_gone(p_worker uuid)
returns void
language sql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	delete from offhook.worker w where w.id = p_worker
$$;
