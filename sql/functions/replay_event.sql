-- offhook.replay_event(p_id jsonb) returns offhook.event
--
-- Purpose: the event that a plan names.
-- Errors: 22023 that is no id; P0002 there is no such event.
-- Writes: nothing.
create or replace function offhook.replay_event(p_id jsonb)
returns offhook.event
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_id uuid;
begin
	v_id := (p_id #>> '{}')::uuid;
	return offhook.event_by_id(v_id);
exception when invalid_text_representation then
	raise exception 'offhook: event is the id of an event, not %', p_id
	    using errcode = '22023';
end
$$;
