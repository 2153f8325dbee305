-- offhook.destination_lock(p_destination integer)
--
-- Purpose: one at a time changes what is known of a destination's health.
--     The row that is locked is never changed, so that it has no versions.
-- Errors: none.  Writes: baton, the first time.
create or replace function offhook.destination_lock(p_destination integer)
returns void
language plpgsql
as $$
declare
	v_name text := 'destination ' || p_destination;
begin
	perform from offhook.baton b where b.name = v_name for update;
	if not found then
		insert into offhook.baton (name) values (v_name)
		    on conflict do nothing;
		perform from offhook.baton b where b.name = v_name for update;
	end if;
end
$$;
