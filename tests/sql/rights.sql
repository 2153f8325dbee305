-- Who may do what.  offhook_responder, which faces the network, may call six
-- functions, and nothing else at all.
begin;
\ir lib/setup.sql
select plan(79);
select offhook.route_set('other', '*', '<Response/>') \g /dev/null
select pg_temp.ing(pg_temp.sid(1), 'sent') \g /dev/null
create function pg_temp.ingest_sql() returns text language sql as $$
    select format($q$select offhook.ingest(1::smallint, %L, %L, now(), 'AC1',
    'other', null, null, null, null, null, null, null, null, 'POST', null,
    null, 'form', null, null, null, null, 204::smallint, null, null)$q$,
    gen_random_uuid(), gen_random_uuid()) $$;

-- what each role may
select is(pg_temp.try_as('offhook_responder', pg_temp.ingest_sql()), '00000',
    'responder: ingest');
select is(pg_temp.try_as('offhook_responder', 'select * from offhook.routes()'),
    '00000', 'responder: routes');
select is(pg_temp.try_as('offhook_responder', 'select ' || f), c,
    'responder: ' || f)
    from (values ('offhook.await(1::smallint, gen_random_uuid(), 1)', 'P0002'),
    ('offhook.decide(1::smallint, gen_random_uuid(), 200::smallint, null, '
    'null, null, null, null, null, null, null)', 'P0002'),
    ('offhook.state(null, null, null, null, null, null, null)', '00000'),
    ('offhook.reply_sql(''none'', ''{}'')', '42883')) as t (f, c);
select is(pg_temp.try_as('offhook_operator', 'select ' || f), '00000',
    'operator: ' || f)
    from unnest(array['offhook.route_set(''*'', ''*'', ''<Response/>'')',
    'offhook.route_apply(''[]'', null)',
    'offhook.route_rollback((select min(version) from offhook.route_change), '
    'null)', 'offhook.state(null, null, null, null, null, null, null)']) as f;
select is(pg_temp.try_as('offhook_operator',
    $$select offhook.route_delete('other *')$$), '00000',
    'operator: route_delete by name');
select is(pg_temp.try_as(r, f), '42501', r || ': no ' || f)
    from unnest(array['offhook_worker', 'offhook_reader']) as r,
    unnest(array['select offhook.route_apply(''[]'', null)',
    'select offhook.reply_sql(''other *'', ''{}'')']) as f;
select is(pg_temp.try_as('offhook_operator',
    $$select offhook.route_delete('other', '*')$$), '00000',
    'operator: route_delete');
select is(pg_temp.try_as('offhook_worker',
    'select offhook.make_partitions(1)'), '00000', 'worker: make_partitions');
select is(pg_temp.try_as(r, 'select * from offhook.' || v), '00000',
    r || ': ' || v)
    from unnest(array['offhook_reader', 'offhook_operator']) as r,
    unnest(array['messages', 'calls', 'events', 'contradictions', 'issues',
    'routes_list', 'routes', 'route_change', 'sessions']) as v;
select is(pg_temp.try_as('offhook_reader', pg_temp.ingest_sql()), '42501',
    'reader: no ingest');
select is(pg_temp.try_as('offhook_operator', pg_temp.ingest_sql()), '42501',
    'operator: no ingest');
select is(pg_temp.try_as(r, replace(regexp_replace(pg_temp.ingest_sql(),
    '\)$', ', null, null, null, null, null, null)'), 'ingest', 'spool_ingest')),
    '00000', r || ': spool_ingest')
    from unnest(array['offhook_worker', 'offhook_operator']) as r;
select is(pg_temp.try_as(r, $$select offhook.spool_issue('spool.used', 'host',
    '{}')$$), '00000', r || ': spool_issue')
    from unnest(array['offhook_worker', 'offhook_operator']) as r;
select is(pg_temp.try_as('offhook_worker',
    $$select offhook.spool_issue('route.broken', 'x', '{}')$$), '22023',
    'worker: spool_issue counts no other type');
select is(pg_temp.try_as('offhook_reader',
    $$select offhook.route_set('*', '*', '<Response/>')$$), '42501',
    'reader: no route_set');
select is(pg_temp.try_as('offhook_worker',
    $$select offhook.route_set('*', '*', '<Response/>')$$), '42501',
    'worker: no route_set');
select is(pg_temp.try_as(r, 'select offhook.refold(''message'')'), '42501',
    r || ': no refold') from unnest(array['offhook_responder',
    'offhook_worker', 'offhook_reader', 'offhook_operator']) as r;

