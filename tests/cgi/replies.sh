#!/bin/sh
# Where a reply comes from: fixed, a template, a redirect, a SQL function,
# the user's application; the first route that suits; the same again on a
# retry; the fallback. The faults of applications are in tests/replies.
. "${0%/*}/../lib.sh"
. "${0%/*}/../replies/lib.sh"
database
upstream_start
responder "$ALLOW"

sql "create schema mine;
    create table mine.hours (day text primary key, says text);
    insert into mine.hours values ('today', 'We are open & awake.');
    create function mine.answer(p jsonb) returns text
    language sql stable as \$\$ select '<Response><Message>' ||
    replace(says, '&', '&amp;') || ' ' || (p->'params'->>'Body') ||
    '</Message></Response>' from mine.hours \$\$;
    create function mine.slow(p jsonb) returns text
    language sql as \$\$ select pg_sleep(30)::text \$\$;
    create function mine.wrong(p jsonb) returns text
    language sql as \$\$ select '<Response><Dial/>' \$\$;
    create function mine.peeps(p jsonb) returns text
    language sql as \$\$ select count(*)::text from offhook.once \$\$;
    create function mine.shouts(p jsonb) returns text
    language plpgsql as \$\$ begin raise exception 'a%', repeat('ü', 200);
    end \$\$;
    grant usage on schema mine to offhook_reply;
    grant select on mine.hours to offhook_reply;
    revoke execute on all functions in schema mine from public;
    grant execute on all functions in schema mine to offhook_reply" >/dev/null

say='<Response><Say>'
routes '[
    {"name": "fixed", "path": "/fixed", "twiml": "'"$say"'Fixed.</Say></Response>"},
    {"name": "template", "path": "/template",
    "const": {"shop": "Hook & Line"}, "template":
    "<Response><Message to=\"{{From}}\">{{const.shop}}: {{Body}}{{^Missing}}!{{/Missing}}</Message></Response>"},
    {"name": "resource", "path": "/resource", "template":
    "'"$say"'{{resource.status}} {{resource.first_seen}}</Say></Response>"},
    {"name": "redirect", "path": "/redirect",
    "redirect": "https://example.com/twiml?a=1&b=2"},
    {"name": "sql", "path": "/sql", "sql": "mine.answer"},
    {"name": "sql slow", "path": "/sql-slow", "sql": "mine.slow",
    "budget": "400ms", "fallback": "'"$say"'Later.</Say></Response>"},
    {"name": "sql wrong", "path": "/sql-wrong", "sql": "mine.wrong"},
    {"name": "sql peeps", "path": "/sql-peeps", "sql": "mine.peeps"},
    {"name": "sql shouts", "path": "/sql-shouts", "sql": "mine.shouts"},
    {"name": "app", "path": "/app", "app": "'"$UPSTREAM"'/count?ms=0"},
    {"name": "app waited", "path": "/app-waited",
    "app": "'"$UPSTREAM"'/count?ms=0", "fallback": "'"$say"'Later.</Say></Response>"},
    {"name": "app late", "path": "/app-late", "app": "'"$UPSTREAM"'/halfopen",
    "budget": "400ms", "fallback": "'"$say"'Later, {{From}}.</Say></Response>"},
    {"name": "app json", "kind": "conversation.onMessageAdd",
    "app": "'"$UPSTREAM"'/json?is=%7B%22body%22%3A+%22changed%22%7D"},
    {"name": "app rejects", "kind": "conversation.onMessageUpdate",
    "app": "'"$UPSTREAM"'/status?is=403"},
    {"name": "app broken", "kind": "conversation.onMessageRemove",
    "app": "'"$UPSTREAM"'/status?is=500"},
    {"name": "first", "kind": "message.inbound", "keyword": "hours",
    "twiml": "<Response><Message>First.</Message></Response>"},
    {"name": "second", "kind": "message.inbound", "body": "^ *(hours|open)",
    "twiml": "<Response><Message>Second.</Message></Response>"}]'

# twice WHAT COMMAND...: the same request again gets the same bytes.
twice() {
	tw_what=$1
	shift
	token
	"$@" -H "I-Twilio-Idempotency-Token: $token"
	cp "$T/body" "$T/first"
	tw_status=$status
	"$@" -H "I-Twilio-Idempotency-Token: $token"
	is "$status" "$tw_status" "$tw_what: a retry has the same status"
	ok "$tw_what: and the same bytes" cmp "$T/first" "$T/body"
}
reply_is() { # name, wanted body
	is "$status $body" "200 $2" "$1: its reply"
	is "$(last "route, http, reply = \$b\$$2\$b\$, reason is null")" \
	    "$1|200|t|t" "$1: as it is stored"
}
fell_back() { # name, wanted body, issue, pattern of the reason
	is "$status $body" "200 $2" "$1: the fallback"
	like "$(last reason)" "$4" "$1: the reason"
	diag "$1: $(last reason)"
	is "$(sql "select type from offhook.issues where subject = '$1'")" \
	    "$3" "$1: the issue"
}

