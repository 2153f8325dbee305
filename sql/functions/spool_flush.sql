-- offhook.spool_flush() returns void
--
-- Purpose: when this has returned, all that spool_ingest() did before is on
--     the disk, whatever connection did it: the log is written in its order.
-- Errors: none.  Writes: nothing but the log.
create or replace function offhook.spool_flush()
returns void
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '2000ms'
as $$
begin
	perform set_config('synchronous_commit', 'on', true);
	perform pg_logical_emit_message(true, 'offhook', '');
end
$$;
