-- offhook.filter_try(p_filter jsonb, p_event offhook.event, p_params boolean)
--     returns text
--
-- Purpose: filter_match(), and no event that it cannot cope with keeps the
--     others from being routed.
-- Arguments: p_params  whether the filter looks at parameters
-- Returns: as filter_match(); 'filter failed' where that raised.
-- Errors: those that have nothing to do with the event: resources, the
--     operator's, what ends a transaction.  Writes: nothing.
create or replace function offhook.filter_try(p_filter jsonb,
    p_event offhook.event, p_params boolean)
returns text
language plpgsql stable
as $$
begin
	return offhook.filter_match(p_filter, p_event, case when p_params
	    then offhook.event_params(p_event.raw, p_event.format,
	    p_event.method, p_event.url) end);
exception when others then
	if left(sqlstate, 2) in ('40', '53', '55', '57', '58') then
		raise;
	end if;
	return 'filter failed';
end
$$;
