-- offhook.house_drop() returns table (action, object, detail, rows)
--
-- Purpose: a step of house keep: drops the oldest partition of the history
--     that is past its period.
-- Returns: one row (rows: as Postgres estimated them), and no row when there
--     is none (any more).
-- Errors: OF010; 55P03 somebody held a lock for half a second: try again.
-- Writes: partitions of event, house_state.
--
-- Locks: event, event_default and the partition in access exclusive mode for
-- a few milliseconds; nobody waits for more than a second (its own waits are
-- at most half a second each).  The file is removed after the locks are gone.
create or replace function offhook.house_drop()
returns table (action text, object text, detail text, rows bigint)
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '500ms'
set timezone = 'UTC'
as $$
declare
	v record;
begin
	perform offhook.house_lock();
	select h.* into v from offhook.house_history() h
	    where h.due = 'drop' order by h.month limit 1;
	if not found then
		return;
	end if;
	lock table offhook.event in access exclusive mode;
	execute format('alter table offhook.event detach partition '
	    'offhook.%I', v.name);
	execute format('drop table offhook.%I', v.name);
	return query select 'drop'::text, v.name,
	    'older than ' || (select r.keep from offhook.retention r
	    where r.what = 'history'), v.rows_estimate;
end
$$;
