-- House keeping: what is planned is what is done, each row stays once, and
-- nothing is taken before its time.
begin;
\ir lib/setup.sql
-- nobody else's rows or locks in between
lock table offhook.event in access exclusive mode;
select plan(58);
set local timezone = 'UTC';
create function pg_temp.at(p_months integer) returns timestamptz
language sql as $$
    -- the 11th of the month so many months ago
    select date_trunc('month', now()) - p_months * interval '1 month'
	+ interval '10 days' $$;
create function pg_temp.part(p_months integer) returns text
language sql as $$
    select 'event_' || to_char(pg_temp.at(p_months), 'YYYYMM') $$;
-- what a run does: every step until it returns no row
create temporary table did (action text, object text, detail text,
    rows bigint);
create function pg_temp.step(p_call text) returns bigint
language plpgsql as $$
declare
	v bigint;
begin
	execute 'insert into did select * from offhook.' || p_call;
	get diagnostics v = row_count;
	return v;
end $$;
create function pg_temp.keep(p_pages integer) returns void
language plpgsql as $$
declare
	v_call text;
begin
	truncate did;
	foreach v_call in array array['house_make(2)',
	    format('house_move(%s)', p_pages), 'house_drop()',
	    format('house_strip(%s)', p_pages),
	    format('house_purge(''once'', %s)', p_pages),
	    format('house_purge(''past_reply'', %s)', p_pages),
	    format('house_purge(''session'', %s)', p_pages),
	    format('house_purge(''delivery'', %s)', p_pages),
	    format('house_purge(''attempt'', %s)', p_pages),
	    format('house_purge(''late'', %s)', p_pages)] loop
		while pg_temp.step(v_call) > 0 loop
			null;
		end loop;
	end loop;
	perform offhook.house_done();
end $$;

-- the periods
select is((select string_agg(what || ' ' || keep, ', ' order by what)
    from offhook.retention), 'bodies 90 days, dedupe 30 days, '
    'deliveries 30 days, history 400 days', 'the periods that are set at first');
select throws_like(format('select offhook.house_set(%L, %L)', w, k), m,
    w || ' ' || k || ' is refused') from (values
    ('bodies', '401 days', '%bodies cannot be kept longer%400 days%'),
    ('history', '89 days', '%bodies cannot be kept longer%89 days%'),
    ('dedupe', '47 hours', '%period of dedupe must be 2 days to%'),
    ('bodies', '0', '%period of bodies must be 1 day to%'),
    ('bodies', '-1 day', '%must be%'),
    ('history', '101 years', '%must be%'),
    ('raw', '9 days', '%there is no period raw; there are%'))
    as t (w, k, m);
select throws_ok('select offhook.house_set(null, ''9 days'')', '22023', null,
    'nor is there one without a name');
select throws_ok('select offhook.house_set(''bodies'', null)', '22023', null,
    'nor no period');
select lives_ok('select offhook.house_set(''dedupe'', ''48 hours'')',
    'the least is allowed');
select offhook.house_set('dedupe', '30 days') \g /dev/null
select offhook.house_set('bodies', '45 days') \g /dev/null

select is(offhook.house_due(date_trunc('month', now() - interval '400 days')),
    'strip', 'a month is kept until all of it is past its period');
select is(offhook.house_due(date_trunc('month', now() - interval '400 days')
    - interval '1 month'), 'drop', 'and not longer');

-- first everything that is there already, by other tests, too
select offhook.session_patch(format('{"thread": "house%s", "expires": %1$s}',
    n)::jsonb, 'AC1') from unnest(array[-1, 60]) as n \g /dev/null
insert into offhook.delivery (id, event_id, event_at, routed_at, finished_at,
    due_at, destination, bucket, state)
    select -n, gen_random_uuid(), now(), now() - n * interval '1 day',
    case when n <> 50 then now() - n * interval '1 day' end,
    case when n = 50 then now() end, -1, 1,
    case when n = 50 then 'pending' else 'delivered' end
    from unnest(array[29, 31, 50]) as n;
insert into offhook.attempt (delivery, at, n) select -n,
    now() - least(n, 40) * interval '1 day', 1
    from unnest(array[29, 31, 50]) as n;
insert into offhook.worker values (gen_random_uuid(), 'house', 1, '1', now(),
    now() - interval '2 days', 0);
select pg_temp.keep(1000) \g /dev/null
select is((select string_agg(id::text, ' ' order by id)
    from offhook.delivery where id in (-29, -31, -50)), '-50 -29',
    'a delivery that has ended goes, one that has not stays');
select is((select string_agg(delivery::text, ' ' order by delivery)
    from offhook.attempt where delivery in (-29, -31, -50)), '-50 -29',
    'and the attempts with it');
select is((select count(*) from offhook.worker where host = 'house'),
    0::bigint, 'a worker that is gone is forgotten');
