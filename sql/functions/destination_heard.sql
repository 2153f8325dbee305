-- offhook.destination_heard(p_destination integer, p_good boolean,
--     p_bad integer, p_leases uuid[], p_said text[], p_why text)
--
-- Purpose: feeds a destination's circuit breaker with what became of some
--     deliveries, in their order.  A success closes it; as many failures in
--     a row as its spec says open it; a probe that fails opens it for twice
--     as long, up to the cap.
-- Arguments: p_good  one succeeded;  p_bad  how many have failed after the
--     last that succeeded;  p_leases, p_said  of each: 'bad', 'back' and
--     'cancelled' (it was not sent), or something else.  That counts for the
--     one that tries a half open breaker.  p_why  what went wrong.
-- Errors: none.
-- Writes: destination_state; issues delivery.first_failure (failing since
--     now) and breaker.open.
--
-- Nothing is written while all goes well, but last_success_at every 5 s.
create or replace function offhook.destination_heard(p_destination integer,
    p_good boolean, p_bad integer, p_leases uuid[], p_said text[],
    p_why text)
returns void
language plpgsql
as $$
declare
	v_now timestamptz := clock_timestamp();
	v offhook.destination_state := offhook.destination_health(
	    p_destination);
	v_name text;
	v_spec jsonb;
	v_was integer;
	v_opened boolean := false;
	v_probe text := p_said[array_position(p_leases, v.probe)];
begin
	if p_bad = 0 and v_probe is null and v.failures = 0
	    and v.breaker = 'closed'
	    and (not p_good or v.last_success_at > v_now - interval '5 s')
	    then
		return;
	end if;
	perform offhook.destination_lock(p_destination);
	v := offhook.destination_health(p_destination);
	v_probe := p_said[array_position(p_leases, v.probe)];
	select d.name, d.spec -> 'breaker' into v_name, v_spec
	    from offhook.destination d where d.id = p_destination;
	if p_good then
		v.last_success_at := v_now;
	end if;
	if p_bad > 0 and (v.last_failure_at is null or v.last_failure_at
	    <= v_now - interval '5 s') then
		v.last_failure_at := v_now;
	end if;
	v_was := case when p_good then 0 else v.failures end;
	v.failures := v_was + p_bad;
	if (p_good and p_bad = 0) or v_probe not in ('bad', 'back', 'cancelled') then
		v.breaker := 'closed';
		v.opened_at := null;
		v.open_until := null;
		v.cool_ms := null;
	elsif v_probe in ('back', 'cancelled') then
		v.breaker := 'open';
		v.open_until := v_now;
	elsif v_spec = 'false' then
		v.breaker := 'closed';
	elsif v_probe = 'bad' then
		v.breaker := 'open';
		v.cool_ms := least(v.cool_ms::bigint * 2,
		    coalesce((v_spec ->> 'cap_ms')::integer, 600000));
		v.open_until := v_now + v.cool_ms * interval '1 ms';
	elsif v.breaker = 'closed' and v.failures
	    >= coalesce((v_spec ->> 'failures')::integer, 10) then
		v_opened := true;
		v.breaker := 'open';
		v.opened_at := v_now;
		v.cool_ms := coalesce((v_spec ->> 'cool_ms')::integer, 30000);
		v.open_until := v_now + v.cool_ms * interval '1 ms';
	end if;
	if v_probe is not null or v.breaker = 'closed' then
		v.probe := null;
		v.probe_until := null;
	end if;
	perform offhook.destination_note(v);
	if v_opened then
		perform offhook.issue_count('breaker.open', v_name, v_now,
		    jsonb_strip_nulls(jsonb_build_object('failures',
		    v.failures, 'reason', p_why)));
	end if;
	if v_was = 0 and p_bad > 0 then
		perform offhook.issue_count('delivery.first_failure', v_name,
		    v_now, case when p_why is not null
		    then jsonb_build_object('reason', p_why) end);
	end if;
end
$$;
