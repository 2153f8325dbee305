-- ingest: each verdict, what is written, who may fold into what.
begin;
\ir lib/setup.sql
select plan(62);

-- verdicts and what they write
select is(pg_temp.ing(pg_temp.sid(1), 'sent'), 'applied|204|', 'applied');
select is(pg_temp.ing(pg_temp.sid(1), 'queued'), 'stale|204|', 'stale');
select is(pg_temp.ing(pg_temp.sid(1), 'delivered'), 'applied|204|',
    'a later status is applied');
select is(pg_temp.rows_of($$select status, error_code, "from", "to", account,
    terminal from offhook.messages where sid = pg_temp.sid(1)$$),
    '(delivered,,+15550100001,+15550100002,'
    'AC00000000000000000000000000000001,t)', 'view messages');
select is(pg_temp.ing(pg_temp.sid(2), 'beamed'), 'unknown|204|',
    'unknown status');
select is((select status from offhook.messages where sid = pg_temp.sid(2)),
    'beamed', 'an unknown status shows');
select is(pg_temp.ing(pg_temp.sid(2), 'abducted'), 'unknown|204|',
    'another unknown status');
select is((select status from offhook.messages where sid = pg_temp.sid(2)),
    'beamed', 'the greater of two unknown ones shows');
select is(pg_temp.ing(pg_temp.sid(2), 'scheduled'), 'applied|204|',
    'the lowest known status is above an unknown one');
select is((select status from offhook.messages where sid = pg_temp.sid(2)),
    'scheduled', 'and shows');
select is(pg_temp.ing(pg_temp.sid(2), 'zapped'), 'unknown|204|',
    'unknown after known');
select is((select status from offhook.messages where sid = pg_temp.sid(2)),
    'scheduled', 'does not show');
select is(pg_temp.ing(null, null, 'n1', rkind => null, kind => 'other',
    reply => '<Response/>'), 'recorded|204|<Response/>',
    'recorded: no resource');
select is(pg_temp.ing(pg_temp.sid(3), 'sent', rkind => null,
    kind => 'other'), 'recorded|204|', 'recorded: a SID without a kind');
select is((select count(*) from offhook.resource
    where sid = pg_temp.sid(3)), 0::bigint, 'folds nothing');
select is(pg_temp.ing(pg_temp.sid(4), null), 'recorded|204|',
    'recorded: a resource without a status');
select is(pg_temp.rows_of($$select ord, unknown_status, err_ord
    from offhook.resource where sid = pg_temp.sid(4)$$), '(0,,)',
    'makes the resource');
select is((select verdict || '/' || status || '/' || kind
    from offhook.events where sid = pg_temp.sid(1) and status = 'queued'),
    'stale/queued/message.status', 'the event has its verdict');
select is((select count(*) from offhook.event e join offhook.todo t
    on t.event_id = e.id and t.bucket = e.bucket
    and t.event_at = e.received_at where e.sid = pg_temp.sid(1)), 3::bigint,
    'one todo an event');

-- duplicates get the first answer, byte for byte
select is(pg_temp.ing(pg_temp.sid(5), 'received', 'd', reply => 'first'),
    'applied|204|first', 'first delivery');
select is(pg_temp.ing(pg_temp.sid(5), 'received', 'd', reply => 'second'),
    'duplicate|204|first', 'second delivery');
select is(pg_temp.ing(pg_temp.sid(5), 'received', 'd', reply => 'third',
    issue => 'call.no_route'), 'duplicate|204|first', 'third delivery');
select is((select duplicates from offhook.events where sid = pg_temp.sid(5)),
    2, 'counted');
select is((select count(*) from offhook.event where sid = pg_temp.sid(5)),
    1::bigint, 'one event');
select is((select count(*) from offhook.todo t join offhook.event e
    on e.id = t.event_id where e.sid = pg_temp.sid(5)), 1::bigint,
    'one todo');
select is((select count(*) from offhook.issue
    where type = 'call.no_route' and subject = '+15550100002'), 0::bigint,
    'a duplicate opens no issue');
select is(current_setting('synchronous_commit'), 'off',
    'a duplicate does not wait for the disk');
select is(pg_temp.ing(pg_temp.sid(5), 'read', 'd2'), 'applied|204|',
    'a new event');
select is(current_setting('synchronous_commit'), 'on',
    'a new event waits, whatever the session says');
select is((select encode(reply, 'hex') from offhook.ingest(7::smallint,
    md5('bin')::uuid, gen_random_uuid(), now(), 'AC1', 'other', null, null,
    null, null, null, null, null, null, 'POST', null, null, 'form', null,
    null, null, null, 200::smallint, null, '\x00ff3c00'::bytea)), '00ff3c00',
    'an answer may be any bytes');
select is((select encode(reply, 'hex') || http || coalesce(ctype, '-')
    from offhook.ingest(7::smallint, md5('bin')::uuid, gen_random_uuid(),
    now(), 'AC1', 'other', null, null, null, null, null, null, null, null,
    'POST', null, null, 'form', null, null, null, null, 204::smallint, 'x',
    'y'::bytea)), '00ff3c00200-', 'and comes back so');

-- windows
select is(pg_temp.ing(null, null, 'w', rkind => null, kind => 'call.gather',
    win => 60, reply => 'one', at => '2026-03-04 05:00:00Z'),
    'recorded|204|one', 'a question');
select is(pg_temp.ing(null, null, 'w', rkind => null, kind => 'call.gather',
    win => 60, reply => 'two', at => '2026-03-04 05:00:59.9Z'),
    'duplicate|204|one', 'again within the window');
