-- Everything, in reading order, for plain psql and a fresh database:
--
--     psql -X -1 -v ON_ERROR_STOP=1 -d DATABASE -f sql/install.sql
--
-- -v one_role=on where there is one role and no CREATEROLE.  Later versions
-- are applied by sql/migrate, which takes over what this file installed.
-- -1 makes it one transaction, and ON_ERROR_STOP lets psql fail: without it
-- psql ends with status 0 whatever happened.
\if :{?one_role}
\else
\set one_role off
\endif
select current_setting('server_version_num')::integer >= 140000
    and current_setting('server_encoding') = 'UTF8' as ok \gset
\if :ok
\else
do $$ begin
	raise exception 'offhook needs PostgreSQL 14 or later and a database '
	    'whose encoding is UTF8, not % and %',
	    current_setting('server_version'),
	    current_setting('server_encoding');
end $$;
\endif
set client_encoding = 'UTF8';
set client_min_messages = warning;

\ir roles.sql
\if :one_role
\else
set role offhook_owner;
\endif

\ir migrations/0001_tables.sql
\ir migrations/0002_every_webhook.sql
\ir migrations/0003_house.sql
\ir migrations/0004_countries.sql
\ir migrations/0005_replies.sql
\ir migrations/0006_deliveries.sql
insert into offhook.schema_migration (version, name) values
    (1, '0001_tables'), (2, '0002_every_webhook'), (3, '0003_house'),
    (4, '0004_countries'), (5, '0005_replies'), (6, '0006_deliveries');

