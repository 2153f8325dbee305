-- offhook.decide(p_bucket smallint, p_key uuid, p_http smallint,
--     p_ctype text, p_reply bytea, p_reason text, p_issue text,
--     p_route text, p_ms integer, p_budget integer, p_session jsonb)
--     returns offhook.answer
--
-- Purpose: decides the answer of a request that is being asked, once, for
--     all: by the one who asked, with what came, or by one who waits no
--     longer, with a fallback.  Everybody sends what this returns.
-- Arguments: p_bucket, p_key, p_session as ingest's;
--     p_http, p_ctype, p_reply   the answer, if nobody was first
--     p_reason   why it is a fallback, or null
--     p_issue    the type of an issue to count, or null; its subject is
--     p_route    the route's name
--     p_ms       how long the route was asked, or null; p_budget the time
--                that it has: functions/pace_count.sql
-- Returns: verdict and the answer to send:
--     'decided'    the caller's
--     'duplicate'  the one that was there already; nothing was written
-- Errors: P0002 there is no such request; OF004 the session has changed
--     meanwhile: nothing was decided; OF003 as ingest's; 22004 p_http is null.
-- Writes: once; session, route_pace, issue.
create or replace function offhook.decide(p_bucket smallint, p_key uuid,
    p_http smallint, p_ctype text, p_reply bytea, p_reason text,
    p_issue text, p_route text, p_ms integer, p_budget integer,
    p_session jsonb)
returns offhook.answer
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '2000ms'
as $$
declare
	v offhook.once;
	v_event record;
	v_now timestamptz := clock_timestamp();
begin
	perform offhook.ingest_guard(p_bucket);
	if p_http is null then
		raise exception 'offhook: an answer has a status'
		    using errcode = '22004';
	end if;
	update offhook.once o set http = p_http, ctype = p_ctype,
	    reply = p_reply, reason = p_reason, lease = null
	    where o.key = p_key and o.bucket = p_bucket and o.http is null
	    returning * into v;
	if not found then
		-- A new statement: what it waited for is seen here.
		select * into v from offhook.once o
		    where o.key = p_key and o.bucket = p_bucket;
		if not found then
			raise exception 'offhook: there is no request %',
			    p_key using errcode = 'P0002';
		end if;
		return row('duplicate'::text, v.http, v.ctype, v.reply);
	end if;
	if p_session is not null or p_issue is not null then
		select e.account, e.kind, e.from_ into v_event
		    from offhook.event e
		    where e.received_at = v.event_at and e.id = v.event_id;
	end if;
	if p_session is not null then
		perform offhook.session_patch(p_session, v_event.account);
	end if;
	if p_ms is not null then
		perform offhook.pace_count(p_route, p_ms, p_budget);
	end if;
	if p_issue is not null then
		perform offhook.issue_count(p_issue, p_route, v_now,
		    jsonb_build_object('event', v.event_id, 'kind',
		    v_event.kind, 'from', v_event.from_, 'account',
		    v_event.account, 'reason', p_reason));
	end if;
	return row('decided'::text, p_http, p_ctype, p_reply);
end
$$;
