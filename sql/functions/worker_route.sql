-- offhook.worker_route(p_worker uuid, p_limit integer, p_room integer,
--     p_lease_ms integer, p_skip integer[]) returns setof offhook.task
--
-- Purpose: makes deliveries of the next events of the inbox: one for each of
--     the destinations that want it.  Where nothing stands against it they
--     are the caller's at once, so that the usual one needs no claim.
-- Arguments: p_limit   events at most (and those of the same transaction)
--     p_room    deliveries that the caller takes at most
--     p_lease_ms  for how long
--     p_skip    destinations that it does not want any of now
-- Returns: a row with id null, whose tries says how many events were routed:
--     p_limit or more, and there may be others; its error_code, how many
--     deliveries are due that the caller has not got; then the caller's.
--     None were routed while another worker does so.
-- Errors: OF003 not in read committed.
-- Writes: todo, todo_cursor, delivery, filtered, issue, issue_more; locks the
--     baton.
--
-- An event that is not in the history while house keep has a part of it
-- aside is put off; one that is gone for good is dropped.  A destination has
-- those that were stored since it is there: xids say so, which begin anew in a
-- database that was restored; so what arrived an hour after is its anyway.
create or replace function offhook.worker_route(p_worker uuid,
    p_limit integer, p_room integer, p_lease_ms integer, p_skip integer[])
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
	v_at tid[];
	v_bucket smallint[];
	v_id uuid[];
	v_when timestamptz[];
	v_xid xid8[];
	v_to integer[];
	v_since xid8[];
	v_made timestamptz[];
	v_filter jsonb[];
	v_params boolean[];
	v_ordered boolean[];
	v_free boolean[];
	v_lane_to integer[];
	v_lane text[];
