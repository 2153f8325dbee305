-- Issues: their life, what resolves itself, and who is told when.
begin;
\ir lib/setup.sql
select plan(94);
-- nobody else's rows in between
delete from offhook.issue;
delete from offhook.issue_more;
delete from offhook.channel;
delete from offhook.todo;
create function pg_temp.count(p_type text, p_subject text,
    p_age interval default '0') returns void language sql as $$
    select offhook.issue_count(p_type, p_subject, clock_timestamp() - p_age,
	'{"reason": "r"}') $$;
create function pg_temp.issue(p_type text, p_subject text) returns text
language sql as $$ select concat_ws(' ', state, count, reopened)
    from offhook.issues where type = p_type and subject = p_subject $$;
create function pg_temp.id(p_type text, p_subject text) returns bigint
language sql as $$ select id from offhook.issues
    where type = p_type and subject = p_subject $$;

-- a life
select pg_temp.count('t.a', 'x') \g /dev/null
select pg_temp.count('t.a', 'x') \g /dev/null
select is(pg_temp.issue('t.a', 'x'), 'open 2 0', 'counted');
select is((select opened_at from offhook.issues),
    (select first_seen from offhook.issues), 'opened by its first case');
select is(offhook.issue_acknowledge(pg_temp.id('t.a', 'x'), 'looking'),
    'open', 'acknowledge says what it was');
select pg_temp.count('t.a', 'x') \g /dev/null
select is(pg_temp.issue('t.a', 'x'), 'acknowledged 3 0',
    'acknowledged stays so');
select is(pg_temp.rows_of($$select acknowledged_by, comment,
    acknowledged_at is not null from offhook.issues$$),
    format('(%s,looking,t)', session_user), 'by whom and why');
select is(offhook.issue_resolve('t.a', 'x'), 'acknowledged',
    'resolve, by type and subject');
select is((select resolved_by || ' ' || comment from offhook.issues),
    session_user || ' looking', 'by whom; the comment stays');
select throws_ok($$select offhook.issue_acknowledge('t.a', 'x')$$, '22023',
    null, 'nobody is at what is over');
select pg_temp.count('t.a', 'x', '1 minute') \g /dev/null
select is(pg_temp.issue('t.a', 'x'), 'resolved 4 0',
    'a case of before does not open it again');
select pg_temp.count('t.a', 'x') \g /dev/null
select is(pg_temp.issue('t.a', 'x'), 'open 5 1', 'a new one does');
select is((select acknowledged_at from offhook.issues), null,
    'and it is nobody''s again');
select is(offhook.issue_ignore('t.a', 'x'), 'open', 'ignore');
select pg_temp.count('t.a', 'x') \g /dev/null
select is(pg_temp.issue('t.a', 'x'), 'ignored 6 1', 'ignored is counted on');
select is(offhook.issue_reopen('t.a', 'x', 'well'), 'ignored', 'reopen');
select is(pg_temp.issue('t.a', 'x'), 'open 6 2', 'it is open');
select is(offhook.issue_reopen('t.a', 'x'), 'open', 'twice');
select is(pg_temp.issue('t.a', 'x'), 'open 6 2', 'is once');
select throws_ok('select offhook.issue_resolve(-1)', '22023',
    'offhook: there is no issue -1', 'one that is none');
select throws_ok($$select offhook.issue_ignore('t.a', 'y')$$, '22023',
    'offhook: there is no issue t.a y', 'or by a name that is none');

-- cases left by issue_count, because the row was locked
insert into offhook.issue_more select 't.a', 'x' from generate_series(1, 3);
select is(pg_temp.issue('t.a', 'x'), 'open 9 2', 'the view adds them');
select offhook.issue_resolve('t.a', 'x') \g /dev/null
select is((select count from offhook.issue), 9::bigint,
    'resolve takes those of before');
insert into offhook.issue_more values ('t.a', 'x');
select is(offhook.issue_fold(10), 1, 'one came after it');
select is(pg_temp.issue('t.a', 'x'), 'open 10 3', 'and opens it');
select is(offhook.issue_fold(10), 0, 'no more');

