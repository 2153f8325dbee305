-- answers: what the views and functions say of what was ingested.  Which
-- plans they have: plans.sh.  Names: docs/questions.md.
begin;
\ir lib/setup.sql
select plan(89);

-- One ingest with a parent and facts, whose constants are given as values.
create function pg_temp.tell(p_kind text, p_rkind text, p_sid text,
    p_status text, p_at interval default '0', p_parent text default null,
    p_facts jsonb default null, p_from text default '+15550101001',
    p_to text default '+15550100001', p_error integer default null,
    p_raw text default 'a=b', p_clock bigint default null,
    p_seq integer default null, p_account text default 'AC1')
returns text
language sql
as $$
	select (offhook.ingest(7::smallint, md5(concat_ws('/', p_kind, p_sid,
	    p_status, p_at, p_clock, p_seq))::uuid, gen_random_uuid(),
	    '2026-03-04 05:06:07Z'::timestamptz + p_at, p_account, p_kind,
	    p_rkind, p_sid, p_status, p_seq, p_clock, p_error, p_from, p_to,
	    'POST', 'https://example.com/t', null, 'form', p_raw::bytea, null,
	    null, null, 204::smallint, null, null, p_parent,
	    case when p_facts ? 'c' then jsonb_set(p_facts, '{c}', (
	    select jsonb_object_agg(c.key, jsonb_build_array(0, c.value))
	    from jsonb_each(p_facts -> 'c') as c)) else p_facts end)).verdict
$$;

-- country
select is(offhook.country(n), c, coalesce(n, 'null') || ': ' ||
    coalesce(c, 'none'))
from (values ('+15550101001', 'US'), ('+14165550100', 'CA'),
    ('+18765550100', 'JM'), ('+17875550100', 'PR'), ('+442079460000', 'GB'),
    ('+441534960000', 'JE'), ('+74955550100', 'RU'), ('+77015550100', 'KZ'),
    ('+3906698550100', 'VA'), ('+390655501000', 'IT'),
    ('+4915550101001', 'DE'), ('+43155501000', 'AT'),
    ('+21255501000', 'MA'), ('+212528855010', 'EH'),
    ('+262639550100', 'YT'), ('+262262550100', 'RE'),
    ('whatsapp:+4915550101001', 'DE'), ('rcs:+33155501000', 'FR'),
    ('+87055501000', null), ('+80055501000', null), ('12345', null),
    ('client:anna', null), ('sip:+15550101001@example.com', null),
    ('+1555010100155501', null), ('+1 555 010', null), ('', null),
    (null, null)) as v (n, c);
select ok((select count(*) from offhook.calling_code) > 290,
    'the list of calling codes is there');
select is((select count(distinct country) from offhook.calling_code) > 225,
    true, 'of all countries');

-- every fact has a column
select is((select string_agg(f.topic || '.' || f.fact, ', ')
    from (select distinct topic, fact from offhook.field
    where place = 'fact' and fact <> 'media') as f
    where not exists (
        select from (values ('message', 'messages'), ('call', 'calls'),
        ('call', 'media_streams'), ('recording', 'recordings'),
        ('transcription', 'transcriptions'), ('conference', 'conferences'),
        ('conference', 'participants'), ('conversation', 'conversations'),
        ('conversation', 'conversation_messages'),
        ('conversation', 'conversation_participants'),
        ('conversation', 'conversation_users'),
        ('conversation', 'delivery_receipts'), ('alert', 'alerts'))
        as v (topic, view)
        join information_schema.columns c on c.table_schema = 'offhook'
        and c.table_name = v.view and c.column_name = f.fact
        where v.topic = f.topic)), null, 'each fact is a column of a view');
select is((select string_agg(k, ', ') from (
    select distinct resource from offhook.kind where resource is not null)
    as x (k) where to_regclass('offhook.' || k || 's') is null), null,
    'each kind of resource has a view of its name');

