-- offhook.spool_ingest(...): ingest() for who drains a spool
--
-- Purpose: the same as ingest, of which see; but who calls it has the request
--     in a file, and need not wait for the disk with each. The files are
--     removed when spool_flush() has returned.
create or replace function offhook.spool_ingest(p_bucket smallint,
    p_key uuid, p_id uuid, p_at timestamptz, p_account text, p_kind text,
    p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint,
    p_error integer, p_from text, p_to text, p_method text, p_url text,
    p_token text, p_format text, p_raw bytea, p_window integer,
    p_routes bigint, p_issue text, p_http smallint, p_ctype text,
    p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text,
    p_reason text, p_session jsonb)
returns offhook.answer
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '2000ms'
as $$
declare
	v offhook.answer;
begin
	v := offhook.ingest(p_bucket, p_key, p_id, p_at, p_account, p_kind,
	    p_rkind, p_sid, p_status, p_seq, p_clock, p_error, p_from, p_to,
	    p_method, p_url, p_token, p_format, p_raw, p_window, p_routes,
	    p_issue, p_http, p_ctype, p_reply, p_parent, p_facts, p_ask,
	    p_route, p_reason, p_session);
	-- What it is when the transaction commits is what counts.
	perform set_config('synchronous_commit', 'off', true);
	return v;
end
$$;