select is((select string_agg(thread, ' ') from offhook.session
    where thread like 'house%'), 'house60', 'an expired session goes');
select is((select count(*) from offhook.house_plan(2) where action <> 'purge'),
    0::bigint, 'nothing is left to do');

-- an accident: months that have no partition, and clocks that are far off
select pg_temp.ing(pg_temp.sid(n), 'sent', at => a,
    url => 'https://example.com/t?Body=secret', raw => 'Body=secret')
    from (values (1, pg_temp.at(30)), (2, pg_temp.at(6)), (3, pg_temp.at(-5)),
    (4, '1999-01-01'), (5, now() + interval '20 years'),
    (6, date_trunc('month', pg_temp.at(6))),
    (7, date_trunc('month', pg_temp.at(5)) - interval '1 microsecond'))
    as t (n, a) \g /dev/null
-- ingest bounds the time; a clock that is far off itself does not
update offhook.event set received_at = pg_temp.at(-5)
    where sid = pg_temp.sid(3);
update offhook.event set received_at = '1999-01-01'
    where sid = pg_temp.sid(4);
update offhook.event set received_at = now() + interval '20 years'
    where sid = pg_temp.sid(5);
select is((select default_since from offhook.house_status()),
    '1999-01-01'::timestamptz, 'status: the oldest row of event_default');
select ok((select accident from offhook.house_status()),
    'status: an accident');
select is(pg_temp.rows_of('select action, object from '
    'offhook.house_plan(2) where action <> ''purge'''),
    '("set aside",event_default)' || e'\n(make,' || pg_temp.part(30)
    || e')\n(make,' || pg_temp.part(6) || e')\n(make,' || pg_temp.part(-5)
    || e')\n(move,event_default)\n(drop,' || pg_temp.part(30) || ')',
    'the plan');
create temporary table planned as select action, object
    from offhook.house_plan(2);
select is(pg_temp.step('house_make(2)'), 4::bigint, 'make: a row each');
select alike((select detail from did where action = 'set aside'),
    'accident: rows since ' || to_char(pg_temp.at(30), 'YYYY-MM-DD') || '%',
    'an accident is told');
select is((select count(*) from offhook.event where sid = pg_temp.sid(2)),
    0::bigint, 'its rows are aside');
select is((select aside from offhook.house_status()), 1::bigint,
    'status: a table is set aside');
-- a second accident while the first is still aside
select pg_temp.ing(pg_temp.sid(8), 'sent', at => pg_temp.at(9)) \g /dev/null
select is(pg_temp.step('house_make(2)'), 2::bigint, 'make: once more');
select is((select aside from offhook.house_status()), 2::bigint,
    'two tables are aside');
insert into planned values ('make', pg_temp.part(9));
create temporary table made as select * from did;
select pg_temp.keep(1) \g /dev/null
select is(pg_temp.rows_of('select distinct action, object from (table did '
    'union all table made) d order by 1, 2'), pg_temp.rows_of(
    'select distinct action, object from planned order by 1, 2'),
    'what was planned was done');
select is((select aside from offhook.house_status()), 0::bigint,
    'no table is aside');
select is((select string_agg(right(sid, 1) || ' ' || tableoid::regclass, ', '
    order by sid) from offhook.event
    where sid between pg_temp.sid(1) and pg_temp.sid(8)),
    format('2 offhook.%1$s, 3 offhook.%2$s, 4 offhook.event_default, '
    '5 offhook.event_default, 6 offhook.%1$s, 7 offhook.%1$s, 8 offhook.%3$s',
    pg_temp.part(6), pg_temp.part(-5), pg_temp.part(9)),
    'each row is in its month, once; clocks far off stay');
select ok(not (select accident from offhook.house_status()),
    'those are no accident');
select is(to_regclass('offhook.' || pg_temp.part(30)), null,
    'a month past the history''s period is dropped');
select is(pg_temp.rows_of(format('select raw is null, url, params from '
    'offhook.events where sid = %L', pg_temp.sid(2))),
    '(t,https://example.com/t,)', 'bodies past theirs are taken out');
select is((select raw from offhook.events where sid = pg_temp.sid(3)),
    'Body=secret'::bytea, 'younger ones stay');
select is((select status from offhook.messages where sid = pg_temp.sid(1)),
    'sent', 'the current state stays');
select is((select count(*) from offhook.house_plan(2)
    where action <> 'purge'), 0::bigint, 'again: nothing planned');
select is((select count(*) from did where action <> 'purge'
    and action <> 'move' and action <> 'drop'), 0::bigint,
    'again: nothing made');
select ok(not late, 'status: kept') from offhook.house_status();
update offhook.house_state set at = now() - interval '49 hours'
    where name = 'keep';
select ok(late, 'status: not for two days') from offhook.house_status();