\ir functions/bucket.sql
\ir functions/order_key.sql
\ir functions/uuid_at.sql
\ir functions/facts_at.sql
\ir functions/facts_merge.sql
\ir functions/no_way_back.sql
\ir functions/issue_again.sql
\ir functions/issue_count.sql
\ir functions/spool_issue.sql
\ir functions/ingest_guard.sql
\ir functions/session_patch.sql
\ir functions/ingest.sql
\ir functions/spool_ingest.sql
\ir functions/spool_flush.sql
\ir functions/await.sql
\ir functions/pace_count.sql
\ir functions/decide.sql
\ir functions/state.sql
\ir functions/utf8_text.sql
\ir functions/form_text.sql
\ir functions/form_ascii.sql
\ir functions/params.sql
\ir functions/event_params.sql
\ir functions/routes.sql
\ir functions/route_json_fault.sql
\ir functions/route_xml_fault.sql
\ir functions/route_function.sql
\ir functions/route_check.sql
\ir functions/route_changed.sql
\ir functions/route_replace.sql
\ir functions/route_set.sql
\ir functions/route_delete.sql
\ir functions/route_apply.sql
\ir functions/route_rollback.sql
\ir functions/reply_sql.sql
\ir functions/make_partitions.sql
\ir functions/house_lock.sql
\ir functions/house_columns.sql
\ir functions/house_begins.sql
\ir functions/house_due.sql
\ir functions/house_history.sql
\ir functions/house_accident.sql
\ir functions/house_aside.sql
\ir functions/house_missing.sql
\ir functions/house_make.sql
\ir functions/house_move.sql
\ir functions/house_drop.sql
\ir functions/house_watch.sql
\ir functions/house_forget.sql
\ir functions/house_swap.sql
\ir functions/house_strip.sql
\ir functions/house_purge.sql
\ir functions/house_done.sql
\ir functions/house_set.sql
\ir functions/house_status.sql
\ir functions/house_plan.sql
\ir functions/json_params.sql
\ir functions/stream_params.sql
\ir functions/facts_of.sql
\ir functions/refold.sql
\ir functions/country.sql
\ir functions/fact.sql
\ir functions/fact_boolean.sql
\ir functions/fact_decimal.sql
\ir functions/fact_integer.sql
\ir functions/media_of.sql
\ir functions/undecided.sql
\ir functions/timeline.sql
\ir functions/thread.sql
\ir functions/nearest.sql
\ir functions/event_by_id.sql
\ir functions/filter_texts.sql
\ir functions/filter_pattern.sql
\ir functions/filter_condition.sql
\ir functions/filter_param.sql
\ir functions/filter_match.sql
\ir functions/filter_match_any.sql
\ir functions/filter_needs_params.sql
\ir functions/filter_check_pattern.sql
\ir functions/filter_check_text.sql
\ir functions/filter_check_condition.sql
\ir functions/filter_check.sql
\ir functions/filter_test.sql
\ir functions/transform_check.sql
\ir functions/transform_function.sql
\ir functions/transform_sql.sql
\ir functions/operation_note.sql
\ir functions/destination_fault_headers.sql
\ir functions/destination_fault_target.sql
\ir functions/destination_fault_body.sql
\ir functions/destination_fault_policy.sql
\ir functions/destination_check.sql
\ir functions/destination_changed.sql
\ir functions/destination_named.sql
\ir functions/destination_new_secret.sql
\ir functions/destination_add.sql
\ir functions/destination_set.sql
\ir functions/destination_delete.sql
\ir functions/destination_hold.sql
\ir functions/destination_pause.sql
\ir functions/destination_rotate.sql
\ir functions/destination_drop_old_secret.sql
\ir functions/delivery_end.sql
\ir functions/destination_sweep.sql
\ir functions/delivery_cancel.sql
\ir functions/delivery_again.sql
\ir functions/delivery_retry.sql
\ir functions/dlq_pick.sql
\ir functions/dlq_retry.sql
\ir functions/dlq_purge.sql
\ir functions/replay_time.sql
\ir functions/replay_event.sql
\ir functions/replay_read.sql
\ir functions/replay_wants.sql
\ir functions/replay_plan.sql
\ir functions/replay_run.sql
\ir functions/replay_cancel.sql
\ir functions/replay_place.sql
\ir functions/replay_step.sql
\ir functions/worker_replay.sql
\ir functions/issue_change.sql
\ir functions/issue_acknowledge.sql
\ir functions/issue_resolve.sql
\ir functions/issue_ignore.sql
\ir functions/issue_reopen.sql
\ir functions/issue_fold.sql
\ir functions/issue_over.sql
\ir functions/issue_watch.sql
\ir functions/issue_signatures.sql
\ir functions/pending_old.sql
\ir functions/issue_settle.sql
\ir functions/channel_fault.sql
\ir functions/channel_set.sql
\ir functions/channel_delete.sql
\ir functions/channel_target.sql
\ir functions/notice_items.sql
\ir functions/notice_take.sql
\ir functions/notice_done.sql
\ir functions/is_between.sql
\ir functions/events_after.sql
\ir functions/destination_lock.sql
\ir functions/destination_health.sql
\ir functions/destination_note.sql
\ir functions/destination_heard.sql
\ir functions/rate_room.sql
\ir functions/filter_try.sql
\ir functions/lane_lock.sql
\ir functions/lane_hold.sql
\ir functions/lane_try.sql
\ir functions/lane_next.sql
\ir functions/todo_seen.sql
\ir functions/todo_next.sql
\ir functions/due_from.sql
\ir functions/due_low.sql
\ir functions/due_room.sql
\ir functions/due_taken.sql
\ir functions/issue_dead.sql
\ir functions/due_gone.sql
\ir functions/due_lost.sql
\ir functions/task_count.sql
\ir functions/due_wait.sql
\ir functions/worker_destinations.sql
\ir functions/worker_route.sql
\ir functions/worker_take.sql
\ir functions/worker_finish.sql
\ir functions/worker_beat.sql
\ir functions/worker_gone.sql
\ir functions/worker_due.sql
\ir catalogue.sql
\ir views.sql
\ir grants.sql

insert into offhook.schema_install (mode)
    values (case when :'one_role' = 'on' then 'one-role' else 'roles' end);
\o /dev/null
select offhook.make_partitions(2);
\o
reset role;
\ir database.sql
