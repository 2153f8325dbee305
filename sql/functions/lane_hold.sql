-- offhook.lane_hold(p_ids bigint[])
--
-- Purpose: locks those of these deliveries that are in a lane, and the next
--     one of each, in the order of their ids: what worker_finish() will
--     change.
-- (So written, "is not null" cannot lead the planner to delivery_due.)
-- Errors: none.  Writes: nothing.
create or replace function offhook.lane_hold(p_ids bigint[])
returns void
language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
	v_ids bigint[];
begin
	select array_agg(d.id) || array_agg(n.id) into v_ids
	    from unnest(p_ids) as i
	    join offhook.delivery d on d.id = i and d.lane is not null
	    left join lateral (select x.id from offhook.delivery x
	    where x.destination = d.destination and x.lane = d.lane
	    and x.id > d.id and (x.due_at is null) is false
	    order by x.id limit 1) as n on true;
	perform from offhook.delivery d where d.id = any (v_ids)
	    order by d.id for update;
end
$$;
