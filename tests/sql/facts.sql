-- facts: of each name the greatest pair of order key and value, whatever the
-- order in which they come.
begin;
\ir lib/setup.sql
select plan(50);

-- facts_at
select is(offhook.facts_at(null, 5), null, 'nothing said');
select is(offhook.facts_at('{}', 5), null, 'still nothing');
select is(offhook.facts_at('{"c": {}}', 5), null, 'no constant fact');
select is(offhook.facts_at('{"num_media": 1, "consent": "opted_in",
    "asked": true}', 5),
    null, 'what are columns are no facts');
select is(offhook.facts_at('{"c": {"a": [0, "x"]}}', 5),
    '{"a": [0, "x"]}', 'constant: key 0');
select is(offhook.facts_at('{"l": {"a": "x", "b": "y"}}', 5),
    '{"a": [5, "x"], "b": [5, "y"]}', 'latest: the key of the callback');
select is(offhook.facts_at('{"c": {"a": [0, "x"]}, "l": {"b": "1"},
    "num_media": 3}', 9000000000000000000),
    '{"a": [0, "x"], "b": [9000000000000000000, "1"]}', 'both, great keys');

-- facts_merge
select is(offhook.facts_merge(null, null), null, 'null and null');
select is(offhook.facts_merge('{"a": [1, "x"]}', null), '{"a": [1, "x"]}',
    'one and null');
select is(offhook.facts_merge(null, '{"a": [1, "x"]}'), '{"a": [1, "x"]}',
    'null and one');
select is(offhook.facts_merge(a, b), want, say) from (values
    ('{"a": [1, "x"]}'::jsonb, '{"b": [2, "y"]}'::jsonb,
    '{"a": [1, "x"], "b": [2, "y"]}'::jsonb, 'two names'),
    ('{"a": [1, "x"]}', '{"a": [2, "b"]}', '{"a": [2, "b"]}',
    'the greater key'),
    ('{"a": [10, "x"]}', '{"a": [9, "y"]}', '{"a": [10, "x"]}',
    'keys are numbers'),
    ('{"a": [1, "10"]}', '{"a": [1, "9"]}', '{"a": [1, "10"]}',
    'digits are a number'),
    ('{"a": [1, "B"]}', '{"a": [1, "a"]}', '{"a": [1, "a"]}',
    'in byte order: small letters behind capitals'),
    ('{"a": [1, "z"]}', '{"a": [1, "ä"]}', '{"a": [1, "ä"]}',
    'in byte order: letters beyond ASCII behind z'),
    ('{"a": [1, "\uff5e"]}', '{"a": [1, "😀"]}', '{"a": [1, "😀"]}',
    'in byte order of UTF-8, not of UTF-16'),
    ('{"a": [1, ""]}', '{"a": [1, "x"]}', '{"a": [1, "x"]}',
    'the empty value is the least'),
    ('{"a": [1, "1"]}', '{"a": [1, "1.0"]}', '{"a": [1, "1"]}',
    'digits alone are above the rest'),
    ('{"a": [5, "x"]}', '{"a": [5, "5"]}', '{"a": [5, "5"]}',
    'a value like its key'))
    as t (a, b, want, say);

-- whatever the pairs are: in any order, grouped in any way, and repeated
select setseed(.4) \g /dev/null
create temporary table said as
select i, (select jsonb_object_agg(name, jsonb_build_array(
    case when random() < .6 then (random() * 2)::bigint
	else (random() * 9e18)::bigint end,
    (array['', '9', '10', '100', 'a', 'B', 'z', 'ä', 'Ä', '€', '😀', 'ß',
	'true', '-1', '1.0', E'\u0301', '~', '"', '[0, "a"]'])
	[1 + floor(random() * 19)::integer])) filter (where random() < .7 + i * 0)
    from unnest(array['a', 'b', 'c', 'ä', 'A', '']) as name) as f
from generate_series(1, 60) as i;
select cmp_ok((select count(distinct f) from said), '>', 50::bigint,
    'random facts');
