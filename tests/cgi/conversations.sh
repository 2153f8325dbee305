#!/bin/sh
# The Conversations webhooks that ask beforehand: publish, change, reject, and
# what is said while the event cannot be stored. And calls sent back to their
# menu.
. "${0%/*}/../lib.sh"
database
responder

CH=CH000000000000000000000000000000a1
IS=IS000000000000000000000000000000a1
ask_n=0
ask() { # EventType, options: a new question each time
	ask_type=$1
	ask_n=$((ask_n + 1))
	shift
	signed POST /twilio -p "EventType=$ask_type" -p "AccountSid=$A" \
	    -p "ConversationSid=$CH" -p "ChatServiceSid=$IS" -p Source=SDK \
	    -p "ClientIdentity=user-1" -p RetryCount=0 -p "Body=text $ask_n" \
	    "$@"
}
route() { # SQL arguments of route_set
	sql "select offhook.route_set($1)" >/dev/null
}
last() { # columns of the newest event
	sql "select $1 from offhook.events order by received_at desc, id desc
	    limit 1"
}

# Without a route, and with one for any kind: published.
ask onMessageAdd
is "$status $body" '200 {}' "without a route: published"
is "$(header Content-Type)" application/json "its type is JSON"
is "$(last 'kind, http, ctype, reply')" \
    'conversation.onMessageAdd|200|application/json|{}' "it is stored"
route "'*', '*', '<Response><Say>Any.</Say></Response>'"
ask onMessageAdd
is "$status $body" '200 {}' "a route of kind * does not apply"
for type in onMessageRemove onMessageUpdate onConversationAdd \
    onConversationRemove onConversationUpdate onParticipantAdd \
    onParticipantRemove onParticipantUpdate onUserUpdate; do
	ask "$type" -p MessageSid=IM000000000000000000000000000000a1 \
	    -p ParticipantSid=MB000000000000000000000000000000a1 \
	    -p UserSid=US000000000000000000000000000000a1
	is "$status $body $(last kind)" "200 {} conversation.$type" \
	    "$type: published"
done

# Routes.
route "'conversation.onMessageAdd', '*',
    '{\"body\": \"changed\", \"attributes\": \"{\\\"a\\\": 1}\"}'"
ask onMessageAdd
is "$status $body" '200 {"body": "changed", "attributes": "{\"a\": 1}"}' \
    "a route changes what is published"
cp "$T/body" "$T/first"
is "$(last reply)" "$body" "the reply is stored"
route "'conversation.onMessageAdd', '$IS', '', 422"
ask onMessageAdd -H 'I-Twilio-Idempotency-Token: t-1'
is "$status" 422 "the service's own route rejects"
is "$(wc -c <"$T/body")" 0 "without a word"
is "$(last 'http, ctype')" '422|' "and is stored"
sql "select offhook.route_delete('conversation.onMessageAdd', '$IS')" \
    >/dev/null
ask_n=$((ask_n - 1))
ask onMessageAdd -H 'I-Twilio-Idempotency-Token: t-1'
is "$status" 422 "a retry is rejected as before, whatever the route says now"
ask onMessageAdd -H 'I-Twilio-Idempotency-Token: t-2'
is "$status" 200 "the rejection is gone"
ask_n=$((ask_n - 1))
ask onMessageAdd -H 'I-Twilio-Idempotency-Token: t-2'
is "$status" 200 "a retry of one that was changed"
ok "gets the same bytes" cmp "$T/first" "$T/body"
ask onMessageAdded -p MessageSid=IM000000000000000000000000000000a2 \
    -p DateCreated=2026-11-22T02:00:00.000Z
is "$status" 204 "what tells afterwards: 204"

