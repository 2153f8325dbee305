-- offhook.issue_resolve(p_id bigint, p_comment text) returns text
-- offhook.issue_resolve(p_type text, p_subject text, p_comment text)
--     returns text
--
-- Purpose: the problem is over; the next case opens the issue again, and the
--     channels are told.
-- Returns: the state that the issue had.
-- Errors: 22023 there is no such issue.  Writes: issue, issue_more.
create or replace function offhook.issue_resolve(p_id bigint,
    p_comment text default null)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	return offhook.issue_change(p_id, null, null, 'resolved', p_comment);
end
$$;

create or replace function offhook.issue_resolve(p_type text,
    p_subject text, p_comment text default null)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	return offhook.issue_change(null, p_type, p_subject, 'resolved',
	    p_comment);
end
$$;
