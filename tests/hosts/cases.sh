#!/bin/sh
# What a web server may do to a request before it is ours, case by case, over
# the transport named by TRANSPORT.  Where a server's answer is not the one
# wanted of all, the difference is named here with its reason, and nowhere else:
# tests/hosts/table makes the table in docs/hosts.md of it.
#
#     cases.sh [FOLDER/TRANSPORT]
#
# With an argument, which names the transport too, the outcome is written to that
# file: name, answer and the reason of a difference of each case, separated by
# tabs.
[ -z "${1:-}" ] || TRANSPORT=${1##*/}
. "${0%/*}/../lib.sh"
database
out=${1:-$T/table}
: >"$out"
nothing='no answer'

# differs 'TRANSPORT...' STATUS REASON: these answer otherwise in the next case.
differs() {
	case " $1 " in
	*" $TRANSPORT "*) diff_status=$2 diff_why=$3 ;;
	esac
}

# answers NAME STATUS: the last request got it, or the difference named.
answers() {
	got=$status
	[ "$got" != none ] || got=$nothing
	want=${diff_status:-$2}
	is "$got" "$want" "$1: ${diff_why:-$want}"
	printf '%s\t%s\t%s\n' "$1" "$got" "${diff_why:-}" >>"$out"
	diff_status='' diff_why=''
}
diff_status='' diff_why=''

post() { # target, options: a signed message with a fresh SID
	new_sid SM
	post_target=$1
	shift
	signed POST "$post_target" -p "MessageSid=$sid" -p "AccountSid=$A" \
	    -p Body=x "$@"
}

# The URL as it was sent is what is stored, if anything is.
kept() {
	case $status in
	2*)	is "$(sql "select url = left('$BASE' || \$t\$$post_target\$t\$, 2048)
		    from offhook.events where sid = '$sid'")" t \
		    "it is stored as it was sent" ;;
	*)	is "$(count "events where sid = '$sid'")" 0 "nothing is stored" ;;
	esac
}

by_apache='apache cgid proxy nginx-front'
by_nginx='nginx nginx-front'
by_lighttpd='lighttpd lighttpd-cgi'
by_hand='cgi fcgi'
responder

### The heart of it

post /twilio
answers 'signed POST' 200
like "$(header Content-Type)" '^text/xml; *charset=utf-8$' \
    "its Content-Type is that of TwiML"
first=$body
sms_sid=$sid
signed POST /twilio -p "MessageSid=$sms_sid" -p "AccountSid=$A" -p Body=x
answers 'the same again' 200
is "$body" "$first" "the same again gets the same reply"
new_sid SM
sms_status "$sid" sent
answers 'status callback' 204
new_sid SM
signed GET /twilio -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=x
answers 'signed GET' 200
request POST /twilio -p "MessageSid=$sid"
answers 'without a signature' 403
post /twilio -u /other
answers 'another URL was signed' 403
signed HEAD /twilio -p "MessageSid=$sid"
answers 'HEAD' 200
is "$(wc -c <"$T/body")" 0 "HEAD has no body"
signed PUT /twilio -d x=1
answers 'PUT' 405

### Odd targets

target() { # name, target [, status]
	post "$2"
	answers "$1" "${3:-200}"
	kept
}
target 'a slash at the end' /twilio/
target '// in the path' /twilio//a
target '%2F in the path' /twilio/a%2Fb
target '. in the path' /twilio/./a
target '.. in the path' /twilio/a/../b
target '%2e%2e in the path' /twilio/a/%2e%2e/b
target '%7e in the path' /twilio/%7euser
target '+ and ; in the path' '/twilio/a+b;c'
target 'raw UTF-8 in the path' "$(printf '/twilio/caf\303\251')"
target 'UTF-8 escaped in the path' /twilio/caf%C3%A9
differs "$by_apache $by_nginx" 400 'the server refuses a path that it cannot decode'
target 'an invalid escape in the path' /twilio/%zz
differs 'apache cgid proxy' 404 'the server knows no file with a NUL in its name'
differs "$by_nginx $by_lighttpd" 400 'the server refuses a NUL in the path'
target '%00 in the path' /twilio/a%00b
target 'a bare ?' '/twilio?'
target 'two ?' '/twilio?a?b'
target 'an invalid escape in the query' '/twilio?a=%zz'
target '%7e and %2F in the query' '/twilio?a=%7e%2F'
target '+ and %20 in the query' '/twilio?a=+%20'
target 'a quote in the query' "/twilio?a='"
target 'raw UTF-8 in the query' "$(printf '/twilio?caf\303\251=1')"
target 'repeated names' '/twilio?z=1&a=2&z=3'
target 'a target of 7,000 bytes' "/twilio?$(printf '%6990s' '' | tr ' ' x)"
differs "$by_apache" 400 'Apache refuses a fragment, which Twilio never sends'
target 'a fragment in the target' '/twilio#rc=2'
post_target=/twilio
signed POST 'http://hooks.example.test/twilio' -p MessageSid=x -b '' \
    -u 'https://hooks.example.test/twilio'
