-- offhook.due_from(p_low jsonb, p_destination integer, p_now timestamptz)
--     returns timestamptz
--
-- Purpose: from which due_at on worker_take() looks for what is due:
--     functions/due_low.sql.
-- Errors: none.  Writes: nothing.
create or replace function offhook.due_from(p_low jsonb,
    p_destination integer, p_now timestamptz)
returns timestamptz
language sql immutable
as $$
	select case when (p_low ->> 'full')::timestamptz
	    > p_now - interval '10 min'
	    and (p_low ->> 'at')::timestamptz <= p_now then
	    coalesce((p_low -> 'low' -> p_destination::text ->> case
	    when (p_low ->> 'slow')::timestamptz
	        <= p_now - interval '10 s' then 4
	    when (p_low ->> 'fast')::timestamptz
	        <= p_now - interval '250 ms' then 2
	    else 0 end)::timestamptz, '-infinity')
	    else '-infinity' end
$$;
