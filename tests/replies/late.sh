#!/bin/sh
# A hundred calls at once on an application that never answers: the fallback
# comes within the route's budget, at most half of the processes wait, and
# callbacks and other numbers are served as before. MARGIN (ms) is for a busy
# machine: "make bench-late" has 50. Who waited for mod_fcgid, a second, and
# was asked with a budget of its own would need twice the budget.
TRANSPORT=apache
. "${0%/*}/../lib.sh"
. "${0%/*}/../live/lib/live.sh"
. "${0%/*}/lib.sh"
BUDGET=${BUDGET:-1000}	# ms
CALLS=${CALLS:-400}
MARGIN=${MARGIN:-600}

database
upstream_start
responder "$ALLOW"
fallback='<Response><Say>One moment.</Say></Response>'
routes '[
    {"name": "other", "path": "/other", "template":
    "<Response><Say>Welcome, {{From}}.</Say></Response>"},
    {"name": "slow", "app": "'"$UPSTREAM"'/halfopen",
    "budget": "'"${BUDGET}"'ms", "fallback": "'"$fallback"'"}]'
warm
# Whoever asks for the first time loads libcurl.
load -q 200 -c 100 -C -s 10
diag "at first: p50 $(milliseconds p50_us) ms, p99 $(milliseconds p99_us)" \
    "ms, max $(milliseconds max_us) ms; $(cut -d' ' -f1-3 /proc/loadavg)"
sql 'truncate offhook.event, offhook.issue' >/dev/null

beside() { # name, options: other traffic, a few at a time
	beside_name=$1
	shift
	"$LOAD" -p "$HTTP_PORT" -C "$@" >"$T/$beside_name.summary" &
	at_exit "kill $! 2>/dev/null"
	beside_pids="$beside_pids $!"
}
: >"$T/upstream.log"
beside_pids=
beside notices -m 100000 -c 2 -s 11
beside numbers -q 100000 -u /twilio/other -c 2 -s 12
load -q "$CALLS" -c 100 -C -s 13 -j "$T/journal"
# shellcheck disable=SC2086 # pids
kill -TERM $beside_pids
# shellcheck disable=SC2086
wait $beside_pids
journal "$T/journal"

is "$(of http_200) $(of broken)" "$CALLS 0" \
    "$CALLS calls, 100 at once: all are answered 200"
is "$(sql 'select count(distinct hash) from public.journal')" 1 \
    "all with the fallback"
is "$(sql "select distinct reply from offhook.events
    where sid in (select sid from public.journal)")" "$fallback" \
    "as it is stored"
below "$(milliseconds p99_us)" $((BUDGET + MARGIN)) \
    "p99 is within the budget and $MARGIN ms"
diag "calls: p50 $(milliseconds p50_us) ms, p90 $(milliseconds p90_us) ms," \
    "p99 $(milliseconds p99_us) ms, max $(milliseconds max_us) ms"
# Half of the processes of apache/offhook-fcgid.conf.
most=$(sql "select max(n) from (select count(*) filter (where true) over
    (order by received_at range between
    interval '$((BUDGET - 50)) ms' preceding and current row) as n
    from offhook.events where route = 'slow' and reason not like '%busy%'
    and reason not like '%wait%') w")
diag "asked at once: $most of $PROCESSES processes;" \
    "asked in all: $(asked), by the reasons:" \
    "$(sql "select reason || ': ' || count(*) from offhook.events
    where route = 'slow' group by reason" | tr '\n' ';')"
below "$most" $((PROCESSES / 2 + 1)) "at most half of the processes wait"
like "$(issues)" 'reply.late slow' "an issue for the late ones"
like "$(issues)" 'reply.busy slow' "and for those who did not wait"

for name in notices numbers; do
	n=$(of answered "$T/$name.summary")
	p99=$(($(of p99_us "$T/$name.summary") / 1000))
	max=$(($(of max_us "$T/$name.summary") / 1000))
	diag "$name meanwhile: $n answered, p50" \
	    "$(($(of p50_us "$T/$name.summary") / 1000)) ms, p99 $p99 ms," \
	    "max $max ms"
	below 50 "$n" "$name meanwhile: served"
	below "$p99" 500 "$name meanwhile: soon"
	is "$(of broken "$T/$name.summary")" 0 "$name meanwhile: all of them"
done
is "$(sql "select count(distinct reason) from offhook.events
    where route = 'other' and reason is not null")" 0 \
    "other numbers have their own reply"

done_testing
