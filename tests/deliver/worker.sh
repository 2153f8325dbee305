#!/bin/sh
# The worker: what it makes of an outage of its own, of Postgres and of the
# receiver; one after another, several at once, as a daemon and by cron.
TRANSPORT=cgi
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"
. "${0%/*}/notes_lib.sh"

database
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
responder "$ALLOW" "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_worker)"
receiver_start

destination() { # name, spec
	sql "select offhook.destination_add('$1', '$2'::jsonb)" >"$T/secret"
}
state() { # of the newest delivery, or of those with a condition
	sql "select state || ' ' || attempts from offhook.delivery
	    ${1:-order by id desc limit 1}"
}
all_final() {
	[ "$(sql "select (select count(*) from offhook.todo) +
	    (select count(*) from offhook.delivery
	    where due_at is not null)")" = 0 ]
}

events() { # number, a letter: that many, each of another resource
	ingested "$1" "'SM$2' || lpad(to_hex(n), 31, '0')"
}

### Once

once() {
	"$OFFHOOK" --config "$CONFIG" worker --once "$@" >>"$T/log" 2>&1
}
once
is "$?" 0 "nothing to do: --once ends well"
new_sid SM
sms "$sid"
destination app '{"url": "'"$RECEIVER"'/ok"}'
once
is "$(received /ok) $(count todo)" '0 0' \
    "a destination is for what comes from now on"
for n in 1 2 3; do
	new_sid SM
	sms "$sid"
done
is "$status" 200 "the front door answers"
once
is "$?" 0 "--once ends when nothing is due any more"
is "$(received /ok)" 3 "each event was received"
is "$(sql "select string_agg(distinct state || ' ' || status, ';')
    from offhook.deliveries")" 'delivered 200' "all are delivered"
is "$(sql "select count(*) from offhook.attempt
    where status = 200 and ms is not null and not late")" 3 \
    "each has its attempt"
is "$(sql 'select count(*) from offhook.todo')" 0 "the inbox is empty"
is "$(sql 'select count(*) from offhook.workers')" 0 "no worker is left behind"
once
is "$(received /ok)" 3 "nothing is delivered twice"

### As a daemon

worker_start
new_sid SM
sms "$sid"
ok "the daemon delivers what comes" wait_for 5 all_final
is "$(received /ok)" 4 "and it is received"
like "$(sql 'select host || pid from offhook.workers where alive')" '[0-9]' \
    "it says that it lives"
stop_pid "$WORKER" 10
is "$(sql 'select count(*) from offhook.workers')" 0 "SIGTERM: it says good-bye"

# SIGTERM in the midst of a request: it is finished.
sql "select offhook.destination_set('app', '{\"url\": \"$RECEIVER/slow?ms=1500\"}')" \
    >/dev/null
worker_start
new_sid SM
sms "$sid"
ok "a slow request is under way" wait_for 5 begun /slow 1
stop_pid "$WORKER" 10
is "$(state)" 'delivered 1' "SIGTERM: what was under way is finished"

# One without a free place routes all the same: for others, and what is
# filtered is not kept waiting.
sql "select offhook.destination_set('app',
    '{\"url\": \"$RECEIVER/slow?ms=6000\"}')" >/dev/null
n=$(received /slow)
worker_start --concurrency 1
events 3 9
ok "its only place is taken" wait_for 5 begun /slow $((n + 1))
events 3 8
all_routed() {
	[ "$(count todo)" = 0 ]
}
ok "the rest is routed meanwhile" wait_for 4 all_routed
sql "select offhook.destination_set('app', '{\"url\": \"$RECEIVER/ok\"}')" \
    >/dev/null
stop_pid "$WORKER" 10
once

### kill -9, and somebody else takes over

sql "select offhook.destination_set('app', '{\"url\": \"$RECEIVER/hold\"}')" \
    >/dev/null
worker_start
new_sid SM
sms "$sid"
ok "a request is held" wait_for 5 begun /hold 1
kill -9 "$WORKER"
is "$(sql "select state || ' ' || (lease is not null) from offhook.delivery
    order by id desc limit 1")" 'pending true' "kill -9: the lease is still held"
below "$(sql "select extract(epoch from max(due_at) - clock_timestamp())::int
    from offhook.delivery where lease is not null")" 60 \
    "it ends within a minute"
sql "update offhook.delivery set due_at = clock_timestamp()
    where lease is not null" >/dev/null
sql "select offhook.destination_set('app', '{\"url\": \"$RECEIVER/ok\"}')" \
    >/dev/null
once
is "$(state)" 'delivered 1' "then another worker delivers it"
is "$(ids /hold)" "$(ids /ok | tail -n 1)" "with the same id"

### Several at once

for n in 1 2 3; do
	worker_start
	eval "W$n=$WORKER"
