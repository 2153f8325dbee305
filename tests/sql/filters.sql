-- Filters: what passes, what is refused when it is saved, and that none ever
-- fails.
begin;
\ir lib/setup.sql
select plan(100);

create function pg_temp.event(p_more jsonb default '{}')
returns offhook.event
language sql
as $$
	select jsonb_populate_record(null::offhook.event, jsonb_build_object(
	    'kind', 'message.status', 'account', 'AC1',
	    'from_', '+15550101001', 'to_', '+15550101002', 'sid', 'SM1',
	    'status', 'undelivered', 'error_code', 30003, 'verdict',
	    'applied', 'route', 'hours', 'method', 'POST', 'format', 'form')
	    || p_more)
$$;

-- null: it passes
select is(offhook.filter_match(f::jsonb, pg_temp.event(), '{"Body": "Hi *",
    "Media": ["a", "b", "b"], "data": {"id": 7, "ok": true, "no": null},
    "MoreInfo.Msg": "x", "n": 5, "empty": "", "o": {}}'), why,
    f || ' -> ' || coalesce(why, 'passes'))
from (values ('{}', null),
    ('{"kind": "message.status"}', null),
    ('{"kind": "message.inbound"}', 'kind'),
    ('{"kind": "message.*"}', null),
    ('{"kind": "*"}', null),
    ('{"kind": "call.*"}', 'kind'),
    ('{"kind": ["call.*", "message.status"]}', null),
    ('{"kind": ["call.*", "message.inbound"]}', 'kind'),
    ('{"kind": "message.status", "to": "+15550101002"}', null),
    ('{"kind": "message.status", "to": "+15550101003"}', 'to'),
    ('{"from": "+1555010*", "account": "AC1", "sid": "SM1"}', null),
    ('{"from": "+1556*"}', 'from'),
    ('{"route": "hours", "verdict": ["applied", "stale"]}', null),
    ('{"status": {"in": ["failed", "undelivered"]}}', null),
    ('{"status": {"in": ["f*", "u*"]}}', 'status'),
    ('{"status": {"equal": "undelivered"}}', null),
    ('{"status": {"not": "undelivered"}}', 'status'),
    ('{"status": {"not": ["sent", "read"]}}', null),
    ('{"status": {"prefix": "un", "not": "undelivered"}}', 'status'),
    ('{"status": {"prefix": ["x", "un"]}}', null),
    ('{"error_code": 30003}', null),
    ('{"error_code": "30003"}', null),
    ('{"error_code": [1, 30003]}', null),
    ('{"error_code": "30*"}', null),
    ('{"error_code": {"in": [30003, 30004]}}', null),
    ('{"error_code": 30004}', 'error_code'),
    ('{"parent": "CA1"}', 'parent'),
    ('{"parent": {"not": "CA1"}}', null),
    ('{"parent": {"exists": false}}', null),
    ('{"parent": {"exists": true}}', 'parent'),
    ('{"sid": {"exists": true}}', null),
    ('{"params.Body": "Hi *"}', null),
    ('{"params.Body": {"equal": "Hi *"}}', null),
    ('{"params.Body": {"equal": "Hi"}}', 'params.Body'),
    ('{"params.Body": {"prefix": "Hi *"}}', null),
    ('{"params.Body": {"pattern": "^hi"}}', 'params.Body'),
    ('{"params.Body": {"pattern": "(?i)^hi [*]$"}}', null),
    ('{"params.Media": "a"}', null),
    ('{"params.Media": "b"}', null),
    ('{"params.Media": "c"}', 'params.Media'),
    ('{"params.Media": {"not": "c"}}', null),
    ('{"params.Media": {"not": "a"}}', 'params.Media'),
    ('{"params.Media": {"pattern": "^b$"}}', null),
    ('{"params.data.id": 7}', null),
    ('{"params.data.ok": "true"}', null),
    ('{"params.data.no": {"exists": true}}', 'params.data.no'),
    ('{"params.MoreInfo.Msg": "x"}', null),
    ('{"params.n": "5"}', null),
    ('{"params.empty": {"exists": true}}', null),
    ('{"params.empty": ""}', null),
    ('{"params.Nothing": ""}', 'params.Nothing'),
    ('{"params.o": {"exists": true}}', null),
    ('{"and": [{"kind": "message.*"}, {"status": "un*"}]}', null),
    ('{"and": [{"kind": "message.*"}, {"status": "sent"}]}', 'status'),
    ('{"or": [{"kind": "call.*"}, {"status": "un*"}]}', null),
    ('{"or": [{"kind": "call.*"}, {"status": "sent"}]}', 'or'),
    ('{"not": {"kind": "call.*"}}', null),
    ('{"not": {"kind": "message.*"}}', 'not'),
    ('{"kind": "message.*", "or": [{"from": "x"}, {"not": {"and":
    [{"to": "+15550101002"}, {"status": "un*"}]}}]}', 'or')
    ) as t (f, why);
select is(offhook.filter_match(null, pg_temp.event(), null), null,
    'no filter lets everything pass');
select is(offhook.filter_match('{"params.a": {"exists": false}}',
    pg_temp.event(), null), null, 'an event whose body is no JSON');

select is(offhook.filter_needs_params(f::jsonb), needs, 'needs_params ' || f)
from (values ('{"kind": "x"}', false), ('{"params.Body": "x"}', true),
    ('{"or": [{"not": {"params.Body": "x"}}]}', true), (null, false))
    as t (f, needs);

