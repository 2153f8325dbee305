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

sql "create view public.told as select * from public.journal" >/dev/null
psql -Xq -v ON_ERROR_STOP=1 -d "$DB" -f "$ROOT/tests/live/lib/oracle.sql" ||
    die "no oracle"
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
