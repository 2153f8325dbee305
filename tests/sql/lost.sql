-- Deliveries whose workers die: they are claimed again, suspects one at a
-- time, and one that five had is dead.
begin;
\ir lib/setup.sql
\ir lib/queue.sql
select plan(41);
create function pg_temp.lost(p_name text) returns text language sql as $$
    select string_agg(d.lost::text, ' ' order by d.id) from offhook.delivery d
    join offhook.destination t on t.id = d.destination
    where t.name = p_name $$;
-- What was put off is due now, and leases are over.
create function pg_temp.later() returns void language sql as $$
    update offhook.delivery set due_at = clock_timestamp()
    where due_at < 'infinity' $$;
create function pg_temp.unlease() returns void language sql as $$
    update offhook.delivery set due_at = clock_timestamp()
    where due_at < 'infinity' and lease is null $$;
create function pg_temp.sweep() returns bigint language sql as $$
    select offhook.worker_replay(pg_temp.worker(9), 100) $$;
-- n workers die with what they claim.
create function pg_temp.die(p_n integer) returns text language plpgsql as $$
declare
	v text;
begin
	for i in 1 .. p_n loop
		perform pg_temp.later();
		v := concat_ws(', ', v, pg_temp.take(1000 + i));
	end loop;
	perform pg_temp.later();
	return v;
end $$;

-- one worker dies: nothing is held against what it had
select pg_temp.to('a') \g /dev/null
select pg_temp.events(1, 4) \g /dev/null
select is(pg_temp.route(1, p_lease => 0), '4 a:1 a:1 a:1 a:1', 'claimed');
select is(pg_temp.take(2, p_lease => 0), '4 a:1 a:1 a:1 a:1',
    'a worker dies, and all go again');
select is(pg_temp.lost('a'), '1 1 1 1', 'that is noted');

-- the second one, too: one at a time
select is(pg_temp.take(3), '1 a:1', 'another one dies: they go one by one');
select is((select string_agg(concat_ws(' ', d.state, d.lease is not null),
    ', ') from offhook.delivery d), 'pending t, pending f, pending f, '
    'pending f', 'the others are put off');
select is(pg_temp.lost('a'), '2 2 2 2', 'that is noted, too');
select pg_temp.unlease() \g /dev/null
select is(pg_temp.take(3), '0', 'who has one gets no other');
select pg_temp.events(2, 2) \g /dev/null
select is(pg_temp.route(3), '2 a:2 a:2', 'but what is new');
select pg_temp.unlease() \g /dev/null
select is(pg_temp.take(4), '1 a:1', 'another worker does');
select is(pg_temp.finish('delivered', p_worker => 3, p_sid => 1), 'done',
    'it gets through');
select pg_temp.unlease() \g /dev/null
select is(pg_temp.take(3), '1 a:1', 'so it is the next one''s turn');
select is(pg_temp.finish('back', p_worker => 3, p_sid => 1), 'done',
    'which is given back');
select is(pg_temp.lost('a'), '0 2 2 2 0 0', 'an attempt counts, that does not');
select is(pg_temp.finish('retry', '{"after_ms": 0}', 4), 'done',
    'an attempt that fails');
select is(pg_temp.lost('a'), '0 0 2 2 0 0', 'counts as well');

-- a worker dies with one of them: the others are not there
select pg_temp.unlease() \g /dev/null
select is(pg_temp.take(5), '2 a:1 a:1', 'one of them, one that is not');
update offhook.delivery set due_at = clock_timestamp()
    where worker in (pg_temp.worker(5), pg_temp.worker(3))
    and due_at is not null;
select is(split_part(pg_temp.take(6), ' ', 1), '4', 'all go again');
select is((select string_agg(distinct d.lost::text, ' ' order by d.lost::text)
    from offhook.delivery d where d.state = 'pending'), '1 2 3',
    'bystanders stop at two');
update offhook.delivery set state = 'cancelled', due_at = null, lease = null;

-- the one that kills
select pg_temp.to('k', '{"breaker": false}') \g /dev/null
update offhook.destination set paused = true where name = 'a';
select pg_temp.events(3, 1) \g /dev/null
select pg_temp.route(7) \g /dev/null
select is(pg_temp.die(4), '1 k:3, 1 k:3, 1 k:3, 1 k:3', 'four more die');
select is(pg_temp.sweep(), 0::bigint, 'the last may only be late');
select is(pg_temp.take(8), '0', 'nobody has it any more');
select is(pg_temp.lost('k'), '5', 'five were lost');
select is(pg_temp.sweep(), 1::bigint, 'then it ends');
select is(pg_temp.of('k'), 'dead (worker lost)', 'as dead');
select is(pg_temp.attempts('k'), '1 WORKER_LOST', 'with an attempt');
select is((select concat_ws(' ', d.reason, d.error, d.attempts)
    from offhook.dead_letters d where d.destination = 'k'),
    'worker lost WORKER_LOST 1', 'it is a dead letter');
select is((select a.worker = pg_temp.worker(1004) and a.head like 'five %'
    from offhook.attempts a where a.destination = 'k'), true,
    'that names the last worker');
select is(pg_temp.issue('delivery.dead'), 'k 1', 'and an issue');
select is((select i.detail ->> 'reason' from offhook.issue i
    where i.type = 'delivery.dead'), 'worker lost', 'that says why');
select is(pg_temp.finish('delivered', '{"status": 200}', 1004), 'late',
    'its last worker is heard of after all');
select is(pg_temp.attempts('k'), '1 WORKER_LOST, 1 200 late', 'too late');
select is(offhook.delivery_retry(d.id), 'due', 'it is retried by hand')
    from offhook.deliveries d where d.destination = 'k';
select is(pg_temp.take(8) || ' ' || pg_temp.lost('k'), '1 k:3 0',
    'as if it were new');
select is(pg_temp.finish('delivered', '{"status": 200}', 8), 'done', 'done');

-- in a lane
update offhook.destination set spec = spec || '{"order": "resource"}'
    where name = 'k';
select pg_temp.events(4, 3) \g /dev/null
select pg_temp.route(7) \g /dev/null
select pg_temp.die(4) \g /dev/null
select pg_temp.take(8) \g /dev/null
select is(pg_temp.sweep(), 1::bigint, 'the head of a lane');
select is(pg_temp.of('k'), 'delivered, dead (worker lost), pending due, '
    'pending waits', 'lets the next one go');
update offhook.destination set spec = spec || '{"stuck": "hold"}'
    where name = 'k';
select is(pg_temp.die(6) is null, false, 'that one kills, too');
select is(pg_temp.sweep(), 1::bigint, 'where heads hold');
select is(pg_temp.of('k'), 'delivered, dead (worker lost), dead waits '
    '(worker lost), pending waits', 'it holds its lane');
select is(offhook.dlq_purge('k'), 2::bigint, 'until it is purged');
select is(pg_temp.of('k'), 'delivered, cancelled (purged), cancelled '
    '(purged), pending due', 'and the last one goes');

select * from finish();
rollback;
