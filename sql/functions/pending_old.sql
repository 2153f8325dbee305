-- offhook.pending_old(p_limit interval)
--     returns table (destination, since, detail)
--
-- Purpose: the destinations that have a delivery which was routed longer
--     than p_limit ago and has not ended; and, as '', events that were not
--     even routed for so long.
-- Arguments: p_limit  at least 1 second.
-- Returns: since the oldest one's time; detail what is known of why.
-- Errors: none.  Writes: nothing.
--
-- Bounded: of each destination the thousand that are due first and the
-- thousand whose next attempt comes first are looked at.
create or replace function offhook.pending_old(p_limit interval)
returns table (destination text, since timestamptz, detail jsonb)
language sql stable
set search_path = pg_catalog, offhook, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
	select d.name, o.since, jsonb_strip_nulls(jsonb_build_object(
	    'oldest', o.since, 'delivery', o.id, 'paused_at', d.paused_at,
	    'reason', case when d.paused then 'the destination is paused'
	    when s.breaker <> 'closed' then 'its circuit breaker is open'
	    when o.error is not null then 'last attempt: ' || o.error end))
	from offhook.destination d
	cross join lateral (
	    select p.id, p.routed_at as since, p.error
	    from (
	        (select y.id, y.routed_at, y.error, y.state
	        from offhook.delivery y
	        where y.destination = d.id and y.due_at is not null
	        and y.due_at <= statement_timestamp()
	        order by y.due_at limit 1000)
	        union all
	        (select y.id, y.routed_at, y.error, y.state
	        from offhook.delivery y
	        where y.destination = d.id and y.due_at is not null
	        and y.due_at > statement_timestamp() and y.due_at < 'infinity'
	        order by y.due_at limit 1000)
	    ) as p
	    where p.state = 'pending'
	    order by p.routed_at, p.id
	    limit 1
	) as o
	left join lateral (
	    select x.breaker from offhook.destination_state x
	    where x.destination = d.id order by x.n desc limit 1
	) as s on true
	where d.deleted_at is null
	and o.since < statement_timestamp() - p_limit
	union all
	select '', u.since, jsonb_build_object('oldest', u.since, 'event',
	    u.event_id, 'reason', 'events are not routed')
	from (
	    -- of what was spooled: when it was stored
	    select t.event_id, coalesce(l.at, t.event_at) as since
	    from (
	        select n.event_id, n.event_at, n.xid from offhook.todo n
	        where n.xid >= coalesce((select pg_snapshot_xmin(c.done)
	        from offhook.todo_cursor c order by c.id desc limit 1),
	        '0'::xid8)
	        order by n.xid limit 1
	    ) as t
	    left join offhook.late l
	    on l.xid = t.xid and l.event_id = t.event_id
	) as u
	where u.since < statement_timestamp() - p_limit
$$;
