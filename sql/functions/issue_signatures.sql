-- offhook.issue_signatures(p_subject text, p_first timestamptz,
--     p_last timestamptz, p_detail jsonb) returns boolean
--
-- Purpose: requests were refused for their signature, as a machine's ring of
--     rejected ones says: opens the issue signature.failures if none was
--     accepted between p_first and now, and resolves it when one was
--     accepted after p_last.
-- Arguments: p_subject  the machine; p_first  of the failures in a row that
--     are enough for an issue, null: there are not enough; p_last  the last
--     one's time, null: there was none.
-- Returns: whether an event was accepted after p_last: then there is nothing
--     more to say of these failures.
-- Errors: none.  Writes: issue, issue_more.
create or replace function offhook.issue_signatures(p_subject text,
    p_first timestamptz, p_last timestamptz, p_detail jsonb)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	if p_last is null then
		return false;
	end if;
	if exists (select from offhook.event e where e.received_at > p_last)
	    then
		perform offhook.issue_over('signature.failures', p_subject);
		return true;
	end if;
	if p_first is not null and not exists (select from offhook.event e
	    where e.received_at >= p_first) then
		perform offhook.issue_watch('signature.failures', p_subject,
		    p_detail);
	end if;
	return false;
end
$$;
