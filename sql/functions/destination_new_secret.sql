-- offhook.destination_new_secret(p_secret text) returns text
--
-- Purpose: a secret for signing: the caller's, if it is one, else a new one
--     of 32 random bytes (of 366 random bits in three UUIDs, from the
--     server's strong source: pgcrypto is not there everywhere).
-- Returns: 'whsec_' and base64, as Standard Webhooks write it.
-- Errors: 22023 p_secret is not 24 to 64 bytes in that form.
-- Writes: nothing.
create or replace function offhook.destination_new_secret(p_secret text)
returns text
language plpgsql volatile
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	if p_secret is null then
		return 'whsec_' || encode(sha256(uuid_send(gen_random_uuid())
		    || uuid_send(gen_random_uuid())
		    || uuid_send(gen_random_uuid())), 'base64');
	end if;
	if p_secret ~ '^whsec_([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|'
	    '[A-Za-z0-9+/]{3}=)?$'
	    and octet_length(decode(substr(p_secret, 7), 'base64'))
	    between 24 and 64 then
		return p_secret;
	end if;
	raise exception 'offhook: a secret is whsec_ and the base64 of 24 to '
	    '64 bytes' using errcode = '22023',
	    hint = 'Leave it out, and one is made.';
end
$$;
