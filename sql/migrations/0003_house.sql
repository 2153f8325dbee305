-- 0003: keeping house: how long what is kept, and how far the work is.
--
-- Locks: none that anybody could wait for; every object here is new.

-- How long what is kept; set by functions/house_set.sql, because cron, worker
-- and console must agree.  Whole months are dropped: what is of a month stays
-- until all of it is older than this.
--     bodies   what a request carried (raw, and the query of its url)
--     history  the rows of offhook.event
--     dedupe   the rows of offhook.once and past_reply: what is told from a
--              new request, and which answer it gets again
-- least: Event Streams tries again for hours, with up to 4 h in between
-- (Twilio: Event delivery and duplication), and a spool of ours may hold a
-- request over a weekend.
create table offhook.retention (
	what text collate "C" not null primary key,
	keep interval not null check (keep >= least
	    and keep <= interval '100 years'),
	least interval not null
);
insert into offhook.retention (what, keep, least) values
    ('bodies', '90 days', '1 day'),
    ('history', '400 days', '1 day'),
    ('dedupe', '30 days', '2 days');

-- How far offhook house keep is, a row for each thing that it does in bites:
--     keep               at: when it last came to its end (at first: when
--                        this table was made)
--     once, past_reply   page: where the sweep goes on
--     event_YYYYMM       page: how far the copy without bodies is;
--                        late: a row has come since it was begun
--     event_accident_N   page: down to which its rows have moved
create table offhook.house_state (
	name text collate "C" not null primary key,
	page bigint not null default 0,
	late boolean not null default false,
	at timestamptz not null default clock_timestamp()
);
insert into offhook.house_state (name) values
    ('keep'), ('once'), ('past_reply');
