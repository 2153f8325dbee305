#!/bin/sh
# Applications with every fault, behind Apache: in time the caller hears the
# route's fallback, the event stays with the reason, an issue is open, and a
# retry gets the same bytes without asking again.
TRANSPORT=${TRANSPORT:-apache}
. "${0%/*}/../lib.sh"
. "${0%/*}/lib.sh"
BUDGET=500	# ms

# Path, what is asked, issue, what the reason says.
cases() {
	cat <<-END
	late	$UPSTREAM/slow?ms=3000	reply.late	.
	halfopen	$UPSTREAM/halfopen	reply.late	.
	drip	$UPSTREAM/drip	reply.late	.
	dead	http://127.0.0.1:$DEAD/	reply.failed	[Cc]onnect
	close	$UPSTREAM/close	reply.failed	.
	noise	$UPSTREAM/noise	reply.failed	.
	cut	$UPSTREAM/cut	reply.failed	.
	status500	$UPSTREAM/status?is=500	reply.failed	500
	status404	$UPSTREAM/status?is=404	reply.failed	404
	status204	$UPSTREAM/status?is=204	reply.invalid	.
	redirect	$UPSTREAM/redirect	reply.failed	redirect
	huge	$UPSTREAM/huge	reply.failed	64 kB
	json	$UPSTREAM/type?is=application/json	reply.invalid	application/json
	plain	$UPSTREAM/type?is=text/plain	reply.invalid	text/plain
	untyped	$UPSTREAM/type?is=	reply.invalid	Content-Type
	verb	$UPSTREAM/invalid?is=verb	reply.invalid	Shout
	illformed	$UPSTREAM/invalid?is=illformed	reply.invalid	12100
	messaging	$UPSTREAM/invalid?is=messaging	reply.invalid	'Message'
	attribute	$UPSTREAM/invalid?is=attribute	reply.invalid	voice
	nothing	$UPSTREAM/invalid?is=nothing	reply.invalid	.
	text	$UPSTREAM/invalid?is=text	reply.invalid	12100
	entity	$UPSTREAM/invalid?is=entity	reply.invalid	.
	END
}

# A route each, by the path of its name; the last ones are well.
specs() {
	cases | while IFS='	' read -r name url issue why; do
		printf '{"name": "%s", "path": "/%s", "app": "%s",
		    "budget": "%sms", "fallback": "%s"},\n' "$name" "$name" \
		    "$url" "$BUDGET" "$FALLBACK"
	done
	for type in text/xml application/xml 'text/html; charset=utf-8'; do
		printf '{"name": "%s", "path": "/%s", "app": "%s"},\n' \
		    "${type%;*}" "${type%;*}" "$UPSTREAM/type?is=$type"
	done
	cat <<-END
	{"name": "warned", "path": "/warned", "warnings": "allow",
	    "app": "$UPSTREAM/invalid?is=attribute"},
	{"name": "plainly", "path": "/plainly", "app": "$UPSTREAM/halfopen",
	    "budget": "${BUDGET}ms"},
	{"name": "fast", "app": "$UPSTREAM/fast"}
	END
}
# shellcheck disable=SC2089 # JSON
FALLBACK='<Response><Say>One moment, {{From}}.</Say></Response>'
SAID='<Response><Say>One moment, +15550101001.</Say></Response>'
MENU='<Response><Say>From the application.</Say></Response>'

database
upstream_start
DEAD=$(free_port)
responder "$ALLOW"
routes "[$(specs | sed 's/ charset/%20charset/')]"

# A process that has asked before, as all but the first are.
new_sid CA
call "$sid"
is "$status $body" "200 $MENU" "an application's TwiML is the reply"
like "$(header Content-Type)" '^text/xml' "as text/xml"
is "$(last "kind, http, ctype, reply, route, reason is null")" \
    "call.inbound|200|$(header Content-Type)|$MENU|fast|t" "it is stored, with its route"

cases >"$T/cases"
while IFS='	' read -r name url issue why <&3; do
	new_sid CA
	token
	URI=/twilio/$name
	call "$sid" -H "I-Twilio-Idempotency-Token: $token"
	is "$status $body" "200 $SAID" "$name: the fallback"
	cp "$T/body" "$T/first"
	below "$ms" $((BUDGET + 100)) "$name: in time"
	is "$(last "sid, http, route, duplicates")" "$sid|200|$name|0" \
	    "$name: the event is stored, with the route"
	like "$(last reason)" "$why" "$name: and the reason"
	diag "$name: $ms ms, $(last reason)"
	is "$(sql "select type from offhook.issues where subject = '$name'")" \
	    "$issue" "$name: an issue"
	times=$(asked "$token")
	call "$sid" -H "I-Twilio-Idempotency-Token: $token"
	ok "$name: a retry gets the same bytes" cmp "$T/first" "$T/body"
	below "$ms" 300 "$name: at once"
	is "$(asked "$token")" "$times" "$name: and nobody is asked"
done 3<"$T/cases"

for type in text/xml application/xml text/html; do
	new_sid CA
	URI=/twilio/$type
	call "$sid"
	is "$body" "$MENU" "$type is TwiML"
	like "$(header Content-Type)" '^text/xml' "$type: sent as text/xml"
done
new_sid CA
URI=/twilio/warned
call "$sid"
like "$body" 'voise' "what Twilio would warn of, where the route allows it"
new_sid CA
URI=/twilio/plainly
call "$sid"
like "$body" '<Say>We are sorry' "no fallback of its own: a sentence"
new_sid SM
sms "$sid"
is "$body" "$EMPTY" "and to a message: nothing"
is "$(sql "select n from (select count(*) as n from offhook.issues
    where subject = 'plainly') i")" 1 "one issue for both"
unset URI

# What the application is told.
: >"$T/upstream.log"
new_sid CA
token
call "$sid" -H "I-Twilio-Idempotency-Token: $token" \
    -H 'User-Agent: TwilioProxy/1.1' -H 'Accept: */*' \
    -H 'X-Home-Region: us1' -H 'Cookie: a=b' -H 'Authorization: Basic YTpi'
event=$(last id)
record=$(tail -n 1 "$T/upstream.log")
like "$record" "\"i-twilio-idempotency-token\":\"$token\"" "the token"
like "$record" '"user-agent":"TwilioProxy/1.1"' "the User-Agent"
like "$record" '"x-home-region":"us1"' "Twilio's own headers"
like "$record" "\"x-offhook-event\":\"$event\"" "the event's id"
unlike "$record" '"(cookie|authorization|expect)"' "nothing else"
like "$record" "^\{\"method\":\"POST\",\"url\":\"/fast\"" "the method"
like "$record" "CallSid=$sid&AccountSid=$A" "the body"
new_sid CA
call "$sid"
like "$(tail -n 1 "$T/upstream.log")" '"i-twilio-idempotency-token":"[0-9a-f-]{36}"' \
    "a token is made where Twilio sent none"

# Not allowed.
responder
new_sid CA
call "$sid"
like "$body" '<Say>We are sorry' "a private address that is not allowed"
like "$(last reason)" 'OFFHOOK_ALLOW_PRIVATE' "the reason names the setting"

done_testing
