#!/bin/sh
# The Debugger's alerts: opened, counted by error, and never a loop.
. "${0%/*}/../lib.sh"
database
responder

alert_n=0
alert() { # error code, URL that failed, options: a new alert each time
	alert_code=$1 alert_url=$2
	alert_n=$((alert_n + 1))
	shift 2
	signed POST /twilio -p "AccountSid=$A" -p ParentAccountSid= \
	    -p "Sid=$(printf 'NO%032x' "$alert_n")" \
	    -p Timestamp=2026-11-22T02:00:00Z -p Level=ERROR \
	    -p PayloadType=application/json -p "Payload={\"resource_sid\":\"$(
	    printf 'SM%032x' 161)\",\"service_sid\":null,\"error_code\":\"$(
	    )$alert_code\",\"more_info\":{\"Msg\":\"HTTP retrieval failure\",$(
	    )\"httpResponse\":\"503\",\"LogLevel\":\"ERROR\"},\"webhook\":{$(
	    )\"type\":\"application/json\",\"request\":{\"url\":\"$alert_url\"$(
	    ),\"method\":\"POST\"},\"response\":{\"status_code\":503}}}" "$@"
}

alert 11200 https://elsewhere.example.test/x
is "$status" 204 "an alert: 204"
is "$(sql "select kind, sid, status, error_code, http from offhook.events")" \
    'debugger.alert|NO00000000000000000000000000000001|error|11200|204' \
    "its event has its error code"
alert 11200 https://elsewhere.example.test/x
alert 12100 https://elsewhere.example.test/x
is "$(sql "select type, subject, count from offhook.issues
    order by subject")" 'twilio.alert|11200|2
twilio.alert|12100|1' "alerts are counted by error code"
alert_n=$((alert_n - 1))
alert 12100 https://elsewhere.example.test/x
is "$status" 204 "a duplicate: 204"
is "$(sql "select count from offhook.issues where subject = '12100'")" 1 \
    "is not counted again"
is "$(sql "select kind, account, parent from offhook.resource
    where sid = 'NO00000000000000000000000000000001'")" \
    "alert|$A|SM000000000000000000000000000000a1" \
    "an alert is a resource, of what it is about"
signed POST /twilio -p "AccountSid=$A" \
    -p Sid=NO000000000000000000000000000000f1 -p Level=WARNING \
    -p PayloadType=application/json -p 'Payload=no JSON'
is "$status" 204 "a Payload that is no JSON: 204"

# The database is away, and there is no spool.
stored=$(count events)
responder "DATABASE_URL=postgresql:///$DB?host=$T/none&user=offhook_responder" \
    OFFHOOK_SPOOL= "OFFHOOK_PUBLIC_URL=$BASE https://two.example.test:8443/hooks"
last_error() {
	log_text | grep -a ' error ' | tail -n 1
}
alert 11200 "$BASE/twilio"
is "$status" 204 "about the URL that it came to: 204"
like "$(last_error)" 'not stored.*debugger.alert.*error_code=11200.*own URL' \
    "the log has it, and why"
for url in "$BASE/twilio?a=b#rc=3" "$BASE:443/twilio/" \
    https://user:secret@hooks.example.test/twilio \
    HTTPS://Hooks.Example.Test/twilio/sms \
    https://two.example.test:8443/twilio \
    https://two.example.test:8443/hooks/twilio; do
	alert 11200 "$url"
	is "$status" 204 "about $url: 204"
done
alert 11200 '' -p Extra=1
is "$status" 503 "about no URL: 503"
for url in https://elsewhere.example.test/twilio "$BASE/twilios" \
    "$BASE/console" http://hooks.example.test/twilio \
    https://two.example.test/twilio https://two.example.test:8443/other \
    "$BASE.evil.example.test/twilio" twilio; do
	alert 11200 "$url"
	is "$status" 503 "about $url: 503"
done
unlike "$(log_text)" secret "no password is in the log"
signed POST /twilio -p "AccountSid=$A" \
    -p Sid=NO000000000000000000000000000000f2 -p Level=ERROR \
    -p PayloadType=application/json -p "Payload={\"error_code\":\"11205\"$(
    ),\"more_info\":{\"url\":\"https:\\/\\/hooks.example.test\\/twilio\"}}"
is "$status" 204 "in more_info, escaped: 204"
request POST /twilio -p "AccountSid=$A" -p Level=ERROR \
    -p Sid=NO000000000000000000000000000000f3 -p PayloadType=application/json
is "$status" 403 "a forged one: 403"
responder
is "$(count events)" "$stored" "nothing of it was stored"
alert 11200 "$BASE/twilio"
is "$status $(count events)" "204 $((stored + 1))" \
    "with a database it is stored like any other"

done_testing
