#!/bin/sh
# kill -9 of a responder, of a backend of Postgres, of its postmaster and of
# Apache, under load and in turns, KILLS times in all: whatever was answered
# 2xx is in the table, nothing is there twice, and all serves again.
#
#     KILLS=20 tests/live/kill9.sh
TRANSPORT=apache
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"

KILLS=${KILLS:-5}
database
sql "select offhook.route_set('message.inbound', '*',
    '<Response><Message>Thank you.</Message></Response>')" >/dev/null
responder
warm
HTTP_PORT_WANTED=$HTTP_PORT

# As Twilio told to try again: what got no answer or 5xx comes once more.
"$LOAD" -p "$HTTP_PORT" -m $((KILLS * 3000)) -k $((KILLS * 600)) \
    -i $((KILLS * 900)) -d 5 -w 0 -c 16 -r 100 -s "$$" -j "$T/journal" \
    >"$T/summary" &
load_pid=$!
at_exit "kill $load_pid 2>/dev/null"

descendants() { # pid; prints it and all below it
	echo "$1"
	for d in $(pgrep -P "$1"); do
		descendants "$d"
	done
}

all_gone() {
	for p in $1; do
		gone "$p" || return 1
	done
}

victim() { # of several pids: one, not always the same
	echo "$1" | sed -n "$((kill_n % 7 + 1))p;\$p" | head -n 1
}

kill_responder() {
	kill -KILL "$(victim "$(responder_pids)")"
}

kill_backend() {
	kill -KILL "$(victim "$(sql "select pid from pg_stat_activity
	    where usename = 'offhook_responder' order by pid")")"
}

kill_postmaster() {
	pids=$(descendants "$(cluster_pid "$T/pg")")
	kill -KILL "$(cluster_pid "$T/pg")"
	# Its backends see that it is gone and end by themselves.
	wait_for 20 all_gone "$pids" || diag "backends without a postmaster"
	wait_for 20 cluster_up "$T/pg" || fail "PostgreSQL starts again"
}

# What an init system does with a service whose main process has died: the
# rest of it is killed, the responders are told to end, it is started again.
kill_apache() {
	pids=$(descendants "$(cat "$T/server/httpd.pid")")
	mine=$(responder_pids)
	for p in $pids; do
		[ "$(readlink "/proc/$p/exe")" = "$PROGRAM" ] ||
		    kill -KILL "$p" 2>/dev/null
	done
	for p in $mine; do
		stop_pid "$p" 5 || diag "responder $p stays"
	done
	rm -f "$T/server/httpd.pid"
	server_start "$T/server" apache "$PROGRAM" "$CONFIG" ||
	    fail "Apache starts again"
}

served() {
	new_sid SM
	sms "$sid" && [ "$status" = 200 ] &&
	    [ "$(count "messages where sid = '$sid'")" = 1 ]
}

kill_n=0
while [ "$kill_n" -lt "$KILLS" ]; do
	case $((kill_n % 4)) in
	0)	what=responder ;;
	1)	what=backend ;;
	2)	what=postmaster ;;
	3)	what=apache ;;
	esac
	kill_n=$((kill_n + 1))
	sleep 0.7
	kill_"$what"
	before=$(date +%s%N)
	ok "kill $kill_n, $what: it serves again" wait_for 20 served
	diag "after $((($(date +%s%N) - before) / 1000000)) ms"
done
sleep 1
ok "the load has lasted to the end" kill -TERM "$load_pid"
wait "$load_pid"
diag "$(grep -E '^(answered|http_|broken|retried|given_up|max_us|last)' \
    "$T/summary" | tr '\n' ' ')"
below 1000 "$(of answered)" "more than 1,000 answers"
below 0 "$(($(of broken) + $(of http_500) + $(of http_503)))" \
    "some were hit: no answer, or 5xx"
is "$(awk '/^http_/ { sub(/http_/, ""); print $1 }' "$T/summary" |
    grep -v -x -e 200 -e 204 -e 500 -e 503)" '' "no other answers"

journal "$T/journal"
good="select distinct kind, sid, status, seq from public.journal
    where http between 200 and 299"
stored="select kind, sid, status, seq from offhook.events"
is "$(sql "$good except $stored limit 20")" '' \
    "every request answered 2xx is in the table"
is "$(sql "select * from ($stored) e group by 1, 2, 3, 4
    having count(*) > 1 limit 20")" '' "none is there twice"
is "$(sql "select kind, sid, status, seq from offhook.events e
    where not exists (select from public.journal j where j.sid = e.sid)
    and e.\"from\" <> '+15550101001' limit 20")" '' "nothing is there unsent"
is "$(sql "select j.sid from public.journal j
    where http between 200 and 299 group by kind, sid, status, seq
    having count(distinct hash) > 1 limit 20")" '' \
    "every delivery of a request got the same reply"
is "$(sql "select event_id from offhook.todo t full join offhook.event e
    on e.id = t.event_id where e.id is null or t.event_id is null limit 20")" \
    '' "each event is in the worker's inbox, and nothing else"
is "$(sql "select r.sid from offhook.resource r where not exists
    (select from offhook.event e where e.sid = r.sid) limit 20")" '' \
    "no resource without an event"
below "$(milliseconds max_us)" 15000 "no answer later than Twilio waits"

done_testing
