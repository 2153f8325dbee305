-- offhook.destination_add(p_name text, p_spec jsonb,
--     p_secret text default null) returns text
--
-- Purpose: a new destination: events that are routed from the commit on are
--     delivered there.
-- Arguments: p_spec  functions/destination_check.sql; p_secret  to sign
--     with; null: one is made
-- Returns: the secret, which is not shown again.
-- Errors: 22023 no name of 1 to 64 of a-z, 0-9, ".", "_", "-"; no such
--     secret; those of destination_check(); 42710 there is one of that name.
-- Writes: destination, destination_secret, destination_version, operation.
create or replace function offhook.destination_add(p_name text,
    p_spec jsonb, p_secret text default null)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_secret text := offhook.destination_new_secret(p_secret);
	v_id integer;
begin
	if p_name is null or p_name !~ '^[a-z0-9._-]{1,64}$' then
		raise exception 'offhook: a destination''s name has 1 to 64 '
		    'of a-z, 0-9, ".", "_" and "-", not %',
		    coalesce(to_json(p_name)::text, 'nothing')
		    using errcode = '22023';
	end if;
	perform offhook.destination_check(p_spec);
	-- First, for the row's lock: changes come one by one.
	perform from offhook.destination_version for update;
	insert into offhook.destination (name, spec) values (p_name, p_spec)
	    on conflict do nothing returning id into v_id;
	if not found then
		raise exception 'offhook: there is a destination % already',
		    p_name using errcode = '42710',
		    hint = format('To change it: offhook destination set %s',
		    p_name);
	end if;
	insert into offhook.destination_secret (destination, secrets)
	    values (v_id, array[v_secret]);
	perform offhook.destination_changed('add', p_name, p_spec);
	return v_secret;
end
$$;
