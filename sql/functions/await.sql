-- offhook.await(p_bucket smallint, p_key uuid, p_lease integer)
--     returns offhook.answer
--
-- Purpose: what has become of an answer that is being made: whoever was told
--     'pending' asks this again and again, and nobody waits in Postgres.
-- Arguments: as ingest's; p_lease null, or ms: make the answer for so long,
--     if the one who was to make it is late (it has crashed).
-- Returns: verdict and answer:
--     'duplicate'  it is decided: the answer
--     'pending'    not yet
--     'ask'        the lease had run out and is the caller's now: make the
--                  answer, then call decide()
-- Errors: P0002 there is no such request.
-- Writes: once, only with 'ask'.
create or replace function offhook.await(p_bucket smallint, p_key uuid,
    p_lease integer)
returns offhook.answer
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '2000ms'
as $$
declare
	v offhook.once;
begin
	select * into v from offhook.once o
	    where o.key = p_key and o.bucket = p_bucket;
	if not found then
		raise exception 'offhook: there is no request %', p_key
		    using errcode = 'P0002';
	end if;
	if v.http is not null then
		return row('duplicate'::text, v.http, v.ctype, v.reply);
	end if;
	if p_lease is not null and v.lease <= clock_timestamp() then
		-- A lease that is lost in a crash is one that has run out.
		perform set_config('synchronous_commit', 'off', true);
		update offhook.once o set lease = clock_timestamp()
		    + p_lease * interval '1 ms'
		    where o.key = p_key and o.bucket = p_bucket
		    and o.http is null and o.lease <= clock_timestamp();
		if found then
			return row('ask'::text, null::smallint, null::text,
			    null::bytea);
		end if;
	end if;
	return row('pending'::text, null::smallint, null::text, null::bytea);
end
$$;