-- old columns keep name and position
select is((select string_agg(column_name, ' ' order by ordinal_position)
    from information_schema.columns where table_schema = 'offhook'
    and table_name = v and ordinal_position <= 9),
    'sid status error_code first_seen updated_at from to account terminal',
    v || ': the first columns') from unnest(array['messages', 'calls']) as v;

-- messages
select pg_temp.tell('message.inbound', 'message', pg_temp.sid(1), 'received',
    p_raw => 'Body=Hello+there', p_facts => '{"c": {"num_segments": "2",
    "from_country": "DE", "messaging_service_sid": "MG1", "media":
    "[{\"url\": \"https://example.com/0\", \"content_type\": \"image/png\"}, {\"url\": \"https://example.com/1\", \"content_type\": \"text/x-vcard\"}]"},
    "num_media": 2}') \g /dev/null
select pg_temp.tell('message.status', 'message', pg_temp.sid(2), 'sent', '1 s',
    p_from => '+15550100001', p_to => '+15550101001') \g /dev/null
select pg_temp.tell('message.status', 'message', pg_temp.sid(2),
    'undelivered', '2 s', p_error => 30003, p_from => '+15550100001',
    p_to => '+15550101001', p_facts => '{"l": {"price": "-0.0075",
    "price_unit": "USD", "error_message": "Unreachable",
    "num_segments": "no number"}}') \g /dev/null
select pg_temp.tell('message.status', 'message', pg_temp.sid(3), 'beamed',
    '3 s', p_from => '+15550100001', p_to => '+4915550101001') \g /dev/null
select is(pg_temp.rows_of(format($$select status, direction, num_media,
    num_segments, messaging_service_sid, from_country, to_country
    from offhook.messages where sid = %L$$, pg_temp.sid(1))),
    '(received,inbound,2,2,MG1,DE,US)', 'messages: inbound');
select is(pg_temp.rows_of(format($$select status, error_code, direction,
    terminal, price, price_unit, error_message, num_segments
    from offhook.messages where sid = %L$$, pg_temp.sid(2))),
    '(undelivered,30003,outbound,t,-0.0075,USD,Unreachable,)',
    'messages: outbound; what is no number is none');
select is(pg_temp.rows_of(format($$select status, terminal, to_country
    from offhook.messages where sid = %L$$, pg_temp.sid(3))),
    '(beamed,f,DE)', 'messages: an unknown status is shown');
select is(pg_temp.rows_of(format($$select n, url, content_type
    from offhook.media where sid = %L order by n$$, pg_temp.sid(1))),
    e'(0,https://example.com/0,image/png)\n'
    '(1,https://example.com/1,text/x-vcard)', 'media: one row a medium');
select is((select count(*) from offhook.media_of(m)), 0::bigint,
    'media_of ' || m) from unnest(array['no json', '{}', '"x"', '[]',
    '[{"url": ']) as m;

-- calls and what belongs to them
select pg_temp.tell('call.inbound', 'call', pg_temp.sid(1, 'CA'), 'ringing',
    '10 s', p_facts => '{"c": {"direction": "inbound"}}') \g /dev/null
select pg_temp.tell('call.status', 'call', pg_temp.sid(1, 'CA'), 'completed',
    '20 s', p_seq => 3, p_facts => '{"c": {"direction": "inbound"},
    "l": {"duration_seconds": "61", "billed_minutes": "2",
    "answered_by": "human", "dial_bridged": "true"}}') \g /dev/null
select pg_temp.tell('call.status', 'call', pg_temp.sid(2, 'CA'), 'busy',
    '15 s', p_parent => pg_temp.sid(1, 'CA'), p_from => '+15550100001',
    p_to => '+15550101003') \g /dev/null
select pg_temp.tell('recording.status', 'recording', pg_temp.sid(1, 'RE'),
    'completed', '25 s', p_parent => pg_temp.sid(1, 'CA'), p_from => null,
    p_to => null, p_facts => '{"l": {"duration_seconds": "60",
    "url": "https://example.com/r", "channels": "2"}}') \g /dev/null
