
CREATE SCHEMA offhook;

ALTER SCHEMA offhook OWNER TO offhook_owner;

CREATE TYPE offhook.answer AS (
	verdict text,
	http smallint,
	ctype text,
	reply bytea
);

ALTER TYPE offhook.answer OWNER TO offhook_owner;

CREATE FUNCTION offhook.bucket(p_id text) RETURNS smallint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
	select (case
	    when p_id ~ '^[A-Z][A-Z][0-9a-f]{32}$'
	    then ('x' || right(p_id, 4))::bit(16)::integer
	    else get_byte(sha256(convert_to(p_id, 'UTF8')), 0) << 8
	        | get_byte(sha256(convert_to(p_id, 'UTF8')), 1)
	    end & 1023)::smallint
$_$;

ALTER FUNCTION offhook.bucket(p_id text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
begin
	if p_method = 'GET' and coalesce(octet_length(p_raw), 0) = 0 then
		return offhook.params(convert_to(coalesce(
		    substr(p_url, nullif(strpos(p_url, '?'), 0) + 1), ''),
		    'UTF8'));
	end if;
	if p_format <> 'json' then
		return offhook.params(p_raw);
	end if;
	begin
		return convert_from(p_raw, 'UTF8')::jsonb;
	exception when data_exception or program_limit_exceeded then
		return null;
	end;
end
$$;

ALTER FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.form_text(p_hex text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
declare
	v_hex text := replace(p_hex, '2b ', '20 ');
	v_digit constant text := '(3[0-9]|[46][1-6]) ';
begin
	select string_agg(case
	    when t.n = 1 then t.part
	    when t.part ~ ('^' || v_digit || v_digit)
	    then case when left(t.part, 1) = '3' then substr(t.part, 2, 1)
	        else translate(substr(t.part, 2, 1), '123456', 'abcdef') end
	        || case when substr(t.part, 4, 1) = '3'
	        then substr(t.part, 5, 1)
	        else translate(substr(t.part, 5, 1), '123456', 'abcdef') end
	        || ' ' || substr(t.part, 7)
	    else '25 ' || t.part end, '' order by t.n)
	    into v_hex
	    from unnest(string_to_array(v_hex, '25 '))
	    with ordinality as t (part, n);
	return offhook.utf8_text(
	    decode(replace(coalesce(v_hex, ''), ' ', ''), 'hex'));
end
$$;

ALTER FUNCTION offhook.form_text(p_hex text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea) RETURNS offhook.answer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
declare
	v_ord bigint;
	v_verdict text;
	v_more boolean;
	v_old offhook.once;
begin
	-- A bucket out of range is the caller's bug; a check constraint would
	-- be parsed again at each call.
	if p_bucket >> 10 <> 0
	    or current_setting('transaction_isolation') <> 'read committed'
	    or current_setting('synchronous_commit') = 'off' then
		perform offhook.ingest_guard(p_bucket);
	end if;

	if p_routes is not null then
		perform from offhook.route_version v
		    where v.version = p_routes;
		if not found then
			return row('routes'::text, null::smallint, null::text,
			    null::bytea);
		end if;
	end if;

	if p_seq is null and p_clock is null then
		select s.base into v_ord
		    from offhook.status s
		    where s.kind = p_rkind and s.name = p_status;
	else
		select offhook.order_key(s.rank, s.code, 0, p_seq, p_clock)
		    into v_ord
		    from offhook.status s
		    where s.kind = p_rkind and s.name = p_status;
	end if;

	loop
		insert into offhook.once as o (key, bucket, event_id,
		    event_at, dups, http, ctype, reply)
		    values (p_key, p_bucket, p_id, p_at, 0, p_http, p_ctype,
		    p_reply)
		    on conflict (key, bucket) do nothing;
		exit when found;

		if p_window is not null then
			-- Of several that find it too old one gets the lock;
			-- the others look again, and find its row young.
			select * into v_old from offhook.once o
			    where o.key = p_key and o.bucket = p_bucket
			    and o.event_at
			    <= p_at - p_window * interval '1 second'
			    for update;
			if found then
				insert into offhook.past_reply (event_id,
				    bucket, event_at, dups, http, ctype, reply)
				    values (v_old.event_id, p_bucket,
				    v_old.event_at, v_old.dups, v_old.http,
				    v_old.ctype, v_old.reply)
				    on conflict (event_id, bucket) do nothing;
				update offhook.once o set event_id = p_id,
				    event_at = p_at, dups = 0,
				    http = p_http, ctype = p_ctype,
				    reply = p_reply
				    where o.key = p_key
				    and o.bucket = p_bucket;
				exit;
			end if;
		end if;

		-- The winner has committed: its answer is on the disk, and
		-- a counter is not worth waiting for the disk.
		perform set_config('synchronous_commit', 'off', true);
		update offhook.once o set dups = o.dups + 1
		    where o.key = p_key and o.bucket = p_bucket
		    returning * into v_old;
		if found then
			return row('duplicate'::text, v_old.http, v_old.ctype,
			    v_old.reply);
		end if;
		-- Purged between the two statements: it is new after all.
		perform set_config('synchronous_commit', 'on', true);
	end loop;

	if p_rkind is null or p_sid is null then
		v_verdict := 'recorded';
	else
		insert into offhook.resource as r (sid, bucket, kind,
		    account, ord, from_, to_, first_seen, updated_at)
		    values (p_sid, p_bucket, p_rkind, p_account,
		    coalesce(v_ord, 0), p_from, p_to, p_at, p_at)
		    on conflict (sid, bucket) do update set
		    ord = greatest(r.ord, excluded.ord),
		    updated_at = greatest(r.updated_at, excluded.updated_at)
		    where r.account = excluded.account
		    and r.kind = excluded.kind
		    returning case r.ord when v_ord then 'applied'
		        else 'stale' end,
		    r.from_ is distinct from p_from
		    or r.to_ is distinct from p_to or r.first_seen > p_at
		    into v_verdict, v_more;
		if not found then
			raise exception 'offhook: % belongs to another '
			    'account or kind', p_sid
			    using errcode = 'OF002';
		end if;
		-- What most callbacks do not bring costs those that bring it
		-- a second statement, on a row that is locked by now.
		if v_ord is null or p_error is not null or v_more then
			if v_ord is null then
				v_ord := 0;
				v_verdict := case when p_status is null
				    then 'recorded' else 'unknown' end;
			end if;
			update offhook.resource r set
			    unknown_status = case when v_ord = 0 then
			        greatest(r.unknown_status, p_status)
			        else r.unknown_status end,
			    err_ord = case when p_error is not null
			        then greatest(r.err_ord, v_ord)
			        else r.err_ord end,
			    error_code = case
			        when p_error is null or v_ord < r.err_ord
			        then r.error_code
			        when v_ord = r.err_ord
			        then greatest(r.error_code, p_error)
			        else p_error end,
			    from_ = least(r.from_, p_from),
			    to_ = least(r.to_, p_to),
			    first_seen = least(r.first_seen, p_at)
			    where r.sid = p_sid and r.bucket = p_bucket;
		end if;
	end if;

	with e as (
	    insert into offhook.event (id, received_at, seq, error_code,
	    bucket, key, account, kind, rkind, sid, status,
	    verdict, from_, to_, method, format, token, url, raw)
	    values (p_id, p_at, coalesce(p_seq, p_clock), p_error, p_bucket,
	    p_key, p_account, p_kind, p_rkind, p_sid, p_status, v_verdict, p_from,
	    p_to, p_method, p_format, p_token, p_url, p_raw)
	)
	insert into offhook.todo (bucket, event_id, event_at)
	    values (p_bucket, p_id, p_at);

	-- Last, because a busy number's row is locked from here to the end.
	if p_issue is not null then
		perform offhook.issue_count(p_issue, p_to, p_at,
		    jsonb_build_object('event', p_id, 'kind', p_kind, 'from',
		    p_from, 'account', p_account));
	end if;
	return row(v_verdict, p_http, p_ctype, p_reply);
end
$$;

ALTER FUNCTION offhook.ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea) OWNER TO offhook_owner;

CREATE FUNCTION offhook.ingest_guard(p_bucket smallint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
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

ALTER FUNCTION offhook.ingest_guard(p_bucket smallint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_count(p_type text, p_subject text, p_at timestamp with time zone, p_detail jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
begin
	loop
		update offhook.issue i set
		    count = i.count + 1,
		    state = case i.state when 'resolved' then 'open'
		        else i.state end,
		    detail = case when p_at >= i.last_seen then p_detail
		        else i.detail end,
		    first_seen = least(i.first_seen, p_at),
		    last_seen = greatest(i.last_seen, p_at)
		    where i.type = p_type
		    and i.subject = coalesce(p_subject, '');
		exit when found;
		insert into offhook.issue (type, subject, first_seen,
		    last_seen, detail)
		    values (p_type, coalesce(p_subject, ''), p_at, p_at,
		    p_detail)
		    on conflict (type, subject) do nothing;
		exit when found;
	end loop;
end
$$;

ALTER FUNCTION offhook.issue_count(p_type text, p_subject text, p_at timestamp with time zone, p_detail jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.make_partitions(p_months_ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '2s'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
	v_month timestamptz;
	v_name text;
	v_made integer := 0;
begin
	if p_months_ahead is null or p_months_ahead not between 0 and 120 then
		raise exception 'offhook: months ahead must be 0 to 120'
		    using errcode = '22023';
	end if;
	for v_month in
	    select g.m from generate_series(
	        date_trunc('month', clock_timestamp()),
	        date_trunc('month', clock_timestamp())
	        + p_months_ahead * interval '1 month',
	        interval '1 month') as g (m)
	    union
	    -- rows whose clock was far off stay where they are
	    select date_trunc('month', e.received_at)
	    from offhook.event_default e
	    where e.received_at >= '2020-01-01'
	    and e.received_at < clock_timestamp() + interval '10 years'
	    order by 1
	loop
		v_name := 'event_' || to_char(v_month, 'YYYYMM');
		continue when to_regclass('offhook.' || v_name) is not null;
		lock table offhook.event_default in access exclusive mode;
		execute format('create table offhook.%I '
		    '(like offhook.event including defaults)', v_name);
		execute format('with moved as (delete from '
		    'offhook.event_default where received_at >= %L and '
		    'received_at < %L returning *) insert into offhook.%I '
		    'select * from moved', v_month,
		    v_month + interval '1 month', v_name);
		execute format('alter table offhook.event attach partition '
		    'offhook.%I for values from (%L) to (%L)', v_name,
		    v_month, v_month + interval '1 month');
		v_made := v_made + 1;
	end loop;
	return v_made;
end
$$;

ALTER FUNCTION offhook.make_partitions(p_months_ahead integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.no_way_back() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
begin
	if new.ord < old.ord
	    or new.updated_at < old.updated_at
	    or new.sid <> old.sid
	    or new.bucket <> old.bucket
	    or new.kind <> old.kind
	    or new.account <> old.account
	    or new.first_seen > old.first_seen
	    -- both of them or none, and (err_ord, error_code) only grows
	    or (new.err_ord is null) <> (new.error_code is null)
	    or old.err_ord is not null and (new.err_ord is null
	    or (new.err_ord, new.error_code)
	    < (old.err_ord, old.error_code))
	    -- the first in byte order: null becomes a value, a value a less one
	    or old.from_ is not null
	    and (new.from_ is null or new.from_ > old.from_)
	    or old.to_ is not null
	    and (new.to_ is null or new.to_ > old.to_)
	    -- the last in byte order
	    or old.unknown_status is not null and (new.unknown_status is null
	    or new.unknown_status < old.unknown_status) then
		raise exception 'offhook: % cannot go back (order key % to %)',
		    old.sid, old.ord, new.ord
		    using errcode = 'OF001',
		    detail = format('old: %s, new: %s', to_jsonb(old),
		    to_jsonb(new)),
		    hint = 'A resource is the greatest of what its callbacks '
		    'said.';
	end if;
	return new;
end
$$;

ALTER FUNCTION offhook.no_way_back() OWNER TO offhook_owner;

CREATE FUNCTION offhook.order_key(p_rank smallint, p_code smallint, p_authority integer, p_seq integer, p_clock bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
	select case
	    when p_code is null then 0
	    when p_rank is null
	    then (greatest(coalesce(p_clock, 0), 0) << 8) | p_code
	    else (p_rank::bigint << 40) | (p_authority::bigint << 39)
	    | ((least(greatest(coalesce(p_seq, -1), -1), 1000000) + 1)::bigint
	    << 8) | p_code
	    end
$$;

ALTER FUNCTION offhook.order_key(p_rank smallint, p_code smallint, p_authority integer, p_seq integer, p_clock bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.params(p_raw bytea) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
begin
	return (
	    select coalesce(jsonb_object_agg(f.name, f.val), '{}')
	    from (
	        select d.name, case count(*)
	            when 1 then to_jsonb(min(d.val))
	            else jsonb_agg(d.val order by d.n) end as val
	        from (
	            select t.n,
	                offhook.form_text(split_part(t.pair, '3d ', 1)) as name,
	                offhook.form_text(case when strpos(t.pair, '3d ') = 0
	                    then '' else substr(t.pair,
	                    strpos(t.pair, '3d ') + 3) end) as val
	            from unnest(string_to_array(regexp_replace(
	                encode(p_raw, 'hex'), '(..)', '\1 ', 'g'), '26 '))
	                with ordinality as t (pair, n)
	            where t.pair <> ''
	        ) as d
	        group by d.name
	    ) as f);
end
$$;

ALTER FUNCTION offhook.params(p_raw bytea) OWNER TO offhook_owner;

CREATE FUNCTION offhook.refold(p_kind text) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
declare
	v_count bigint;
begin
	insert into offhook.resource as r (sid, bucket, kind, account, ord,
	    unknown_status, err_ord, error_code, from_, to_, first_seen,
	    updated_at)
	    select k.sid, k.bucket, k.rkind, min(k.account), max(k.ord),
	    max(k.status) filter (where k.code is null),
	    max(k.ord) filter (where k.error_code is not null),
	    (array_agg(k.error_code order by k.ord desc, k.error_code desc)
	        filter (where k.error_code is not null))[1],
	    min(k.from_), min(k.to_), min(k.received_at), max(k.received_at)
	    from (select e.*, s.code, case when e.status is null then 0
	        else offhook.order_key(s.rank, s.code, 0,
	        (case when e.seq > 1000000 then 1000000
	        else e.seq end)::integer, e.seq)
	        end as ord
	        from offhook.event e
	        left join offhook.status s
	        on s.kind = e.rkind and s.name = e.status
	        where e.rkind = p_kind and e.sid is not null) as k
	    group by k.sid, k.bucket, k.rkind
	    -- one order for everybody, so that two of these cannot deadlock
	    order by k.sid
	    on conflict (sid, bucket) do update set
	    ord = greatest(r.ord, excluded.ord),
	    unknown_status = greatest(r.unknown_status,
	        excluded.unknown_status),
	    -- greatest() passes over nulls
	    error_code = case
	        when r.err_ord is null or excluded.err_ord > r.err_ord
	        then excluded.error_code
	        when excluded.err_ord = r.err_ord
	        then greatest(r.error_code, excluded.error_code)
	        else r.error_code end,
	    err_ord = greatest(r.err_ord, excluded.err_ord),
	    from_ = least(r.from_, excluded.from_),
	    to_ = least(r.to_, excluded.to_),
	    first_seen = least(r.first_seen, excluded.first_seen),
	    updated_at = greatest(r.updated_at, excluded.updated_at)
	    where r.account = excluded.account and r.kind = excluded.kind
	    and (r.ord < excluded.ord or coalesce(r.err_ord, -1) < excluded.err_ord
	        or r.err_ord = excluded.err_ord
	        and r.error_code < excluded.error_code
	        or coalesce(excluded.from_ < coalesce(r.from_, '~'), false)
	        or coalesce(excluded.to_ < coalesce(r.to_, '~'), false)
	        or r.first_seen > excluded.first_seen
	        or r.updated_at < excluded.updated_at
	        or coalesce(excluded.unknown_status
	            > coalesce(r.unknown_status, ''), false));
	get diagnostics v_count = row_count;
	return v_count;
end
$$;

ALTER FUNCTION offhook.refold(p_kind text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_delete(p_kind text, p_to text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
begin
	-- The version's row is locked first, as in route_set.
	perform from offhook.route_version for update;
	delete from offhook.route r
	    where r.kind = p_kind and r.to_ = p_to;
	if not found then
		return false;
	end if;
	update offhook.route_version v set version = greatest(v.version + 1,
	    (extract(epoch from clock_timestamp()) * 1000)::bigint);
	return true;
end
$$;

ALTER FUNCTION offhook.route_delete(p_kind text, p_to text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_set(p_kind text, p_to text, p_twiml text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $_$
declare
	v_version bigint;
	v_good boolean;
begin
	if p_kind is null or p_kind <> '*' and not exists (select
	    from offhook.kind k where k.kind = p_kind and not k.notice) then
		raise exception 'offhook: no route for kind %',
		    coalesce(quote_literal(p_kind), 'null')
		    using errcode = '22023', hint = 'Kinds that take a reply: '
		    || (select string_agg(k.kind, ', ' order by k.kind)
		    from offhook.kind k where not k.notice)
		    || ', or * for any.';
	end if;
	if p_to is null or p_to !~ '^[^[:space:][:cntrl:]]+$' then
		raise exception 'offhook: a route needs a number, or *'
		    using errcode = '22023';
	end if;
	if p_twiml is null or octet_length(p_twiml) >= 65536 then
		raise exception 'offhook: TwiML must be shorter than 64 kB'
		    using errcode = '22023';
	end if;
	begin
		v_good := xml_is_well_formed_document(p_twiml)
		    and p_twiml !~* '<!doctype';
	exception when feature_not_supported then
		v_good := true;
	end;
	if not v_good then
		raise exception 'offhook: this is not well-formed TwiML'
		    using errcode = '2200M', hint = 'Well-formed XML, one '
		    'root element, no DOCTYPE: <Response>...</Response>';
	end if;

	-- First, for the row's lock: changes of routes come one by one.
	update offhook.route_version v set version = greatest(v.version + 1,
	    (extract(epoch from clock_timestamp()) * 1000)::bigint)
	    returning v.version into v_version;
	insert into offhook.route (kind, to_, twiml, set_at)
	    values (p_kind, p_to, p_twiml, clock_timestamp())
	    on conflict (kind, to_) do update
	    set twiml = excluded.twiml, set_at = excluded.set_at;
	return v_version;
end
$_$;

ALTER FUNCTION offhook.route_set(p_kind text, p_to text, p_twiml text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.routes() RETURNS TABLE(version bigint, kind text, to_ text, twiml text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
begin
	return query
	    select v.version, r.kind, r.to_, r.twiml
	    from offhook.route_version v
	    left join offhook.route r on true
	    order by r.kind, r.to_;
end
$$;

ALTER FUNCTION offhook.routes() OWNER TO offhook_owner;

CREATE FUNCTION offhook.utf8_text(p_bytes bytea) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS $$
declare
	v_hex text;
	v_good constant text := '((?:[1-7]. |0[1-9a-f] |c[2-9a-f] [89ab]. '
	    '|d. [89ab]. |e0 [ab]. [89ab]. |e[1-9abcef] [89ab]. [89ab]. '
	    '|ed [89]. [89ab]. |f0 [9ab]. [89ab]. [89ab]. '
	    '|f[1-3] [89ab]. [89ab]. [89ab]. |f4 8. [89ab]. [89ab]. )+)';
begin
	v_hex := regexp_replace(encode(p_bytes, 'hex'), '(..)', '\1 ', 'g');
	if v_hex ~ '(00|[89a-f].) ' then
		v_hex := regexp_replace(v_hex, v_good, '<\1>', 'g');
		select string_agg(
		    regexp_replace(split_part(t.part, '<', 1), '.. ',
		    'efbfbd', 'g') || split_part(t.part, '<', 2), ''
		    order by t.n)
		    into v_hex
		    from unnest(string_to_array(v_hex, '>'))
		    with ordinality as t (part, n);
	end if;
	return convert_from(decode(replace(v_hex, ' ', ''), 'hex'), 'UTF8');
end
$$;

ALTER FUNCTION offhook.utf8_text(p_bytes bytea) OWNER TO offhook_owner;

CREATE TABLE offhook.resource (
    sid text NOT NULL COLLATE pg_catalog."C",
    bucket smallint NOT NULL,
    kind text NOT NULL,
    account text NOT NULL,
    ord bigint NOT NULL,
    unknown_status text COLLATE pg_catalog."C",
    err_ord bigint,
    error_code integer,
    from_ text COLLATE pg_catalog."C",
    to_ text COLLATE pg_catalog."C",
    first_seen timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE offhook.resource OWNER TO offhook_owner;

CREATE TABLE offhook.status (
    kind text NOT NULL,
    code smallint NOT NULL,
    rank smallint,
    name text NOT NULL,
    terminal boolean NOT NULL,
    source text NOT NULL,
    base bigint GENERATED ALWAYS AS ((((COALESCE((rank)::integer, 0))::bigint << 40) | (code)::bigint)) STORED NOT NULL,
    CONSTRAINT status_code_check CHECK (((code >= 1) AND (code <= 255))),
    CONSTRAINT status_rank_check CHECK (((rank >= 0) AND (rank <= 255)))
);

ALTER TABLE offhook.status OWNER TO offhook_owner;

CREATE VIEW offhook.calls AS
 SELECT r.sid,
    COALESCE(s.name, r.unknown_status) AS status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.from_ AS "from",
    r.to_ AS "to",
    r.account,
    COALESCE(s.terminal, false) AS terminal
   FROM (offhook.resource r
     LEFT JOIN offhook.status s ON (((s.kind = r.kind) AND (s.code = (r.ord & (255)::bigint)))))
  WHERE (r.kind = 'call'::text);

ALTER TABLE offhook.calls OWNER TO offhook_owner;

CREATE TABLE offhook.event (
    id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    seq bigint,
    error_code integer,
    bucket smallint NOT NULL,
    key uuid NOT NULL,
    account text NOT NULL,
    kind text NOT NULL,
    rkind text,
    sid text COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    verdict text NOT NULL,
    from_ text COLLATE pg_catalog."C",
    to_ text COLLATE pg_catalog."C",
    method text NOT NULL,
    format text NOT NULL,
    token text,
    url text,
    raw bytea
)
PARTITION BY RANGE (received_at);

ALTER TABLE offhook.event OWNER TO offhook_owner;

CREATE VIEW offhook.contradictions AS
 SELECT e.rkind AS kind,
    e.sid,
    e.account,
    array_agg(DISTINCT e.status ORDER BY e.status) AS statuses,
    min(e.received_at) AS first_seen,
    max(e.received_at) AS updated_at
   FROM (offhook.event e
     JOIN offhook.status s ON (((s.kind = e.rkind) AND (s.name = e.status))))
  WHERE (s.terminal AND (e.sid IS NOT NULL))
  GROUP BY e.rkind, e.sid, e.account, s.rank
 HAVING (count(DISTINCT s.code) > 1);

ALTER TABLE offhook.contradictions OWNER TO offhook_owner;

CREATE TABLE offhook.event_default (
    id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    seq bigint,
    error_code integer,
    bucket smallint NOT NULL,
    key uuid NOT NULL,
    account text NOT NULL,
    kind text NOT NULL,
    rkind text,
    sid text COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    verdict text NOT NULL,
    from_ text COLLATE pg_catalog."C",
    to_ text COLLATE pg_catalog."C",
    method text NOT NULL,
    format text NOT NULL,
    token text,
    url text,
    raw bytea
);

ALTER TABLE offhook.event_default OWNER TO offhook_owner;

CREATE TABLE offhook.once (
    key uuid NOT NULL,
    bucket smallint NOT NULL,
    event_id uuid NOT NULL,
    event_at timestamp with time zone NOT NULL,
    dups integer DEFAULT 0 NOT NULL,
    http smallint NOT NULL,
    ctype text,
    reply bytea
)
WITH (fillfactor='90');

ALTER TABLE offhook.once OWNER TO offhook_owner;

CREATE TABLE offhook.past_reply (
    event_id uuid NOT NULL,
    bucket smallint NOT NULL,
    event_at timestamp with time zone NOT NULL,
    dups integer NOT NULL,
    http smallint NOT NULL,
    ctype text,
    reply bytea
);

ALTER TABLE offhook.past_reply OWNER TO offhook_owner;

CREATE VIEW offhook.events AS
 SELECT e.id,
    e.kind,
    e.sid,
    e.status,
    e.received_at,
    offhook.event_params(e.raw, e.format, e.method, e.url) AS params,
    offhook.utf8_text(COALESCE(o.reply, p.reply)) AS reply,
    COALESCE(o.http, p.http) AS http,
    e.verdict,
    e.account,
    e.from_ AS "from",
    e.to_ AS "to",
    e.method,
    e.url,
    e.format,
    e.raw,
    COALESCE(o.dups, p.dups) AS duplicates,
    COALESCE(o.ctype, p.ctype) AS ctype,
    e.seq,
    e.error_code,
    e.token,
    e.key
   FROM ((offhook.event e
     LEFT JOIN offhook.once o ON (((o.key = e.key) AND (o.bucket = e.bucket) AND (o.event_id = e.id))))
     LEFT JOIN offhook.past_reply p ON (((p.event_id = e.id) AND (p.bucket = e.bucket))));

ALTER TABLE offhook.events OWNER TO offhook_owner;

CREATE TABLE offhook.issue (
    id bigint NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT 'open'::text NOT NULL,
    count bigint DEFAULT 1 NOT NULL,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    detail jsonb,
    CONSTRAINT issue_state_check CHECK ((state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'resolved'::text, 'ignored'::text])))
)
WITH (fillfactor='70');

ALTER TABLE offhook.issue OWNER TO offhook_owner;

CREATE SEQUENCE offhook.issue_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.issue_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.issue_id OWNED BY offhook.issue.id;

CREATE VIEW offhook.issues AS
 SELECT i.id,
    i.type,
    i.subject,
    i.state,
    i.count,
    i.first_seen,
    i.last_seen,
    i.detail
   FROM offhook.issue i;

ALTER TABLE offhook.issues OWNER TO offhook_owner;

CREATE TABLE offhook.kind (
    kind text NOT NULL,
    notice boolean NOT NULL
);

ALTER TABLE offhook.kind OWNER TO offhook_owner;

CREATE VIEW offhook.messages AS
 SELECT r.sid,
    COALESCE(s.name, r.unknown_status) AS status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.from_ AS "from",
    r.to_ AS "to",
    r.account,
    COALESCE(s.terminal, false) AS terminal
   FROM (offhook.resource r
     LEFT JOIN offhook.status s ON (((s.kind = r.kind) AND (s.code = (r.ord & (255)::bigint)))))
  WHERE (r.kind = 'message'::text);

ALTER TABLE offhook.messages OWNER TO offhook_owner;

CREATE TABLE offhook.route (
    kind text NOT NULL COLLATE pg_catalog."C",
    to_ text NOT NULL COLLATE pg_catalog."C",
    twiml text NOT NULL,
    set_at timestamp with time zone NOT NULL
);

ALTER TABLE offhook.route OWNER TO offhook_owner;

CREATE TABLE offhook.route_version (
    one boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT route_version_one_check CHECK (one)
);

ALTER TABLE offhook.route_version OWNER TO offhook_owner;

CREATE VIEW offhook.routes_list AS
 SELECT r.kind,
    r.to_ AS "to",
    r.twiml,
    r.set_at,
    ( SELECT v.version
           FROM offhook.route_version v) AS version
   FROM offhook.route r;

ALTER TABLE offhook.routes_list OWNER TO offhook_owner;

CREATE TABLE offhook.schema_install (
    one boolean DEFAULT true NOT NULL,
    mode text NOT NULL,
    sha256 text,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT schema_install_mode_check CHECK ((mode = ANY (ARRAY['roles'::text, 'one-role'::text]))),
    CONSTRAINT schema_install_one_check CHECK (one)
);

ALTER TABLE offhook.schema_install OWNER TO offhook_owner;

CREATE TABLE offhook.schema_migration (
    version integer NOT NULL,
    name text NOT NULL,
    sha256 text,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT schema_migration_version_check CHECK ((version > 0))
);

ALTER TABLE offhook.schema_migration OWNER TO offhook_owner;

CREATE TABLE offhook.todo (
    bucket smallint NOT NULL,
    event_id uuid NOT NULL,
    event_at timestamp with time zone NOT NULL
);

ALTER TABLE offhook.todo OWNER TO offhook_owner;

ALTER TABLE ONLY offhook.event ATTACH PARTITION offhook.event_default DEFAULT;

ALTER TABLE ONLY offhook.issue ALTER COLUMN id SET DEFAULT nextval('offhook.issue_id'::regclass);

ALTER TABLE ONLY offhook.issue
    ADD CONSTRAINT issue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY offhook.issue
    ADD CONSTRAINT issue_type_subject_key UNIQUE (type, subject);

ALTER TABLE ONLY offhook.kind
    ADD CONSTRAINT kind_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY offhook.once
    ADD CONSTRAINT once_pkey PRIMARY KEY (key, bucket);

ALTER TABLE ONLY offhook.past_reply
    ADD CONSTRAINT past_reply_pkey PRIMARY KEY (event_id, bucket);

ALTER TABLE ONLY offhook.resource
    ADD CONSTRAINT resource_pkey PRIMARY KEY (sid, bucket);

ALTER TABLE ONLY offhook.route
    ADD CONSTRAINT route_pkey PRIMARY KEY (kind, to_);

ALTER TABLE ONLY offhook.route_version
    ADD CONSTRAINT route_version_pkey PRIMARY KEY (one);

ALTER TABLE ONLY offhook.schema_install
    ADD CONSTRAINT schema_install_pkey PRIMARY KEY (one);

ALTER TABLE ONLY offhook.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (version);

ALTER TABLE ONLY offhook.status
    ADD CONSTRAINT status_pkey PRIMARY KEY (kind, code);

ALTER TABLE ONLY offhook.todo
    ADD CONSTRAINT todo_pkey PRIMARY KEY (bucket, event_id);

CREATE INDEX event_received ON ONLY offhook.event USING btree (received_at);

CREATE INDEX event_default_received_at_idx ON offhook.event_default USING btree (received_at);

CREATE INDEX event_sid ON ONLY offhook.event USING btree (sid, received_at);

CREATE INDEX event_default_sid_received_at_idx ON offhook.event_default USING btree (sid, received_at);

CREATE UNIQUE INDEX status_name ON offhook.status USING btree (kind, name);

ALTER INDEX offhook.event_received ATTACH PARTITION offhook.event_default_received_at_idx;

ALTER INDEX offhook.event_sid ATTACH PARTITION offhook.event_default_sid_received_at_idx;

CREATE TRIGGER no_way_back BEFORE UPDATE ON offhook.resource FOR EACH ROW WHEN (((new.ord < old.ord) OR (new.updated_at < old.updated_at))) EXECUTE FUNCTION offhook.no_way_back();

CREATE TRIGGER no_way_back_rest BEFORE UPDATE OF sid, bucket, kind, account, unknown_status, err_ord, error_code, from_, to_, first_seen ON offhook.resource FOR EACH ROW EXECUTE FUNCTION offhook.no_way_back();

GRANT USAGE ON SCHEMA offhook TO offhook_responder;
GRANT USAGE ON SCHEMA offhook TO offhook_worker;
GRANT USAGE ON SCHEMA offhook TO offhook_reader;
GRANT USAGE ON SCHEMA offhook TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.bucket(p_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.bucket(p_id text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.bucket(p_id text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.form_text(p_hex text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.form_text(p_hex text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.form_text(p_hex text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea) TO offhook_responder;

REVOKE ALL ON FUNCTION offhook.ingest_guard(p_bucket smallint) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.issue_count(p_type text, p_subject text, p_at timestamp with time zone, p_detail jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.make_partitions(p_months_ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.make_partitions(p_months_ahead integer) TO offhook_worker;

REVOKE ALL ON FUNCTION offhook.no_way_back() FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.order_key(p_rank smallint, p_code smallint, p_authority integer, p_seq integer, p_clock bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.params(p_raw bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.params(p_raw bytea) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.params(p_raw bytea) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.refold(p_kind text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.route_delete(p_kind text, p_to text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.route_delete(p_kind text, p_to text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.route_set(p_kind text, p_to text, p_twiml text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.route_set(p_kind text, p_to text, p_twiml text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.routes() FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.routes() TO offhook_responder;
GRANT ALL ON FUNCTION offhook.routes() TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.utf8_text(p_bytes bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.utf8_text(p_bytes bytea) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.utf8_text(p_bytes bytea) TO offhook_operator;

GRANT SELECT ON TABLE offhook.status TO offhook_reader;
GRANT SELECT ON TABLE offhook.status TO offhook_operator;

GRANT SELECT ON TABLE offhook.calls TO offhook_reader;
GRANT SELECT ON TABLE offhook.calls TO offhook_operator;

GRANT SELECT ON TABLE offhook.contradictions TO offhook_reader;
GRANT SELECT ON TABLE offhook.contradictions TO offhook_operator;

GRANT SELECT ON TABLE offhook.events TO offhook_reader;
GRANT SELECT ON TABLE offhook.events TO offhook_operator;

GRANT SELECT ON TABLE offhook.issues TO offhook_reader;
GRANT SELECT ON TABLE offhook.issues TO offhook_operator;

GRANT SELECT ON TABLE offhook.kind TO offhook_reader;
GRANT SELECT ON TABLE offhook.kind TO offhook_operator;

GRANT SELECT ON TABLE offhook.messages TO offhook_reader;
GRANT SELECT ON TABLE offhook.messages TO offhook_operator;

GRANT SELECT ON TABLE offhook.routes_list TO offhook_reader;
GRANT SELECT ON TABLE offhook.routes_list TO offhook_operator;

GRANT SELECT ON TABLE offhook.schema_install TO offhook_reader;
GRANT SELECT ON TABLE offhook.schema_install TO offhook_operator;

GRANT SELECT ON TABLE offhook.schema_migration TO offhook_reader;
GRANT SELECT ON TABLE offhook.schema_migration TO offhook_operator;

