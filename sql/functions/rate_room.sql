-- offhook.rate_room(p_rate jsonb, p_rate_at timestamptz,
--     p_now timestamptz) returns integer
--
-- Purpose: how many deliveries a destination's rate lets go at this moment
--     (GCRA): {"n": 10, "per_ms": 1000} is one every 100 ms; what was not
--     used may come at once, but no more than what 100 ms would bring, at
--     least one; who asks late loses nothing of the last 50 ms.  So no
--     stretch of per_ms sees more than 150 ms' or one delivery above n.
-- Arguments: p_rate_at  when the next one would be due if none were ever
--     early; null: long ago.  After k were let go it is
--     greatest(p_rate_at, p_now - 50 ms) + k * per_ms / n: due_taken().
-- Errors: none.  Writes: nothing.
create or replace function offhook.rate_room(p_rate jsonb,
    p_rate_at timestamptz, p_now timestamptz)
returns integer
language sql immutable
as $$
	select greatest(0, floor(ceil(r.n * 100 / r.per)
	    - extract(epoch from greatest(p_rate_at, p_now) - p_now)
	    * 1000 * r.n / r.per + 0.001))::integer
	from (select (p_rate ->> 'n')::numeric as n,
	    (p_rate ->> 'per_ms')::numeric as per) as r
$$;
