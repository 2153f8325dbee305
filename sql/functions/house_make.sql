-- offhook.house_make(p_months_ahead integer)
--     returns table (action, object, detail, rows)
--
-- Purpose: a step of house keep: make_partitions(), and what it made: a row
--     for each ('make'), and one if event_default was set aside.  Again: no
--     row, unless there is more to do.
-- Errors: OF010 and those of make_partitions().  Writes and locks as it does.
create or replace function offhook.house_make(p_months_ahead integer)
returns table (action text, object text, detail text, rows bigint)
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set timezone = 'UTC'
as $$
declare
	v_months timestamptz[];
	v_since timestamptz;
begin
	perform offhook.house_lock();
	v_months := array(select offhook.house_missing(p_months_ahead));
	if exists (select from offhook.house_accident()) then
		select min(e.received_at) into v_since
		    from offhook.event_default e
		    where e.received_at >= '2020-01-01';
	end if;
	perform offhook.make_partitions(p_months_ahead);
	if v_since is not null then
		return query select 'set aside', 'event_default',
		    'accident: rows since ' || to_char(v_since,
		    'YYYY-MM-DD HH24:MI:SS"Z"'), null::bigint;
	end if;
	return query select 'make'::text, 'event_' || to_char(m, 'YYYYMM'),
	    null::text, null::bigint from unnest(v_months) as m;
end
$$;
