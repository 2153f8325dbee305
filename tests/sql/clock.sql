-- clocks: kinds that cycle go by Twilio's, times of arrival are bounded by
-- the database's, and statuses that are listed later are put in their place.
begin;
\ir lib/setup.sql
select plan(47);

-- order_key of kinds that cycle: clock, then sequence number, then code
create function pg_temp.key(p_clock bigint, p_seq integer, p_code integer)
returns bigint language sql as $$
    select offhook.order_key(null, p_code::smallint, 0, p_seq, p_clock) $$;
select ok(pg_temp.key(a, b, c) < pg_temp.key(d, e, f), say) from (values
    (1760000000000, 9, 9, 1760000000001, 0, 1, 'the clock first'),
    (1760000000000, 0, 9, 1760000000000, 1, 1, 'then the sequence number'),
    (1760000000000, null, 9, 1760000000000, 0, 1, 'none is before number 0'),
    (1760000000000, 1, 1, 1760000000000, 1, 2, 'then the code'),
    (null, 8190, 255, 1, null, 1, 'no clock is before every clock'),
    (1760000000000, 2147483647, 255, 1760000000001, null, 1,
    'a number never reaches the clock'),
    (1760000000000, 8188, 255, 1760000000000, 8189, 1,
    'numbers up to 8189 count'),
    (-5, null, 1, 1, null, 1, 'a clock before 1970 is none'))
    as t (a, b, c, d, e, f, say);
select is(pg_temp.key(4398046511103, 8190, 255), 9223372036854775807,
    'the greatest key');
select is(pg_temp.key(9223372036854775807, 2147483647, 255),
    9223372036854775807, 'is never overflown');
select is(pg_temp.key(1760000000000, 3, 7) & 255, 7::bigint,
    'the low byte is the code');

