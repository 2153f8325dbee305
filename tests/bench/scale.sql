-- Synthetic history, made set-wise: 440 days of it, psql variable events rows
-- in offhook.event (about), and the resources that they belong to.
--
-- Eight numbers of ours; 80,000 customers, of whom some write much.  A third
-- as many messages as events: 10 % came in, a fifth of these with media and a
-- hundredth of them STOP or START; 3 % failed; one in 200 stays "sent".
-- The bodies of all months are gone that house keep has passed, but the
-- latest one's of these.  Of each kind one thing is number a1, with one
-- conversation partner, for docs/questions.md.
--
--     psql -v events=10000000 -f tests/bench/scale.sql
\set ON_ERROR_STOP on
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '64MB';
set client_min_messages = warning;
set timezone = 'UTC';

-- Stable, as what they call is: otherwise they would not be inlined.
create function pg_temp.h(n bigint, salt integer) returns float
language sql immutable
return (hashint8extended(n, salt) & 1048575)::float / 1048576;
create function pg_temp.customer(n bigint) returns text
language sql stable
return '+1' || 200 + floor(pg_temp.h(n, 1) ^ 2 * 800)::integer || '55501'
    || lpad(floor(pg_temp.h(n, 2) * 100)::text, 2, '0');
create function pg_temp.ours(n bigint) returns text
language sql stable
return '+1555010000' || 1 + floor(pg_temp.h(n, 3) ^ 2 * 8)::integer;
create function pg_temp.sid(prefix text, n bigint) returns text
language sql stable
return prefix || case n when 161 then lpad('a1', 32, '0')
    else md5(prefix || n) end;

-- What there is of each kind; each belongs to the parent of the number that
-- is as far from the start.
create temporary table part (kind text, prefix text, most bigint, parent text,
    parent_n bigint);
insert into part
select k.kind, k.prefix, k.share * :events, k.parent,
    (select greatest(p.share * :events, 1)
    from (values ('CA', .025), ('RE', .008), ('CH', .001), ('IM', .010))
    as p (prefix, share) where p.prefix = k.parent)
from (values ('message', 'SM', null, .32), ('call', 'CA', null, .025),
    ('recording', 'RE', 'CA', .008), ('transcription', 'TR', 'RE', .002),
    ('conversation', 'CH', null, .001),
    ('conversation_message', 'IM', 'CH', .010),
    ('delivery_receipt', 'DY', 'IM', .005), ('alert', 'NO', 'CA', .002),
    ('conference', 'CF', null, .001), ('participant', 'CP', 'CF', .002))
    as k (kind, prefix, parent, share);

-- Indexes are made at the end, which is faster.
create temporary table later as
select i.indexname, i.indexdef from pg_indexes i
where i.schemaname = 'offhook' and i.indexname !~ '_pkey$'
and i.tablename in ('resource', 'event');
do $$ declare i record; begin
	for i in select indexname from pg_temp.later loop
		execute 'drop index offhook.' || i.indexname;
	end loop;
end $$;
-- All months; house keep makes them ahead of time.
set role offhook_owner;
do $$ declare m timestamptz; begin
	for m in select generate_series(date_trunc('month', now()
	    - interval '440 days'), now(), '1 month') loop
		continue when to_regclass('offhook.event_' || to_char(m, 'YYYYMM'))
		    is not null;
		execute format('create table offhook.event_%s partition of '
		    'offhook.event for values from (%L) to (%L)',
		    to_char(m, 'YYYYMM'), m, m + interval '1 month');
	end loop;
end $$;
reset role;
create temporary table bare as
select s.month, 'event_' || to_char(s.month, 'YYYYMM') as name from (
    select m as month, row_number() over (order by m desc) as nth
    from generate_series(date_trunc('month', now() - interval '440 days'),
    now(), '1 month') as m where offhook.house_due(m) is not null) as s