done
before=$(received /ok)
events 2000 f
ok "three workers deliver 2000 events" wait_for 60 all_final
is "$(($(received /ok) - before))" 2000 "each of them once"
is "$(ids /ok | sort | uniq -d | wc -l)" 0 "no id twice"

for n in 1 2 3; do
	eval "stop_pid \$W$n 10"
done

### What is claimed ahead

# SIGTERM while many are held: what was not sent goes back.
sql "select offhook.destination_set('app',
    '{\"url\": \"$RECEIVER/slow?ms=100\"}')" >/dev/null
slow=$(received /slow)
before=$(received /ok)
events 2000 e
worker_start
sent() { # at least
	[ $(($(received /slow) - slow)) -ge "$1" ]
}
ok "many are on their way" wait_for 20 sent 300
stop_pid "$WORKER" 10
is "$(count "delivery where lease is not null")" 0 "SIGTERM: nothing is kept"
like "$(count "delivery where state = 'pending'")" '[1-9]..' "most were not sent"
is "$(count 'attempt')" "$(sql 'select sum(attempts) from offhook.delivery')" \
    "and have no attempt"
sql "select offhook.destination_set('app', '{\"url\": \"$RECEIVER/ok\"}')" \
    >/dev/null
once
is "$(($(received /slow) - slow + $(received /ok) - before))" 2000 \
    "then each is sent once"

# A receiver that was quick and answers no more: what is held for it goes back
# at once at SIGTERM, and by and by without; what is changed holds for it.
leased() { # at least, at most
	leased_n=$(count 'delivery where lease is not null')
	[ "$leased_n" -ge "$1" ] && [ "$leased_n" -le "$2" ]
}
freeze() { # letter, milliseconds until a request is given up
	sql "select offhook.destination_set('app', '{\"url\":
	    \"$RECEIVER/hold?n=1000&$1\", \"breaker\": false,
	    \"timeout_ms\": $2, \"first_byte_ms\": $2, \"connect_ms\": 1000,
	    \"schedule_ms\": [60000]}')" >/dev/null
	freeze_n=$(($(received /hold) + 1000))
	hung=$(noted begun /hold | wc -l)
	events 3000 "$1"
	worker_start
	ok "$1: a receiver answers no more" wait_for 20 frozen
}
frozen() { # all places are taken
	[ "$(received /hold)" = "$freeze_n" ] && begun /hold $((hung + 1064))
}
thaw() { # so that nothing is left
	sql "select offhook.destination_set('app',
	    '{\"url\": \"$RECEIVER/ok\", \"timeout_ms\": null,
	    \"first_byte_ms\": null, \"connect_ms\": null}')" >/dev/null
}

freeze 5 15000
ok "many are held" leased 100 1200
kill -TERM "$WORKER"
ok "SIGTERM: they go back at once" wait_for 2 leased 64 64
ok "while the others are waited for" kill -0 "$WORKER"
thaw
first=$WORKER
before=$(received /ok)
worker_start
rest() {
	[ $(($(received /ok) - before)) -ge 1936 ]
}
ok "another worker sends them" wait_for 10 rest
kill -TERM "$first"
ok "a second SIGTERM: it ends" wait_for 2 leased 0 0
ok "what was under way is tried again" wait_for 5 all_final
is "$(sql "select count(*), count(distinct delivery) from offhook.attempt
    where error = 'STOPPED'")" '64|64' "and was an attempt"
is "$(($(received /ok) - before))" 2000 "all else was not sent before"
stop_pid "$WORKER" 10

freeze 6 3000
ok "many are held" leased 100 1200
thaw
late() { # what was given up is tried in a minute
	[ "$(count "delivery where state = 'pending'
	    and attempts = 0")|$(count todo)" = '0|0' ]
}
ok "its URL is another: they have gone" wait_for 10 late
is "$(noted begun /hold | wc -l)" $((hung + 1064)) "and there"
stop_pid "$WORKER" 10

freeze 7 60000
ok "many are held" leased 100 1200
ok "after some seconds others may have them" wait_for 9 leased 64 64
kill -9 "$WORKER"
wait "$WORKER" 2>/dev/null
thaw
sql "update offhook.delivery set due_at = clock_timestamp()
    where due_at is not null" >/dev/null
once
is "$(sql "select max(lost), count(*) filter (where state <> 'delivered')
    from offhook.delivery")" '0|0' "kill -9: once all are delivered"
is "$(ids /ok | sort | uniq -d | wc -l)" 0 "each once"

# Its breaker opens: those that are held go back, too.
destination ill '{"url": "'"$RECEIVER"'/good?n=300&ms=100",
    "breaker": {"failures": 5, "cool_ms": 600000}}'