-- what is looked at
select ok(offhook.issue_watch('t.w', null, '{"reason": "1"}'), 'watched');
select ok(not offhook.issue_watch('t.w', '', '{"reason": "2"}'),
    'one case in five minutes');
update offhook.issue set last_seen = last_seen - interval '6 minutes'
    where type = 't.w';
select ok(offhook.issue_watch('t.w', '', '{"reason": "3"}'),
    'and then the next');
select is(pg_temp.issue('t.w', ''), 'open 2 0', 'two');
select ok(offhook.issue_over('t.w', null), 'over');
select ok(not offhook.issue_over('t.w', null), 'once');
select is((select state || coalesce(resolved_by, ' itself')
    from offhook.issues where type = 't.w'), 'resolved itself',
    'resolved by nobody');
select ok(offhook.issue_watch('t.w', '', null), 'bad again');
select is(pg_temp.issue('t.w', ''), 'open 3 1', 'opens it again, at once');
select offhook.issue_ignore('t.w', '') \g /dev/null
select ok(not offhook.issue_over('t.w', ''), 'what is ignored stays so');

-- breakers, failures, what is old
insert into offhook.destination (name, spec)
    select 'issues-' || n, '{"url": "https://example.com"}'
    from generate_series(1, 3) as n;
create function pg_temp.to(n integer) returns integer language sql as $$
    select id from offhook.destination where name = 'issues-' || n $$;
insert into offhook.destination_state (destination, breaker, open_until)
    values (pg_temp.to(1), 'open', 'infinity');
select pg_temp.count('breaker.open', 'issues-1') \g /dev/null
select pg_temp.count('breaker.open', 'issues-gone') \g /dev/null
select pg_temp.count('delivery.first_failure', 'issues-1') \g /dev/null
select pg_temp.count('delivery.dead', 'issues-1') \g /dev/null
select offhook.issue_settle('15 minutes') \g /dev/null
select is(pg_temp.issue('breaker.open', 'issues-1'), 'open 1 0',
    'an open breaker is');
select is(pg_temp.issue('breaker.open', 'issues-gone'), 'resolved 1 0',
    'none of a destination that is gone');
select is(pg_temp.issue('delivery.first_failure', 'issues-1'), 'open 1 0',
    'a failure is until a success');
insert into offhook.destination_state (destination, breaker, last_success_at)
    values (pg_temp.to(1), 'closed', clock_timestamp());
select offhook.issue_settle('15 minutes') \g /dev/null
select is(pg_temp.issue('breaker.open', 'issues-1'), 'resolved 1 0',
    'a closed breaker resolves');
select is(pg_temp.issue('delivery.first_failure', 'issues-1'),
    'resolved 1 0', 'so does a success');
select is(pg_temp.issue('delivery.dead', 'issues-1'), 'open 1 0',
    'the dead stay dead');
insert into offhook.delivery (event_id, event_at, routed_at, due_at,
    destination, bucket)
    select gen_random_uuid(), now(), clock_timestamp() - a * interval
    '1 minute', clock_timestamp() + b * interval '1 minute', pg_temp.to(n), 7
    from (values (1, 20, -20), (1, 5, -5), (2, 16, 60), (2, 3, -3),
    (3, 14, -14)) as t (n, a, b);
update offhook.destination set paused = true, paused_at = now()
    where id = pg_temp.to(1);
update offhook.delivery set error = 'HTTP_STATUS'
    where destination = pg_temp.to(2);
select offhook.issue_settle(null) \g /dev/null
select is((select count(*) from offhook.issues where type = 'pending.old'),
    0::bigint, 'not looked for what is old');
select offhook.issue_settle('15 minutes') \g /dev/null
select is(pg_temp.issue('pending.old', 'issues-1'), 'open 1 0',
    'something is old');
select is((select detail ->> 'reason' from offhook.issues
    where type = 'pending.old' and subject = 'issues-1'),
    'the destination is paused', 'since it is paused');
select is((select detail ->> 'reason' from offhook.issues
    where type = 'pending.old' and subject = 'issues-2'),
    'last attempt: HTTP_STATUS', 'or waits for its next attempt');
