-- 0001: the first tables: once, resource, event, todo, status, route, issue.
--
-- Why: everything that the front door stores.  The four hot tables (once,
-- resource, event, todo) carry a bucket in their keys, so that the same SQL
-- runs sharded later; they have no identity columns and no foreign keys.
-- Numbers, texts and keys that come from Twilio are compared bytewise
-- (collate "C"): the result of least() and greatest() must not depend on a
-- locale.
--
-- Locks: none that anybody could wait for; every object here is new.
--
-- The tables are empty shells: what may be written to them, and how, is in
-- functions/.  The trigger that refuses the way back is there too.

-- What is applied, by sql/migrate or by install.sql (sha256 is then null
-- until sql/migrate adopts it).
create table offhook.schema_migration (
	version integer not null primary key check (version > 0),
	name text not null,
	sha256 text,
	applied_at timestamptz not null default clock_timestamp()
);

-- How this database was installed; one row.  mode never changes.
create table offhook.schema_install (
	one boolean not null default true primary key check (one),
	mode text not null check (mode in ('roles', 'one-role')),
	sha256 text,
	applied_at timestamptz not null default clock_timestamp()
);

-- The kinds of events, and which of them are notices: those are answered
-- 204 and never take a route.
create table offhook.kind (
	kind text not null primary key,
	notice boolean not null
);

-- The statuses of each kind of resource.  rank orders them; of two with one
-- rank the greater code wins.  rank null: the kind cycles (mute, unmute, ...)
-- and is ordered by a clock instead.  source: where Twilio says so.
create table offhook.status (
	kind text not null,
	code smallint not null check (code between 1 and 255),
	rank smallint check (rank between 0 and 255),
	name text not null,
	terminal boolean not null,
	source text not null,
	-- the order key of a callback with neither sequence number nor clock,
	-- which most are: see functions/order_key.sql
	base bigint not null generated always as
	    ((coalesce(rank, 0)::bigint << 40) | code) stored,
	primary key (kind, code)
);
create unique index status_name on offhook.status (kind, name);

-- What ingest returns.  A named type costs less than OUT arguments: those are
-- looked up again at each call.
create type offhook.answer as (
	verdict text,
	http smallint,
	ctype text,
	reply bytea
);

-- Which request came first, and what it was answered.  Narrow and hot; an
-- old row may be purged long after Twilio has given up retrying.
create table offhook.once (
	key uuid not null,
	bucket smallint not null,
	event_id uuid not null,
	event_at timestamptz not null,
	dups integer not null default 0,
	http smallint not null,
	ctype text,
	reply bytea,
	primary key (key, bucket)
) with (fillfactor = 90);

-- The answer of an event whose row in once was taken over by a later event
-- (p_window of ingest): rare, and for people to read only.
create table offhook.past_reply (
	event_id uuid not null,
	bucket smallint not null,
	event_at timestamptz not null,
	dups integer not null,
	http smallint not null,
	ctype text,
	reply bytea,
	primary key (event_id, bucket)
);

-- The current state of each Twilio thing.  There is no column for a status:
-- ord is the greatest order key seen (functions/order_key.sql), its low byte
-- is the code of the status, and the views look that up.  So nobody can write
-- a status that does not agree with its order.
create table offhook.resource (
	sid text collate "C" not null,
	bucket smallint not null,
	kind text not null,
	account text not null,
	ord bigint not null,
	unknown_status text collate "C",
	err_ord bigint,			-- null: no error was named yet
	error_code integer,
	from_ text collate "C",
	to_ text collate "C",
	first_seen timestamptz not null,
	updated_at timestamptz not null,
	primary key (sid, bucket)
) with (fillfactor = 70);

