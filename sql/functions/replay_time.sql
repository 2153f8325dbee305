-- offhook.replay_time(p_key text, p_time jsonb) returns timestamptz
--
-- Purpose: a time of a plan.
-- Errors: 22023 it is none.  Writes: nothing.
create or replace function offhook.replay_time(p_key text, p_time jsonb)
returns timestamptz
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
set timezone = 'UTC'
as $$
begin
	if jsonb_typeof(p_time) = 'string' then
		return (p_time #>> '{}')::timestamptz;
	end if;
	raise exception using errcode = '22007';
exception when data_exception then
	raise exception 'offhook: % is a time, "2026-11-22T08:00:00Z", not %',
	    p_key, p_time using errcode = '22023';
end
$$;
