-- offhook.facts_at(p_facts jsonb, p_ord bigint) returns jsonb
--
-- Purpose: what a callback said, each value with its order key: the form of
--     resource.facts, {"name": [order key, value], ...}.
-- Arguments: p_facts {"c": {...}, "l": {...}}: c is what never changes for a
--     resource, in that form already, with the key 0; l, which may be
--     missing, is {"name": value, ...}, as late as the callback: its key is
--     p_ord.  Other members are not facts: num_media, consent, asked.
-- Returns: null when there is none.
-- Errors: none.  Writes: nothing.
--
-- plpgsql keeps its plans, which SQL functions that are not inlined do not;
-- and no search_path is set, which would cost as much as the rest.
create or replace function offhook.facts_at(p_facts jsonb, p_ord bigint)
returns jsonb
language plpgsql immutable parallel safe
as $$
begin
	if not p_facts ? 'l' then
		return nullif(p_facts -> 'c', '{}');
	end if;
	return nullif(coalesce(p_facts -> 'c', '{}') || (
	    select coalesce(jsonb_object_agg(l.key,
	        jsonb_build_array(p_ord, l.value)), '{}')
	    from jsonb_each(p_facts -> 'l') as l), '{}');
end
$$;
