-- The views: the API for the user's own SQL.  Columns are added at the end
-- and never renamed.  They run with the owner's rights, so that a reader
-- needs none on the tables.  What each question costs: tests/sql/plans.sh.

-- The base of the others, for nobody else: a resource and its status in a
-- word.  A status that offhook.status does not list is shown as it came.
create or replace view offhook.resource_now as
select r.sid, r.kind, coalesce(s.label, r.unknown_status) as status,
    coalesce(s.terminal, false) as terminal, r.error_code, r.first_seen,
    r.updated_at, r.from_, r.to_, r.account, r.parent, r.num_media,
    r.consent, r.facts, s.name as told
from offhook.resource r
left join offhook.status s on s.kind = r.kind and s.code = r.ord & 255;

create or replace view offhook.messages as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at,
    r.from_ as "from", r.to_ as "to", r.account, r.terminal,
    case when r.status in ('received', 'receiving') then 'inbound'
    else 'outbound' end as direction,
    r.num_media,
    offhook.fact_integer(r.facts, 'num_segments') as num_segments,
    offhook.fact(r.facts, 'messaging_service_sid') as messaging_service_sid,
    coalesce(offhook.fact(r.facts, 'from_country'),
    offhook.country(r.from_)) as from_country,
    coalesce(offhook.fact(r.facts, 'to_country'),
    offhook.country(r.to_)) as to_country,
    offhook.fact(r.facts, 'error_message') as error_message,
    offhook.fact_decimal(r.facts, 'price') as price,
    offhook.fact(r.facts, 'price_unit') as price_unit,
    r.consent,
    offhook.fact(r.facts, 'consent_word') as consent_word,
    offhook.fact(r.facts, 'message_type') as message_type,
    offhook.fact(r.facts, 'channel_prefix') as channel_prefix,
    offhook.fact(r.facts, 'channel_status_message')
    as channel_status_message,
    offhook.fact(r.facts, 'profile_name') as profile_name,
    offhook.fact(r.facts, 'wa_id') as wa_id,
    offhook.fact(r.facts, 'button_text') as button_text,
    offhook.fact(r.facts, 'button_payload') as button_payload,
    offhook.fact(r.facts, 'button_type') as button_type,
    offhook.fact(r.facts, 'replied_message_sid') as replied_message_sid,
    offhook.fact(r.facts, 'referral_source_id') as referral_source_id,
    offhook.fact_decimal(r.facts, 'latitude') as latitude,
    offhook.fact_decimal(r.facts, 'longitude') as longitude
from offhook.resource_now r
where r.kind = 'message';

create or replace view offhook.calls as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at,
    r.from_ as "from", r.to_ as "to", r.account, r.terminal,
    r.parent as parent_call_sid,
    offhook.fact(r.facts, 'direction') as direction,
    offhook.fact_integer(r.facts, 'duration_seconds') as duration_seconds,
    offhook.fact_integer(r.facts, 'billed_minutes') as billed_minutes,
    offhook.fact(r.facts, 'answered_by') as answered_by,
    offhook.fact_integer(r.facts, 'machine_detection_ms')
    as machine_detection_ms,
    coalesce(offhook.fact(r.facts, 'from_country'),
    offhook.country(r.from_)) as from_country,
    coalesce(offhook.fact(r.facts, 'to_country'),
    offhook.country(r.to_)) as to_country,
    offhook.fact_decimal(r.facts, 'price') as price,
    offhook.fact(r.facts, 'price_unit') as price_unit,
    offhook.fact_integer(r.facts, 'sip_response_code') as sip_response_code,
    offhook.fact(r.facts, 'recording_sid') as recording_sid,
    offhook.fact(r.facts, 'recording_url') as recording_url,
    offhook.fact_integer(r.facts, 'recording_seconds') as recording_seconds,
    offhook.fact(r.facts, 'dial_call_sid') as dial_call_sid,
    offhook.fact(r.facts, 'dial_call_status') as dial_call_status,
    offhook.fact_integer(r.facts, 'dial_call_seconds') as dial_call_seconds,
    offhook.fact_boolean(r.facts, 'dial_bridged') as dial_bridged,
    offhook.fact_integer(r.facts, 'dial_sip_response_code')
    as dial_sip_response_code,
    offhook.fact(r.facts, 'queue_sid') as queue_sid,
    offhook.fact(r.facts, 'queue_result') as queue_result,
    offhook.fact_integer(r.facts, 'queue_seconds') as queue_seconds,
    offhook.fact(r.facts, 'refer_call_status') as refer_call_status,
    offhook.fact(r.facts, 'forwarded_from') as forwarded_from,
    offhook.fact(r.facts, 'caller_name') as caller_name,
    offhook.fact(r.facts, 'stir_verstat') as stir_verstat,
    offhook.fact(r.facts, 'stir_status') as stir_status,
    offhook.fact(r.facts, 'sip_domain') as sip_domain,
    offhook.fact(r.facts, 'sip_domain_sid') as sip_domain_sid,
    offhook.fact(r.facts, 'sip_username') as sip_username,
    offhook.fact(r.facts, 'sip_call_id') as sip_call_id
