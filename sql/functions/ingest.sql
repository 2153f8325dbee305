-- offhook.ingest(...): the one call of a webhook
--
-- Purpose: stores a request exactly once, folds its status, puts it in the
--     worker's inbox and keeps its answer, in one statement and transaction.
-- Arguments:
--     p_bucket   bucket() of the SID or of what stands for it, 0 to 1023
--     p_key      what makes two requests the same; the caller's recipe
--     p_id       UUIDv7 of the event;  p_at its time, when it arrived
--     p_account  whose token signed it;  p_kind of the event
--     p_rkind    'message', 'call' ..., or null: no resource is folded
--     p_sid      of the resource, or null;  p_status as Twilio wrote it
--     p_seq      SequenceNumber, p_error ErrorCode, p_clock Twilio's clock in
--                ms since 1970, of kinds that are ordered by it
--     p_from, p_to, p_method, p_url, p_token (I-Twilio-Idempotency-Token),
--     p_format   'form' or 'json';  p_raw the body's bytes
--     p_window   null: the key is good for ever; else seconds: a row that is
--                as old or older is taken over, by a new event; beside one
--                that is so much younger it gets a key of its own
--     p_routes   version of the routes that the reply was chosen from; null:
--                do not look
--     p_issue    null, or the type of an issue to count (subject: with
--                p_reason p_route; else p_to, else p_error)
--     p_http, p_ctype, p_reply   the answer, if this is the first delivery
--     p_parent   the SID that the resource belongs to, or null
--     p_facts    what else it said: functions/facts_at.sql; or null
--     p_ask      null; or ms: the answer is still to be made, and nobody else
--                makes it for so long.  http, ctype and reply do not count.
--     p_route    name of the route that was taken, or null
--     p_reason   why the answer is a fallback, or null
--     p_session  what becomes of session variables, if this is the first
--                delivery: functions/session_patch.sql; or null
-- Returns: verdict and the answer to send, byte for byte what the first
--     delivery was given:
--     'applied'    the status is now the resource's
--     'stale'      a later status is already known
--     'unknown'    a status that offhook.status does not list
--     'recorded'   there was no status to fold
--     'replay'     an inbound message or call whose row in once was purged
--                  long ago: recorded, but nobody's work any more
--     'ask'        p_ask was given, and this is the first delivery: make
--                  the answer, then call decide()
--     'duplicate'  seen before: the first one's answer
--     'pending'    seen before, and its answer is being made: see await()
--     'routes'     p_routes is not the current version: nothing was written
-- Errors: OF001 refused way back (functions/no_way_back.sql; cannot happen
--     here); OF002 the SID belongs to another account or kind; OF003 not in
--     read committed; OF004 the session has changed meanwhile.  After any of
--     them nothing is written.
-- Writes: once, resource, event, todo; late, session, issue.
--
-- Concurrency: a duplicate waits in the first INSERT until the first delivery
-- has committed; the next statement has a new snapshot and sees its answer.
-- (A single statement would not; nor would repeatable read: hence OF003.)
-- Of one that is being asked the first delivery has committed: nobody waits.
-- The order of locks is once, resource, session, route_pace, issue for
-- everybody.
create or replace function offhook.ingest(p_bucket smallint, p_key uuid,
    p_id uuid, p_at timestamptz, p_account text, p_kind text, p_rkind text,
    p_sid text, p_status text, p_seq integer, p_clock bigint,
    p_error integer, p_from text, p_to text, p_method text, p_url text,
    p_token text, p_format text, p_raw bytea, p_window integer,
    p_routes bigint, p_issue text, p_http smallint, p_ctype text,
    p_reply bytea, p_parent text default null, p_facts jsonb default null,
    p_ask integer default null, p_route text default null,
    p_reason text default null, p_session jsonb default null)
returns offhook.answer
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '2000ms'
as $$
declare
	v_ord bigint;
	v_verdict text;
	v_more boolean;
	v_old offhook.once;
	v_facts jsonb;
	v_media smallint;
	v_consent text;
	v_asked boolean;
	v_known_asked boolean;
	v_first timestamptz;
	v_lease timestamptz;