# What somebody wrote into the table by hand.
by_hand() { # JSON to be merged into their specs
	sql "update offhook.route set spec = spec || '$1'
	    where name like 'conv%';
	    select offhook.route_set('other', '*', '<Response/>')" >/dev/null
}
by_hand '{"json": "{\"body\": 1}"}'
ask onMessageAdd
is "$status $body" '200 {}' "a broken route: published"
is "$(sql "select type, subject from offhook.issues")" \
    'route.broken|conversation.onMessageAdd *' "and an issue"
by_hand '{"in_trouble": "reject"}'
ask onMessageAdd
is "$status" 503 "a broken route that says reject: 503"

# A call sent back to the URL that answered it hears the menu again.
route "'call.inbound', '*', '<Response><Say>Menu.</Say></Response>'"
back() { # a <Redirect>
	new_sid CA
	signed POST /twilio -p "CallSid=$sid" -p "AccountSid=$A" \
	    -p From=+15550101001 -p To=+15550101002 \
	    -p CallStatus=in-progress -p Direction=inbound
}
back
is "$(last kind)" call.redirect "a Redirect"
like "$body" 'Menu\.' "has the inbound call's route"
route "'call.redirect', '*', '<Response><Say>Back.</Say></Response>'"
back
like "$body" 'Back\.' "its own goes before"

# In trouble.
log_says() { # description, extended regular expression
	like "$(log_text | grep -a ' error ' | tail -n 3)" "$2" "$1"
}
route "'conversation.onMessageAdd', '*', '{}', 200, 'reject'"
route "'conversation.onMessageUpdate', '*', '', 403, 'reject'"
route "'conversation.onMessageRemove', '*', '', 403"
ask onMessageAdd
is "$status" 200 "at first"
stored=$(count events)
# Its socket is not there, as if the server were stopped; and no spool.
responder OFFHOOK_SPOOL= "DATABASE_URL=postgresql:///$DB?host=$T/none&user=offhook_responder"
ask onMessageAdd
is "$status" 503 "no database, its route says reject: 503"
log_says "the log says so" \
    'not stored.*conversation.onMessageAdd.*CH0*a1.*in_trouble=rejected'
ask onMessageUpdate -p MessageSid=IM000000000000000000000000000000a1
is "$status" 503 "a route that rejects and says reject: 503"
ask onMessageRemove -p MessageSid=IM000000000000000000000000000000a1
is "$status $body" '200 {}' "a route that says nothing: published"
log_says "the log says so" \
    'not stored.*conversation.onMessageRemove.*in_trouble=published'
ask onConversationAdd
is "$status $body" '200 {}' "no route: published"
request POST /twilio -p EventType=onMessageAdd -p "AccountSid=$A"
is "$status" 403 "a forged one is rejected all the same"
new_sid SM
sms "$sid"
is "$status" 503 "a message is still answered 503"

# A lock held by somebody else: well before Twilio's 5 seconds.
responder OFFHOOK_SPOOL=
mkfifo "$T/lock"
psql -XAtq -d "$DB" >/dev/null 2>&1 <"$T/lock" &
locker=$!
exec 8>"$T/lock"
echo 'begin; lock table offhook.once in access exclusive mode;' >&8
wait_for 5 sh -c "psql -XAtq -d '$DB' -c \"select 1 from pg_locks where
    relation = 'offhook.once'::regclass and granted
    and mode = 'AccessExclusiveLock'\" | grep -q 1"
ask onMessageRemove -p MessageSid=IM000000000000000000000000000000a1
is "$status $body" '200 {}' "a table is locked: published"
below "$ms" 3000 "below 3 s"
echo 'rollback;' >&8
exec 8>&-
wait "$locker"
is "$(count events)" "$stored" "nothing of it was stored"
ask onMessageAdd
is "$status" 200 "the database is back"
is "$(count events)" $((stored + 1)) "and it is stored"

# Neither a database nor anything known of routes.
responder "OFFHOOK_STATE=$T/empty" \
    "DATABASE_URL=$(url_of nowhere offhook_responder)"
ask onMessageAdd
is "$status $body" '200 {}' "nothing is known: published"

done_testing
