-- Deliveries by hand: retry, cancel, dead letters, and what the views show.
begin;
\ir lib/setup.sql
select plan(57);

insert into offhook.destination (id, name, spec) values
    (-1, 't-plain', '{"url": "https://a"}'),
    (-2, 't-lanes', '{"url": "https://b", "order": "resource",
	"stuck": "hold"}');
create temporary table e as select n, offhook.uuid_at(gen_random_uuid(),
    '2026-03-04 05:06:07Z') as id from generate_series(1, 30) as n;
select count(pg_temp.ing(pg_temp.sid(n), 'sent', kind => case when n < 20
    then 'message.status' else 'call.status' end, from_ => '+1555010'
    || (2000 + n), id => id, at => '2026-03-04 05:06:07Z')) from e;
-- a delivery of event n to a destination, in a state
create function pg_temp.d(p_n integer, p_to integer, p_state text,
    p_due timestamptz default null, p_reason text default null,
    p_lane text default null, p_id bigint default null)
returns bigint
language sql
as $$
	insert into offhook.delivery (id, event_id, event_at, bucket,
	    destination, routed_at, finished_at, due_at, state, reason, lane,
	    tries, attempts)
	    select coalesce(p_id, nextval('offhook.delivery_id')), e.id,
	    '2026-03-04 05:06:07Z', 7, p_to, now() - interval '2 hours',
	    case when p_state <> 'pending' then now() - interval '1 hour'
	    end, p_due, p_state, p_reason, p_lane, 12, 12
	    from e where n = p_n
	    returning id
$$;
create temporary table d (what text, id bigint);
insert into d values ('dead', pg_temp.d(1, -1, 'dead', null, 'status 410')),
    ('expired', pg_temp.d(2, -1, 'expired', null, 'age')),
    ('cancelled', pg_temp.d(3, -1, 'cancelled', null, 'operator')),
    ('delivered', pg_temp.d(4, -1, 'delivered')),
    ('later', pg_temp.d(5, -1, 'pending', now() + interval '1 hour')),
    ('now', pg_temp.d(6, -1, 'pending', now() - interval '1 hour')),
    ('sending', pg_temp.d(7, -1, 'pending', now() + interval '1 hour'));
update offhook.delivery set lease = gen_random_uuid()
    where id = (select id from d where what = 'sending');
create function pg_temp.id(p_what text) returns bigint language sql
    as $$ select id from d where what = p_what $$;
create function pg_temp.shown(p_what text) returns text language sql
as $$
	select concat_ws(' ', y.state, y.reason, y.tries, y.attempts,
	    y.trigger, y.routed_at > now() - interval '1 hour',
	    y.finished_at is not null)
	from offhook.deliveries y where y.id = pg_temp.id(p_what)
$$;

-- what the view shows
select is((select string_agg(what || ' ' || y.state, ', ' order by d.id)
    from d join offhook.deliveries y using (id)), 'dead dead, expired '
    'expired, cancelled cancelled, delivered delivered, later pending, '
    'now pending, sending sending', 'the states');
select is((select format('%s %s %s %s', kind, sid, destination, wire_id
    = 'dlv_' || event_id || '_' || id) from offhook.deliveries
    where id = pg_temp.id('dead')), 'message.status ' || pg_temp.sid(1)
    || ' t-plain t', 'and the event');
select is((select array_agg(what order by what) from d
    join offhook.deliveries y using (id) where y.next_at is not null),
    '{later,now}', 'when it is tried next');
select is((select format('%s %s %s %s %s', pending, delivered, dead, expired,
    cancelled) from offhook.destinations where name = 't-plain'),
    '3 1 1 1 1', 'the counts of view destinations');
select is((select string_agg(format('%s %s %s', reason, state, deliveries),
    ', ' order by reason) from offhook.dead_letter_counts
    where destination = 't-plain'), 'age expired 1, status 410 dead 1',
    'dead letters by reason');

-- retry
select is(offhook.delivery_retry(pg_temp.id('dead')), 'due', 'retry: dead');
select is(pg_temp.shown('dead'), 'pending 0 12 retry t f',
    'all attempts and all its age are before it');
select is(offhook.delivery_retry(pg_temp.id('expired')), 'due', 'expired');
select is(offhook.delivery_retry(pg_temp.id('cancelled')), 'due',
    'cancelled');
select is(pg_temp.shown('cancelled'), 'pending 0 12 retry t f', 'as well');
select throws_matching(format('select offhook.delivery_retry(%s)',
    pg_temp.id('delivered')), 'was delivered', 'not what was delivered');
select is(offhook.delivery_retry(pg_temp.id('later')), 'due',
    'pending: it need not wait');
select is((select next_at <= clock_timestamp() from offhook.deliveries
    where id = pg_temp.id('later')), true, 'and does not');
select is(pg_temp.shown('later'), 'pending 12 12 initial f f',
    'it is tried as often as before');
select is(offhook.delivery_retry(pg_temp.id('sending')), 'sending',
    'it is on its way');
