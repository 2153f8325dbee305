-- offhook.due_gone(p_ids bigint[])
--
-- Purpose: ends those of these deliveries whose event is not in the history
--     any more.  While house keep has a part of that aside they are put off;
--     so are those behind which somebody else has the next one of the lane.
-- Errors: none.  Writes: delivery, issue, issue_more.
create or replace function offhook.due_gone(p_ids bigint[])
returns void
language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
	v_aside boolean := exists (select from offhook.house_aside());
	v_now timestamptz := clock_timestamp();
	v_gone bigint[];
	v_end bigint[] := '{}';
	v record;
begin
	v_gone := array(select d.id from unnest(p_ids) as i
	    join offhook.delivery d on d.id = i
	    where not exists (select from offhook.event e
	    where e.received_at = d.event_at and e.id = d.event_id)
	    order by d.id);
	if not v_aside then
		v_end := offhook.lane_try(v_gone);
	end if;
	update offhook.delivery d set lease = null, slot = null,
	    worker = null, due_at = v_now + interval '5 s'
	    where d.id = any (v_gone) and d.id <> all (v_end);
	if v_end = '{}' then
		return;
	end if;
	update offhook.delivery d set lease = null, slot = null,
	    worker = null, state = 'dead', reason = 'event is gone',
	    finished_at = v_now, due_at = null
	    where d.id = any (v_end);
	perform offhook.lane_next(v_end);
	for v in
	    select t.name, count(*)::integer as n from offhook.delivery d
	    join offhook.destination t on t.id = d.destination
	    where d.id = any (v_end) group by t.name order by t.name
	loop
		perform offhook.issue_dead(v.name, v.n, v_now,
		    'event is gone');
	end loop;
end
$$;
