-- offhook.worker_replay(p_worker uuid, p_limit integer) returns bigint
--
-- Purpose: what a worker does once a second beside sending: the next
--     deliveries of the replays that run, the end of what is lost with each
--     worker (due_lost()), and what decisions of people have left to do
--     (destination_sweep()).
-- Arguments: p_worker  who asks; p_limit  how many of each, at most
-- Returns: how many deliveries it has made or ended.  Several workers may
--     call it at once: a replay is stepped by one at a time.
-- Errors: 22023 p_limit is not 1 to 10000.
-- Writes: replay, delivery; what due_lost() and destination_sweep() do.
--
-- Who waits for a row must not hold one that comes after it: replay, the
-- destinations' version, destination, delivery (in the order of ids), baton
-- 'destination N', issue.  What steps a replay may wait for deliveries, where
-- an order is kept, so that there is one such step in a call, and the one that
-- comes first differs; what comes after it waits for nothing.
create or replace function offhook.worker_replay(p_worker uuid,
    p_limit integer)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '5000ms'
as $$
declare
	v record;
	v_n bigint := 0;
begin
	if p_limit is null or p_limit not between 1 and 10000 then
		raise exception 'offhook: a bite is 1 to 10000'
		    using errcode = '22023';
	end if;
	for v in
	    select r.id, d.spec ->> 'order' is not distinct from 'resource'
	    as ordered
	    from offhook.replay r
	    join offhook.destination d on d.id = r.destination
	    where r.state = 'running' order by 2, random()
	loop
		v_n := v_n + offhook.replay_step(v.id, p_limit);
		exit when v.ordered and v_n > 0;
	end loop;
	return v_n + offhook.due_lost(p_limit)
	    + offhook.destination_sweep(p_limit);
end
$$;