-- History: one row an accepted request.  Ids are UUIDv7 and received_at is
-- the same instant, so an event is found by its id through the time in it.
-- The answer is in once, or in past_reply.
create table offhook.event (
	id uuid not null,
	received_at timestamptz not null,
	seq bigint,		-- or the clock, of a kind that cycles
	error_code integer,
	bucket smallint not null,
	key uuid not null,
	account text not null,
	kind text not null,
	rkind text,
	sid text collate "C",
	status text collate "C",
	verdict text not null,
	from_ text collate "C",
	to_ text collate "C",
	method text not null,
	format text not null,
	token text,
	url text,
	raw bytea
) partition by range (received_at);
create index event_sid on offhook.event (sid, received_at);
-- The latest ones, and one by the time in its id.  (BRIN was dearer to write
-- and cannot give an order.)
create index event_received on offhook.event (received_at);

-- A cron that nobody set up must not refuse a webhook.
create table offhook.event_default partition of offhook.event default;

-- The worker's inbox.  Led by the bucket: that is how it is claimed.
create table offhook.todo (
	bucket smallint not null,
	event_id uuid not null,
	event_at timestamptz not null,
	primary key (bucket, event_id)
);

-- Which reply an event gets.  '*' is any.  A kind that is a notice has none.
create table offhook.route (
	kind text collate "C" not null,
	to_ text collate "C" not null,
	twiml text not null,
	set_at timestamptz not null,
	primary key (kind, to_)
);

-- One row.  The version is milliseconds of the last change, not a count: a
-- database that was restored or made anew must not reuse a number that a
-- snapshot on some web server's disk already carries.
create table offhook.route_version (
	one boolean not null default true primary key check (one),
	version bigint not null
);

-- Problems, grouped and counted.
create sequence offhook.issue_id;
create table offhook.issue (
	id bigint not null default nextval('offhook.issue_id') primary key,
	type text collate "C" not null,
	subject text collate "C" not null,
	state text not null default 'open' check
	    (state in ('open', 'acknowledged', 'resolved', 'ignored')),
	count bigint not null default 1,
	first_seen timestamptz not null,
	last_seen timestamptz not null,
	detail jsonb,
	unique (type, subject)
) with (fillfactor = 70);
alter sequence offhook.issue_id owned by offhook.issue.id;

insert into offhook.kind values
    ('message.inbound', false), ('message.status', true),
    ('call.inbound', false), ('call.outbound', false),
    ('call.status', true), ('call.gather', false), ('other', false);

insert into offhook.route_version (version)
    values ((extract(epoch from clock_timestamp()) * 1000)::bigint);

-- code breaks ties by positive evidence: delivered > partially_delivered >
-- undelivered > failed > canceled; completed > failed > busy > no-answer >
-- canceled.  source: Twilio's Messages and Calls resource documentation.
insert into offhook.status (kind, code, rank, name, terminal, source) values
    ('message', 1, 0, 'scheduled', false, 'message resource'),
    ('message', 2, 1, 'accepted', false, 'message resource'),
    ('message', 3, 2, 'queued', false, 'message resource'),
    ('message', 4, 3, 'sending', false, 'message resource'),
    ('message', 5, 4, 'sent', false, 'message resource'),
    ('message', 6, 5, 'canceled', true, 'message resource'),
    ('message', 7, 5, 'failed', true, 'message resource'),
    ('message', 8, 5, 'undelivered', true, 'message resource'),
    ('message', 9, 5, 'partially_delivered', true, 'message resource'),
    ('message', 10, 5, 'delivered', true, 'message resource'),
    ('message', 11, 6, 'read', true, 'message resource'),
    ('message', 12, 0, 'receiving', false, 'message resource'),
    ('message', 13, 5, 'received', true, 'message resource'),
    ('call', 1, 0, 'queued', false, 'call resource'),
    ('call', 2, 1, 'initiated', false, 'call progress events'),
    ('call', 3, 2, 'ringing', false, 'call resource'),
    ('call', 4, 3, 'in-progress', false, 'call resource'),
    ('call', 5, 4, 'canceled', true, 'call resource'),
    ('call', 6, 4, 'no-answer', true, 'call resource'),
    ('call', 7, 4, 'busy', true, 'call resource'),
    ('call', 8, 4, 'failed', true, 'call resource'),
    ('call', 9, 4, 'completed', true, 'call resource');
