-- offhook.uuid_at(p_id uuid, p_at timestamptz) returns uuid
--
-- Purpose: a UUIDv7 moved to another moment: an event is found through the
--     time in its id (RFC 9562, section 5.7), so both must agree.
-- Returns: p_id with the first 48 bits the milliseconds of p_at.
-- Errors: none.  Writes: nothing.
create or replace function offhook.uuid_at(p_id uuid, p_at timestamptz)
returns uuid
language sql immutable parallel safe
set search_path = pg_catalog, offhook, pg_temp
as $$
	select (lpad(to_hex(floor(extract(epoch from p_at) * 1000)::bigint), 12,
	    '0') || substr(replace(p_id::text, '-', ''), 13))::uuid
$$;
