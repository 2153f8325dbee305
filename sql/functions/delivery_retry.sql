-- offhook.delivery_retry(p_id bigint) returns text
--
-- Purpose: a delivery that is dead, expired or cancelled is tried again, or
--     one that waits for its next attempt at once: delivery_again().
-- Returns: 'due' it goes now; 'waits' it is behind another one of its lane;
--     'sending' it is on its way at this moment.
-- Errors: P0002 there is no such delivery; 22023 it was delivered, its
--     destination is deleted, or its event is: the hint says what to do.
-- Writes: delivery, operation.
create or replace function offhook.delivery_retry(p_id bigint)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.delivery;
	v_why text;
	v_hint text;
begin
	select * into v from offhook.delivery d where d.id = p_id for update;
	if not found then
		raise exception 'offhook: there is no delivery %', p_id
		    using errcode = 'P0002';
	end if;
	if v.state = 'delivered' then
		v_why := 'was delivered';
		v_hint := format('To send it again, with an id of its own: '
		    'offhook replay run --yes --to %s --event %s',
		    (select d.name from offhook.destination d
		    where d.id = v.destination), v.event_id);
	elsif not exists (select from offhook.destination d
	    where d.id = v.destination and d.deleted_at is null) then
		v_why := 'went to a destination that is deleted';
		v_hint := format('To send its event to another one: '
		    'offhook replay run --yes --to NAME --event %s',
		    v.event_id);
	elsif not exists (select from offhook.event e
	    where e.received_at = v.event_at and e.id = v.event_id) then
		v_why := 'is of an event that house keep has dropped';
		v_hint := 'There is nothing left to send.';
	end if;
	if v_why is not null then
		raise exception 'offhook: delivery % %', p_id, v_why
		    using errcode = '22023', hint = v_hint;
	end if;
	if v.state = 'pending' then
		if v.due_at = 'infinity' then
			return 'waits';
		elsif v.lease is not null and v.due_at > clock_timestamp()
		    then
			return 'sending';
		end if;
		update offhook.delivery d set due_at = clock_timestamp()
		    where d.id = p_id and d.due_at > clock_timestamp();
	else
		perform offhook.delivery_again(array[p_id]);
	end if;
	perform offhook.operation_note('delivery.retry', p_id::text,
	    jsonb_build_object('was', v.state));
	return 'due';
end
$$;