select throws_ok('select offhook.delivery_retry(-5)', 'P0002', null,
    'no such delivery');
select is((select count(*) from offhook.operations
    where what = 'delivery.retry' and "by" = session_user), 4::bigint,
    'each is noted');
insert into offhook.delivery (id, event_id, event_at, bucket, destination,
    routed_at, state) values (-9, gen_random_uuid(), now(), 1, -1, now(),
    'dead');
select throws_matching('select offhook.delivery_retry(-9)',
    'house keep has dropped', 'not one without its event');

-- cancel
select throws_matching(format('select offhook.delivery_cancel(%s)',
    pg_temp.id('delivered')), 'is delivered already', 'cancel: too late');
select throws_matching('select offhook.delivery_cancel(-9)',
    'is dead already', 'cancel: dead already');
select lives_ok(format('select offhook.delivery_cancel(%s, %L)',
    pg_temp.id('sending'), 'wrong number'), 'cancel');
select is(pg_temp.shown('sending'),
    'cancelled wrong number 12 12 initial f t', 'for a reason');
select is((select lease from offhook.delivery
    where id = pg_temp.id('sending')), null, 'nobody has it any more');
select throws_ok(format('select offhook.delivery_cancel(%s, %L)',
    pg_temp.id('now'), ''), '22023', null, 'cancel: no reason');

-- lanes: the head goes, the others wait
insert into d values
    ('a1', pg_temp.d(8, -2, 'pending', now() - interval '1 s', null, 'A')),
    ('a2', pg_temp.d(9, -2, 'pending', 'infinity', null, 'A')),
    ('a3', pg_temp.d(10, -2, 'pending', 'infinity', null, 'A')),
    ('b1', pg_temp.d(11, -2, 'dead', 'infinity', 'attempts', 'B')),
    ('b2', pg_temp.d(12, -2, 'pending', 'infinity', null, 'B'));
create function pg_temp.lane(p_lane text) returns text language sql
as $$
	select string_agg(what || ' ' || y.state || case when y.holds_lane
	    then ' holds' else '' end, ', ' order by y.id)
	from d join offhook.deliveries y using (id)
	where y.lane = p_lane and y.state <> 'cancelled'
$$;
select is(pg_temp.lane('A') || ', ' || pg_temp.lane('B'),
    'a1 pending, a2 waiting, a3 waiting, b1 dead holds, b2 waiting',
    'lanes');
select is(offhook.delivery_retry(pg_temp.id('a2')), 'waits',
    'one in a lane waits');
select offhook.delivery_cancel(pg_temp.id('a2'));
select is(pg_temp.lane('A'), 'a1 pending, a3 waiting',
    'cancelled in the middle: nobody may go for that');
select offhook.delivery_cancel(pg_temp.id('a1'));
select is(pg_temp.lane('A'), 'a3 pending', 'at its head: the next goes');
select is(offhook.delivery_retry(pg_temp.id('b1')), 'due',
    'a dead one that holds its lane is retried');
select is(pg_temp.lane('B'), 'b1 pending, b2 waiting', 'and goes first');
update offhook.delivery set state = 'dead', due_at = 'infinity'
    where id = pg_temp.id('b1');
select offhook.delivery_cancel(pg_temp.id('b1'));
select is(pg_temp.lane('B'), 'b2 pending', 'or is cancelled: the next goes');

-- dead letters in bites
insert into d select 'dl' || n, pg_temp.d(n, -1, 'dead', null, case
    when n % 2 = 0 then 'status 410' else 'attempts' end)
    from generate_series(13, 24) as n;
insert into d values ('c1', pg_temp.d(25, -2, 'dead', 'infinity',
    'status 404', 'C')), ('c2', pg_temp.d(26, -2, 'pending', 'infinity',
    null, 'C'));
select is(offhook.dlq_retry('t-plain', p_kind => 'call.*', p_limit => 2),
    2::bigint, 'dlq_retry: two of a kind');
select is((select array_agg(what order by id) from d
    join offhook.deliveries y using (id) where what like 'dl%'
    and y.state = 'pending'), '{dl20,dl21}', 'the oldest');
select is(offhook.dlq_retry('t-plain', p_kind => 'call.*'), 3::bigint,
    'the others');
select is(offhook.dlq_retry('t-plain', p_kind => 'call.*'), 0::bigint,
    'no more');
select is(offhook.dlq_retry('t-plain', p_number => '+15550102013'),
    1::bigint, 'dlq_retry: a number');
select is(offhook.dlq_retry('t-plain', p_since => now()), 0::bigint,
    'dlq_retry: since');
select is(offhook.dlq_retry('t-plain', p_until => now() - interval '1 day'),
    0::bigint, 'dlq_retry: until');
select is(offhook.dlq_purge('t-plain', p_reason => 'status *'), 3::bigint,
    'dlq_purge: a reason');
