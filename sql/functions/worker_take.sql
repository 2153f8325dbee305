-- offhook.worker_take(p_worker uuid, p_room integer, p_lease_ms integer,
--     p_full jsonb, p_low jsonb) returns setof offhook.task
--
-- Purpose: claims deliveries that are due, of all destinations that are
--     running: new ones, retries, and those whose lease has run out.  None
--     has more than its share while others have work.
-- Arguments: p_room  deliveries at most;  p_lease_ms  for how long
--     p_full  {"destination": how many of it at most}, where that is less
--     p_low   the info of the first row of the call before, or null
-- Returns: a row with id null: tries says how many were claimed, info is
--     p_low for the next call, error_code in how many ms a rate lets one more
--     go (null: none waits for that); then the deliveries.
-- Errors: none of its own.
-- Writes: delivery, destination_state, baton; issue.
--
-- A breaker that is open lets none go, and one alone when its time is over;
-- one worker has it.  A rate, and a number at once, hold for all workers
-- together: a destination that has either, or whose breaker is not closed, is
-- locked while some of it are claimed.  What was lost with its worker before
-- goes one at a time from the second time on: functions/due_lost.sql.
create or replace function offhook.worker_take(p_worker uuid,
    p_room integer, p_lease_ms integer, p_full jsonb, p_low jsonb)
returns setof offhook.task
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '5000ms'
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
	v_now timestamptz := clock_timestamp();
	v_at timestamptz;
	v_left integer := least(p_room, 10000);
	v_to integer[] := '{}';
	v_from timestamptz[] := '{}';
	v_seen integer[] := '{}';	-- that are due, up to v_most
	v_most integer[] := '{}';
	v_give integer[] := '{}';
	v_near boolean[] := '{}';
	v_slot boolean[] := '{}';
	v_ids bigint[];
	v_of integer[];
	v_was timestamptz[];
	v_until timestamptz[];
	v_leases uuid[];
	v_probes uuid[] := '{}';
	v_looked integer[];
	v_reached timestamptz[];
	v_n integer;
	v_waits integer[];	-- where there is more than may go,
	v_asked timestamptz[];	-- when that was asked
	v_wait bigint;
	v record;
