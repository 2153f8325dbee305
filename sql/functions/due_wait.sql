-- offhook.due_wait(p_destination integer, p_now timestamptz) returns bigint
--
-- Purpose: in how many ms after p_now a destination's rate lets the next
--     delivery go.
-- Returns: at least 1; null where it has no rate, or where that lets one go
--     at p_now: what it waits for is something else.
-- Errors: none.  Writes: nothing.
create or replace function offhook.due_wait(p_destination integer,
    p_now timestamptz)
returns bigint
language sql
as $$
	select nullif(greatest(0, ceil(extract(epoch from
	    (offhook.destination_health(d.id)).rate_at - p_now)
	    * 1000 - (ceil(r.n * 100 / r.per) - 1) * r.per / r.n)), 0)::bigint
	from offhook.destination d
	cross join lateral (select (d.spec -> 'rate' ->> 'n')::numeric as n,
	    (d.spec -> 'rate' ->> 'per_ms')::numeric as per) as r
	where d.id = p_destination and r.n is not null
$$;
