-- offhook.replay_step(p_id bigint, p_limit integer) returns bigint
--
-- Purpose: the next deliveries of a running replay: as many as its rate
--     allows by now, and p_limit at most; looks at four times as many events
--     at most.  Each event once: the cursor never goes back, and an index
--     says so, too.
-- Returns: how many deliveries it has made.
-- Errors: none.  Writes: replay, delivery.
--
-- What was not used of the rate while nobody came is lost, but for two
-- seconds' worth.  Where an order is kept the baton is held, as in
-- worker_route(): what is made goes behind all that is there.
create or replace function offhook.replay_step(p_id bigint,
    p_limit integer)
returns bigint
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
set enable_seqscan = off
set jit = off
as $$
declare
	v offhook.replay;
	v_to offhook.destination;
	v_ordered boolean;
	v_filter jsonb;
	v_params boolean;
	v_now timestamptz := clock_timestamp();
	v_room bigint := p_limit;
	v_event offhook.event;
	v_ids uuid[] := '{}';
	v_at timestamptz[] := '{}';
	v_seen bigint := 0;
	v_end boolean := true;
	v_made bigint;
begin
	select * into v from offhook.replay r
	    where r.id = p_id and r.state = 'running' for update skip locked;
	if not found then
		return 0;
	end if;
	-- Shared: who deletes it waits, and then finds what is made here.
	select * into v_to from offhook.destination d
	    where d.id = v.destination for share;
	if v_to.deleted_at is not null then
		update offhook.replay r set state = 'cancelled',
		    finished_at = v_now where r.id = p_id;
		return 0;
	end if;
	v_ordered := v_to.spec ->> 'order' is not distinct from 'resource';
	if v_ordered then
		perform from offhook.baton b where b.name = 'route'
		    for update skip locked;
		if not found then
			return 0;
		end if;
	end if;
	if v.rate is not null then
		v.paced_at := greatest(v.paced_at, v_now
		    - greatest(2, 1 / v.rate) * interval '1 second');
		v_room := least(p_limit, floor(extract(epoch
		    from v_now - v.paced_at) * v.rate + 0.000001));
	end if;
	if v_room < 1 then
		return 0;
	end if;

	v_filter := v_to.spec -> 'filter';
	v_params := offhook.filter_needs_params(v.filter)
	    or offhook.filter_needs_params(v_filter);
	for v_event in
	    select e.* from offhook.event e
	    where e.received_at >= v.cursor_at and e.received_at < v.until
	    and (e.received_at, e.id) > (v.cursor_at, v.cursor_id)
	    order by e.received_at, e.id limit p_limit * 4
	loop
		if cardinality(v_ids) >= v_room then
			v_end := false;
			exit;
		end if;
		v_seen := v_seen + 1;
		v.cursor_at := v_event.received_at;
		v.cursor_id := v_event.id;
		if offhook.replay_wants(v, v_filter, v_params, v_event) then
			v_ids := v_ids || v_event.id;
			v_at := v_at || v_event.received_at;
		end if;
	end loop;
	v_made := offhook.replay_place(v, v_ordered, v_ids, v_at);
	update offhook.replay r set seen = r.seen + v_seen,
	    made = r.made + v_made, cursor_at = v.cursor_at,
	    cursor_id = v.cursor_id,
	    paced_at = v.paced_at + coalesce(v_made / v.rate, 0)
	    * interval '1 second',
	    state = case when v_end and v_seen < p_limit * 4 then 'done'
	    else r.state end,
	    finished_at = case when v_end and v_seen < p_limit * 4
	    then v_now end
	    where r.id = p_id;
	return v_made;
end
$$;
