-- Whole sets of routes: applied, refused, rolled back; what one may say.
begin;
\ir lib/setup.sql
select plan(79);
delete from offhook.route;
create function pg_temp.version() returns bigint language sql
    as $$ select version from offhook.route_version $$;
create function pg_temp.names() returns text language sql as $$
    select string_agg(position || ' ' || name, ', ' order by position, name)
    from offhook.routes $$;
create temporary table v (n bigint);
insert into v select pg_temp.version();

-- apply
select cmp_ok(offhook.route_apply('[{"name": "a", "kind": "call.inbound",
    "twiml": "<Response/>"}, {"name": "b", "template": "<Response>{{x}}"}]',
    'the first'), '>', (select n from v), 'apply makes a version');
select is(pg_temp.names(), '10 a, 20 b', 'in order');
select is((select specs from offhook.routes()),
    '[{"kind": "call.inbound", "name": "a", "twiml": "<Response/>"}, '
    '{"name": "b", "template": "<Response>{{x}}"}]', 'routes()');
select is(pg_temp.rows_of($$select changed_by, comment, positions, routes
    = (select specs::jsonb from offhook.routes()) from offhook.route_change
    where version = pg_temp.version()$$), format('(%s,"the first","{10,20}",t)',
    session_user), 'who, why and what is kept');
update v set n = pg_temp.version();
select is(offhook.route_apply('[{"name": "a", "kind": "call.inbound",
    "twiml": "<Response/>"}, {"name": "b", "template": "<Response>{{x}}"}]',
    'again', (select n from v)), (select n from v), 'the same again is none');
update offhook.route set set_at = '2026-01-01', set_by = 'me';
select cmp_ok(offhook.route_apply('[{"name": "b", "template": "<Response>{{x}}"},
    {"name": "a", "kind": "call.inbound", "twiml": "<Response> </Response>"},
    {"name": "c", "redirect": "/x"}]', null, (select n from v)), '>',
    (select n from v), 'another order, one changed, one more');
select is(pg_temp.rows_of('select name, position, set_by from offhook.routes'),
    format(e'(b,10,me)\n(a,20,%1$s)\n(c,30,%1$s)', session_user),
    'what is as it was keeps who set it');
select throws_ok(format('select offhook.route_apply(''[]'', null, %s)', n),
    'OF005', null, 'planned from an older version') from v;
select is(pg_temp.names(), '10 b, 20 a, 30 c', 'nothing was changed');
select throws_ok($$select offhook.route_apply('[{"name": "d",
    "twiml": "<Response/>"}, {"name": "e", "twiml": "<Response>"}]', null)$$,
    '2200M', null, 'one that is broken');
select throws_ok($$select offhook.route_apply('[{"name": "d",
    "twiml": "<Response/>"}, {"name": "d", "twiml": "<Response/>"}]',
    null)$$, '22023', 'offhook: two routes are named "d"', 'a name twice');
select throws_ok($$select offhook.route_apply('{}', null)$$, '22023', null,
    'no array');
select is(pg_temp.names(), '10 b, 20 a, 30 c', 'all or nothing');

-- one by one, behind them
select lives_ok($$select offhook.route_set('call.inbound', '*', '<Response/>');
    select offhook.route_set('*', '+15550100009', '<Response>{{#a}}</Response>',
    p_template => true); select offhook.route_set('*', '*', '<Response/>');
    select offhook.route_set('call.inbound', '+15550100009', '<Response/>');
    $$, 'route_set');
select is(pg_temp.names(), '10 b, 20 a, 30 c, '
    '1000000 call.inbound +15550100009, 1000001 call.inbound *, '
    '1000002 * +15550100009, 1000003 * *', 'goes behind');
select is((select reply || kind || "to" from offhook.routes
    where position = 1000002), 'template*+15550100009', 'a template');
select is((select count(*) from offhook.routes_list), 4::bigint,
    'view routes_list has the fixed ones');
select lives_ok($$select offhook.route_set('other', repeat('x', 100),
    '<Response/>')$$, 'a long number');
select is((select octet_length(name) from offhook.routes where kind = 'other'),
    38, 'has a short name');
select ok(offhook.route_delete('other', repeat('x', 100)),
    'and is found by its number');
select ok(offhook.route_delete('c'), 'route_delete by name');
select ok(not offhook.route_delete('c'), 'there is none any more');

-- back
select throws_ok('select offhook.route_rollback(1, null)', 'P0002', null,
    'a version that is not kept');
select cmp_ok(offhook.route_rollback((select n from v), null), '>',
    (select n from v), 'back to the first set is a new version');
select is(pg_temp.names(), '10 a, 20 b', 'as it was');
select is((select comment from offhook.route_change
    where version = pg_temp.version()), 'back to ' || (select n from v),
    'which the history says');
