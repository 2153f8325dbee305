-- offhook.bucket(p_id text) returns smallint
--
-- Purpose: the shard number, 0 to 1023, of a Twilio SID or any other id: a
--     SID's last four hex digits, low ten bits; of anything else the first
--     two bytes of its SHA-256, big endian, low ten bits.  The C program has
--     the same and passes the result; the hot path never calls this.
-- Returns: null for null.
-- Errors: none.  Writes: nothing.
create or replace function offhook.bucket(p_id text)
returns smallint
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select (case
	    when p_id ~ '^[A-Z][A-Z][0-9a-f]{32}$'
	    then ('x' || right(p_id, 4))::bit(16)::integer
	    else get_byte(sha256(convert_to(p_id, 'UTF8')), 0) << 8
	        | get_byte(sha256(convert_to(p_id, 'UTF8')), 1)
	    end & 1023)::smallint
$$;
