-- offhook.replay_place(p_replay offhook.replay, p_ordered boolean,
--     p_ids uuid[], p_at timestamptz[]) returns bigint
--
-- Purpose: makes deliveries of these events, in this order, due now; behind
--     what is in their lanes, as functions/worker_route.sql does.
-- Arguments: p_ordered  the destination keeps an order, and the caller holds
--     the baton
-- Returns: how many; one that is there already is not made again.
-- Errors: none.  Writes: delivery.
create or replace function offhook.replay_place(p_replay offhook.replay,
    p_ordered boolean, p_ids uuid[], p_at timestamptz[])
returns bigint
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_now timestamptz := clock_timestamp();
	v_lanes text[];
	v_n bigint;
begin
	if p_ids = '{}' then
		return 0;
	end if;
	if p_ordered then
		v_lanes := array(select distinct e.sid
		    from unnest(p_ids, p_at) as t (id, at)
		    join offhook.event e on e.received_at = t.at
		    and e.id = t.id where e.sid is not null);
		perform offhook.lane_lock(array_fill(p_replay.destination,
		    array[cardinality(v_lanes)]), v_lanes);
	end if;
	insert into offhook.delivery (event_id, event_at, bucket,
	    destination, lane, due_at, routed_at, trigger, replay)
	    select p.id, p.at, p.bucket, p_replay.destination, p.lane,
	    case when p.waits then 'infinity'
	    else v_now + p.n * interval '1 us' end, v_now, 'replay',
	    p_replay.id
	    from (
	        select t.id, t.at, t.n, e.bucket,
	        case when p_ordered then e.sid end as lane,
	        p_ordered and e.sid is not null and (row_number() over (
	        partition by e.sid order by t.n) > 1 or coalesce((
	        select x.due_at is not null from offhook.delivery x
	        where x.destination = p_replay.destination
	        and x.lane = e.sid and x.state <> 'cancelled'
	        order by x.id desc limit 1), false)) as waits
	        from unnest(p_ids, p_at) with ordinality as t (id, at, n)
	        join offhook.event e on e.received_at = t.at and e.id = t.id
	    ) as p
	    order by p.n
	    on conflict (replay, event_id) where replay is not null
	    do nothing;
	get diagnostics v_n = row_count;
	return v_n;
end
$$;
