-- offhook.route_delete(p_name text) returns boolean
-- offhook.route_delete(p_kind text, p_to text) returns boolean
--
-- Purpose: deletes the route of this name; or the one that
--     route_set(p_kind, p_to, ...) made.
-- Returns: whether there was one; only then there is a new version.
-- Errors: none.  Writes: route, route_version, route_change.
create or replace function offhook.route_delete(p_name text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	-- The version's row is locked first, as in route_set.
	perform from offhook.route_version for update;
	delete from offhook.route r where r.name = p_name;
	if not found then
		return false;
	end if;
	perform offhook.route_changed('delete ' || p_name);
	return true;
end
$$;

create or replace function offhook.route_delete(p_kind text, p_to text)
returns boolean
language sql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	select offhook.route_delete(case
	    when octet_length(p_kind || ' ' || p_to) <= 80
	    then p_kind || ' ' || p_to else p_kind || ' ' || md5(p_to) end)
$$;
