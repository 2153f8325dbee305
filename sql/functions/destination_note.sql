-- offhook.destination_note(p_state offhook.destination_state)
--
-- Purpose: keeps a new state of a destination's health in the place of the
--     one that was read: by a new row, since a reader of the newest one does
--     not meet those before it.  The caller has called destination_lock().
-- Arguments: p_state  as destination_health() gave it, changed
-- Errors: none.  Writes: destination_state.
create or replace function offhook.destination_note(
    p_state offhook.destination_state)
returns void
language plpgsql
as $$
begin
	insert into offhook.destination_state (destination, breaker,
	    failures, opened_at, open_until, cool_ms, probe, probe_until,
	    rate_at, last_success_at, last_failure_at)
	    values (p_state.destination, p_state.breaker, p_state.failures,
	    p_state.opened_at, p_state.open_until, p_state.cool_ms,
	    p_state.probe, p_state.probe_until, p_state.rate_at,
	    p_state.last_success_at, p_state.last_failure_at);
	delete from offhook.destination_state s
	    where s.destination = p_state.destination and s.n = p_state.n;
end
$$;
