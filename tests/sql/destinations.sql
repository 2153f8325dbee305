-- Destinations: what they may be, how they change, who may see and do what.
begin;
\ir lib/setup.sql
select plan(132);
create temporary table v as select version as n
    from offhook.destination_version;
grant all on v to public;

-- what is refused, and what it says
select throws_matching(format('select offhook.destination_check(%L)', s),
    says, 'refused: ' || left(s, 66))
from (values ('[]', 'is a JSON object'),
    ('{}', 'it needs a url, or exec'),
    ('{"url": "https://a", "exec": ["/b"]}', 'it needs a url, or exec'),
    ('{"url": 5}', 'url must be a text'),
    ('{"ulr": "https://a"}', 'there is no key "ulr"'),
    ('{"url": "ftp://a"}', 'url must begin with https'),
    ('{"url": "https://"}', 'url has no host'),
    ('{"url": "https:///x"}', 'url has no host'),
    ('{"url": "https://a b/"}', 'url must not have blanks'),
    ('{"url": "https://u:p@a/"}', 'must not have a user or a password'),
    ('{"url": "https://a/#x"}', 'must not have a fragment'),
    ('{"url": "https://a:0/"}', 'a port that cannot be'),
    ('{"url": "https://a:70000/"}', 'a port that cannot be'),
    ('{"url": "https://a:x/"}', 'url has no host'),
    ('{"exec": []}', 'exec must be a list'),
    ('{"exec": "/bin/true"}', 'exec must be a list'),
    ('{"exec": ["/bin/true", 5]}', 'exec must be a list'),
    ('{"exec": ["bin/true"]}', 'absolute path'),
    ('{"exec": ["/bin/../true"]}', 'absolute path'),
    ('{"exec": ["/bin/"]}', 'absolute path'),
    ('{"exec": ["/b"], "headers": {}}', 'headers is for a url'),
    ('{"exec": ["/b"], "sign": []}', 'sign is for a url'),
    ('{"url": "https://a", "body": "xml"}',
    'body must be json or form or both'),
    ('{"url": "https://a", "raw": 1}', 'raw must be true or false'),
    ('{"url": "https://a", "sign": ["twillio"]}', 'sign must be a list of'),
    ('{"url": "https://a", "sign": ["twilio", "twilio"]}', 'sign must be'),
    ('{"url": "https://a", "headers": {"a b": "c"}}', 'cannot be a name'),
    ('{"url": "https://a", "headers": {"a": 1}}', 'names with texts'),
    ('{"url": "https://a", "headers": {"a": "b\nc"}}', 'no line breaks'),
    ('{"url": "https://a", "headers": {"a": " b"}}', 'no blanks at its'),
    ('{"url": "https://a", "headers": {"A": "b", "a": "b"}}', 'there twice'),
    ('{"url": "https://a", "headers": {"Host": "b"}}', 'ours to send: Host'),
    ('{"url": "https://a", "headers": {"webhook-Id": "b"}}', 'ours to send'),
    ('{"url": "https://a", "headers": {"X-Offhook-Event": "b"}}', 'ours to'),
    ('{"url": "https://a", "headers": {"Content-Type": "b"}}', 'key type'),
    ('{"url": "https://a", "template": ""}', 'template must have'),
    ('{"url": "https://a", "template": "x", "transform_sql": "a.b"}',
    'and not both'),
    ('{"url": "https://a", "template": "x", "body": "form"}',
    'would replace'),
    ('{"url": "https://a", "type": "text/plain"}', 'there is none'),
    ('{"url": "https://a", "template": "x", "type": "text"}',
    'a content type'),
    ('{"url": "https://a", "transform_sql": "a"}', 'schema.name'),
    ('{"url": "https://a", "filter": {"knd": "x"}}', 'no condition "knd"'),
    ('{"url": "https://a", "schedule_ms": []}', 'schedule_ms must be'),
    ('{"url": "https://a", "schedule_ms": [1.5]}', 'schedule_ms must be'),
    ('{"url": "https://a", "schedule_ms": [1.0]}', 'schedule_ms must be'),
    ('{"url": "https://a", "schedule_ms": ["1"]}', 'schedule_ms must be'),
    ('{"url": "https://a", "schedule_ms": [-1]}', 'schedule_ms must be'),
    ('{"url": "https://a", "schedule_ms": [604800001]}', 'schedule_ms must'),
    ('{"url": "https://a", "schedule_ms": [1], "backoff": {}}',
    'and not both'),
    ('{"url": "https://a", "backoff": {"first_ms": 2, "cap_ms": 1}}',
    'is greater than backoff.cap_ms'),
    ('{"url": "https://a", "backoff": {"firstms": 2}}',
    'no key "backoff.firstms"'),
    ('{"url": "https://a", "attempts": 0}', 'from 1 to 1000'),
    ('{"url": "https://a", "attempts": 1.5}', 'from 1 to 1000'),
    ('{"url": "https://a", "attempts": 5.0}', 'from 1 to 1000'),
    ('{"url": "https://a", "attempts": "5"}', 'from 1 to 1000'),
    ('{"url": "https://a", "age_ms": 2592000001}', 'from 1000 to 2592000000'),
    ('{"url": "https://a", "retry_on": "5xx"}', 'retry_on: "5xx"'),
    ('{"url": "https://a", "retry_on": "599-500"}', 'retry_on: "599-500"'),
    ('{"url": "https://a", "timeout_ms": 120001}', 'from 1 to 120000'),
    ('{"url": "https://a", "timeout_ms": 1000, "connect_ms": 1001}',
    'connect_ms is greater than timeout_ms'),
    ('{"url": "https://a", "first_byte_ms": 15001}',
    'first_byte_ms is greater than timeout_ms'),
    ('{"url": "https://a", "rate": {"n": 5}}', 'rate needs n and per_ms'),
    ('{"url": "https://a", "rate": {"n": 0, "per_ms": 1}}', 'rate.n must be'),
    ('{"url": "https://a", "rate.n": 5}', 'no key "rate.n"'),
    ('{"url": "https://a", "concurrency": 0}', 'concurrency must be'),
    ('{"url": "https://a", "order": "strict"}', 'none or resource'),
    ('{"url": "https://a", "stuck": "hold"}', 'what has an order'),
    ('{"url": "https://a", "breaker": true}', 'false or an object'),
    ('{"url": "https://a", "breaker": {"cool_ms": 700000}}',
    'greater than breaker.cap_ms'),
    ('{"url": "https://a", "response": 65537}', 'from 0 to 65536'))
    as t (s, says);