select pg_temp.tell('transcription.status', 'transcription',
    pg_temp.sid(1, 'TR'), 'completed', '30 s', p_from => null, p_to => null,
    p_parent => pg_temp.sid(1, 'RE')) \g /dev/null
select pg_temp.tell('conference.status', 'conference', pg_temp.sid(1, 'CF'),
    'conference-start', '31 s', p_from => null, p_to => null,
    p_facts => '{"c": {"friendly_name": "Room"}}') \g /dev/null
select pg_temp.tell('participant.status', 'participant',
    pg_temp.sid(1, 'CF') || '/' || pg_temp.sid(1, 'CA'), s, '31 s',
    pg_temp.sid(1, 'CF'), f::jsonb, null, null, p_clock => c)
    from (values ('participant-mute', 2000, '{"l": {"muted": "true"}}'),
    ('participant-join', 1000, '{"l": {"muted": "false", "hold": "false",
    "label": "boss"}}')) as v (s, c, f) \g /dev/null
select is(pg_temp.rows_of(format($$select status, direction,
    duration_seconds, billed_minutes, answered_by, dial_bridged, terminal
    from offhook.calls where sid = %L$$, pg_temp.sid(1, 'CA'))),
    '(completed,inbound,61,2,human,t,t)', 'calls: seconds and minutes');
select is((select parent_call_sid from offhook.calls
    where sid = pg_temp.sid(2, 'CA')), pg_temp.sid(1, 'CA'),
    'calls: who made it');
select is(pg_temp.rows_of(format($$select status, call_sid, duration_seconds,
    channels, url from offhook.recordings where sid = %L$$,
    pg_temp.sid(1, 'RE'))), '(completed,' || pg_temp.sid(1, 'CA')
    || ',60,2,https://example.com/r)', 'recordings');
select is((select recording_sid from offhook.transcriptions
    where sid = pg_temp.sid(1, 'TR')), pg_temp.sid(1, 'RE'),
    'transcriptions');
select is(pg_temp.rows_of(format($$select status, friendly_name
    from offhook.conferences where sid = %L$$, pg_temp.sid(1, 'CF'))),
    '(in-progress,Room)', 'conferences: the label, not the event');
select is(pg_temp.rows_of(format($$select call_sid, label, status, told,
    muted, hold from offhook.participants where conference_sid = %L$$,
    pg_temp.sid(1, 'CF'))), '(' || pg_temp.sid(1, 'CA')
    || ',boss,joined,participant-mute,t,f)',
    'participants: the best known values, whatever came first');

-- Conversations
select pg_temp.tell('conversation.onMessageAdded', 'conversation_message',
    pg_temp.sid(1, 'IM'), 'added', '40 s', pg_temp.sid(1, 'CH'),
    '{"c": {"message_index": "4"}}', 'anna', null, p_clock => 1)
    \g /dev/null
select pg_temp.tell('conversation.onDeliveryUpdated', 'delivery_receipt',
    pg_temp.sid(1, 'DY'), 'read', '41 s', pg_temp.sid(1, 'IM'), null, null,
    null) \g /dev/null
select pg_temp.tell('conversation.onUserAdded', 'conversation_user',
    pg_temp.sid(1, 'US'), 'added', '41 s', pg_temp.sid(1, 'IS'),
    '{"l": {"is_online": "true", "identity": "anna"}}', null, null,
    p_clock => 1) \g /dev/null
select pg_temp.tell('conversation.onParticipantAdded',
    'conversation_participant', pg_temp.sid(1, 'MB'), 'added', '41 s',
    pg_temp.sid(1, 'CH'), '{"l": {"last_read_index": "4"}}', '+15550101001',
    '+15550100001', p_clock => 1) \g /dev/null
select pg_temp.tell('conversation.onConversationStateUpdated',
    'conversation', pg_temp.sid(1, 'CH'), s, '41 s', pg_temp.sid(1, 'IS'),
    null, null, null, p_clock => c) from (values ('closed', 1), ('active', 2),
    ('removed', 3)) as v (s, c) \g /dev/null
