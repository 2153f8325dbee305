-- offhook.due_taken(p_destination integer, p_n integer, p_lease uuid,
--     p_until timestamptz, p_now timestamptz) returns boolean
--
-- Purpose: notes that p_n deliveries of a destination were claimed, after
--     due_room() had allowed them.
-- Arguments: p_lease, p_until  of the last of them
-- Returns: whether that one is the probe of its breaker.
-- Errors: none.  Writes: destination_state.
create or replace function offhook.due_taken(p_destination integer,
    p_n integer, p_lease uuid, p_until timestamptz, p_now timestamptz)
returns boolean
language plpgsql
as $$
declare
	v offhook.destination_state := offhook.destination_health(
	    p_destination);
	v_rate jsonb;
begin
	select d.spec -> 'rate' into v_rate from offhook.destination d
	    where d.id = p_destination;
	if v_rate is null and v.breaker = 'closed' then
		return false;
	end if;
	if v_rate is not null then
		v.rate_at := greatest(v.rate_at,
		    p_now - interval '50 ms') + p_n
		    * (v_rate ->> 'per_ms')::float8 / (v_rate ->> 'n')::float8
		    * interval '1 ms';
	end if;
	if v.breaker <> 'closed' then
		v.breaker := 'probing';
		v.probe := p_lease;
		v.probe_until := p_until;
	end if;
	perform offhook.destination_note(v);
	return v.breaker = 'probing';
end
$$;
