-- offhook.filter_match(p_filter jsonb, p_event offhook.event,
--     p_params jsonb) returns text
--
-- Purpose: whether an event passes a filter: an object, all of whose keys
--     must hold: kind, account, from, to, sid, status, error_code, verdict,
--     parent, route or params.NAME, each with a condition
--     (functions/filter_condition.sql); "and": all of a list of filters;
--     "or": any of them; "not": a filter that it must not pass.
-- Arguments: p_filter  null lets everything pass; p_params  of view events;
--     needed only where filter_needs_params(p_filter)
-- Returns: null: it passes; else the key that did not hold.
-- Errors: none, whatever the event, of a filter that filter_check() lets
--     through; none of another one that is not absurdly deep.
-- Writes: nothing.
--
-- (It sets no search_path: see filter_condition.sql.)
create or replace function offhook.filter_match(p_filter jsonb,
    p_event offhook.event, p_params jsonb)
returns text
language plpgsql stable
as $$
declare
	v_key text;
	v_of jsonb;
	v_value text;
	v_why text;
begin
	if p_filter is null or p_filter = '{}' then
		return null;
	end if;
	if jsonb_typeof(p_filter) <> 'object' then
		return 'filter';
	end if;
	for v_key, v_of in
	    select e.key, e.value from pg_catalog.jsonb_each(p_filter) as e
	loop
		case v_key
		when 'and' then
			v_why := offhook.filter_match_any(v_of, p_event,
			    p_params, true);
			if v_why is not null then
				return v_why;
			end if;
			continue;
		when 'or' then
			if offhook.filter_match_any(v_of, p_event, p_params,
			    false) is null then
				continue;
			end if;
			return v_key;
		when 'not' then
			if offhook.filter_match(v_of, p_event, p_params)
			    is not null then
				continue;
			end if;
			return v_key;
		when 'kind' then v_value := p_event.kind;
		when 'account' then v_value := p_event.account;
		when 'from' then v_value := p_event.from_;
		when 'to' then v_value := p_event.to_;
		when 'sid' then v_value := p_event.sid;
		when 'status' then v_value := p_event.status;
		when 'error_code' then v_value := p_event.error_code::text;
		when 'verdict' then v_value := p_event.verdict;
		when 'parent' then v_value := p_event.parent;
		when 'route' then v_value := p_event.route;
		else
			if not starts_with(v_key, 'params.')
			    or not offhook.filter_condition(v_of,
			    offhook.filter_param(p_params,
			    substr(v_key, 8))) then
				return v_key;
			end if;
			continue;
		end case;
		-- what most filters are made of, without a call
		if jsonb_typeof(v_of) = 'string'
		    and right(v_of #>> '{}', 1) <> '*' then
			continue when v_value = v_of #>> '{}';
			return v_key;
		end if;
		if not offhook.filter_condition(v_of,
		    array_remove(array[v_value], null)) then
			return v_key;
		end if;
	end loop;
	return null;
end
$$;
