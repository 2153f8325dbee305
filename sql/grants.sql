-- Who may do what.  Run by sql/migrate and install.sql, each time, after the
-- functions and views; psql variable one_role as in roles.sql.
--
-- Nobody may do anything until it is listed here.  offhook_responder, which
-- faces the network, may call six functions.
revoke all on schema offhook from public;
revoke all on all tables in schema offhook from public;
revoke all on all sequences in schema offhook from public;
revoke all on all functions in schema offhook from public;

\if :one_role
-- The one role owns everything; there is nobody to grant anything to.
\else
-- A function that somebody adds by hand is nobody's, too.  (Only this form,
-- without IN SCHEMA, takes away what PUBLIC has by default.)
alter default privileges for role offhook_owner
    revoke execute on functions from public;

-- What runs users' functions belongs to offhook_reply, so that they have the
-- rights of that role.  To be given a function one must be able to make one.
select p.proowner <> 'offhook_reply'::regrole as mine from pg_proc p
    where p.oid = 'offhook.reply_sql(text, jsonb)'::regprocedure \gset
\if :mine
grant create on schema offhook to offhook_reply;
alter function offhook.reply_sql(text, jsonb) owner to offhook_reply;
\endif
select p.proowner <> 'offhook_reply'::regrole as mine from pg_proc p
    where p.oid = 'offhook.transform_sql(integer, jsonb)'::regprocedure \gset
\if :mine
grant create on schema offhook to offhook_reply;
alter function offhook.transform_sql(integer, jsonb) owner to offhook_reply;
\endif

revoke all on all functions in schema offhook
    from offhook_responder, offhook_worker, offhook_reader, offhook_operator,
    offhook_reply;
revoke all on all tables in schema offhook
    from offhook_responder, offhook_worker, offhook_reader, offhook_operator,
    offhook_reply;
revoke all on schema offhook
    from offhook_responder, offhook_worker, offhook_reader, offhook_operator,
    offhook_reply;
grant usage on schema offhook
    to offhook_responder, offhook_worker, offhook_reader, offhook_operator,
    offhook_reply;

grant execute on function
    offhook.ingest(smallint, uuid, uuid, timestamptz, text, text, text, text,
	text, integer, bigint, integer, text, text, text, text, text, text,
	bytea, integer, bigint, text, smallint, text, bytea, text, jsonb,
	integer, text, text, jsonb),
    offhook.await(smallint, uuid, integer),
    offhook.decide(smallint, uuid, smallint, text, bytea, text, text, text,
	integer, integer, jsonb),
    offhook.state(text, text, text, text, text, text, text),
    offhook.routes(), offhook.reply_sql(text, jsonb)
    to offhook_responder;
-- Who drains a spool stores what was verified before.
grant execute on function
    offhook.spool_ingest(smallint, uuid, uuid, timestamptz, text, text, text,
	text, text, integer, bigint, integer, text, text, text, text, text,
	text, bytea, integer, bigint, text, smallint, text, bytea, text, jsonb,
	integer, text, text, jsonb),
    offhook.decide(smallint, uuid, smallint, text, bytea, text, text, text,
	integer, integer, jsonb),
    offhook.spool_flush(), offhook.spool_issue(text, text, jsonb)
    to offhook_worker, offhook_operator;
-- (An owner needs the right to execute to replace a function.)
grant execute on function offhook.route_function(text),
    offhook.reply_sql(text, jsonb), offhook.transform_function(integer),
    offhook.transform_sql(integer, jsonb)
    to offhook_reply;

-- offhook house: who keeps house deletes only what the periods say.
grant execute on function offhook.make_partitions(integer),
    offhook.house_make(integer), offhook.house_move(integer),
    offhook.house_drop(), offhook.house_strip(integer),
    offhook.house_purge(text, integer), offhook.house_done()
    to offhook_worker, offhook_operator;
grant execute on function offhook.house_plan(integer),
    offhook.house_status()
    to offhook_worker, offhook_operator, offhook_reader;
grant execute on function offhook.house_set(text, interval)
    to offhook_operator;
grant select on offhook.retention
    to offhook_worker, offhook_operator, offhook_reader;

