-- From the inbox to the end of a delivery: routing, claiming, finishing.
begin;
\ir lib/setup.sql
\ir lib/queue.sql
select plan(81);

-- no destination: the inbox is emptied all the same
select pg_temp.events(1, 3) \g /dev/null
select is(pg_temp.route(), '3', 'three events, and nobody wants them');
select is((select count(*) from offhook.todo), 0::bigint, 'the inbox is empty');
select is(pg_temp.route(), '0', 'and stays so');

-- the usual case: born claimed, one finish
select pg_temp.to('a') \g /dev/null
select pg_temp.events(2, 2) \g /dev/null
select is(pg_temp.route(), '2 a:2 a:2', 'events since it is there');
select is(pg_temp.of('a'), 'pending leased, pending leased', 'are leased');
select is(pg_temp.take(), '0', 'nothing is left to claim');
select is(pg_temp.finish('delivered', '{"status": 200, "head": "ok"}'),
    'done done', 'and finished');
select is(pg_temp.of('a'), 'delivered, delivered', 'delivered');
select is(pg_temp.attempts('a'), '1 200, 1 200', 'an attempt each');
select is((select concat_ws(' ', d.tries, d.attempts, d.status, d.lease,
    d.finished_at is not null, e.ms, e.head, e.worker = pg_temp.worker(1))
    from offhook.delivery d join offhook.attempt e on e.delivery = d.id
    limit 1), '1 1 200 t 5 ok t', 'what is known of it');
select is(pg_temp.finish('delivered'), null, 'nothing is held');
select is((select array_agg(f.verdict) from offhook.worker_finish(
    pg_temp.worker(1), (select jsonb_agg(jsonb_build_object('id', a.delivery,
    'lease', gen_random_uuid(), 'outcome', 'delivered', 'ms', 5, 'at',
    (extract(epoch from a.at) * 1000)::bigint)) from offhook.attempt a
    join offhook.deliveries d on d.id = a.delivery
    where d.destination = 'a')) as f), '{done,done}',
    'said again, the answer having been lost');
select is(pg_temp.attempts('a'), '1 200, 1 200', 'it counts once');

-- what a task says
select is(pg_temp.ing(pg_temp.sid(3), 'sent', error => 30001, raw => '\x00ff',
    seq => 4, at => clock_timestamp(), parent => 'MG1'), 'applied|204|',
    'an event');
select is((select concat_ws(' ', t.tries, t.probe, t.account, t.kind, t.status,
    t.verdict, t.seq, t.error_code, t.from_, t.to_, t.parent, t.method,
    t.format, t.token, t.url, t.raw, t.trigger, e.id = t.event_id,
    e.received_at = t.event_at) from offhook.worker_route(
    pg_temp.worker(1), 9, 9, 60000, null) as t
    join offhook.event e on e.sid = t.sid where t.id is not null),
    '0 f AC00000000000000000000000000000001 message.status sent applied 4 '
    '30001 +15550100001 +15550100002 MG1 POST form token-1 '
    'https://example.com/t \x00ff initial t t', 'all of it is in the task');

-- the limit, the room, and what is skipped
select pg_temp.events(4, 5) \g /dev/null
select is(pg_temp.route(p_room => 2), '5 a:4 a:4', 'no more than the room');
select is(pg_temp.take(p_room => 1), '1 a:4', 'the others are due');
select is(pg_temp.take(p_full => format('{"%s": 1}', d.id)::jsonb), '1 a:4',
    'no more than the destination may have')
    from offhook.destination d where d.name = 'a';
select is(pg_temp.take(p_room => 0), '0', 'no room at all');
select is(pg_temp.take(), '1 a:4', 'the last');
select is(pg_temp.take(), '0', 'none twice');
select pg_temp.events(5, 1) \g /dev/null
select is(pg_temp.route(p_skip => array[d.id]), '1', 'a destination is skipped')
    from offhook.destination d where d.name = 'a';
select is(pg_temp.take(2), '1 a:5', 'by this worker');
select is(pg_temp.finish('delivered'), 'done done done done done',
    'all are finished');

-- retry, its time, and the end
select is(pg_temp.finish('retry', '{"after_ms": 60000, "status": 503, '
    '"error": "HTTP_STATUS", "reason": "status 503"}', 2), 'done',
    'tried again');
select alike(pg_temp.of('a'), '%, pending later (status 503)', 'later');
select is(pg_temp.take(2), '0', 'not yet');
update offhook.delivery set due_at = clock_timestamp()
    where due_at > clock_timestamp() and lease is null;
select is(pg_temp.take(2), '1 a:5', 'when it is due');
select is((select d.tries from offhook.delivery d where d.due_at is not null
    and d.worker = pg_temp.worker(2)), 1::smallint, 'one attempt so far');