-- what the responder may not: everything else
select is((select string_agg(p.oid::regprocedure::text, ' ')
    from pg_proc p where p.pronamespace = 'offhook'::regnamespace
    and p.proname not in ('ingest', 'routes', 'await', 'decide', 'state',
    'reply_sql')
    and has_function_privilege('offhook_responder', p.oid, 'execute')),
    null, 'responder: no other function');
select is((select string_agg(c.relname || ' ' || a, ', ')
    from pg_class c, unnest(array['select', 'insert', 'update', 'delete',
    'truncate', 'references', 'trigger']) as a
    where c.relnamespace = 'offhook'::regnamespace
    and c.relkind in ('r', 'p', 'v', 'm', 'f')
    and has_table_privilege('offhook_responder', c.oid, a)), null,
    'responder: no table and no view');
select is((select string_agg(c.relname || '.' || a.attname, ', ')
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'offhook'::regnamespace
    and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
    and (has_column_privilege('offhook_responder', c.oid, a.attnum, 'select')
    or has_column_privilege('offhook_responder', c.oid, a.attnum,
    'update'))), null, 'responder: no column');
select is((select string_agg(c.relname, ', ') from pg_class c
    where c.relnamespace = 'offhook'::regnamespace and c.relkind = 'S'
    and (has_sequence_privilege('offhook_responder', c.oid, 'usage')
    or has_sequence_privilege('offhook_responder', c.oid, 'select')
    or has_sequence_privilege('offhook_responder', c.oid, 'update'))), null,
    'responder: no sequence');
select is((select string_agg(n.nspname, ', ') from pg_namespace n
    where has_schema_privilege('offhook_responder', n.oid, 'create')), null,
    'responder: CREATE in no schema');
select is(pg_temp.try_as('offhook_responder', s), '42501', 'responder: ' || s)
    from unnest(array['select * from offhook.resource',
    'select * from offhook.messages', 'delete from offhook.once',
    'insert into offhook.todo values (1, gen_random_uuid(), now())',
    'create table offhook.mine (n integer)',
    'create schema mine', 'create temporary table mine (n integer)',
    'create table public.mine (n integer)',
    'create function offhook.mine() returns integer language sql as '
    '''select 1''']) as s;
