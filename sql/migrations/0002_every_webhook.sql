-- 0002: every webhook: related resources, best-known values, more statuses.
--
-- Why: a resource knows what it belongs to (parent) and the best value that
-- any of its callbacks named, each value with a key of its own (facts); kinds
-- that cycle are ordered by Twilio's clock.  Lists are found by index: each
-- of these holds one entry a resource or fewer, and none of their columns
-- changes with a status, so that such an update stays within its page.
--
-- Locks: access exclusive on resource, event and route for as long as it
-- takes to build the indexes (about 2 s a million rows); responders answer
-- 503 meanwhile, and Twilio asks again.

-- What else is known of a kind: see src/core/kind.h.  The rows are made anew
-- by catalogue.sql.
alter table offhook.kind
    add reply text not null default 'none',
    add resource text,
    add sid text,
    add parent text,
    add status text,
    add clock text,
    add ordered text not null default 'none',
    add key text not null default '',
    add source text not null default '';

-- Where each parameter of Twilio's goes.  The rows are catalogue.sql's.
create table offhook.field (
	topic text collate "C" not null,
	position smallint not null,
	param text collate "C" not null,
	place text not null,
	fact text,
	class text check (class in ('constant', 'latest')),
	type text check (type in ('text', 'integer', 'decimal', 'boolean')),
	meaning text not null,
	primary key (topic, param)
);

-- label: the word that the views show, where it is not the callback's own.
alter table offhook.status add label text;
-- Statuses that are to be told apart again after a rank was added.
update offhook.status set label = name;
alter table offhook.status alter label set not null;

