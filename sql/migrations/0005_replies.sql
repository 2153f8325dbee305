-- 0005: replies: routes with conditions, answers that are decided later, and
-- session variables.
--
-- Why: a route is a JSON object (spec) with conditions and a reply, the first
-- in order that suits is taken, and each change keeps the whole set.  A reply
-- that must be asked for is decided after the request was stored: its row in
-- once is 'being asked' meanwhile, http null, until lease.  (Responders of
-- before go on until routes are changed: the version stays.)
--
-- Locks: access exclusive on once, past_reply, event and route, each for a
-- few milliseconds: no table is rewritten.

-- http null: being asked; whoever finds lease past may ask anew.  reason: why
-- a fallback was sent.
alter table offhook.once
    alter http drop not null,
    add lease timestamptz,
    add reason text;
alter table offhook.past_reply
    alter http drop not null,
    add reason text;

-- route: the name of the route that was taken.
alter table offhook.event add route text;
-- So have what house keep has set aside, and the copies that it is making.
do $$
declare
	v_name text;
begin
	for v_name in
	    select c.relname from pg_class c
	    where c.relnamespace = 'offhook'::regnamespace
	    and c.relkind = 'r' and not c.relispartition
	    and c.relname ~ '^event_(accident_[0-9]+|[0-9]{6}_bare)$'
	loop
		execute format('alter table offhook.%I add route text', v_name);
	end loop;
end
$$;

-- Variables of a call or a thread of messages, over several webhooks: texts.
-- revision grows with each change and is never used again, as the routes'
-- version.  Expired is as good as absent.
create table offhook.session (
	thread text collate "C" not null,
	bucket smallint not null,
	account text not null,
	vars jsonb not null,
	revision bigint not null,
	started_at timestamptz not null,
	updated_at timestamptz not null,
	expires_at timestamptz not null,
	primary key (thread, bucket)
) with (fillfactor = 70);
insert into offhook.house_state (name) values ('session');

-- How long the last asks of a route took: n and slow since began.
create table offhook.route_pace (
	name text collate "C" not null primary key,
	began timestamptz not null,
	n integer not null,
	slow integer not null
) with (fillfactor = 50);

-- Cases of an issue that came while another transaction was counting one:
-- functions/issue_count.sql adds them up.
create table offhook.issue_more (
	type text collate "C" not null,
	subject text collate "C" not null
);
create index issue_more_of on offhook.issue_more (type, subject);

-- The routes, in the order of (position, name).  spec has the name, too.
-- route_apply() numbers 10, 20, ...; route_set() puts its own behind those.
drop view if exists offhook.routes_list;
alter table offhook.route rename to route_before;
alter index offhook.route_pkey rename to route_before_pkey;
create table offhook.route (
	name text collate "C" not null primary key,
	position integer not null,
	spec jsonb not null,
	set_at timestamptz not null,
	set_by text not null
);
insert into offhook.route (name, position, spec, set_at, set_by)
select m.name, m.position, jsonb_strip_nulls(jsonb_build_object(
    'name', m.name, 'kind', nullif(m.kind, '*'), 'to', nullif(m.to_, '*'),
    'twiml', case when not m.json then m.twiml end,
    -- nobody looked at the grammar when they were set
    'warnings', case when not m.json then 'allow' end,
    'json', case when m.json and m.http = 200 then m.twiml end,
    'reject', case when m.http <> 200 then m.http::text end,
    'in_trouble', m.in_trouble)), m.set_at, 'migration 0005'
from (
    -- as functions/route_set.sql
    select r.*, case when octet_length(r.kind || ' ' || r.to_) <= 80
	then r.kind || ' ' || r.to_ else r.kind || ' ' || md5(r.to_) end
	as name,
	1000000 + case when r.kind = '*' then 2 else 0 end
	+ case when r.to_ = '*' then 1 else 0 end as position,
	exists (select from offhook.kind k
	where k.kind = r.kind and k.reply = 'JSON') as json
    from offhook.route_before r) as m;
drop table offhook.route_before;

-- Every change of the routes: the whole set after it, in order, and each
-- one's position.
create table offhook.route_change (
	version bigint not null primary key,
	changed_at timestamptz not null,
	changed_by text not null,
	comment text,
	routes jsonb not null,
	positions integer[] not null
);
insert into offhook.route_change
select v.version, clock_timestamp(), 'migration 0005', 'as it was before',
    coalesce(jsonb_agg(r.spec order by r.position, r.name)
    filter (where r.name is not null), '[]'),
    coalesce(array_agg(r.position order by r.position, r.name)
    filter (where r.name is not null), '{}')
from offhook.route_version v
left join offhook.route r on true
group by v.version;

-- What has other arguments or another result now.
drop function if exists offhook.ingest(smallint, uuid, uuid, timestamptz,
    text, text, text, text, text, integer, bigint, integer, text, text, text,
    text, text, text, bytea, integer, bigint, text, smallint, text, bytea,
    text, jsonb);
drop function if exists offhook.routes();
drop function if exists offhook.route_set(text, text, text, integer, text);
