-- offhook.house_missing(p_months_ahead integer) returns setof timestamptz
--
-- Purpose: the months (UTC) that need a partition and have none: this one,
--     p_months_ahead more, and those of house_accident(); in order.
-- Errors: none.  Writes: nothing.
create or replace function offhook.house_missing(p_months_ahead integer)
returns setof timestamptz
language sql stable
set search_path = pg_catalog, offhook, pg_temp
set timezone = 'UTC'
as $$
	select g.m from generate_series(
	    date_trunc('month', clock_timestamp()),
	    date_trunc('month', clock_timestamp())
	    + p_months_ahead * interval '1 month',
	    interval '1 month') as g (m)
	where to_regclass('offhook.event_' || to_char(g.m, 'YYYYMM')) is null
	union
	select offhook.house_accident()
	order by 1
$$;
