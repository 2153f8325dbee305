-- offhook.filter_test(p_filter jsonb, p_event uuid)
--     returns table (passes boolean, failed text, condition jsonb,
--     value text)
--
-- Purpose: whether a stored event passes a filter; if it does not: the key
--     that failed, its condition, and what the event has there.
-- Errors: 22023 p_filter is no filter; P0002 there is no such event.
-- Writes: nothing.
create or replace function offhook.filter_test(p_filter jsonb, p_event uuid)
returns table (passes boolean, failed text, condition jsonb, value text)
language plpgsql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_event offhook.event;
	v_params jsonb;
begin
	perform offhook.filter_check(p_filter);
	select * into v_event from offhook.event_by_id(p_event);
	v_params := offhook.event_params(v_event.raw, v_event.format,
	    v_event.method, v_event.url);
	failed := offhook.filter_match(p_filter, v_event, v_params);
	passes := failed is null;
	condition := p_filter -> failed;
	value := case when failed like 'params.%'
	    then array_to_string(offhook.filter_param(v_params,
	    substr(failed, 8)), ', ')
	    else to_jsonb(v_event) ->> case when failed in ('from', 'to')
	    then failed || '_' else failed end end;
	return next;
end
$$;
