-- offhook.fact_boolean(p_facts jsonb, p_name text) returns boolean
--
-- Purpose: the value of one of resource.facts, of "true" and "false".
-- Returns: null when there is none, and for what is neither.
-- Errors: none.  Writes: nothing.
create or replace function offhook.fact_boolean(p_facts jsonb, p_name text)
returns boolean
language sql immutable parallel safe
as $$
	select case p_facts -> p_name ->> 1
	    when 'true' then true when 'false' then false end
$$;
