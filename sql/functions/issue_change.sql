-- offhook.issue_change(p_id bigint, p_type text, p_subject text,
--     p_state text, p_comment text) returns text
--
-- Purpose: what issue_acknowledge() and the like have in common: a person
--     decides what becomes of an issue.
-- Arguments: p_id, or p_type and p_subject (null: ''), which issue; p_state
--     the new one; p_comment why, null keeps what was said before.
-- Returns: the state that it had.
-- Errors: 22023 there is no such issue, or one to be acknowledged is not
--     open.  Writes: issue, issue_more.
create or replace function offhook.issue_change(p_id bigint, p_type text,
    p_subject text, p_state text, p_comment text)
returns text
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_issue offhook.issue;
	v_more bigint;
begin
	select * into v_issue from offhook.issue i
	    where case when p_id is not null then i.id = p_id
	    else i.type = p_type and i.subject = coalesce(p_subject, '') end
	    for update;
	if not found then
		raise exception 'offhook: there is no issue %',
		    coalesce(p_id::text, concat_ws(' ', p_type, p_subject))
		    using errcode = '22023', hint = 'See: offhook issue list';
	end if;
	if p_state = 'acknowledged'
	    and v_issue.state not in ('open', 'acknowledged') then
		raise exception 'offhook: issue % is %', v_issue.id,
		    v_issue.state using errcode = '22023',
		    hint = 'Only an open one can be acknowledged.';
	end if;
	-- What remains in issue_more after this is a later case.
	delete from offhook.issue_more m
	    where m.type = v_issue.type and m.subject = v_issue.subject;
	get diagnostics v_more = row_count;
	if p_state = 'open' then
		perform offhook.issue_again(v_issue.type, v_issue.subject);
	end if;
	update offhook.issue i set
	    count = i.count + v_more,
	    state = p_state,
	    comment = coalesce(p_comment, i.comment),
	    acknowledged_at = case p_state
	        when 'acknowledged' then clock_timestamp() when 'open' then null
	        else i.acknowledged_at end,
	    acknowledged_by = case p_state
	        when 'acknowledged' then session_user when 'open' then null
	        else i.acknowledged_by end,
	    resolved_at = case p_state when 'resolved' then clock_timestamp()
	        else i.resolved_at end,
	    resolved_by = case p_state when 'resolved' then session_user
	        else i.resolved_by end
	    where i.id = v_issue.id;
	return v_issue.state;
end
$$;
