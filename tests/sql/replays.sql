-- Replays: what a plan says, and what comes of it.
begin;
\ir lib/setup.sql
select plan(64);
-- The baton of routing: other tests may have it until they end.
select from offhook.baton where name = 'route' for update;

insert into offhook.destination (id, name, spec) values
    (-1, 't-from', '{"url": "https://a", "filter":
	{"kind": "message.status"}}'),
    (-2, 't-to', '{"url": "https://b"}'),
    (-3, 't-lanes', '{"url": "https://c", "order": "resource"}');
create temporary table e as select n,
    '2026-03-04 05:00:00Z'::timestamptz + n * interval '1 minute' as at,
    gen_random_uuid() as id from generate_series(1, 40) as n;
update e set id = offhook.uuid_at(id, at);
-- 1 to 30 are texts of four messages, 31 to 40 calls
select count(pg_temp.ing(case when n <= 30 then pg_temp.sid(n % 4)
    else pg_temp.sid(n, 'CA') end, 'sent', n::text, kind => case
    when n <= 30 then 'message.status' else 'call.status' end,
    rkind => null, from_ => '+1555010' || (2000 + n % 2), id => id, at => at,
    raw => convert_to('Body=b' || n, 'UTF8'))) from e;
-- 1 to 8 were delivered there, 9 to 12 are dead, 13 is pending; 12 was
-- delivered by a replay since
insert into offhook.delivery (event_id, event_at, bucket, destination,
    routed_at, state, due_at)
    select id, at, 7, -1, at, case when n <= 8 then 'delivered'
    when n <= 12 then 'dead' else 'pending' end,
    case when n = 13 then now() end from e where n <= 13;
insert into offhook.delivery (event_id, event_at, bucket, destination,
    routed_at, state, trigger)
    select id, at, 7, -1, at, 'delivered', 'replay' from e where n = 12;

-- events, deliveries of a plan
create function pg_temp.plan(p_plan text, p_rate double precision
    default null)
returns text
language sql
as $$
	select concat_ws(' ', p.events, p.deliveries, p.seconds)
	from offhook.replay_plan('{"since": "2026-03-04T05:00:00Z",
	    "until": "2026-03-04T06:00:00Z"}' || p_plan::jsonb, p_rate) as p
$$;
select is(pg_temp.plan(p), says, 'plan ' || p)
from (values ('{"to": "t-to"}', '40 40'),
    ('{"to": "t-from"}', '40 30'),
    ('{"destination": "t-from"}', '40 30'),
    ('{"to": "t-to", "kind": "message.*"}', '30 30'),
    ('{"to": "t-to", "kind": ["call.status"]}', '10 10'),
    ('{"to": "t-to", "number": "+15550102001"}', '20 20'),
    ('{"to": "t-to", "number": "+15550100002"}', '40 40'),
    ('{"to": "t-to", "since": "2026-03-04T05:11:00+00:00"}', '30 30'),
    ('{"to": "t-to", "until": "2026-03-04T05:11:00Z"}', '10 10'),
    ('{"to": "t-to", "filter": {"params.Body": ["b1", "b2*"]}}', '12 12'),
    ('{"destination": "t-from", "outcome": "delivered"}', '40 9'),
    ('{"destination": "t-from", "outcome": "dead"}', '40 3'),
    ('{"destination": "t-from", "outcome": ["dead", "delivered"]}', '40 12'),
    ('{"destination": "t-from", "outcome": "never"}', '40 17'),
    ('{"destination": "t-from", "outcome": "filtered"}', '40 10'),
    ('{"destination": "t-from", "outcome": "dead", "to": "t-to"}', '40 3'),
    ('{"destination": "t-from", "outcome": "never", "to": "t-to"}', '40 27'),
    ('{"to": "t-to", "outcome": "never"}', '40 40')) as t (p, says);
select is((select pg_temp.plan(format('{"to": "t-to", "event": "%s"}', id))
    from e where n = 5), '1 1', 'plan: one event');