select pg_temp.tell('call.stream', 'media_stream', pg_temp.sid(1, 'MZ'),
    'stream-error', '41 s', pg_temp.sid(1, 'CA'),
    '{"c": {"stream_name": "s"}, "l": {"stream_error": "no"}}', null, null)
    \g /dev/null
select is(pg_temp.rows_of(format($$select author, message_index, status
    from offhook.conversation_messages where conversation_sid = %L$$,
    pg_temp.sid(1, 'CH'))), '(anna,4,added)', 'conversation_messages');
select is((select status from offhook.delivery_receipts
    where message_sid = pg_temp.sid(1, 'IM')), 'read', 'delivery_receipts');
select is(pg_temp.rows_of(format($$select identity, is_online, is_notifiable
    from offhook.conversation_users where service_sid = %L$$,
    pg_temp.sid(1, 'IS'))), '(anna,t,)', 'conversation_users');
select is(pg_temp.rows_of(format($$select address, proxy_address,
    last_read_index from offhook.conversation_participants
    where conversation_sid = %L$$, pg_temp.sid(1, 'CH'))),
    '(+15550101001,+15550100001,4)', 'conversation_participants');
select is(pg_temp.rows_of(format($$select status, terminal
    from offhook.conversations where sid = %L$$, pg_temp.sid(1, 'CH'))),
    '(removed,t)', 'conversations');
select is(pg_temp.rows_of(format($$select status, stream_name, stream_error
    from offhook.media_streams where call_sid = %L$$, pg_temp.sid(1, 'CA'))),
    '(failed,s,no)', 'media_streams');

-- alerts
select pg_temp.tell('debugger.alert', 'alert', pg_temp.sid(n, 'NO'), 'error',
    n * interval '1 minute', pg_temp.sid(n % 2 + 1, 'CA'),
    '{"c": {"message": "HTTP retrieval failure", "http_status": "502",
    "url": "https://example.com/voice"}}', null, null, 11200)
    from generate_series(1, 3) as n \g /dev/null
select is(pg_temp.rows_of(format($$select level, error_code, http_status, url
    from offhook.alerts where sid = %L$$, pg_temp.sid(1, 'NO'))),
    '(error,11200,502,https://example.com/voice)', 'alerts');
select is(pg_temp.rows_of($$select alerts, resources, last_seen - first_seen,
    last_sid = pg_temp.sid(3, 'NO') from offhook.alert_counts
    where error_code = 11200 and account = 'AC1'$$), '(3,2,00:02:00,t)',
    'alert_counts');

-- resources, history, timeline
select is(pg_temp.rows_of(format($$select kind, status, terminal, parent,
    facts ->> 'channels' from offhook.resources where sid = %L$$,
    pg_temp.sid(1, 'RE'))), '(recording,completed,t,'
    || pg_temp.sid(1, 'CA') || ',2)', 'resources');
select pg_temp.tell('message.status', 'message', pg_temp.sid(2), 'queued',
    '5 s', p_from => '+15550100001', p_to => '+15550101001') \g /dev/null
select is(pg_temp.rows_of(format($$select n, status, verdict
    from offhook.history where sid = %L order by n$$, pg_temp.sid(2))),
    e'(1,sent,applied)\n(2,undelivered,applied)\n(3,queued,stale)',
    'history: the order of arrival, and what each did');
select is((select string_agg(kind, ' ' order by n)
    from offhook.timeline(pg_temp.sid(1, 'CA'))),
    'call.inbound call.status call.status recording.status '
    'transcription.status call.stream debugger.alert debugger.alert '
    'debugger.alert', 'timeline: and all that belongs to it');
select is((select count(*) from offhook.timeline(pg_temp.sid(1, 'CF'))),
    3::bigint, 'timeline: of a conference, its participants');
select is((select count(*) from offhook.timeline(pg_temp.sid(1, 'CA'), 2)),
    3::bigint, 'timeline: no more than asked for');
select is((select count(*) from offhook.timeline('SMnone')), 0::bigint,
    'timeline: of nothing');
