#!/bin/sh
# What each kind of event is answered, what is stored of it, and that every
# delivery of it gets the same bytes.
. "${0%/*}/../lib.sh"
database
responder

is_empty_response() {
	printf '%s' "$body" | tr -d '\n' |
	    grep -Eq '^(<\?xml[^>]*\?>)?<Response ?(/>|></Response>)$'
}

# No route: an inbound message is taken, and nothing is said.
new_sid SM
sms "$sid" -p 'Body=hello there'
is "$status" 200 "inbound message without a route: 200"
like "$(header Content-Type)" '^text/xml; *charset=utf-8$' "its type is XML"
ok "its body is an empty Response" is_empty_response
is "$(sql "select kind, sid, status, account, \"from\", \"to\"
    from offhook.events")" \
    "message.inbound|$sid|received|$A|+15550101001|+15550101002" \
    "its event is stored"
is "$(sql "select params->>'Body' from offhook.events")" 'hello there' \
    "with its parameters"
is "$(sql "select status from offhook.messages where sid = '$sid'")" received \
    "the message is received"

# A route.
sql "select offhook.route_set('message.inbound', '*',
    '<Response><Message>Thank you.</Message></Response>')" >/dev/null
new_sid SM
sms "$sid" -p 'Body=again'
is "$status" 200 "inbound message with a route: 200"
like "$body" '<Response><Message>Thank you\.</Message></Response>' \
    "the route's TwiML is the reply"
is "$(sql "select reply from offhook.events where sid = '$sid'")" "$body" \
    "the reply is stored as it was sent"
cp "$T/body" "$T/first"

# The same once more, after the route has changed: the first reply again.
sql "select offhook.route_set('message.inbound', '*',
    '<Response><Message>Something else.</Message></Response>')" >/dev/null
sms "$sid" -p 'Body=again'
is "$status" 200 "a duplicate: 200"
ok "a duplicate gets the same bytes" cmp "$T/first" "$T/body"
is "$(count "events where sid = '$sid'")" 1 "a duplicate is no second event"
is "$(sql "select duplicates from offhook.events where sid = '$sid'")" 1 \
    "but it is counted"

# The more telling route wins: kind and number before kind alone.
sql "select offhook.route_set('message.inbound', '+15550101002',
    '<Response><Message>For this number.</Message></Response>')" >/dev/null
new_sid SM
sms "$sid" -p Body=x
like "$body" 'For this number' "a number's own route beats the kind's"
new_sid SM
signed POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" \
    -p From=+15550101001 -p To=+15550101003 -p Body=x
like "$body" 'Something else' "another number gets the kind's"
sql "select offhook.route_delete('message.inbound', '+15550101002')" >/dev/null
new_sid SM
sms "$sid" -p Body=x
like "$body" 'Something else' "a route deleted is gone at the next request"

# Status callbacks: 204, nothing in the body, folded.
new_sid SM
for st in delivered sent queued; do
	sms_status "$sid" "$st"
	is "$status" 204 "status $st: 204"
	is "$(wc -c <"$T/body")" 0 "status $st: no body"
done
is "$(header Content-Type)" '' "204 has no Content-Type"
is "$(sql "select status from offhook.messages where sid = '$sid'")" delivered \
    "delivered stays, whatever came later"
is "$(count "events where sid = '$sid'")" 3 "all three are in the history"
sms_status "$sid" sent
is "$status" 204 "a duplicate of a notice: 204"
is "$(count "events where sid = '$sid'")" 3 "and no fourth event"

new_sid SM
sms_status "$sid" undelivered -p ErrorCode=30003
is "$(sql "select status, error_code from offhook.messages
    where sid = '$sid'")" 'undelivered|30003' "an error has its code"

new_sid SM
sms_status "$sid" teleported
is "$status" 204 "an unknown status: 204"
is "$(sql "select status from offhook.messages where sid = '$sid'")" \
    teleported "it shows in the view"
sms_status "$sid" queued
is "$(sql "select status from offhook.messages where sid = '$sid'")" queued \
    "and ranks below every known one"

# A call without a route hears a sentence, and an issue is opened.
new_sid CA
call "$sid"
is "$status" 200 "call without a route: 200"
like "$body" '<Say[^>]*>[^<]{10,}</Say>' "the caller hears a sentence"
is "$(sql "select type, subject, state, count from offhook.issues")" \
    'call.no_route|+15550101002|open|1' "an issue is open"
call "$sid"
is "$(sql "select count from offhook.issues")" 1 \
    "a duplicate does not count for the issue"
is "$(sql "select status from offhook.calls where sid = '$sid'")" ringing \
    "the call is ringing"

sql "select offhook.route_set('call.inbound', '*',
    '<Response><Gather><Say>Press one.</Say></Gather></Response>')" >/dev/null
new_sid CA
call "$sid" -H "I-Twilio-Idempotency-Token: t-$sid-1"
like "$body" 'Press one' "call with a route"

# Gather: a question within the call.
sql "select offhook.route_set('call.gather', '*',
    '<Response><Say>You pressed a key.</Say></Response>')" >/dev/null
gather "$sid" 1 -H "I-Twilio-Idempotency-Token: t-$sid-2"
is "$status" 200 "gather: 200"
like "$body" 'You pressed a key' "gather has its route"
gather "$sid" 1 -H "I-Twilio-Idempotency-Token: t-$sid-3"
is "$(count "events where kind = 'call.gather'")" 2 \
    "the same digits with another token are another event"
gather "$sid" 1 -H "I-Twilio-Idempotency-Token: t-$sid-3"
is "$(count "events where kind = 'call.gather'")" 2 \
    "with the same token they are not"
gather "$sid" 2
gather "$sid" 2
is "$(count "events where kind = 'call.gather'")" 3 \
    "without a token, the same request within 60 s is the same event"
gather "$sid" 3
is "$(count "events where kind = 'call.gather'")" 4 \
    "without a token, other digits are another event"

call_status "$sid" completed 3 -p CallDuration=7
is "$status" 204 "call status: 204"
call_status "$sid" ringing 1
call_status "$sid" in-progress 2
is "$(sql "select status from offhook.calls where sid = '$sid'")" completed \
    "a completed call stays completed"

# TwiML asked for a call that we made.
new_sid CA
signed POST /twilio -p "CallSid=$sid" -p "AccountSid=$A" \
    -p From=+15550101002 -p To=+15550101001 -p CallStatus=in-progress \
    -p Direction=outbound-api
is "$status" 200 "outbound call: 200"
like "$body" '<Say' "without a route it hears a sentence too"
is "$(sql "select kind from offhook.events where sid = '$sid'")" \
    call.outbound "its kind"

# What nobody recognises is stored, and answered with an empty Response.
signed POST /twilio -p "AccountSid=$A" -p Surprise=yes
is "$status" 200 "an unknown event: 200"
ok "with an empty Response" is_empty_response
is "$(count "events where kind = 'other'")" 1 "and it is stored"

# GET webhooks have their parameters in the query.
new_sid SM
signed GET /twilio -p "MessageSid=$sid" -p "AccountSid=$A" \
    -p From=+15550101001 -p To=+15550101002 -p 'Body=by GET' \
    -p SmsStatus=received
is "$status" 200 "GET: 200"
like "$body" 'Something else' "GET has the same route"
is "$(sql "select method, params->>'Body' from offhook.events
    where sid = '$sid'")" 'GET|by GET' "GET: method and parameters are stored"

# Every request left one row for the worker.
is "$(sql 'select count(*) from offhook.todo')" "$(count events)" \
    "one todo row for each event"

done_testing
