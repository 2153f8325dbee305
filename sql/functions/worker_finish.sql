-- offhook.worker_finish(p_worker uuid, p_results jsonb)
--     returns table (id bigint, verdict text)
--
-- Purpose: what became of deliveries: records the attempts, ends the
--     deliveries or says when they are tried again, lets the next of a lane
--     go, feeds the breakers, counts issues.
-- Arguments: p_results  an array of {"id", "lease", "outcome", "reason",
--     "after_ms" (of a retry), "at" (ms since 1970), "ms", "status",
--     "error", "head"}.  outcome: 'delivered', 'retry', 'dead', 'expired',
--     'cancelled' (nothing was sent, and nothing shall be), 'back' (it was
--     not sent, and is due now).
-- Returns: of each 'done'; 'late' of one that is not leased with that token
--     any more: it is as it was, and the attempt is recorded as late.  (A
--     lease that has run out, and that nobody has taken, is good.)  What is
--     recorded already is 'done': the answer to it was lost.  Then 'closed'
--     with the id of each destination of these that takes nothing for now
--     (paused, deleted, its breaker is not closed): what its workers hold of
--     it goes back.
-- Errors: OF003 not in read committed.
-- Writes: delivery, attempt, destination_state, baton, issue.
--
-- Rows of delivery are locked in the order of their ids, then destinations
-- in the order of theirs, then issues.
create or replace function offhook.worker_finish(p_worker uuid,
    p_results jsonb)
returns table (id bigint, verdict text)
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
	v_ordered boolean;
	v_hold integer[];
	v_ids bigint[];
	v_lanes bigint[];	-- that have ended, of lanes
	v_of integer[];		-- null: late
	v_known boolean[];
	v_said text[];
	v_leases uuid[];
	v_n bigint[];		-- their places in p_results
	v_died text[];		-- the reasons of those that were given up
	v_why text[];		-- what went wrong
	v_to bigint[] := '{}';
	v record;
begin
	perform offhook.ingest_guard(0::smallint);
	select count(*) > 0, array_agg(d.id) filter (where d.spec ->> 'stuck'
	    = 'hold' and d.deleted_at is null)
	    into v_ordered, v_hold
	    from offhook.destination d where d.spec ->> 'order' = 'resource';
	if v_ordered then
		perform offhook.lane_hold(array(select (r ->> 'id')::bigint
		    from jsonb_array_elements(p_results) as r));
	end if;

	with r as materialized (
	    select r.*, row_number() over () as n,
	    case when r.outcome in ('retry', 'back') then 'pending'
	    else r.outcome end as state,
	    case when r.outcome in ('back', 'cancelled') then 0 else 1 end
	    ::smallint as sent
	    from jsonb_to_recordset(p_results) as r (id bigint, lease uuid,
	    outcome text, reason text, after_ms bigint, at bigint,
	    ms integer, status smallint, error text, head text)
	), u as (
	    update offhook.delivery d set lease = null, slot = null,
	    tries = d.tries + r.sent,
	    attempts = least(d.attempts + r.sent, 32767)::smallint,
	    lost = case r.sent when 1 then 0 else d.lost end,
	    state = r.state, reason = r.reason,
	    status = case r.sent when 1 then r.status else d.status end,
	    error = case r.sent when 1 then r.error else d.error end,
	    finished_at = case when r.state <> 'pending' then v_now end,
	    due_at = case when r.state = 'pending' then v_now
	    + coalesce(case r.outcome when 'retry' then r.after_ms end, 0)
	    * interval '1 ms'
	    when r.state in ('dead', 'expired') and d.lane is not null
	    and d.destination = any (v_hold) then 'infinity' end
	    from (select * from r order by r.id offset 0) as r
	    where d.id = r.id and d.lease = r.lease
	    returning d.id, d.destination, d.attempts, d.lane, d.due_at, r.n,
	    r.at, r.ms, r.status, r.error, r.head, r.sent, r.lease,
	    case when r.state in ('dead', 'expired')
	    then coalesce(r.reason, '') end as died,
	    coalesce(nullif(nullif(r.reason, 'attempts'), 'age'),
	    nullif(concat_ws(' ', r.error, r.status), '')) as why,
	    case when r.outcome in ('retry', 'expired')
	    or r.reason = 'attempts' then 'bad' else r.outcome end as said
	), l as (
	    select r.*, d.attempts, exists (select from offhook.attempt a
	    where a.delivery = r.id and a.worker = p_worker
	    and a.at = to_timestamp(r.at / 1000.0)) as known
	    from r
	    left join offhook.delivery d on d.id = r.id
	    where r.n not in (select u.n from u)
	), a as (
	    insert into offhook.attempt (delivery, at, ms, n, status, late,
	    worker, error, head)
	    select x.id, to_timestamp(x.at / 1000.0), x.ms, x.attempts,
	    x.status, x.late, p_worker, x.error, x.head
	    from (select u.id, u.at, u.ms, u.attempts, u.status,
	    false as late, u.error, u.head from u where u.sent = 1
	    union all
	    select l.id, l.at, l.ms, l.attempts, l.status, true, l.error,
	    l.head from l where l.sent = 1 and l.attempts is not null
	    and not l.known) as x
	)
	select array_agg(x.id), array_agg(x.destination),
	    array_agg(x.said), array_agg(x.lease), array_agg(x.n),
	    array_agg(x.died), array_agg(x.why), array_agg(x.known),
	    array_agg(x.id)
	    filter (where x.lane is not null and x.due_at is null)
	    into v_ids, v_of, v_said, v_leases, v_n, v_died, v_why,
	    v_known, v_lanes
	    from (select u.id, u.destination, u.said, u.lease, u.n,
	    u.died, u.why, true as known, u.lane, u.due_at from u
	    union all
	    select l.id, null, null, null, l.n, null, null, l.known, null,
	    null
	    from l) as x;
	if v_lanes is not null then
		perform offhook.lane_next(v_lanes);
	end if;

	for v in
	    select d.id, bool_or(d.said = 'delivered') as good,
	    count(*) filter (where d.said = 'bad'
	    and d.n > coalesce(d.last, 0))::integer as bad,
	    array_agg(d.lease) as leases, array_agg(d.said) as said,
	    max(d.why) filter (where d.said = 'bad') as why
	    from (select d.*, max(d.n) filter (where d.said = 'delivered')
	    over (partition by d.id) as last
	    from unnest(v_of, v_said, v_leases, v_n, v_why)
	    as d (id, said, lease, n, why) where d.id is not null) as d
	    group by d.id order by d.id
	loop
		perform offhook.destination_heard(v.id, v.good, v.bad,
		    v.leases, v.said, v.why);
		v_to := v_to || v.id::bigint;
	end loop;
	for v in
	    select t.name, count(*)::integer as n, max(d.why) as why
	    from unnest(v_of, v_died) as d (id, why)
	    join offhook.destination t on t.id = d.id
	    where d.why is not null group by t.name order by t.name
	loop
		perform offhook.issue_dead(v.name, v.n, v_now, v.why);
	end loop;
	return query select d.id, case when d.known then 'done'
	    else 'late' end from unnest(v_ids, v_known) as d (id, known);
	return query select t.id::bigint, 'closed' from offhook.destination t
	    where t.id = any (v_to) and (t.paused or t.deleted_at is not null
	    or (offhook.destination_health(t.id)).breaker <> 'closed');
end
$$;
