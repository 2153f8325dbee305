-- offhook.route_delete(p_kind text, p_to text) returns boolean
--
-- Purpose: deletes the route that route_set(p_kind, p_to, ...) made.
-- Returns: whether there was one; only then there is a new version.
-- Errors: none.  Writes: route, route_version.
create or replace function offhook.route_delete(p_kind text, p_to text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	-- The version's row is locked first, as in route_set.
	perform from offhook.route_version for update;
	delete from offhook.route r
	    where r.kind = p_kind and r.to_ = p_to;
	if not found then
		return false;
	end if;
	update offhook.route_version v set version = greatest(v.version + 1,
	    (extract(epoch from clock_timestamp()) * 1000)::bigint);
	return true;
end
$$;
