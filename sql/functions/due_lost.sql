-- offhook.due_lost(p_limit integer) returns bigint
--
-- Purpose: ends deliveries that were lost with their workers five times in a
--     row, as dead, for the reason 'worker lost': one that kills whoever
--     sends it is not sent for ever.
-- Returns: how many, at most p_limit.
-- Errors: none.  Writes: delivery, attempt, issue, issue_more.
--
-- A worker that dies may have held hundreds, and has sent some of them:
-- worker_take() counts in lost each lease that ran out, worker_finish() begins
-- anew with each attempt that it is told.  After the first all are claimed
-- again at once.  From the second on a worker has one such delivery at a time:
-- so none is there when another one kills a worker, and none comes to five by
-- its neighbours.  A row that somebody has locked is for the next time; nobody
-- is waited for.
create or replace function offhook.due_lost(p_limit integer)
returns bigint
language plpgsql
set enable_seqscan = off
set jit = off
as $$
declare
	v_now timestamptz := clock_timestamp();
	v_ids bigint[];
	v record;
begin
	v_ids := array(select d.id from offhook.delivery d
	    where d.lost > 4 and d.due_at is not null and d.state = 'pending'
	    and (d.lease is null or d.due_at <= v_now)
	    limit p_limit for update skip locked);
	if v_ids = '{}' then
		return 0;
	end if;
	v_ids := offhook.lane_try(v_ids);
	with u as (
	    update offhook.delivery d set state = 'dead',
	    reason = 'worker lost', error = 'WORKER_LOST', status = null,
	    tries = d.tries + 1, attempts = least(d.attempts + 1, 32767),
	    lease = null, slot = null, finished_at = v_now,
	    due_at = case when d.lane is not null and t.deleted_at is null
	    and t.spec @> '{"order": "resource", "stuck": "hold"}'
	    then 'infinity'::timestamptz end
	    from offhook.destination t
	    where t.id = d.destination and d.id = any (v_ids)
	    returning d.id, d.attempts, d.worker
	)
	insert into offhook.attempt (delivery, at, n, worker, error, head)
	    select u.id, v_now, u.attempts, u.worker, 'WORKER_LOST',
	    'five workers in a row had it and were not heard of again'
	    from u;
	perform offhook.lane_next(v_ids);
	for v in
	    select t.name, count(*)::integer as n from offhook.delivery d
	    join offhook.destination t on t.id = d.destination
	    where d.id = any (v_ids) group by t.name order by t.name
	loop
		perform offhook.issue_dead(v.name, v.n, v_now, 'worker lost');
	end loop;
	return cardinality(v_ids);
end
$$;
