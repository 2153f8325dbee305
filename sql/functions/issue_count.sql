-- offhook.issue_count(p_type text, p_subject text, p_at timestamptz,
--     p_detail jsonb) returns void
--
-- Purpose: counts one more case of a problem; the first opens an issue, and
--     one that was resolved is opened again.  Called by ingest.
-- Arguments: p_subject what it is about (a number), null is ''; p_detail
--     where to look; the latest is kept.
-- Errors: none of its own.  Writes: issue.
--
-- UPDATE first: INSERT ... ON CONFLICT would burn a number of the sequence
-- for each case.
create or replace function offhook.issue_count(p_type text, p_subject text,
    p_at timestamptz, p_detail jsonb)
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	loop
		update offhook.issue i set
		    count = i.count + 1,
		    state = case i.state when 'resolved' then 'open'
		        else i.state end,
		    detail = case when p_at >= i.last_seen then p_detail
		        else i.detail end,
		    first_seen = least(i.first_seen, p_at),
		    last_seen = greatest(i.last_seen, p_at)
		    where i.type = p_type
		    and i.subject = coalesce(p_subject, '');
		exit when found;
		insert into offhook.issue (type, subject, first_seen,
		    last_seen, detail)
		    values (p_type, coalesce(p_subject, ''), p_at, p_at,
		    p_detail)
		    on conflict (type, subject) do nothing;
		exit when found;
	end loop;
end
$$;
