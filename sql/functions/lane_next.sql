-- offhook.lane_next(p_ids bigint[])
--
-- Purpose: lets the next of the lane go, of each of these deliveries that
--     have ended, unless one before them is still open; to be called after
--     the statement that ended them, in its transaction.
-- One that is cancelled in this very moment lets nobody go: then it looks
-- again.  (So written, "is not null" cannot lead the planner to delivery_due.)
-- Errors: none.  Writes: delivery.
create or replace function offhook.lane_next(p_ids bigint[])
returns void
language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
	v_found bigint;
	v_let bigint;
begin
	loop
		with n as materialized (
		    select n.id from unnest(p_ids) as i
		    join offhook.delivery e on e.id = i
		    and e.lane is not null and e.due_at is null
		    left join lateral (select x.due_at
		    from offhook.delivery x
		    where x.destination = e.destination and x.lane = e.lane
		    and x.id < e.id and x.state <> 'cancelled'
		    order by x.id desc limit 1) as b on true
		    cross join lateral (select x.id, x.due_at, x.state
		    from offhook.delivery x
		    where x.destination = e.destination and x.lane = e.lane
		    and x.id > e.id and (x.due_at is null) is false
		    order by x.id limit 1) as n
		    where b.due_at is null and n.state = 'pending'
		    and n.due_at = 'infinity'
		    group by n.id
		), u as (
		    update offhook.delivery d set due_at = clock_timestamp()
		    from (select n.id from n order by n.id offset 0) as n
		    where d.id = n.id and d.state = 'pending'
		    and d.due_at = 'infinity'
		    returning d.id
		)
		select (select count(*) from n), (select count(*) from u)
		    into v_found, v_let;
		exit when v_let = v_found;
	end loop;
end
$$;
