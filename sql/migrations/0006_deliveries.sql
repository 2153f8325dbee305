-- 0006: deliveries: destinations, what becomes of each event there, replays.
--
-- Why: the worker routes each row of todo into a delivery for each of the
-- destinations that want it, and keeps each until it ends in a listed
-- outcome.  What it reads again and again (todo, todo_cursor, baton,
-- destination_state) has no row that is updated, and is read from the newest
-- end or from where the last call ended: dead rows that a transaction held
-- open keeps from vacuum are passed once, not at every call.
--
-- todo has had a row for each event since 0001, and nobody to read them.
-- They are thrown away: no destination existed that could have wanted them.
-- (The events stay; a replay can send them.)
--
-- Locks: access exclusive on todo for a moment; everything else is new.

-- The worker's inbox.  xid: read in this order, each row once: see
-- functions/worker_route.sql.
truncate offhook.todo;
alter table offhook.todo
    drop constraint todo_pkey,
    add xid xid8 not null default pg_current_xact_id();
create index todo_xid on offhook.todo (xid);

-- How far todo is read; the newest row counts.
--     done    what was to be seen then is routed
--     pass    the snapshot that the present walk began with, or null
--     xid     how far that walk is
--     full_at when a walk began at the first row of all
create sequence offhook.todo_cursor_id;
create table offhook.todo_cursor (
	id bigint not null default nextval('offhook.todo_cursor_id')
	    primary key,
	done pg_snapshot,
	pass pg_snapshot,
	xid xid8,
	full_at timestamptz
);
alter sequence offhook.todo_cursor_id owned by offhook.todo_cursor.id;

-- Rows to lock, that nobody ever changes: 'route', and 'destination N' for
-- what functions/destination_state.sql keeps.
create table offhook.baton (
	name text collate "C" not null primary key
);
insert into offhook.baton values ('route');

-- Where events go.  spec: docs/deliveries.md.  A deleted one keeps its row,
-- and others may have its name; swept_at: all that was pending is cancelled.
-- since: what transactions that began before stored is not for it.
create sequence offhook.destination_id as integer;
create table offhook.destination (
	id integer not null default nextval('offhook.destination_id')
	    primary key,
	name text collate "C" not null,
	spec jsonb not null,
	paused boolean not null default false,
	paused_at timestamptz,
	since xid8 not null default pg_current_xact_id(),
	created_at timestamptz not null default clock_timestamp(),
	changed_at timestamptz not null default clock_timestamp(),
	changed_by text not null default session_user,
	deleted_at timestamptz,
	swept_at timestamptz
);
alter sequence offhook.destination_id owned by offhook.destination.id;
create unique index destination_name on offhook.destination (name)
    where deleted_at is null;

-- What deliveries are signed with, the newest first; old_until: when the
-- others are dropped.
create table offhook.destination_secret (
	destination integer not null primary key,
	secrets text[] not null,
	old_until timestamptz
);

-- One row.  Milliseconds of the last change, as route_version.
create table offhook.destination_version (
	one boolean not null default true primary key check (one),
	version bigint not null
);
insert into offhook.destination_version (version)
    values ((extract(epoch from clock_timestamp()) * 1000)::bigint);

-- What is known of a destination's health; the row with the greatest n
-- counts, and no row is as good as closed with nothing known.
--     failures    in a row
--     open_until  while open or probing: when the next probe may go
--     cool_ms     how long it was opened for
--     probe       the lease of the delivery that tries it
--     rate_at     of a destination with a rate: functions/rate_room.sql
--     last_*_at   written at most every 5 s
create sequence offhook.destination_state_n;
create table offhook.destination_state (
	destination integer not null,
	n bigint not null default nextval('offhook.destination_state_n'),
	breaker text not null default 'closed',
	failures integer not null default 0,
	opened_at timestamptz,
	open_until timestamptz,
	cool_ms integer,
	probe uuid,
	probe_until timestamptz,
	rate_at timestamptz,
	last_success_at timestamptz,
	last_failure_at timestamptz,
	primary key (destination, n)
);
alter sequence offhook.destination_state_n
    owned by offhook.destination_state.n;

