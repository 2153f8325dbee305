-- offhook.ingest_guard(p_bucket smallint) returns void
--
-- Purpose: what ingest does when the session is not as it should be, out of
--     its way because it hardly ever happens.  A 2xx means that it is on the
--     disk, whatever the session says: synchronous_commit goes on.
-- Errors: OF003 not in read committed; 22003 no such bucket.
-- Writes: nothing.
create or replace function offhook.ingest_guard(p_bucket smallint)
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	if p_bucket not between 0 and 1023 then
		raise exception 'offhook: bucket % is not 0 to 1023', p_bucket
		    using errcode = '22003';
	end if;
	if current_setting('transaction_isolation') <> 'read committed' then
		raise exception 'offhook: ingest needs read committed, not %',
		    current_setting('transaction_isolation')
		    using errcode = 'OF003', hint = 'alter role ... set '
		    'default_transaction_isolation = ''read committed''';
	end if;
	perform set_config('synchronous_commit', 'on', true);
end
$$;
