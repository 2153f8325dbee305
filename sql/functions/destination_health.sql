-- offhook.destination_health(p_destination integer)
--     returns offhook.destination_state
--
-- Purpose: what is known of a destination's health at this moment.
-- Returns: a row with n null, closed, where nothing is known yet.
-- Errors: none.  Writes: nothing.
create or replace function offhook.destination_health(p_destination integer)
returns offhook.destination_state
language plpgsql stable
as $$
declare
	v offhook.destination_state;
begin
	select * into v from offhook.destination_state s
	    where s.destination = p_destination order by s.n desc limit 1;
	if not found then
		v.destination := p_destination;
		v.breaker := 'closed';
		v.failures := 0;
	end if;
	return v;
end
$$;
