#!/bin/sh
# PostgreSQL stops while the application is being asked: its answer cannot be
# decided, so it is not given; nothing is lost, and who comes again is
# answered.
TRANSPORT=apache
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"
. "${0%/*}/lib.sh"

database
upstream_start
responder "$ALLOW"
routes '[{"name": "away", "app": "'"$UPSTREAM"'/count?ms=700",
    "budget": "2s"}]'
new_sid CA
call "$sid"
is "$status" 200 "a first call is answered"

pids() {
	p=$(cluster_pid "$T/pg")
	echo "$p $(pgrep -P "$p" | tr '\n' ' ')"
}
asked_once() { # text
	[ "$(asked "$1")" = 1 ]
}
new_sid CA
token=00000001-0002-4000-8000-00000000aaaa
(
	trap - EXIT
	wait_for 5 asked_once "$token" || exit 1
	pids >"$T/stopped"
	# shellcheck disable=SC2046
	kill -STOP $(cat "$T/stopped")
) &
stopper=$!
began=$(now_ms)
call "$sid" -H "I-Twilio-Idempotency-Token: $token"
took=$(($(now_ms) - began))
wait "$stopper"
is "$status" 503 "stopped while the application is asked: no answer is given"
below "$took" 5000 "and that is said soon"
diag "after $took ms"
# shellcheck disable=SC2046
kill -CONT $(cat "$T/stopped")
lease_over() {
	[ "$(sql 'select count(*) from offhook.once
	    where lease > clock_timestamp()')" = 0 ]
}
ok "its lease ends" wait_for 10 lease_over
call "$sid" -H "I-Twilio-Idempotency-Token: $token"
is "$status" 200 "Twilio asks again: it is answered"
like "$body" Answer "by the application"
first=$body
call "$sid" -H "I-Twilio-Idempotency-Token: $token"
is "$body" "$first" "and again: the same"
is "$(sql "select count(*) from offhook.events where sid = '$sid'")" 1 \
    "it is one event"
below "$(asked "$token")" 3 "the application is asked twice at most"

done_testing
