-- bucket() and order_key(): fixed for ever; C has the same bucket().
begin;
\ir lib/setup.sql
select plan(16);
select is(offhook.bucket('SM000000000000000000000000000003ff'), 1023::smallint,
    'low ten bits');
select is(offhook.bucket('SM00000000000000000000000000000400'), 0::smallint,
    'not the eleventh');
select is(offhook.bucket('CA0000000000000000000000000000fabc'), 700::smallint,
    'hex letters');
select is(offhook.bucket(''), 944::smallint, 'nothing: its hash');
select is(offhook.bucket('abc'), (x'ba78'::integer & 1023)::smallint,
    'the first two bytes of SHA-256');
select is(offhook.bucket('SM0000000000000000000000000000FABC'),
    ((get_byte(sha256('SM0000000000000000000000000000FABC'), 0) * 256
    + get_byte(sha256('SM0000000000000000000000000000FABC'), 1))
    % 1024)::smallint, 'capitals are no SID of ours: hashed');
select is(offhook.bucket('é'), (x'4a99'::integer & 1023)::smallint,
    'UTF-8 is hashed as such');
select is(offhook.bucket(null), null, 'null');
select is((select count(*) from generate_series(1, 2000) as n
    where offhook.bucket(n::text) not between 0 and 1023), 0::bigint,
    'never out of range');

select is(offhook.order_key(null, null, 0, 5, 5), 0::bigint, 'unknown: 0');
select is(offhook.order_key(0::smallint, 1::smallint, 0, null, null),
    1::bigint, 'the lowest known one');
select is(offhook.order_key(4::smallint, 9::smallint, 0, 2, null),
    (4 * 2 ^ 40 + 3 * 256 + 9)::bigint, 'rank, sequence number, code');
select is(offhook.order_key(4::smallint, 9::smallint, 1, null, null),
    (4 * 2 ^ 40 + 2 ^ 39 + 9)::bigint, 'authority');
select cmp_ok(offhook.order_key(4::smallint, 255::smallint, 1, 2147483647,
    null), '<', offhook.order_key(5::smallint, 1::smallint, 0, null, null),
    'a rank is never overflown');
select is(offhook.order_key(null, 2::smallint, 0, null, 1760000000000),
    1760000000000 * 2097152 + 2, 'a kind that cycles');
select is((select count(*) from offhook.status s where s.base
    <> offhook.order_key(s.rank, s.code, 0, null, null)), 0::bigint,
    'base is the key of a callback without numbers');
select * from finish();
rollback;
