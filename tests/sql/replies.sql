-- Replies that are decided after the request was stored, session variables,
-- and what a route may ask beforehand.
begin;
\ir lib/setup.sql
select plan(80);

create function pg_temp.k(p text) returns uuid language sql
    as $$ select md5(p)::uuid $$;
create function pg_temp.dec(p_key text, p_reply text, p_reason text
    default null, p_issue text default null, p_route text default null,
    p_ms integer default null, p_budget integer default null,
    p_session jsonb default null, p_http integer default 200) returns text
language sql as $$
    select concat_ws('|', a.verdict, a.http, a.ctype,
	convert_from(a.reply, 'UTF8'))
    from offhook.decide(7::smallint, md5(p_key)::uuid, p_http::smallint,
	'text/xml', convert_to(p_reply, 'UTF8'), p_reason, p_issue, p_route,
	p_ms, p_budget, p_session) as a $$;
create function pg_temp.wait(p_key text, p_lease integer default null)
    returns text language sql as $$
    select concat_ws('|', a.verdict, a.http, convert_from(a.reply, 'UTF8'))
    from offhook.await(7::smallint, md5(p_key)::uuid, p_lease) as a $$;
create function pg_temp.call(p_key text, n integer default 1,
    p_ask integer default 60000, p_session jsonb default null,
    p_route text default 'r', p_window integer default null,
    p_at timestamptz default '2026-03-04 05:06:07Z') returns text
language sql as $$
    select pg_temp.ing(pg_temp.sid(n, 'CA'), 'ringing', p_key,
	rkind => 'call', kind => 'call.inbound', reply => 'not this one',
	ask => p_ask, route => p_route, session => p_session,
	win => p_window, at => p_at) $$;

-- asked, waited for, decided
select is(pg_temp.call('a'), 'ask', 'the first delivery makes the answer');
select is(pg_temp.rows_of($$select http, reply, ctype, reason, route, verdict
    from offhook.events where key = pg_temp.k('a')$$), '(,,,,r,applied)',
    'the event is there, with its route and no answer');
select is(pg_temp.call('a'), 'pending', 'a duplicate is told to wait');
select is((select duplicates from offhook.events where key = pg_temp.k('a')),
    1, 'and counted');
select is(pg_temp.ing(pg_temp.sid(1, 'CA'), 'ringing', 'a', rkind => 'call',
    reply => 'mine'), 'pending', 'also one that has an answer of its own');
select is(pg_temp.ing(pg_temp.sid(98, 'CA'), 'ringing', 'own', id =>
    md5('own')::uuid, ask => 1000), 'ask', 'one more is claimed');
select is(pg_temp.ing(pg_temp.sid(98, 'CA'), 'ringing', 'own', id =>
    md5('own')::uuid, ask => 1000), 'ask',
    'the same call again, after a broken connection, is no duplicate');
select is(pg_temp.wait('a'), 'pending', 'await');
select is(pg_temp.wait('a', 1000), 'pending', 'while the lease lasts');
select is(pg_temp.dec('a', 'one', 'it was late', 'reply.late', 'r'),
    'decided|200|text/xml|one', 'decide');
select is(pg_temp.dec('a', 'two', 'later', 'reply.busy', 'r', 1, 1,
    '{"thread": "late"}'), 'duplicate|200|text/xml|one',
    'only the first decides');
select is(pg_temp.wait('a', 1000), 'duplicate|200|one', 'await');
select is(pg_temp.call('a'), 'duplicate|200|one', 'a retry');
select is(pg_temp.rows_of($$select http, reply, ctype, reason, route,
    duplicates from offhook.events where key = pg_temp.k('a')$$),
    '(200,one,text/xml,"it was late",r,3)', 'the event has it, and why');
select is(pg_temp.rows_of($$select type, subject, state, count,
    detail ->> 'kind', detail ->> 'from', detail ->> 'reason'
    from offhook.issues where type like 'reply.%'$$),
    '(reply.late,r,open,1,call.inbound,+15550100001,"it was late")',
    'one issue, about the route');
select is((select count(*) from offhook.sessions), 0::bigint,
    'what was not decided changes no session');
select is((select lease from offhook.once where key = pg_temp.k('a')), null,
    'no lease is left');