where s.nth > 1;
do $$ declare b record; begin
	for b in select name from pg_temp.bare loop
		execute format('comment on table offhook.%I is ''without bodies''',
		    b.name);
	end loop;
end $$;

insert into offhook.resource (sid, bucket, kind, account, ord, err_ord,
    error_code, from_, to_, first_seen, updated_at, num_media, consent, facts)
select m.sid, m.n % 1024, 'message', 'AC00000000000000000000000000000001',
    s.base, case when m.error is not null then s.base end, m.error,
    case when m.inbound then m.theirs else m.ours end,
    case when m.inbound then m.ours else m.theirs end,
    m.at, m.at + interval '6 seconds',
    case when m.inbound then (m.n % 5 = 0)::integer end,
    case when m.inbound and m.n % 1000 = 10 then 'opted_out'
    when m.inbound and m.n % 5000 = 20 then 'opted_in' end,
    jsonb_build_object('messaging_service_sid',
    jsonb_build_array(0, 'MG00000000000000000000000000000007'))
    || case when m.inbound then jsonb_build_object(
    'num_segments', jsonb_build_array(0, '1'),
    'from_country', jsonb_build_array(0, 'US'),
    'to_country', jsonb_build_array(0, 'US'))
    || case when m.n % 5 = 0 then jsonb_build_object('media',
    jsonb_build_array(0, '[{"url": "https://api.example.com/media/' || m.n
    || '", "content_type": "image/jpeg"}]')) else '{}' end
    || case when m.n % 1000 = 10 then jsonb_build_object('consent_word',
    jsonb_build_array(0, 'STOP')) else '{}' end
    else '{}' end
from (
    select n, pg_temp.sid('SM', n) as sid, pg_temp.ours(n) as ours,
        case n when 161 then '+15550101001' else pg_temp.customer(n) end
        as theirs,
        n % 10 = 0 as inbound,
        now() - interval '440 days' * (n::float / p.most) ^ 1.1 as at,
        case when n % 10 = 0 then 'received'
        when n % 33 = 5 and n % 3 = 0 then 'failed'
        when n % 33 = 5 then 'undelivered' when n % 200 = 9 then 'sent'
        when n % 7 = 3 then 'read' else 'delivered' end as status,
        case when n % 10 <> 0 and n % 33 = 5 then
        case when n % 100 = 4 then 21610
        else 30003 + (pg_temp.h(n, 4) ^ 2 * 6)::integer end end as error
    from part p, generate_series(p.most, 1, -1) as n
    where p.kind = 'message') as m
join offhook.status s on s.kind = 'message' and s.name = m.status;

insert into offhook.resource (sid, bucket, kind, account, ord, err_ord,
    error_code, from_, to_, first_seen, updated_at, parent, facts)
select pg_temp.sid(p.prefix, n), n % 1024, p.kind,
    'AC00000000000000000000000000000001', s.base,
    case when p.kind = 'alert' then s.base end,
    case when p.kind = 'alert' then (array[11200, 11205, 12300, 30003])
    [1 + n % 4] end,
    case when p.kind in ('call', 'conversation_message') then
    case when n % 3 = 0 then pg_temp.customer(n) else pg_temp.ours(n) end end,
    case when p.kind = 'call' then
    case when n % 3 = 0 then pg_temp.ours(n) else pg_temp.customer(n) end end,
    now() - interval '440 days' * (n::float / p.most) ^ 1.1,
    now() - interval '440 days' * (n::float / p.most) ^ 1.1
    + interval '40 seconds',
    case when p.parent is not null then
    pg_temp.sid(p.parent, 1 + n * p.parent_n / (p.most + 1)) end,
    case p.kind when 'call' then jsonb_build_object(
    'direction', jsonb_build_array(0, case when n % 3 = 0 then 'inbound'
    else 'outbound-api' end),
    'duration_seconds', jsonb_build_array(s.base, '37'),
    'billed_minutes', jsonb_build_array(s.base, '1'))
    when 'recording' then jsonb_build_object(
    'duration_seconds', jsonb_build_array(s.base, '30'))
    when 'conversation_message' then jsonb_build_object('message_index',
    jsonb_build_array(0, (n % 10)::text)) end
