-- offhook.lane_try(p_ids bigint[]) returns bigint[]
--
-- Purpose: which of these deliveries may be ended now without waiting for
--     anybody: lane_hold() for who has locked many, in no order.
-- Arguments: p_ids  whose rows the caller has locked
-- Returns: those that let nobody go, and those behind which the next one of
--     the lane (which is none of these) is locked now.  Somebody else has
--     that of the others: they are for the next time.
-- Errors: none.  Writes: nothing.
create or replace function offhook.lane_try(p_ids bigint[])
returns bigint[]
language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
	v_heads bigint[];
	v_next bigint[];
	v_got bigint[];
begin
	-- What waits in the middle of its lane has nobody to let go.
	select array_agg(d.id), array_agg(n.id) into v_heads, v_next
	    from unnest(p_ids) as i
	    join offhook.delivery d on d.id = i and d.lane is not null
	    and (d.due_at < 'infinity' or d.state <> 'pending')
	    cross join lateral (select x.id from offhook.delivery x
	    where x.destination = d.destination and x.lane = d.lane
	    and x.id > d.id and (x.due_at is null) is false
	    and x.id <> all (p_ids)
	    order by x.id limit 1) as n;
	if v_heads is null then
		return p_ids;
	end if;
	v_got := array(select d.id from offhook.delivery d
	    where d.id = any (v_next) order by d.id for update skip locked);
	return array(select i from unnest(p_ids) as i
	    where not exists (select from unnest(v_heads, v_next)
	    as h (head, next)
	    where h.head = i and h.next <> all (v_got)) order by i);
end
$$;
