-- offhook.fact_decimal(p_facts jsonb, p_name text) returns numeric
--
-- Purpose: the value of one of resource.facts as a number with a fraction.
-- Returns: null when there is none, and for what is none.
-- Errors: none.  Writes: nothing.
create or replace function offhook.fact_decimal(p_facts jsonb, p_name text)
returns numeric
language sql immutable parallel safe
as $$
	select case when p_facts -> p_name ->> 1
	    ~ '^-?[0-9]{1,12}(\.[0-9]{1,12})?$'
	    then (p_facts -> p_name ->> 1)::numeric end
$$;
