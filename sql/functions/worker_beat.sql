-- offhook.worker_beat(p_worker uuid, p_host text, p_pid integer,
--     p_version text, p_ids bigint[], p_leases uuid[], p_lease_ms integer)
--     returns setof bigint
--
-- Purpose: says that a worker lives, every 10 seconds, and keeps the leases
--     of deliveries that take long.  The first beat forgets workers that
--     were not heard of for a day.
-- Returns: the ids of those that somebody else has by now.
-- Errors: none.  Writes: worker, delivery, destination_state, baton.
create or replace function offhook.worker_beat(p_worker uuid, p_host text,
    p_pid integer, p_version text, p_ids bigint[], p_leases uuid[],
    p_lease_ms integer)
returns setof bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '5000ms'
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
	v_now timestamptz := clock_timestamp();
	v_until timestamptz := v_now + p_lease_ms * interval '1 ms';
	v_n integer := coalesce(cardinality(p_ids), 0);
	v_new boolean;
	v_to integer;
	v offhook.destination_state;
begin
	insert into offhook.worker as w (id, host, pid, version, started_at,
	    seen_at, in_flight)
	    values (p_worker, p_host, p_pid, p_version, v_now, v_now, v_n)
	    on conflict (id) do update set seen_at = v_now,
	    in_flight = v_n
	    returning w.xmax = 0 into v_new;
	if v_new then
		delete from offhook.worker w where w.id = any (array(
		    select x.id from offhook.worker x
		    where x.seen_at < v_now - interval '1 day'
		    for update skip locked));
	end if;
	if v_n = 0 then
		return;
	end if;
	return query
	with u as (
	    update offhook.delivery d set due_at = v_until
	    from (select l.id, l.lease from unnest(p_ids, p_leases)
	    as l (id, lease) order by l.id offset 0) as l
	    where d.id = l.id and d.lease = l.lease
	    returning d.id
	)
	select l from unnest(p_ids) as l where l not in (select u.id from u);

	-- one that tries a breaker goes on doing so
	for v_to in
	    select distinct s.destination from offhook.destination_state s
	    where s.probe = any (p_leases) order by s.destination
	loop
		perform offhook.destination_lock(v_to);
		v := offhook.destination_health(v_to);
		if v.probe = any (p_leases) then
			v.probe_until := v_until;
			perform offhook.destination_note(v);
		end if;
	end loop;
end
$$;
