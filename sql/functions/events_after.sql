-- offhook.events_after(p_cursor jsonb, p_since timestamptz, p_filter jsonb,
--     p_limit integer) returns setof offhook.task
--
-- Purpose: events in the order in which they were stored, each once and none
--     left out, whatever their received_at says and in whatever order they
--     were committed; for offhook listen.
-- Arguments: p_cursor  null: begin; else what the last call said;
--     p_since   to begin with: null from now on; else all whose received_at
--               is not before;
--     p_filter  functions/filter_match.sql, or null: all;
--     p_limit   how many to look at: fewer may pass the filter.
-- Returns: a first row without id whose info is {"cursor": what, "more":
--     whether to call again at once}; then the events, each with id 1. The
--     info of these is a cursor, too: to go on right after that event.
-- Errors: 22023 the cursor is none, older than 7 days, or of another
--     database.  Writes: nothing, and ingest writes nothing for it but a row
--     in late for what comes late.
--
-- What is new since a snapshot is what was not visible in it: a row's xmin
-- says so exactly, and cost ingest nothing.  Only there is no index for it.
-- So the rows are found by received_at, from LOW - 15 seconds on: ingest puts
-- a request that is older when it is stored (a spool was drained, a clock is
-- slow) into late, too, where xid is indexed.  LOW is a time before any
-- transaction got its number that the snapshot does not see: normally that
-- of the call before the last; it stays behind as long as somebody holds
-- such a transaction open.  What was committed by such a one is shown when
-- it is committed.
--
-- Limits: rows that house_move() has put in another partition in their first
-- minute (nobody had run house keep for months) are shown again; a row that
-- was inserted in a savepoint by hand may be missed; so may, on a standby,
-- one whose transaction was open for longer than 15 seconds.
--
-- Stable: all of its statements see what pg_current_snapshot() says.
create or replace function offhook.events_after(p_cursor jsonb,
    p_since timestamptz, p_filter jsonb, p_limit integer)
returns setof offhook.task
language plpgsql stable security definer
set search_path = pg_catalog, offhook, pg_temp
set timezone = 'UTC'
as $$
declare
	v_snap pg_snapshot := pg_current_snapshot();
	v_max bigint := pg_snapshot_xmax(v_snap)::text::bigint;
	v_cursor jsonb;
	v_seen pg_snapshot;	-- null: nothing was seen
	v_until pg_snapshot;	-- of the walk that is under way
	v_low timestamptz;
	v_next_at timestamptz;
	v_next_xid bigint;
	v_began timestamptz;	-- that walk
	v_at timestamptz;	-- where that walk is
	v_id uuid := '00000000-0000-0000-0000-000000000000';
	v_from timestamptz;
	v_events offhook.event[];
	v_event offhook.event;
	v_params jsonb;
	v_needs boolean;
	v_more boolean;
	v_walk jsonb;
