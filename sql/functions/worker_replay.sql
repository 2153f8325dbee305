-- offhook.worker_replay(p_worker uuid, p_limit integer) returns bigint
--
-- Purpose: what a worker does once a second beside sending: the next
--     deliveries of the replays that run, and what decisions of people have
--     left to do: destination_sweep().
-- Arguments: p_worker  who asks; p_limit  how many of each, at most
-- Returns: how many deliveries it has made or cancelled.  Several workers
--     may call it at once: a replay is stepped by one at a time.
-- Errors: 22023 p_limit is not 1 to 10000.
-- Writes: replay, delivery; what destination_sweep() does.
create or replace function offhook.worker_replay(p_worker uuid,
    p_limit integer)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_id bigint;
	v_n bigint := 0;
begin
	if p_limit is null or p_limit not between 1 and 10000 then
		raise exception 'offhook: a bite is 1 to 10000'
		    using errcode = '22023';
	end if;
	for v_id in select r.id from offhook.replay r
	    where r.state = 'running' order by r.id
	loop
		v_n := v_n + offhook.replay_step(v_id, p_limit);
	end loop;
	return v_n + offhook.destination_sweep(p_limit);
end
$$;
