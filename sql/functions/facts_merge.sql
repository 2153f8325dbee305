-- offhook.facts_merge(p_one jsonb, p_other jsonb) returns jsonb
--
-- Purpose: of each name in either of two resource.facts the greater pair: by
--     its order key, then by its value: digits as a number and above all
--     else, the rest in byte order.  So the result depends
--     neither on which comes first nor on how often it comes.
-- Returns: null when both are null.
-- Errors: none.  Writes: nothing.
--
-- In plpgsql and without a search_path as facts_at() is.
create or replace function offhook.facts_merge(p_one jsonb, p_other jsonb)
returns jsonb
language plpgsql immutable parallel safe
as $$
declare
	v_both jsonb := p_one || p_other;
begin
	if v_both is null then
		return coalesce(p_one, p_other);
	elsif v_both @> p_one then
		return v_both;
	elsif p_one @> p_other then
		return p_one;
	end if;
	return (
	    select jsonb_object_agg(f.key, f.value) from (
	        select distinct on (e.key) e.key, e.value from (
	            select key, value from jsonb_each(p_one)
	            union all
	            select key, value from jsonb_each(p_other)
	        ) as e
	        order by e.key, (e.value ->> 0)::bigint desc,
	        case when e.value ->> 1 ~ '^[0-9]+$'
	        then length(e.value ->> 1) else 0 end desc,
	        (e.value ->> 1) collate "C" desc
	    ) as f);
end
$$;

-- offhook.facts_max(jsonb): the same of any number of them, an aggregate.
create or replace aggregate offhook.facts_max(jsonb) (
    sfunc = offhook.facts_merge,
    stype = jsonb,
    combinefunc = offhook.facts_merge,
    parallel = safe
);
