-- offhook.issue_settle(p_pending interval) returns void
--
-- Purpose: what can be said of issues by looking at the database; called by
--     each worker every ten seconds.  Counts what issue_count() has left;
--     resolves what is certainly over: breaker.open when the breaker is
--     closed, delivery.first_failure after a delivery that succeeded, both
--     when the destination is gone; pending.old when nothing is older than
--     p_pending, and opens it when something is.
-- Arguments: p_pending  null: do not look at what is pending.
-- Errors: none.  Writes: issue, issue_more.
create or replace function offhook.issue_settle(p_pending interval)
returns void
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_old record;
begin
	perform offhook.issue_fold(100);
	perform offhook.issue_over(i.type, i.subject)
	    from offhook.issue i
	    left join offhook.destination d
	    on d.name = i.subject and d.deleted_at is null
	    left join lateral (
	        select x.breaker, x.last_success_at
	        from offhook.destination_state x
	        where x.destination = d.id order by x.n desc limit 1
	    ) as s on true
	    where i.state in ('open', 'acknowledged')
	    and (i.type = 'breaker.open'
	    and coalesce(s.breaker, 'closed') = 'closed'
	    or i.type = 'delivery.first_failure'
	    and (d.id is null or s.last_success_at > i.last_seen));
	if p_pending is null then
		return;
	end if;
	for v_old in select * from offhook.pending_old(p_pending) loop
		perform offhook.issue_watch('pending.old', v_old.destination,
		    v_old.detail);
	end loop;
	perform offhook.issue_over(i.type, i.subject)
	    from offhook.issue i
	    where i.type = 'pending.old'
	    and i.state in ('open', 'acknowledged')
	    and not exists (select from offhook.pending_old(p_pending) as p
	    where p.destination = i.subject);
end
$$;
