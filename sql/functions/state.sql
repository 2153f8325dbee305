-- offhook.state(p_account text, p_kind text, p_from text, p_to text,
--     p_rkind text, p_sid text, p_thread text) returns text
--
-- Purpose: what a route or a template may ask of an event before it is
--     answered.
-- Arguments: of the event, as ingest's; p_thread of its session; each may be
--     null
-- Returns: JSON: {"known": whether the other side wrote to or called this
--     account before, "opted_out": whether the last that is known of its
--     consent to be written to by this side is no, "revision": of the
--     session, 0: there is none, "session": its variables, "resource":
--     {"status", "error_code", "first_seen" and its facts by name}}, all
--     values of the last two being strings.  The other side: p_from; p_to of
--     a call that was made from here.
-- Errors: none.  Writes: nothing.
--
-- A number that nobody knows must cost no more than one that has a row: the
-- planner does not know which it will be.
-- What OFFHOOK_REDACT has masked stands for ten thousand people: it is not
-- known, and has not opted out.
create or replace function offhook.state(p_account text, p_kind text,
    p_from text, p_to text, p_rkind text, p_sid text, p_thread text)
returns text
language plpgsql stable security definer
set search_path = pg_catalog, offhook, pg_temp
set enable_seqscan = off
as $$
declare
	v_resource jsonb := '{}';
	v_them text := p_from;
	v_us text := p_to;
	v_known boolean := false;
	v_service text;
	v_consent text;
	v_since timestamptz;
	v_refused timestamptz;
	v_session record;
begin
	select coalesce((select jsonb_object_agg(f.key, f.value ->> 1)
	    from jsonb_each(r.facts) as f), '{}')
	    || jsonb_strip_nulls(jsonb_build_object('status', r.status,
	    'error_code', r.error_code::text, 'first_seen',
	    to_char(r.first_seen at time zone 'UTC',
	    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
	    into v_resource
	    from offhook.resource_now r
	    where r.sid = p_sid and r.kind = p_rkind
	    and r.account = p_account;
	v_resource := coalesce(v_resource, '{}');
	if p_kind = 'call.outbound'
	    or v_resource ->> 'direction' like 'outbound%' then
		v_them := p_to;
		v_us := p_from;
	end if;

	if v_them not like '%xxxx' then
		v_known := exists (select from offhook.resource r
		    where r.from_ = v_them and r.account = p_account
		    and r.kind || '' in ('message', 'call')
		    and r.sid is distinct from p_sid);
		-- a Messaging Service that this side is, or was, a part of
		select offhook.fact(m.facts, 'messaging_service_sid')
		    into v_service
		    from (select r.facts from offhook.resource r
		    where r.from_ = v_them and r.to_ = v_us
		    and r.kind || '' = 'message' and r.account = p_account
		    order by r.first_seen desc limit 10) as m
		    where m.facts ? 'messaging_service_sid' limit 1;
		select r.consent, r.first_seen into v_consent, v_since
		    from offhook.resource r
		    where r.from_ = v_them and r.consent is not null
		    and r.account = p_account and (r.to_ = v_us or
		    offhook.fact(r.facts, 'messaging_service_sid')
		    = v_service)
		    order by r.first_seen desc, r.sid desc limit 1;
		select max(e.first_seen) into v_refused
		    from (select r.first_seen from offhook.resource r
		    where r.to_ = v_them and r.error_code = 21610
		    and r.account = p_account and (r.from_ = v_us or
		    offhook.fact(r.facts, 'messaging_service_sid')
		    = v_service) offset 0) as e;
	end if;
	select s.vars, s.revision into v_session from offhook.session s
	    where s.thread = p_thread
	    and s.bucket = offhook.bucket(p_thread)
	    and s.account = p_account
	    and s.expires_at > clock_timestamp();
	return jsonb_build_object('known', v_known, 'opted_out',
	    coalesce(v_refused > v_since
	    or v_consent = 'opted_out', v_refused is not null),
	    'revision', coalesce(v_session.revision, 0),
	    'session', coalesce(v_session.vars, '{}'),
	    'resource', v_resource)::text;
end
$$;