select offhook.route_rollback((select version from offhook.route_change
    where comment = 'delete c'), 'forth') \g /dev/null
select is(pg_temp.names(), '10 b, 20 a, '
    '1000000 call.inbound +15550100009, 1000001 call.inbound *, '
    '1000002 * +15550100009, 1000003 * *', 'positions come back, too');
select is(offhook.route_rollback(pg_temp.version(), null), pg_temp.version(),
    'back to the present is none');
insert into offhook.route_change select -n, now(), '', '', '[]', '{}'
    from generate_series(1, 1100) as n;
select offhook.route_delete('b') \g /dev/null
select is((select count(*) from offhook.route_change), 1000::bigint,
    'a thousand changes are kept');

-- what a route may say
create schema shop;
create function shop.answer(jsonb) returns jsonb language sql
    as $$ select '{}'::jsonb $$;
create function shop.words(jsonb) returns text language sql
    as $$ select '<Response/>' $$;
create function shop.secret(jsonb) returns xml language sql
    as $$ select '<Response/>'::xml $$;
create function shop.number(jsonb) returns integer language sql
    as $$ select 1 $$;
create function shop.rows(jsonb) returns setof text language sql
    as $$ select '' $$;
grant usage on schema shop to offhook_reply;
revoke execute on function shop.secret(jsonb) from public;
select lives_ok(format('select offhook.route_check(%L)',
    '{"name": "n"}'::jsonb || r::jsonb), r)
from unnest(array['{"twiml": "<Response/>"}',
    '{"template": "<Response>{{#a}}", "fallback": "<Response/>",
    "const": {"a": "b"}, "budget": "8s", "warnings": "allow"}',
    '{"kind": "conversation.onMessageAdd", "json": "{}"}',
    '{"kind": ["conversation.onMessageAdd", "conversation.onMessageUpdate"],
    "reject": "403", "in_trouble": "reject"}',
    '{"kind": ["conversation.onMessageAdd", "call.inbound"],
    "app": "https://example.com/"}',
    '{"sql": "shop.answer"}', '{"sql": "shop.words"}',
    '{"redirect": "/x", "account": "AC1", "to": ["+1*", "+2"], "from": "+3",
    "messaging_service": "MG1", "digits": "1", "path": "/a/*",
    "keyword": ["stop"], "body": "x", "speech": ["y"], "hours": "Sat,Sun",
    "zone": "Europe/Berlin", "sender": "new", "opted_out": "yes",
    "session": ["step=q1", "n>=3"], "set": {"a": "{{b}}"}, "count": "n",
    "clear": ["m"], "end": "yes", "expires": "4h"}']) as r;
select throws_ok(format('select offhook.route_check(%L)',
    case when t.spec ~ '"name"' then t.spec::jsonb
    else '{"name": "n"}'::jsonb || t.spec::jsonb end), t.code, t.says, t.spec)
