#!/bin/sh
# Settings: every error at once, with its line and what to do; secrets are
# asked to be private; request parameters set nothing but OFFHOOK_CONFIG.
. "${0%/*}/../lib.sh"
database
conf

# Start the responder by hand, as a web server does; its log is $T/log.
start() {
	: >"$T/log"
	env -i PATH=/usr/bin:/bin OFFHOOK_CONFIG="$CONFIG" \
	    GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=POST REQUEST_URI=/twilio \
	    "$@" "$PROGRAM" >"$T/out" 2>"$T/log" </dev/null
	rc=$?
	out=$(cat "$T/out")
	log=$(cat "$T/log")
}

start
unlike "$log" 'offhook\.conf:' "good settings: nothing is said of them"
like "$out" 'Status: (200|403)' "good settings: a request is answered"

cat >"$CONFIG" <<END
# a comment, and an empty line

TWILIO_ACCOUNT_SID=nonsense
TWILIO_AUTH_TOKN=x
TWILIO_AUTH_TOKEN=
OFFHOOK_PUBLIC_URL=hooks.example.test
OFFHOOK_MAX_BODY=lots
OFFHOOK_TRUSTED_PROXIES=300.1.2.3
OFFHOOK_BASIC_AUTH=nocolon
OFFHOOK_LOG=xml
this is no setting
END
chmod 600 "$CONFIG"
start
unlike "$out" 'Status: 2' "bad settings: no request is taken"
unlike "$out" 'TWILIO|OFFHOOK|conf' "a stranger learns nothing of them"
for l in 3 4 6 7 8 9 10 11; do
	like "$log" "offhook\.conf:$l\b" "the error of line $l is told"
done
like "$log" 'TWILIO_AUTH_TOKN.*TWILIO_AUTH_TOKEN' \
    "an unknown name gets a suggestion"
like "$log" 'OFFHOOK_LOG.*text.*json|json.*text' \
    "a choice names what may be chosen"

conf
chmod 644 "$CONFIG"
start
unlike "$out" 'Status: 2' "a file that all can read is refused"
like "$log" 'chmod 600' "with the chmod to run"
chmod 600 "$CONFIG"
start
unlike "$log" 'chmod' "after it, nothing is said"

CONFIG_OLD=$CONFIG
CONFIG=$T/is-not-there.conf
start
unlike "$out" 'Status: 2' "a file that is not there: nothing is taken"
like "$log" 'is-not-there\.conf' "and it is named"
CONFIG=$CONFIG_OLD

# The environment beats the file.
conf TWILIO_AUTH_TOKEN=from-the-file
start TWILIO_AUTH_TOKEN=from-the-environment
unlike "$log" 'TWILIO_AUTH_TOKEN' "both in file and environment: no error"
body='MessageSid=SM00000000000000000000000000000009&Body=x'
sig=$("$ROOT/tests/signature-of" from-the-environment "$BASE/twilio" \
    MessageSid=SM00000000000000000000000000000009 Body=x)
printf '%s' "$body" >"$T/in"
env -i PATH=/usr/bin:/bin OFFHOOK_CONFIG="$CONFIG" \
    TWILIO_AUTH_TOKEN=from-the-environment REQUEST_METHOD=POST \
    REQUEST_URI=/twilio CONTENT_LENGTH=${#body} \
    CONTENT_TYPE=application/x-www-form-urlencoded \
    HTTP_X_TWILIO_SIGNATURE="$sig" "$PROGRAM" <"$T/in" >"$T/out" 2>>"$T/log"
like "$(cat "$T/out")" 'text/xml' "the environment's token is the one"

# Of request parameters nothing but OFFHOOK_CONFIG is taken.
responder
new_sid SM
case $TRANSPORT in
fcgi)
	request POST /twilio -p "MessageSid=$sid" -s injected \
	    -E TWILIO_AUTH_TOKEN=injected
	is "$status" 403 "a token in a request's parameters does not count"
	sms "$sid" -E OFFHOOK_MAX_BODY=1
	is "$status" 200 "nor does a limit"
	;;
*)
	request POST /twilio -p "MessageSid=$sid" -s injected \
	    -H 'TWILIO-AUTH-TOKEN: injected'
	is "$status" 403 "a token in a header does not count"
	sms "$sid" -H 'OFFHOOK-MAX-BODY: 1'
	is "$status" 200 "nor does a limit"
	;;
esac

# Quotes, blanks and CRLF as in any .env file.
conf
{
	grep -v '^TWILIO_AUTH_TOKEN=' "$CONFIG"
	printf '  TWILIO_AUTH_TOKEN = "%s"  \r\n' "$TOKEN_A"
} >"$T/quoted"
mv "$T/quoted" "$CONFIG"
chmod 600 "$CONFIG"
responder_start
new_sid SM
sms "$sid"
is "$status" 200 "quotes, blanks and CRLF in the file"

# Those that stay were told how many they are, and have no libcurl with them.
for p in $(responder_pids); do
	tr '\0' '\n' <"/proc/$p/environ" |
	    grep -qE '^OFFHOOK_PROCESSES=[1-9]' || echo "$p was not told"
	grep -q libcurl "/proc/$p/maps" && echo "$p has libcurl"
done >"$T/processes"
[ "$TRANSPORT" = fcgi ] && sed -i '/was not told/d' "$T/processes"
is "$(cat "$T/processes")" '' "processes are told their number, without libcurl"

done_testing