differs "$by_nginx $by_lighttpd" 200 'the server hands on the path alone, and that is what was signed'
answers 'absolute form' 400
post '/twilio/../../etc/passwd'
differs "$by_lighttpd" 404 'the server resolves .. and finds no such path'
differs "$by_hand" 200 'there is no server to refuse it'
answers '.. above the root' 400
post /twiliox
differs "$by_hand" 200 'there is no server: every path is ours'
answers 'another path, /twiliox' 404

### Headers, doubled and spoofed

post /twilio -H 'X-Twilio-Signature: bm90aGluZw=='
answers 'two signatures, the wrong one first' 403
post /twilio -H 'X_Twilio_Signature: bm90aGluZw=='
differs "$by_lighttpd $by_hand" 403 'the server passes both as one variable; others drop names with _'
answers 'X_Twilio_Signature beside the true one' 200
request POST /twilio -p "MessageSid=$sid" -H 'X_Twilio_Signature: bm90aGluZw=='
answers 'X_Twilio_Signature alone' 403
post /twilio -H 'I-Twilio-Idempotency-Token: a' \
    -H 'I-Twilio-Idempotency-Token: b'
answers 'two idempotency tokens' 400
post /twilio -H 'Content-Type: application/x-www-form-urlencoded' \
    -H 'Content-Type: text/plain'
differs nginx 200 'nginx takes the first'
differs "$by_lighttpd" 400 'lighttpd refuses it'
answers 'two Content-Types' 415
post /twilio -H 'Host: hooks.example.test' -H 'Host: evil.example.test'
differs "$by_hand" 200 'there is no server to refuse it'
answers 'two Hosts' 400
post /twilio -H 'Proxy: http://192.0.2.1/' -H 'HTTPS: off' \
    -H 'X-Forwarded-Host: evil.example.test' -H 'X-Forwarded-Proto: gopher' \
    -H 'X-Original-URL: /other' -H 'X-Rewrite-URL: /other' \
    -H 'Request-URI: /other' -H 'Content_Length: 3'
answers 'headers that spoof variables' 200
post /twilio -H "X-Long: $(printf '%7000s' '' | tr ' ' x)"
answers 'a header of 7,000 bytes' 200
post /twilio -X
differs nginx-front 400 'nginx asks the server behind with HTTP/1.1, which needs a Host'
answers 'HTTP/1.0 without Host' 200

### Bodies

post /twilio -C
answers 'chunked' 200
is "$(count "events where sid = '$sid'")" 1 "chunked: it is stored"
post /twilio -e
answers 'Expect: 100-continue' 200
post /twilio -n 5000
differs apache 500 'mod_fcgid gives up before it calls us'
differs "$by_nginx $by_lighttpd" "$nothing" 'the server waits for the rest, and does not call us'
answers 'a body shorter than Content-Length' 400
is "$(count "events where sid = '$sid'")" 0 "short: nothing is stored"
post /twilio -n 20
answers 'a body longer than Content-Length' 403
is "$(count "events where sid = '$sid'")" 0 "long: nothing is stored"
post /twilio -C -n 20
differs 'apache cgid proxy cgi' 200 'the length is ignored, the chunks are read'
differs fcgi 403 'there is no server: the body is cut at the length'
answers 'chunked, and a Content-Length' 400
for n in -1 12x; do
	post /twilio -n "$n"
	answers "Content-Length $n" 400
done
post /twilio -H 'Content-Length: 20'
differs "$by_hand" 200 'there is no server to refuse it'
answers 'two Content-Lengths' 400
signed POST '/twilio?none' -n none
differs "$by_lighttpd" 411 'lighttpd wants a Content-Length; Twilio sends it'
answers 'POST with neither' 200
new_sid SM
printf 'MessageSid=%s&Body=%s' "$sid" \
    "$(printf '%200000s' '' | tr ' ' a)" >"$T/large"
signed POST /twilio -f "$T/large"
answers '200 kB' 200
is "$(sql "select length(params->>'Body') from offhook.events
    where sid = '$sid'")" 200000 "200 kB are stored"
request POST /twilio -f "$T/large"
answers '200 kB, unsigned' 403
printf 'Body=%s' "$(printf '%300000s' '' | tr ' ' a)" >"$T/large"
signed POST /twilio -f "$T/large"
answers '300 kB' 413

### Many

before=$(count events)
i=0
pids=
while [ "$i" -lt 100 ]; do
	i=$((i + 1))
	mkdir -p "$T/n/$i"
	T=$T/n/$i "$ROOT/tests/request" POST /twilio -s "$TOKEN_A" \
	    -p "MessageSid=$(printf 'SM%032x' "$i")" -p "AccountSid=$A" &
	pids="$pids $!"
done
# shellcheck disable=SC2086
wait $pids
status=$(for i in "$T"/n/*; do
	cat "$i/status"
	echo
done | sort | uniq -c | awk '{ printf "%s%s", (NR > 1 ? ", " : ""),
    ($1 == 100 ? "" : $1 " of ") $2 }')
answers '100 at once' 200
is "$(($(count events) - before))" 100 "100 at once: all stored"

### Basic auth in the URL

responder OFFHOOK_BASIC_AUTH=twilio:s3cret
post /twilio
answers 'Basic auth: first without' 401
post /twilio -H "Authorization: Basic $(printf twilio:s3cret | base64)"
answers 'Basic auth: then with' 200

done_testing