-- (SET ROLE itself is checked against the session's user, so membership:)
select is((select string_agg(g.rolname, ', ') from pg_auth_members m
    join pg_roles g on g.oid = m.roleid
    join pg_roles r on r.oid = m.member
    where r.rolname = 'offhook_responder'), null,
    'responder: a member of nothing');
select is((select bool_or(rolsuper or rolcreaterole or rolcreatedb
    or rolreplication or rolbypassrls) from pg_roles
    where rolname like 'offhook\_%'), false,
    'no role of ours has a special right');
select is((select string_agg(s, ' ' order by s) from pg_db_role_setting d
    join pg_roles r on r.oid = d.setrole, unnest(d.setconfig) as s
    where r.rolname = 'offhook_responder' and d.setdatabase = 0
    and s ~ '^(default_transaction_isolation|statement_timeout|lock_timeout'
    '|idle_in_transaction_session_timeout)='),
    'default_transaction_isolation=read committed '
    'idle_in_transaction_session_timeout=5000ms lock_timeout=2000ms '
    'statement_timeout=2500ms', 'responder: its settings');

-- PUBLIC, and what security definer needs
select is((select string_agg(p.proname, ', ') from pg_proc p,
    aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
    where p.pronamespace = 'offhook'::regnamespace and a.grantee = 0), null,
    'PUBLIC may execute nothing');
select is((select string_agg(c.relname, ', ') from pg_class c,
    aclexplode(c.relacl) as a
    where c.relnamespace = 'offhook'::regnamespace and a.grantee = 0), null,
    'PUBLIC has no right on a table or view');
select is((select count(*) from pg_namespace n, aclexplode(n.nspacl) as a
    where n.nspname = 'offhook' and a.grantee = 0), 0::bigint,
    'nor on the schema');
set local role offhook_owner;
create function offhook.later() returns integer language sql
    as $$ select 1 $$;
reset role;
select ok(not has_function_privilege('offhook_responder', 'offhook.later()',
    'execute'), 'nor on a function that is made later');
drop function offhook.later();
select is((select string_agg(p.proname, ', ') from pg_proc p
    where p.pronamespace = 'offhook'::regnamespace and p.prosecdef
    and not exists (select from unnest(p.proconfig) as s
    where s = 'search_path=pg_catalog, offhook, pg_temp')), null,
    'each security definer function pins its search_path');
-- A client that gave up is not noticed by who waits for a lock, and settings
-- of a role are not inherited by the logins that are its members.
select is((select string_agg(p.proname || ' ' || coalesce(s, 'none'), ', '
    order by p.proname) from pg_proc p
    left join lateral unnest(p.proconfig) as s on s ~ '^lock_timeout='
    where p.pronamespace = 'offhook'::regnamespace
    and p.proname in ('ingest', 'decide', 'await', 'spool_ingest',
    'spool_flush', 'spool_issue', 'worker_route', 'worker_take',
    'worker_finish', 'worker_beat', 'worker_replay')
    and coalesce(s, '') not in ('lock_timeout=2000ms',
    'lock_timeout=5000ms')), null,
    'the functions of responder and worker wait for no lock for ever');
select is((select string_agg(p.proname, ', ' order by p.proname)
    from pg_proc p where p.pronamespace = 'offhook'::regnamespace
    and p.prosecdef),
    'await, channel_delete, channel_set, channel_target, decide, '
    'delivery_cancel, delivery_retry, destination_add, destination_check, '
    'destination_delete, destination_drop_old_secret, destination_pause, '
    'destination_resume, destination_rotate, destination_set, '
    'destination_sweep, dlq_purge, dlq_retry, events_after, filter_check, '
    'filter_test, house_done, house_drop, house_make, house_move, '
    'house_plan, house_purge, house_set, house_status, house_strip, ingest, '
    'issue_acknowledge, issue_acknowledge, issue_ignore, issue_ignore, '
    'issue_over, issue_reopen, issue_reopen, issue_resolve, issue_resolve, '
    'issue_settle, issue_signatures, issue_watch, make_partitions, '
    'notice_done, notice_take, replay_cancel, replay_plan, replay_run, '
    'reply_sql, route_apply, route_delete, route_delete, route_function, '
    'route_rollback, route_set, routes, spool_flush, spool_ingest, '
    'spool_issue, state, transform_function, transform_sql, worker_beat, '
    'worker_destinations, worker_due, worker_finish, worker_gone, '
    'worker_replay, worker_route, worker_take',
    'and these are all there are');
select is((select pg_get_userbyid(p.proowner) from pg_proc p
    where p.oid = 'offhook.reply_sql(text, jsonb)'::regprocedure),
    'offhook_reply', 'who asks a function of yours belongs to offhook_reply');
select is((select string_agg(p.proname, ', ' order by p.proname)
    from pg_proc p where p.pronamespace = 'offhook'::regnamespace
    and has_function_privilege('offhook_reply', p.oid, 'execute')),
    'reply_sql, route_function, transform_function, transform_sql',
    'which may call nothing else of ours');
select is((select string_agg(c.relname, ', ') from pg_class c
    where c.relnamespace = 'offhook'::regnamespace
    and c.relkind in ('r', 'p', 'v', 'S') and (case c.relkind when 'S'
    then has_sequence_privilege('offhook_reply', c.oid,
    'usage, select, update') else has_table_privilege('offhook_reply', c.oid,
    'select, insert, update, delete, truncate, references, trigger')
    or has_any_column_privilege('offhook_reply', c.oid,
    'select, insert, update, references') end)), null,
    'and read or write nothing of ours');
select is((select count(*) from pg_auth_members m
    where 'offhook_reply'::regrole = m.member), 0::bigint,
    'it is a member of nothing');
select is((select string_agg(distinct pg_get_userbyid(o), ', ') from (
    select proowner as o from pg_proc
    where pronamespace = 'offhook'::regnamespace
    and proname not in ('reply_sql', 'transform_sql')
    union all select relowner from pg_class
    where relnamespace = 'offhook'::regnamespace) as x), 'offhook_owner',
    'offhook_owner owns everything else');

-- a temporary table of an attacker's does not get in between
create temporary table event as select * from offhook.event limit 0;
create temporary table status as select * from offhook.status limit 0;
create temporary table once as select * from offhook.once limit 0;
select is(pg_temp.ing(pg_temp.sid(2), 'sent'), 'applied|204|',
    'ingest past temporary tables of the same names');
select is((select count(*) from offhook.event where sid = pg_temp.sid(2)),
    1::bigint, 'writes where it should');
select * from finish();
rollback;
