#!/bin/sh
# Event Streams: batches of CloudEvents, signed by their hash: each event once,
# whatever is repeated, and nothing answered 2xx that is not stored.
. "${0%/*}/../lib.sh"
database
responder

# element ID SID STATUS [ACCOUNT]: a message's status, as the sink sends it.
element() {
	printf '{"specversion":"1.0","id":"%s","source":"/2010-04-01/x",' "$1"
	printf '"type":"com.twilio.messaging.message.%s",' "$3"
	printf '"dataschema":"https://events-schemas.twilio.com/Messaging/2",'
	printf '"datacontenttype":"application/json",'
	printf '"time":"2026-11-22T02:00:00.000Z","data":{"messageSid":"%s",' \
	    "$2"
	printf '"accountSid":"%s","messageStatus":"%s",' "${4:-$A}" \
	    "$(echo "$3" | tr '[:lower:]' '[:upper:]')"
	printf '"from":"+15550101002","to":"+15550101001",'
	printf '"timestamp":"2026-11-22T02:00:00.000Z"}}'
}
post() { # options; the body is in $T/in
	signed POST /twilio -j -f "$T/in" "$@"
}
batch() { # elements, separated by blanks in their own arguments
	batch_sep='['
	for batch_e in "$@"; do
		printf '%s%s' "$batch_sep" "$batch_e"
		batch_sep=,
	done >"$T/in"
	printf ']' >>"$T/in"
	post
}
status_of() {
	sql "select status from offhook.messages where sid = '$1'"
}

M1=SM000000000000000000000000000000b1
M2=SM000000000000000000000000000000b2
M3=SM000000000000000000000000000000b3

# One event, as Twilio sends them today; then the same once more.
batch "$(element EZ1 "$M1" sent)"
is "$status" 204 "a batch of one: 204"
is "$(wc -c <"$T/body")" 0 "without a body"
is "$(sql "select kind, sid, status, account, \"from\", \"to\"
    from offhook.events")" \
    "stream.com.twilio.messaging.message.sent|$M1|sent|$A|+15550101002|+15550101001" \
    "it is an event of its type"
is "$(sql "select raw = convert_to('$(element EZ1 "$M1" sent)', 'UTF8')
    from offhook.events")" t "its bytes are kept"
is "$(status_of "$M1")" sent "it is folded into the message"
like "$(log_text | grep -a accepted | tail -n 1)" \
    "stream.com.twilio.messaging.message.sent.*$M1" "the log has its line"
batch "$(element EZ1 "$M1" sent)"
is "$status" 204 "a duplicate: 204"
is "$(sql "select count(*), sum(duplicates) from offhook.events")" '1|1' \
    "and no second event"

# Several, one of them known, two of them the same; the form's callback too.
batch "$(element EZ2 "$M1" delivered)" "$(element EZ1 "$M1" sent)" \
    "$(element EZ3 "$M2" failed)" "$(element EZ3 "$M2" failed)"
is "$status" 204 "a batch of four: 204"
is "$(count events)" 3 "two of them are new"
is "$(status_of "$M1") $(status_of "$M2")" 'delivered failed' "both folded"
sms_status "$M1" sent
is "$(status_of "$M1")" delivered "a callback that is older changes nothing"
is "$(sql "select count(distinct id) from offhook.events")" 4 \
    "each has its own id"

# Not ours to touch: kept, not folded, and the rest goes on.
request POST /twilio -p "MessageSid=$M3" -p "AccountSid=$B" \
    -p MessageStatus=queued -s "$TOKEN_B"
is "$(status_of "$M3")" queued "a message of another account"
batch "$(element EZ4 "$M3" delivered)" "$(element EZ5 "$M2" sent)"
is "$status" 204 "an event about it, and one more: 204"
is "$(status_of "$M3")" queued "it is not touched"
is "$(sql "select count(*) from offhook.events
    where kind like 'stream%' and sid = '$M3'")" 1 "the event is kept"
is "$(sql "select count(*) from offhook.events where sid = '$M2'")" 2 \
    "and so is the next one"
like "$(log_text | grep -a warning)" "another account.*$M3" "the log says so"

# A subaccount's event comes with its parent's signature.
batch "$(element EZ10 SM0000000000000000000000000000c0b1 sent |
    sed "s/$A/$B/g")"
is "$status $(count "events where sid like '%c0b1'") $(count \
    "messages where sid like '%c0b1'")" '204 1 0' \
    "an event of another account is kept, and claims no message"