select is((select string_agg(distinct y.state || ' ' || y.reason, ', ')
    from d join offhook.deliveries y using (id) where what in ('dl14',
    'dl16', 'dl18')), 'cancelled purged', 'they stay, as cancelled');
select is((select string_agg(format('%s %s', reason, deliveries), ', ')
    from offhook.dead_letter_counts where destination = 't-plain'
    and reason is not null), 'attempts 3', 'and are no dead letters');
select is((select format('%s %s', destination, holds_lane)
    from offhook.dead_letters where id = pg_temp.id('c1')), 't-lanes t',
    'one that holds its lane');
select is(offhook.dlq_purge('t-lanes'), 1::bigint, 'is purged');
select is(pg_temp.lane('C'), 'c2 pending', 'and lets the next go');
select is(offhook.dlq_purge(), 4::bigint,
    'dlq_purge: everywhere, and without an event');
select throws_ok($$select offhook.dlq_purge('t-none')$$, 'P0002', null,
    'no such destination');
select throws_ok($$select offhook.dlq_retry(p_limit => 0)$$, '22023', null,
    'no bite');
select is((select detail ->> 'deliveries' from offhook.operations
    where what = 'dlq.purge' and subject = 't-lanes'), '1',
    'who purged what is noted');

-- a bite is one, of however many destinations
insert into offhook.destination (id, name, spec) values
    (-8, 't-8', '{"url": "https://a"}'), (-9, 't-9', '{"url": "https://a"}');
insert into offhook.delivery (event_id, event_at, bucket, destination,
    routed_at, finished_at, state)
    select gen_random_uuid(), now(), 7, -8 - n % 2, now(), '2020-01-01',
    'dead' from generate_series(1, 6) as n;
select is((select string_agg(d.destination::text, ' ' order by i.n)
    from unnest(offhook.dlq_pick(null, null, null, null, null, '2020-01-02',
    4)) with ordinality as i (id, n) join offhook.delivery d on d.id = i.id),
    '-9 -9 -9 -8', 'of one destination after the other');

-- what is asked of millions: the newest are read by their ids, those that are
-- open by their index; what has ended only where it is counted
create function pg_temp.reads(p_query text) returns text
language plpgsql as $$
declare
	v text;
	v_all text := '';
begin
	for v in execute 'explain (costs off) ' || p_query loop
		v_all := concat_ws(' ', v_all, (regexp_match(v,
		    'Sort$|delivery_[a-z]+|Seq Scan on delivery'))[1]);
	end loop;
	return ltrim(v_all);
end $$;
set local enable_seqscan = off;
set local enable_sort = off;
set local enable_bitmapscan = off;
select is(pg_temp.reads('select * from offhook.deliveries order by id desc
    limit 51'), 'delivery_pkey', 'a page of deliveries');
reset enable_sort;
select is(pg_temp.reads('select id from offhook.deliveries where open
    and destination_id = -1'), 'delivery_due', 'those that are open');
select is(pg_temp.reads('select name, pending, dead from
    offhook.destinations'), 'delivery_due delivery_dead',
    'a destination without what it has delivered');
reset enable_seqscan;
set local enable_sort = off;
select is(pg_temp.reads('select name, delivered, cancelled from
    offhook.destinations'), 'Seq Scan on delivery', 'or with it, once');

-- who may
create temporary table can (role text, does text, state text);
insert into can select r, s, pg_temp.try_as(r, s) from unnest(array[
    'offhook_operator', 'offhook_worker', 'offhook_reader',
    'offhook_responder']) as r, unnest(array[
    format('select offhook.delivery_retry(%s)', pg_temp.id('a1')),
    format('select offhook.delivery_cancel(%s)', pg_temp.id('a3')),
    'select offhook.dlq_retry()', 'select offhook.dlq_purge()']) as s;
select is((select string_agg(distinct role || ' ' || state, ', ' order by
    role || ' ' || state) from can), 'offhook_operator 00000, '
    'offhook_reader 42501, offhook_responder 42501, offhook_worker 42501',
    'only an operator decides');
select is((select string_agg(v || ' ' || pg_temp.try_as('offhook_reader',
    'select * from offhook.' || v), ', ') from unnest(array['deliveries',
    'attempts', 'dead_letters', 'dead_letter_counts', 'filtered_counts',
    'workers', 'operations', 'replays']) as v),
    'deliveries 00000, attempts 00000, dead_letters 00000, '
    'dead_letter_counts 00000, filtered_counts 00000, workers 00000, '
    'operations 00000, replays 00000', 'a reader reads the views');
select is((select string_agg(c.relname, ', ') from pg_class c
    where c.relnamespace = 'offhook'::regnamespace and c.relname in
    ('delivery', 'attempt', 'replay', 'operation', 'destination')
    and has_table_privilege('offhook_reader', c.oid, 'select')), null,
    'and not the tables');
select is(pg_temp.try_as('offhook_responder',
    'select * from offhook.deliveries'), '42501', 'a responder neither');
select * from finish();
rollback;
