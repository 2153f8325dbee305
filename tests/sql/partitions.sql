-- Partitions of the history, and the default one that takes what has none.
begin;
\ir lib/setup.sql
-- event_default is swapped below: nobody else's locks in between
lock table offhook.event in access exclusive mode;
select plan(19);
create function pg_temp.parts() returns setof name language sql as $$
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'offhook.event'::regclass
    and c.relname <> 'event_default' order by 1 $$;
select has_table('offhook', 'event_default', 'there is a default partition');

-- the past and a far future are in no month that is made
select is(pg_temp.ing(pg_temp.sid(1), 'sent', at => '2021-05-31 23:59:59Z'),
    'applied|204|', 'a month without a partition');
select is(pg_temp.ing(pg_temp.sid(2), 'sent', at => '2021-06-01 00:00:00Z'),
    'applied|204|', 'another one');
select is(pg_temp.ing(pg_temp.sid(3), 'sent', at => '1999-01-01 00:00:00Z'),
    'applied|204|', 'a clock that is far off');
update offhook.event set received_at = '1999-01-01'
    where sid = pg_temp.sid(3);	-- ingest bounds it
select is((select count(*) from offhook.event_default
    where sid in (pg_temp.sid(1), pg_temp.sid(2), pg_temp.sid(3))), 3::bigint,
    'the default partition takes them');

select cmp_ok(offhook.make_partitions(3), '>=', 2, 'partitions are made');
select is((select aside from offhook.house_status()), 1::bigint,
    'the default partition is set aside');
do $$ begin
	while exists (select from offhook.house_move(1000)) loop
		null;
	end loop;
end $$;
select is((select count(*) from offhook.event_default
    where sid in (pg_temp.sid(1), pg_temp.sid(2))), 0::bigint,
    'the rows have moved');
select is((select string_agg(sid || tableoid::regclass, ' ' order by sid)
    from offhook.event where sid in (pg_temp.sid(1), pg_temp.sid(2),
    pg_temp.sid(3))), pg_temp.sid(1) || 'offhook.event_202105 '
    || pg_temp.sid(2) || 'offhook.event_202106 ' || pg_temp.sid(3)
    || 'offhook.event_default', 'to their months; the far one stays');
select is((select count(*) from offhook.events
    where sid = pg_temp.sid(1) and reply is not null), 1::bigint,
    'and have their answers');
select is((select count(*) from pg_temp.parts() as p where p in (
    select 'event_' || to_char(m, 'YYYYMM') from generate_series(
    date_trunc('month', now() at time zone 'UTC'),
    date_trunc('month', now() at time zone 'UTC') + interval '3 months',
    interval '1 month') as m)), 4::bigint, 'this month and three more');
select is(offhook.make_partitions(3), 0, 'again: nothing to do');
select is(offhook.make_partitions(4), 1, 'one month more');
set local timezone = 'Pacific/Auckland';
select is(offhook.make_partitions(4), 0, 'months are in UTC');
select is((select count(*) from pg_index i
    where i.indrelid = 'offhook.event_202105'::regclass),
    (select count(*) from pg_index i
    where i.indrelid = 'offhook.event'::regclass),
    'a partition has its indexes');
select is((select pg_get_userbyid(relowner)::text from pg_class
    where oid = 'offhook.event_202105'::regclass),
    (select pg_get_userbyid(relowner)::text from pg_class
    where oid = 'offhook.event'::regclass), 'and its owner');
select ok(not has_table_privilege('offhook_reader', 'offhook.event_202105',
    'select'), 'and no rights of its own');
select throws_ok('select offhook.make_partitions(-1)', '22023', null,
    'not before this month');
select throws_ok('select offhook.make_partitions(null)', '22023', null,
    'nor never');
select * from finish();
rollback;
