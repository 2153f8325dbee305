-- offhook.destination_hold(p_name text, p_paused boolean) returns boolean
--
-- Purpose: destination_pause() and destination_resume().
-- Errors: P0002 there is none of that name.
-- Writes: destination, destination_version, operation.
create or replace function offhook.destination_hold(p_name text,
    p_paused boolean)
returns boolean
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.destination;
begin
	perform from offhook.destination_version for update;
	v := offhook.destination_named(p_name);
	if v.paused = p_paused then
		return false;
	end if;
	update offhook.destination d set paused = p_paused,
	    paused_at = case when p_paused then clock_timestamp() end,
	    changed_at = clock_timestamp(), changed_by = session_user
	    where d.id = v.id;
	perform offhook.destination_changed(case when p_paused then 'pause'
	    else 'resume' end, p_name);
	return true;
end
$$;
