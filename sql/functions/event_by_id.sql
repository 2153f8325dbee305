-- offhook.event_by_id(p_id uuid) returns offhook.event
--
-- Purpose: a stored event, found by the time in its id (functions/uuid_at.sql).
-- Errors: P0002 there is none, or it was dropped with its month.
-- Writes: nothing.
create or replace function offhook.event_by_id(p_id uuid)
returns offhook.event
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.event;
	v_at timestamptz := to_timestamp(('x' || lpad(substr(replace(
	    p_id::text, '-', ''), 1, 12), 16, '0'))::bit(64)::bigint
	    / 1000.0);
begin
	select * into v from offhook.event e
	    where e.id = p_id and e.received_at >= v_at - interval '2 ms'
	    and e.received_at <= v_at + interval '2 ms';
	if not found then
		raise exception 'offhook: there is no event %', p_id
		    using errcode = 'P0002';
	end if;
	return v;
end
$$;
