-- Routes of route_set(), their version, and issues.
begin;
\ir lib/setup.sql
select plan(58);
delete from offhook.route;
create temporary table v (n bigint);
insert into v select version from offhook.route_version;

select is(pg_temp.rows_of('select * from offhook.routes()'),
    (select format('(%s,[])', n) from v),
    'no routes: the version and an empty list');
select cmp_ok(offhook.route_set('message.inbound', '*',
    '<Response><Message>a</Message></Response>'), '>',
    (select n from v), 'route_set returns a greater version');
select cmp_ok(offhook.route_set('*', '+15550100009', '<Response/>'), '>',
    (select n + 1 from v), 'and again');
select is((select specs::jsonb from offhook.routes()),
    '[{"name": "message.inbound *", "kind": "message.inbound",
    "twiml": "<Response><Message>a</Message></Response>"},
    {"name": "* +15550100009", "to": "+15550100009",
    "twiml": "<Response/>"}]'::jsonb, 'all of them, with kind before number');
select is((select min(version) from offhook.routes()),
    (select version from offhook.route_version), 'the current one');
select lives_ok($$select offhook.route_set('message.inbound', '*',
    '<Response/>')$$, 'a route is replaced');
select is((select twiml from offhook.routes_list
    where kind = 'message.inbound'), '<Response/>', 'view routes_list');

-- the version that a reply was chosen from
update v set n = (select version from offhook.route_version);
select is(pg_temp.ing(pg_temp.sid(1), 'sent', 'r',
    routes => (select n from v)), 'applied|204|', 'the current version');
select is(pg_temp.ing(pg_temp.sid(1), 'read', 'r2',
    routes => (select n - 1 from v)), 'routes', 'an old version');
select is(pg_temp.ing(pg_temp.sid(1), 'read', 'r2',
    routes => (select n + 1 from v)), 'routes', 'a version never issued');
select is((select count(*) from offhook.event where key = md5('r2')::uuid),
    0::bigint, 'nothing was written: event');
select is((select count(*) from offhook.once where key = md5('r2')::uuid),
    0::bigint, 'nothing was written: once');
select is((select status from offhook.messages where sid = pg_temp.sid(1)),
    'sent', 'nothing was written: resource');
select is(pg_temp.ing(pg_temp.sid(1), 'sent', 'r',
    routes => (select n - 1 from v)), 'routes',
    'it goes before the duplicate');
select is(pg_temp.ing(pg_temp.sid(1), 'sent', 'r',
    routes => (select n from v)), 'duplicate|204|', 'which is found then');
select ok(offhook.route_delete('message.inbound', '*'), 'route_delete');
select cmp_ok((select version from offhook.route_version), '>',
    (select n from v), 'makes a new version');
update v set n = (select version from offhook.route_version);
select ok(not offhook.route_delete('message.inbound', '*'),
    'nothing to delete');
select is((select version from offhook.route_version), (select n from v),
    'makes none');

-- what route_set refuses
select throws_ok($$select offhook.route_set('message.status', '*',
    '<Response/>')$$, '22023', null, 'a notice');
select throws_ok($$select offhook.route_set('call.status', '*',
    '<Response/>')$$, '22023', null, 'the other notice');
select throws_ok($$select offhook.route_set('message.inbund', '*',
    '<Response/>')$$, '22023', null, 'a kind that there is not');
select throws_ok($$select offhook.route_set('other', '', '<Response/>')$$,
    '22023', null, 'no number');
select throws_ok($$select offhook.route_set('other', '*', '<Response>')$$,
    '2200M', null, 'TwiML that is not closed');
select throws_ok($$select offhook.route_set('other', '*',
    '<!DOCTYPE a [<!ENTITY b "c">]><Response>&b;</Response>')$$, '2200M',
    null, 'TwiML with a DOCTYPE');
select throws_ok($$select offhook.route_set('other', '*', '<Response><!--'
    || repeat('x', 65536) || '--></Response>')$$, '22023', null,
    'TwiML too long');

-- Conversations, asked beforehand
select cmp_ok(offhook.route_set('conversation.onMessageAdd', '*', '{}'),
    '>', (select n from v), 'publish');
select lives_ok($$select offhook.route_set('conversation.onMessageAdd',
    'IS7e577e57', '', 403, 'reject')$$, 'reject');
select is((select jsonb_path_query_array(specs::jsonb,
    '$[*] ? (@.kind starts with "conv")') from offhook.routes()),
    '[{"name": "conversation.onMessageAdd IS7e577e57",
    "kind": "conversation.onMessageAdd", "to": "IS7e577e57",
    "reject": "403", "in_trouble": "reject"},
    {"name": "conversation.onMessageAdd *",
    "kind": "conversation.onMessageAdd", "json": "{}"}]'::jsonb,
    'both in routes(), with number first');
