-- offhook.house_history() returns table (name, month, due, rows_estimate)
--
-- Purpose: the history's partitions, oldest first, and what is to be done
--     with each: house_due(), or null.  The plan and the steps both ask here.
-- Returns: rows_estimate null: Postgres has none yet.
-- Errors: none.  Writes: nothing.
create or replace function offhook.house_history()
returns table (name text, month timestamptz, due text, rows_estimate bigint)
language sql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
	select h.name, h.month, case when h.due = 'strip'
	    and obj_description(h.oid, 'pg_class') = 'without bodies'
	    then null else h.due end, h.rows_estimate
	from (
	    select c.oid, c.relname::text as name,
	        offhook.house_begins(c.relname) as month,
	        offhook.house_due(offhook.house_begins(c.relname)) as due,
	        nullif(c.reltuples, -1)::bigint as rows_estimate
	    from pg_inherits i
	    join pg_class c on c.oid = i.inhrelid
	    where i.inhparent = 'offhook.event'::regclass) as h
	where h.month is not null
	order by h.month
$$;