-- parent: what it belongs to (of a call the call that made it, of a recording
-- its call or conference, of a conversation's message the conversation ...).
-- consent: what a message said of consent, 'opted_in' or 'opted_out'.
-- asked: a webhook of its own asked for a reply to it; when another one does
-- long after, it is a replay.
-- facts: {"name": [order key, value]}: each the greatest of its pairs, so
-- that an older callback, or one that knows less, never wins.
alter table offhook.resource
    add parent text collate "C",
    add num_media smallint,
    add consent text collate "C",
    add asked boolean,
    add facts jsonb;

create index resource_recent on offhook.resource (kind, first_seen);
create index resource_from on offhook.resource (from_, first_seen);
create index resource_to on offhook.resource (to_, first_seen);
create index resource_error on offhook.resource (error_code, first_seen)
    where error_code is not null;
create index resource_parent on offhook.resource (parent)
    where parent is not null;
create index resource_media on offhook.resource (first_seen)
    where num_media > 0;
create index resource_consent on offhook.resource (from_, first_seen)
    where consent is not null;

-- clock: Twilio's, in ms since 1970, of kinds that are ordered by it; parent:
-- as in resource.  A kind is found by its own index; the commonest is found
-- soon enough by the time.
alter table offhook.event
    add clock bigint,
    add parent text collate "C";
create index event_kind on offhook.event (kind, received_at)
    where kind <> 'message.status';

-- http and in_trouble: of the Conversations webhooks that ask beforehand.
alter table offhook.route
    add http smallint not null default 200 check (http between 200 and 599),
    add in_trouble text check (in_trouble in ('publish', 'reject'));

-- One call of a webhook has two arguments more; those with 25 go on.
drop function if exists offhook.ingest(smallint, uuid, uuid, timestamptz,
    text, text, text, text, text, integer, bigint, integer, text, text, text,
    text, text, text, bytea, integer, bigint, text, smallint, text, bytea);
drop function if exists offhook.routes();
drop function if exists offhook.route_set(text, text, text);

-- code breaks ties by positive evidence; what failed has stopped, too.  rank
-- null: the kind cycles.
insert into offhook.status (kind, code, rank, name, terminal, source, label)
values
    ('recording', 1, 1, 'paused', false, 'recording resource', 'paused'),
    ('recording', 2, 1, 'in-progress', false, 'RecordingStatusCallback',
        'in-progress'),
    ('recording', 3, 2, 'stopped', false, 'recording resource', 'stopped'),
    ('recording', 4, 3, 'processing', false, 'recording resource',
        'processing'),
    ('recording', 5, 4, 'absent', true, 'RecordingStatusCallback', 'absent'),
    ('recording', 6, 4, 'failed', true, 'RecordingStatusCallback', 'failed'),
    ('recording', 7, 4, 'completed', true, 'RecordingStatusCallback',
        'completed'),
    ('recording', 8, 5, 'deleted', true, 'recording resource', 'deleted'),
    ('transcription', 1, 0, 'in-progress', false, 'transcription resource',
        'in-progress'),
    ('transcription', 2, 1, 'failed', true, 'transcribeCallback', 'failed'),
    ('transcription', 3, 1, 'completed', true, 'transcribeCallback',
        'completed'),
    ('transcription', 4, 0, 'transcription-started', false,
        'TwiML Transcription', 'started'),
    ('transcription', 5, 1, 'transcription-content', false,
        'TwiML Transcription', 'in-progress'),
    ('transcription', 6, 2, 'transcription-stopped', true,
        'TwiML Transcription', 'stopped'),
    ('transcription', 7, 2, 'transcription-error', true,
        'TwiML Transcription', 'failed'),
    ('conference', 1, 0, 'conference-start', false, 'TwiML Conference',
        'in-progress'),
    ('conference', 2, 0, 'announcement-fail', false, 'TwiML Conference',
        'in-progress'),
    ('conference', 3, 0, 'announcement-end', false, 'TwiML Conference',
        'in-progress'),
    ('conference', 4, 1, 'conference-end', true, 'TwiML Conference',
        'completed'),
    ('participant', 1, null, 'participant-join', false, 'TwiML Conference',
        'joined'),
    ('participant', 2, null, 'participant-mute', false, 'TwiML Conference',
        'joined'),
    ('participant', 3, null, 'participant-unmute', false, 'TwiML Conference',
        'joined'),
    ('participant', 4, null, 'participant-hold', false, 'TwiML Conference',
        'joined'),
    ('participant', 5, null, 'participant-unhold', false, 'TwiML Conference',
        'joined'),
    ('participant', 6, null, 'participant-modify', false, 'TwiML Conference',
        'joined'),
    ('participant', 7, null, 'participant-speech-start', false,
        'TwiML Conference', 'joined'),
    ('participant', 8, null, 'participant-speech-stop', false,
        'TwiML Conference', 'joined'),
    ('participant', 9, null, 'participant-leave', false, 'TwiML Conference',
        'left'),
    ('conversation', 1, null, 'active', false, 'Conversations webhooks',
        'active'),
    ('conversation', 2, null, 'inactive', false, 'Conversations webhooks',
        'inactive'),
    ('conversation', 3, null, 'closed', true, 'Conversations webhooks',
        'closed'),
    ('conversation', 4, null, 'removed', true, 'Conversations webhooks',
        'removed'),
    ('conversation_message', 1, null, 'added', false,
        'Conversations webhooks', 'added'),
    ('conversation_message', 2, null, 'updated', false,
        'Conversations webhooks', 'updated'),
    ('conversation_message', 3, null, 'removed', true,
        'Conversations webhooks', 'removed'),
    ('conversation_participant', 1, null, 'added', false,
        'Conversations webhooks', 'added'),
    ('conversation_participant', 2, null, 'updated', false,
        'Conversations webhooks', 'updated'),
    ('conversation_participant', 3, null, 'removed', true,
        'Conversations webhooks', 'removed'),
    ('conversation_user', 1, null, 'added', false,
        'Conversations webhooks', 'added'),
    ('conversation_user', 2, null, 'updated', false,
        'Conversations webhooks', 'updated'),
    ('delivery_receipt', 1, 0, 'sent', false, 'Conversations webhooks',
        'sent'),
    ('delivery_receipt', 2, 1, 'failed', true, 'Conversations webhooks',
        'failed'),
    ('delivery_receipt', 3, 1, 'undelivered', true, 'Conversations webhooks',
        'undelivered'),
    ('delivery_receipt', 4, 1, 'delivered', true, 'Conversations webhooks',
        'delivered'),
    ('delivery_receipt', 5, 2, 'read', true, 'Conversations webhooks',
        'read'),
    ('media_stream', 1, 0, 'stream-started', false, 'TwiML Stream',
        'started'),
    ('media_stream', 2, 1, 'stream-stopped', true, 'TwiML Stream',
        'stopped'),
    ('media_stream', 3, 1, 'stream-error', true, 'TwiML Stream', 'failed'),
    ('alert', 1, 0, 'warning', true, 'Debugging Events Webhook', 'warning'),
    ('alert', 2, 0, 'error', true, 'Debugging Events Webhook', 'error');