select is(pg_temp.finish('retry', '{"after_ms": 0}', 2), 'done', 'at once');
select is(pg_temp.take(2), '1 a:5', 'again');
select is(pg_temp.finish('dead', '{"status": 410, "error": "HTTP_STATUS", '
    '"reason": "status 410"}', 2), 'done', 'given up');
select alike(pg_temp.of('a'), '%, dead (status 410)', 'for a reason');
select is((select string_agg(concat_ws(' ', a.n, a.status), ', ' order by a.n)
    from offhook.attempt a join offhook.delivery d on d.id = a.delivery
    where d.state = 'dead'), '1 503, 2, 3 410', 'each attempt is there');
select is(pg_temp.issue('delivery.dead'), 'a 1', 'an issue says so');

-- given back
select pg_temp.events(6, 1) \g /dev/null
select is(pg_temp.route(), '1 a:6', 'one');
select is(pg_temp.finish('back'), 'done', 'is given back');
select is(pg_temp.take(2), '1 a:6', 'another worker has it at once');
select is((select concat_ws(' ', d.tries, d.attempts, count(a)) from
    offhook.delivery d left join offhook.attempt a on a.delivery = d.id
    where d.lease is not null and d.worker = pg_temp.worker(2)
    group by d.id), '0 0 0', 'that was no attempt');
select is(pg_temp.finish('cancelled', '{"reason": "transform"}', 2), 'done',
    'its transform wants none');
select alike(pg_temp.of('a'), '%, cancelled (transform)', 'it is cancelled');

-- leases
select pg_temp.events(7, 1) \g /dev/null
select is(pg_temp.route(1, p_lease => 0), '1 a:7', 'a lease that is over');
select is(pg_temp.finish('delivered'), 'done', 'counts until it is taken');
select pg_temp.events(8, 1) \g /dev/null
select is(pg_temp.route(1, p_lease => 0), '1 a:8', 'another one');
select is(pg_temp.take(2), '1 a:8', 'is taken by somebody else');
select is(pg_temp.finish('delivered', '{"status": 200}'), 'late',
    'whose first holder is late');
select alike(pg_temp.of('a'), '%, pending leased', 'and changes nothing');
select is(pg_temp.finish('delivered', '{"status": 201}', 2), 'done',
    'the second one counts');
select is((select string_agg(concat_ws(' ', a.n, a.status, a.late), ', '
    order by a.n) from offhook.attempt a where a.delivery = (select max(id)
    from offhook.delivery)), '0 200 t, 1 201 f', 'both attempts are there');
select is(array(select (f).verdict from offhook.worker_finish(
    pg_temp.worker(1), format('[{"id": -1, "lease": "%s", "outcome": '
    '"delivered"}]', pg_temp.worker(9))::jsonb) as f), '{late}',
    'of one that is not there, too');

-- heartbeat
select pg_temp.events(9, 1) \g /dev/null
select is(pg_temp.route(1, p_lease => 0), '1 a:9', 'one that takes long');
select is(array(select offhook.worker_beat(pg_temp.worker(1), 'host', 7,
    '1.0', array[id, -1], array[lease, lease], 60000)), '{-1}',
    'a beat says what is lost') from held where not done;
select is(pg_temp.take(2), '0', 'and keeps the rest');
select is((select concat_ws(' ', w.host, w.pid, w.version, w.in_flight)
    from offhook.worker w), 'host 7 1.0 2', 'the worker is known');
insert into offhook.worker select pg_temp.worker(n), 'old', n, '1.0', now(),
    now() - interval '1 hour' * n, 0 from generate_series(23, 25, 2) as n;
select offhook.worker_beat(pg_temp.worker(1), 'host', 7, '1.0', null, null, 0);
select offhook.worker_beat(pg_temp.worker(2), 'host', 8, '1.0', null, null, 0);
select is((select string_agg(w.pid::text, ' ' order by w.pid)
    from offhook.worker w), '7 8 23', 'one that died is forgotten in the end');
delete from offhook.worker w where w.id <> pg_temp.worker(1);
select offhook.worker_gone(pg_temp.worker(1)) \g /dev/null
select is((select count(*) from offhook.workers), 0::bigint, 'until it ends');
select is((select count(*) from offhook.worker), 1::bigint,
    'and where its attempts were made is known a day longer');
delete from offhook.worker;

-- fan-out, pause, and what an event that is gone does
select pg_temp.finish('delivered') \g /dev/null
select pg_temp.to('b', '{"filter": {"to": "+15550100099"}}') \g /dev/null
select pg_temp.to('c') \g /dev/null
update offhook.destination set paused = true where name = 'c';
select pg_temp.events(10, 2) \g /dev/null
select is(pg_temp.route(), '2 a:a a:a', 'one runs, one filters, one rests');
select is(pg_temp.of('c'), 'pending due, pending due', 'that one queues');
select pg_temp.events(11, 1) \g /dev/null
select is(pg_temp.route(), '1 a:b', 'and again');
select is((select string_agg(concat_ws(' ', f.reason, f.n), ', ')
    from offhook.filtered f), 'to 3', 'what is filtered is counted');