select is(pg_temp.ing(null, null, 'w', rkind => null, kind => 'call.gather',
    win => 60, reply => 'three', at => '2026-03-04 05:01:00Z'),
    'recorded|204|three', 'again when the window is over: a new event');
select is(pg_temp.ing(null, null, 'w', rkind => null, kind => 'call.gather',
    win => 60, reply => 'four', at => '2026-03-04 05:01:30Z'),
    'duplicate|204|three', 'the window begins anew');
select is(pg_temp.rows_of($$select reply, duplicates, http
    from offhook.events where key = md5('w')::uuid order by received_at$$),
    e'(one,1,204)\n(three,1,204)',
    'both events keep their answers');
select is(pg_temp.ing(null, null, 'w', rkind => null, kind => 'call.gather',
    reply => 'five', at => '2027-03-04 05:01:30Z'), 'duplicate|204|three',
    'without a window a key is good for ever');

-- accounts, buckets, isolation
select is(pg_temp.ing(pg_temp.sid(6), 'sent'), 'applied|204|', 'of account A');
select throws_ok($$select pg_temp.ing(pg_temp.sid(6), 'read',
    acc => 'AC00000000000000000000000000000002')$$, 'OF002', null,
    'account B cannot fold into it');
select is((select count(*) from offhook.once where key = md5(concat_ws('/',
    'AC00000000000000000000000000000002', pg_temp.sid(6), 'read'))::uuid),
    0::bigint, 'nor claim a key');
select is((select status from offhook.messages where sid = pg_temp.sid(6)),
    'sent', 'nothing changed');
select throws_ok($$select pg_temp.ing(pg_temp.sid(6), 'completed',
    rkind => 'call')$$, 'OF002', null, 'nor can another kind');
select throws_ok($$select pg_temp.ing(pg_temp.sid(7), 'sent',
    bucket => 1024)$$, '22003', null, 'bucket too great');
select throws_ok($$select pg_temp.ing(pg_temp.sid(7), 'sent',
    bucket => -1)$$, '22003', null, 'bucket too small');

-- error codes have a key of their own
select is(pg_temp.ing(pg_temp.sid(8), 'undelivered', error => 30003),
    'applied|204|', 'an error');
select is(pg_temp.ing(pg_temp.sid(8), 'sent', error => 30001),
    'stale|204|', 'an earlier error, later');
select is((select error_code from offhook.messages
    where sid = pg_temp.sid(8)), 30003, 'the error of the later status');
select is(pg_temp.ing(pg_temp.sid(8), 'undelivered', error => 30005),
    'applied|204|', 'another error of the same status');
select is((select error_code from offhook.messages
    where sid = pg_temp.sid(8)), 30005, 'the greater of two equals');
select is(pg_temp.ing(pg_temp.sid(8), 'delivered'), 'applied|204|',
    'no error');
select is((select status || error_code from offhook.messages
    where sid = pg_temp.sid(8)), 'delivered30005', 'does not unsay one');
select is((select statuses from offhook.contradictions
    where sid = pg_temp.sid(8)), array['delivered', 'undelivered'],
    'two ends are a contradiction');

-- numbers and times do not depend on the order
select is(pg_temp.ing(pg_temp.sid(9), 'sent', from_ => 'b', to_ => null,
    at => '2026-03-04 06:00Z'), 'applied|204|', 'from b');
select is(pg_temp.ing(pg_temp.sid(9), 'queued', from_ => 'a', to_ => 'c',
    at => '2026-03-04 05:00Z'), 'stale|204|', 'from a');
select is(pg_temp.ing(pg_temp.sid(9), 'accepted', from_ => null, to_ => 'd',
    at => '2026-03-04 05:30Z'), 'stale|204|', 'from nobody');
select is(pg_temp.rows_of($$select "from", "to",
    first_seen at time zone 'UTC', updated_at at time zone 'UTC'
    from offhook.messages where sid = pg_temp.sid(9)$$),
    '(a,c,"2026-03-04 05:00:00","2026-03-04 06:00:00")',
    'least number, first and last time');

-- sequence numbers order within a rank; kinds that cycle go by the clock
select is(pg_temp.ing(pg_temp.sid(1, 'CA'), 'completed', seq => 0,
    rkind => 'call'), 'applied|204|', 'completed, number 0');
select is(pg_temp.ing(pg_temp.sid(1, 'CA'), 'ringing', seq => 9,
    rkind => 'call'), 'stale|204|', 'ringing, number 9');
select is((select status from offhook.calls
    where sid = pg_temp.sid(1, 'CA')), 'completed', 'rank goes first');
insert into offhook.status (kind, code, rank, name, terminal, source, label)
    values ('hold', 1, null, 'hold', false, 'test', 'hold'),
    ('hold', 2, null, 'unhold', false, 'test', 'unhold');
select is(pg_temp.ing(pg_temp.sid(1, 'CF'), 'hold', rkind => 'hold',
    clock => 1760000000002), 'applied|204|', 'hold at 2');
select is(pg_temp.ing(pg_temp.sid(1, 'CF'), 'unhold', rkind => 'hold',
    clock => 1760000000001), 'stale|204|', 'unhold at 1 is older');
select is(pg_temp.ing(pg_temp.sid(1, 'CF'), 'unhold', rkind => 'hold',
    clock => 1760000000003), 'applied|204|', 'unhold at 3');

select * from finish();
rollback;
