-- offhook.filter_needs_params(p_filter jsonb) returns boolean
--
-- Purpose: whether filter_match() needs the event's parameters, which are
--     dear to decode.
-- Returns: true, too, where a value only looks like it; false for null.
-- Errors: none.  Writes: nothing.
create or replace function offhook.filter_needs_params(p_filter jsonb)
returns boolean
language sql immutable parallel safe
as $$
	select coalesce(p_filter::text like '%"params.%', false)
$$;
