-- offhook.channel_delete(p_name text) returns boolean
--
-- Purpose: deletes a channel.
-- Returns: whether there was one.  Errors: none.  Writes: channel, told.
create or replace function offhook.channel_delete(p_name text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	delete from offhook.channel c where c.name = p_name;
	return found;
end
$$;
