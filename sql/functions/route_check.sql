-- offhook.route_check(p_spec jsonb) returns void
--
-- Purpose: whether p_spec is a route as far as SQL can tell: its keys and
--     their types, the kinds, one reply, the function that it calls.  What
--     the values mean (hours, patterns, TwiML's grammar, templates) is
--     src/core/route.c's; the command line asks it first.
-- Errors: 22023 what is wrong; 2200M fixed TwiML is not well-formed XML;
--     22P02 fixed JSON is no reply to a Conversations webhook; 42883 there is
--     no such function, 42501 offhook_reply may not call it.
-- Writes: nothing.
create or replace function offhook.route_check(p_spec jsonb)
returns void
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_name text;
	v_reply text;
	v_why text;
	v_code text := '22023';
	v_hint text;
	v_kinds text[];
	v_json boolean;
	v_any boolean;
	v_call record;
begin
	if jsonb_typeof(p_spec) is distinct from 'object' then
		raise exception 'offhook: a route is a JSON object'
		    using errcode = '22023';
	end if;
	v_name := coalesce(p_spec ->> 'name', '');
	if jsonb_typeof(p_spec -> 'name') is distinct from 'string'
	    or octet_length(v_name) not between 1 and 80
	    or v_name ~ '[[:cntrl:]]' then
		raise exception 'offhook: a route needs a name of 80 bytes '
		    'at most' using errcode = '22023';
	end if;

	with key (name, type, reply) as (values
	    ('name', 'string', false), ('kind', 'list', false),
	    ('account', 'list', false), ('to', 'list', false),
	    ('from', 'list', false), ('messaging_service', 'list', false),
	    ('digits', 'list', false), ('path', 'list', false),
	    ('keyword', 'list', false), ('body', 'list', false),
	    ('speech', 'list', false), ('hours', 'list', false),
	    ('zone', 'string', false), ('sender', 'string', false),
	    ('opted_out', 'string', false), ('session', 'list', false),
	    ('twiml', 'string', true), ('template', 'string', true),
	    ('json', 'string', true), ('reject', 'string', true),
	    ('sql', 'string', true), ('app', 'string', true),
	    ('redirect', 'string', true), ('const', 'object', false),
	    ('fallback', 'string', false), ('budget', 'string', false),
	    ('warnings', 'string', false), ('in_trouble', 'string', false),
	    ('set', 'object', false), ('count', 'list', false),
	    ('clear', 'list', false), ('end', 'string', false),
	    ('expires', 'string', false)
	), have as (
	    select e.key, e.value, k.type, k.reply
	    from jsonb_each(p_spec) as e
	    left join key k on k.name = e.key
	)
	select case
	    when count(*) filter (where h.type is null) > 0 then
	        'there is no key ' || min(to_json(h.key)::text)
	        filter (where h.type is null)
	    when bool_or(h.bad) then min(h.key) filter (where h.bad)
	        || ' must be ' || min(case h.type
	        when 'list' then 'a string or a list of strings'
	        when 'object' then 'an object of strings'
	        else 'a string' end) filter (where h.bad)
	    when count(*) filter (where h.reply) <> 1 then
	        'it needs one of twiml, template, json, reject, sql, app, '
	        'redirect'
	    when bool_or(octet_length(h.value #>> '{}') >= 65536) then
	        'a text must be shorter than 64 kB'
	    end, min(h.key) filter (where h.reply)
	    into v_why, v_reply
	from (select h.*, case h.type
	    when 'string' then jsonb_typeof(h.value) <> 'string'
	    when 'list' then jsonb_typeof(h.value) <> 'string'
	        and (jsonb_typeof(h.value) <> 'array'
	        or jsonb_path_exists(h.value,
	        'strict $[*] ? (@.type() != "string")'))
	    when 'object' then jsonb_typeof(h.value) <> 'object'
	        or jsonb_path_exists(h.value,
	        'strict $.* ? (@.type() != "string")')
	    end as bad from have h) as h;

	if v_why is null then
		v_kinds := case jsonb_typeof(p_spec -> 'kind')
		    when 'string' then array[p_spec ->> 'kind']
		    when 'array' then array(select
		    jsonb_array_elements_text(p_spec -> 'kind')) end;
		select bool_and(k.reply = 'JSON'), bool_or(k.reply = 'JSON'),
		    min('no route for kind ' || quote_literal(n.kind))
		    filter (where k.notice is not false)
		    into v_json, v_any, v_why
		    from unnest(v_kinds) as n (kind)
		    left join offhook.kind k on k.kind = n.kind;
		if v_why is not null then
			v_hint := 'Kinds that take a reply: ' || (select
			    string_agg(k.kind, ', ' order by k.kind)
			    from offhook.kind k where not k.notice);
		end if;
	end if;
	v_why := case
	    when v_why is not null then v_why
	    when p_spec ->> 'sender' not in ('new', 'known') then
	        'sender is new or known'
	    when p_spec ->> 'opted_out' not in ('yes', 'no') then
	        'opted_out is yes or no'
	    when p_spec ->> 'warnings' <> 'allow' then 'warnings is allow'
	    when p_spec ->> 'end' <> 'yes' then 'end is yes'
	    when p_spec ->> 'in_trouble' not in ('publish', 'reject') then
	        'in trouble a route can publish or reject'
	    when v_json is not true and (v_reply in ('json', 'reject')
	        or p_spec ? 'in_trouble') then
	        'json, reject and in_trouble are for Conversations webhooks '
	        'that ask beforehand, and no other kind'
	    when v_any and v_reply in ('twiml', 'template', 'redirect') then
	        'a Conversations webhook is answered with JSON'
	    when v_reply = 'reject'
	        and p_spec ->> 'reject' !~ '^4(0[02-9]|[1-9][0-9])$' then
	        'a rejection has a status from 400 to 499, except 401'
	    when v_reply = 'sql' and p_spec ->> 'sql'
	        !~ '^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$' then
	        'sql is a function''s schema.name'
	    end;
	if v_why is null and v_reply = 'twiml' then
		v_why := offhook.route_xml_fault(p_spec ->> 'twiml');
		v_code := '2200M';
		v_hint := 'Well-formed XML, one root element, no DOCTYPE: '
		    '<Response>...</Response>';
	elsif v_why is null and v_reply = 'json' then
		v_why := offhook.route_json_fault(p_spec ->> 'json');
		v_code := '22P02';
		v_hint := '{} publishes, {"body": "..."} changes what is '
		    'published.';
	elsif v_why is null and v_reply = 'sql' then
		select p.oid, p.pronamespace into v_call
		    from pg_proc p join pg_namespace n
		    on n.oid = p.pronamespace
		    where n.nspname = split_part(p_spec ->> 'sql', '.', 1)
		    and p.proname = split_part(p_spec ->> 'sql', '.', 2)
		    and p.proargtypes = array['jsonb'::regtype]::oidvector
		    and p.prorettype in ('text'::regtype, 'xml'::regtype,
		    'jsonb'::regtype) and p.prokind = 'f' and not p.proretset;
		if not found then
			v_why := format('there is no function %s(jsonb) that '
			    'returns text, xml or jsonb', p_spec ->> 'sql');
			v_code := '42883';
		elsif exists (select from pg_roles r
		    where r.rolname = 'offhook_reply')
		    and (select i.mode from offhook.schema_install i) = 'roles'
		    and not (has_schema_privilege('offhook_reply',
		    v_call.pronamespace, 'usage')
		    and has_function_privilege('offhook_reply', v_call.oid,
		    'execute')) then
			v_why := format('offhook_reply may not call %s',
			    v_call.oid::regprocedure);
			v_code := '42501';
			v_hint := format('grant usage on schema %s to '
			    'offhook_reply; grant execute on function %s to '
			    'offhook_reply;', v_call.pronamespace::regnamespace,
			    v_call.oid::regprocedure);
		end if;
	end if;
	if v_why is not null then
		raise exception 'offhook: route %: %', to_json(v_name), v_why
		    using errcode = v_code, hint = coalesce(v_hint, '');
	end if;
end
$$;
