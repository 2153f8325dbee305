-- offhook.make_partitions(p_months_ahead integer) returns integer
--
-- Purpose: makes the history's partitions, one a month in UTC: this month,
--     p_months_ahead more, and each month of which event_default has rows,
--     which move.  Run it daily; if nobody does, event_default takes all.
-- Returns: how many partitions were made.
-- Errors: 22023 p_months_ahead is not 0 to 120; 55P03 somebody held a lock
--     for two seconds: try again.
-- Writes: partitions of event, event.
--
-- Locks: only where a partition is missing: event in share update exclusive,
-- event_default in access exclusive mode, for as long as it takes to read
-- event_default (which is empty as long as this is run in time).
create or replace function offhook.make_partitions(p_months_ahead integer)
returns integer
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '2s'
set timezone = 'UTC'
as $$
declare
	v_month timestamptz;
	v_name text;
	v_made integer := 0;
begin
	if p_months_ahead is null or p_months_ahead not between 0 and 120 then
		raise exception 'offhook: months ahead must be 0 to 120'
		    using errcode = '22023';
	end if;
	for v_month in
	    select g.m from generate_series(
	        date_trunc('month', clock_timestamp()),
	        date_trunc('month', clock_timestamp())
	        + p_months_ahead * interval '1 month',
	        interval '1 month') as g (m)
	    union
	    -- rows whose clock was far off stay where they are
	    select date_trunc('month', e.received_at)
	    from offhook.event_default e
	    where e.received_at >= '2020-01-01'
	    and e.received_at < clock_timestamp() + interval '10 years'
	    order by 1
	loop
		v_name := 'event_' || to_char(v_month, 'YYYYMM');
		continue when to_regclass('offhook.' || v_name) is not null;
		lock table offhook.event_default in access exclusive mode;
		execute format('create table offhook.%I '
		    '(like offhook.event including defaults)', v_name);
		execute format('with moved as (delete from '
		    'offhook.event_default where received_at >= %L and '
		    'received_at < %L returning *) insert into offhook.%I '
		    'select * from moved', v_month,
		    v_month + interval '1 month', v_name);
		execute format('alter table offhook.event attach partition '
		    'offhook.%I for values from (%L) to (%L)', v_name,
		    v_month, v_month + interval '1 month');
		v_made := v_made + 1;
	end loop;
	return v_made;
end
$$;
