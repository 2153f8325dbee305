-- offhook.issue_fold(p_limit integer) returns integer
--
-- Purpose: counts the cases that issue_count() has left in issue_more, of at
--     most p_limit issues.  One that came after its issue was resolved opens
--     it again: resolving takes away all that came before.
-- Returns: how many issues were looked at.
-- Errors: none.  Writes: issue, issue_more.
create or replace function offhook.issue_fold(p_limit integer)
returns integer
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_issue record;
	v_more bigint;
	v_n integer := 0;
begin
	for v_issue in select i.id, i.type, i.subject, i.state
	    from offhook.issue i
	    where exists (select from offhook.issue_more m
	    where m.type = i.type and m.subject = i.subject)
	    order by i.id limit p_limit for update skip locked loop
		delete from offhook.issue_more m
		    where m.type = v_issue.type
		    and m.subject = v_issue.subject;
		get diagnostics v_more = row_count;
		update offhook.issue i set count = i.count + v_more,
		    last_seen = greatest(i.last_seen, clock_timestamp())
		    where i.id = v_issue.id;
		if v_issue.state = 'resolved' then
			perform offhook.issue_again(v_issue.type,
			    v_issue.subject);
		end if;
		v_n := v_n + 1;
	end loop;
	return v_n;
end
$$;
