-- offhook.route_set(p_kind text, p_to text, p_twiml text,
--     p_http integer default 200, p_in_trouble text default null,
--     p_template boolean default false) returns bigint
--
-- Purpose: sets the reply of a kind of event and a number, either of them
--     '*' for any: the route named 'KIND TO'.  It goes behind all those of
--     route_apply(); of its own (kind, to) goes before (kind, *), (*, to),
--     (*, *).
--     Of a Conversations webhook that asks beforehand p_to is the
--     ChatServiceSid, and p_twiml is JSON: '{}' publishes, fields change
--     what is published, '' with p_http 403 rejects.  Kind '*' is none of
--     these.
-- Arguments: p_http 200, or of a rejection 400 to 499 except 401;
--     p_in_trouble 'publish' or 'reject': what such a webhook is answered
--     when its event cannot be stored; null is 'publish', as Twilio does
--     when nobody answers; p_template: p_twiml is a template (docs/routes.md).
-- Returns: the new version of the routes: functions/route_changed.sql.
-- Errors: 22023 unknown kind, a notice, an empty number, a reply too long
--     or of the other form; others of functions/route_check.sql.
-- Writes: route, route_version, route_change.
create or replace function offhook.route_set(p_kind text, p_to text,
    p_twiml text, p_http integer default 200,
    p_in_trouble text default null, p_template boolean default false)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_json boolean;
	v_why text;
	v_name text;
	v_spec jsonb;
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
	v_json := exists (select from offhook.kind k
	    where k.kind = p_kind and k.reply = 'JSON');
	v_why := case
	    when p_to is null or p_to !~ '^[^[:space:][:cntrl:]]+$'
	    then 'a route needs a number, or *'
	    when p_twiml is null then 'the reply is missing'
	    when p_http is null then 'the status is missing'
	    when not v_json and (p_http <> 200 or p_in_trouble is not null)
	    then p_kind || ' is answered with TwiML: it has no other status '
	        'and nothing to publish or reject'
	    when v_json and p_template then p_kind || ' takes no template'
	    when p_http <> 200 and p_twiml <> ''
	    then 'a rejection has no reply beside its status'
	    end;
	if v_why is not null then
		raise exception 'offhook: %', v_why using errcode = '22023';
	end if;
	v_name := p_kind || ' ' || p_to;
	if octet_length(v_name) > 80 then
		v_name := p_kind || ' ' || md5(p_to);
	end if;
	v_spec := jsonb_strip_nulls(jsonb_build_object('name', v_name,
	    'kind', nullif(p_kind, '*'), 'to', nullif(p_to, '*'),
	    'in_trouble', p_in_trouble))
	    || case when p_http <> 200
	    then jsonb_build_object('reject', p_http::text)
	    else jsonb_build_object(case when v_json then 'json'
	    when p_template then 'template' else 'twiml' end, p_twiml) end;
	perform offhook.route_check(v_spec);

	-- First, for the row's lock: changes of routes come one by one.
	perform from offhook.route_version for update;
	insert into offhook.route (name, position, spec, set_at, set_by)
	    values (v_name, 1000000 + case p_kind when '*' then 2 else 0 end
	    + case p_to when '*' then 1 else 0 end, v_spec,
	    clock_timestamp(), session_user)
	    on conflict (name) do update set position = excluded.position,
	    spec = excluded.spec, set_at = excluded.set_at,
	    set_by = excluded.set_by;
	return offhook.route_changed('set ' || v_name);
end
$$;
