-- offhook.issue_again(p_type text, p_subject text) returns void
--
-- Purpose: opens an issue again that is resolved or ignored; nobody calls it
--     but the functions about issues, who hold its row locked.
-- Errors: none.  Writes: issue.
create or replace function offhook.issue_again(p_type text, p_subject text)
returns void
language sql
set search_path = pg_catalog, offhook, pg_temp
as $$
	update offhook.issue i set state = 'open', reopened = i.reopened + 1,
	    opened_at = clock_timestamp(), acknowledged_at = null,
	    acknowledged_by = null
	where i.type = p_type and i.subject = p_subject
	and i.state in ('resolved', 'ignored')
$$;
