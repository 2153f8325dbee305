-- What holds deliveries back: circuit breaker, rate, number at once, shares.
begin;
\ir lib/setup.sql
\ir lib/queue.sql
select plan(63);
create function pg_temp.health(p_name text) returns text language sql as $$
    select concat_ws(' ', h.breaker, h.failures, round(extract(epoch from
    h.open_until - clock_timestamp())))
    from offhook.destination d
    cross join lateral offhook.destination_health(d.id) as h
    where d.name = p_name and d.deleted_at is null $$;
create function pg_temp.later(p_seconds integer) returns void
language sql as $$
    update offhook.destination_state set
    open_until = open_until - p_seconds * interval '1 s',
    probe_until = probe_until - p_seconds * interval '1 s',
    rate_at = rate_at - p_seconds * interval '1 s' $$;

-- the breaker
select pg_temp.to('a', '{"breaker": {"failures": 3, "cool_ms": 30000,
    "cap_ms": 50000}}') \g /dev/null
select is(pg_temp.health('a'), 'closed 0', 'nothing is known');
select pg_temp.events(1, 8) \g /dev/null
select is(pg_temp.route(p_room => 3), '8 a:1 a:1 a:1', 'three of eight');
select is(pg_temp.finish('delivered', p_most => 1), 'done', 'it works');
select is(pg_temp.finish('retry', '{"after_ms": 0, "status": 503, '
    '"error": "HTTP_STATUS", "reason": "status 503"}', p_most => 2),
    'done done', 'then it does not');
select is(pg_temp.health('a'), 'closed 2', 'twice');
select is(pg_temp.issue('delivery.first_failure'), 'a 1', 'the first is told');
select is((select i.detail ->> 'reason' from offhook.issue i
    where i.type = 'delivery.first_failure'), 'status 503', 'and why');
select is(pg_temp.take(p_room => 3), '3 a:1 a:1 a:1', 'more');
select is(pg_temp.finish('delivered', p_most => 1), 'done', 'a success');
select is(pg_temp.health('a'), 'closed 0', 'makes good for all');
select is(pg_temp.finish('retry', '{"after_ms": 0}'), 'done done', 'again');
select is(pg_temp.take(p_room => 3), '3 a:1 a:1 a:1', 'the next three');
select is(pg_temp.finish('dead', '{"reason": "status 404"}', p_most => 1),
    'done', 'an answer that is no');
select is(pg_temp.health('a'), 'closed 2', 'is not a failure of the host');
select is(pg_temp.finish('dead', '{"reason": "attempts", '
    '"error": "CONNECTION_REFUSED"}', p_most => 1), 'done', 'a failure is');
select is(pg_temp.health('a'), 'open 3 30', 'and opens it');
select is(pg_temp.issue('breaker.open'), 'a 1', 'which is told');
select is((select i.detail::text from offhook.issue i
    where i.type = 'breaker.open'),
    '{"reason": "CONNECTION_REFUSED", "failures": 3}', 'with the reason');
select is((select i.detail ->> 'reason' from offhook.issue i
    where i.type = 'delivery.first_failure'), null,
    'so is that of the failures after a success');
select is(pg_temp.take(2), '0', 'nothing goes');
select pg_temp.events(2, 1) \g /dev/null
select is(pg_temp.route(2), '1', 'nothing is dropped');
select is(pg_temp.finish('retry', '{"after_ms": 0}'), 'done',
    'what was under way fails, too');
select is(pg_temp.health('a'), 'open 4 30', 'and changes nothing');
select pg_temp.later(30) \g /dev/null
select is(pg_temp.take(2), '1 a:1!', 'one may try');
select is(pg_temp.take(1), '0', 'one alone');
select is(pg_temp.health('a'), 'probing 4 0', 'half open');
select is(pg_temp.finish('retry', '{"after_ms": 0}', 2), 'done', 'it fails');
select is(pg_temp.health('a'), 'open 5 50', 'twice as long, up to the cap');
select pg_temp.later(50) \g /dev/null
select is(pg_temp.take(2, p_lease => 5000), '1 a:1!', 'another one');
select is(array(select offhook.worker_beat(pg_temp.worker(2), 'host', 7,
    '1.0', array[h.id], array[h.lease], 9000)), '{}', 'it takes long')
    from held h where not h.done and h.worker = 2;
select pg_temp.later(5) \g /dev/null
select is(pg_temp.take(1), '0', 'and stays the one');
select pg_temp.later(5) \g /dev/null
select is(pg_temp.take(1), '1 a:1!', 'whose worker died');
select is(pg_temp.finish('back'), 'done', 'one that was not sent');
select is(pg_temp.health('a'), 'open 5 0', 'was no probe');
select is(pg_temp.take(1), '1 a:2!', 'so the next is');
select is(pg_temp.finish('delivered'), 'done', 'it goes through');
select is(pg_temp.health('a'), 'closed 0', 'and closes it');
select is(split_part(pg_temp.take(1), ' ', 1), '3', 'all go');
select is((select count(*) from offhook.destination_state),
    1::bigint, 'one row is kept of all that');
select pg_temp.finish('delivered') \g /dev/null
update offhook.destination set deleted_at = now();