from offhook.resource_now r
where r.kind = 'call';

-- One row an accepted request.  duplicates: how often it came again.  http is
-- null while the reply is being made.  reason: why it is a fallback.
create or replace view offhook.events as
select e.id, e.kind, e.sid, e.status, e.received_at,
    offhook.event_params(e.raw, e.format, e.method, e.url) as params,
    offhook.utf8_text(coalesce(o.reply, p.reply)) as reply,
    coalesce(o.http, p.http) as http, e.verdict, e.account,
    e.from_ as "from", e.to_ as "to", e.method, e.url, e.format, e.raw,
    coalesce(o.dups, p.dups) as duplicates,
    coalesce(o.ctype, p.ctype) as ctype, e.seq,
    e.error_code, e.token, e.key, e.route,
    coalesce(o.reason, p.reason) as reason
from offhook.event e
left join offhook.once o
on o.key = e.key and o.bucket = e.bucket and o.event_id = e.id
left join offhook.past_reply p
on p.event_id = e.id and p.bucket = e.bucket;

-- Resources that were told two different ends (of one rank): history shows
-- it; the state is the greater one, whichever came first.  What cycles has no
-- ranks: a conversation may well be closed twice.
create or replace view offhook.contradictions as
select e.rkind as kind, e.sid, e.account,
    array_agg(distinct e.status order by e.status) as statuses,
    min(e.received_at) as first_seen, max(e.received_at) as updated_at
from offhook.event e
join offhook.status s on s.kind = e.rkind and s.name = e.status
where s.terminal and s.rank is not null and e.sid is not null
group by e.rkind, e.sid, e.account, s.rank
having count(distinct s.code) > 1;

create or replace view offhook.issues as
select i.id, i.type, i.subject, i.state,
    i.count + (select count(*) from offhook.issue_more m
    where m.type = i.type and m.subject = i.subject) as count,
    i.first_seen, i.last_seen, i.detail,
    coalesce(i.opened_at, i.first_seen) as opened_at,
    i.acknowledged_at, i.acknowledged_by, i.resolved_at, i.resolved_by,
    i.comment, i.reopened,
    (select max(t.at) from offhook.told t where t.issue = i.id) as told_at
from offhook.issue i;

-- By which people learn of issues.  failures: tries in a row; next_at: when
-- there may be the next one.
create or replace view offhook.channels as
select c.name, c.type, c.target, c.types, c.quiet, c.told_at,
    c.tries as failures, c.error, c.error_at,
    case when c.due_at > clock_timestamp() then c.due_at end as next_at,
    c.created_at
from offhook.channel c;