events 1200 d
worker_start
opened() {
	[ "$(count "destination_state where breaker = 'open'")" = 1 ] &&
	    [ "$(count 'delivery where lease is not null')" = 0 ]
}
ok "a breaker opens: nothing is held" wait_for 30 opened
stop_pid "$WORKER" 10
like "$(count 'delivery where attempts = 0 and worker is not null')" '[1-9]' \
    "some were, and were not sent"
sql "select offhook.destination_delete('ill')" >/dev/null

### A low rate

sql "select offhook.destination_set('app', '{\"url\": \"$RECEIVER/rate\",
    \"rate\": {\"n\": 2, \"per_ms\": 1000}}')" >/dev/null
worker_start
events 6 c
ok "a rate of 2 a second: six go" wait_for 30 all_final
# Who was late once goes on; the median says whether it asks when it may.
gap=$(sql "select (percentile_disc(0.5) within group (order by a.gap)
    * 1000)::integer || ' ' || (sum(a.gap) * 1000)::integer
    from (select extract(epoch from a.at - lag(a.at) over (order by a.at))
    as gap from offhook.attempt a
    join offhook.delivery d on d.id = a.delivery
    join offhook.event e on e.id = d.event_id where e.sid like 'SMc%') as a")
below "${gap% *}" 600 "one after the other, when it may go"
below 1800 "${gap#* }" "and not before"
stop_pid "$WORKER" 10
sql "select offhook.destination_set('app', '{\"url\": \"$RECEIVER/ok\",
    \"rate\": null}')" >/dev/null
for n in 1 2 3; do
	worker_start
	eval "W$n=$WORKER"
done

### Postgres stopped, and killed

new_sid SM
cluster_stop "$T/pg"
sms "$sid"
is "$status" 200 "Postgres killed: a webhook is answered"
cluster_up "$T/pg" || die "no cluster"
drained() {
	[ "$(count "events where sid = '$sid'")" = 1 ] && all_final
}
ok "Postgres is back: it is drained and delivered" wait_for 30 drained
is "$(ids /ok | sort | uniq -d | wc -l)" 0 "and no id twice"
for n in 1 2 3; do
	eval "stop_pid \$W$n 10"
done

### A function of the user's makes the body

sql "create function public.shape(e jsonb) returns jsonb language sql as
    \$f\$ select case when e #>> '{data,params,Body}' = 'drop' then null
    else jsonb_build_object('sid', e #>> '{data,sid}') end \$f\$;
    grant execute on function public.shape(jsonb) to offhook_reply" >/dev/null
sql "select offhook.destination_set('app',
    '{\"url\": \"$RECEIVER/shape\", \"transform_sql\": \"public.shape\"}')" \
    >/dev/null
new_sid SM
sms "$sid" -p Body=keep
keep=$sid
once
like "$(bodies /shape)" "^.\"sid\": \"$keep\".$" "transform: the function's body"
new_sid SM
sms "$sid" -p Body=drop
once
is "$(state) $(received /shape)" 'cancelled 0 1' \
    "transform: null is no delivery"
sql "create or replace function public.shape(e jsonb) returns jsonb
    language plpgsql as 'begin raise ''broken''; end'" >/dev/null
new_sid SM
sms "$sid" -p Body=keep
once
is "$(sql "select state || ' ' || error from offhook.delivery
    order by id desc limit 1")" 'pending TRANSFORM_FAILED' \
    "transform: one that raises is tried again"

sql "create or replace function public.shape(e jsonb) returns jsonb
    language sql as 'select to_jsonb(repeat(''x'', 200000))'" >/dev/null
new_sid SM
sms "$sid"
once
is "$(sql "select state || ' ' || error from offhook.delivery
    order by id desc limit 1")" 'pending TRANSFORM_FAILED' \
    "transform: one that makes too much is tried again, and ends"

# One that is slow holds up nobody else's.
sql "create or replace function public.shape(e jsonb) returns jsonb
    language sql as 'select jsonb_build_object() from pg_sleep(30)';" >/dev/null
sql "select offhook.destination_set('app', '{\"timeout_ms\": 2000}')" >/dev/null
destination other '{"url": "'"$RECEIVER"'/other"}'
worker_start
new_sid SM
sms "$sid"
ok "transform: a slow function does not hold up others" \
    wait_for 5 begun /other 1
late() {
	[ "$(sql "select count(*) from offhook.attempts
	    where error = 'TRANSFORM_FAILED' and head ~ '2000 ms'")" -ge 1 ]
}
ok "transform: and is ended by the time-out" wait_for 10 late
stop_pid "$WORKER" 25

### Without Postgres

cluster_stop "$T/pg"
once
is "$?" 1 "--once without Postgres fails"
like "$(cat "$T/log")" 'Postgres is away' "and says why"
cluster_up "$T/pg" || die "no cluster"
conf "$ALLOW" "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_responder)"
once
is "$?" 1 "--once with a login that may not fails"
is "$(grep -c 'advice="the login of' "$T/log")" 1 "and says what to do, once"

done_testing
