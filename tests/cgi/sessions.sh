#!/bin/sh
# Variables of one call or thread of messages: set, counted, cleared; a retry
# changes nothing; threads do not see each other; they end and expire.
. "${0%/*}/../lib.sh"
. "${0%/*}/../replies/lib.sh"
database
responder

say='<Response><Say>'
end='</Say></Response>'
routes '[
    {"name": "end", "path": "/call/end", "end": "yes",
    "template": "'"$say"'Bye {{session.name}} {{session.tries}}'"$end"'"},
    {"name": "clear", "path": "/call/clear", "clear": "name",
    "template": "'"$say"'Was {{session.name}}'"$end"'"},
    {"name": "third", "path": "/call/*", "session": "tries>=2",
    "count": "tries", "twiml": "'"$say"'Enough.'"$end"'"},
    {"name": "digits", "path": "/call/digits", "digits": "1",
    "set": {"name": "{{Digits}} by {{From}}", "step": "two"},
    "template": "'"$say"'Before: {{session.name}}'"$end"'"},
    {"name": "wrong", "path": "/call/digits", "count": "tries",
    "template": "'"$say"'Try {{session.tries}}'"$end"'"},
    {"name": "two", "path": "/call/see", "session": ["step=two", "!other"],
    "template": "'"$say"'{{session.name}} {{session.step}}'"$end"'"},
    {"name": "see", "path": "/call/see",
    "template": "'"$say"'Nothing {{session.name}}'"$end"'"},
    {"name": "race", "path": "/race", "count": "tries",
    "template": "'"$say"'{{session.tries}}.'"$end"'"},
    {"name": "short", "path": "/short", "set": {"a": "1"}, "expires": "2s",
    "twiml": "'"$say"'Set.'"$end"'"},
    {"name": "short still", "path": "/short-see", "session": "a=1",
    "twiml": "'"$say"'Still.'"$end"'"},
    {"name": "short gone", "path": "/short-see",
    "twiml": "'"$say"'Gone.'"$end"'"},
    {"name": "sms again", "path": "/sms", "session": "seen",
    "set": {"seen": "{{session.seen}} {{Body}}"},
    "template": "<Response><Message>Then {{session.seen}}</Message></Response>"},
    {"name": "sms", "path": "/sms", "set": {"seen": "{{Body}}"},
    "twiml": "<Response><Message>First</Message></Response>"},
    {"name": "known", "path": "/who", "sender": "known",
    "twiml": "<Response><Message>Again</Message></Response>"},
    {"name": "new", "path": "/who", "sender": "new",
    "twiml": "<Response><Message>Welcome</Message></Response>"}]'

press() { # path, digits
	URI=/twilio/$1
	token
	gather "$sid" "$2" -H "I-Twilio-Idempotency-Token: $token"
}
again() { # the same request
	gather "$sid" "$1" -H "I-Twilio-Idempotency-Token: $token"
}
says() { # text, description
	is "$status $body" "200 $say$1$end" "$2"
}
variable() { # name
	sql "select vars->>'$1' from offhook.session where thread = '$sid'"
}

new_sid CA
press call/see 5
says 'Nothing ' "a call without variables"
press call/digits 1
says 'Before: ' "set from Digits; the reply has what was before"
first=$body
again 1
is "$body" "$first" "a retry gets the same reply"
is "$(variable name)" '1 by +15550101001' "the variable is there"
press call/see 5
says '1 by +15550101001 two' "the next request of the call knows it"
press call/digits 9
says 'Try ' "counted"
again 9
says 'Try ' "a retry: the same words"
is "$(variable tries)" 1 "and it is not counted twice"
press call/digits 9
says 'Try 1' "a second time: one was there before"
press call/digits 9
says 'Enough.' "a condition on a number"
is "$(last route)" third "by the route that has it"
is "$(variable tries)" 3 "it counts, too"
press call/clear 5
says 'Was 1 by +15550101001' "cleared"
is "$(variable name)" '' "it is gone"
one=$sid
new_sid CA
press call/see 5
says 'Nothing ' "another call knows nothing of it"
sid=$one
press call/end 5
says 'Bye  3' "the end"
is "$(count "session where thread = '$sid'")" 0 "nothing stays"

# Two requests of one call at once: both count.
new_sid CA
URI=/twilio/race
for n in 1 2 3 4; do
	mkdir -p "$T/race$n"
	(
		trap - EXIT
		# Where shellcheck does not see it: it would warn of every T.
		eval 'T=$T/race$n'
		gather "$sid" "$n" -H "I-Twilio-Idempotency-Token: race-$n-$$"
	) &
	racing="${racing:-} $!"
done
# shellcheck disable=SC2086 # pids
wait $racing
is "$(cat "$T"/race[1-4]/status | tr -d '\n')" 200200200200 \
    "four requests of a call at once are answered"
is "$(variable tries)" 4 "and all of them are counted"
is "$(cat "$T"/race[1-4]/body | grep -o '[0-9]*\.' | sort | tr -d '\n')" \
    .1.2.3. "each of another state"

new_sid CA
press short 1
press short-see 1
says 'Still.' "a session that expires soon is there"
sql "update offhook.session set expires_at = now() - interval '1 s'
    where thread = '$sid'" >/dev/null
press short-see 2
says 'Gone.' "and is as if it were not, once it has expired"
press short 1
press short-see 1
says 'Still.' "it can begin again"

# Threads of messages: account, sender and number.
write() { # from, body
	new_sid SM
	URI=/twilio/sms
	signed POST "$URI" -p "MessageSid=$sid" -p "SmsSid=$sid" \
	    -p "AccountSid=$A" -p "From=$1" -p To=+15550101002 \
	    -p SmsStatus=received -p NumMedia=0 -p "Body=$2"
}
message='<Response><Message>'
write +15550101011 one
is "$body" "${message}First</Message></Response>" "a thread"
write +15550101012 uno
is "$body" "${message}First</Message></Response>" "another one"
write +15550101011 two
is "$body" "${message}Then one</Message></Response>" "the first goes on"
write +15550101012 due
write +15550101012 tre
is "$body" "${message}Then uno due</Message></Response>" "so does the second"
who() { # from
	new_sid SM
	signed POST /twilio/who -p "MessageSid=$sid" -p "SmsSid=$sid" \
	    -p "AccountSid=$A" -p "From=$1" -p To=+15550101002 \
	    -p SmsStatus=received -p NumMedia=0 -p Body=Hi
}
who +15550101021
is "$body" "${message}Welcome</Message></Response>" "a new sender"
who +15550101021
is "$body" "${message}Again</Message></Response>" "is known from then on"

done_testing
