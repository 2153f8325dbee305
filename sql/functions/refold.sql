-- offhook.refold(p_kind text) returns bigint
--
-- Purpose: computes the resources of a kind again from the history, with the
--     same keys as ingest: after a migration listed statuses or facts that
--     were unknown when they arrived.
-- Arguments: p_kind of the resources, 'message', 'call' ...
-- Returns: how many resources changed.
-- Errors: none of its own.  Writes: resource.
--
-- Nothing goes back: where the history has been dropped, the resource keeps
-- what it knew.  unknown_status stays as a trace; a view shows it only while
-- nothing better is known.  For the owner; it reads all of event.
create or replace function offhook.refold(p_kind text)
returns bigint
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_count bigint;
begin
	insert into offhook.resource as r (sid, bucket, kind, account, ord,
	    unknown_status, err_ord, error_code, from_, to_, first_seen,
	    updated_at, parent, num_media, consent, asked, facts)
	    select k.sid, k.bucket, k.rkind, min(k.account), max(k.ord),
	    max(k.status) filter (where k.code is null),
	    max(k.ord) filter (where k.error_code is not null),
	    (array_agg(k.error_code order by k.ord desc, k.error_code desc)
	        filter (where k.error_code is not null))[1],
	    min(k.from_), min(k.to_), min(k.received_at), max(k.received_at),
	    min(k.parent), max((k.said ->> 'num_media')::smallint),
	    max((k.said ->> 'consent') collate "C"),
	    bool_or((k.said ->> 'asked')::boolean),
	    offhook.facts_max(offhook.facts_at(k.said, case
	        when k.code is null and k.clock is not null
	        then offhook.order_key(null, 0::smallint, 0, k.seq::integer,
	        k.clock) else k.ord end))
	    from (select e.*, s.code,
	        offhook.order_key(s.rank, s.code, 0, e.seq::integer,
	        e.clock) as ord,
	        offhook.facts_of(e.kind, e.rkind, e.status,
	        case when e.kind like 'stream.%'
	        then offhook.stream_params(offhook.event_params(e.raw, e.format,
	        e.method, e.url)) else offhook.event_params(e.raw, e.format,
	        e.method, e.url) end) as said
	        from offhook.event e
	        left join offhook.status s
	        on s.kind = e.rkind and s.name = e.status
	        where e.rkind = p_kind and e.sid is not null
	        -- else "said" is computed once for each place that names it
	        offset 0) as k
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
	    updated_at = greatest(r.updated_at, excluded.updated_at),
	    parent = least(r.parent, excluded.parent),
	    num_media = greatest(r.num_media, excluded.num_media),
	    consent = greatest(r.consent, excluded.consent),
	    asked = coalesce(r.asked, excluded.asked),
	    facts = offhook.facts_merge(r.facts, excluded.facts)
	    where r.account = excluded.account and r.kind = excluded.kind
	    and (r.ord < excluded.ord or coalesce(r.err_ord, -1) < excluded.err_ord
	        or r.err_ord = excluded.err_ord
	        and r.error_code < excluded.error_code
	        or r.from_ is distinct from least(r.from_, excluded.from_)
	        or r.to_ is distinct from least(r.to_, excluded.to_)
	        or r.first_seen > excluded.first_seen
	        or r.updated_at < excluded.updated_at
	        or coalesce(excluded.unknown_status
	            > coalesce(r.unknown_status, ''), false)
	        or r.parent is distinct from least(r.parent, excluded.parent)
	        or coalesce(excluded.num_media > coalesce(r.num_media, 0), false)
	        or coalesce(excluded.consent > coalesce(r.consent, ''), false)
	        or r.asked is null and excluded.asked
	        or r.facts is distinct from offhook.facts_merge(r.facts,
	            excluded.facts));
	get diagnostics v_count = row_count;
	return v_count;
end
$$;
