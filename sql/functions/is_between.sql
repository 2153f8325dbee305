-- offhook.is_between(p_xmin xid, p_max bigint, p_seen pg_snapshot,
--     p_until pg_snapshot) returns boolean
--
-- Purpose: whether what a transaction has written was visible in one
--     snapshot and not in an earlier one.
-- Arguments: p_xmin  a row's xmin: the lower half of the transaction's
--     number, which is below p_max and not four billions below; p_seen null:
--     before anything.
-- Errors: none.  Writes: nothing.
create or replace function offhook.is_between(p_xmin xid, p_max bigint,
    p_seen pg_snapshot, p_until pg_snapshot)
returns boolean
language plpgsql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_xid bigint := p_max - ((p_max - p_xmin::text::bigint)
	    & 4294967295);
begin
	-- Most were seen long ago, and this is quick.
	if p_seen is not null
	    and v_xid < pg_snapshot_xmin(p_seen)::text::bigint then
		return false;
	end if;
	return (p_seen is null
	    or not pg_visible_in_snapshot(v_xid::text::xid8, p_seen))
	    and pg_visible_in_snapshot(v_xid::text::xid8, p_until);
end
$$;