select is(pg_temp.issue('pending.old', 'issues-3'), null, 'this is young');
update offhook.delivery set due_at = null, state = 'dead'
    where destination = pg_temp.to(2);
select offhook.issue_settle('15 minutes') \g /dev/null
select is(pg_temp.issue('pending.old', 'issues-2'), 'resolved 1 0',
    'nothing is old any more');
select is(pg_temp.issue('pending.old', 'issues-1'), 'open 1 0', 'but here');
insert into offhook.todo (bucket, event_id, event_at)
    values (7, gen_random_uuid(), now() - interval '1 hour');
select is((select string_agg(destination || '|' || (detail ->> 'reason'),
    ' ') from offhook.pending_old('15 minutes') where destination = ''),
    '|events are not routed', 'or nobody routes');
insert into offhook.late (bucket, event_id, event_at)
    select bucket, event_id, event_at from offhook.todo;
select is((select count(*) from offhook.pending_old('15 minutes')
    where destination = ''), 0::bigint, 'what was spooled came just now');

-- signatures
select ok(not offhook.issue_signatures('h', null, null, null), 'no failure');
select ok(not offhook.issue_signatures('h', 'infinity', 'infinity', '{}'),
    'ten failures, no event');
select is(pg_temp.issue('signature.failures', 'h'), 'open 1 0', 'an issue');
select pg_temp.ing(pg_temp.sid(1), 'sent', at => now()) \g /dev/null
select ok(offhook.issue_signatures('h', '2020-01-01', '2020-01-02', '{}'),
    'an event came since');
select is(pg_temp.issue('signature.failures', 'h'), 'resolved 1 0',
    'it is over');
select ok(not offhook.issue_signatures('h2', '2020-01-01', 'infinity', '{}'),
    'an event came in between');
select is(pg_temp.issue('signature.failures', 'h2'), null, 'that is none');

-- channels
select is(offhook.channel_set('ops', '{"type": "mail",
    "target": ["root", "ops@example.com"], "types": ["t.*"]}'), null,
    'a mail has no secret');
select matches(offhook.channel_set('hook', '{"type": "webhook",
    "target": ["https://example.com/h"], "quiet": "2 hours"}'),
    '^whsec_[A-Za-z0-9+/]{43}=$', 'a webhook has one');
select is(offhook.channel_set('hook', '{"quiet": null}'), null,
    'told once');
