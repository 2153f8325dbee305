-- offhook.channel_target(p_name text) returns table (type, target, secret)
--
-- Purpose: what it takes to send by a channel: offhook channel test.
-- Returns: one row, target as a JSON list; none when there is no such
--     channel.
-- Errors: none.  Writes: nothing.
create or replace function offhook.channel_target(p_name text)
returns table (type text, target text, secret text)
language sql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	select c.type, to_json(c.target)::text, c.secret
	from offhook.channel c where c.name = p_name
$$;
