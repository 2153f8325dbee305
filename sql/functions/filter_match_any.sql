-- offhook.filter_match_any(p_filters jsonb, p_event offhook.event,
--     p_params jsonb, p_all boolean) returns text
--
-- Purpose: the "and" (p_all) and "or" of filter_match(): a list of filters.
-- Returns: null: the event passes all, or any; else why not.  It does not
--     pass what is no list.
-- Errors: none.  Writes: nothing.
create or replace function offhook.filter_match_any(p_filters jsonb,
    p_event offhook.event, p_params jsonb, p_all boolean)
returns text
language plpgsql stable
as $$
declare
	v_filter jsonb;
	v_why text;
begin
	if jsonb_typeof(p_filters) is distinct from 'array' then
		return 'filter';
	end if;
	for v_filter in
	    select e from pg_catalog.jsonb_array_elements(p_filters) as e
	loop
		v_why := offhook.filter_match(v_filter, p_event, p_params);
		if (v_why is null) <> p_all then
			return v_why;
		end if;
	end loop;
	return case when not p_all then 'or' end;
end
$$;
