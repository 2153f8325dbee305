-- offhook.replay_cancel(p_id bigint) returns void
--
-- Purpose: stops a replay: no more deliveries are made, and what is pending
--     of it becomes cancelled, by and by: destination_sweep().
-- Errors: P0002 there is none; 22023 it is cancelled already.
-- Writes: replay, operation.
create or replace function offhook.replay_cancel(p_id bigint)
returns void
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.replay;
begin
	select * into v from offhook.replay r where r.id = p_id for update;
	if not found then
		raise exception 'offhook: there is no replay %', p_id
		    using errcode = 'P0002';
	end if;
	if v.state = 'cancelled' then
		raise exception 'offhook: replay % is cancelled already', p_id
		    using errcode = '22023';
	end if;
	update offhook.replay r set state = 'cancelled', finished_at = null,
	    changed_by = session_user
	    where r.id = p_id;
	perform offhook.operation_note('replay.cancel', p_id::text,
	    jsonb_build_object('made', v.made, 'of', v.total));
end
$$;