-- In their order.  kind and to: '*' is any; reply: where it comes from.
create or replace view offhook.routes as
select r.name, r.position,
    case jsonb_typeof(r.spec -> 'kind') when 'string' then r.spec ->> 'kind'
    when 'array' then (select string_agg(k, ', ')
    from jsonb_array_elements_text(r.spec -> 'kind') as k) else '*' end
    as kind,
    case jsonb_typeof(r.spec -> 'to') when 'string' then r.spec ->> 'to'
    when 'array' then (select string_agg(t, ', ')
    from jsonb_array_elements_text(r.spec -> 'to') as t) else '*' end
    as "to",
    (select k from unnest(array['twiml', 'template', 'json', 'reject', 'sql',
    'app', 'redirect']) as k where r.spec ? k) as reply,
    r.set_at, r.set_by, r.spec
from offhook.route r
order by r.position, r.name;

-- Those with a fixed reply, in the form of the first versions.
create or replace view offhook.routes_list as
select r.kind, r."to",
    coalesce(r.spec ->> 'twiml', r.spec ->> 'json', '') as twiml, r.set_at,
    (select v.version from offhook.route_version v) as version,
    coalesce((r.spec ->> 'reject')::smallint, 200::smallint) as http,
    r.spec ->> 'in_trouble' as in_trouble
from offhook.routes r
where r.reply in ('twiml', 'json', 'reject');

create or replace view offhook.sessions as
select s.thread, s.account, s.vars, s.revision, s.started_at, s.updated_at,
    s.expires_at
from offhook.session s
where s.expires_at > clock_timestamp();

-- Every kind in one.  facts: all best-known values, as Twilio sent them.
create or replace view offhook.resources as
select r.kind, r.sid, r.status, r.terminal, r.error_code, r.first_seen,
    r.updated_at, r.from_ as "from", r.to_ as "to", r.account, r.parent,
    r.num_media,
    (select jsonb_object_agg(f.key, f.value ->> 1)
    from jsonb_each(r.facts) as f) as facts
from offhook.resource_now r;

create or replace view offhook.recordings as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal, r.parent,
    case when r.parent like 'CA%' then r.parent end as call_sid,
    coalesce(offhook.fact(r.facts, 'conference_sid'),
    case when r.parent like 'CF%' then r.parent end) as conference_sid,
    offhook.fact(r.facts, 'url') as url,
    offhook.fact_integer(r.facts, 'duration_seconds') as duration_seconds,
    offhook.fact_integer(r.facts, 'channels') as channels,
    offhook.fact(r.facts, 'source') as source,
    offhook.fact(r.facts, 'track') as track,
    offhook.fact(r.facts, 'start_time') as start_time
from offhook.resource_now r
where r.kind = 'recording';

create or replace view offhook.transcriptions as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at,
    r.from_ as "from", r.to_ as "to", r.account, r.terminal, r.parent,
    case when r.parent like 'RE%' then r.parent end as recording_sid,
    coalesce(offhook.fact(r.facts, 'call_sid'),
    case when r.parent like 'CA%' then r.parent end) as call_sid,
    offhook.fact(r.facts, 'recording_url') as recording_url,
    offhook.fact(r.facts, 'url') as url,
    offhook.fact(r.facts, 'engine') as engine,
    offhook.fact(r.facts, 'language') as language,
    offhook.fact(r.facts, 'error_message') as error_message,
    offhook.fact(r.facts, 'track') as track
from offhook.resource_now r
where r.kind = 'transcription';

create or replace view offhook.conferences as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal,
    offhook.fact(r.facts, 'friendly_name') as friendly_name,
    offhook.fact(r.facts, 'ended_reason') as ended_reason,
    offhook.fact(r.facts, 'ended_by_call_sid') as ended_by_call_sid,
    offhook.fact(r.facts, 'ended_by_label') as ended_by_label,
    offhook.fact(r.facts, 'announcement_error') as announcement_error
from offhook.resource_now r
where r.kind = 'conference';