-- a lease that has run out
select is(pg_temp.call('b', 2, 0), 'ask', 'a lease of no time');
select is(pg_temp.wait('b'), 'pending', 'nobody has to take it over');
select is(pg_temp.wait('b', 60000), 'ask', 'who can does');
select is(pg_temp.wait('b', 60000), 'pending', 'and has the lease');
select is(pg_temp.call('b', 2), 'pending', 'a duplicate waits still');
select is(pg_temp.dec('b', 'asker'), 'decided|200|text/xml|asker',
    'the late asker may be the first all the same');

-- errors
select throws_ok($$select pg_temp.wait('none')$$, 'P0002', null,
    'await: no such request');
select throws_ok($$select pg_temp.dec('none', '')$$, 'P0002', null,
    'decide: no such request');
select pg_temp.call('c', 3) \g /dev/null
select throws_ok($$select pg_temp.dec('c', '', p_http => null)$$, '22004',
    null, 'decide: no status');
select throws_ok($$select offhook.decide(1024::smallint, pg_temp.k('c'),
    200::smallint, null, null, null, null, null, null, null, null)$$,
    '22003', null, 'decide: no such bucket');
set local synchronous_commit = off;
select pg_temp.dec('c', 'kept') \g /dev/null
select is(current_setting('synchronous_commit'), 'on',
    'decide: it is on the disk, whatever the session says');
select throws_ok(format('select pg_temp.ing(%L, ''ringing'', ''cf'', '
    'acc => ''AC2'', rkind => ''call'', ask => 1)', pg_temp.sid(1, 'CA')),
    'OF002', null, 'a claim for another account''s call');
select is((select count(*) from offhook.once where key = pg_temp.k('cf')),
    0::bigint, 'leaves nothing');

-- a window: the answer that nobody made
select is(pg_temp.call('w', 4, 60000, null, 'r', 60), 'ask', 'with a window');
select is(pg_temp.call('w', 4, 60000, null, 'r2', 60,
    '2026-03-04 05:08:07Z'), 'ask', 'a later one asks anew');
select is(pg_temp.dec('w', 'second', 'why'), 'decided|200|text/xml|second',
    'and is decided');
select is(pg_temp.rows_of($$select http, route, reason from offhook.events
    where key = pg_temp.k('w') order by received_at$$),
    e'(,r,)\n(200,r2,why)', 'the first one stays without');

-- ingest with a reason of its own
select is(pg_temp.ing(pg_temp.sid(5, 'CA'), 'ringing', 'd', rkind => 'call',
    reply => 'fallback', route => 'busy', reason => 'all are busy',
    issue => 'reply.busy'), 'applied|204|fallback', 'a fallback at once');
select is(pg_temp.rows_of($$select e.reason, e.route, i.type
    from offhook.events e join offhook.issues i on i.subject = e.route
    where e.key = pg_temp.k('d')$$), '("all are busy",busy,reply.busy)',
    'with its reason and an issue about the route');
select is(pg_temp.ing(pg_temp.sid(6, 'CA'), 'ringing', rkind => 'call',
    route => 'x', issue => 'call.no_route', to_ => '+15550100055'),
    'applied|204|', 'another type of issue');
select is((select count(*) from offhook.issues
    where subject = '+15550100055'), 1::bigint, 'is about the number');
select is(pg_temp.ing(pg_temp.sid(1), 'sent', rkind => 'message'),
    'applied|204|', 'a notice as ever');
select is((select concat(route, reason) from offhook.events
    where sid = pg_temp.sid(1)), '', 'has neither');

-- sessions
create function pg_temp.patch(p jsonb) returns void language sql as $$
    select offhook.session_patch('{"thread": "t"}'::jsonb || p, 'AC1') $$;
create function pg_temp.vars(p_thread text default 't') returns text
language sql as $$ select vars::text from offhook.sessions
    where thread = p_thread $$;
select pg_temp.patch('{"revision": 0, "set": {"a": "1", "b": "x"},
    "count": ["n"], "expires": 3600}') \g /dev/null
select is(pg_temp.vars(), '{"a": "1", "b": "x", "n": "1"}', 'a new session');
select is((select round(extract(epoch from expires_at - updated_at))::integer
    from offhook.sessions where thread = 't'), 3600, 'for an hour');
