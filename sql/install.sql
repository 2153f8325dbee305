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
insert into offhook.schema_migration (version, name) values
    (1, '0001_tables'), (2, '0002_every_webhook'), (3, '0003_house'),
    (4, '0004_countries'), (5, '0005_replies');

\ir functions/bucket.sql
\ir functions/order_key.sql
\ir functions/uuid_at.sql
\ir functions/facts_at.sql
\ir functions/facts_merge.sql
\ir functions/no_way_back.sql
\ir functions/issue_count.sql
\ir functions/ingest_guard.sql
\ir functions/session_patch.sql
\ir functions/ingest.sql
\ir functions/await.sql
\ir functions/pace_count.sql
\ir functions/decide.sql
\ir functions/state.sql
\ir functions/utf8_text.sql
\ir functions/form_text.sql
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