select is((select count(*) from said a, said b
    where offhook.facts_merge(a.f, b.f)
    is distinct from offhook.facts_merge(b.f, a.f)), 0::bigint,
    'commutative');
select is((select count(*) from said a
    where offhook.facts_merge(a.f, a.f) is distinct from a.f), 0::bigint,
    'idempotent');
select is((select count(*) from said a, said b where offhook.facts_merge(
    offhook.facts_merge(a.f, b.f), b.f)
    is distinct from offhook.facts_merge(a.f, b.f)), 0::bigint,
    'what was merged changes nothing again');
select is((select count(*) from said a, said b, said c
    where c.i <= 8 and a.i % 3 = 0 and offhook.facts_merge(
    offhook.facts_merge(a.f, b.f), c.f) is distinct from
    offhook.facts_merge(a.f, offhook.facts_merge(b.f, c.f))), 0::bigint,
    'associative');
select is((select count(distinct f) from (
    select offhook.facts_max(f order by md5(i::text || n)) as f
    from said, generate_series(1, 50) as n group by n) as x), 1::bigint,
    'facts_max: one result in 50 orders');

-- through ingest: both orders of two callbacks
create function pg_temp.both(p_n integer, p_first text, p_one jsonb,
    p_second text, p_other jsonb) returns jsonb language plpgsql as $$
declare
	v_one jsonb;
	v_other jsonb;
begin
	perform pg_temp.ing(pg_temp.sid(p_n), p_first, facts => p_one);
	perform pg_temp.ing(pg_temp.sid(p_n), p_second, facts => p_other);
	perform pg_temp.ing(pg_temp.sid(p_n + 1), p_second,
	    facts => p_other);
	perform pg_temp.ing(pg_temp.sid(p_n + 1), p_first, facts => p_one);
	select to_jsonb(r) - 'sid' into v_one from offhook.resource r
	    where r.sid = pg_temp.sid(p_n);
	select to_jsonb(r) - 'sid' into v_other from offhook.resource r
	    where r.sid = pg_temp.sid(p_n + 1);
	return case when v_one = v_other then (select coalesce(
	    jsonb_object_agg(f.key, f.value -> 1), '{}')
	    from jsonb_each(nullif(v_one -> 'facts', 'null')) as f)
	    || jsonb_strip_nulls(jsonb_build_object('num_media',
	    v_one -> 'num_media', 'consent', v_one -> 'consent'))
	    else jsonb_build_array(v_one, v_other) end;
end
$$;
select is(pg_temp.both(n, a, one, b, other), want, say) from (values
    (10, 'sent', '{"l": {"price": "-9"}}'::jsonb, 'delivered',
    '{"l": {"price": "-1"}}'::jsonb, '{"price": "-1"}'::jsonb,
    'the later status knows better'),
    (12, 'sent', '{"l": {"price": "-9"}}', 'delivered', null,
    '{"price": "-9"}', 'one that knows nothing unsays nothing'),
    (14, 'delivered', '{"l": {"price": "-9"}}', 'sent',
    '{"l": {"price": "-1", "price_unit": "USD"}}',
    '{"price": "-9", "price_unit": "USD"}',
    'an earlier status adds what is new'),
    (16, 'delivered', '{"l": {"price": "9"}}', 'beamed',
    '{"l": {"price": "99"}}', '{"price": "9"}',
    'an unknown status knows less than all others'),
    (18, 'beamed', '{"l": {"price": "9"}}', 'abducted',
    '{"l": {"price": "10"}}', '{"price": "10"}',
    'two unknown ones: the greater value'),
    (20, 'delivered', '{"c": {"wa_id": [0, "1"]}}', 'sent',
    '{"c": {"wa_id": [0, "2"]}}', '{"wa_id": "2"}',
    'a constant fact that was not: the greater text'),
    (22, 'sent', null, 'delivered', '{"num_media": 2}', '{"num_media": 2}',
    'number of media, and nothing else'),
    (24, 'sent', '{"num_media": 1}', 'delivered', '{"num_media": 2}',
    '{"num_media": 2}', 'the greater number of media'),
    (26, 'sent', null, 'delivered', '{"consent": "opted_out"}',
    '{"consent": "opted_out"}', 'consent, and nothing else'),
    (28, 'sent', '{"consent": "opted_in"}', 'delivered',
    '{"consent": "opted_out"}', '{"consent": "opted_out"}',
    'of two consents to take care of the one that says no'),
    (30, 'sent', '{"c": {"wa_id": [0, "1"]}, "num_media": 1}', 'delivered',
    '{"c": {"wa_id": [0, "1"]}, "num_media": 2}',
    '{"wa_id": "1", "num_media": 2}', 'known facts, more media'),
    (32, 'sent', '{"c": {"media": [0, "[]"]}, "l": {"price": "1"}}',
    'delivered', '{"c": {"media": [0, "[]"]}, "l": {"price": "1"}}',
    '{"media": "[]", "price": "1"}', 'the same twice'))
    as t (n, a, one, b, other, want, say);

