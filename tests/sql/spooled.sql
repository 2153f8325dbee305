-- What was spooled comes long after it arrived, and again after a crash: it is
-- stored once, with its own time, whatever came meanwhile.
begin;
\ir lib/setup.sql
select plan(17);

create function pg_temp.gather(p_at text, p_id text, p_reply text)
returns text language sql as $$
    select pg_temp.ing('CA-g', null, key => 'gather', rkind => 'call',
	kind => 'call.gather', win => 60, at => p_at::timestamptz,
	id => p_id::uuid, reply => p_reply) $$;
create function pg_temp.stored(p_id text) returns bigint language sql as $$
    select count(*) from offhook.event where id = p_id::uuid $$;

-- a live one is stored while an older one of its key waits in the spool
select is(pg_temp.gather('2026-03-04 05:10:00Z',
    '00000000-0000-7000-8000-00000000000a', 'later'), 'recorded|204|later',
    'a live one');
select is(pg_temp.gather('2026-03-04 05:06:07Z',
    '00000000-0000-7000-8000-00000000000b', 'spooled'),
    'recorded|204|spooled', 'one that was spooled minutes before is stored');
select is(pg_temp.stored('00000000-0000-7000-8000-00000000000b'), 1::bigint,
    'as an event of its own');
select is((select received_at from offhook.event
    where id = '00000000-0000-7000-8000-00000000000b'),
    '2026-03-04 05:06:07Z'::timestamptz, 'with its time');
select is(pg_temp.gather('2026-03-04 05:06:07Z',
    '00000000-0000-7000-8000-00000000000b', 'spooled'),
    'duplicate|204|spooled', 'drained again: a duplicate');
select is(pg_temp.stored('00000000-0000-7000-8000-00000000000b'), 1::bigint,
    'and no second event');
select is(pg_temp.gather('2026-03-04 05:10:30Z',
    '00000000-0000-7000-8000-00000000000c', 'x'), 'duplicate|204|later',
    'the live one is still known by its key');
select is(pg_temp.gather('2026-03-04 05:09:30Z',
    '00000000-0000-7000-8000-00000000000d', 'x'), 'duplicate|204|later',
    'one that was spooled within its window is a duplicate');

-- stored, then taken over, then drained because its answer was never heard
select is(pg_temp.gather('2026-03-04 05:12:00Z',
    '00000000-0000-7000-8000-00000000000e', 'new'), 'recorded|204|new',
    'its row is taken over by a later one');
select is(pg_temp.gather('2026-03-04 05:10:00Z',
    '00000000-0000-7000-8000-00000000000a', 'later'), 'duplicate|204|new',
    'the first is drained after all: a duplicate');
select is(pg_temp.stored('00000000-0000-7000-8000-00000000000a'), 1::bigint,
    'and no second event');

-- claimed there, decided by the spool
select is(pg_temp.ing('CA-a', null, key => 'asked', rkind => 'call',
    ask => 5000, id => '00000000-0000-7000-8000-00000000000f'), 'ask',
    'an answer is claimed');
select is(pg_temp.ing('CA-a', null, key => 'asked', rkind => 'call',
    reply => 'sent', id => '00000000-0000-7000-8000-00000000000f'), 'ask',
    'it is drained: it is still to be decided');
select is((select d.verdict || '|' || convert_from(d.reply, 'UTF8')
    from offhook.decide(7::smallint, md5('asked')::uuid, 200::smallint,
    'text/xml', 'sent', null, null, null, null, 0, null) as d),
    'decided|sent', 'with what was sent');
select is(pg_temp.ing('CA-a', null, key => 'asked', rkind => 'call',
    reply => 'sent', id => '00000000-0000-7000-8000-00000000000f'),
    'duplicate|200|sent', 'and again');

-- the issues
select lives_ok($$select offhook.spool_issue('spool.bad', 'host',
    '{"file": "f"}')$$, 'an issue is counted');
select is((select count from offhook.issue where type = 'spool.bad'
    and subject = 'host'), 1::bigint, 'once');

select finish();
rollback;
