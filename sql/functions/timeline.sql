-- offhook.timeline(p_sid text, p_limit integer) returns table
--
-- Purpose: everything that was told of one SID and of what belongs to it:
--     its recordings and their transcriptions, the calls that it made, its
--     participants, messages, receipts, alerts.  In the order of arrival.
-- Arguments: p_limit bounds how many SIDs and how many rows of each are read.
-- Returns: n the place in the order; verdict what each callback did, as in
--     functions/ingest.sql; duplicates how often it came again.
-- Errors: none.  Writes: nothing.
--
-- Each step is a lateral join with a limit, which cannot become a scan of a
-- whole table, whatever the planner believes.
create or replace function offhook.timeline(p_sid text,
    p_limit integer default 1000)
returns table (n bigint, received_at timestamptz, sid text, kind text,
    status text, verdict text, duplicates integer, http smallint,
    error_code integer, seq bigint, id uuid)
language plpgsql stable
as $$
begin
	return query
	with recursive family (sid) as (
	    select p_sid collate "C"
	    union
	    select c.sid
	    from family f
	    cross join lateral (
	        select r.sid
	        from offhook.resources r
	        where r.parent = f.sid
	        order by r.first_seen, r.sid
	        limit p_limit
	    ) as c
	), told as (
	    select e.*
	    from (select f.sid from family f limit p_limit) as f
	    cross join lateral (
	        select h.received_at, h.sid, h.kind, h.status, h.verdict,
	            h.duplicates, h.http, h.error_code, h.seq, h.id
	        from offhook.events h
	        where h.sid = f.sid
	        order by h.received_at, h.id
	        limit p_limit
	    ) as e
	)
	select row_number() over (order by t.received_at, t.id),
	    t.received_at, t.sid, t.kind, t.status, t.verdict, t.duplicates,
	    t.http, t.error_code, t.seq, t.id
	from told t
	order by t.received_at, t.id;
end
$$;
