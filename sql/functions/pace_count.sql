-- offhook.pace_count(p_route text, p_ms integer, p_budget integer)
--     returns void
--
-- Purpose: notices a route that grows slow before it is late: counts how many
--     of the asks of about ten minutes took more than half of the time that
--     they have.  Once it is half of them, and five asks at least, each slow
--     one counts an issue 'reply.slow'.  Called by decide.
-- Arguments: as decide's; null: nothing is counted.
-- Errors: none.  Writes: route_pace, issue.
--
-- After ten minutes both counts are halved, so that what was counts for less
-- and less.  A row that another transaction is counting in is left alone:
-- nobody waits for a statistic.
create or replace function offhook.pace_count(p_route text, p_ms integer,
    p_budget integer)
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.route_pace;
	v_now timestamptz := clock_timestamp();
	v_slow boolean := p_ms > p_budget / 2;
begin
	if p_route is null or p_ms is null or p_budget is null then
		return;
	end if;
	select * into v from offhook.route_pace p where p.name = p_route
	    for update skip locked;
	if not found then
		-- (ON CONFLICT would wait for whoever is counting.)
		if exists (select from offhook.route_pace p
		    where p.name = p_route) then
			return;
		end if;
		insert into offhook.route_pace (name, began, n, slow)
		    values (p_route, v_now, 1, v_slow::integer)
		    on conflict (name) do nothing;
		return;
	end if;
	if v.began < v_now - interval '20 minutes' then
		v.n := 0;
		v.slow := 0;
		v.began := v_now;
	elsif v.began < v_now - interval '10 minutes' then
		v.n := v.n / 2;
		v.slow := v.slow / 2;
		v.began := v_now;
	end if;
	update offhook.route_pace p set n = v.n + 1,
	    slow = v.slow + v_slow::integer, began = v.began
	    where p.name = p_route
	    returning * into v;
	if v_slow and v.n >= 5 and v.slow * 2 >= v.n then
		perform offhook.issue_count('reply.slow', p_route, v_now,
		    jsonb_build_object('asks', v.n, 'slow', v.slow,
		    'since', v.began, 'ms', p_ms, 'budget', p_budget));
	end if;
end
$$;