from (values
    ('{"name": "n", "twimI": "<Response/>"}', '22023',
	'offhook: route "n": there is no key "twimI"'),
    ('{}', '22023', 'offhook: route "n": it needs one of twiml, template, '
	'json, reject, sql, app, redirect'),
    ('{"app": "https://example.com/", "redirect": "/x"}', '22023',
	'offhook: route "n": it needs one of twiml, template, json, reject, '
	'sql, app, redirect'),
    ('{"name": "", "twiml": "<Response/>"}', '22023',
	'offhook: a route needs a name of 80 bytes at most'),
    ('{"name": 1, "twiml": "<Response/>"}', '22023',
	'offhook: a route needs a name of 80 bytes at most'),
    ('{"name": "a\nb", "twiml": "<Response/>"}', '22023',
	'offhook: a route needs a name of 80 bytes at most'),
    ('{"twiml": 1}', '22023', 'offhook: route "n": twiml must be a string'),
    ('{"twiml": "<Response/>", "to": 5}', '22023',
	'offhook: route "n": to must be a string or a list of strings'),
    ('{"twiml": "<Response/>", "to": ["5", 5]}', '22023',
	'offhook: route "n": to must be a string or a list of strings'),
    ('{"twiml": "<Response/>", "set": {"a": 5}}', '22023',
	'offhook: route "n": set must be an object of strings'),
    ('{"twiml": "<Response/>", "const": ["a"]}', '22023',
	'offhook: route "n": const must be an object of strings'),
    ('{"twiml": "<Response/>", "kind": "call.status"}', '22023',
	'offhook: route "n": no route for kind ''call.status'''),
    ('{"twiml": "<Response/>", "kind": ["call.inbound", "nope"]}', '22023',
	'offhook: route "n": no route for kind ''nope'''),
    ('{"twiml": "<Response/>", "sender": "old"}', '22023',
	'offhook: route "n": sender is new or known'),
    ('{"twiml": "<Response/>", "opted_out": "maybe"}', '22023',
	'offhook: route "n": opted_out is yes or no'),
    ('{"twiml": "<Response/>", "warnings": "no"}', '22023',
	'offhook: route "n": warnings is allow'),
    ('{"twiml": "<Response/>", "end": "no"}', '22023',
	'offhook: route "n": end is yes'),
    ('{"twiml": "<Response>"}', '2200M',
	'offhook: route "n": this is not well-formed TwiML'),
    ('{"twiml": "<!DOCTYPE a><Response/>"}', '2200M',
	'offhook: route "n": this is not well-formed TwiML'),
    ('{"json": "{}"}', '22023', 'offhook: route "n": json, reject and '
	'in_trouble are for Conversations webhooks that ask beforehand, and '
	'no other kind'),
    ('{"reject": "403", "kind": ["conversation.onMessageAdd",
	"call.inbound"]}', '22023', 'offhook: route "n": json, reject and '
	'in_trouble are for Conversations webhooks that ask beforehand, and '
	'no other kind'),
    ('{"twiml": "<Response/>", "in_trouble": "reject"}', '22023',
	'offhook: route "n": json, reject and '
	'in_trouble are for Conversations webhooks that ask beforehand, and '
	'no other kind'),
    ('{"twiml": "<Response/>", "kind": "conversation.onMessageAdd"}',
	'22023', 'offhook: route "n": a Conversations webhook is answered '
	'with JSON'),
    ('{"json": "[]", "kind": "conversation.onMessageAdd"}', '22P02',
	'offhook: route "n": this is not a JSON object, such as '
	'{"body": "..."}'),
    ('{"reject": "401", "kind": "conversation.onMessageAdd"}', '22023',
	'offhook: route "n": a rejection has a status from 400 to 499, '
	'except 401'),
    ('{"reject": "503", "kind": "conversation.onMessageAdd"}', '22023',
	'offhook: route "n": a rejection has a status from 400 to 499, '
	'except 401'),
    ('{"in_trouble": "maybe", "json": "{}",
	"kind": "conversation.onMessageAdd"}', '22023',
	'offhook: route "n": in trouble a route can publish or reject'),
    ('{"sql": "answer"}', '22023',
	'offhook: route "n": sql is a function''s schema.name'),
    ('{"sql": "shop.answer(1); drop"}', '22023',
	'offhook: route "n": sql is a function''s schema.name'),
    ('{"sql": "shop.nope"}', '42883', 'offhook: route "n": there is no '
	'function shop.nope(jsonb) that returns text, xml or jsonb'),
    ('{"sql": "shop.number"}', '42883', 'offhook: route "n": there is no '
	'function shop.number(jsonb) that returns text, xml or jsonb'),
    ('{"sql": "shop.rows"}', '42883', 'offhook: route "n": there is no '
	'function shop.rows(jsonb) that returns text, xml or jsonb'),
    ('{"sql": "shop.secret"}', '42501',
	'offhook: route "n": offhook_reply may not call shop.secret(jsonb)'))
    as t (spec, code, says);
select throws_ok($$select offhook.route_check('[]')$$, '22023', null,
    'a route is an object');
select throws_ok(format('select offhook.route_check(%L)', jsonb_build_object(
    'name', repeat('é', 41), 'twiml', '<Response/>')), '22023', null,
    'a name too long');
select throws_ok(format('select offhook.route_check(%L)', jsonb_build_object(
    'name', 'n', 'template', repeat('x', 65536))), '22023', null,
    'a text too long');

-- functions that make replies
select offhook.route_apply('[{"name": "json", "sql": "shop.answer"},
    {"name": "text", "sql": "shop.words"}, {"name": "xml", "app": "https://x"}]',
    null) \g /dev/null
create or replace function shop.answer(p jsonb) returns jsonb language sql as
    $$ select jsonb_build_object('twiml', p ->> 'kind', 'session', '{}',
    'who', current_user) $$;
select is(offhook.reply_sql('json', '{"kind": "k"}')::jsonb,
    '{"twiml": "k", "session": "{}", "who": "offhook_reply"}',
    'a function that returns jsonb, as offhook_reply');
select is(offhook.reply_sql('text', '{}'), '<Response/>', 'text');
select throws_ok($$select offhook.reply_sql('xml', '{}')$$, '42883', null,
    'a route without a function');
select throws_ok($$select offhook.reply_sql('none', '{}')$$, '42883', null,
    'no such route');
create or replace function shop.words(jsonb) returns text language sql
    as $$ select null::text $$;
select is(offhook.reply_sql('text', '{}'), null, 'null is null');
drop function shop.words(jsonb);
select throws_ok($$select offhook.reply_sql('text', '{}')$$, '42883', null,
    'a function that is gone');
select * from finish();
rollback;
