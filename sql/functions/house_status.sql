-- offhook.house_status() returns table (kept_at, late, default_since,
--     accident, aside)
--
-- Purpose: whether house keep is run, and what an accident has left behind.
-- Returns: one row: when house keep last came to its end (or the table was
--     made), whether that is more than two days ago; the time of the oldest
--     row in event_default, or null; whether house keep would move rows from
--     there; how many tables are set aside with rows in no view.
-- Errors: none.  Writes: nothing.
create or replace function offhook.house_status()
returns table (kept_at timestamptz, late boolean, default_since timestamptz,
    accident boolean, aside bigint)
language sql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	select s.at, s.at < clock_timestamp() - interval '2 days',
	    (select min(e.received_at) from offhook.event_default e),
	    exists (select from offhook.house_accident()),
	    (select count(*) from offhook.house_aside())
	from offhook.house_state s where s.name = 'keep'
$$;
