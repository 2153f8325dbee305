-- offhook.issue_dead(p_name text, p_n integer, p_at timestamptz,
--     p_reason text)
--
-- Purpose: counts deliveries of a destination that were given up.
-- Errors: none.  Writes: issue, issue_more.
--
-- The issue itself is changed once a second at most; what comes in between
-- is left in issue_more, and is counted with the next one or by
-- issue_settle().
create or replace function offhook.issue_dead(p_name text, p_n integer,
    p_at timestamptz, p_reason text)
returns void
language plpgsql
as $$
declare
	v_now boolean := not exists (select from offhook.issue i
	    where i.type = 'delivery.dead' and i.subject = p_name
	    and i.state <> 'resolved'
	    and i.last_seen > p_at - interval '1 s');
begin
	insert into offhook.issue_more (type, subject)
	    select 'delivery.dead', p_name
	    from generate_series(1, p_n - v_now::integer);
	if v_now then
		perform offhook.issue_count('delivery.dead', p_name, p_at,
		    jsonb_build_object('reason', p_reason));
	end if;
end
$$;
