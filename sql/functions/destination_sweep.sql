-- offhook.destination_sweep(p_limit integer) returns bigint
--
-- Purpose: what is left to do after somebody's decision, in bites: cancels
--     what is pending of deleted destinations and of cancelled replays, and
--     drops secrets whose time is over.  Called by worker_replay().
-- Returns: how many deliveries it has cancelled; p_limit: there may be more.
--     What a worker is sending is left to its end, and what somebody has
--     locked to the next call: it waits for nobody, whatever the transaction
--     has locked before.
-- Errors: none.  Writes: delivery, destination, destination_secret,
--     destination_version, replay.
create or replace function offhook.destination_sweep(p_limit integer)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v record;
	v_ids bigint[];
	v_n bigint := 0;
begin
	if exists (select from offhook.destination_secret s
	    where s.old_until < clock_timestamp()) then
		perform from offhook.destination_version
		    for update skip locked;
	end if;
	if found then
		update offhook.destination_secret s
		    set secrets = s.secrets[1:1], old_until = null
		    where s.old_until < clock_timestamp();
		update offhook.destination_version x set version = greatest(
		    x.version + 1,
		    (extract(epoch from clock_timestamp()) * 1000)::bigint);
	end if;
	for v in
	    select d.id as destination, null::bigint as replay,
	    'destination deleted' as reason, d.deleted_at as since
	    from offhook.destination d
	    where d.deleted_at is not null and d.swept_at is null
	    union all
	    select r.destination, r.id, 'replay cancelled', null
	    from offhook.replay r
	    where r.state = 'cancelled' and r.finished_at is null
	loop
		if v.replay is null then
			v_ids := array(select d.id from offhook.delivery d
			    where d.destination = v.destination
			    and d.due_at is not null and (d.lease is null
			    or d.due_at < clock_timestamp())
			    limit p_limit - v_n
			    for update skip locked);
		else	-- by its own index, however much else is pending
			v_ids := array(select d.id from offhook.delivery d
			    where d.replay = v.replay
			    and d.due_at is not null and (d.lease is null
			    or d.due_at < clock_timestamp())
			    limit p_limit - v_n
			    for update skip locked);
		end if;
		v_n := v_n + offhook.delivery_end(offhook.lane_try(v_ids),
		    v.reason);
		exit when v_n >= p_limit;
		if v.replay is not null then
			continue when exists (select from offhook.delivery d
			    where d.replay = v.replay
			    and d.due_at is not null);
			update offhook.replay r
			    set finished_at = clock_timestamp()
			    where r.id = (select x.id from offhook.replay x
			    where x.id = v.replay for update skip locked);
		-- what was being routed when it was deleted has come by now
		elsif v.since < clock_timestamp() - interval '1 hour'
		    and not exists (select from offhook.delivery d
		    where d.destination = v.destination
		    and d.due_at is not null) then
			update offhook.destination d
			    set swept_at = clock_timestamp()
			    where d.id = (select x.id
			    from offhook.destination x
			    where x.id = v.destination
			    for update skip locked);
		end if;
	end loop;
	return v_n;
end
$$;