begin
	perform offhook.ingest_guard(0::smallint);
	perform from offhook.baton b where b.name = 'route'
	    for update skip locked;
	if found then
		select array_agg(t.at), array_agg(t.bucket),
		    array_agg(t.event_id), array_agg(t.event_at),
		    array_agg(t.xid)
		    into v_at, v_bucket, v_id, v_when, v_xid
		    from offhook.todo_next(least(p_limit, 10000)) as t;
	end if;
	if v_at is null then
		return next offhook.task_count(0, null, 0);
		return;
	end if;

	-- Shared: who deletes one waits, and then finds what is made here.
	select array_agg(d.id), array_agg(d.filter),
	    array_agg(offhook.filter_needs_params(d.filter)),
	    array_agg(d.spec ->> 'order' is not distinct from 'resource'),
	    array_agg(not d.paused and not d.spec ? 'rate'
	    and not d.spec ? 'concurrency'
	    and not d.id = any (coalesce(p_skip, '{}'))
	    and (offhook.destination_health(d.id)).breaker = 'closed'),
	    array_agg(case when d.since
	    < pg_snapshot_xmax(pg_current_snapshot()) then d.since
	    else '0' end), array_agg(d.created_at)
	    into v_to, v_filter, v_params, v_ordered, v_free, v_since, v_made
	    from (select d.id, d.spec, d.paused, d.since, d.created_at,
	    nullif(d.spec -> 'filter', '{}') as filter
	    from offhook.destination d where d.deleted_at is null
	    order by d.id for share) as d;
	if true = any (v_ordered) then
		select array_agg(d.id), array_agg(e.sid)
		    into v_lane_to, v_lane
		    from (select distinct e.sid
		    from unnest(v_id, v_when) as t (id, at)
		    join offhook.event e on e.received_at = t.at
		    and e.id = t.id where e.sid is not null) as e
		    cross join unnest(v_to, v_ordered) as d (id, ordered)
		    where d.ordered;
		perform offhook.lane_lock(v_lane_to, v_lane);
	end if;

	return query
	with gone as (
	    delete from offhook.todo t where t.ctid = any (v_at)
	), late as (
	    insert into offhook.todo (bucket, event_id, event_at)
	    select t.bucket, t.id, t.at
	    from unnest(v_bucket, v_id, v_when) as t (bucket, id, at)
	    left join offhook.event e on e.received_at = t.at and e.id = t.id
	    where e.id is null and exists (select from offhook.house_aside())
	    returning 1
	), wanted as materialized (
	    select t.n, d.id as to_id, d.ordered, d.free, e.id,
	    e.received_at, e.bucket, e.sid,
	    case when d.filter is not null then offhook.filter_try(d.filter,
	    e, d.params) end as why
	    from unnest(v_id, v_when, v_xid) with ordinality
	    as t (id, at, xid, n)
	    join offhook.event e on e.received_at = t.at and e.id = t.id
	    join unnest(v_to, v_filter, v_params, v_ordered, v_free, v_since,
	    v_made) as d (id, filter, params, ordered, free, since, made)
	    on t.xid >= d.since or t.at > d.made + interval '1 hour'
	    order by t.n, d.id
	), placed as (
	    select w.*, null as lane, false as waits
	    from wanted w where w.why is null
	    and (not w.ordered or w.sid is null)
	    union all
	    select w.*, w.sid, row_number() over (
	    partition by w.to_id, w.sid order by w.n) > 1
	    or coalesce((select x.due_at is not null
	    from offhook.delivery x
	    where x.destination = w.to_id and x.lane = w.sid
	    and x.state <> 'cancelled'
	    order by x.id desc limit 1), false)
	    from wanted w where w.why is null
	    and w.ordered and w.sid is not null
	), made as materialized (
	    select p.*, nextval('offhook.delivery_id') as made_id,
	    p.free and not p.waits and count(*) filter (
	    where p.free and not p.waits) over (order by p.n, p.to_id
	    rows unbounded preceding) <= p_room as mine,
	    gen_random_uuid() as token_
	    from (select * from placed p order by p.n, p.to_id offset 0) as p
	), kept as (
	    insert into offhook.delivery (id, event_id, event_at, bucket,
	    destination, lane, due_at, lease, worker, routed_at)
	    select m.made_id, m.id, m.received_at, m.bucket, m.to_id, m.lane,
	    case when m.waits then 'infinity'
	    when m.mine then v_now + p_lease_ms * interval '1 ms'
	    + m.n * interval '1 us'
	    else v_now + m.n * interval '1 us' end,
	    case when m.mine then m.token_ end,
	    case when m.mine then p_worker end, v_now
	    from made m
	), failed as (
	    insert into offhook.delivery (event_id, event_at, bucket,
	    destination, state, reason, finished_at, routed_at)
	    select w.id, w.received_at, w.bucket, w.to_id, 'dead', w.why,
	    v_now, v_now
	    from wanted w where w.why = 'filter failed'
	    returning destination
	), unwanted as (
	    select w.to_id, w.why, count(*) as n
	    from wanted w where w.why <> 'filter failed'
	    group by w.to_id, w.why
	), before as (
	    delete from offhook.filtered f using (select x.*
	    from unwanted u
	    cross join lateral (select f.* from offhook.filtered f
	    where f.destination = u.to_id and f.reason = u.why
	    order by f.id desc limit 1) as x offset 0) as x
	    where f.destination = x.destination and f.reason = x.reason
	    and f.id = x.id
	    returning f.destination, f.reason, f.n
	), counted as (
	    insert into offhook.filtered (destination, reason, n, at)
	    select u.to_id, u.why, u.n + coalesce((select b.n from before b
	    where b.destination = u.to_id and b.reason = u.why), 0), v_now
	    from unwanted u
	)
	select c.* from offhook.task_count(cardinality(v_at)
	    - (select count(*) from late), null, (select count(*)
	    from made m where not m.mine and not m.waits)) as c
	cross join (select count(offhook.issue_dead(f.name, f.n, v_now,
	    'filter failed'))
	    from (select d.name, count(*)::integer as n from failed
	    join offhook.destination d on d.id = failed.destination
	    group by d.name order by d.name) as f) as told
	union all
	select m.made_id, m.token_, 0::smallint, m.to_id, false, v_now, e.id,
	    e.received_at, e.account, e.kind, e.sid, e.status, e.verdict,
	    e.seq, e.error_code, e.from_, e.to_, e.parent, e.method,
	    e.format, e.token, e.url, e.raw, 'initial', null, null
	from made m
	join offhook.event e on e.received_at = m.received_at and e.id = m.id
	where m.mine;
end
$$;
