-- offhook.route_set(p_kind text, p_to text, p_twiml text) returns bigint
--
-- Purpose: sets the reply of a kind of event and a number, either of them
--     '*' for any.  (kind, to) goes before (kind, *), (*, to), (*, *).
-- Returns: the new version of the routes.  From the commit on, ingest
--     refuses a reply that was chosen from an older one.
-- Errors: 22023 unknown kind, a notice, an empty number, TwiML too long;
--     2200M TwiML is not well-formed XML.
-- Writes: route, route_version.
--
-- Well-formedness needs a server built with libxml, as all packaged ones
-- are; elsewhere the command line's check is the only one.
create or replace function offhook.route_set(p_kind text, p_to text,
    p_twiml text)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_version bigint;
	v_good boolean;
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
		raise exception 'offhook: TwiML must be shorter than 64 kB'
		    using errcode = '22023';
	end if;
	begin
		v_good := xml_is_well_formed_document(p_twiml)
		    and p_twiml !~* '<!doctype';
	exception when feature_not_supported then
		v_good := true;
	end;
	if not v_good then
		raise exception 'offhook: this is not well-formed TwiML'
		    using errcode = '2200M', hint = 'Well-formed XML, one '
		    'root element, no DOCTYPE: <Response>...</Response>';
	end if;

	-- First, for the row's lock: changes of routes come one by one.
	update offhook.route_version v set version = greatest(v.version + 1,
	    (extract(epoch from clock_timestamp()) * 1000)::bigint)
	    returning v.version into v_version;
	insert into offhook.route (kind, to_, twiml, set_at)
	    values (p_kind, p_to, p_twiml, clock_timestamp())
	    on conflict (kind, to_) do update
	    set twiml = excluded.twiml, set_at = excluded.set_at;
	return v_version;
end
$$;