-- facts_of: what is made of parameters
create function pg_temp.of(p_kind text, p_rkind text, p_status text,
    p_params jsonb) returns jsonb language sql as $$
    select offhook.facts_of(p_kind, p_rkind, p_status, p_params) $$;
select is(pg_temp.of(kind, rkind, status, params::jsonb), want::jsonb, say)
    from (values
    ('message.status', 'message', 'sent', '{"MessageSid": "SM1"}', null,
    'nothing to say'),
    ('call.status', 'call', 'completed', '{"CallDuration": "61",
    "Duration": "2", "Direction": "inbound", "X": "y"}', '{"c":
    {"direction": [0, "inbound"]}, "l": {"duration_seconds": "61",
    "billed_minutes": "2"}}', 'seconds and minutes'),
    ('call.status', 'call', 'completed', '{"CallDuration": "1.5",
    "Duration": "", "Price": "x", "SipResponseCode": "1234567890",
    "DialBridged": "yes"}', null, 'what is not of its type'),
    ('call.inbound', 'call', 'ringing', '{}',
    '{"c": {}, "asked": true}', 'the first question of a call'),
    ('call.inbound', 'call', 'in-progress', '{}', null, 'a later one'),
    ('message.inbound', 'message', 'received', '{"NumMedia": "2",
    "MediaUrl0": "https://example.com/0", "MediaContentType0": "image/png",
    "MediaUrl1": "https://example.com/1"}', '{"asked": true,
    "c": {"media": [0, "[{\"url\": \"https://example.com/0\", \"content_type\": \"image/png\"}, {\"url\": \"https://example.com/1\", \"content_type\": \"\"}]"]},
    "num_media": 2}', 'media'),
    ('message.inbound', 'message', 'received', '{"Body": " stop\n",
    "NumMedia": "0"}', '{"c": {"consent_word": [0, "STOP"]},
    "asked": true, "consent": "opted_out"}', 'a keyword'),
    ('message.inbound', 'message', 'received', '{"Body": "ſtop"}',
    '{"c": {}, "asked": true}', 'and no letter like it'),
    ('message.status', 'message', 'sent', '{"Body": "STOP"}', null,
    'what is sent is no consent'),
    ('debugger.alert', 'alert', 'error', '{"Payload":
    "{\"more_info\": {\"Msg\": \"m\"}, \"service_sid\": null}"}',
    '{"c": {"message": [0, "m"]}}', 'what an alert tells'),
    ('debugger.alert', 'alert', 'error', '{"Payload": "{"}', null,
    'an alert that is no JSON'),
    ('participant.status', 'participant', 'participant-mute',
    '{"Muted": "true", "Hold": ["false", "true"]}',
    '{"c": {}, "l": {"muted": "true", "hold": "false"}}',
    'of several values the first'))
    as t (kind, rkind, status, params, want, say);
select * from finish();
rollback;
