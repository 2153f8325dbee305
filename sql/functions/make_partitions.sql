-- offhook.make_partitions(p_months_ahead integer) returns integer
--
-- Purpose: makes the history's partitions, one a month in UTC: this month,
--     p_months_ahead more, and each month of which event_default has rows.
--     offhook house keep calls it; if nobody does, event_default takes all.
--     An event_default with such rows is set aside: it is detached, named
--     event_accident_N, and an empty one takes its place; its rows are in no
--     view until house_move() has moved them.
-- Returns: how many partitions were made.
-- Errors: 22023 p_months_ahead is not 0 to 120; 55P03 somebody held a lock
--     for half a second, or wrote to event_default meanwhile: try again.
-- Writes: partitions of event.
--
-- Locks, only where a partition is missing, for some milliseconds: event in
-- share update exclusive (ingest goes on) and event_default in access
-- exclusive mode; to set it aside, event in access exclusive mode: everybody
-- waits, and nobody for more than a second, because what it has to wait for
-- itself it waits for at most half a second each.  (Detach concurrently
-- cannot be done where there is a default partition.)
create or replace function offhook.make_partitions(p_months_ahead integer)
returns integer
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '500ms'
set timezone = 'UTC'
as $$
declare
	v_months timestamptz[];
	v_month timestamptz;
	v_aside boolean;
begin
	if p_months_ahead is null or p_months_ahead not between 0 and 120 then
		raise exception 'offhook: months ahead must be 0 to 120'
		    using errcode = '22023';
	end if;
	-- as house_lock(), but a migration waits for its turn
	perform pg_advisory_xact_lock(31357010891566956);
	v_months := array(select offhook.house_missing(p_months_ahead));
	if v_months = '{}' then
		return 0;
	end if;
	v_aside := exists (select from offhook.house_accident());

	-- What takes long comes before the locks.
	foreach v_month in array v_months loop
		execute format('create table offhook.%I (like offhook.event '
		    'including defaults including indexes)',
		    'event_' || to_char(v_month, 'YYYYMM'));
		-- its rows come without bodies, see house_move()
		if offhook.house_due(v_month) = 'strip' then
			execute format('comment on table offhook.%I is '
			    '''without bodies''',
			    'event_' || to_char(v_month, 'YYYYMM'));
		end if;
	end loop;
	if v_aside then
		create table offhook.event_default_next (like offhook.event
		    including defaults including indexes);
		lock table offhook.event in access exclusive mode;
		alter table offhook.event
		    detach partition offhook.event_default;
		execute format('alter table offhook.event_default rename to '
		    '%I', 'event_accident_' || to_char(clock_timestamp(),
		    'YYYYMMDDHH24MISSUS'));
		alter table offhook.event_default_next
		    rename to event_default;
		alter table offhook.event
		    attach partition offhook.event_default default;
	else
		lock table offhook.event in share update exclusive mode;
		lock table offhook.event_default in access exclusive mode;
		if exists (select from offhook.event_default e
		    join unnest(v_months) as m (month)
		    on e.received_at >= m.month
		    and e.received_at < m.month + interval '1 month') then
			raise exception 'offhook: rows came into event_default '
			    'at this moment; try again' using errcode = '55P03';
		end if;
	end if;
	foreach v_month in array v_months loop
		execute format('alter table offhook.event attach partition '
		    'offhook.%I for values from (%L) to (%L)',
		    'event_' || to_char(v_month, 'YYYYMM'), v_month,
		    v_month + interval '1 month');
	end loop;
	return cardinality(v_months);
end
$$;