-- status: joined or left.  told: the last event, as participant-mute.
create or replace view offhook.participants as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal, r.parent as conference_sid,
    nullif(split_part(r.sid, '/', 2), '') as call_sid, r.told,
    offhook.fact(r.facts, 'label') as label,
    offhook.fact_boolean(r.facts, 'muted') as muted,
    offhook.fact_boolean(r.facts, 'hold') as hold,
    offhook.fact_boolean(r.facts, 'coaching') as coaching,
    offhook.fact(r.facts, 'coached_call_sid') as coached_call_sid,
    offhook.fact_boolean(r.facts, 'start_on_enter') as start_on_enter,
    offhook.fact_boolean(r.facts, 'end_on_exit') as end_on_exit,
    offhook.fact(r.facts, 'call_status') as call_status,
    offhook.fact(r.facts, 'left_reason') as left_reason,
    offhook.fact(r.facts, 'friendly_name') as friendly_name
from offhook.resource_now r
where r.kind = 'participant';

create or replace view offhook.conversations as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal, r.parent as service_sid,
    offhook.fact(r.facts, 'friendly_name') as friendly_name,
    offhook.fact(r.facts, 'unique_name') as unique_name,
    offhook.fact(r.facts, 'attributes') as attributes,
    offhook.fact(r.facts, 'state_reason') as state_reason,
    offhook.fact(r.facts, 'messaging_service_sid') as messaging_service_sid,
    offhook.fact(r.facts, 'source') as source,
    offhook.fact(r.facts, 'client_identity') as client_identity
from offhook.resource_now r
where r.kind = 'conversation';

create or replace view offhook.conversation_messages as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal, r.parent as conversation_sid, r.from_ as author,
    offhook.fact_integer(r.facts, 'message_index') as message_index,
    offhook.fact(r.facts, 'attributes') as attributes,
    offhook.fact(r.facts, 'source') as source,
    offhook.fact(r.facts, 'client_identity') as client_identity,
    offhook.fact(r.facts, 'messaging_service_sid') as messaging_service_sid,
    offhook.fact(r.facts, 'channel_message_sid') as channel_message_sid
from offhook.resource_now r
where r.kind = 'conversation_message';

create or replace view offhook.conversation_participants as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal, r.parent as conversation_sid,
    offhook.fact(r.facts, 'identity') as identity,
    r.from_ as address, r.to_ as proxy_address,
    offhook.fact(r.facts, 'role_sid') as role_sid,
    offhook.fact_integer(r.facts, 'last_read_index') as last_read_index,
    offhook.fact(r.facts, 'attributes') as attributes,
    offhook.fact(r.facts, 'source') as source,
    offhook.fact(r.facts, 'client_identity') as client_identity
from offhook.resource_now r
where r.kind = 'conversation_participant';

create or replace view offhook.conversation_users as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal, r.parent as service_sid,
    offhook.fact(r.facts, 'identity') as identity,
    offhook.fact(r.facts, 'friendly_name') as friendly_name,
    offhook.fact(r.facts, 'role_sid') as role_sid,
    offhook.fact_boolean(r.facts, 'is_online') as is_online,
    offhook.fact_boolean(r.facts, 'is_notifiable') as is_notifiable,
    offhook.fact(r.facts, 'attributes') as attributes
from offhook.resource_now r
where r.kind = 'conversation_user';

create or replace view offhook.delivery_receipts as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal, r.parent as message_sid,
    offhook.fact(r.facts, 'channel_message_sid') as channel_message_sid
from offhook.resource_now r
where r.kind = 'delivery_receipt';

create or replace view offhook.media_streams as
select r.sid, r.status, r.error_code, r.first_seen, r.updated_at, r.account,
    r.terminal, r.parent as call_sid,
    offhook.fact(r.facts, 'stream_name') as stream_name,
    offhook.fact(r.facts, 'stream_error') as stream_error
from offhook.resource_now r
where r.kind = 'media_stream';