-- The views, and the functions that they and a person in psql call.
grant select on offhook.messages, offhook.calls, offhook.events,
    offhook.contradictions, offhook.issues, offhook.routes,
    offhook.routes_list, offhook.route_change, offhook.sessions,
    offhook.resources, offhook.recordings, offhook.transcriptions,
    offhook.conferences, offhook.participants, offhook.conversations,
    offhook.conversation_messages, offhook.conversation_participants,
    offhook.conversation_users, offhook.delivery_receipts,
    offhook.media_streams, offhook.alerts, offhook.alert_counts,
    offhook.failures, offhook.undecided, offhook.media, offhook.consents,
    offhook.history, offhook.calling_code, offhook.field,
    offhook.channels,
    offhook.kind, offhook.status, offhook.schema_migration,
    offhook.schema_install
    to offhook_reader, offhook_operator;
grant execute on function offhook.params(bytea), offhook.form_text(text),
    offhook.form_ascii(text),
    offhook.utf8_text(bytea), offhook.bucket(text),
    offhook.event_params(bytea, text, text, text),
    offhook.country(text), offhook.fact(jsonb, text),
    offhook.fact_boolean(jsonb, text), offhook.fact_decimal(jsonb, text),
    offhook.fact_integer(jsonb, text), offhook.media_of(text),
    offhook.undecided(integer, interval), offhook.timeline(text, integer),
    offhook.thread(text, text, timestamptz, integer, text),
    offhook.events_after(jsonb, timestamptz, jsonb, integer)
    to offhook_reader, offhook_operator;

-- Issues: a person's decisions, and what the worker sees and tells.
grant execute on function offhook.issue_acknowledge(bigint, text),
    offhook.issue_acknowledge(text, text, text),
    offhook.issue_resolve(bigint, text),
    offhook.issue_resolve(text, text, text),
    offhook.issue_ignore(bigint, text),
    offhook.issue_ignore(text, text, text),
    offhook.issue_reopen(bigint, text),
    offhook.issue_reopen(text, text, text),
    offhook.channel_set(text, jsonb), offhook.channel_delete(text),
    offhook.channel_target(text)
    to offhook_operator;
grant execute on function offhook.issue_watch(text, text, jsonb),
    offhook.issue_over(text, text), offhook.issue_settle(interval),
    offhook.issue_signatures(text, timestamptz, timestamptz, jsonb),
    offhook.notice_take(integer), offhook.notice_done(integer, uuid, text)
    to offhook_worker, offhook_operator;

-- Destinations and what becomes of deliveries.
grant select on offhook.destinations, offhook.deliveries, offhook.attempts,
    offhook.dead_letters, offhook.dead_letter_counts,
    offhook.filtered_counts, offhook.replays, offhook.workers,
    offhook.operations
    to offhook_reader, offhook_operator;
grant execute on function offhook.filter_check(jsonb, text),
    offhook.filter_test(jsonb, uuid), offhook.destination_check(jsonb)
    to offhook_reader, offhook_operator;
grant execute on function offhook.transform_sql(integer, jsonb),
    offhook.worker_replay(uuid, integer),
    offhook.worker_destinations(bigint),
    offhook.worker_route(uuid, integer, integer, integer, integer[]),
    offhook.worker_take(uuid, integer, integer, jsonb, jsonb),
    offhook.worker_finish(uuid, jsonb),
    offhook.worker_beat(uuid, text, integer, text, bigint[], uuid[],
	integer),
    offhook.worker_gone(uuid), offhook.worker_due()
    to offhook_worker, offhook_operator;
grant execute on function offhook.destination_add(text, jsonb, text),
    offhook.destination_set(text, jsonb), offhook.destination_delete(text),
    offhook.destination_pause(text), offhook.destination_resume(text),
    offhook.destination_rotate(text, interval, text),
    offhook.destination_drop_old_secret(text),
    offhook.delivery_retry(bigint), offhook.delivery_cancel(bigint, text),
    offhook.dlq_retry(text, text, text, text, timestamptz, timestamptz,
	integer),
    offhook.dlq_purge(text, text, text, text, timestamptz, timestamptz,
	integer),
    offhook.replay_plan(jsonb, double precision), offhook.replay_run(bigint),
    offhook.replay_cancel(bigint)
    to offhook_operator;

grant execute on function offhook.route_set(text, text, text, integer,
	text, boolean),
    offhook.route_delete(text), offhook.route_delete(text, text),
    offhook.route_apply(jsonb, text, bigint),
    offhook.route_rollback(bigint, text), offhook.routes(),
    offhook.state(text, text, text, text, text, text, text),
    offhook.reply_sql(text, jsonb)
    to offhook_operator;
\endif