select pg_temp.tell('call.status', 'call', pg_temp.sid(1, 'CA'), 'ringing',
    '50 s', p_parent => pg_temp.sid(2, 'CA')) \g /dev/null
select is((select count(*) from offhook.timeline(pg_temp.sid(1, 'CA'))),
    10::bigint, 'timeline: two that are each other''s parents end');

-- contradictions
select pg_temp.tell('message.status', 'message', pg_temp.sid(2), 'delivered',
    '6 s', p_from => '+15550100001', p_to => '+15550101001') \g /dev/null
select is((select statuses::text from offhook.contradictions
    where sid = pg_temp.sid(2)), '{delivered,undelivered}',
    'contradictions: two ends of one rank');
select is((select count(*) from offhook.contradictions
    where sid = pg_temp.sid(1, 'CH')), 0::bigint,
    'contradictions: what cycles may end twice');

-- failures
select pg_temp.tell('message.inbound', 'message', pg_temp.sid(10),
    'received', '90 minutes', p_error => 11200, p_from => '+33155501000')
    \g /dev/null
select is(pg_temp.rows_of(format($$select number, country, error_code,
    hour at time zone 'UTC' from offhook.failures where sid in (%L, %L)
    order by sid$$, pg_temp.sid(2), pg_temp.sid(10))),
    e'(+15550101001,US,30003,"2026-03-04 05:00:00")\n'
    '(+33155501000,FR,11200,"2026-03-04 06:00:00")',
    'failures: number and country of the other side, and the hour');
select is((select count(*) from offhook.failures
    where sid = pg_temp.sid(1)), 0::bigint, 'failures: no others');

