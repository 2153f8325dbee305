-- offhook.delivery_again(p_ids bigint[]) returns bigint
--
-- Purpose: makes deliveries that have ended pending again, due now, as if
--     they had been routed now: all their attempts and all of their age are
--     before them.  The numbers of attempts go on.  In a destination that
--     keeps an order they go beside those that wait.
-- Arguments: p_ids  whose rows the caller has locked
-- Returns: how many.
-- Errors: none.  Writes: delivery.
create or replace function offhook.delivery_again(p_ids bigint[])
returns bigint
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_n bigint;
begin
	update offhook.delivery d set state = 'pending', reason = null,
	    tries = 0, lost = 0, due_at = clock_timestamp(),
	    routed_at = clock_timestamp(), finished_at = null, lease = null,
	    slot = null, trigger = 'retry'
	    where d.id = any (p_ids);
	get diagnostics v_n = row_count;
	return v_n;
end
$$;
