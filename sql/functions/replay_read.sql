-- offhook.replay_read(p_plan jsonb) returns offhook.replay
--
-- Purpose: what a plan asks for: functions/replay_plan.sql.
-- Returns: a row that is not stored: plan, filter, destination, source,
--     outcomes, event, since, until.
-- Errors: 22023 what is wrong with it; P0002 no such destination.
-- Writes: nothing.
create or replace function offhook.replay_read(p_plan jsonb)
returns offhook.replay
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_keys constant text[] := '{to,destination,outcome,since,until,kind,'
	    'number,sid,account,event,filter}';
	v_outcomes constant text[] := '{delivered,dead,expired,cancelled,'
	    'never,filtered}';
	v offhook.replay;
	v_key text;
	v_of jsonb;
	v_filters jsonb := '[]';
	v_near text;
	v_event offhook.event;
begin
	if jsonb_typeof(p_plan) is distinct from 'object' then
		raise exception 'offhook: a plan is a JSON object'
		    using errcode = '22023', hint =
		    '{"to": "app", "since": "2026-11-22T08:00:00Z"}';
	end if;
	v.plan := p_plan;
	v.since := '-infinity';
	v.until := clock_timestamp();
	for v_key, v_of in select * from jsonb_each(p_plan) loop
		case v_key
		when 'to', 'destination' then
		when 'outcome' then
			v.outcomes := offhook.filter_texts(v_of);
		when 'since' then
			v.since := offhook.replay_time(v_key, v_of);
		when 'until' then
			v.until := least(v.until,
			    offhook.replay_time(v_key, v_of));
		when 'event' then
			v_event := offhook.replay_event(v_of);
			v.event := v_event.id;
		when 'kind', 'sid', 'account' then
			perform offhook.filter_check(
			    jsonb_build_object(v_key, v_of), 'plan');
			v_filters := v_filters
			    || jsonb_build_object(v_key, v_of);
		when 'number' then
			perform offhook.filter_check_condition(v_key, v_of,
			    'plan.number');
			v_filters := v_filters || jsonb_build_object('or',
			    jsonb_build_array(jsonb_build_object('from',
			    v_of), jsonb_build_object('to', v_of)));
		when 'filter' then
			perform offhook.filter_check(v_of, 'plan.filter');
			v_filters := v_filters || v_of;
		else
			v_near := offhook.nearest(v_key, v_keys);
			raise exception 'offhook: a plan has no key %',
			    to_json(v_key) using errcode = '22023',
			    hint = coalesce('Did you mean ' || v_near
			    || '?  ', '') || 'There are '
			    || array_to_string(v_keys, ', ') || '.';
		end case;
	end loop;
	if not p_plan ?| '{to,destination}' then
		raise exception 'offhook: where to?  A plan needs "to", or '
		    '"destination", or both' using errcode = '22023';
	end if;
	v.destination := (offhook.destination_named(coalesce(
	    p_plan ->> 'to', p_plan ->> 'destination'))).id;
	v.source := (offhook.destination_named(coalesce(
	    p_plan ->> 'destination', p_plan ->> 'to'))).id;
	if v.outcomes is not null and not v.outcomes <@ v_outcomes
	    or cardinality(v.outcomes) = 0 then
		raise exception 'offhook: outcome is one or more of %',
		    array_to_string(v_outcomes, ', ')
		    using errcode = '22023';
	end if;
	if v.event is not null then
		v.since := v_event.received_at;
		v.until := v_event.received_at + interval '1 us';
	end if;
	if v.since >= v.until then
		raise exception 'offhook: since (%) is not before until (%)',
		    v.since, v.until using errcode = '22023';
	end if;
	v.filter := case jsonb_array_length(v_filters) when 0 then '{}'
	    when 1 then v_filters -> 0
	    else jsonb_build_object('and', v_filters) end;
	return v;
end
$$;
