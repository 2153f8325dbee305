-- The resources of tests/sql/orders.sh, a line each, sorted: what oracle.pl
-- writes.  Tabs between the columns, empty where there is nothing.
\pset null ''
\pset fieldsep '\t'
select r.sid, r.kind, r.account, coalesce(s.name, r.unknown_status),
    r.error_code, r.from_, r.to_,
    (extract(epoch from r.first_seen) * 1000)::bigint,
    (extract(epoch from r.updated_at) * 1000)::bigint, r.parent, r.num_media,
    r.consent, (select string_agg(f.key || '=' || (f.value ->> 1), ';'
	order by f.key collate "C") from jsonb_each(r.facts) as f)
from offhook.resource r
left join offhook.status s on s.kind = r.kind and s.code = r.ord & 255
where r.account = 'AC-orders'
order by r.sid;