from part p
cross join lateral generate_series(p.most, 1, -1) as n
join lateral (select (array_agg(s.base order by s.name <> all (array[
    'completed', 'delivered', 'active', 'added', 'error', 'warning',
    'conference-end', 'participant-leave']), s.name))
    [1 + case when n % 40 = 7 then 1 else 0 end] as base
    from offhook.status s where s.kind = p.kind) as s on true
where p.kind <> 'message';

insert into offhook.event (id, received_at, bucket, key, account, kind,
    rkind, sid, status, verdict, from_, to_, method, format, token, url, raw,
    error_code, seq, parent)
select gen_random_uuid(), e.at, e.bucket, gen_random_uuid(), e.account,
    e.event, e.kind, e.sid, e.status,
    case when e.n > 1 and pg_temp.h(hashtextextended(e.sid, e.n), 5) < .02
    then 'stale' else 'applied' end, e.from_, e.to_, 'POST', 'form',
    case when b.name is null then gen_random_uuid()::text end,
    'https://hooks.example.test/twilio',
    case when b.name is null then convert_to('AccountSid=' || e.account
    || '&ApiVersion=2010-04-01&From=%2B' || ltrim(e.from_, '+')
    || '&MessageSid=' || e.sid || '&MessageStatus=' || e.status
    || '&MessagingServiceSid=MG00000000000000000000000000000007&SmsSid='
    || e.sid || '&SmsStatus=' || e.status || '&To=%2B'
    || ltrim(e.to_, '+'), 'UTF8') end,
    case when e.last then e.error_code end,
    case when e.kind = 'call' then e.n end, e.parent
from (
    select r.*, t.n, t.n = t.most as last,
        r.first_seen + (t.n - 1) * interval '2 seconds' as at,
        case when r.kind = 'message' then case when t.n = t.most then s.name
        when t.n = 1 then 'queued' when r.bucket = 9 and s.terminal
        then 'canceled' else 'sent' end
        when r.kind = 'call' then case t.n when 1 then 'initiated'
        when 2 then 'ringing' else s.name end
        else s.name end as status,
        case when r.kind = 'message' then case when s.name = 'received'
        then 'message.inbound' else 'message.status' end
        when r.kind = 'call' and t.n = 2 and r.bucket % 3 = 0
        then 'call.gather'
        when r.kind = 'conversation' then 'conversation.onConversationAdded'
        when r.kind = 'conversation_message'
        then 'conversation.onMessageAdded'
        when r.kind = 'delivery_receipt'
        then 'conversation.onDeliveryUpdated'
        when r.kind = 'alert' then 'debugger.alert'
        else r.kind || '.status' end as event
    from offhook.resource r
    join offhook.status s on s.kind = r.kind and s.code = r.ord & 255
    cross join lateral (select n, most from (select case
        when r.kind = 'message' and s.name = 'received' then 1
        when r.kind = 'message' and s.name = 'sent' then 2
        when r.kind in ('message', 'call') then 3 else 1 end as most) as x,
        generate_series(1, x.most) as n) as t
) as e
left join bare b on b.name = 'event_' || to_char(e.at, 'YYYYMM');

insert into offhook.once (key, bucket, event_id, event_at, dups, http)
select e.key, e.bucket, e.id, e.received_at, 0, 204
from offhook.event e
where e.received_at > now() - interval '45 days'
order by e.received_at;

do $$ declare i record; begin
	for i in select indexdef from pg_temp.later loop
		execute replace(i.indexdef, ' ON ONLY ', ' ON ');
	end loop;
end $$;
vacuum analyze offhook.resource;
vacuum analyze offhook.event;
vacuum analyze offhook.once;
