-- offhook.replay_plan(p_plan jsonb, p_rate double precision default null)
--     returns table (id bigint, events bigint, deliveries bigint,
--     oldest_at timestamptz, newest_at timestamptz,
--     seconds double precision, without_body bigint)
--
-- Purpose: plans to send stored events again, and says what that would be;
--     replay_run(id) begins.
-- Arguments: p_plan  {"to": destination, "destination": where they went
--     before, or both (one stands for the other), "outcome": what became of
--     the last delivery there: delivered, dead, expired, cancelled; never:
--     there was none; filtered: there was none, as the filter does not want
--     it; or a list; "since", "until": of received_at, from and before, until
--     now at most; "kind", "number" (of either side), "sid", "account",
--     "event" (its id): conditions of a filter; "filter": any filter}.
--     Without an outcome, and of those that never went there, only what the
--     filter of "to" wants is sent.
--     p_rate  deliveries a second; null: as fast as workers come to make them
-- Returns: events that suit, deliveries to make, of which events the oldest
--     and newest are; how long it takes at that rate; how many of the events
--     have lost their bodies to house keep.
-- Errors: 22023 what is wrong with the plan; P0002 no such destination.
-- Writes: replay; operation.  Plans of a day ago that nobody ran are deleted.
create or replace function offhook.replay_plan(p_plan jsonb,
    p_rate double precision default null)
returns table (id bigint, events bigint, deliveries bigint,
    oldest_at timestamptz, newest_at timestamptz, seconds double precision,
    without_body bigint)
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set jit = off
as $$
declare
	v offhook.replay;
	v_filter jsonb;
	v_params boolean;
begin
	if p_rate <= 0 or p_rate > 100000 then
		raise exception 'offhook: a rate is more than 0 and at most '
		    '100000 deliveries a second' using errcode = '22023';
	end if;
	v := offhook.replay_read(p_plan);
	v.rate := p_rate;
	select d.spec -> 'filter' into v_filter
	    from offhook.destination d where d.id = v.destination;
	v_params := offhook.filter_needs_params(v.filter)
	    or offhook.filter_needs_params(v_filter);
	select count(*), count(*) filter (where w.wanted),
	    min(w.received_at) filter (where w.wanted),
	    max(w.received_at) filter (where w.wanted),
	    count(*) filter (where w.wanted and w.bare)
	    into v.events, v.total, oldest_at, newest_at, without_body
	    from (select e.received_at, e.raw is null as bare,
	    offhook.replay_wants(v, v_filter, v_params, e) as wanted
	    from offhook.event e
	    where e.received_at >= v.since and e.received_at < v.until
	    offset 0) as w	-- so that each is asked about once
	    where w.wanted is not null;

	delete from offhook.replay r where r.state = 'planned'
	    and r.created_at < clock_timestamp() - interval '1 day';
	insert into offhook.replay (plan, filter, destination, source,
	    outcomes, event, rate, since, until, events, total, cursor_at)
	    values (v.plan, v.filter, v.destination, v.source, v.outcomes,
	    v.event, v.rate, v.since, v.until, v.events, v.total, v.since)
	    returning replay.id into v.id;
	perform offhook.operation_note('replay.plan', v.id::text,
	    p_plan || jsonb_build_object('deliveries', v.total));
	id := v.id;
	events := v.events;
	deliveries := v.total;
	seconds := v.total / p_rate;
	return next;
end
$$;