# What nobody knows is stored by its type; what is no batch stays "other".
batch '{"specversion":"1.0","id":"EZ6","type":"com.twilio.new.thing","data":"x"}'
is "$status $(count "events where kind = 'stream.com.twilio.new.thing'")" \
    '204 1' "a type that nobody knows"
other() { # description
	other_n=$(count "events where kind = 'other'")
	post
	is "$status" 200 "$1: 200"
	is "$(count "events where kind = 'other'")" $((other_n + 1)) \
	    "$1: stored as other"
}
printf '[]' >"$T/in"
other "an empty array"
printf '{"a":1}' >"$T/in"
other "an object that is no event"
printf '[{"id":"EZ7","body":"a secret"},%s,7]' "$(element EZ9 "$M2" canceled)" >"$T/in"
odd=$(count "events where kind = 'other'")
post
post
is "$status" 204 "a batch in which two are no events: 204"
is "$(count "events where kind = 'other'") $(count \
    "events where status = 'canceled'")" "$((odd + 2)) 1" \
    "they are kept as other, once, and the event between them is stored"
is "$(log_text | grep -ac 'a secret')" 0 "the log does not tell what they say"
printf '[%s,' "$(element EZ8 "$M1" read)" >"$T/in"
other "JSON that is cut off"
printf '[%s]' "$(element EZ8 "$M1" read)" >"$T/in"
request POST /twilio -j -f "$T/in"
is "$status" 403 "a batch without a signature: 403"
signed POST "/twilio?bodySHA256=$(printf x | sha256sum | cut -d' ' -f1)" -j \
    -f "$T/in"
is "$status" 403 "a batch that was changed: 403"
is "$(count "events where status = 'read'")" 0 "neither is stored"

# Long ones.
events_of() { # id prefix, how many, bytes of filling: JSON on stdout
	perl -e 'my ($p, $n, $fill, $acc) = @ARGV; print "[";
	printf "%s{\"specversion\":\"1.0\",\"id\":\"%s%d\",\"type\":\"com." .
	    "twilio.messaging.message.delivered\",\"time\":\"2026-11-22T02:" .
	    "00:00Z\",\"data\":{\"messageSid\":\"SM%032x\",\"accountSid\":" .
	    "\"%s\",\"messageStatus\":\"DELIVERED\",\"body\":\"%s\"}}",
	    $_ ? "," : "", $p, $_, 0xc000 + $_, $acc, "\\u00e9" x $fill
	    for 0 .. $n - 1; print "]"' "$1" "$2" "$3" "$A"
}
events_of L 200 0 >"$T/in"
post
is "$status" 204 "200 events: 204"
below "$ms" 5000 "within Twilio's 5 s (it took $ms ms)"
is "$(count "messages where sid like 'SM%c0__' and status = 'delivered'")" \
    200 "200 messages are delivered"
responder OFFHOOK_MAX_BODY=300000
events_of F 20 2400 >"$T/in"
below "$(wc -c <"$T/in")" 300000 "a body near the limit"
post
is "$status" 204 "is taken: 204"
is "$(sql "select count(*), min(length(params->'data'->>'body'))
    from offhook.events where raw like '{\"specversion\":\"1.0\",\"id\":\"F%'")" \
    '20|2400' "whole"
events_of G 21 2400 >"$T/in"
post
is "$status" 413 "and one above it is not: 413"

# Broken off in the middle: the retry goes on from there.
sql "create function offhook.stop_here() returns trigger language plpgsql
    as 'begin raise exception ''stop''; end';
    create trigger stop_here before insert on offhook.event for each row
    when (new.sid = 'SM0000000000000000000000000000c003')
    execute function offhook.stop_here()" >/dev/null
sql "delete from offhook.event; delete from offhook.once" >/dev/null
events_of L 5 0 >"$T/in"
post
is "$status" 503 "the fourth of five fails: 503"
is "$(count events)" 3 "three are stored"
like "$(log_text | grep -a ' error ' | tail -n 1)" \
    'not stored.*c003.*element="?4 of 5' "the log says which failed"
sql "drop trigger stop_here on offhook.event" >/dev/null
post
is "$status" 204 "the retry: 204"
is "$(sql "select count(*), sum(duplicates) from offhook.events")" '5|3' \
    "stores the rest"

# No database, and no spool.
responder OFFHOOK_SPOOL= "DATABASE_URL=postgresql:///$DB?host=$T/none&user=offhook_responder"
events_of N 3 0 >"$T/in"
post
is "$status" 503 "no database: 503"
below "$ms" 3000 "below 3 s"

done_testing