-- bodies of a month that grows old
select offhook.house_set('history', '10 years') \g /dev/null
select offhook.house_set('bodies', '9 years') \g /dev/null
select pg_temp.ing(pg_temp.sid(10 + n), 'sent', at => pg_temp.at(17),
    raw => 'Body=' || repeat('x', 500)::bytea,
    url => 'https://example.com/t?a=b', method => case n when 1 then 'GET'
    else 'POST' end, format => case n when 2 then 'json' else 'form' end)
    from generate_series(1, 60) as n \g /dev/null
select pg_temp.keep(1000) \g /dev/null
select isnt((select raw from offhook.event where sid = pg_temp.sid(11)), null,
    'moved with its body');
select offhook.house_set('bodies', '45 days') \g /dev/null
select ok(exists (select from offhook.house_plan(2) where action = 'strip'
    and object = pg_temp.part(17)), 'strip: planned');
truncate did;
select pg_temp.step('house_strip(1)') from generate_series(1, 3) \g /dev/null
select is((select string_agg(detail, ' ') from did),
    'begun copied copied', 'strip: begun');
select is((select count(*) from offhook.events where raw is not null
    and sid between pg_temp.sid(11) and pg_temp.sid(70)), 60::bigint,
    'strip: meanwhile everything is seen');
select pg_temp.ing(pg_temp.sid(71), 'sent', at => pg_temp.at(17)) \g /dev/null
select pg_temp.step('house_strip(1)') \g /dev/null
select is((select string_agg(detail, ' ') from did),
    'begun copied copied begun again', 'strip: a late row is noticed');
select pg_temp.keep(2) \g /dev/null
select is((select count(*) || ' ' || count(raw) || ' ' || max(url)
    from offhook.event where tableoid
    = ('offhook.' || pg_temp.part(17))::regclass),
    '61 0 https://example.com/t', 'strip: every row, without its body');
select is((select count(*) || ' ' || count(params) from offhook.events
    where sid between pg_temp.sid(11) and pg_temp.sid(13)), '3 1',
    'strip: the view can still be read');
select is((select count(*) from pg_index
    where indrelid = ('offhook.' || pg_temp.part(17))::regclass),
    (select count(*) from pg_index
    where indrelid = 'offhook.event'::regclass), 'strip: with its indexes');
select is((select count(*) from pg_class where relname ~ '_bare$'),
    0::bigint, 'strip: no copy is left');
select ok(not exists (select from offhook.house_plan(2)
    where action = 'strip'), 'strip: done once');
select offhook.house_set('bodies', '9 years') \g /dev/null
select pg_temp.ing(pg_temp.sid(72), 'sent', at => pg_temp.at(19)) \g /dev/null
select pg_temp.keep(1000) \g /dev/null
select offhook.house_set('bodies', '45 days') \g /dev/null
select pg_temp.step('house_strip(1)') \g /dev/null
select offhook.house_set('bodies', '9 years') \g /dev/null
select is(pg_temp.step('house_strip(1)'), 0::bigint,
    'strip: not due any more');
select is((select count(*) from pg_class where relname ~ '_bare$')
    + (select count(*) from pg_trigger where tgname = 'house_watch')
    + (select count(*) from offhook.house_state where name ~ '^event'),
    0::bigint, 'strip: taken back');

-- the idempotency rows
select pg_temp.ing(pg_temp.sid(80 + n), 'sent', at => now()
    - n * interval '1 day') from generate_series(28, 32) as n \g /dev/null
select pg_temp.keep(1) \g /dev/null
select is((select string_agg(right(sid, 2), ' ' order by sid)
    from offhook.events where sid between pg_temp.sid(80)
    and pg_temp.sid(120) and http is not null), '6c 6d',
    'purge: 30 days and more');
select is((select page from offhook.house_state where name = 'once'),
    0::bigint, 'purge: to the end');

-- a table that somebody detached is left alone
select pg_temp.ing(pg_temp.sid(73), 'sent', at => pg_temp.at(19)) \g /dev/null
do $$ begin
	execute format('alter table offhook.event detach partition '
	    'offhook.%I', pg_temp.part(19));
end $$;
select pg_temp.ing(pg_temp.sid(74), 'sent', at => pg_temp.at(19)) \g /dev/null
select pg_temp.keep(1000) \g /dev/null
select is((select tableoid::regclass::text from offhook.event
    where sid = pg_temp.sid(74)), 'offhook.event_default',
    'rows of a month detached by hand stay in event_default');
select is((select count(*) from did where action <> 'purge'), 0::bigint,
    'and are no accident');
select throws_ok('select offhook.' || f, '22023', null, f || ' is refused')
    from unnest(array['house_move(0)', 'house_strip(null)',
    'house_purge(''event'', 1)']) as f;
select * from finish();
rollback;