select throws_matching(format('select offhook.destination_check(%L)',
    jsonb_build_object('url', 'https://a', 'headers',
    (select jsonb_object_agg('h' || n, 'x') from generate_series(1, 17)
    as n))), 'more than 16',
    'refused: too many headers');
select lives_ok(format('select offhook.destination_check(%L)', s),
    'good: ' || left(s, 60))
from (values ('{"url": "http://[::1]:8080/x?y=z"}'),
    ('{"exec": ["/usr/bin/logger", "-t", "x y"], "timeout_ms": 120000}'),
    ('{"url": "https://a.example/b", "body": "both", "raw": true,
    "sign": ["standard", "twilio"], "headers": {"Authorization": "Basic x"},
    "filter": {"kind": "message.*"}, "schedule_ms": [0, 5000, 604800000],
    "attempts": 1000, "age_ms": 1000, "retry_on": "429,500-599 !501",
    "connect_ms": 1, "first_byte_ms": 2, "timeout_ms": 3,
    "rate": {"n": 10, "per_ms": 1000}, "concurrency": 8,
    "order": "resource", "stuck": "hold", "breaker": false,
    "response": 0}'),
    ('{"url": "https://a", "template": "x", "type": "text/plain; charset=a",
    "breaker": {"failures": 1}, "retry_on": ""}'))
    as t (s);

-- adding one
select throws_ok(format('select offhook.destination_add(%L, %L)', n,
    '{"url": "https://a"}'), '22023', null, 'no name: '
    || coalesce(left(n, 10), 'null'))
from (values (null), (''), ('A'), ('a b'), (repeat('a', 65))) as t (n);
select throws_ok(format('select offhook.destination_add(%L, %L, %L)',
    't-app', '{"url": "https://a"}', s), '22023', null,
    'no secret: ' || left(s, 20))
from (values ('x'), ('whsec_'), ('whsec_' || encode(repeat('a', 23)::bytea,
    'base64')), ('whsec_' || replace(encode(repeat('a', 65)::bytea,
    'base64'), e'\n', '')), ('whsec_a=bc')) as t (s);
create temporary table secret as select n, offhook.destination_add(
    't-' || n, '{"url": "https://a.example/", "headers": {"X-Key": "k1"}}')
    as s from generate_series(1, 2) as n;
select is((select count(distinct s) from secret where s
    ~ '^whsec_[A-Za-z0-9+/]{43}=$'), 2::bigint,
    'secrets of 32 bytes, each another one');
select throws_ok($$select offhook.destination_add('t-1',
    '{"url": "https://a"}')$$, '42710', null, 'there is one of that name');
select is(offhook.destination_add('t-3', '{"exec": ["/bin/true", "x"]}',
    'whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE='),
    'whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=',
    'a secret of one''s own');
select is((select format('%s %s %s %s %s', type, target, breaker, pending,
    paused) from offhook.destinations where name = 't-3'),
    'exec /bin/true x closed 0 f', 'view destinations');
select is((select spec -> 'headers' from offhook.destinations
    where name = 't-1'), '{"X-Key": "***"}', 'does not show what is secret');
select is((select bool_or(o::text ~ 'whsec|k1') from offhook.operations o),
    false, 'nor does view operations');
select is((select format('%s %s', by, detail ->> 'url')
    from offhook.operations where what = 'destination.add'
    and subject = 't-1'), session_user || ' https://a.example/',
    'which says who did what');
select cmp_ok((select version from offhook.destination_version), '>',
    (select n from v), 'a new version for workers');

-- changes
update v set n = (select version from offhook.destination_version);
select is(offhook.destination_set('t-1', '{"attempts": 3, "filter":
    {"kind": "call.*"}}') - 'headers', '{"url": "https://a.example/",
    "attempts": 3, "filter": {"kind": "call.*"}}', 'keys are set');
select is(offhook.destination_set('t-1', '{"filter": null,
    "headers": null}'), '{"url": "https://a.example/", "attempts": 3}',
    'null removes');
select is(offhook.destination_set('t-1', '{"exec": ["/bin/true"]}'),
    '{"exec": ["/bin/true"], "attempts": 3}', 'exec replaces url');
select throws_ok($$select offhook.destination_set('t-1',
    '{"attempts": 0}')$$, '22023', null, 'the whole is checked');
select throws_ok($$select offhook.destination_set('t-9', '{}')$$, 'P0002',
    null, 'no such destination');
select cmp_ok((select version from offhook.destination_version), '>',
    (select n + 2 from v), 'each of them a new version');
update v set n = (select version from offhook.destination_version);
select is(offhook.destination_set('t-1', '{"attempts": 3}') ->> 'attempts',
    '3', 'no change');
select is((select version from offhook.destination_version),
    (select n from v), 'no new version');
select is(array[offhook.destination_pause('t-1'),
    offhook.destination_pause('t-1')], '{t,f}', 'pause');
select is((select paused and paused_at is not null from offhook.destinations
    where name = 't-1'), true, 'as the view says');
select is(array[offhook.destination_resume('t-1'),
    offhook.destination_resume('t-1')], '{t,f}', 'resume');

-- secrets that change
create temporary table rotated as select
    offhook.destination_rotate('t-2', '1 hour') as s;
select is((select k.secrets from offhook.destination_secret k
    join offhook.destination d on d.id = k.destination
    where d.name = 't-2'), (select array[r.s, o.s] from rotated r, secret o
    where o.n = 2), 'a new secret goes before the old one');
select offhook.destination_sweep(10);
select is((select secrets from offhook.destinations where name = 't-2'), 2,
    'which stays for its time');
update offhook.destination_secret set old_until = now() - interval '1 s'
    where old_until is not null;
update v set n = (select version from offhook.destination_version);
select offhook.destination_sweep(10);
select is((select secrets from offhook.destinations where name = 't-2'), 1,
    'and is dropped then');
select cmp_ok((select version from offhook.destination_version), '>',
    (select n from v), 'which workers get to know');
select is((select array[offhook.destination_rotate('t-2') ~ '^whsec_',
    offhook.destination_drop_old_secret('t-2'),
    offhook.destination_drop_old_secret('t-2')]), '{t,t,f}',
    'or at once');
select throws_ok($$select offhook.destination_rotate('t-2', '91 days')$$,
    '22023', null, 'not kept for ever');

-- deleting one
insert into offhook.delivery (event_id, event_at, bucket, destination,
    routed_at, due_at, state)
    select gen_random_uuid(), now(), 1, d.id, now(), now(), 'pending'
    from offhook.destination d, generate_series(1, 5) where d.name = 't-2';
update offhook.delivery d set lease = gen_random_uuid(),
    due_at = clock_timestamp() + interval '1 minute'
    where d.id = (select max(id) from offhook.delivery);
create temporary table gone as select id from offhook.destination
    where name = 't-2';
select offhook.destination_delete('t-2');
select is((select count(*) from offhook.destinations where name = 't-2'),
    0::bigint, 'a destination is deleted');
select is((select count(*) from offhook.destination_secret
    where destination = (select id from gone)), 0::bigint,
    'with its secrets');
select lives_ok($$select offhook.destination_add('t-2',
    '{"url": "https://b"}')$$, 'its name is free');
select is(offhook.destination_sweep(3), 3::bigint,
    'what is pending is cancelled, in bites');
select is((select string_agg(distinct format('%s %s %s', state, reason, n),
    ', ') from (select d.state, d.reason, count(*) as n
    from offhook.delivery d where d.destination = (select id from gone)
    group by 1, 2) as g), 'cancelled destination deleted 3, pending  2',
    'for a reason');
select is(offhook.destination_sweep(3), 1::bigint,
    'what is being sent is not');
update offhook.delivery set due_at = clock_timestamp() where lease is not null;
select is(offhook.destination_sweep(3), 1::bigint,
    'until its lease has run out');
select is(offhook.destination_sweep(3), 0::bigint, 'that is all');
select is(pg_temp.rows_of(format('select distinct destination, outcome from '
    'offhook.deliveries where destination_id = %s', (select id from gone))),
    '(t-2,cancelled)', 'and it can be seen still');

-- a function of the user's
create schema t_app;
create function t_app.make(p jsonb) returns text language sql
    as $$ select p ->> 'kind' $$;
create function t_app.bad(p jsonb) returns integer language sql
    as $$ select 1 $$;
revoke execute on function t_app.make(jsonb) from public;
select throws_ok($$select offhook.destination_set('t-2',
    '{"transform_sql": "t_app.none"}')$$, '42883', null, 'no such function');
select throws_ok($$select offhook.destination_set('t-2',
    '{"transform_sql": "t_app.bad"}')$$, '42883', null,
    'none that returns a text');
select throws_ok($$select offhook.destination_set('t-2',
    '{"transform_sql": "t_app.make"}')$$, '42501', null,
    'none that offhook_reply may call');
grant usage on schema t_app to offhook_reply;
grant execute on function t_app.make(jsonb) to offhook_reply;
select is(offhook.destination_set('t-2', '{"transform_sql": "t_app.make"}')
    ->> 'transform_sql', 't_app.make', 'one that it may');
create temporary table t2 as select id from offhook.destinations
    where name = 't-2';
grant select on t2 to public;
select is(offhook.transform_sql((select id from t2), '{"kind": "k"}'), 'k',
    'it is called');
set lock_timeout = '77s';
select is(offhook.transform_sql((select id from t2), '{"kind": "k"}')
    || current_setting('lock_timeout'), 'k0', 'and leaves no setting behind');
select throws_ok($$select offhook.transform_sql(-1, '{}')$$, '42883', null,
    'no such destination');
create or replace function t_app.make(p jsonb) returns text language sql
    as $$ select max(spec::text) from offhook.destination $$;
select throws_ok($$select offhook.transform_sql((select id from t2),
    '{}')$$, '42501', null, 'with the rights of offhook_reply');

-- who may
create temporary table can (role text, does text, state text);
insert into can select r, s, pg_temp.try_as(r, s) from unnest(array[
    'offhook_operator', 'offhook_worker', 'offhook_reader',
    'offhook_responder']) as r, unnest(array[
    $$select offhook.destination_add('t-r', '{"url": "https://a"}')$$,
    $$select offhook.destination_set('t-1', '{"attempts": 4}')$$,
    $$select offhook.destination_pause('t-1')$$,
    $$select offhook.destination_resume('t-1')$$,
    $$select offhook.destination_rotate('t-1')$$,
    $$select offhook.destination_drop_old_secret('t-1')$$,
    $$select offhook.destination_delete('t-1')$$]) as s;
select is((select string_agg(distinct role || ' ' || state, ', ' order by
    role || ' ' || state) from can), 'offhook_operator 00000, '
    'offhook_reader 42501, offhook_responder 42501, offhook_worker 42501',
    'only an operator changes destinations');
select is(pg_temp.try_as(r, 'select * from offhook.' || v), s, r || ': '
    || v) from unnest(array['destinations', 'destination_secret']) as v,
    (values ('offhook_reader', '00000'), ('offhook_operator', '00000'),
    ('offhook_responder', '42501')) as t (r, s)
    where v = 'destinations';
select is((select string_agg(r, ', ') from unnest(array['offhook_reader',
    'offhook_operator', 'offhook_worker', 'offhook_responder',
    'offhook_reply']) as r where has_table_privilege(r,
    'offhook.destination_secret', 'select')), null,
    'nobody reads the secrets');
select * from finish();
rollback;
