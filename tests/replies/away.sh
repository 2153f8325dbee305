#!/bin/sh
# PostgreSQL stops while the application is being asked: its answer cannot be
# decided there, so it is decided by the spool; who comes again gets the same,
# before it is drained and after.
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
drain() {
	rm -f "$T/state/spool/away"
	env -i PATH="$PATH" OFFHOOK_CONFIG="$CONFIG" "$OFFHOOK" spool drain \
	    --for 20s 2>&1
}
new_sid CA
claimed=$sid
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
is "$status" 200 "stopped while the application is asked: it is answered"
like "$body" Answer "by the application"
below "$took" 5000 "soon"
diag "after $took ms"
first=$body
call "$sid" -H "I-Twilio-Idempotency-Token: $token"
is "$body" "$first" "asked again meanwhile: the same"
is "$(asked "$token")" 1 "and the application is not asked again"

# It is away from the beginning.
new_sid CA
other=$sid
token2=00000001-0002-4000-8000-00000000bbbb
call "$sid" -H "I-Twilio-Idempotency-Token: $token2"
is "$status" 200 "stopped before: it is answered"
like "$body" Answer "by the application"
second=$body
is "$(asked "$token2")" 1 "which is told the same token"

# shellcheck disable=SC2046
kill -CONT $(cat "$T/stopped")
call "$claimed" -H "I-Twilio-Idempotency-Token: $token"
is "$body" "$first" "it goes on, not drained: the same"
like "$(drain)" '2 stored, 0 set aside, 0 left' "drained"
is "$(sql "select o.http from offhook.once o join offhook.event e
    on e.id = o.event_id where e.sid = '$claimed'")" 200 "decided there"
call "$claimed" -H "I-Twilio-Idempotency-Token: $token"
is "$body" "$first" "and again: the same"
call "$other" -H "I-Twilio-Idempotency-Token: $token2"
is "$body" "$second" "the other one too"
for s in "$claimed" "$other"; do
	is "$(sql "select count(*) from offhook.events where sid = '$s'")" 1 \
	    "it is one event"
done
is "$(asked "$token") $(asked "$token2")" '1 1' \
    "the application was asked once for each"

done_testing