-- consents
select pg_temp.tell('message.inbound', 'message', pg_temp.sid(n), 'received',
    n * interval '1 minute', null, f::jsonb, p_from => '+15550101009')
    from (values (20, '{"c": {"consent_word": "STOP"},
    "consent": "opted_out"}'), (21, '{"c": {"consent_word": "START"},
    "consent": "opted_in"}'), (22, '{"c": {"consent_word": "STOP",
    "messaging_service_sid": "MG1"}, "consent": "opted_out"}'))
    as v (n, f) \g /dev/null
select is(pg_temp.rows_of($$select sender, state, evidence
    from offhook.consents where number = '+15550101009' order by sender$$),
    e'(+15550100001,opted_in,START)\n(MG1,opted_out,STOP)',
    'consents: the last word to each sender');
select pg_temp.tell('message.status', 'message', pg_temp.sid(23), 'failed',
    '30 minutes', p_error => 21610, p_from => '+15550100001',
    p_to => '+15550101009') \g /dev/null
select is(pg_temp.rows_of($$select state, evidence
    from offhook.consents where number = '+15550101009'
    and sender = '+15550100001'$$), '(opted_out,"error 21610")',
    'consents: Twilio refused a message');

-- undecided
select is((select string_agg(distinct s.kind, ' ' order by s.kind)
    from offhook.status s where s.terminal and s.rank is not null
    and s.kind <> 'alert'), (select string_agg(k, ' ' order by k)
    from regexp_matches(pg_get_functiondef('offhook.undecided(integer, '
    'interval)'::regprocedure), '''([a-z_]+)''(?=[,)])', 'g') as m (a),
    unnest(m.a) as k), 'undecided: each kind that ends, and no other');
create function pg_temp.now_ing(n integer, p_status text, p_ago interval,
    p_kind text default 'message')
returns void
language sql
as $$
	select pg_temp.tell(p_kind || '.status', p_kind, pg_temp.sid(n),
	    p_status, now() - p_ago - '2026-03-04 05:06:07Z', p_clock =>
	    case when p_kind = 'conversation' then 1 end)
$$;
select pg_temp.now_ing(30, 'sent', '20 minutes'),
    pg_temp.now_ing(31, 'sent', '40 minutes'),
    pg_temp.now_ing(32, 'delivered', '40 minutes'),
    pg_temp.now_ing(33, 'beamed', '2 hours'),
    pg_temp.now_ing(34, 'sent', '4 days'),
    pg_temp.now_ing(35, 'active', '2 hours', 'conversation') \g /dev/null
select is((select string_agg(right(sid, 2) || ' ' || minutes, ', ')
    from offhook.undecided(30) where sid like 'SM7e577e57%'),
    '21 120, 1f 40', 'undecided: after 30 minutes, the newest last');
select is((select string_agg(right(sid, 2), ', ')
    from offhook.undecided(30, '5 days') where sid like 'SM7e577e57%'),
    '22, 21, 1f', 'undecided: as far back as asked');
select is((select string_agg(right(sid, 2), ', ')
    from offhook.undecided where sid like 'SM7e577e57%'), '21',
    'undecided: the view is an hour');

-- thread: a busy number and a customer
select pg_temp.tell('message.status', 'message', pg_temp.sid(1000 + n),
    'sent', n * interval '1 s', p_from => '+15550100009',
    p_to => '+1555010' || 2000 + n) from generate_series(1, 200) as n
    \g /dev/null
select pg_temp.tell('message.inbound', 'message', pg_temp.sid(2000 + n),
    'received', n / 2 * interval '1 hour', p_from => '+15550102007',
    p_to => '+15550100009', p_raw => 'Body=Hi+' || n)
    from generate_series(2, 6) as n \g /dev/null
select pg_temp.tell('call.status', 'call', pg_temp.sid(2100, 'CA'), 'busy',
    '150 minutes', p_from => '+15550102007', p_to => '+15550100009',
    p_facts => '{"c": {"direction": "inbound"}}') \g /dev/null
create temporary table both_ways as
    select * from offhook.thread('+15550100009', '+15550102007');
select is(pg_temp.rows_of($$select right(sid, 3), kind, direction, status,
    body from both_ways$$), e'(7d6,message,inbound,received,"Hi 6")\n'
    '(834,call,inbound,busy,)\n(7d5,message,inbound,received,"Hi 5")\n'
    '(7d4,message,inbound,received,"Hi 4")\n'
    '(7d3,message,inbound,received,"Hi 3")\n'
    '(7d2,message,inbound,received,"Hi 2")\n(3ef,message,outbound,sent,)',
    'thread: both directions, newest first, with the text of inbound ones');
select is(pg_temp.rows_of($$select * from offhook.thread('+15550102007',
    '+15550100009')$$), pg_temp.rows_of('select * from both_ways'),
    'thread: whichever is named first');
with recursive page (n, sid, first_seen) as (
    select 0, null::text, null::timestamptz
    union all
    select p.n + 1, t.sid collate "default", t.first_seen
    from page p cross join lateral offhook.thread('+15550100009',
    '+15550102007', p.first_seen, 1, p.sid) as t)
select is((select string_agg(sid, ' ' order by n) from page where n > 0),
    (select string_agg(sid, ' ' order by first_seen desc, sid desc)
    from both_ways), 'thread: page by page, though two have one time');
select is((select count(*) from offhook.thread('+15550100009',
    '+15550100009')), 0::bigint, 'thread: with itself');

-- rights
select is(pg_temp.try_as(r, 'select * from offhook.' || v || ' limit 1'),
    '00000', r || ': ' || v)
from unnest(array['offhook_reader', 'offhook_operator']) as r,
    unnest(array['thread(''+15550100009'', ''+15550102007'')',
    'undecided', 'timeline(''SM1'')', 'failures', 'consents', 'media',
    'resources', 'history', 'country(''+15550101001'')']) as v
where r = 'offhook_reader' or v in ('failures', 'resources');
select is((select string_agg(c.relname, ', ') from pg_class c
    where c.relnamespace = 'offhook'::regnamespace and c.relkind = 'v'
    and c.relname <> 'resource_now'
    and not (has_table_privilege('offhook_reader', c.oid, 'select')
    and has_table_privilege('offhook_operator', c.oid, 'select'))), null,
    'both may read every view');
select * from finish();
rollback;