create temporary table rev as select revision as n from offhook.sessions;
select pg_temp.patch('{"count": ["n", "b", "n"], "clear": ["a"]}')
    \g /dev/null
select is(pg_temp.vars(), '{"b": "1", "n": "3"}', 'count and clear');
select cmp_ok((select revision from offhook.sessions), '>',
    (select n from rev), 'the revision grows');
select throws_ok(format('select pg_temp.patch(''{"revision": %s}'')', n),
    'OF004', null, 'an old revision') from rev;
select throws_ok($$select pg_temp.patch('{"revision": 0}')$$, 'OF004', null,
    'there is one already');
select is(pg_temp.vars(), '{"b": "1", "n": "3"}', 'nothing was changed');
select pg_temp.patch('{"clear": ["n"], "set": {"n": "7"}, "count": ["n"]}')
    \g /dev/null
select is(pg_temp.vars(), '{"b": "1", "n": "8"}', 'clear, set, count');
update rev set n = (select revision from offhook.sessions);
select pg_temp.patch('{"end": true}') \g /dev/null
select is(pg_temp.vars(), null, 'the end');
select lives_ok($$select pg_temp.patch('{"end": true}')$$, 'twice');
select throws_ok(format('select pg_temp.patch(''{"revision": %s}'')', n),
    'OF004', null, 'the one that was seen is over') from rev;
select pg_temp.patch('{"revision": 0, "set": {"c": "1"}, "expires": -1}')
    \g /dev/null
select is((select count(*) from offhook.session where thread = 't'), 1::bigint,
    'one that is expired');
select is(pg_temp.vars(), null, 'is as good as absent');
select pg_temp.patch('{"revision": 0, "set": {"d": "1"}}') \g /dev/null
select is(pg_temp.vars(), '{"d": "1"}', 'and begins anew');
select throws_ok($$select offhook.session_patch('{}', 'AC1')$$, '22004', null,
    'no thread');
select throws_ok($$select offhook.session_patch('{"thread": "t"}', 'AC2')$$,
    'OF002', null, 'another account''s');

-- by ingest and decide: only by the first
select is(pg_temp.ing(pg_temp.sid(7, 'CA'), 'ringing', 's', rkind => 'call',
    session => '{"thread": "i", "count": ["n"]}'), 'applied|204|',
    'a fixed reply with a session');
select is(pg_temp.ing(pg_temp.sid(7, 'CA'), 'ringing', 's', rkind => 'call',
    session => '{"thread": "i", "count": ["n"]}'), 'duplicate|204|',
    'and its retry');
select is(pg_temp.vars('i'), '{"n": "1"}', 'count once');
select throws_ok(format('select pg_temp.ing(%L, ''ringing'', ''s2'', '
    'rkind => ''call'', session => ''{"thread": "i", "revision": 5}'')',
    pg_temp.sid(99, 'CA')), 'OF004', null, 'a session that has changed');
select is((select count(*) from offhook.once where key = pg_temp.k('s2')),
    0::bigint, 'nothing was written');
select pg_temp.call('e', 9) \g /dev/null
select throws_ok($$select pg_temp.dec('e', 'x',
    p_session => '{"thread": "i", "revision": 5}')$$, 'OF004', null,
    'decide: a session that has changed');
select is(pg_temp.wait('e'), 'pending', 'nothing was decided');
select is(pg_temp.dec('e', 'x', p_session =>
    '{"thread": "j", "set": {"step": "q1"}}'), 'decided|200|text/xml|x',
    'decide with a session');
select is((select account || vars from offhook.sessions where thread = 'j'),
    'AC00000000000000000000000000000001{"step": "q1"}',
    'of the event''s account');

-- a route that grows slow
select pg_temp.call('p' || n, 100 + n) from generate_series(1, 12) as n
    \g /dev/null
select pg_temp.dec('p' || n, '', null, null, 'slow', case when n % 2 = 0
    then 300 else 600 end, 1000) from generate_series(1, 4) as n \g /dev/null
select is((select count(*) from offhook.issues where type = 'reply.slow'),
    0::bigint, 'four asks say little');
select pg_temp.dec('p5', '', null, null, 'slow', 501, 1000) \g /dev/null
select is(pg_temp.rows_of($$select subject, count, detail ->> 'asks',
    detail ->> 'slow' from offhook.issues where type = 'reply.slow'$$),
    '(slow,1,5,3)', 'half of five took more than half of the time');
