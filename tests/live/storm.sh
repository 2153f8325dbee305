#!/bin/sh
# A storm: the callbacks of thousands of messages and calls from 16 clients,
# out of order and some of them twice.  What is stored is compared with what
# was sent, by an oracle that knows nothing of offhook's tables.  make
# bench-storm runs it with more of them, through two servers.
TRANSPORT=${STORM_SERVER:-apache}
OWN_CLUSTER=1
export STORM_SERVER MESSAGES CALLS SMS DUPLICATES SEED
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"
. "${0%/*}/../bench/lib.sh"

SEED=${SEED:-$$}
MESSAGES=${MESSAGES:-2000}
CALLS=${CALLS:-700}
SMS=${SMS:-300}
DUPLICATES=${DUPLICATES:-12}	# percent
database
responder
warm

diag "seed $SEED"
sql checkpoint >/dev/null
wal_0=$(wal_at)
cpu_0=$(cpu "$T/server")
load -m "$MESSAGES" -k "$CALLS" -i "$SMS" -d "$DUPLICATES" -w 0 -c 16 \
    -s "$SEED" -j "$T/journal"
cpu_1=$(cpu "$T/server")
wal_1=$(wal_at)
journal "$T/journal"
requests=$(of requests)
diag "$requests requests in $(of seconds) s"
is "$(of broken) $(of answered)" "0 $requests" "every request has an answer"
is "$(sql "select string_agg(distinct kind || ' ' || http, ', ' order by
    kind || ' ' || http) from public.journal")" \
    'call.status 204, message.inbound 200, message.status 204' \
    "notices 204, messages 200, and nothing else"
isnt "$(sql 'select count(*) = count(distinct (kind, sid, status, seq, error))
    from public.journal')" t "some were sent twice"

# The words of Twilio's documentation in their order, typed here again;
# of one line the later wins.  A word that is not here is below all.
sql "
create table public.word (kind text, rank integer, place integer, status text);
insert into public.word values
    ('message', 0, 1, 'scheduled'), ('message', 0, 2, 'receiving'),
    ('message', 1, 1, 'accepted'), ('message', 2, 1, 'queued'),
    ('message', 3, 1, 'sending'), ('message', 4, 1, 'sent'),
    ('message', 5, 1, 'canceled'), ('message', 5, 2, 'failed'),
    ('message', 5, 3, 'undelivered'), ('message', 5, 4, 'partially_delivered'),
    ('message', 5, 5, 'delivered'), ('message', 5, 6, 'received'),
    ('message', 6, 1, 'read'),
    ('call', 0, 1, 'queued'), ('call', 1, 1, 'initiated'),
    ('call', 2, 1, 'ringing'), ('call', 3, 1, 'in-progress'),
    ('call', 4, 1, 'canceled'), ('call', 4, 2, 'no-answer'),
    ('call', 4, 3, 'busy'), ('call', 4, 4, 'failed'),
    ('call', 4, 5, 'completed');
create view public.oracle as
with sent as (
    select split_part(j.kind, '.', 1) as kind, j.sid, j.status, j.error,
        array[coalesce(w.rank, -1), coalesce(j.seq, -1),
        coalesce(w.place, 0)] as ord
    from public.journal j left join public.word w
    on w.kind = split_part(j.kind, '.', 1) and w.status = j.status
)
select kind, sid,
    (array_agg(status order by ord desc, status collate \"C\" desc))[1]
        as status,
    (array_agg(error order by ord desc, error desc)
        filter (where error is not null))[1] as error_code
from sent group by kind, sid" >/dev/null

stored="(select 'message' as kind, sid, status, error_code from offhook.messages
    union all
    select 'call', sid, status, error_code from offhook.calls)"
all=$((MESSAGES + CALLS + SMS))
is "$(sql 'select count(*), count(*) filter (where error_code is not null),
    count(*) filter (where status in ('"'teleported', 'beamed'"')) > 0
    from public.oracle')" \
    "$(sql "select $all, count(distinct sid), true
    from public.journal where error is not null")" \
    "the oracle has $all resources, those with errors, and unknown words"
is "$(sql "select count(*) from offhook.messages")" $((MESSAGES + SMS)) \
    "all messages are there"
is "$(sql "select count(*) from offhook.calls")" "$CALLS" "and all calls"
is "$(sql "(select * from $stored s except select * from public.oracle)
    union all (select * from public.oracle except select * from $stored s)
    limit 20")" \
    '' "final statuses and error codes are the oracle's"
is "$(sql 'select count(*) from offhook.contradictions')" \
    "$(sql "select count(*) from (select from public.journal j
    join public.word w on w.kind = split_part(j.kind, '.', 1)
    and w.status = j.status
    where w.rank = case w.kind when 'message' then 5 else 4 end
    group by w.kind, j.sid having count(distinct j.status) > 1) x")" \
    "those that were told two ends are listed"

events="select kind, sid, status, seq, error_code from offhook.events"
sent="select distinct kind, sid, status, seq, error from public.journal"
is "$(sql "($events except $sent) union all ($sent except $events)
    limit 20")" '' "events are what was sent"
is "$(sql "select count(*) from ($events) e")" \
    "$(sql "select count(*) from ($sent) s")" "each is stored once"
is "$(sql 'select sum(duplicates) from offhook.events')" \
    "$(sql "select (select count(*) from public.journal)
    - (select count(*) from ($sent) s)")" "duplicates are counted"
is "$(sql 'select count(*) from offhook.todo')" \
    "$(sql "select count(*) from ($sent) s")" "each is in the worker's inbox"
is "$(sql 'select count(*) from (select from public.journal
    group by kind, sid, status, seq, error
    having count(distinct hash) > 1) x')" 0 "duplicates had equal replies"
below "$(milliseconds max_us)" 3000 "no answer took 3 s"
diag "p50 $(milliseconds p50_us) ms, p99 $(milliseconds p99_us) ms," \
    "max $(milliseconds max_us) ms"
# shellcheck disable=SC2086
echo "$requests $(count event) $(of seconds)" $cpu_0 $cpu_1 "$wal_0 $wal_1" |
    awk '{ printf "# %.0f requests/s, %d events; CPU of a request, ms: " \
    "Postgres %.3f, server %.3f, responder %.3f; WAL of an event, bytes: " \
    "%.0f\n", $1 / $3, $2, ($8 - $4) / $1 / 1000, ($9 - $5) / $1 / 1000,
    ($10 - $6) / $1 / 1000, ($13 - $12) / $2 }'

done_testing