-- One row for an event and a destination; another one for each replay.
--     bucket      of the event
--     lane        of a destination that wants its order kept: whose order
--     state       'pending', 'delivered', 'dead', 'expired', 'cancelled'
--     tries       since it was routed, or retried by hand; attempts: in all
--     due_at      null: it has ended; 'infinity': it waits behind another
--                 of its lane, or is the dead head that holds its lane; else
--                 from when it may be claimed.  While it is leased that is
--                 when the lease ends.
--     lease       null: nobody has it
--     slot        true: it is leased, and its destination counts those
--     lost        how often in a row its lease ran out with nothing heard of
--                 it: functions/due_lost.sql
--     status, error   of the last attempt
--     trigger     'initial', 'retry' (by hand), 'replay'
create sequence offhook.delivery_id;
create table offhook.delivery (
	id bigint not null default nextval('offhook.delivery_id')
	    primary key,
	event_id uuid not null,
	event_at timestamptz not null,
	routed_at timestamptz not null,
	finished_at timestamptz,
	due_at timestamptz,
	lease uuid,
	worker uuid,
	destination integer not null,
	bucket smallint not null,
	tries smallint not null default 0,
	attempts smallint not null default 0,
	lost smallint not null default 0,
	status smallint,
	slot boolean,
	lane text collate "C",
	state text not null default 'pending',
	reason text,
	error text,
	trigger text not null default 'initial',
	replay bigint
);
alter sequence offhook.delivery_id owned by offhook.delivery.id;
create index delivery_due on offhook.delivery (destination, due_at)
    where due_at is not null;
-- The newest of a lane, and the next one: both look at one row.
create index delivery_lane on offhook.delivery (destination, lane, id)
    where lane is not null;
create index delivery_slot on offhook.delivery (destination, due_at)
    where slot;
create index delivery_lost on offhook.delivery (worker)
    where lost > 1 and due_at is not null;
create index delivery_event on offhook.delivery (event_id);
-- Dead letters.
create index delivery_dead on offhook.delivery (destination, id)
    where state in ('dead', 'expired');
-- Each event once in a replay.
create unique index delivery_replay on offhook.delivery (replay, event_id)
    where replay is not null;

-- head: of the response, or what a program wrote.  late: it came when the
-- lease was somebody else's, and changed nothing.
create table offhook.attempt (
	delivery bigint not null,
	at timestamptz not null,
	ms integer,
	n smallint not null,
	status smallint,
	late boolean not null default false,
	worker uuid,
	error text,
	head text
);
create index attempt_delivery on offhook.attempt (delivery);

-- How many events a destination did not want so far, and why.  A new row
-- takes the place of the one before it, as of destination_state.
create sequence offhook.filtered_id;
create table offhook.filtered (
	destination integer not null,
	reason text not null,
	id bigint not null default nextval('offhook.filtered_id'),
	n bigint not null,
	at timestamptz not null,
	primary key (destination, reason, id)
);
alter sequence offhook.filtered_id owned by offhook.filtered.id;

create table offhook.worker (
	id uuid not null primary key,
	host text not null,
	pid integer not null,
	version text not null,
	started_at timestamptz not null,
	seen_at timestamptz not null,
	in_flight integer not null,
	gone_at timestamptz		-- it ended well: kept for its attempts' sake
) with (fillfactor = 50);

-- What a worker is given.  The first row of worker_route() and worker_take()
-- has no id: its tries is a count, its info what to say next time.
create type offhook.task as (
	id bigint,
	lease uuid,
	tries smallint,
	destination integer,
	probe boolean,
	routed_at timestamptz,
	event_id uuid,
	event_at timestamptz,
	account text,
	kind text,
	sid text,
	status text,
	verdict text,
	seq bigint,
	error_code integer,
	from_ text,
	to_ text,
	parent text,
	method text,
	format text,
	token text,
	url text,
	raw bytea,
	trigger text,
	replay bigint,
	info jsonb
);

-- deliveries: those that have ended, with their attempts, after finished_at.
insert into offhook.retention (what, keep, least) values
    ('deliveries', '30 days', '1 day');
insert into offhook.house_state (name) values
    ('delivery'), ('attempt');

-- replays ---------------------------------------------------------------

