-- offhook.route_set(p_kind text, p_to text, p_twiml text,
--     p_http integer default 200, p_in_trouble text default null)
--     returns bigint
--
-- Purpose: sets the reply of a kind of event and a number, either of them
--     '*' for any.  (kind, to) goes before (kind, *), (*, to), (*, *).
--     Of a Conversations webhook that asks beforehand p_to is the
--     ChatServiceSid, and p_twiml is JSON: '{}' publishes, fields change
--     what is published, '' with p_http 403 rejects.  Kind '*' is none of
--     these.
-- Arguments: p_http 200, or of a rejection 400 to 499 except 401;
--     p_in_trouble 'publish' or 'reject': what such a webhook is answered
--     when its event cannot be stored; null is 'publish', as Twilio does
--     when nobody answers.
-- Returns: the new version of the routes.  From the commit on, ingest
--     refuses a reply that was chosen from an older one.
-- Errors: 22023 unknown kind, a notice, an empty number, a reply too long
--     or of the other form; 2200M TwiML is not well-formed XML; 22P02 the
--     JSON is not such a reply.
-- Writes: route, route_version.
--
-- Well-formedness needs a server built with libxml, as all packaged ones
-- are; elsewhere the command line's check is the only one.
create or replace function offhook.route_set(p_kind text, p_to text,
    p_twiml text, p_http integer default 200,
    p_in_trouble text default null)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_version bigint;
	v_json boolean;
	v_why text;
begin
	if p_kind is null or p_kind <> '*' and not exists (select
	    from offhook.kind k where k.kind = p_kind and not k.notice) then
		raise exception 'offhook: no route for kind %',
		    coalesce(quote_literal(p_kind), 'null')
		    using errcode = '22023', hint = 'Kinds that take a reply: '
		    || (select string_agg(k.kind, ', ' order by k.kind)
		    from offhook.kind k where not k.notice)
		    || ', or * for any.';
	end if;
	if p_to is null or p_to !~ '^[^[:space:][:cntrl:]]+$' then
		raise exception 'offhook: a route needs a number, or *'
		    using errcode = '22023';
	end if;
	if p_twiml is null or octet_length(p_twiml) >= 65536 then
		raise exception 'offhook: a reply must be shorter than 64 kB'
		    using errcode = '22023';
	end if;
	v_json := exists (select from offhook.kind k
	    where k.kind = p_kind and k.reply = 'JSON');
	v_why := case
	    when p_http is null then 'the status is missing'
	    when not v_json and (p_http <> 200 or p_in_trouble is not null)
	    then p_kind || ' is answered with TwiML: it has no other status '
	        'and nothing to publish or reject'
	    when v_json and p_in_trouble not in ('publish', 'reject')
	    then 'in trouble a route can publish or reject'
	    when v_json and p_http <> 200
	        and (p_http not between 400 and 499 or p_http = 401)
	    then 'a rejection has a status from 400 to 499, except 401'
	    when v_json and p_http <> 200 and p_twiml <> ''
	    then 'a rejection has no reply beside its status'
	    end;
	if v_why is not null then
		raise exception 'offhook: %', v_why using errcode = '22023';
	end if;
	if not v_json then
		begin
			if not xml_is_well_formed_document(p_twiml)
			    or p_twiml ~* '<!doctype' then
				v_why := 'this is not well-formed TwiML';
			end if;
		exception when feature_not_supported then
			null;
		end;
		if v_why is not null then
			raise exception 'offhook: %', v_why
			    using errcode = '2200M', hint = 'Well-formed XML, '
			    'one root element, no DOCTYPE: '
			    '<Response>...</Response>';
		end if;
	elsif p_http = 200 then
		v_why := offhook.route_json_fault(p_twiml);
		if v_why is not null then
			raise exception 'offhook: %', v_why
			    using errcode = '22P02', hint = p_kind || ' is '
			    'answered with JSON: {} publishes, '
			    '{"body": "..."} changes what is published.';
		end if;
	end if;

	-- First, for the row's lock: changes of routes come one by one.
	update offhook.route_version v set version = greatest(v.version + 1,
	    (extract(epoch from clock_timestamp()) * 1000)::bigint)
	    returning v.version into v_version;
	insert into offhook.route (kind, to_, twiml, set_at, http, in_trouble)
	    values (p_kind, p_to, p_twiml, clock_timestamp(), p_http,
	    p_in_trouble)
	    on conflict (kind, to_) do update
	    set twiml = excluded.twiml, set_at = excluded.set_at,
	    http = excluded.http, in_trouble = excluded.in_trouble;
	return v_version;
end
$$;