create or replace view offhook.alerts as
select r.sid, r.status as level, r.error_code, r.first_seen, r.updated_at,
    r.account, r.parent as resource_sid,
    offhook.fact(r.facts, 'message') as message,
    offhook.fact(r.facts, 'url') as url,
    offhook.fact_integer(r.facts, 'http_status') as http_status,
    offhook.fact(r.facts, 'source_component') as source_component,
    offhook.fact(r.facts, 'service_sid') as service_sid,
    offhook.fact(r.facts, 'occurred_at') as occurred_at,
    offhook.fact(r.facts, 'webhook_type') as webhook_type
from offhook.resource_now r
where r.kind = 'alert';

create or replace view offhook.alert_counts as
select a.error_code, a.account, a.level, count(*) as alerts,
    count(distinct a.resource_sid) as resources,
    min(a.first_seen) as first_seen, max(a.first_seen) as last_seen,
    (array_agg(a.sid order by a.first_seen desc, a.sid desc))[1] as last_sid
from offhook.alerts a
group by a.error_code, a.account, a.level;

-- What carries an error code, with what it is counted by.  number, country:
-- of the other side, which is who sent an inbound one, else who was sent to.
create or replace view offhook.failures as
select r.kind, r.sid, r.status, r.error_code,
    case when r.inbound then r.from_ else r.to_ end as number,
    case when r.inbound then coalesce(offhook.fact(r.facts, 'from_country'),
    offhook.country(r.from_))
    else coalesce(offhook.fact(r.facts, 'to_country'),
    offhook.country(r.to_)) end as country,
    date_trunc('hour', r.first_seen, 'UTC') as hour,
    r.first_seen, r.updated_at, r.from_ as "from", r.to_ as "to", r.account,
    r.parent, offhook.fact(r.facts, 'error_message') as error_message
from (select n.*, coalesce(n.status in ('received', 'receiving')
    or offhook.fact(n.facts, 'direction') = 'inbound', false) as inbound
    from offhook.resource_now n) as r
where r.error_code is not null;

-- Not ended an hour after they began: see functions/undecided.sql.
create or replace view offhook.undecided as
select * from offhook.undecided(60);

-- One row a medium of a message, n as in MediaUrl0.
create or replace view offhook.media as
select r.kind, r.sid, m.n, m.url, m.content_type, r.first_seen,
    r.from_ as "from", r.to_ as "to", r.account
from offhook.resource_now r
cross join lateral offhook.media_of(offhook.fact(r.facts, 'media')) as m
where r.num_media > 0;

-- Who may be written to: the last that was said of each number and sender (a
-- Messaging Service, or a number of ours).  evidence: what the number sent,
-- or that Twilio refused a message to it, error 21610.
create or replace view offhook.consents as
select distinct on (c.account, c.number, c.sender)
    c.account, c.number, c.sender, c.state, c.since, c.evidence, c.sid
from (
    select r.account, r.from_ as number,
        coalesce(offhook.fact(r.facts, 'messaging_service_sid'), r.to_)
        as sender, r.consent as state, r.first_seen as since,
        coalesce(offhook.fact(r.facts, 'consent_word'), r.consent)
        as evidence, r.sid
    from offhook.resource r
    where r.consent is not null
    -- OFFHOOK_REDACT masked it: it stands for ten thousand people
    and r.from_ not like '%xxxx'
    union all
    select r.account, r.to_,
        coalesce(offhook.fact(r.facts, 'messaging_service_sid'), r.from_),
        'opted_out' as state, r.first_seen, 'error 21610' as evidence, r.sid
    from offhook.resource r
    where r.error_code = 21610 and r.to_ not like '%xxxx'
) as c
order by c.account, c.number, c.sender, c.since desc, c.sid desc;

