-- offhook.due_low(p_low jsonb, p_now timestamptz, p_destinations integer[],
--     p_reached timestamptz[]) returns jsonb
--
-- Purpose: how far a worker has looked for what is due, of each destination:
--     it asks from there on, since behind it are only rows that have ended,
--     which a transaction held open may keep in the index for long.
-- Arguments: p_low  what it was before the call at p_now, or null;
--     p_reached  how far the call came, of each of p_destinations
-- Returns: {"at": of the call, "fast", "slow", "full": when it was last
--     looked from further back, "low": {"destination": [how far; that at the
--     last two turns of fast; that at the last two turns of slow]}}.
-- Errors: none.  Writes: nothing.
--
-- What was due may be seen only later, or be locked: when a transaction took
-- long.  So every 250 ms it looks from where it was at the last turn but one,
-- every 10 s the same, and every 10 minutes from the start; and from the
-- start when the clock was set back.
create or replace function offhook.due_low(p_low jsonb, p_now timestamptz,
    p_destinations integer[], p_reached timestamptz[])
returns jsonb
language plpgsql immutable
as $$
declare
	v_full boolean := coalesce((p_low ->> 'full')::timestamptz
	    <= p_now - interval '10 min'
	    or (p_low ->> 'at')::timestamptz > p_now, true);
	v_slow boolean := v_full or (p_low ->> 'slow')::timestamptz
	    <= p_now - interval '10 s';
	v_fast boolean := v_slow or (p_low ->> 'fast')::timestamptz
	    <= p_now - interval '250 ms';
	v_low jsonb := case when v_full then '{}' else p_low -> 'low' end;
begin
	select v_low || coalesce(jsonb_object_agg(m.id, jsonb_build_array(
	    m.at,
	    least(case when v_fast then m.low else m.fast end, m.at),
	    least(case when v_fast then m.fast else m.fast2 end, m.at),
	    least(case when v_slow then m.low else m.slow end, m.at),
	    least(case when v_slow then m.slow else m.slow2 end, m.at))),
	    '{}') into v_low
	    from (select r.id, r.at, (l.l ->> 0)::timestamptz as low,
	    (l.l ->> 1)::timestamptz as fast,
	    (l.l ->> 2)::timestamptz as fast2,
	    (l.l ->> 3)::timestamptz as slow,
	    (l.l ->> 4)::timestamptz as slow2
	    from unnest(p_destinations, p_reached) as r (id, at)
	    cross join lateral (select coalesce(v_low -> r.id::text,
	    jsonb_build_array(r.at, r.at, r.at, r.at, r.at)) as l) as l)
	    as m;
	return jsonb_build_object('at', p_now, 'low', v_low,
	    'full', case when v_full then to_jsonb(p_now)
	    else p_low -> 'full' end,
	    'slow', case when v_slow then to_jsonb(p_now)
	    else p_low -> 'slow' end,
	    'fast', case when v_fast then to_jsonb(p_now)
	    else p_low -> 'fast' end);
end
$$;
