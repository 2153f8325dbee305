-- offhook.session_patch(p_patch jsonb, p_account text) returns void
--
-- Purpose: changes the variables of a session: those of a call or a thread of
--     messages.  Called by ingest and decide, by whoever wins.
-- Arguments: p_patch, all but thread may be missing:
--     {"thread": text, "revision": the one that the caller has seen, 0: there
--     was none; "clear": [names], "set": {name: text}, "count": [names], one
--     more each (no number: 1), "expires": seconds from now, a day if missing;
--     "end": true: the session is over}.  clear goes first, then set, then
--     count.
-- Errors: OF004 revision is another one by now; OF002 it is another account's.
-- Writes: session.
--
-- A revision is microseconds, not a count: a session that ended and began
-- anew must not have one that somebody saw before.
create or replace function offhook.session_patch(p_patch jsonb,
    p_account text)
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_thread text := p_patch ->> 'thread';
	v_bucket smallint := offhook.bucket(v_thread);
	v_now timestamptz;
	v_old offhook.session;
	v_vars jsonb;
	v_revision bigint;
	v_name text;
begin
	if v_thread is null then
		raise exception 'offhook: a session needs a thread'
		    using errcode = '22004';
	end if;
	loop
		select * into v_old from offhook.session s
		    where s.thread = v_thread and s.bucket = v_bucket
		    for update;
		if v_old.account <> p_account then
			raise exception 'offhook: session % belongs to '
			    'another account', v_thread
			    using errcode = 'OF002';
		end if;
		v_now := clock_timestamp();
		v_revision := v_old.revision;
		if v_old.expires_at <= v_now then
			v_old.revision := null;
			v_old.vars := null;
			v_old.started_at := null;
		end if;
		if p_patch ? 'revision' and coalesce(v_old.revision, 0)
		    <> (p_patch ->> 'revision')::bigint then
			raise exception 'offhook: session % has changed',
			    v_thread using errcode = 'OF004';
		end if;
		if (p_patch ->> 'end')::boolean then
			delete from offhook.session s
			    where s.thread = v_thread and s.bucket = v_bucket;
			return;
		end if;
		v_vars := coalesce(v_old.vars, '{}');
		if p_patch ? 'clear' then
			v_vars := v_vars - array(select
			    jsonb_array_elements_text(p_patch -> 'clear'));
		end if;
		v_vars := v_vars || coalesce(p_patch -> 'set', '{}');
		for v_name in select jsonb_array_elements_text(
		    coalesce(p_patch -> 'count', '[]')) loop
			v_vars := v_vars || jsonb_build_object(v_name,
			    (case when v_vars ->> v_name ~ '^[0-9]{1,9}$'
			    then (v_vars ->> v_name)::integer else 0 end
			    + 1)::text);
		end loop;
		insert into offhook.session as s (thread, bucket, account,
		    vars, revision, started_at, updated_at, expires_at)
		    values (v_thread, v_bucket, p_account, v_vars,
		    greatest(v_revision + 1,
		    (extract(epoch from v_now) * 1000000)::bigint),
		    coalesce(v_old.started_at, v_now), v_now, v_now
		    + coalesce((p_patch ->> 'expires')::integer, 86400)
		    * interval '1 second')
		    on conflict (thread, bucket) do update set
		    vars = excluded.vars, revision = excluded.revision,
		    started_at = excluded.started_at,
		    updated_at = excluded.updated_at,
		    expires_at = excluded.expires_at
		    where s.revision = v_revision;
		-- Begun by another one meanwhile: look again.
		exit when found;
	end loop;
end
$$;