-- Events in the order in which they arrived at each SID, and what each did:
-- see functions/ingest.sql.  functions/timeline.sql has its relatives, too.
create or replace view offhook.history as
select e.sid, row_number() over (partition by e.sid
    order by e.received_at, e.id) as n,
    e.received_at, e.kind, e.status, e.verdict, e.error_code, e.seq, e.clock,
    e.from_ as "from", e.to_ as "to", e.account, e.id
from offhook.event e
where e.sid is not null;

-- Destinations, without what is secret: secrets, and the values of headers.
-- pending: has not ended, whatever it waits for.  (Counts are made when they
-- are selected: delivered and cancelled read all deliveries, once.)
create or replace view offhook.destinations as
select d.id, d.name,
    case when d.spec ? 'exec' then 'exec' else 'http' end as type,
    coalesce(d.spec ->> 'url', (select string_agg(a, ' ' order by n)
    from jsonb_array_elements_text(d.spec -> 'exec')
    with ordinality as t (a, n))) as target,
    d.paused, d.paused_at, coalesce(s.breaker, 'closed') as breaker,
    coalesce(s.failures, 0) as failures, s.open_until,
    (select count(*) from offhook.delivery y where y.destination = d.id
    and y.due_at is not null and y.state = 'pending') as pending,
    (select min(y.routed_at) from offhook.delivery y
    where y.destination = d.id and y.due_at is not null
    and y.state = 'pending') as oldest_pending_at,
    coalesce(c.delivered, 0) as delivered,
    (select count(*) from offhook.delivery y where y.destination = d.id
    and y.state in ('dead', 'expired') and y.state = 'dead') as dead,
    (select count(*) from offhook.delivery y where y.destination = d.id
    and y.state in ('dead', 'expired') and y.state = 'expired') as expired,
    coalesce(c.cancelled, 0) as cancelled,
    (select coalesce(sum(f.n), 0)::bigint from offhook.filtered f
    where f.destination = d.id) as filtered,
    s.last_success_at, s.last_failure_at, d.created_at, d.changed_at,
    d.changed_by, cardinality(k.secrets) as secrets,
    k.old_until as old_secret_until,
    case when d.spec ? 'headers' then jsonb_set(d.spec, '{headers}',
    (select coalesce(jsonb_object_agg(h.key, '***'), '{}')
    from jsonb_each(d.spec -> 'headers') as h)) else d.spec end as spec
from offhook.destination d
left join offhook.destination_secret k on k.destination = d.id
left join (select y.destination,
    count(*) filter (where y.state = 'delivered') as delivered,
    count(*) filter (where y.state = 'cancelled') as cancelled
    from offhook.delivery y group by y.destination) as c
on c.destination = d.id
left join lateral (select x.* from offhook.destination_state x
    where x.destination = d.id order by x.n desc limit 1) as s on true
where d.deleted_at is null;

-- One row for an event and a destination, or a replay of it.  outcome: what
-- is stored; state: that, and of what is pending whether it is 'sending' or
-- 'waiting' behind another of its lane.  attempts: in all; tries: since it
-- was routed or retried.  open: it has not ended, or holds its lane (there is
-- an index of those).  The event's columns are null when house keep has dropped
-- it.  (A volatile clock would keep the newest from being found by an index.)
create or replace view offhook.deliveries as
select d.id, d.event_id, e.kind, e.sid, n.name as destination,
    case when d.state <> 'pending' then d.state
    when d.due_at = 'infinity' then 'waiting'
    when d.lease is not null and d.due_at > statement_timestamp()
    then 'sending'
    else 'pending' end as state,
    d.reason, d.tries, d.attempts,
    case when d.state = 'pending' and d.lease is null
    and d.due_at < 'infinity' then d.due_at end as next_at,
    d.status, d.error, d.routed_at, d.finished_at, d.trigger, d.replay,
    d.event_at, e.account, e.status as event_status, e.from_ as "from",
    e.to_ as "to", d.lane, d.worker, d.state as outcome,
    d.due_at = 'infinity' and d.state <> 'pending' as holds_lane,
    'dlv_' || d.event_id || '_' || d.id as wire_id, d.destination
    as destination_id, d.due_at is not null as open