-- Events that are sent again: functions/replay_plan.sql.
--     plan        what was asked for
--     filter      that, as far as a filter can say it
--     destination where they go; source: where they went before, which is
--                 what outcomes (null: any) are about
--     rate        deliveries a second; null: as fast as workers call
--     since, until   of the events' received_at
--     events, total  how many there were when it was planned, and how many
--                 of these are to be delivered; seen, made: how many so far
--     cursor_*    the last event that was looked at
--     paced_at    until when the rate is used up
create sequence offhook.replay_id;
create table offhook.replay (
	id bigint not null default nextval('offhook.replay_id') primary key,
	plan jsonb not null,
	filter jsonb not null,
	destination integer not null,
	source integer not null,
	outcomes text[],
	event uuid,
	rate double precision,
	state text not null default 'planned' check
	    (state in ('planned', 'running', 'done', 'cancelled')),
	since timestamptz not null,
	until timestamptz not null,
	events bigint,
	total bigint,
	seen bigint not null default 0,
	made bigint not null default 0,
	cursor_at timestamptz not null,
	cursor_id uuid not null default '00000000-0000-0000-0000-000000000000',
	paced_at timestamptz,
	created_at timestamptz not null default clock_timestamp(),
	created_by text not null default session_user,
	started_at timestamptz,
	finished_at timestamptz,
	changed_by text
) with (fillfactor = 50);
alter sequence offhook.replay_id owned by offhook.replay.id;

-- Who did what, by hand: functions/operation_note.sql.
create sequence offhook.operation_id;
create table offhook.operation (
	id bigint not null default nextval('offhook.operation_id')
	    primary key,
	at timestamptz not null default clock_timestamp(),
	by_ text not null default session_user,
	what text not null,
	subject text not null,
	detail jsonb
);
alter sequence offhook.operation_id owned by offhook.operation.id;

-- issues, channels and notices ------------------------------------------

-- opened_at: when it was opened last, null: first_seen; reopened: how often
-- again.  acknowledged_*: of now; resolved_*: of the last time, by null: by
-- itself (functions/issue_settle.sql).
alter table offhook.issue
    add opened_at timestamptz,
    add acknowledged_at timestamptz,
    add acknowledged_by text,
    add resolved_at timestamptz,
    add resolved_by text,
    add comment text,
    add reopened integer not null default 0;
-- Those that were resolved by hand before there was a function.
update offhook.issue set resolved_at = last_seen where state = 'resolved';
create index issue_open on offhook.issue (id) where state = 'open';

-- By which people learn of issues: functions/channel_set.sql.
--     secret      of a webhook: 'whsec_...'
--     due_at      when to look next for something to tell; of a notice that
--                 a worker has, when its lease ends
--     lease, items   of that notice
--     tries       that failed in a row; error, error_at: the last of them
create sequence offhook.channel_id as integer;
create table offhook.channel (
	id integer not null default nextval('offhook.channel_id')
	    primary key,
	name text collate "C" not null unique,
	type text not null check (type in ('mail', 'webhook', 'exec')),
	target text[] not null,
	types text[] not null default '{}',
	quiet interval not null default '1 hour',
	secret text,
	created_at timestamptz not null default clock_timestamp(),
	due_at timestamptz not null default '-infinity',
	lease uuid,
	items jsonb,
	tries smallint not null default 0,
	told_at timestamptz,
	error text,
	error_at timestamptz
) with (fillfactor = 50);
alter sequence offhook.channel_id owned by offhook.channel.id;

-- What a channel was told last of an issue.
create table offhook.told (
	channel integer not null references offhook.channel on delete cascade,
	issue bigint not null,
	opening integer not null,
	count bigint not null,
	at timestamptz not null,
	primary key (channel, issue)
) with (fillfactor = 70);

-- Events that were stored long after they arrived, in the order in which
-- they were stored: functions/events_after.sql.  Kept for 8 days.
create table offhook.late (
	bucket smallint not null,
	event_id uuid not null,
	event_at timestamptz not null,
	at timestamptz not null default clock_timestamp(),
	xid xid8 not null default pg_current_xact_id()
);
create index late_xid on offhook.late (xid);
insert into offhook.house_state (name) values ('late');

