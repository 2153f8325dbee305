-- offhook.filter_texts(p_value jsonb) returns text[]
--
-- Purpose: the texts of a list, or the one of a text or number.
-- Returns: null for null.
-- Errors: none.  Writes: nothing.
create or replace function offhook.filter_texts(p_value jsonb)
returns text[]
language sql immutable strict parallel safe
as $$
	select case jsonb_typeof(p_value) when 'array'
	    then array(select pg_catalog.jsonb_array_elements_text(p_value))
	    else array[p_value #>> '{}'] end
$$;
