-- offhook.replay_run(p_id bigint) returns void
--
-- Purpose: lets a planned replay begin: workers make its deliveries from now
--     on, at its rate: worker_replay().
-- Errors: P0002 there is none; 22023 it is not planned, or where it goes is
--     deleted.
-- Writes: replay, operation.
create or replace function offhook.replay_run(p_id bigint)
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
	if v.state <> 'planned' then
		raise exception 'offhook: replay % is % already', p_id,
		    v.state using errcode = '22023',
		    hint = 'Make a new plan to send the events once more.';
	end if;
	if not exists (select from offhook.destination d
	    where d.id = v.destination and d.deleted_at is null) then
		raise exception 'offhook: the destination of replay % is '
		    'deleted', p_id using errcode = '22023';
	end if;
	update offhook.replay r set state = 'running',
	    started_at = clock_timestamp(), paced_at = clock_timestamp(),
	    changed_by = session_user
	    where r.id = p_id;
	perform offhook.operation_note('replay.run', p_id::text,
	    v.plan || jsonb_build_object('deliveries', v.total));
end
$$;
