-- The books of the ledger: public.journal (what the driver was answered),
-- offhook's tables, public.seen (what receivers noted, before they answered)
-- and public.chaos are compared.  View public.books (n, what, wrong): wrong is
-- null where all is well.  View public.figures: how much of everything.

-- Which destination wants what: the filters of ledger.sh, said again.
create table public.want as
select e.id as event, n.name
from offhook.event e, lateral (values
    ('fast', true),
    ('flap', e.kind in ('message.status', 'call.status')),
    ('ill', e.kind in ('message.inbound', 'call.inbound')),
    ('dead', coalesce(e.status in ('failed', 'busy'), false)),
    ('few', e.kind = 'message.status' and e.error_code is not null)
) as n (name, wanted)
where n.wanted and e.verdict <> 'replay';

create table public.got as
select d.id, d.event_id as event, n.name, d.state, d.attempts, d.due_at,
    d.lane, 'dlv_' || d.event_id || '_' || d.id as wire
from offhook.delivery d join offhook.destination n on n.id = d.destination;

create index on public.want (event);
create index on public.got (wire);
create index on public.seen (wire);
analyze public.want;
analyze public.got;
analyze public.seen;

-- What a receiver took, but nobody knew: all but the last time.  The reason is
-- a mishap that fell between its noting it and Postgres' learning of it.
create table public.again as
select s.*, (
    select c.what from public.chaos c
    where case
	when s.http = 0 then c.what = 'cut'
	    and s.us between c.begin_us and c.end_us + 100000
	-- Killed with what it had not yet told.
	when c.what = 'worker'
	    then c.end_us >= s.us and c.begin_us <= s.us + 2000000
	when c.what in ('postmaster', 'backend', 'stopped', 'full',
	    'spool_full')
	    then s.us between c.begin_us - 2000000 and c.end_us + 2000000
	-- Ended with what it had not yet answered.
	when c.what = 'receiver'
	    then s.us between c.begin_us and c.end_us
	else false end
    limit 1) as reason
from (select r.*, lead(r.us) over (partition by r.wire order by r.us) as next
    from public.seen r where r.http in (0, 204)) as s
where s.next is not null;

-- Of each lane: when a delivery was first seen, and when it was first taken.
create view public.lanes as
select g.name, g.lane, g.id, min(s.us) as first_us,
    min(s.us) filter (where s.http = 204) as taken_us
from public.got g join public.seen s on s.wire = g.wire
where g.lane is not null group by g.name, g.lane, g.id;

create view public.books as
select n, what, array_to_string(faults[1:5], '; ') as wrong
from (values
(1, 'each stored event has a delivery to each destination that wants it',
    array(select w::text from public.want w where not exists (select
    from public.got g where g.event = w.event and g.name = w.name))),
(2, 'and to no other',
    array(select g::text from public.got g where not exists (select
    from public.want w where w.event = g.event and w.name = g.name))),
(3, 'and one only',
    array(select (event, name)::text from public.got group by event, name
    having count(*) > 1)),
(4, 'every delivery has ended',
    array(select g::text from public.got g where g.due_at is not null
    or g.state = 'pending')),
(5, 'as it had to: delivered, or dead after three attempts',
    array(select g::text from public.got g where (g.name, g.state) not in (
    ('fast', 'delivered'), ('flap', 'delivered'), ('ill', 'delivered'),
    ('few', 'delivered'), ('dead', 'dead'))
    or g.name = 'dead' and g.attempts <> 3)),
(6, 'what was filtered is counted, exactly',
    array(select (n.name, n.unwanted, coalesce(f.events, 0))::text from (
	select d.name, (select count(*) from offhook.event e
	where e.verdict <> 'replay') - (select count(*) from public.want w
	where w.name = d.name) as unwanted
	from offhook.destination d) as n
    left join (select destination as name, sum(events) as events
	from offhook.filtered_counts group by destination) as f using (name)
    where n.unwanted <> coalesce(f.events, 0))),
(7, 'the inbox is empty',
    array(select t::text from offhook.todo t)),
(8, 'what is delivered was received',
    array(select g::text from public.got g where g.state = 'delivered'
    and not exists (select from public.seen s where s.wire = g.wire
    and s.http = 204))),
(9, 'what was received is such a delivery, of that event, under that id',
    array(select s::text from public.seen s where not exists (select
    from public.got g where g.wire = s.wire and g.event = s.event
    and g.name = s.path) or s.id <> s.wire)),
(10, 'an event has one id at a destination',
    array(select (event, path)::text from public.seen group by event, path
    having count(distinct wire) > 1)),
(11, 'every answer that was recorded was given',
    array(select (g.wire, a.n, s.n)::text from public.got g
    join (select delivery, count(*) as n from offhook.attempt
	where status is not null group by delivery) as a on a.delivery = g.id
    left join (select wire, count(*) as n from public.seen where http <> 0
	group by wire) as s on s.wire = g.wire
    where a.n > coalesce(s.n, 0))),
(12, 'received twice only where a mishap fell between sending and committing',
    array(select a::text from public.again a where a.reason is null)),
(13, 'each lane in its order: none is sent before the one before it is taken',
    array(select (l.name, l.lane, l.id, l.before)::text from (
	select l.*, lag(l.id) over (w) as before,
	    lag(l.taken_us) over (w) as before_us
	from public.lanes l window w as (partition by l.name, l.lane
	order by l.id)) as l
    where l.before is not null
    and (l.before_us is null or l.first_us < l.before_us))),
(14, 'final statuses and error codes are the oracle''s',
    array(with stored as (
	select 'message' as kind, sid, status, error_code
	from offhook.messages
	union all select 'call', sid, status, error_code from offhook.calls
    ), told as (select * from public.oracle)
    (select s::text from (table stored except table told) as s)
    union all (select s::text from (table told except table stored) as s)))
) as b (n, what, faults);

create view public.figures as
select 'requests: ' || count(*) || ', 2xx '
    || count(*) filter (where http between 200 and 299) || ', 5xx '
    || count(*) filter (where http >= 500) || ', no answer '
    || count(*) filter (where http = 0) || '; stored '
    || (select count(*) from offhook.event) as line
from public.journal
union all
select 'answered after, ms: p50 '
    || percentile_disc(0.5) within group (order by us) / 1000 || ', p99 '
    || percentile_disc(0.99) within group (order by us) / 1000 || ', max '
    || max(us) / 1000
from public.journal where http > 0
union all
select 'deliveries: ' || string_agg(name || ' ' || state || ' ' || n, ', '
    order by name)
from (select name, state, count(*) as n from public.got group by 1, 2) as g
union all
select 'attempts: ' || count(*) || ', late ' || count(*) filter (where late)
    || '; requests at receivers ' || (select count(*) from public.seen)
from offhook.attempt
union all
select 'received again: ' || coalesce(string_agg(reason || ' ' || n, ', '
    order by reason), 'none')
from (select coalesce(reason, 'WITHOUT A REASON') as reason, count(*) as n
    from public.again group by 1) as r
union all
select 'mishaps: ' || string_agg(what || ' ' || n, ', ' order by what)
from (select what, count(*) as n from public.chaos group by 1) as c;