begin
	if p_limit is null or p_limit not between 1 and 1000 then
		raise exception 'offhook: the limit must be 1 to 1000'
		    using errcode = '22023';
	end if;
	if p_filter is not null and p_cursor is null then
		perform offhook.filter_check(p_filter);
	end if;
	if p_cursor is null then
		v_low := coalesce(p_since, now() - interval '5 minutes');
		v_at := p_since;
		v_began := now();
		v_until := case when p_since is not null then v_snap end;
		v_seen := case when p_since is null then v_snap end;
	else
		begin
			v_cursor := p_cursor;
			v_seen := (v_cursor ->> 'seen')::pg_snapshot;
			v_until := (v_cursor ->> 'until')::pg_snapshot;
			v_low := (v_cursor ->> 'low')::timestamptz;
			v_next_at := (v_cursor ->> 'next_at')::timestamptz;
			v_next_xid := (v_cursor ->> 'next_xid')::bigint;
			v_began := (v_cursor ->> 'began')::timestamptz;
			v_at := (v_cursor ->> 'at')::timestamptz;
			v_id := coalesce((v_cursor ->> 'id')::uuid, v_id);
		exception when data_exception then
			v_low := null;
		end;
		if v_low is null or coalesce(v_until, v_seen) is null then
			raise exception 'offhook: this is no cursor of '
			    'events_after()' using errcode = '22023';
		end if;
		if pg_snapshot_xmax(coalesce(v_until, v_seen))::text::bigint
		    > v_max then
			raise exception 'offhook: this cursor is of another '
			    'database, or of one before it was restored'
			    using errcode = '22023';
		end if;
		if v_seen is not null
		    and v_low < now() - interval '7 days' then
			raise exception 'offhook: this cursor is older than 7 '
			    'days' using errcode = '22023';
		end if;
	end if;
	-- Someone has set the clock back.
	if v_seen is not null and v_low > now() then
		v_low := now();
	end if;
	v_from := v_low - case when v_seen is null then interval '0'
	    else interval '15 seconds' end;
	if v_until is null then
		v_until := v_snap;
		v_began := now();
		v_at := '-infinity';
	end if;

	select array_agg(n.e order by n.at, n.id) into v_events
	    from (
	        (select e, e.received_at as at, e.id
	        from offhook.event e
	        where e.received_at >= greatest(v_from, v_at)
	        and (e.received_at, e.id) > (v_at, v_id)
	        and offhook.is_between(e.xmin, v_max, v_seen, v_until)
	        order by e.received_at, e.id limit p_limit)
	        union all
	        (select e, e.received_at, e.id
	        from offhook.late l
	        join offhook.event e
	        on e.id = l.event_id and e.received_at = l.event_at
	        where v_seen is not null
	        and l.xid >= pg_snapshot_xmin(v_seen)
	        and not pg_visible_in_snapshot(l.xid, v_seen)
	        and pg_visible_in_snapshot(l.xid, v_until)
	        and e.received_at < v_from
	        and (e.received_at, e.id) > (v_at, v_id)
	        order by e.received_at, e.id limit p_limit)
	        order by 2, 3 limit p_limit
	    ) as n;
	v_walk := jsonb_strip_nulls(jsonb_build_object('seen', v_seen::text,
	    'until', v_until::text, 'low', v_low, 'next_at', v_next_at,
	    'next_xid', v_next_xid, 'began', v_began));
	v_more := coalesce(cardinality(v_events), 0) >= p_limit;
	if v_more then
		v_event := v_events[cardinality(v_events)];
		v_cursor := v_walk || jsonb_build_object('at',
		    v_event.received_at, 'id', v_event.id);
	else
		v_more := coalesce(v_cursor ? 'until', false);
		-- LOW may go to where the last but one began.
		if v_next_xid <= pg_snapshot_xmin(v_until)::text::bigint then
			v_low := v_next_at;
			v_next_xid := null;
		elsif v_seen is null then
			v_low := v_began - interval '5 minutes';
		end if;
		if v_next_xid is null then
			-- A snapshot's xmax is behind the latest that has
			-- ended, not behind the latest that was given out.
			select greatest(v_max, max(v_max + n.ahead) + 1)
			    into v_next_xid
			    from (select (l.transactionid::text::bigint
			    - v_max) & 4294967295 as ahead from pg_locks l
			    where l.locktype = 'transactionid') as n
			    where n.ahead < 2147483648;
			v_next_at := now();
		end if;
		v_cursor := jsonb_build_object('seen', v_until::text,
		    'low', v_low, 'next_at', v_next_at,
		    'next_xid', v_next_xid);
	end if;
	return next row(null, null, null, null, null, null, null, null, null,
	    null, null, null, null, null, null, null, null, null, null, null,
	    null, null, null, null, null, jsonb_build_object('more', v_more,
	    'cursor', v_cursor))::offhook.task;

	v_needs := p_filter is not null
	    and offhook.filter_needs_params(p_filter);
	foreach v_event in array coalesce(v_events, '{}') loop
		if p_filter is not null then
			v_params := case when v_needs
			    then offhook.event_params(v_event.raw,
			    v_event.format, v_event.method, v_event.url) end;
			continue when offhook.filter_match(p_filter, v_event,
			    v_params) is not null;
		end if;
		return next row(1, '00000000-0000-0000-0000-000000000000', 0,
		    null, false, v_event.received_at,
		    v_event.id, v_event.received_at, v_event.account,
		    v_event.kind, v_event.sid, v_event.status,
		    v_event.verdict, v_event.seq, v_event.error_code,
		    v_event.from_, v_event.to_, v_event.parent,
		    v_event.method, v_event.format, v_event.token,
		    v_event.url, v_event.raw, 'initial', null,
		    v_walk || jsonb_build_object('at', v_event.received_at,
		    'id', v_event.id))::offhook.task;
	end loop;
end
$$;
