#!/bin/sh
# Receivers with every fault: what comes of a delivery, in time, and what is
# kept of the answer.
. "${0%/*}/../lib.sh"
. "${0%/*}/lib.sh"

BODY='From=%2B15550101001'
receiver faults faults.js
PLAIN=$ADDRESS
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$T/key.pem" \
    -out "$T/cert.pem" -days 2 -subj /CN=localhost \
    -addext 'subjectAltName = IP:127.0.0.1' >/dev/null 2>&1 ||
	die "no certificate"
receiver tls faults.js "$T/key.pem" "$T/cert.pem"
TLS=$ADDRESS

to() { # URL, more of the spec
	printf '{"url": "%s", "schedule_ms": [1000, 2000], "age_ms": 60000,
	    "attempts": 3, "connect_ms": 400, "first_byte_ms": 500,
	    "timeout_ms": 1500%s}' "$1" "${2:+, $2}"
}
outcome() { # path, wanted, description, more options
	oc_path=$1 oc_wanted=$2 oc_name=$3
	shift 3
	deliver "$(to "http://$PLAIN$oc_path" "${MORE:-}")" "$@"
	is "$said" "$oc_wanted" "$oc_name"
}

outcome /ok 'delivered - 0 200 -' "a good one"
like "$head" '^HTTP/1.1 200 OK' "its header is kept"
like "$head" '^thanks' "and its body"
outcome /status/204 'delivered - 0 204 -' "without a body"
outcome /status/500 'retry - 1000 500 HTTP_STATUS' "500"
outcome /status/500 'retry - 2000 500 HTTP_STATUS' "again" -n 1
outcome /status/500 'dead attempts 0 500 HTTP_STATUS' "and again" -n 2
outcome /status/410 'dead status 410 0 410 HTTP_STATUS' "410 is not retried"
outcome /status/404 'dead status 404 0 404 HTTP_STATUS' "nor is 404"
MORE='"retry_on": "!410"'
outcome /status/404 'retry - 1000 404 HTTP_STATUS' "unless it is told"
outcome /status/410 'dead status 410 0 410 HTTP_STATUS' "not then, either"
MORE=
outcome /redirect 'dead status 307 0 307 REDIRECT' "a redirect"
is "$(grep -c /ok "$T/faults.log")" 1 "is not followed"
outcome /later 'retry - 7000 429 HTTP_STATUS' "429 with Retry-After"
deliver "$(to "http://$PLAIN/at")" -a 30000
like "$said" '^retry - (29[0-9]{3}|30000) 503 HTTP_STATUS$' \
    "Retry-After never beyond the age"
outcome /status/500 'expired age 0 500 HTTP_STATUS' "too old" -a 60001
outcome /status/500 'retry - 1000 500 HTTP_STATUS' \
    "not when a person retried it" -a 60001 -r retry

outcome /never 'retry - 1000 -1 TIMEOUT_FIRST_BYTE' "no answer"
outcome /drip 'retry - 1000 -1 TIMEOUT_TOTAL' "an answer without an end"
outcome /reset 'retry - 1000 -1 CONNECTION_RESET' "a reset"
outcome /close 'retry - 1000 -1 CONNECTION_RESET' "a close"
outcome /cut 'retry - 1000 -1 CONNECTION_RESET' "a part of an answer"
outcome /huge 'delivered - 0 200 -' "an answer without an end, at full speed"
like "$(wc -c <"$T/said")" '^20[0-9][0-9]$' "of which 2 kB are kept"
outcome /headers 'delivered - 0 200 -' "long headers"
like "$head" 'bbbbbb' "do not push the body out"
outcome /bytes 'dead status 400 0 400 HTTP_STATUS' "bytes that are no text"
like "$head" '^a��b$' "are replaced"

deliver "$(to http://127.0.0.1:1/)"
is "$said" 'retry - 1000 -1 CONNECTION_REFUSED' "nobody listens"
deliver "$(to "https://$PLAIN/")"
is "$said" 'retry - 1000 -1 TLS_FAILED' "no TLS there"
# To read the certificates that are trusted takes its time.
deliver "$(to "https://$TLS/ok" | sed 's/"connect_ms": 400, //')"
is "$said" 'retry - 1000 -1 TLS_FAILED' "a certificate that nobody signed"
is "$(cat "$T/tls.log")" '' "is sent nothing"
deliver "$(to http://no-such-name.invalid/)"
is "$said" 'retry - 1000 -1 DNS_FAILED' "no such name"
deliver "$(to "http://127.0.0.2:${PLAIN#*:}/ok")"
is "$said" 'retry - 1000 -1 PRIVATE_ADDRESS' "an address that is not allowed"
deliver "$(to "http://localhost:${PLAIN#*:}/ok")"
is "$said" 'delivered - 0 200 -' "a name with one that is allowed"
# It is connected, but never finishes its TLS.
perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 5,
    LocalAddr => "127.0.0.1:0") or die; open($f, ">", "$ARGV[0].new");
    print $f $s->sockport; close $f; rename("$ARGV[0].new", $ARGV[0]);
    push @c, $s->accept while 1' "$T/mute" &
mute=$!
at_exit "stop_pid $mute 5"
ok "a server that says nothing" wait_for 10 test -s "$T/mute"
deliver "$(to "https://127.0.0.1:$(cat "$T/mute")/")"
is "$said" 'retry - 1000 -1 TIMEOUT_CONNECT' "TLS counts as connecting"

### Programs

mkdir -m 755 "$T/exec"
EXEC_FOLDER=$T/exec
cat >"$T/exec/run" <<'END'
#!/bin/sh
cat
env | grep OFFHOOK_ | sort
exit "$1"
END
chmod 755 "$T/exec/run"
program() { # arguments as JSON
	printf '{"exec": ["%s/run", "%s"], "schedule_ms": [1000],
	    "timeout_ms": 500}' "$T/exec" "$1"
}
deliver "$(program 0)"
is "$said" 'delivered - 0 0 -' "a program"
like "$head" '"type":"message.status"' "gets the envelope"
like "$head" 'OFFHOOK_DELIVERY=dlv_01938338-0000-0000-0000-000000000000_42' \
    "and its delivery's id"
unlike "$head" "$TOKEN_A|OFFHOOK_EXEC" "but no setting of ours"
deliver "$(program 1)"
is "$said" 'retry - 1000 1 EXEC_EXIT' "one that fails"
deliver "$(program 100)"
is "$said" 'dead exit 100 0 100 EXEC_EXIT' "one that never wants it again"
printf '#!/bin/sh\nsleep 20\n' >"$T/exec/run"
deliver "$(program 0)"
is "$said" 'retry - 1000 -1 TIMEOUT_TOTAL' "one that is too slow"
printf '#!/none/such\n' >"$T/exec/run"
deliver "$(program 0)"
is "$said" 'retry - 1000 -1 EXEC_FAILED' "one that cannot be started"
chmod 775 "$T/exec/run"
deliver "$(program 0)"
is "$said" 'retry - 1000 -1 EXEC_REFUSED' "one that others may write"
EXEC_FOLDER=/usr/lib
deliver "$(program 0)"
is "$said" 'retry - 1000 -1 EXEC_REFUSED' "one outside of OFFHOOK_EXEC"

done_testing
