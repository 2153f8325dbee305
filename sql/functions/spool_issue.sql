-- offhook.spool_issue(p_type text, p_subject text, p_detail jsonb)
--     returns void
--
-- Purpose: counts an issue about the spool of a machine: who drains it may
--     not call issue_count(), which counts anything.
-- Arguments: p_type 'spool.used' or 'spool.bad'; p_subject the machine's name;
--     p_detail the folder, and of a bad file its name and what is wrong.
-- Errors: 22023 another type.  Writes: issue, issue_more.
create or replace function offhook.spool_issue(p_type text, p_subject text,
    p_detail jsonb)
returns void
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '2000ms'
as $$
begin
	if p_type is null or p_type not in ('spool.used', 'spool.bad') then
		raise exception 'offhook: % is no issue of the spool', p_type
		    using errcode = '22023';
	end if;
	perform offhook.issue_count(p_type, p_subject, clock_timestamp(),
	    p_detail);
end
$$;
