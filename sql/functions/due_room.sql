-- offhook.due_room(p_destination integer, p_most integer,
--     p_now timestamptz) returns integer
--
-- Purpose: how many of at most p_most deliveries a destination's breaker,
--     rate and number at once let go.  The caller has called
--     destination_lock().
-- Errors: none.  Writes: nothing.
create or replace function offhook.due_room(p_destination integer,
    p_most integer, p_now timestamptz)
returns integer
language plpgsql
set enable_seqscan = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
	v offhook.destination_state := offhook.destination_health(
	    p_destination);
	v_spec jsonb;
	v_n integer;
begin
	select d.spec into v_spec from offhook.destination d
	    where d.id = p_destination;
	if v.breaker <> 'closed' then
		p_most := least(p_most, case when greatest(v.open_until,
		    v.probe_until) <= p_now then 1 else 0 end);
	end if;
	if v_spec ? 'rate' then
		p_most := least(p_most, offhook.rate_room(v_spec -> 'rate',
		    v.rate_at, p_now));
	end if;
	if v_spec ? 'concurrency' and p_most > 0 then
		select count(*) into v_n from offhook.delivery x
		    where x.destination = p_destination and x.slot
		    and x.due_at > p_now;
		p_most := least(p_most,
		    (v_spec ->> 'concurrency')::integer - v_n);
	end if;
	return greatest(p_most, 0);
end
$$;
