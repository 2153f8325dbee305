-- offhook.issue_watch(p_type text, p_subject text, p_detail jsonb)
--     returns boolean
--
-- Purpose: a state that was looked at is bad (something is too old, say):
--     opens its issue; while it stays bad a case is counted every five
--     minutes, however many workers look.
-- Returns: whether a case was counted.
-- Errors: none.  Writes: issue, issue_more.
create or replace function offhook.issue_watch(p_type text, p_subject text,
    p_detail jsonb)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	perform from offhook.issue i
	    where i.type = p_type and i.subject = coalesce(p_subject, '')
	    and i.state <> 'resolved'
	    and i.last_seen > clock_timestamp() - interval '5 minutes';
	if found then
		return false;
	end if;
	perform offhook.issue_count(p_type, p_subject, clock_timestamp(),
	    p_detail);
	return true;
end
$$;
