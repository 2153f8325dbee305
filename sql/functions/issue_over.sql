-- offhook.issue_over(p_type text, p_subject text) returns boolean
--
-- Purpose: the problem is certainly over: resolves its issue, by nobody.
--     Called by the worker's watch and by issue_settle().
-- Returns: whether there was an open or acknowledged one.
-- Errors: none.  Writes: issue, issue_more.
create or replace function offhook.issue_over(p_type text, p_subject text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_more bigint;
begin
	perform from offhook.issue i
	    where i.type = p_type and i.subject = coalesce(p_subject, '')
	    and i.state in ('open', 'acknowledged')
	    for update skip locked;
	if not found then
		return false;	-- locked: the next time will do
	end if;
	delete from offhook.issue_more m
	    where m.type = p_type and m.subject = coalesce(p_subject, '');
	get diagnostics v_more = row_count;
	update offhook.issue i set state = 'resolved',
	    count = i.count + v_more,
	    resolved_at = clock_timestamp(), resolved_by = null
	    where i.type = p_type and i.subject = coalesce(p_subject, '');
	return true;
end
$$;
