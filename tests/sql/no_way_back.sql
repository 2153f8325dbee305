-- Hand-written UPDATEs of resource, by its owner: nothing goes back.
begin;
\ir lib/setup.sql
select plan(49);
select pg_temp.ing(pg_temp.sid(1), 'undelivered', error => 30005,
    at => '2026-03-04 05:00Z') \g /dev/null
select pg_temp.ing(pg_temp.sid(1), 'beamed', at => '2026-03-04 06:00Z')
    \g /dev/null
select pg_temp.ing(pg_temp.sid(2), 'sent') \g /dev/null
select pg_temp.ing(pg_temp.sid(1), 'sent', parent => 'CA-b', facts =>
    '{"c": {"direction": [0, "b"]}, "l": {"price": "9"}, "num_media": 2,
    "consent": "opted_in", "asked": true}') \g /dev/null
select pg_temp.ing(pg_temp.sid(3), 'sent') \g /dev/null

create function pg_temp.set(p text) returns text language sql as $$
    select format('update offhook.resource set %s where sid = %L', p,
    pg_temp.sid(1)) $$;
create function pg_temp.refused(p text) returns text language sql as $$
    select throws_ok(pg_temp.set(p), 'OF001', null, 'refused: ' || p) $$;
create function pg_temp.allowed(p text) returns text language sql as $$
    select lives_ok(pg_temp.set(p), 'allowed: ' || p) $$;

select pg_temp.refused('ord = ord - 1');
select pg_temp.refused('ord = 0');
select pg_temp.refused($$sid = 'SM1'$$);
select pg_temp.refused('bucket = bucket + 1');
select pg_temp.refused($$kind = 'call'$$);
select pg_temp.refused($$account = 'AC00000000000000000000000000000002'$$);
select pg_temp.refused('err_ord = err_ord - 1');
select pg_temp.refused('err_ord = null');
select pg_temp.refused('err_ord = null, error_code = null');
select pg_temp.refused('error_code = 30004');
select pg_temp.refused('error_code = null');
select pg_temp.refused('err_ord = err_ord + 1, error_code = null');
select pg_temp.refused($$unknown_status = null$$);
select pg_temp.refused($$unknown_status = 'abducted'$$);
select pg_temp.refused($$from_ = null$$);
select pg_temp.refused($$from_ = '+15550100009'$$);
select pg_temp.refused($$to_ = null$$);
select pg_temp.refused($$to_ = '+15550100009'$$);
select pg_temp.refused($$first_seen = first_seen + interval '1 us'$$);
select pg_temp.refused($$updated_at = updated_at - interval '1 us'$$);
select pg_temp.refused('parent = null');
select pg_temp.refused($$parent = 'CA-c'$$);
select pg_temp.refused('num_media = null');
select pg_temp.refused('num_media = 1');
select pg_temp.refused('consent = null');
select pg_temp.refused($$consent = 'a'$$);
select pg_temp.refused('asked = null');
select pg_temp.refused('asked = false');
select pg_temp.refused('facts = null');
select pg_temp.refused($$facts = '{}'$$);
select pg_temp.refused($$facts = facts - 'price'$$);
select pg_temp.refused($$facts = facts || '{"price": [0, "9"]}'$$);
-- digits are a number
select pg_temp.refused($$facts = jsonb_set(facts, '{price,1}', '"8"')$$);
select pg_temp.refused($$facts = facts || '{"direction": [0, "a"]}'$$);
select throws_ok(pg_temp.set($$status = 'read'$$), '42703', null,
    'there is no column for a status');
select is((select status || error_code from offhook.messages
    where sid = pg_temp.sid(1)), 'undelivered30005', 'nothing has changed');

-- the way forward is open
select pg_temp.allowed('ord = ord + 1, err_ord = err_ord + 1');
select pg_temp.allowed('error_code = 30006');
select pg_temp.allowed($$from_ = '+1', to_ = '+1',$$
    || $$ unknown_status = 'zapped', first_seen = '2020-01-01',$$
    || $$ updated_at = '2030-01-01'$$);
select pg_temp.allowed($$parent = 'CA-a', num_media = 3,$$
    || $$ consent = 'opted_out'$$);
select pg_temp.allowed($$facts = jsonb_set(facts, '{price,1}', '"91"')$$);
select pg_temp.allowed($$facts = facts || '{"direction": [1, "a"]}'$$);
select pg_temp.allowed($$facts = facts || '{"new": [0, ""]}'$$);
select pg_temp.allowed('facts = facts');
select is((select facts from offhook.resource where sid = pg_temp.sid(1)),
    jsonb_build_object('direction', '[1, "a"]'::jsonb, 'new',
    '[0, ""]'::jsonb, 'price', jsonb_build_array((select s.base
    from offhook.status s where s.kind = 'message' and s.name = 'sent'),
    '91')), 'and nothing else has changed');
select is((select facts from offhook.resource where sid = pg_temp.sid(3)),
    null, 'another one has no facts');
select lives_ok(format($$update offhook.resource set facts = '{"a": [5, "b"]}',
    parent = 'CA1', num_media = 1, consent = 'opted_in' where sid = %L$$,
    pg_temp.sid(3)), 'allowed: what was nothing');
select throws_ok(format('update offhook.resource set err_ord = 1
    where sid = %L', pg_temp.sid(2)), 'OF001', null,
    'an error key without an error');

-- every column of the table is named above
select is((select string_agg(attname::text, ' ' order by attname::text
    collate "C") from pg_attribute
    where attrelid = 'offhook.resource'::regclass and attnum > 0
    and not attisdropped), 'account asked bucket consent err_ord error_code '
    'facts first_seen from_ kind num_media ord parent sid to_ unknown_status '
    'updated_at',
    'a new column needs its direction, here and in the trigger');
select * from finish();
rollback;
