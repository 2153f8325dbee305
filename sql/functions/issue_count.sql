-- offhook.issue_count(p_type text, p_subject text, p_at timestamptz,
--     p_detail jsonb) returns void
--
-- Purpose: counts one more case of a problem; the first opens an issue, and
--     one that was resolved before it is opened again.  Called by ingest,
--     decide and the worker's functions.
-- Arguments: p_subject what it is about (a number, a route, a destination),
--     null is ''; p_detail where to look; the latest is kept.
-- Errors: none of its own.  Writes: issue, issue_more.
--
-- Of a hundred callers who are told at once that an application is late, each
-- would wait until those before it are on the disk.  So nobody waits for the
-- issue's row: whoever finds it locked leaves its case in issue_more, and the
-- next one counts that, too; or issue_settle() does.
create or replace function offhook.issue_count(p_type text, p_subject text,
    p_at timestamptz, p_detail jsonb)
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_subject text := coalesce(p_subject, '');
	v_more bigint;
	v_again boolean;
begin
	select i.state = 'resolved' and p_at >= i.resolved_at into v_again
	    from offhook.issue i
	    where i.type = p_type and i.subject = v_subject
	    for update skip locked;
	if not found then
		-- (ON CONFLICT alone would burn a number of the sequence.)
		if not exists (select from offhook.issue i
		    where i.type = p_type and i.subject = v_subject) then
			insert into offhook.issue (type, subject, first_seen,
			    last_seen, detail)
			    values (p_type, v_subject, p_at, p_at, p_detail)
			    on conflict (type, subject) do nothing;
			if found then
				return;
			end if;
		end if;
		insert into offhook.issue_more (type, subject)
		    values (p_type, v_subject);
		return;
	end if;
	delete from offhook.issue_more m
	    where m.type = p_type and m.subject = v_subject;
	get diagnostics v_more = row_count;
	update offhook.issue i set
	    count = i.count + 1 + v_more,
	    detail = case when p_at >= i.last_seen then p_detail
	        else i.detail end,
	    first_seen = least(i.first_seen, p_at),
	    last_seen = greatest(i.last_seen, p_at)
	    where i.type = p_type and i.subject = v_subject;
	if v_again then
		perform offhook.issue_again(p_type, v_subject);
	end if;
end
$$;