begin
	-- Who has how much to do: the least first, so that what they leave of
	-- their shares is the others'; by lot where there is less than one
	-- for each.
	for v in
	    select t.*, count(*) over () - row_number() over () + 1 as others
	    from (select d.id, d.near, d.slot, d.most, x.n, x.first
	    from (select d.id, d.near, d.slot, offhook.due_from(p_low, d.id,
	    v_now) as low, least(v_left,
	    (p_full ->> d.id::text)::integer) as most
	    from (select d.id, d.spec ? 'concurrency' as slot,
	    d.spec ?| '{rate,concurrency}' or h.breaker <> 'closed' as near,
	    greatest(h.open_until, h.probe_until) > v_now as open
	    from offhook.destination d
	    cross join lateral offhook.destination_health(d.id) as h
	    where d.deleted_at is null and not d.paused) as d
	    where d.open is not true) as d
	    cross join lateral (select count(*)::integer as n,
	    min(y.due_at) as first
	    from (select y.due_at from offhook.delivery y
	    where y.destination = d.id and y.due_at >= d.low
	    and y.due_at <= v_now
	    order by y.due_at limit d.most) as y) as x
	    where d.most > 0
	    order by case when x.n = 0 then 0 else 1 end,
	    case when v_left < 50 then random() * 1000 else x.n end) as t
	loop
		v_n := least(v.n, (v_left + v.others - 1) / v.others);
		v_left := v_left - v_n;
		v_to := v_to || v.id;
		v_from := v_from || v.first;
		v_seen := v_seen || v.n;
		v_most := v_most || v.most;
		v_give := v_give || v_n;
		v_near := v_near || v.near;
		v_slot := v_slot || nullif(v.slot, false);
	end loop;

	v_at := v_now;
	for v in
	    select c.* from unnest(v_to, v_give, v_near) with ordinality
	    as c (id, n, near, k) where c.near and c.n > 0 order by c.id
	loop
		perform offhook.destination_lock(v.id);
		v_at := clock_timestamp();
		v_give[v.k] := offhook.due_room(v.id, v.n, v_at);
		if v_give[v.k] < v.n then
			v_waits := v_waits || v.id;
			v_asked := v_asked || v_at;
		end if;
	end loop;

	if 0 < any (v_give) then
		with c as materialized (
		    select y.*, g.slot, row_number() over () as k,
		    count(*) filter (where y.lost > 1)
		    over (rows unbounded preceding) as nth
		    from unnest(v_to, v_from, v_give, v_slot)
		    as g (id, low, n, slot)
		    cross join lateral (select y.id, y.due_at,
		    y.lost + (y.lease is not null)::integer as lost
		    from offhook.delivery y
		    where y.destination = g.id and y.due_at >= g.low
		    and y.due_at <= v_now
		    order by y.due_at limit g.n for update skip locked) as y
		), m as (
		    select c.*, c.lost > 1 and exists (select
		    from offhook.delivery x
		    where x.worker = p_worker and x.lost > 1
		    and x.due_at > v_now and x.lease is not null) as busy
		    from c
		), u as (
		    update offhook.delivery d set lost = m.lost,
		    lease = case when m.mine then gen_random_uuid() end,
		    worker = case when m.mine then p_worker else d.worker end,
		    slot = case when m.mine then m.slot end,
		    due_at = v_at + case when m.mine
		    then p_lease_ms * interval '1 ms'
		    else m.nth * interval '20 ms' + case
		    when m.busy or m.lost > 4 then interval '500 ms'
		    else '0' end end + m.k * interval '1 us'
		    from (select m.*, m.lost < 2 or m.lost < 5
		    and m.nth = 1 and not m.busy as mine from m) as m
		    where d.id = m.id
		    returning d.id, d.destination, d.due_at, d.lease,
		    m.due_at as was
		)
		select array_agg(u.id), array_agg(u.destination),
		    array_agg(u.was), array_agg(u.due_at),
		    array_agg(u.lease)
		    into v_ids, v_of, v_was, v_until, v_leases
		    from u where u.lease is not null;
		for v in
		    select u.* from (select u.id, count(*)::integer as n,
		    max(u.until) as until,
		    (array_agg(u.lease order by u.until desc))[1] as lease
		    from unnest(v_of, v_until, v_leases)
		    as u (id, until, lease) group by u.id) as u
		    join unnest(v_to, v_near) as c (id, near) on c.id = u.id
		    where c.near order by u.id
		loop
			if offhook.due_taken(v.id, v.n, v.lease, v.until,
			    v_at) then
				v_probes := v_probes || v.lease;
			end if;
		end loop;
	end if;

	select min(offhook.due_wait(w.id, w.at)) into v_wait
	    from unnest(v_waits, v_asked) as w (id, at);
	select array_agg(c.id), array_agg(c.reached)
	    into v_looked, v_reached
	    from (select c.id, case when c.give >= c.n and c.n < c.most
	    then v_now else u.was end as reached
	    from unnest(v_to, v_seen, v_most, v_give)
	    as c (id, n, most, give)
	    left join (select u.id, max(u.was) as was
	    from unnest(v_of, v_was) as u (id, was) group by u.id) as u
	    on u.id = c.id) as c
	    where c.reached is not null;
	return next offhook.task_count(coalesce(cardinality(v_ids), 0),
	    offhook.due_low(p_low, v_now, v_looked, v_reached), v_wait);
	if v_ids is null then
		return;
	end if;
	return query
	select d.id, d.lease, d.tries, d.destination,
	    d.lease = any (v_probes), d.routed_at, d.event_id, d.event_at,
	    e.account, e.kind, e.sid, e.status, e.verdict, e.seq,
	    e.error_code, e.from_, e.to_, e.parent, e.method, e.format,
	    e.token, e.url, e.raw, d.trigger, d.replay, null::jsonb
	from unnest(v_ids) as i
	join offhook.delivery d on d.id = i
	join offhook.event e on e.received_at = d.event_at
	and e.id = d.event_id;
	get diagnostics v_n = row_count;
	if v_n < cardinality(v_ids) then
		perform offhook.due_gone(v_ids);
	end if;
end
$$;
