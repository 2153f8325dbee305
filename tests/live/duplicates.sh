#!/bin/sh
# A thousand deliveries of one message at once: one event, one reply.  And
# the same digits pressed twice, which are two events.
TRANSPORT=apache
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"

database
sql "select offhook.route_set('message.inbound', '*',
    '<Response><Message>Thank you.</Message></Response>'),
    offhook.route_set('call.gather', '*',
    '<Response><Say>Again.</Say></Response>')" >/dev/null
responder
warm

storm() { # connections, seed: 1,000 times the same message
	load -i 1 -x 1000 -c "$1" -s "$2" -C -j "$T/journal"
	journal "$T/journal"
	what="over $1 connections"
	is "$(of http_200) $(of broken)" '1000 0' "1,000 replies $what, all 200"
	below "$(milliseconds max_us)" 3000 "none above 3 s $what"
	is "$(sql 'select count(distinct hash) from public.journal')" 1 \
	    "all replies are equal $what"
	is "$(sql "select count(*) || ' ' || sum(duplicates) from offhook.events
	    where sid = (select min(sid) from public.journal)")" '1 999' \
	    "one event, 999 duplicates counted $what"
	is "$(sql 'select count(*) from offhook.todo t
	    join offhook.event e on e.id = t.event_id
	    where e.sid = (select min(sid) from public.journal)')" 1 \
	    "one line of work $what"
	diag "$what: p50 $(milliseconds p50_us) ms," \
	    "p99 $(milliseconds p99_us) ms, max $(milliseconds max_us) ms"
}
storm 1000 1
storm 100 2

# A menu asked twice: Twilio gives each request a token of its own.
new_sid CA
gather "$sid" 1 -H 'I-Twilio-Idempotency-Token: token-1'
is "$status" 200 "digits"
first=$body
like "$first" 'Again' "digits: the route's reply"
gather "$sid" 1 -H 'I-Twilio-Idempotency-Token: token-2'
is "$body" "$first" "the same digits with another token: a reply"
is "$(count "events where sid = '$sid'")" 2 "the same digits: two events"
gather "$sid" 1 -H 'I-Twilio-Idempotency-Token: token-2'
is "$status $body" "200 $first" "the same token: the same reply"
is "$(count "events where sid = '$sid'")" 2 "the same token: no new event"

done_testing