-- what is refused, and what it says
select throws_matching(format('select offhook.filter_check(%L)', f), says,
    'refused: ' || f)
from (values ('[]', 'must be an object'),
    ('{"knd": "x"}', 'filter: there is no condition "knd"'),
    ('{"kind": "mesage.inbound"}', 'filter.kind: there is no kind'),
    ('{"kind": "massage.*"}', 'filter.kind: there is no kind'),
    ('{"kind": {"in": ["message.inbound", "x"]}}',
    'filter.kind.in: there is no kind "x"'),
    ('{"verdict": "aplied"}', 'there is no verdict'),
    ('{"error_code": "3000x"}', 'an error code is a number'),
    ('{"to": null}', 'filter.to must be a text'),
    ('{"to": []}', 'filter.to must be a text'),
    ('{"to": [["x"]]}', 'filter.to must be a text'),
    ('{"to": {}}', 'filter.to must be a text'),
    ('{"to": {"begins": "x"}}', 'filter.to: there is no operator "begins"'),
    ('{"to": {"exists": "yes"}}', 'filter.to.exists must be true or false'),
    ('{"to": {"in": "x"}}', 'filter.to.in must be a list'),
    ('{"to": {"not": {"exsts": true}}}',
    'filter.to.not: there is no operator'),
    ('{"or": {}}', 'filter.or must be a list'),
    ('{"and": []}', 'filter.and must be a list'),
    ('{"or": [{"to": "x"}, {"Body": "x"}]}',
    'filter.or.2.: there is no condition "Body"'),
    ('{"params.": "x"}', 'there is no condition'),
    ('{"to": {"pattern": "("}}', 'is no regular expression'),
    ('{"to": {"pattern": ""}}', 'of 1 to 256 bytes'),
    ('{"to": {"pattern": "(a)\\1"}}', 'must not refer back'),
    ('{"to": {"pattern": "***:(a)"}}', 'must not begin with'),
    ('{"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not":
    {"to": "x"}}}}}}}}}}', 'more than 8 levels')) as t (f, says);
select lives_ok(format('select offhook.filter_check(%L)', f), 'good: ' || f)
from (values ('{"kind": "stream.com.example.new"}'),
    ('{"kind": ["conversation.*", "debugger.alert"]}'),
    ('{"to": {"pattern": "\\\\1"}}'), ('{"params.a.b": {"exists": true}}'))
    as t (f);

-- a stored event
create temporary table stored (id uuid);
insert into stored values (offhook.uuid_at(gen_random_uuid(),
    '2026-03-04 05:06:07.123456Z'));
select pg_temp.ing(pg_temp.sid(1), 'sent', raw => 'Body=Hi%20you&Body=b',
    id => (select id from stored), at => '2026-03-04 05:06:07.123456Z');
select is((select t.passes from offhook.filter_test('{"params.Body": "b"}',
    (select id from stored)) as t), true, 'filter_test: it passes');
select is((select t::text from offhook.filter_test('{"kind": "message.*",
    "params.Body": "c"}', (select id from stored)) as t),
    '(f,params.Body,"""c""","Hi you, b")',
    'filter_test: it does not, what failed, and what there is');
select throws_ok($$select * from offhook.filter_test('{}',
    gen_random_uuid())$$, 'P0002', null, 'filter_test: no such event');
select is(pg_temp.try_as('offhook_reader', format(
    'select * from offhook.filter_test(%L, %L)', '{}', (select id
    from stored))), '00000', 'a reader may');
select is(pg_temp.try_as('offhook_responder', format(
    'select * from offhook.filter_test(%L, %L)', '{}', (select id
    from stored))), '42501', 'a responder may not');

-- Whatever a filter and an event are made of: an answer, and no failure.
create function pg_temp.odd(p_depth integer)
returns jsonb
language plpgsql
as $$
declare
	v_scalars constant text[] := array['"x*"', '"*"', '""', '5',
	    '1e400', 'null', 'true', '"\\"', '"("', '"+1555"', '[]', '{}'];
	v_keys constant text[] := array['kind', 'to', 'error_code', 'and',
	    'or', 'not', 'in', 'equal', 'prefix', 'exists', 'pattern',
	    'params.Body', 'params.a.b', 'params.', 'x'];
begin
	return case when p_depth = 0 or random() < 0.3
	    then v_scalars[1 + floor(random() * 12)]::jsonb
	    when random() < 0.3 then (select jsonb_agg(pg_temp.odd(
	    p_depth - 1)) from generate_series(1, 2))
	    else (select jsonb_object_agg(
	    v_keys[1 + (n + floor(random() * 15))::integer % 15],
	    pg_temp.odd(p_depth - 1)) from generate_series(1, 2) as n) end;
end
$$;
select setseed(0.6);
select lives_ok($$select offhook.filter_match(pg_temp.odd(4),
    pg_temp.event(jsonb_build_object('sid', null, 'status',
    pg_temp.odd(0) #>> '{}')), pg_temp.odd(2))
    from generate_series(1, 3000)$$, 'three thousand odd ones');
create temporary table answered as
    select f, offhook.filter_match(f, pg_temp.event(), '{}') as why
    from (select pg_temp.odd(3) as f from generate_series(1, 500)
    offset 0) as odd;
select is((select count(*) from answered where why is null
    and not jsonb_typeof(f) = 'null' and jsonb_typeof(f) <> 'object'),
    0::bigint, 'what is no filter lets nothing pass');
select * from finish();
rollback;
