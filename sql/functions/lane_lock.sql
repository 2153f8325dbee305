-- offhook.lane_lock(p_destinations integer[], p_lanes text[])
--
-- Purpose: locks the last delivery of each of these lanes where it has not
--     ended yet, in the order of their ids: whoever ends it waits until what
--     comes behind it is there, and lets that go.
-- Arguments: of each pair; the caller holds the baton, so that no lane gets
--     another end.
-- Errors: none.  Writes: nothing.
create or replace function offhook.lane_lock(p_destinations integer[],
    p_lanes text[])
returns void
language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
	v_again boolean;
begin
	loop
		-- One that was cancelled meanwhile is not the last any more.
		select bool_or(l.state = 'cancelled') into v_again
		    from (select d.state from offhook.delivery d
		    where d.id = any (array(
		    select z.id from unnest(p_destinations, p_lanes)
		    as p (destination, lane)
		    cross join lateral (select x.id, x.due_at
		    from offhook.delivery x
		    where x.destination = p.destination and x.lane = p.lane
		    and x.state <> 'cancelled'
		    order by x.id desc limit 1) as z
		    where z.due_at is not null))
		    order by d.id for share) as l;
		exit when v_again is not true;
	end loop;
end
$$;
