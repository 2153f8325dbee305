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
insert into offhook.schema_migration (version, name) values
    (1, '0001_tables');

\ir functions/bucket.sql
\ir functions/order_key.sql
\ir functions/no_way_back.sql
\ir functions/issue_count.sql
\ir functions/ingest_guard.sql
\ir functions/ingest.sql
\ir functions/utf8_text.sql
\ir functions/form_text.sql
\ir functions/params.sql
\ir functions/event_params.sql
\ir functions/routes.sql
\ir functions/route_set.sql
\ir functions/route_delete.sql
\ir functions/make_partitions.sql
\ir functions/refold.sql
\ir views.sql
\ir grants.sql

insert into offhook.schema_install (mode)
    values (case when :'one_role' = 'on' then 'one-role' else 'roles' end);
\o /dev/null
select offhook.make_partitions(2);
\o
reset role;
\ir database.sql
