-- replay: an inbound message or call that comes again long after its row in
-- once was purged is recorded, and nobody's work any more.
begin;
\ir lib/setup.sql
select plan(28);

create function pg_temp.in_(p_n integer, p_at timestamptz,
    p_kind text default 'message.inbound', p_key text default null,
    p_status text default 'received', p_asked boolean default true)
returns text language sql as $$
    select split_part(pg_temp.ing(pg_temp.sid(p_n), p_status,
    coalesce(p_key, p_n || p_kind || p_status),
    rkind => split_part(p_kind, '.', 1), kind => p_kind, at => p_at,
    reply => 'r', facts => case when p_asked
    then '{"asked": true}'::jsonb end), '|', 1) $$;
-- as house keeping does
create function pg_temp.purge(p_n integer) returns void language sql as $$
    delete from offhook.once o using offhook.event e
    where o.key = e.key and o.bucket = e.bucket
    and e.sid = pg_temp.sid(p_n) $$;
create function pg_temp.todo(p_n integer) returns text language sql as $$
    select string_agg(format('%s %s', e.verdict, t.event_id is not null),
    ', ' order by e.received_at) from offhook.event e
    left join offhook.todo t on t.event_id = e.id and t.bucket = e.bucket
    where e.sid = pg_temp.sid(p_n) $$;

select is(pg_temp.in_(1, '2026-03-01'), 'applied', 'a message');
select is(pg_temp.in_(1, '2026-03-05'), 'duplicate',
    'again, while it is remembered');
select pg_temp.purge(1) \g /dev/null
select is(pg_temp.in_(1, '2026-03-09'), 'replay', 'again, when it is not');
select is(pg_temp.todo(1), 'applied t, replay f', 'recorded; no work');
select is((select reply from offhook.events where sid = pg_temp.sid(1)
    and verdict = 'replay'), 'r', 'and answered');
select is(pg_temp.in_(1, '2026-03-10'), 'duplicate',
    'once more: remembered again');
select pg_temp.purge(1) \g /dev/null
select is(pg_temp.in_(1, '2026-04-10'), 'replay', 'and forgotten again');
select is((select first_seen from offhook.resource
    where sid = pg_temp.sid(1)), '2026-03-01'::timestamptz,
    'first seen stays');

select is(pg_temp.in_(2, '2026-03-01'), 'applied', 'another one');
select pg_temp.purge(2) \g /dev/null
select is(pg_temp.in_(2, '2026-03-02'), 'applied',
    'a day later, and forgotten too early: rather twice than never');
select pg_temp.purge(2) \g /dev/null
select is(pg_temp.in_(2, '2026-03-02 00:00:01'), 'replay',
    'more than a day later');

-- calls: while they ring
select is(pg_temp.in_(3, '2026-03-01', 'call.inbound', null, 'ringing'),
    'applied', 'a call');
select pg_temp.purge(3) \g /dev/null
select is(pg_temp.in_(3, '2026-03-09', 'call.inbound', null, 'ringing'),
    'replay', 'rings again');
select is(pg_temp.todo(3), 'applied t, replay f', 'recorded; no work');
select is(pg_temp.in_(3, '2026-03-09 00:01', 'call.gather', null,
    'in-progress', false), 'applied', 'keys pressed are no replay');
select is(pg_temp.in_(3, '2026-03-09 00:02', 'call.status', null,
    'completed', false), 'applied', 'nor is its end');
select is(pg_temp.todo(3), 'applied t, replay f, applied t, applied t',
    'these are work');

-- what knew of it otherwise does not make it a replay
select is(pg_temp.in_(4, '2026-03-01', 'message.status', null, 'received',
    false), 'applied', 'an element of Event Streams');
select is(pg_temp.in_(4, '2026-03-09'), 'applied',
    'then the webhook itself, late');
select is(pg_temp.todo(4), 'applied t, applied t', 'both are work');
select is(pg_temp.in_(5, '2026-03-01'), 'applied', 'a message');
select is(pg_temp.in_(5, '2026-03-09', 'message.fallback', null, 'received',
    false), 'applied', 'its fallback is no replay');
select is(pg_temp.in_(5, '2026-03-09 00:00:02', 'message.status', null,
    'received', false), 'applied', 'nor is an element of Event Streams');
select is(pg_temp.todo(5), 'applied t, applied t, applied t',
    'all are work');

-- an account and a kind that are not its own are refused all the same
select throws_ok($$select pg_temp.ing(pg_temp.sid(5), 'received', 'other',
    kind => 'message.inbound', acc => 'AC00000000000000000000000000000002',
    facts => '{"asked": true}',
    at => '2026-04-01')$$, 'OF002', null, 'of another account');
select is(pg_temp.todo(5), 'applied t, applied t, applied t',
    'nothing was written');
-- a replay folds what it says
select pg_temp.purge(1) \g /dev/null
select is(pg_temp.in_(1, '2026-05-01', p_key => 'k', p_status => 'read'),
    'replay', 'another status');
select is((select status from offhook.messages where sid = pg_temp.sid(1)),
    'read', 'is folded');
select * from finish();
rollback;