begin
	-- A bucket out of range is the caller's bug; a check constraint would
	-- be parsed again at each call.
	if p_bucket >> 10 <> 0
	    or current_setting('transaction_isolation') <> 'read committed'
	    or current_setting('synchronous_commit') = 'off'
	    or p_at > clock_timestamp() + interval '1 minute'
	    or p_at < '2020-01-01' then
		perform offhook.ingest_guard(p_bucket);
		-- The web server's clock may be wrong: then the database's.
		if p_at > clock_timestamp() + interval '1 minute'
		    or p_at < '2020-01-01' then
			p_at := clock_timestamp();
			p_id := offhook.uuid_at(p_id, p_at);
		end if;
	end if;

	if p_routes is not null then
		perform from offhook.route_version v
		    where v.version = p_routes;
		if not found then
			return row('routes'::text, null::smallint, null::text,
			    null::bytea);
		end if;
	end if;

	if p_seq is null and p_clock is null then
		select s.base into v_ord
		    from offhook.status s
		    where s.kind = p_rkind and s.name = p_status;
	else
		select offhook.order_key(s.rank, s.code, 0, p_seq, p_clock)
		    into v_ord
		    from offhook.status s
		    where s.kind = p_rkind and s.name = p_status;
	end if;
	if p_facts is not null then
		if p_facts ?| '{num_media,consent,asked}' then
			v_media := (p_facts ->> 'num_media')::smallint;
			v_consent := p_facts ->> 'consent';
			v_asked := (p_facts ->> 'asked')::boolean;
		end if;
		if not p_facts ? 'l' then	-- as facts_at(), without a call
			v_facts := nullif(p_facts -> 'c', '{}');
		else
			v_facts := offhook.facts_at(p_facts, coalesce(v_ord,
			    case when p_clock is null then 0
			    else offhook.order_key(null, 0::smallint, 0, p_seq,
			    p_clock) end));
		end if;
	end if;

	if p_ask is not null then
		v_lease := clock_timestamp() + p_ask * interval '1 ms';
		p_http := null;
		p_ctype := null;
		p_reply := null;
	end if;

	loop
		insert into offhook.once as o (key, bucket, event_id,
		    event_at, dups, http, ctype, reply, lease, reason)
		    values (p_key, p_bucket, p_id, p_at, 0, p_http, p_ctype,
		    p_reply, v_lease, p_reason)
		    on conflict (key, bucket) do nothing;
		exit when found;

		if p_window is not null then
			-- Of several that find it too old one gets the lock;
			-- the others look again, and find its row young.
			select * into v_old from offhook.once o
			    where o.key = p_key and o.bucket = p_bucket
			    and o.event_at
			    <= p_at - p_window * interval '1 second'
			    for update;
			if found then
				insert into offhook.past_reply (event_id,
				    bucket, event_at, dups, http, ctype,
				    reply, reason)
				    values (v_old.event_id, p_bucket,
				    v_old.event_at, v_old.dups, v_old.http,
				    v_old.ctype, v_old.reply, v_old.reason)
				    on conflict (event_id, bucket) do nothing;
				update offhook.once o set event_id = p_id,
				    event_at = p_at, dups = 0,
				    http = p_http, ctype = p_ctype,
				    reply = p_reply, lease = v_lease,
				    reason = p_reason
				    where o.key = p_key
				    and o.bucket = p_bucket;
				exit;
			end if;
			-- It was spooled for so long that the row is a later
			-- one's: it gets a key of its own, the same each time,
			-- unless it was stored before it was spooled.
			perform from offhook.once o
			    where o.key = p_key and o.bucket = p_bucket
			    and o.event_at
			    >= p_at + p_window * interval '1 second'
			    and not exists (select from offhook.past_reply r
			    where r.event_id = p_id and r.bucket = p_bucket);
			if found then
				p_key := md5(p_key::text || p_id::text)::uuid;
				continue;
			end if;
		end if;

		-- The winner has committed: its answer is on the disk, and
		-- a counter is not worth waiting for the disk.
		perform set_config('synchronous_commit', 'off', true);
		update offhook.once o set dups = o.dups + 1
		    where o.key = p_key and o.bucket = p_bucket
		    returning * into v_old;
		if found then
			-- Its own row: the same call again, because the
			-- connection broke before the answer came.
			return row(case when v_old.http is not null
			    then 'duplicate' when v_old.event_id = p_id
			    then 'ask' else 'pending' end, v_old.http,
			    v_old.ctype, v_old.reply);
		end if;
		-- Purged between the two statements: it is new after all.
		perform set_config('synchronous_commit', 'on', true);
	end loop;

	if p_rkind is null or p_sid is null then
		v_verdict := 'recorded';
	else
		insert into offhook.resource as r (sid, bucket, kind,
		    account, ord, from_, to_, first_seen, updated_at, parent,
		    num_media, consent, asked, facts)
		    values (p_sid, p_bucket, p_rkind, p_account,
		    coalesce(v_ord, 0), p_from, p_to, p_at, p_at, p_parent,
		    v_media, v_consent, v_asked, v_facts)
		    on conflict (sid, bucket) do update set
		    ord = greatest(r.ord, excluded.ord),
		    updated_at = greatest(r.updated_at, excluded.updated_at)
		    where r.account = excluded.account
		    and r.kind = excluded.kind
		    returning case r.ord when v_ord then 'applied'
		        else 'stale' end,
		    r.from_ is distinct from p_from
		    or r.to_ is distinct from p_to or r.first_seen > p_at
		    or not coalesce(r.facts @> v_facts, v_facts is null)
		    or coalesce(p_parent < r.parent, p_parent is not null)
		    or coalesce(v_media > r.num_media, v_media is not null)
		    or coalesce(v_consent > r.consent,
		    v_consent is not null)
		    or v_asked and r.asked is null,
		    r.asked, r.first_seen
		    into v_verdict, v_more, v_known_asked, v_first;
		if not found then
			raise exception 'offhook: % belongs to another '
			    'account or kind', p_sid
			    using errcode = 'OF002';
		end if;
		-- What most callbacks do not bring costs those that bring it
		-- a second statement, on a row that is locked by now.
		if v_ord is null or p_error is not null or v_more then
			if v_ord is null then
				v_ord := 0;
				v_verdict := case when p_status is null
				    then 'recorded' else 'unknown' end;
			end if;
			update offhook.resource r set
			    unknown_status = case when v_ord = 0 then
			        greatest(r.unknown_status, p_status)
			        else r.unknown_status end,
			    err_ord = case when p_error is not null
			        then greatest(r.err_ord, v_ord)
			        else r.err_ord end,
			    error_code = case
			        when p_error is null or v_ord < r.err_ord
			        then r.error_code
			        when v_ord = r.err_ord
			        then greatest(r.error_code, p_error)
			        else p_error end,
			    from_ = least(r.from_, p_from),
			    to_ = least(r.to_, p_to),
			    first_seen = least(r.first_seen, p_at),
			    parent = least(r.parent, p_parent),
			    num_media = greatest(r.num_media, v_media),
			    consent = greatest(r.consent,
			        v_consent collate "C"),
			    asked = coalesce(r.asked, v_asked),
			    facts = offhook.facts_merge(r.facts, v_facts)
			    where r.sid = p_sid and r.bucket = p_bucket;
		end if;
		if v_asked and v_known_asked
		    and v_first < p_at - interval '1 day' then
			v_verdict := 'replay';
		end if;
	end if;

	with e as (
	    insert into offhook.event (id, received_at, seq, error_code,
	    bucket, key, account, kind, rkind, sid, status,
	    verdict, from_, to_, method, format, token, url, raw, clock,
	    parent, route)
	    values (p_id, p_at, p_seq, p_error, p_bucket,
	    p_key, p_account, p_kind, p_rkind, p_sid, p_status, v_verdict, p_from,
	    p_to, p_method, p_format, p_token, p_url, p_raw, p_clock,
	    p_parent, p_route)
	)
	insert into offhook.todo (bucket, event_id, event_at)
	    select p_bucket, p_id, p_at where v_verdict <> 'replay';
	-- Nobody would look for it among the latest.
	if p_at < clock_timestamp() - interval '15 seconds' then
		insert into offhook.late (bucket, event_id, event_at)
		    values (p_bucket, p_id, p_at);
	end if;

	if p_session is not null then
		perform offhook.session_patch(p_session, p_account);
	end if;
	-- Last, because a busy number's row is locked from here to the end.
	if p_issue is not null then
		perform offhook.issue_count(p_issue,
		    case when p_reason is not null and p_route is not null
		    then p_route else coalesce(p_to, p_error::text) end, p_at,
		    jsonb_strip_nulls(jsonb_build_object('event', p_id,
		    'kind', p_kind, 'from', p_from, 'account', p_account,
		    'reason', p_reason)));
	end if;
	if p_ask is not null then
		v_verdict := 'ask';
	end if;
	return row(v_verdict, p_http, p_ctype, p_reply);
end
$$;
