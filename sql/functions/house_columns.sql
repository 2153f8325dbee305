-- offhook.house_columns(p_bare text) returns text
--
-- Purpose: the columns of offhook.event as a list for SQL, by their names:
--     a partition may have them in another order.
-- Arguments: p_bare  null: as they are; else a condition in SQL: where it
--     holds raw is null and url ends before its '?' (of a GET that is where
--     the parameters are).
-- Errors: none.  Writes: nothing.
create or replace function offhook.house_columns(p_bare text)
returns text
language sql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
	select string_agg(case
	    when p_bare is not null and a.attname = 'raw' then
	        'case when ' || p_bare || ' then null else raw end'
	    when p_bare is not null and a.attname = 'url' then
	        'case when ' || p_bare || ' then split_part(url, ''?'', 1) '
	        'else url end'
	    else quote_ident(a.attname) end, ', ' order by a.attnum)
	from pg_attribute a
	where a.attrelid = 'offhook.event'::regclass and a.attnum > 0
	and not a.attisdropped
$$;
