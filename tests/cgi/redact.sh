#!/bin/sh
# OFFHOOK_REDACT: what it names is nowhere in the database, and everything
# else works as without it.
. "${0%/*}/../lib.sh"
database
responder 'OFFHOOK_REDACT=message.*:all call.gather:body stream.*:all'

# Everything that the database holds but routes, which name our own numbers.
everything() {
	pg_dump -d "$DB" -n offhook --data-only --inserts \
	    -T offhook.route -T offhook.route_change 2>&1
	sql "select params, url, encode(raw, 'escape') from offhook.events"
}
without() { # extended regular expression, description
	unlike "$(everything)" "$1" "$2"
}
sql "select offhook.route_apply('[{\"name\": \"thanks\",
    \"kind\": \"message.inbound\", \"to\": \"+15550101002\",
    \"twiml\": \"<Response><Message>Thank you.</Message></Response>\"}]',
    null)" >/dev/null

new_sid SM
sms "$sid" -p 'Body=quite private' -p FromCity=OAKLAND -p ProfileName=Alice
is "$status" 200 "a message: 200"
like "$body" 'Thank you' "it is routed by its whole number"
cp "$T/body" "$T/first"
is "$(sql "select \"from\", \"to\", params->>'Body', params->>'FromCity',
    params->>'NumSegments' from offhook.events where sid = '$sid'")" \
    '+1555010xxxx|+1555010xxxx|||1' "its text and numbers are left out"
is "$(sql "select \"from\", status from offhook.messages
    where sid = '$sid'")" '+1555010xxxx|received' "of the message, too"
sms "$sid" -p 'Body=quite private' -p FromCity=OAKLAND -p ProfileName=Alice
ok "a duplicate gets the same bytes" cmp "$T/first" "$T/body"
is "$(sql "select count(*), sum(duplicates) from offhook.events")" '1|1' \
    "and is one"
new_sid SM
sms "$sid" -p Body=STOP
is "$(sql "select consent from offhook.resource where sid = '$sid'")" \
    opted_out "that somebody opted out is known all the same"
new_sid SM
signed GET /twilio -p "MessageSid=$sid" -p "AccountSid=$A" \
    -p From=+15550101001 -p To=+15550101002 -p 'Body=quite private' \
    -p SmsStatus=received
is "$status" 200 "by GET: 200"
like "$body" 'Thank you' "and routed"
sms_status "$sid" delivered
is "$status" 204 "a status: 204"
printf '[{"specversion":"1.0","id":"EZ1","type":"%s","time":"%s","data":%s}]' \
    com.twilio.messaging.inbound-message.received 2026-11-22T02:00:00Z \
    "{\"messageSid\":\"$sid\",\"accountSid\":\"$A\",\"from\":\"+15550101001\",$(
    )\"to\":\"+15550101002\",\"body\":\"quite private\"}" >"$T/in"
signed POST /twilio -j -f "$T/in"
is "$status" 204 "a batch: 204"
is "$(sql "select \"from\", params->'data'->>'body',
    params->'data'->>'messageSid' from offhook.events
    where kind like 'stream%'")" "+1555010xxxx||$sid" "its event likewise"
without 'quite|private|OAKLAND|Alice' "no text is left anywhere"
without '0101001|0101002' "and no number"

new_sid CA
gather "$sid" 424242
is "$status" 200 "keys pressed: 200"
without 424242 "no keys are left"
is "$(sql "select \"from\" from offhook.events where sid = '$sid'")" \
    +15550101001 "of a call only the body is left out"

# Numbers that look the same once masked are other people: no session is shared.
sql "select offhook.route_apply('[{\"name\": \"again\", \"session\": \"seen\",
    \"twiml\": \"<Response><Message>Again</Message></Response>\"},
    {\"name\": \"first\", \"set\": {\"seen\": \"yes\"},
    \"twiml\": \"<Response><Message>First</Message></Response>\"}]', null)" \
    >/dev/null
writes() { # from; prints the reply's text
	new_sid SM
	signed POST /twilio -p "MessageSid=$sid" -p "SmsSid=$sid" \
	    -p "AccountSid=$A" -p "From=$1" -p To=+15550101002 \
	    -p SmsStatus=received -p NumMedia=0 -p Body=Hi
	said="$said $(echo "$body" | sed 's/<[^>]*>//g')"
}
said=
writes +15550101031
writes +15550101031
writes +15550101032
is "$said" ' First Again First' "a session is one sender's, unless masked too"
without 010103 "and does not tell the number"

done_testing
