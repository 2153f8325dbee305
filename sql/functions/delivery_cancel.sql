-- offhook.delivery_cancel(p_id bigint, p_reason text default 'operator')
--     returns void
--
-- Purpose: ends a delivery that is pending, as cancelled; or a dead one that
--     holds its lane, which lets the others go.  When it is being sent at
--     this moment, that attempt is recorded as late and changes nothing.
-- Errors: P0002 there is none; 22023 it has ended already, or the reason is
--     empty or longer than 200 bytes.
-- Writes: delivery, operation.
create or replace function offhook.delivery_cancel(p_id bigint,
    p_reason text default 'operator')
returns void
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.delivery;
begin
	if p_reason is null or octet_length(p_reason) not between 1 and 200
	    then
		raise exception 'offhook: a reason has 1 to 200 bytes'
		    using errcode = '22023';
	end if;
	select * into v from offhook.delivery d where d.id = p_id for update;
	if not found then
		raise exception 'offhook: there is no delivery %', p_id
		    using errcode = 'P0002';
	end if;
	if v.due_at is null then
		raise exception 'offhook: delivery % is % already', p_id,
		    v.state using errcode = '22023', hint = case
		    when v.state in ('dead', 'expired')
		    then 'offhook dlq purge takes it from the dead letters.'
		    else '' end;
	end if;
	perform offhook.delivery_end(array[p_id], p_reason);
	perform offhook.operation_note('delivery.cancel', p_id::text,
	    jsonb_build_object('reason', p_reason));
end
$$;