-- none
select pg_temp.to('b', '{"breaker": false}') \g /dev/null
select pg_temp.events(3, 12) \g /dev/null
select is(split_part(pg_temp.route(), ' ', 1), '12', 'a dozen');
select pg_temp.finish('retry', '{"after_ms": 0}') \g /dev/null
select is(pg_temp.health('b'), 'closed 12', 'a breaker that never opens');
select is(split_part(pg_temp.take(), ' ', 1), '12', 'all are tried');
select pg_temp.finish('delivered') \g /dev/null
update offhook.destination set deleted_at = now() where name = 'b';

-- a number at once, over all workers
select pg_temp.to('c', '{"concurrency": 3}') \g /dev/null
select pg_temp.events(4, 6) \g /dev/null
select is(pg_temp.route(), '6', 'none is claimed as it is made');
select is(pg_temp.take(1, 2), '2 c:4 c:4', 'two here');
select is(pg_temp.take(2), '1 c:4', 'one there');
select is(pg_temp.take(1), '0', 'no more');
select is(pg_temp.finish('delivered', p_most => 1), 'done', 'one ends');
select is(pg_temp.take(2), '1 c:4', 'one more');
update offhook.delivery set due_at = clock_timestamp()
    where lease is not null and worker = pg_temp.worker(1);
select is(pg_temp.take(2), '1 c:4', 'a lease that is over is free');
update offhook.destination set deleted_at = now() where name = 'c';

-- a rate, over all workers
select is((select string_agg(offhook.rate_room(r::jsonb, now() + a, now())
    ::text, ' ') from (values ('{"n": 10, "per_ms": 1000}', null::interval),
    ('{"n": 10, "per_ms": 1000}', '-1 hour'),
    ('{"n": 10, "per_ms": 1000}', '10 ms'),
    ('{"n": 10, "per_ms": 1000}', '100 ms'),
    ('{"n": 100, "per_ms": 1000}', '0'),
    ('{"n": 100, "per_ms": 1000}', '50 ms'),
    ('{"n": 1, "per_ms": 60000}', '0'),
    ('{"n": 1, "per_ms": 60000}', '1 s')) as t (r, a)),
    '1 1 0 0 10 5 1 0', 'what a rate allows');
select pg_temp.to('d', '{"rate": {"n": 30, "per_ms": 60000}}') \g /dev/null
select pg_temp.events(5, 4) \g /dev/null
select is(pg_temp.route(), '4', 'none is claimed as it is made');
select is(pg_temp.take(1), '1 d:5', 'one');
select is(pg_temp.take(2), '0', 'and no other');
select ok(offhook.due_wait(d.id, clock_timestamp()) between 1 and 2000,
    'the worker is told when the next may go')
    from offhook.destination d where d.name = 'd';
select pg_temp.later(2) \g /dev/null
select is(pg_temp.take(2), '1 d:5', 'two seconds later');
select pg_temp.later(3600) \g /dev/null
select is(pg_temp.take(2), '1 d:5', 'what was not used is lost');
update offhook.destination set deleted_at = now() where name = 'd';
-- a rate that lets many go, and a number at once that does not
select pg_temp.to('r', '{"rate": {"n": 1000, "per_ms": 1000},
    "concurrency": 1}') \g /dev/null
select pg_temp.events(8, 3) \g /dev/null
select pg_temp.route() \g /dev/null
select is(pg_temp.take(1), '1 r:8', 'one at once');
select pg_temp.later(1) \g /dev/null
select is((select concat_ws(' ', t.tries, t.error_code) from
    offhook.worker_take(pg_temp.worker(2), 9, 1000, '{}', null) as t), '0',
    'for the next no rate says when to ask');
update offhook.destination set deleted_at = now() where name = 'r';

-- shares
select pg_temp.to('e'), pg_temp.to('f'), pg_temp.to('g') \g /dev/null
select pg_temp.events(6, 40) \g /dev/null
select is(pg_temp.route(p_room => 0), '40', 'as much for each of three');
update offhook.delivery d set due_at = 'infinity' where d.id in (select d.id
    from offhook.delivery d join offhook.destination t on t.id = d.destination
    where t.name = 'g' order by d.id limit 35);
select pg_temp.take(p_room => 60) \g /dev/null
select is((select string_agg(n, ' ') from (select h.name || ' ' || count(*)
    as n from held h where not h.done and h.name in ('e', 'f', 'g')
    group by h.name order by 1) as t), 'e 28 f 27 g 5',
    'who has little leaves the rest to the others');
update offhook.destination set deleted_at = now()
    where name in ('e', 'f', 'g');

-- what workers hold of it goes back
select pg_temp.to('h') \g /dev/null
select pg_temp.events(7, 4) \g /dev/null
select pg_temp.route(p_room => 3) \g /dev/null
select is((select t.error_code from offhook.worker_route(pg_temp.worker(1),
    9, 9, 1000, '{}') as t), 0, 'nothing is left due');
create function pg_temp.closed() returns text language sql as $$
    select string_agg(d.name, ' ') from held h
    cross join lateral offhook.worker_finish(pg_temp.worker(1),
    jsonb_build_array(jsonb_build_object('id', h.id, 'lease', h.lease,
    'outcome', 'delivered', 'at', 5, 'ms', 5))) as f
    join offhook.destination d on d.id = f.id
    where f.verdict = 'closed'
    and h.id = (select min(x.id) from held x join offhook.delivery y
    on y.id = x.id where x.name = 'h' and y.state = 'pending') $$;
select is(pg_temp.closed(), null, 'it takes more');
update offhook.destination set paused = true where name = 'h';
select is(pg_temp.closed(), 'h', 'it is paused, which its worker is told');
select * from finish();
rollback;
