-- offhook.todo_next(p_limit integer) returns table (at tid, bucket smallint,
--     event_id uuid, event_at timestamptz, xid xid8)
--
-- Purpose: the next rows of the inbox, and those of their transactions, in
--     the order of transactions; moves the cursor behind them.  The caller
--     holds the baton, and deletes them.
-- Errors: none.  Writes: todo_cursor.
--
-- What is new since a snapshot was taken is what has an xid from its xmax on,
-- or was in progress then.  A walk (pass) goes through that in the order of
-- xids, a limit at a time, up to the xmax that it began with; then its own
-- beginning is what is done.  So a row is passed twice at most, dead or not,
-- and a transaction that takes long keeps nothing back but itself.  One that
-- was in progress when a walk began may be within it, and be looked for when
-- it has ended, in the same call: it is returned once.
--
-- xids begin anew in a database that was restored: a cursor that is ahead of
-- the server's begins from the start.  Rows whose xid is still to come are
-- seen by a walk's first step, which has no end.  The server's may have gone
-- past the cursor before anybody looked; so it begins from the start every
-- ten minutes, whatever it says.  (What is routed is deleted: that costs
-- only as much as there are dead rows.)
create or replace function offhook.todo_next(p_limit integer)
returns table (at tid, bucket smallint, event_id uuid,
    event_at timestamptz, xid xid8)
language plpgsql
set enable_seqscan = off
set enable_bitmapscan = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	v offhook.todo_cursor;
	v_late xid8[];
	v_from xid8;
	v_to xid8;
	v_at tid[];
	v_mine tid[] := '{}';	-- returned, and not yet deleted
	v_xid xid8[];
	v_bucket smallint[];
	v_id uuid[];
	v_when timestamptz[];
	v_seen pg_snapshot;
	v_n integer;
	v_left integer := p_limit;
	v_wrote boolean := false;
	v_old bigint;
	v_now timestamptz := clock_timestamp();
begin
	select * into v from offhook.todo_cursor c order by c.id desc limit 1;
	v_old := v.id;
	if pg_snapshot_xmax(coalesce(v.pass, v.done))
	    > pg_snapshot_xmax(pg_current_snapshot())
	    or v.full_at between v_now - interval '10 min' and v_now
	    is not true then
		v.full_at := v_now;
		v_wrote := true;
		v.done := null;
		v.pass := null;
		v.xid := null;
	end if;
	loop
		v_from := coalesce(pg_snapshot_xmax(v.done), '0');
		v_late := array(select x from pg_snapshot_xip(v.done) as x
		    where v.xid is null or x > v.xid);
		v_to := pg_snapshot_xmax(v.pass);
		select array_agg(t.ctid), array_agg(t.xid),
		    array_agg(t.bucket), array_agg(t.event_id),
		    array_agg(t.event_at), pg_current_snapshot()
		    into v_at, v_xid, v_bucket, v_id, v_when, v_seen
		    from (select x.* from (
		    select l.ctid, l.* from offhook.todo l
		    where l.xid = any (v_late)
		    and not l.ctid = any (v_mine)
		    union all
		    select n.* from (select n.ctid, n.* from offhook.todo n
		    where n.xid >= v_from
		    and n.xid > coalesce(v.xid, '0')
		    and (v_to is null or n.xid < v_to)
		    order by n.xid
		    fetch first (v_left) rows with ties) as n) as x
		    order by x.xid
		    fetch first (v_left) rows with ties) as t;
		v_n := coalesce(cardinality(v_at), 0);
		v_seen := offhook.todo_seen(v_seen);
		if v_n > 0 then
			return query select * from unnest(v_at, v_bucket,
			    v_id, v_when, v_xid);
			v_mine := v_at;
			v_wrote := true;
		end if;
		if v.pass is null and v_n = 0 then
			v.done := case when v_wrote then v_seen else v.done
			    end;
			exit;
		end if;
		if v_n >= v_left then
			v.pass := coalesce(v.pass, v_seen);
			v.xid := v_xid[v_n];
			exit;
		end if;
		v_left := v_left - v_n;
		v.done := coalesce(v.pass, v_seen);
		v.xid := null;
		v_wrote := true;
		exit when v.pass is null;
		v.pass := null;
	end loop;
	if v_wrote then
		insert into offhook.todo_cursor (done, pass, xid, full_at)
		    values (v.done, v.pass, v.xid, v.full_at);
		delete from offhook.todo_cursor c where c.id = v_old;
	end if;
end
$$;
