-- The tables of kinds, fields and statuses agree with one another, and the
-- ties of statuses are settled by positive evidence.
begin;
\ir lib/setup.sql
select plan(26);

-- nothing refers to what is not there
create function pg_temp.none(p_sql text, p_say text) returns text
language sql as $$ select is(pg_temp.rows_of(p_sql), null, p_say) $$;
select pg_temp.none('select k.kind from offhook.kind k
    where k.resource is not null and not exists (select
    from offhook.status s where s.kind = k.resource)',
    'each resource has statuses');
select pg_temp.none('select distinct s.kind from offhook.status s
    where not exists (select from offhook.kind k
    where k.resource = s.kind)', 'each status is of a resource');
select pg_temp.none('select k.kind from offhook.kind k
    join offhook.status s on s.kind = k.resource
    where (k.ordered = ''clock'') <> (s.rank is null)',
    'ordered by a clock are those whose statuses have no rank');
select pg_temp.none('select k.kind from offhook.kind k
    where (k.ordered = ''clock'') <> (k.clock is not null)',
    'and whose callbacks have a date');
select pg_temp.none('select k.kind from offhook.kind k
    where k.notice <> (k.reply = ''none'') or k.reply not in (''none'',
    ''voice TwiML'', ''TwiML'', ''JSON'')', 'a notice has no reply');
select pg_temp.none('select k.kind from offhook.kind k
    where k.source = '''' or k.key = ''''', 'each kind has key and source');
select pg_temp.none('select k.kind, p from offhook.kind k,
    regexp_split_to_table(concat_ws('' or '', k.sid, k.parent, k.status,
    k.clock), '' or '') as p where k.resource is not null and p <> ''''
    and p <> ''ConferenceSid/CallSid'' and not exists (select from offhook.field f
    where f.param = p and f.topic = case k.resource
    when ''participant'' then ''conference'' when ''media_stream''
    then ''call'' when ''delivery_receipt'' then ''conversation''
    else split_part(k.resource, ''_'', 1) end)',
    'what a kind is known by has its row among the fields');
select pg_temp.none('select f.topic, f.param from offhook.field f
    where (f.place = ''fact'') <> (f.fact is not null and f.class is not null
    and f.type is not null) and (f.place = ''fact'' or f.fact is not null)',
    'a fact has a name, a class and a type');
select pg_temp.none('select f.topic, f.fact from offhook.field f
    where f.fact !~ ''^[a-z][a-z_]*$''', 'facts are snake_case');
select pg_temp.none('select f.topic, f.fact from offhook.field f
    where f.fact is not null group by f.topic, f.fact
    having count(distinct f.class) > 1',
    'a fact is of one class, so that its keys compare');
select pg_temp.none('select f.topic, f.fact from offhook.field f
    where f.fact in (''asked'', ''consent_word'', ''num_media'',
    ''consent'')', 'none has a name that ingest uses otherwise');
select pg_temp.none('select f.topic, f.param from offhook.field f
    where f.place not in (''account'', ''sid'', ''parent'', ''status'',
    ''from'', ''to'', ''error_code'', ''num_media'', ''consent'', ''seq'',
    ''clock'', ''key'', ''kind'', ''fact'', ''params'')',
    'each place is one that there is');
select is((select count(*) from offhook.status s where s.base
    <> offhook.order_key(s.rank, s.code, 0, null, null)), 0::bigint,
    'base is the key of a callback without numbers');

-- ties: of two, in either order, the one that is further to the left
create function pg_temp.last(p_n integer, p_rkind text, p_one text,
    p_other text) returns text language plpgsql as $$
begin
	perform pg_temp.ing(pg_temp.sid(p_n), p_one, rkind => p_rkind);
	perform pg_temp.ing(pg_temp.sid(p_n), p_other, rkind => p_rkind);
	return (select s.name from offhook.resource r join offhook.status s
	    on s.kind = r.kind and s.code = r.ord & 255
	    where r.sid = pg_temp.sid(p_n));
end
$$;
select is((select string_agg(format('%s after %s: %s', b.name, a.name, was),
    ', ') from unnest(names) with ordinality as a (name, n),
    unnest(names) with ordinality as b (name, n),
    pg_temp.last((t.n * 10000 + a.n * 100 + b.n)::integer, rkind, a.name,
    b.name) as was
    where was <> case when a.n < b.n then a.name else b.name end), null,
    rkind || ': ' || array_to_string(names, ' > '))
    from (values
    (1, 'message', array['read', 'delivered', 'partially_delivered',
    'undelivered', 'failed', 'canceled', 'sent', 'sending', 'queued',
    'accepted', 'scheduled']),
    (2, 'call', array['completed', 'failed', 'busy', 'no-answer', 'canceled',
    'in-progress', 'ringing', 'initiated', 'queued']),
    (3, 'recording', array['deleted', 'completed', 'failed', 'absent',
    'processing', 'stopped', 'in-progress', 'paused']),
    (4, 'transcription', array['completed', 'failed', 'in-progress']),
    (5, 'transcription', array['transcription-error', 'transcription-stopped',
    'transcription-content', 'transcription-started']),
    (6, 'conference', array['conference-end', 'announcement-end',
    'announcement-fail', 'conference-start']),
    (7, 'delivery_receipt', array['read', 'delivered', 'undelivered', 'failed',
    'sent']),
    (8, 'media_stream', array['stream-error', 'stream-stopped',
    'stream-started']),
    (9, 'alert', array['error', 'warning']),
    -- of one time
    (10, 'participant', array['participant-leave', 'participant-join']),
    (11, 'conversation', array['removed', 'closed', 'inactive', 'active']),
    (12, 'conversation_message', array['removed', 'updated', 'added']),
    (13, 'conversation_user', array['updated', 'added']))
    as t (n, rkind, names);
select * from finish();
rollback;