select is(pg_temp.plan('{"to": "t-to"}', 8), '40 40 5', 'plan: how long');
select is((select format('%s %s %s', oldest_at = (select at from e
    where n = 1), newest_at = (select at from e where n = 40), without_body)
    from offhook.replay_plan('{"to": "t-to",
    "since": "2026-03-04T05:00:00Z", "until": "2026-03-04T06:00:00Z"}')),
    't t 0', 'plan: from when to when');

-- what is no plan
select throws_matching(format('select offhook.replay_plan(%L)', p), says,
    'no plan: ' || p)
from (values ('[]', 'is a JSON object'), ('{}', 'where to'),
    ('{"to": "t-fro"}', 'there is no destination "t-fro"'),
    ('{"to": "t-to", "destination": "t-x"}', 'there is no destination'),
    ('{"to": "t-to", "form": "x"}', 'a plan has no key "form"'),
    ('{"to": "t-to", "since": "yesterdy"}', 'since is a time'),
    ('{"to": "t-to", "since": 5}', 'since is a time'),
    ('{"to": "t-to", "since": "2026-03-04", "until": "2026-03-03"}',
    'is not before until'),
    ('{"to": "t-to", "outcome": "died"}', 'outcome is one or more'),
    ('{"to": "t-to", "outcome": []}', 'outcome is one or more'),
    ('{"to": "t-to", "kind": "mesage.status"}', 'there is no kind'),
    ('{"to": "t-to", "number": {"x": 1}}', 'there is no operator'),
    ('{"to": "t-to", "event": "x"}', 'event is the id'),
    ('{"to": "t-to", "filter": {"x": 1}}', 'there is no condition'))
    as t (p, says);
select throws_ok($$select offhook.replay_plan('{"to": "t-to"}', 0)$$,
    '22023', null, 'no plan: a rate of nothing');
select throws_ok(format('select offhook.replay_plan(%L)', jsonb_build_object(
    'to', 't-to', 'event', gen_random_uuid())), 'P0002', null,
    'no plan: no such event');

-- running one, at a rate
delete from offhook.replay;
create temporary table r as select id from offhook.replay_plan(
    '{"to": "t-to", "since": "2026-03-04T05:00:00Z",
    "until": "2026-03-04T06:00:00Z"}', 10);
create function pg_temp.step(p_limit integer default 100)
returns bigint
language sql
as $$ select offhook.worker_replay(gen_random_uuid(), p_limit) $$;
select is(pg_temp.step(), 0::bigint, 'a plan alone does nothing');
select offhook.replay_run((select id from r));
select throws_matching(format('select offhook.replay_run(%s)', (select id
    from r)), 'is running already', 'it runs once');
-- as if it had begun that long ago
update offhook.replay set paced_at = clock_timestamp() - interval '1 s';
select is(pg_temp.step(), 10::bigint, 'ten a second');
select is(pg_temp.step(), 0::bigint, 'no more now');
update offhook.replay set paced_at = clock_timestamp() - interval '1 hour';
select is(pg_temp.step(5), 5::bigint, 'as many as the caller likes');
select is(pg_temp.step(), 15::bigint,
    'an hour without a worker: two seconds'' worth');
select is(pg_temp.step(), 0::bigint, 'that is all');
update offhook.replay set paced_at = clock_timestamp() - interval '1 s';
select pg_temp.step();
select is((select format('%s %s %s %s %s', state, seen, made, total, pending)
    from offhook.replays), 'done 40 40 40 40', 'and it is done');
select is((select format('%s %s %s', count(*), count(distinct event_id),
    bool_and(trigger = 'replay' and state = 'pending' and destination
    = 't-to')) from offhook.deliveries where replay = (select id from r)),
    '40 40 t', 'each event once, with a delivery of its own');
select is((select array_agg(n order by y.id) from offhook.delivery y
    join e on e.id = y.event_id where y.replay = (select id from r)),
    (select array_agg(n) from generate_series(1, 40) as n),
    'in their order');
select throws_ok(format('insert into offhook.delivery (event_id, event_at, '
    'bucket, destination, routed_at, replay) select id, at, 7, -2, now(), %s '
    'from e where n = 1', (select id from r)), '23505', null,
    'an index says so, too');

-- cancelling it
update offhook.delivery set state = 'delivered', due_at = null
    where id in (select id from offhook.delivery where replay = (select id
    from r) order by id limit 4);
select offhook.replay_cancel((select id from r));
select is(pg_temp.step(20), 20::bigint, 'what is pending is cancelled');
select is(pg_temp.step(20), 16::bigint, 'in bites');
select is((select format('%s %s %s %s', state, delivered, cancelled,
    finished_at is not null) from offhook.replays), 'cancelled 4 36 t',
    'and what was delivered was');
select throws_ok(format('select offhook.replay_cancel(%s)', (select id
    from r)), '22023', null, 'it is cancelled once');
select throws_ok('select offhook.replay_run(-1)', 'P0002', null,
    'no such replay');

-- stopped on its way: the cursor does not go back
update r set id = p.id from offhook.replay_plan('{"to": "t-to",
    "since": "2026-03-04T05:00:00Z", "until": "2026-03-04T06:00:00Z"}') as p;
select offhook.replay_run((select id from r));
select is(pg_temp.step(7), 7::bigint, 'without a rate: as fast as asked');
select offhook.replay_cancel((select id from r));
select is(pg_temp.step(100), 7::bigint, 'cancelled on its way');
select is(pg_temp.step(100), 0::bigint, 'no more are made');

-- where an order is kept
insert into offhook.delivery (event_id, event_at, bucket, destination,
    routed_at, due_at, lane)
    select id, at, 7, -3, now(), now(), pg_temp.sid(1) from e where n = 1;
update r set id = p.id from offhook.replay_plan('{"to": "t-lanes",
    "since": "2026-03-04T05:00:00Z", "until": "2026-03-04T05:09:00Z"}') as p;
select offhook.replay_run((select id from r));
select is(pg_temp.step(), 8::bigint, 'eight events of four messages');
select is((select string_agg(n || ' ' || y.state, ', ' order by y.id)
    from offhook.deliveries y join e on e.id = y.event_id
    where y.replay = (select id from r)), '1 waiting, 2 pending, 3 pending, '
    '4 pending, 5 waiting, 6 waiting, 7 waiting, 8 waiting',
    'the first of each message goes, behind what is there');
select offhook.delivery_cancel((select id from offhook.delivery
    where destination = -3 and replay is null));
select is((select state from offhook.deliveries y join e on e.id = y.event_id
    where y.replay = (select id from r) and n = 1), 'pending',
    'and the next when that has ended');

-- two where an order is kept: a call locks the lanes of one
insert into offhook.replay (plan, filter, destination, source, state, since,
    until, cursor_at, rate, paced_at)
    select '{"two": 1}', '{}', -3, -3, 'running', '2026-03-04 05:00:00Z',
    '2026-03-04 05:00:00Z'::timestamptz + n * interval '10 minutes',
    '2026-03-04 05:00:00Z', null, null
    from generate_series(1, 2) as n;
create function pg_temp.two() returns text language sql as $$
    select string_agg(r.made::text, ' ' order by r.made) from offhook.replay r
    where r.plan ? 'two' $$;
select is(pg_temp.step(2), 2::bigint, 'a step');
select is(pg_temp.two(), '0 2', 'of one of them');
select pg_temp.step(2) from generate_series(1, 40) \g /dev/null
select is(pg_temp.two(), '9 19', 'and each has its turn');

-- its destination is deleted meanwhile
update r set id = p.id from offhook.replay_plan('{"to": "t-to"}') as p;
select offhook.replay_run((select id from r));
update offhook.destination set deleted_at = now() where id = -2;
select pg_temp.step();
select is((select state from offhook.replay where id = (select id from r)),
    'cancelled', 'a replay to what is deleted is cancelled');

-- who may
create temporary table can (role text, does text, state text);
insert into can select r, s, pg_temp.try_as(r, s) from unnest(array[
    'offhook_operator', 'offhook_worker', 'offhook_reader',
    'offhook_responder']) as r, unnest(array[
    $$select offhook.replay_plan('{"to": "t-from"}')$$,
    'select offhook.worker_replay(gen_random_uuid(), 1)']) as s;
select is((select string_agg(role || ' ' || state, ', ' order by role, does
    desc) from can), 'offhook_operator 00000, offhook_operator 00000, '
    'offhook_reader 42501, offhook_reader 42501, offhook_responder 42501, '
    'offhook_responder 42501, offhook_worker 00000, offhook_worker 42501',
    'an operator plans, a worker makes');
select * from finish();
rollback;
