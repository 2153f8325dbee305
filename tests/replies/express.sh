#!/bin/sh
# A real application: Express with the middleware of Twilio's helper library,
# which refuses what is not signed. What we ask is signed for its URL; it
# verifies that as it would Twilio's own request.
TRANSPORT=${TRANSPORT:-apache}
. "${0%/*}/../lib.sh"
. "${0%/*}/lib.sh"

[ -d "$ROOT/build/npm/node_modules" ] || die "no build/npm: call tools/npm"
database
app_start express express.js
EXPRESS=$APP
responder "$ALLOW"
routes '[
    {"name": "query", "path": "/query", "app": "'"$EXPRESS"'/twilio/voice?x1=a%20b&x2=%C3%A9+f&x0="},
    {"name": "conversation", "kind": "conversation.onMessageAdd",
    "app": "'"$EXPRESS"'/twilio/conversation"},
    {"name": "sms", "kind": "message.inbound", "app": "'"$EXPRESS"'/twilio/sms"},
    {"name": "voice", "app": "'"$EXPRESS"'/twilio/voice"}]'

said() { # status and text
	printf '%s\n' "$status $body" | sed 's/<?xml[^>]*?>//;
	    s/<[^>]*>//g'
}
verified() { # status of the last one, as the application saw it
	tail -n 1 "$T/express.log" | sed 's/.*"status":\([0-9]*\).*/\1/'
}

new_sid CA
call "$sid" -p x1=1
is "$(said) $(verified)" '200 x1=1 200' "a form is accepted"
is "$(last 'route, reason')" 'voice|' "and its TwiML is the reply"
new_sid CA
call "$sid" -p x1=b -p x1=a -p x1=b -p x2= -p 'x3=a&b=c d+e%20~!*()' \
    -p 'x4=Grüße 你好 🎉' -p "x5=it's \"<x>\""
is "$(said) $(verified)" \
    "200 x1=b|a|b x2= x3=a&amp;b=c d+e%20~!*() x4=Grüße 你好 🎉 x5=it's \"&lt;x&gt;\" 200" \
    "parameters that repeat, are empty, in UTF-8, of odd characters"
new_sid CA
signed GET /twilio -p "CallSid=$sid" -p "AccountSid=$A" -p From=+15550101001 \
    -p To=+15550101002 -p CallStatus=ringing -p Direction=inbound \
    -p 'x1=a b' -p 'x2=é'
is "$(said) $(verified)" '200 x1=a b x2=é 200' "a GET"
URI=/twilio/query
new_sid CA
call "$sid" -p x3=3
is "$(said) $(verified)" '200 x0= x1=a b x2=é f x3=3 200' \
    "a URL with a query, and a form"
new_sid CA
signed GET "$URI" -p "CallSid=$sid" -p "AccountSid=$A" -p From=+15550101001 \
    -p To=+15550101002 -p CallStatus=ringing -p Direction=inbound \
    -p 'x3=3'
is "$(said) $(verified)" '200 x0= x1=a b x2=é f x3=3 200' \
    "a GET to a URL with a query"
unset URI
new_sid SM
sms "$sid" -p 'Body=Hello <there> & you'
like "$(said)" '^200 You said: Hello &lt;there&gt; &amp; you' "a message"
signed POST /twilio -p EventType=onMessageAdd -p "AccountSid=$A" \
    -p ConversationSid=CH000000000000000000000000000000a1 \
    -p ChatServiceSid=IS000000000000000000000000000000a1 -p Source=SDK \
    -p ClientIdentity=user-1 -p RetryCount=0 -p Body=quiet
is "$(said) $(verified)" '200 {"body":"QUIET"} 200' "Conversations, in JSON"

# It does refuse.
new_sid CA
: >"$T/express.log"
request POST /twilio -p "CallSid=$sid" -p "AccountSid=$B" \
    -p From=+15550101001 -p To=+15550101002 -p CallStatus=ringing \
    -p Direction=inbound -s "$TOKEN_B"
like "$body" '<Say>We are sorry' "another account's call: the fallback"
is "$(verified)" 403 "as the application knows only the first one's token"
like "$(last reason)" 403 "and the reason says so"
direct() { # token: past us
	mkdir -p "$T/direct"
	env T="$T/direct" TRANSPORT=apache HTTP_PORT="${EXPRESS##*:}" \
	    "$ROOT/tests/request" POST /twilio/voice -p x1=1 -b "$EXPRESS" \
	    -H "Host: ${EXPRESS#http://}" -s "$1"
	cat "$T/direct/status"
}
is "$(direct "$TOKEN_A") $(direct guess)" '200 403' \
    "a request that is signed otherwise"

done_testing
