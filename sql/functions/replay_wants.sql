-- offhook.replay_wants(p_replay offhook.replay, p_filter jsonb,
--     p_params boolean, p_event offhook.event) returns boolean
--
-- Purpose: whether a replay sends an event: functions/replay_plan.sql.  The
--     plan counts by it, and each step asks it.
-- Arguments: p_filter  of the destination, or null; p_params  whether that
--     one or the plan's looks at parameters
-- Returns: null: it is not what was asked for; false: its outcome is
--     another, or the filter does not want it; true: it is sent.
-- Errors: none.  Writes: nothing.
--
-- What Twilio sent again long after (verdict replay) was never anybody's
-- work, so it is not sent.
create or replace function offhook.replay_wants(p_replay offhook.replay,
    p_filter jsonb, p_params boolean, p_event offhook.event)
returns boolean
language plpgsql stable
as $$
declare
	v_params jsonb;
	v_last text;
	v_passes boolean;
begin
	if p_event.verdict = 'replay'
	    or p_replay.event <> p_event.id then
		return null;
	end if;
	if p_params then
		v_params := offhook.event_params(p_event.raw, p_event.format,
		    p_event.method, p_event.url);
	end if;
	if offhook.filter_match(p_replay.filter, p_event, v_params)
	    is not null then
		return null;
	end if;
	if p_replay.outcomes is not null then
		select d.state into v_last from offhook.delivery d
		    where d.event_id = p_event.id
		    and d.destination = p_replay.source
		    order by d.id desc limit 1;
		if found then
			return v_last = any (p_replay.outcomes);
		end if;
	end if;
	v_passes := offhook.filter_match(p_filter, p_event, v_params)
	    is null;
	return case when v_passes then 'never' else 'filtered' end
	    = any (coalesce(p_replay.outcomes, '{never}'));
end
$$;
