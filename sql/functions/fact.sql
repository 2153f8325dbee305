-- offhook.fact(p_facts jsonb, p_name text) returns text
--
-- Purpose: the value of one of resource.facts, as Twilio sent it.
-- Returns: null when there is none.
-- Errors: none.  Writes: nothing.
--
-- This one and its typed sisters have no search_path of their own, so that
-- they are inlined in the views.
create or replace function offhook.fact(p_facts jsonb, p_name text)
returns text
language sql immutable parallel safe
as $$
	select p_facts -> p_name ->> 1
$$;
