-- offhook.worker_due() returns table (todo boolean, due boolean,
--     leased boolean, next_at timestamptz, oldest_at timestamptz)
--
-- Purpose: what there is to do for workers, for one that has nothing to do.
-- Returns: one row: whether an event waits to be routed; whether a delivery
--     of a destination that is running and whose breaker does not hold it is
--     due; whether one is leased; when the next one is due; when the oldest
--     was routed of those that are due, or leased, or tried again (it looks
--     at the first 1000 of each destination).
-- Errors: none.  Writes: nothing.
create or replace function offhook.worker_due()
returns table (todo boolean, due boolean, leased boolean,
    next_at timestamptz, oldest_at timestamptz)
language sql stable security definer
set search_path = pg_catalog, offhook, pg_temp
set enable_seqscan = off
set jit = off
as $$
	select exists (select from offhook.todo),
	    coalesce(bool_or(not d.paused and coalesce(d.open_until
	    <= clock_timestamp(), true)
	    and x.next_at <= clock_timestamp()), false),
	    coalesce(bool_or(x.leased), false),
	    min(greatest(x.next_at, d.open_until)) filter (where not d.paused),
	    min(x.oldest_at)
	from (select d.id, d.paused,
	    greatest(h.open_until, h.probe_until) as open_until
	    from offhook.destination d
	    cross join lateral offhook.destination_health(d.id) as h
	    where d.deleted_at is null) as d
	cross join lateral (select min(y.due_at) as next_at,
	    min(y.routed_at) as oldest_at,
	    bool_or(y.lease is not null) as leased
	    from (select y.due_at, y.routed_at, y.lease
	    from offhook.delivery y
	    where y.destination = d.id and y.due_at < 'infinity'
	    order by y.due_at limit 1000) as y) as x
$$;