select is(pg_temp.rows_of($$select "to", twiml, http, in_trouble
    from offhook.routes_list where kind like 'conv%' order by 1$$),
    e'(*,{},200,)\n(IS7e577e57,"",403,reject)', 'and in view routes_list');
select lives_ok($$select offhook.route_set('conversation.onMessageAdd',
    'IS7e577e57', '{"body": "b", "author": "a", "attributes": "{\"x\": 1}"}',
    200, 'publish')$$, 'change the message');
select is((select http || in_trouble from offhook.routes_list
    where "to" = 'IS7e577e57'), '200publish', 'which replaces all of it');
select lives_ok($$select offhook.route_set('conversation.onConversationAdd',
    '*', '{"friendly_name": "x"}', p_in_trouble => 'reject')$$,
    'change a name');
select throws_ok(format('select offhook.route_set(%L, %L, %L, %s)',
    'conversation.onMessageAdd', '*', t.reply, t.more), t.code, null, t.name)
from (values
    ('<Response/>', '200', '22P02', 'TwiML for it'),
    ('', '200', '22P02', 'nothing at all'),
    ('[]', '200', '22P02', 'no object'),
    ('{"body": "x"', '200', '22P02', 'JSON that is not closed'),
    ('{"Body": "x"}', '200', '22P02', 'an unknown field'),
    ('{"body": 1}', '200', '22P02', 'a number'),
    ('{"body": null}', '200', '22P02', 'null'),
    ('{"attributes": {"a": 1}}', '200', '22P02', 'attributes as an object'),
    ('{"attributes": "a"}', '200', '22P02', 'attributes without JSON'),
    ('{"body": "\u0000"}', '200', '22P02', 'a NUL'),
    ('', '503', '22023', 'a rejection with 503'),
    ('', '401', '22023', 'a rejection with 401'),
    ('', '302', '22023', 'a redirect'),
    ('{}', '403', '22023', 'a rejection with a reply'),
    ('{}', 'null', '22023', 'no status'),
    ('{}', $$200, 'maybe'$$, '22023', 'neither publish nor reject'))
    as t (reply, more, code, name);
select throws_ok($$select offhook.route_set('call.inbound', '*', '{}')$$,
    '2200M', null, 'JSON for TwiML');
select throws_ok($$select offhook.route_set('call.inbound', '*',
    '<Response/>', 403)$$, '22023', null, 'TwiML with another status');
select throws_ok($$select offhook.route_set('*', '*', '<Response/>', 200,
    'reject')$$, '22023', null, 'in trouble, of TwiML');

-- issues
select is(pg_temp.ing(pg_temp.sid(1, 'CA'), 'ringing', rkind => 'call',
    kind => 'call.inbound', issue => 'call.no_route', to_ => '+15550100077',
    at => '2026-03-04 05:00Z'), 'applied|204|', 'a call without a route');
select is(pg_temp.ing(pg_temp.sid(2, 'CA'), 'ringing', rkind => 'call',
    kind => 'call.inbound', issue => 'call.no_route', to_ => '+15550100077',
    at => '2026-03-04 04:00Z'), 'applied|204|', 'another one');
select is(pg_temp.rows_of($$select type, state, count,
    first_seen at time zone 'UTC', last_seen at time zone 'UTC',
    detail ->> 'kind' from offhook.issues where subject = '+15550100077'$$),
    '(call.no_route,open,2,"2026-03-04 04:00:00","2026-03-04 05:00:00",'
    'call.inbound)', 'one issue, counted');
update offhook.issue set state = 'ignored' where subject = '+15550100077';
select pg_temp.ing(pg_temp.sid(3, 'CA'), 'ringing', rkind => 'call',
    issue => 'call.no_route', to_ => '+15550100077') \g /dev/null
select is((select state || count from offhook.issues
    where subject = '+15550100077'), 'ignored3', 'ignored stays ignored');
update offhook.issue set state = 'resolved',
    resolved_at = '2026-03-04 04:00Z' where subject = '+15550100077';
select pg_temp.ing(pg_temp.sid(4, 'CA'), 'ringing', rkind => 'call',
    issue => 'call.no_route', to_ => '+15550100077') \g /dev/null
select is((select state || count from offhook.issues
    where subject = '+15550100077'), 'open4', 'resolved is opened again');
select is((select count(*) from offhook.issue
    where subject = '+15550100077'), 1::bigint, 'still one row');

select * from finish();
rollback;
