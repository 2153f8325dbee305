-- offhook.issue_acknowledge(p_id bigint, p_comment text) returns text
-- offhook.issue_acknowledge(p_type text, p_subject text, p_comment text)
--     returns text
--
-- Purpose: somebody is at it: channels are not told again of this issue as it
--     goes on, until it was resolved and has come back.
-- Returns: the state that the issue had.
-- Errors: 22023 there is no such issue, or it is not open.  Writes: issue,
--     issue_more.
create or replace function offhook.issue_acknowledge(p_id bigint,
    p_comment text default null)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	return offhook.issue_change(p_id, null, null, 'acknowledged', p_comment);
end
$$;

create or replace function offhook.issue_acknowledge(p_type text,
    p_subject text, p_comment text default null)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	return offhook.issue_change(null, p_type, p_subject, 'acknowledged',
	    p_comment);
end
$$;
