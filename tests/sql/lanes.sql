-- Strict order for each resource: one at a time, and what a stuck head does.
begin;
\ir lib/setup.sql
\ir lib/queue.sql
select plan(40);
select pg_temp.to('a', '{"order": "resource"}') \g /dev/null

select pg_temp.events(1, 3), pg_temp.events(2, 1) \g /dev/null
select is(pg_temp.route(), '4 a:1 a:2', 'the first of each resource');
select is(pg_temp.of('a'), 'pending leased, pending waits, pending waits, '
    'pending leased', 'the others wait');
select is(pg_temp.take(), '0', 'and are not to be had');
select is(pg_temp.finish('delivered', p_sid => 2), 'done', 'one lane ends');
select is(pg_temp.take(), '0', 'which is nothing to the other');
select is(pg_temp.finish('retry', '{"after_ms": 60000}'), 'done',
    'the head is tried again later');
select is(pg_temp.take(), '0', 'which holds its lane');
update offhook.delivery set due_at = clock_timestamp()
    where due_at > clock_timestamp() and due_at < 'infinity';
select is(pg_temp.take(), '1 a:1', 'then');
select is(pg_temp.finish('delivered'), 'done', 'it is delivered');
select is(pg_temp.take(), '1 a:1', 'and the next one goes');
select pg_temp.ing(pg_temp.sid(1), 'more', at => clock_timestamp()) \g /dev/null
select is(pg_temp.route(), '1', 'a new one waits behind');
select is(pg_temp.finish('dead', '{"reason": "attempts"}'), 'done',
    'a head that is given up');
select is(pg_temp.take(), '1 a:1', 'is skipped');
select is(pg_temp.of('a'), 'delivered, dead (attempts), pending leased, '
    'delivered, pending waits', 'in their order');
select is(pg_temp.finish('expired', '{"reason": "age"}'), 'done',
    'too old');
select is(pg_temp.take(), '1 a:1', 'is skipped as well');
select is(pg_temp.finish('back'), 'done', 'given back');
select pg_temp.ing(pg_temp.sid(1), 'again', at => clock_timestamp())
    \g /dev/null
select is(pg_temp.route(), '1', 'is still the head');
select is(pg_temp.take(2), '1 a:1', 'for whoever takes it');
select is(pg_temp.finish('delivered', p_worker => 2), 'done', 'done');
select is(pg_temp.take(2), '1 a:1', 'the last');
select is(pg_temp.finish('delivered', p_worker => 2), 'done', 'done');
select pg_temp.ing(pg_temp.sid(1), 'new', at => clock_timestamp()) \g /dev/null
select is(pg_temp.route(), '1 a:1', 'a lane that is empty');
select pg_temp.ing(null, 'none', rkind => null, kind => 'other',
    at => clock_timestamp(), key => k) from unnest('{x,y}'::text[]) as k
    \g /dev/null
select is(pg_temp.route(), '2 a: a:', 'no resource, no order');
select pg_temp.finish('delivered') \g /dev/null

-- cancelled in the middle, and at the end
select pg_temp.events(3, 3) \g /dev/null
select is(pg_temp.route(), '3 a:3', 'a lane of three');
update offhook.delivery d set state = 'cancelled', due_at = null
    where d.due_at = 'infinity' \g /dev/null
select offhook.lane_next(array(select d.id from offhook.delivery d
    where d.state = 'cancelled')) \g /dev/null
select pg_temp.ing(pg_temp.sid(3), 'late', at => clock_timestamp())
    \g /dev/null
select is(pg_temp.route(), '1', 'one behind those waits for the head');
select is(pg_temp.finish('delivered'), 'done', 'which ends');
select is(pg_temp.take(), '1 a:3', 'it goes');
select is(pg_temp.finish('delivered'), 'done', 'and ends');

-- a head that holds its lane
select pg_temp.to('b', '{"order": "resource", "stuck": "hold"}') \g /dev/null
update offhook.destination set deleted_at = now() where name = 'a';
select pg_temp.events(4, 2) \g /dev/null
select is(pg_temp.route(), '2 b:4', 'the head');
select is(pg_temp.finish('dead', '{"reason": "attempts"}'), 'done',
    'is given up');
select is(pg_temp.of('b'), 'dead waits (attempts), pending waits',
    'and holds the other');
select is(pg_temp.take(), '0', 'for good');
select pg_temp.ing(pg_temp.sid(4), 'more', at => clock_timestamp())
    \g /dev/null
select is(pg_temp.route(), '1', 'what comes waits, too');
update offhook.delivery d set due_at = null where d.state = 'dead'
    and d.due_at = 'infinity';
select offhook.lane_next(array(select d.id from offhook.delivery d
    where d.state = 'dead' and d.destination = (select max(id)
    from offhook.destination))) \g /dev/null
select is(pg_temp.take(), '1 b:4', 'until somebody lets it go');

select is(pg_temp.finish('dead', '{"reason": "attempts"}'), 'done',
    'the next one holds it');
select offhook.destination_set('b', '{"stuck": "skip"}') \g /dev/null
select is(pg_temp.take(), '1 b:4', 'until that is not wanted any more');
select is(pg_temp.finish('delivered'), 'done', 'the lane is empty');

-- other destinations have no order
select pg_temp.to('c') \g /dev/null
select pg_temp.events(5, 2) \g /dev/null
select is(pg_temp.route(), '2 b:5 c:5 c:5', 'only where it is wanted');
select is(pg_temp.finish('delivered'), 'done done done', 'all done');
select * from finish();
rollback;
