-- offhook.todo_seen(p_seen pg_snapshot) returns pg_snapshot
--
-- Purpose: a snapshot of this transaction, and this transaction among those
--     that were in progress: a snapshot leaves its own out, and what it
--     writes is to be read later like that of the others.
-- Errors: none.  Writes: nothing.
create or replace function offhook.todo_seen(p_seen pg_snapshot)
returns pg_snapshot
language plpgsql
as $$
declare
	v_own xid8 := pg_current_xact_id();
begin
	if v_own >= pg_snapshot_xmax(p_seen) then
		return p_seen;
	end if;
	return format('%s:%s:%s', least(pg_snapshot_xmin(p_seen), v_own),
	    pg_snapshot_xmax(p_seen), (select string_agg(x.x::text, ','
	    order by x.x) from (select pg_snapshot_xip(p_seen) as x
	    union select v_own) as x));
end
$$;
