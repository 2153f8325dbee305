#!/bin/sh
# The two example flows of routes/, from end to end: a telephone menu and a
# survey by SMS, with every request sent twice, as Twilio does when an answer
# is lost.
TRANSPORT=${TRANSPORT:-apache}
. "${0%/*}/../lib.sh"
. "${0%/*}/lib.sh"

database
responder
apply() {
	env -i PATH="$PATH" OFFHOOK_CONFIG="$CONFIG" \
	    "$OFFHOOK" route apply "$ROOT/routes" >"$T/apply" 2>&1
}
ok "the routes are applied" apply
[ "$(count route)" != 0 ] || diag "$(cat "$T/apply")"

# twice COMMAND...: and again with the same token; sets body, route.
twice() {
	token
	"$@" -H "I-Twilio-Idempotency-Token: $token"
	cp "$T/body" "$T/first"
	# shellcheck disable=SC2154 # lib.sh sets it
	route=$(last route)
	"$@" -H "I-Twilio-Idempotency-Token: $token"
	cmp "$T/first" "$T/body" >/dev/null ||
	    fail "a retry gets the same bytes" "$(cat "$T/first")" "$body"
	tw_n=$((${tw_n:-0} + 1))
}
hears() { # text, route
	like "$body" "$1" "$2: \"$1\""
	is "$route" "$2" "$2: its route"
}

### The telephone menu

dial() { # a new call
	new_sid CA
	URI=/twilio
	twice call "$sid"
}
press() { # key
	URI=/twilio/ivr/choice
	twice gather "$sid" "$1"
}
sent_to() { # path: by a <Redirect>
	URI=/twilio/ivr/$1
	twice signed POST "$URI" -p "CallSid=$sid" -p "AccountSid=$A" \
	    -p From=+15550101001 -p To=+15550101002 \
	    -p CallStatus=in-progress -p Direction=inbound \
	    -p ApiVersion=2010-04-01
}
menu='Press 1 for sales, or 2 for support'

dial
hears "$menu" 'ivr menu'
press 1
hears 'We connect you with sales' 'ivr sales'
like "$body" '<Dial[^>]*>\+15550101003<' "and is connected"

dial
press 9
hears '9 is no choice' 'ivr wrong key'
like "$body" '<Redirect>/twilio/ivr/menu<' "and is sent back"
sent_to menu
hears "$menu" 'ivr menu'
press 2
like "$body" '(connect you with support|Support is open)' "and takes support"
press '*'
hears '\* is no choice' 'ivr wrong key'

dial
silent=$sid
sent_to silence
hears 'We did not hear anything.<' 'ivr silence'
like "$body" '<Redirect>/twilio/ivr/menu<' "and is sent back"
sent_to menu
dial
sent_to silence
hears 'We did not hear anything.<' 'ivr silence'
sid=$silent
sent_to silence
hears 'Goodbye' 'ivr silence, again'
is "$(count "session where thread = '$silent'")" 0 "the session has ended"

### The survey

write() { # sender, text
	new_sid SM
	URI=/twilio
	twice signed POST /twilio -p "MessageSid=$sid" -p "SmsSid=$sid" \
	    -p "AccountSid=$A" -p "From=$1" -p To=+15550101002 \
	    -p SmsStatus=received -p NumMedia=0 -p "Body=$2"
}
ann=+15550101011 bob=+15550101012
write $ann 'hello'
is "$body$route" "$EMPTY" "a message beside the survey: no answer"
write $ann 'Survey please'
hears 'from 1 \(bad\) to 5' 'survey begins'
write $bob 'SURVEY!'
hears 'from 1 \(bad\) to 5' 'survey begins'
write $ann ' 4 '
hears 'What should we do better' 'survey rating'
write $bob 'very good'
hears 'with a number from 1 to 5' 'survey rating again'
write $ann 'Longer hours & <more> tea'
hears 'Thank you for the +4 *!' 'survey thanks'
write $bob '6'
hears 'with a number from 1 to 5' 'survey rating again'
write $bob 'no'
hears 'Never mind' 'survey no rating'
write $bob '5'
hears 'Thank you!' 'survey thanks'
write $ann 'and more'
is "$body$route" "$EMPTY" "it is over"
is "$(sql "select vars->>'rating', vars->>'comment', vars->>'step'
    from offhook.session where thread like '%$ann%'")" \
    ' 4 |Longer hours & <more> tea|done' "the answers of one"
is "$(sql "select vars->>'rating', vars->>'comment', vars->>'tries'
    from offhook.session where thread like '%$bob%'")" '|5|' \
    "and of the other"
write $bob 'survey'
hears 'from 1 \(bad\) to 5' 'survey begins'
write $bob 'STOP'
is "$route" 'survey left' "leaving"
is "$(count "session where thread like '%$bob%'")" 0 "the session has ended"

is "$(sql 'select string_agg(distinct duplicates::text, $$ $$) || $$ $$ ||
    count(*) from offhook.events')" "1 $tw_n" "all were sent twice"
is "$(issues)" '' "no issue"

done_testing