delete from offhook.event where sid in (pg_temp.sid(10), pg_temp.sid(12));
update offhook.destination set paused = false where name = 'c';
select is(pg_temp.take(2), '3 c:b', 'it goes on');
select is(pg_temp.of('c'), 'dead (event is gone), dead (event is gone), '
    'pending leased', 'without those whose event is gone');
select pg_temp.events(12, 1) \g /dev/null
delete from offhook.event where sid = pg_temp.sid(12);
select is(pg_temp.route(), '1', 'an event that is gone before');

-- an event that house keep has set aside, and one that is gone
select pg_temp.events(14, 1) \g /dev/null
create table offhook.event_accident_77 (like offhook.event);
with e as (delete from offhook.event where sid = pg_temp.sid(14) returning *)
    insert into offhook.event_accident_77 select * from e;
select is(pg_temp.route(), '0', 'an event that is aside');
select is((select count(*) from offhook.todo), 1::bigint, 'is put off');
insert into offhook.event select * from offhook.event_accident_77;
drop table offhook.event_accident_77;
select is(pg_temp.route(), '1 a:e c:e', 'until it is back');
select pg_temp.finish('delivered') \g /dev/null

-- a database that was restored: its transactions have smaller numbers
insert into offhook.todo_cursor (done, pass, xid) values
    ('4000000000000:4000000000000:', '4000000000009:4000000000009:',
    '4000000000001');
select pg_temp.events(15, 1) \g /dev/null
update offhook.todo set xid = '4000000000005';
select pg_temp.ing(pg_temp.sid(15), 'x', at => clock_timestamp()) \g /dev/null
select is(pg_temp.route(), '2 a:f c:f a:f c:f', 'begins from the start');
select is(pg_temp.route(), '0', 'once');

-- or greater ones, past the cursor before a worker came
update offhook.destination set since = '0';
select pg_temp.events(16, 2) \g /dev/null
update offhook.todo set xid = '3';
delete from offhook.todo_cursor;
insert into offhook.todo_cursor (done, full_at) values
    (pg_current_snapshot(), clock_timestamp() - interval '9 min');
select is(pg_temp.route(), '0', 'what a cursor has passed');
select is((select count(*) from offhook.todo), 2::bigint, 'is stranded');
update offhook.todo_cursor set full_at = full_at - interval '2 min';
select is(pg_temp.route(), '2 a:10 c:10 a:10 c:10', 'for ten minutes');
select is((select concat_ws(' ', count(*), bool_and(c.done is not null),
    bool_and(c.full_at > clock_timestamp() - interval '1 min'))
    from offhook.todo_cursor c), '1 t t', 'then it goes on from there');
update offhook.todo_cursor set full_at = full_at - interval '11 min';
select is(pg_temp.route(), '0', 'nothing is there');
select is((select concat_ws(' ', count(*), bool_and(c.done is not null),
    bool_and(c.full_at > clock_timestamp() - interval '1 min'))
    from offhook.todo_cursor c), '1 t t', 'which is noted, too');
update offhook.todo_cursor set full_at = full_at + interval '1 day';
select pg_temp.events(19, 1) \g /dev/null
update offhook.todo set xid = '3';
select is(pg_temp.route(), '1 a:13 c:13', 'the clock was set back');
-- a destination's own xid, of the server before
update offhook.destination set since = '4' where name = 'c';
select pg_temp.events(17, 1) \g /dev/null
update offhook.todo set xid = '3';
update offhook.todo_cursor set full_at = '-infinity';
select is(pg_temp.route(), '1 a:11', 'stored before it was there');
update offhook.destination set created_at = created_at - interval '61 min'
    where name = 'c';
select pg_temp.events(20, 1) \g /dev/null
update offhook.todo set xid = '3';
update offhook.todo_cursor set full_at = '-infinity';
select is(pg_temp.route(), '1 a:14 c:14', 'as it seems: it came long after');

-- a filter that raises
create or replace function offhook.filter_match(p_filter jsonb,
    p_event offhook.event, p_params jsonb) returns text language plpgsql
    as $$ begin return (1 / 0)::text; end $$;
select pg_temp.events(13, 1) \g /dev/null
select is(pg_temp.route() || '; ' || pg_temp.of('b'),
    '1 a:d c:d; dead (filter failed)', 'blocks nobody');
select is((select concat_ws(' ', i.count, i.detail ->> 'reason')
    from offhook.issue i where i.type = 'delivery.dead'
    and i.subject = 'b'), '1 filter failed', 'and an issue says so');
select pg_temp.events(18, 2) \g /dev/null
select pg_temp.route() \g /dev/null
select offhook.issue_settle(null) \g /dev/null
select is((select i.count from offhook.issue i where i.type
    = 'delivery.dead' and i.subject = 'b'), 3::bigint, 'of each');

select * from finish();
rollback;