URI=/twilio/fixed
new_sid CA
twice fixed call "$sid"
reply_is fixed "${say}Fixed.</Say></Response>"

URI=/twilio/template
new_sid SM
twice template sms "$sid" -p 'Body=<1 & "2">'
reply_is template '<Response><Message to="+15550101001">Hook &amp; Line: &lt;1 &amp; &quot;2&quot;&gt;!</Message></Response>'
like "$(header Content-Type)" '^text/xml' "template: text/xml"

URI=/twilio/resource
new_sid CA
call "$sid"
gather "$sid" 1
like "$body" '<Say>(ringing|in-progress) 20' "what is known of the call"

URI=/twilio/redirect
new_sid CA
twice redirect call "$sid"
like "$body" '<Redirect>https://example.com/twiml\?a=1&amp;b=2</Redirect>' \
    "redirect: to its URL"

URI=/twilio/sql
new_sid SM
twice sql sms "$sid" -p Body=today
reply_is sql '<Response><Message>We are open &amp; awake. today</Message></Response>'
sql "update mine.hours set says = 'Closed.'" >/dev/null
sms "$sid" -p Body=today -H "I-Twilio-Idempotency-Token: $token"
like "$body" awake "sql: once it is said, it is said"
URI=/twilio/sql-slow
new_sid CA
twice 'sql slow' call "$sid"
below "$ms" 1500 "sql slow: in time"
fell_back 'sql slow' "${say}Later.</Say></Response>" reply.late .
URI=/twilio/sql-wrong
new_sid SM
sms "$sid"
fell_back 'sql wrong' "$EMPTY" reply.invalid 12100
URI=/twilio/sql-peeps
new_sid SM
sms "$sid"
fell_back 'sql peeps' "$EMPTY" reply.failed 'permission denied'
# Its text is cut, not within a character.
URI=/twilio/sql-shouts
new_sid SM
sms "$sid"
fell_back 'sql shouts' "$EMPTY" reply.failed 'aüüü'

URI=/twilio/app
new_sid CA
: >"$T/upstream.log"
twice app call "$sid"
is "$(asked)" 1 "app: it is asked once"
reply_is app "$body"
# What it waited in the web server counts; only our Apache says so, whatever a
# client sends.
URI=/twilio/app-waited
came=$(($(date +%s) - 12))000000
: >"$T/upstream.log"
new_sid CA
call "$sid" -H "X-Offhook-Received: t=$came"
case $TRANSPORT in
apache|proxy)
	is "$(asked)" 1 "app: a client does not say when it came" ;;
*)
	is "$(asked)" 0 "app: not asked when the budget ends before"
	fell_back 'app waited' "${say}Later.</Say></Response>" reply.late \
	    'too late to ask: 1[0-9]* ms' ;;
esac
for came in "t=$((came + 24000000))" "t=$((came - 60000000))" "t=x" t=; do
	new_sid CA
	: >"$T/upstream.log"
	call "$sid" -H "X-Offhook-Received: $came"
	is "$(asked)" 1 "app: asked, $came is no time that it came"
done
URI=/twilio/app-late
new_sid CA
twice 'app late' call "$sid"
below "$ms" 1500 "app late: in time"
fell_back 'app late' "${say}Later, +15550101001.</Say></Response>" reply.late .
unset URI
signed POST /twilio -p EventType=onMessageAdd -p "AccountSid=$A" \
    -p ConversationSid=CH000000000000000000000000000000a1 \
    -p ChatServiceSid=IS000000000000000000000000000000a1 -p Source=SDK \
    -p ClientIdentity=user-1 -p RetryCount=0 -p 'Body=text'
is "$status $body" '200 {"body": "changed"}' "app json: of Conversations"
is "$(header Content-Type)" application/json "app json: its type"
for said in 'Update 403 t' 'Remove 200 f'; do
	# shellcheck disable=SC2086
	set -- $said
	signed POST /twilio -p "EventType=onMessage$1" -p "AccountSid=$A" \
	    -p ConversationSid=CH000000000000000000000000000000a1 \
	    -p MessageSid=IM000000000000000000000000000000a1 \
	    -p ChatServiceSid=IS000000000000000000000000000000a1 \
	    -p Source=SDK -p ClientIdentity=user-1 -p RetryCount=0
	is "$status $(last 'reason is null')" "$2 $3" \
	    "an application may reject, and be broken: onMessage$1"
done

for said in 'Hours?:First' 'HOURS please:First' 'hourse:Second' \
    '  open now:Second'; do
	new_sid SM
	sms "$sid" -p "Body=${said%:*}"
	is "$body" "<Response><Message>${said##*:}.</Message></Response>" \
	    "the first that suits: ${said%:*}"
done
new_sid SM
sms "$sid" -p 'Body=Hello'
is "$status $body|$(last route)" "200 $EMPTY|" "none suits: no message"
new_sid SM
sms_status "$sid" sent
is "$status $(last route)" '204 ' "a callback takes no route"

done_testing
