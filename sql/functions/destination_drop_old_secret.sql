-- offhook.destination_drop_old_secret(p_name text) returns boolean
--
-- Purpose: from now on only the newest secret signs.
-- Returns: whether there was another one.
-- Errors: P0002 there is none of that name.
-- Writes: destination_secret, destination_version, operation.
create or replace function offhook.destination_drop_old_secret(p_name text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.destination;
begin
	perform from offhook.destination_version for update;
	v := offhook.destination_named(p_name);
	update offhook.destination_secret s set secrets = s.secrets[1:1],
	    old_until = null
	    where s.destination = v.id and cardinality(s.secrets) > 1;
	if not found then
		return false;
	end if;
	perform offhook.destination_changed('drop_old_secret', p_name);
	return true;
end
$$;
