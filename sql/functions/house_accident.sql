-- offhook.house_accident() returns setof timestamptz
--
-- Purpose: the months (UTC) of the rows in event_default, where none should
--     be: nobody has run offhook house keep in time.
-- Returns: not those before 2020 or more than ten years ahead (a clock was
--     far off), nor those whose table is there but was detached by hand:
--     such rows stay where they are.
-- Errors: none.  Writes: nothing.
--
-- One look into the index a month, however many rows there are.
create or replace function offhook.house_accident()
returns setof timestamptz
language sql stable
set search_path = pg_catalog, offhook, pg_temp
set timezone = 'UTC'
as $$
	with recursive found (month) as (
	    (select date_trunc('month', e.received_at)
	        from offhook.event_default e
	        where e.received_at >= '2020-01-01'
	        and e.received_at < clock_timestamp() + interval '10 years'
	        order by e.received_at limit 1)
	    union all
	    select (select date_trunc('month', e.received_at)
	        from offhook.event_default e
	        where e.received_at >= f.month + interval '1 month'
	        and e.received_at < clock_timestamp() + interval '10 years'
	        order by e.received_at limit 1)
	    from found f where f.month is not null
	)
	select f.month from found f
	where f.month is not null
	and to_regclass('offhook.event_' || to_char(f.month, 'YYYYMM')) is null
$$;
