-- offhook.house_lock()
--
-- Purpose: one house keep at a time.  The lock ends with the transaction, so
--     a crash leaves nothing behind and a pooler does no harm.
-- Errors: OF010 another one is at work.
-- Writes: nothing.
create or replace function offhook.house_lock()
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	if not pg_try_advisory_xact_lock(31357010891566956) then
		raise exception 'offhook: another house keep is at work'
		    using errcode = 'OF010';
	end if;
end
$$;