from offhook.delivery d
join offhook.destination n on n.id = d.destination
left join offhook.event e
on e.received_at = d.event_at and e.id = d.event_id;

-- One row for each time that a delivery was tried.  late: its lease was
-- somebody else's by then, so it changed nothing.
create or replace view offhook.attempts as
select a.delivery, a.n, a.at, a.ms, a.status, a.error, a.head, a.late,
    d.event_id, n.name as destination, a.worker, w.host, w.pid
from offhook.attempt a
join offhook.delivery d on d.id = a.delivery
join offhook.destination n on n.id = d.destination
left join offhook.worker w on w.id = a.worker;

-- What was given up: functions/dlq_retry.sql, dlq_purge.sql.  holds_lane: what
-- is behind it waits until somebody decides.
create or replace view offhook.dead_letters as
select d.id, d.event_id, e.kind, e.sid, n.name as destination, d.state,
    d.reason, d.attempts, d.status, d.error, d.routed_at, d.finished_at,
    d.trigger, d.replay, d.event_at, e.account, e.from_ as "from",
    e.to_ as "to", d.lane, coalesce(d.due_at = 'infinity', false)
    as holds_lane
from offhook.delivery d
join offhook.destination n on n.id = d.destination and n.deleted_at is null
left join offhook.event e
on e.received_at = d.event_at and e.id = d.event_id
where d.state in ('dead', 'expired');

create or replace view offhook.dead_letter_counts as
select n.name as destination, d.reason, d.state, count(*) as deliveries,
    min(d.finished_at) as oldest_at, max(d.finished_at) as newest_at,
    max(d.id) as last_id
from offhook.delivery d
join offhook.destination n on n.id = d.destination and n.deleted_at is null
where d.state in ('dead', 'expired')
group by n.name, d.reason, d.state;

-- How many events a destination did not want: reason is the key of its
-- filter that did not hold.
create or replace view offhook.filtered_counts as
select n.name as destination, f.reason, sum(f.n)::bigint as events,
    max(f.at) as last_at
from offhook.filtered f
join offhook.destination n on n.id = f.destination and n.deleted_at is null
group by n.name, f.reason;

-- total, made: deliveries as planned, and so far; events, seen: events that
-- were looked at.
create or replace view offhook.replays as
select r.id, r.state, n.name as destination, s.name as source, r.plan,
    r.rate, r.since, r.until, r.events, r.total, r.seen, r.made,
    c.pending, c.delivered, c.dead, c.expired, c.cancelled,
    nullif(r.cursor_at, '-infinity') as cursor_at,
    case when r.state = 'running' and r.rate > 0
    then greatest(r.total - r.made, 0) / r.rate end as seconds_left,
    r.created_at, r.created_by, r.started_at, r.finished_at, r.changed_by
from offhook.replay r
join offhook.destination n on n.id = r.destination
join offhook.destination s on s.id = r.source
cross join lateral (select
    count(*) filter (where d.state = 'pending') as pending,
    count(*) filter (where d.state = 'delivered') as delivered,
    count(*) filter (where d.state = 'dead') as dead,
    count(*) filter (where d.state = 'expired') as expired,
    count(*) filter (where d.state = 'cancelled') as cancelled
    from offhook.delivery d where d.replay = r.id) as c;

-- Those that have not ended well. alive: heard of in the last half minute.
create or replace view offhook.workers as
select w.id, w.host, w.pid, w.version, w.started_at, w.seen_at, w.in_flight,
    w.seen_at > statement_timestamp() - interval '30 seconds' as alive
from offhook.worker w
where w.gone_at is null;

-- Who did what by hand.
create or replace view offhook.operations as
select o.id, o.at, o.by_ as "by", o.what, o.subject, o.detail
from offhook.operation o;
