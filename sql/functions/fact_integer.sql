-- offhook.fact_integer(p_facts jsonb, p_name text) returns integer
--
-- Purpose: the value of one of resource.facts as a number.
-- Returns: null when there is none, and for what is none: one bad value must
--     not fail a whole list.
-- Errors: none.  Writes: nothing.
create or replace function offhook.fact_integer(p_facts jsonb, p_name text)
returns integer
language sql immutable parallel safe
as $$
	select case when p_facts -> p_name ->> 1 ~ '^[0-9]{1,9}$'
	    then (p_facts -> p_name ->> 1)::integer end
$$;
