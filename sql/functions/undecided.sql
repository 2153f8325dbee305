-- offhook.undecided(p_minutes integer, p_within interval) returns table
--
-- Purpose: the resources that were first heard of p_minutes ago or earlier
--     and have not ended since: messages, calls, recordings ...  (What has no
--     end, as a conversation, is never undecided.)
-- Arguments: p_within how far to look back: 3 days, because after that time
--     Twilio says nothing more; what is older will stay as it is.
-- Returns: the newest last.  A message may stay 'sent' for good where the
--     carrier gives no receipts.
-- Errors: none.  Writes: nothing.
--
-- It reads the index (kind, first_seen) in that window, and no more: of three
-- days in thirty the planner would rather read the whole table.
create or replace function offhook.undecided(p_minutes integer,
    p_within interval default '3 days')
returns table (kind text, sid text, status text, minutes integer,
    error_code integer, first_seen timestamptz, updated_at timestamptz,
    "from" text, "to" text, account text, parent text)
language plpgsql stable
set enable_seqscan = off
as $$
begin
	return query
	select r.kind, r.sid, r.status,
	    (extract(epoch from now() - r.first_seen) / 60)::integer,
	    r.error_code, r.first_seen, r.updated_at, r."from", r."to",
	    r.account, r.parent
	from offhook.resources r
	where r.kind in ('message', 'call', 'recording', 'transcription',
	    'conference', 'media_stream', 'delivery_receipt')
	and r.first_seen >= now() - p_within
	and r.first_seen <= now() - p_minutes * interval '1 minute'
	and not r.terminal
	order by r.first_seen, r.sid;
end
$$;