update offhook.route_pace set began = began - interval '11 minutes';
select pg_temp.dec('p6', '', null, null, 'slow', 10, 1000) \g /dev/null
select is(pg_temp.rows_of('select n, slow from offhook.route_pace'), '(3,1)',
    'after ten minutes it counts half');
update offhook.route_pace set began = began - interval '21 minutes';
select pg_temp.dec('p7', '', null, null, 'slow', 600, 1000) \g /dev/null
select is(pg_temp.rows_of('select n, slow from offhook.route_pace'), '(1,1)',
    'later not at all');

-- what may be asked beforehand
create function pg_temp.state(p_kind text, p_from text, p_to text,
    p_sid text default null, p_thread text default null) returns jsonb
language sql as $$ select offhook.state('AC00000000000000000000000000000001',
    p_kind, p_from, p_to, case when p_sid like 'CA%' then 'call'
    else 'message' end, p_sid, p_thread)::jsonb $$;
select is(pg_temp.state('message.inbound', '+15550107001', '+15550107002'),
    '{"known": false, "opted_out": false, "revision": 0, "session": {},
    "resource": {}}', 'a number that nobody knows');
select pg_temp.ing(pg_temp.sid(20), 'received', kind => 'message.inbound',
    from_ => '+15550107001', to_ => '+15550107002', facts =>
    '{"consent": "opted_out", "c": {"messaging_service_sid": [0, "MG1"]}}')
    \g /dev/null
select is(pg_temp.state('message.inbound', '+15550107001', '+15550107002')
    - 'resource', '{"known": true, "opted_out": true, "revision": 0,
    "session": {}}', 'it has written, and opted out');
select is(pg_temp.state('message.inbound', '+15550107001', '+15550107002',
    pg_temp.sid(20)) ->> 'known', 'false', 'before this message it had not');
select is(pg_temp.state('message.inbound', '+15550107001', '+15550107002',
    pg_temp.sid(20)) -> 'resource', '{"status": "received",
    "messaging_service_sid": "MG1",
    "first_seen": "2026-03-04T05:06:07.000Z"}', 'what is known of it');
select is(pg_temp.state('message.inbound', '+15550107001', '+15550107009')
    ->> 'opted_out', 'false', 'of another sender it knows nothing');
select pg_temp.ing(pg_temp.sid(21), 'received', kind => 'message.inbound',
    from_ => '+15550107001', to_ => '+15550107002', facts =>
    '{"consent": "opted_in", "c": {"messaging_service_sid": [0, "MG1"]}}',
    at => '2026-03-04 06:00Z') \g /dev/null
select is(pg_temp.state('call.inbound', '+15550107001', '+15550107002')
    ->> 'opted_out', 'false', 'opted in again');
select pg_temp.ing(pg_temp.sid(22), 'failed', error => 21610,
    from_ => '+15550107003', to_ => '+15550107001', facts =>
    '{"c": {"messaging_service_sid": [0, "MG1"]}}', at => '2026-03-04 07:00Z')
    \g /dev/null
select is(pg_temp.state('call.outbound', '+15550107002', '+15550107001')
    - 'resource', '{"known": true, "opted_out": true, "revision": 0,
    "session": {}}', 'of a call from here it is whom it goes to; a message '
    'of the same service was refused since');
select is(pg_temp.state('message.inbound', '+1555010xxxx', '+15550107002')
    ->> 'known', 'false', 'a number that is masked is not known');
select is(pg_temp.state('call.gather', '+15550100001', '+15550100002',
    pg_temp.sid(9, 'CA'), 'j') -> 'session', '{"step": "q1"}',
    'the session''s variables');
select is((pg_temp.state('call.gather', null, null, null, 'j')
    ->> 'revision')::bigint, (select revision from offhook.sessions
    where thread = 'j'), 'and its revision');
select is(offhook.state('AC2', 'call.gather', '+15550107001', null, 'call',
    pg_temp.sid(9, 'CA'), 'j')::jsonb, '{"known": false,
    "opted_out": false, "revision": 0, "session": {}, "resource": {}}',
    'another account is told nothing');

select * from finish();
rollback;
