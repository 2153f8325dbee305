-- offhook.channel_set(p_name text, p_changes jsonb) returns text
--
-- Purpose: makes a channel, by which people learn of issues, or changes it.
-- Arguments: p_changes  what is not named stays, null is as at first:
--     "type"    'mail', 'webhook' or 'exec'; cannot be changed
--     "target"  list: mail addresses; or one URL; or a program (absolute
--               path, below OFFHOOK_EXEC) and its arguments
--     "types"   list of types of issues, 'delivery.*' for all that begin so;
--               null: all
--     "quiet"   how long nothing more is said of an issue that goes on
--               (interval, 1 hour at first)
-- Returns: the secret of a new webhook ('whsec_...'), which nobody is shown
--     again; else null.
-- Errors: 22023 with what is wrong.  Writes: channel.
create or replace function offhook.channel_set(p_name text, p_changes jsonb)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_new offhook.channel;
	v_key text;
	v_bad text;
begin
	if p_name is null or p_name !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$' then
		raise exception 'offhook: a channel''s name is letters, '
		    'digits, . _ and -, up to 63, not "%"', p_name
		    using errcode = '22023';
	end if;
	if jsonb_typeof(p_changes) is distinct from 'object' then
		raise exception 'offhook: the changes are no JSON object'
		    using errcode = '22023';
	end if;
	select k into v_key from jsonb_object_keys(p_changes) as k
	    where k not in ('type', 'target', 'types', 'quiet') limit 1;
	if found then
		raise exception 'offhook: a channel has no "%"', v_key
		    using errcode = '22023',
		    hint = 'It has type, target, types and quiet.';
	end if;
	select k into v_key from unnest(array['target', 'types']) as k
	    where p_changes ? k and jsonb_typeof(p_changes -> k) <> 'null'
	    and (jsonb_typeof(p_changes -> k) <> 'array'
	    or jsonb_path_exists(p_changes -> k,
	    '$[*] ? (@.type() != "string")'));
	if found then
		raise exception 'offhook: a channel''s % is a list of texts',
		    v_key using errcode = '22023';
	end if;

	select * into v_new from offhook.channel c where c.name = p_name
	    for update;
	if not found then
		v_new.name := p_name;
		v_new.type := p_changes ->> 'type';
		v_new.types := '{}';
		v_new.quiet := '1 hour';
		if v_new.type = 'webhook' then
			v_new.secret := 'whsec_' || encode(sha256(
			    uuid_send(gen_random_uuid())
			    || uuid_send(gen_random_uuid())), 'base64');
		end if;
	elsif coalesce(p_changes ->> 'type', v_new.type) <> v_new.type then
		raise exception 'offhook: channel % is of type %, which '
		    'cannot be changed', p_name, v_new.type
		    using errcode = '22023',
		    hint = 'Delete it, or take another name.';
	end if;
	if v_new.type is null
	    or v_new.type not in ('mail', 'webhook', 'exec') then
		raise exception 'offhook: a channel''s type is mail, webhook '
		    'or exec, not %', coalesce(v_new.type, 'missing')
		    using errcode = '22023';
	end if;
	if p_changes ? 'target' then
		v_new.target := array(select t from
		    jsonb_array_elements_text(nullif(p_changes -> 'target',
		    'null')) as t);
	end if;
	if p_changes ? 'types' then
		v_new.types := array(select t from
		    jsonb_array_elements_text(nullif(p_changes -> 'types',
		    'null')) as t);
	end if;
	if p_changes ? 'quiet' then
		begin
			v_new.quiet := coalesce(p_changes ->> 'quiet',
			    '1 hour')::interval;
		exception when data_exception then
			v_new.quiet := null;
		end;
		if v_new.quiet is null or v_new.quiet < interval '1 minute'
		    or v_new.quiet > interval '30 days' then
			raise exception 'offhook: the quiet time must be 1 '
			    'minute to 30 days, not %', p_changes ->> 'quiet'
			    using errcode = '22023';
		end if;
	end if;
	v_bad := offhook.channel_fault(v_new.type, v_new.target);
	if v_bad is not null then
		raise exception 'offhook: %', v_bad using errcode = '22023';
	end if;

	insert into offhook.channel as c (name, type, target, types, quiet,
	    secret)
	    values (p_name, v_new.type, v_new.target, v_new.types,
	    v_new.quiet, v_new.secret)
	    on conflict (name) do update set target = excluded.target,
	    types = excluded.types, quiet = excluded.quiet,
	    -- what did not get through is tried at once
	    due_at = '-infinity', tries = 0;
	return case when v_new.id is null then v_new.secret end;
end
$$;