select is(pg_temp.rows_of('select name, type, target, types, quiet
    from offhook.channels order by name'),
    e'(hook,webhook,{https://example.com/h},{},01:00:00)\n'
    '(ops,mail,"{root,ops@example.com}",{t.*},01:00:00)', 'both');
select throws_like(format('select offhook.channel_set(%L, %L)', n, c),
    'offhook: %' || m || '%', n || ' ' || c) from (values
    ('a b', '{}', 'name'), ('x', '[]', 'object'), ('x', '{}', 'type'),
    ('x', '{"type": "fax", "target": ["1"]}', 'mail, webhook or exec'),
    ('x', '{"type": "mail"}', 'needs a target'),
    ('x', '{"type": "mail", "target": "a@b.c"}', 'list of texts'),
    ('x', '{"type": "mail", "target": ["a@b.c\nBcc: d@e.f"]}', 'control'),
    ('x', '{"type": "mail", "target": ["-oQ/tmp"]}', 'no mail address'),
    ('x', '{"type": "mail", "target": ["a@b, c@d"]}', 'no mail address'),
    ('x', '{"type": "webhook", "target": ["ftp://a"]}', 'one URL'),
    ('x', '{"type": "webhook", "target": ["http://a", "http://b"]}',
    'one URL'),
    ('x', '{"type": "exec", "target": ["sh"]}', 'absolute path'),
    ('ops', '{"type": "exec"}', 'cannot be changed'),
    ('ops', '{"quiet": "soon"}', 'quiet time'),
    ('ops', '{"quiet": "1 second"}', 'quiet time'),
    ('ops', '{"colour": "red"}', 'has no "colour"')) as t (n, c, m);

-- notices
delete from offhook.issue;
select is((select count(*) from offhook.notice_take(9)), 0::bigint,
    'nothing to tell');
select pg_temp.count('t.a', 'x') \g /dev/null
select pg_temp.count('u.b', 'y') \g /dev/null
create temporary table got as select * from offhook.notice_take(9);
create function pg_temp.told() returns text language sql as $$
    select string_agg(g.channel || ': ' || (select string_agg(concat_ws(' ',
	e ->> 'type', e ->> 'why', e ->> 'since'), ', ')
	from jsonb_array_elements(g.items::jsonb) as e), '; '
	order by g.channel) from got g $$;
create function pg_temp.take() returns text language plpgsql as $$
begin
	truncate got;
	insert into got select * from offhook.notice_take(9);
	return coalesce(pg_temp.told(), '');
end $$;
create function pg_temp.done(p_channel text, p_error text default null)
returns boolean language sql as $$ select offhook.notice_done(g.id, g.lease,
    p_error) from got g where g.channel = p_channel $$;
select is(pg_temp.told(), 'hook: t.a opened 1, u.b opened 1; '
    'ops: t.a opened 1', 'each what it wants');
select is((select count(*) from offhook.notice_take(9)), 0::bigint,
    'leased to one');
select ok(not offhook.notice_done(g.id, gen_random_uuid(), null),
    'nobody else can say that it is done') from got g
    where channel = 'hook';
select ok(pg_temp.done('hook', 'status 500'), 'one fails');
select ok(pg_temp.done('ops'), 'the other does not');
select is(pg_temp.rows_of($$select name, told_at is not null, failures, error,
    next_at > now() + interval '25 seconds' from offhook.channels
    order by name$$), e'(hook,f,1,"status 500",t)\n(ops,t,0,,t)',
    'what became of them');
update offhook.channel set due_at = '-infinity';
select is(pg_temp.take(), 'hook: t.a opened 1, u.b opened 1',
    'what failed is told again, the other not');
select pg_temp.done('hook') \g /dev/null
select pg_temp.count('t.a', 'x'), pg_temp.count('t.a', 'x') \g /dev/null
update offhook.channel set due_at = '-infinity';
select is(pg_temp.take(), '', 'quiet while it goes on');
update offhook.told set at = at - interval '61 minutes';
select is(pg_temp.take(), 'hook: t.a goes on 2; ops: t.a goes on 2',
    'until the quiet time is over');
select pg_temp.done('hook'), pg_temp.done('ops') \g /dev/null
update offhook.channel set due_at = '-infinity';
select offhook.issue_over('t.a', 'x') \g /dev/null
select pg_temp.count('t.a', 'x') \g /dev/null
select is(pg_temp.take(), '', 'what resolves itself and comes back is quiet');
select offhook.issue_resolve('t.a', 'x') \g /dev/null
select pg_temp.count('t.a', 'x') \g /dev/null
select is(pg_temp.take(), 'hook: t.a reopened 2; ops: t.a reopened 2',
    'what a person resolved is not');
update offhook.channel set due_at = '-infinity';
select offhook.issue_acknowledge('t.a', 'x') \g /dev/null
select is(pg_temp.take(), '', 'nor is anything told that somebody is at');
select ok(offhook.channel_delete('ops') and not offhook.channel_delete('ops'),
    'delete');

-- rights
select is(string_agg(concat_ws(' ', r, pg_temp.try_as('offhook_' || r, s)),
    ', '), w, s) from (values
    ('select * from offhook.notice_take(0)', 'responder 42501, '
    'reader 42501, worker 00000, operator 00000'),
    ('select offhook.issue_ignore(''u.b'', ''y'')', 'responder 42501, '
    'reader 42501, worker 42501, operator 00000'),
    ('select secret from offhook.channel', 'responder 42501, '
    'reader 42501, worker 42501, operator 42501'),
    ('select * from offhook.channels', 'responder 42501, reader 00000, '
    'worker 42501, operator 00000')) as t (s, w),
    unnest(array['responder', 'reader', 'worker', 'operator']) as r
    group by s, w;
select * from finish();
rollback;