-- a participant: seconds, and numbers within one second
create function pg_temp.state(p_sid text) returns text language sql as $$
    select concat_ws(' ', coalesce(s.name, r.unknown_status),
    r.facts #>> '{muted,1}', r.facts #>> '{hold,1}') from offhook.resource r
    left join offhook.status s on s.kind = r.kind and s.code = r.ord & 255
    where r.sid = p_sid $$;
create function pg_temp.part(p_n integer, p_status text, p_seq integer,
    p_ms bigint, p_facts text default null) returns text language sql as $$
    select split_part(pg_temp.ing(pg_temp.sid(p_n, 'CF'), p_status,
    rkind => 'participant', seq => p_seq, clock => 1760000000000 + p_ms,
    facts => ('{"l": {' || p_facts || '}}')::jsonb), '|', 1) $$;
select is(pg_temp.part(1, 'participant-mute', 3, 1000, '"muted": "true"'),
    'applied', 'mute');
select is(pg_temp.part(1, 'participant-join', 2, 1000, '"muted": "false",
    "hold": "false"'), 'stale', 'join, before it in the same second');
select is(pg_temp.state(pg_temp.sid(1, 'CF')),
    'participant-mute true false', 'muted; what only the older one knows');
select is(pg_temp.part(1, 'participant-unmute', 5, 1000,
    '"muted": "false"'), 'applied', 'unmute, after it in that second');
select is(pg_temp.part(1, 'participant-mute', 4, 1000, '"muted": "true"'),
    'stale', 'another mute between them, late');
select is(pg_temp.part(1, 'participant-hold', 9, 0, '"hold": "true"'),
    'stale', 'a second earlier, whatever its number');
select is(pg_temp.state(pg_temp.sid(1, 'CF')),
    'participant-unmute false false', 'the last of all');
-- a status that nobody knows orders what it says by the clock all the same
select is(pg_temp.part(1, 'participant-wave', 7, 5000, '"hold": "true"'),
    'unknown', 'an unknown status, later');
select is(pg_temp.state(pg_temp.sid(1, 'CF')),
    'participant-unmute false true', 'its facts count');
select is(pg_temp.part(1, 'participant-wave', 6, 4000, '"hold": "false"'),
    'unknown', 'another one, earlier');
select is(pg_temp.state(pg_temp.sid(1, 'CF')),
    'participant-unmute false true', 'its facts do not');
select is(pg_temp.part(2, 'participant-wave', 7, 5000), 'unknown',
    'nothing but what nobody knows');
select is(pg_temp.state(pg_temp.sid(2, 'CF')), 'participant-wave', 'shows');
select is(pg_temp.part(2, 'participant-join', 1, 1000), 'applied',
    'anything that is known, however old');
select is(pg_temp.state(pg_temp.sid(2, 'CF')), 'participant-join', 'wins');

-- a later migration lists it: its clock puts it in its place
select is(pg_temp.ing(pg_temp.sid(3), 'beamed', error => 30001,
    raw => 'Price=9', facts => '{"l": {"price": "9"}}'), 'unknown|204|',
    'a message');
select is(pg_temp.ing(pg_temp.sid(3), 'queued', error => 30009,
    raw => 'Price=99', facts => '{"l": {"price": "99"}}'), 'applied|204|',
    'what is known');
create function pg_temp.message() returns text language sql as $$
    select concat_ws(' ', m.status, m.error_code, r.facts #>> '{price,1}')
    from offhook.messages m join offhook.resource r using (sid)
    where r.sid = pg_temp.sid(3) $$;
select is(pg_temp.message(), 'queued 30009 99', 'is better');
select is(offhook.refold('participant'), 0::bigint, 'nothing new yet');
insert into offhook.status (kind, code, rank, name, terminal, source, label)
    values ('participant', 100, null, 'participant-wave', false, 'test',
    'joined'),
    ('message', 100, 4, 'beamed', false, 'test', 'beamed');
select is(offhook.refold('participant'), 2::bigint, 'refold');
select is(pg_temp.state(pg_temp.sid(1, 'CF')),
    'participant-wave false true', 'the latest of all');
select is(pg_temp.state(pg_temp.sid(2, 'CF')), 'participant-wave',
    'here as well');
select is(pg_temp.part(1, 'participant-unmute', 8, 5000,
    '"hold": "false"'), 'applied', 'and something newer is newer');
select is(pg_temp.state(pg_temp.sid(1, 'CF')),
    'participant-unmute false false', 'as if it had always been known');
select is(offhook.refold('participant'), 0::bigint, 'again: nothing to do');
select cmp_ok(offhook.refold('message'), '>', 0::bigint, 'messages');
select is(pg_temp.message(), 'beamed 30001 9',
    'its status, error and facts are as good as its rank now');

-- times of arrival
create function pg_temp.at(p_n integer, p_at timestamptz) returns text
language sql as $$ select pg_temp.ing(pg_temp.sid(p_n), 'sent', at => p_at,
    id => ('0190' || lpad(p_n::text, 4, '0')
    || '-1234-7abc-8def-0123456789ab')::uuid) $$;
create function pg_temp.seen(p_n integer) returns text language sql as $$
    select concat_ws(' ', case when e.received_at = r.first_seen
	and r.updated_at = r.first_seen and o.event_at = e.received_at
	and t.event_at = e.received_at then 'one time' end,
    case when e.received_at between clock_timestamp() - interval '1 minute'
	and clock_timestamp() then 'now' else e.received_at::text end,
    case when ('x' || left(replace(e.id::text, '-', ''), 12))::bit(48)::bigint
	= floor(extract(epoch from e.received_at) * 1000)
	then 'id agrees' end,
    right(e.id::text, 22))
    from offhook.event e join offhook.resource r using (sid)
    join offhook.once o on o.event_id = e.id
    join offhook.todo t on t.event_id = e.id
    where e.sid = pg_temp.sid(p_n) $$;
set local timezone = 'UTC';
select is(pg_temp.at(11, 'infinity'), 'applied|204|', 'at infinity');
select is(pg_temp.seen(11), 'one time now id agrees 7abc-8def-0123456789ab',
    'is now');
select is(pg_temp.at(12, clock_timestamp() + interval '2 minutes'),
    'applied|204|', 'two minutes ahead');
select is(pg_temp.seen(12), 'one time now id agrees 7abc-8def-0123456789ab',
    'is now');
select is(pg_temp.at(13, '1970-01-01 00:00Z'), 'applied|204|',
    'a clock that was never set');
select is(pg_temp.seen(13), 'one time now id agrees 7abc-8def-0123456789ab',
    'is now');
select is(pg_temp.at(14, '2020-01-01 00:00Z'), 'applied|204|', 'in 2020');
select is(pg_temp.seen(14),
    'one time 2020-01-01 00:00:00+00 7abc-8def-0123456789ab',
    'is believed, and so is the id');
select is(offhook.uuid_at('ffffffff-ffff-7abc-8def-0123456789ab',
    '2026-03-04 05:06:07.891999Z')::text,
    lpad(to_hex(1772600767891), 12, '0')::char(8) || '-'
    || right(to_hex(1772600767891), 4) || '-7abc-8def-0123456789ab',
    'uuid_at: milliseconds, cut off');
select * from finish();
rollback;
