-- offhook.house_due(p_month timestamptz) returns text
--
-- Purpose: what is to be done with a month of the history: 'drop' when all
--     of it is past the period of history, 'strip' when past that of bodies.
-- Arguments: p_month  its first moment, in UTC
-- Returns: null: nothing.  (A month that has been stripped is due still;
--     its table's comment says that it is done: house_history.)
-- Errors: none.  Writes: nothing.
create or replace function offhook.house_due(p_month timestamptz)
returns text
language sql stable
set search_path = pg_catalog, offhook, pg_temp
set timezone = 'UTC'
as $$
	select case
	    when p_month + interval '1 month' <= clock_timestamp()
	        - (select r.keep from offhook.retention r
	        where r.what = 'history') then 'drop'
	    when p_month + interval '1 month' <= clock_timestamp()
	        - (select r.keep from offhook.retention r
	        where r.what = 'bodies') then 'strip' end
$$;
