-- offhook.delivery_end(p_ids bigint[], p_reason text) returns bigint
--
-- Purpose: ends deliveries that somebody has decided against, and lets the
--     next of their lanes go.
-- Arguments: p_ids  whose rows the caller has locked
-- Returns: how many.
-- Errors: none.  Writes: delivery.
--
-- lane_hold() waits for whoever ends one beside these in their lanes: each
-- would leave it to the other to let the next one go.
create or replace function offhook.delivery_end(p_ids bigint[],
    p_reason text)
returns bigint
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_heads bigint[];
	v_n bigint;
begin
	-- What waits in the middle of its lane has nobody to let go.
	v_heads := array(select d.id from offhook.delivery d
	    where d.id = any (p_ids) and d.lane is not null
	    and (d.due_at < 'infinity'
	    or d.due_at = 'infinity' and d.state <> 'pending'));
	if v_heads <> '{}' then
		perform offhook.lane_hold(v_heads);
	end if;
	update offhook.delivery d set state = 'cancelled',
	    reason = p_reason, finished_at = clock_timestamp(),
	    due_at = null, lease = null, slot = null
	    where d.id = any (p_ids);
	get diagnostics v_n = row_count;
	if v_heads <> '{}' then
		perform offhook.lane_next(v_heads);
	end if;
	return v_n;
end
$$;
