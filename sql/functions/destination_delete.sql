-- offhook.destination_delete(p_name text) returns void
--
-- Purpose: deletes a destination: from the commit on nothing is routed or
--     sent there.  Deliveries that have not ended become cancelled, for the
--     reason 'destination deleted', by and by: destination_sweep().  What
--     has ended stays until house keep deletes it, and the name is free.
-- Errors: P0002 there is none of that name.
-- Writes: destination, destination_secret, destination_version, operation.
create or replace function offhook.destination_delete(p_name text)
returns void
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.destination;
begin
	perform from offhook.destination_version for update;
	v := offhook.destination_named(p_name);
	update offhook.destination d set deleted_at = clock_timestamp(),
	    changed_at = clock_timestamp(), changed_by = session_user
	    where d.id = v.id;
	delete from offhook.destination_secret s where s.destination = v.id;
	perform offhook.destination_changed('delete', p_name, v.spec);
end
$$;
