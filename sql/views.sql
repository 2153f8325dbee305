-- The views: the API for the user's own SQL.  Columns are added at the end
-- and never renamed.  They run with the owner's rights, so that a reader
-- needs none on the tables.

create or replace view offhook.messages as
select r.sid, coalesce(s.name, r.unknown_status) as status, r.error_code,
    r.first_seen, r.updated_at, r.from_ as "from", r.to_ as "to", r.account,
    coalesce(s.terminal, false) as terminal
from offhook.resource r
left join offhook.status s on s.kind = r.kind and s.code = r.ord & 255
where r.kind = 'message';

create or replace view offhook.calls as
select r.sid, coalesce(s.name, r.unknown_status) as status, r.error_code,
    r.first_seen, r.updated_at, r.from_ as "from", r.to_ as "to", r.account,
    coalesce(s.terminal, false) as terminal
from offhook.resource r
left join offhook.status s on s.kind = r.kind and s.code = r.ord & 255
where r.kind = 'call';

-- One row an accepted request.  duplicates: how often it came again.
create or replace view offhook.events as
select e.id, e.kind, e.sid, e.status, e.received_at,
    offhook.event_params(e.raw, e.format, e.method, e.url) as params,
    offhook.utf8_text(coalesce(o.reply, p.reply)) as reply,
    coalesce(o.http, p.http) as http, e.verdict, e.account,
    e.from_ as "from", e.to_ as "to", e.method, e.url, e.format, e.raw,
    coalesce(o.dups, p.dups) as duplicates,
    coalesce(o.ctype, p.ctype) as ctype, e.seq,
    e.error_code, e.token, e.key
from offhook.event e
left join offhook.once o
on o.key = e.key and o.bucket = e.bucket and o.event_id = e.id
left join offhook.past_reply p
on p.event_id = e.id and p.bucket = e.bucket;

-- Resources that were told two different ends (of one rank): history shows
-- it; the state is the greater one, whichever came first.
create or replace view offhook.contradictions as
select e.rkind as kind, e.sid, e.account,
    array_agg(distinct e.status order by e.status) as statuses,
    min(e.received_at) as first_seen, max(e.received_at) as updated_at
from offhook.event e
join offhook.status s on s.kind = e.rkind and s.name = e.status
where s.terminal and e.sid is not null
group by e.rkind, e.sid, e.account, s.rank
having count(distinct s.code) > 1;

create or replace view offhook.issues as
select i.id, i.type, i.subject, i.state, i.count, i.first_seen, i.last_seen,
    i.detail
from offhook.issue i;

create or replace view offhook.routes_list as
select r.kind, r.to_ as "to", r.twiml, r.set_at,
    (select v.version from offhook.route_version v) as version
from offhook.route r;
