-- offhook.destination_rotate(p_name text, p_keep interval default '1 day',
--     p_secret text default null) returns text
--
-- Purpose: a new secret.  For p_keep deliveries are signed with the one
--     before, too, so that receivers can change over; one that is older
--     still is dropped at once.
-- Returns: the new secret, which is not shown again.
-- Errors: P0002 there is none of that name; 22023 no such secret, or p_keep
--     is not 0 to 90 days.
-- Writes: destination_secret, destination_version, operation.
create or replace function offhook.destination_rotate(p_name text,
    p_keep interval default '1 day', p_secret text default null)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_secret text := offhook.destination_new_secret(p_secret);
	v offhook.destination;
begin
	if p_keep is null or p_keep not between '0' and '90 days' then
		raise exception 'offhook: a secret is kept for 0 to 90 days '
		    'beside its successor' using errcode = '22023';
	end if;
	perform from offhook.destination_version for update;
	v := offhook.destination_named(p_name);
	update offhook.destination_secret s set
	    secrets = v_secret || case when p_keep > '0'
	    then array_remove(s.secrets[1:1], v_secret) else '{}' end,
	    old_until = case when p_keep > '0'
	    then clock_timestamp() + p_keep end
	    where s.destination = v.id;
	perform offhook.destination_changed('rotate', p_name,
	    jsonb_build_object('keep', p_keep::text));
	return v_secret;
end
$$;
