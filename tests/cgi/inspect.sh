#!/bin/sh
# offhook inspect: a temporary URL shows what arrives, and nothing else
# comes of it.
. "${0%/*}/../lib.sh"
database
responder

# Start one; sets INSPECTOR (its pid), U (its target) and N (its name).
inspect() { # options of offhook inspect
	: >"$T/shown"
	env -i PATH=/usr/bin:/bin OFFHOOK_CONFIG="$CONFIG" \
	    ${ASAN_OPTIONS:+"ASAN_OPTIONS=$ASAN_OPTIONS"} \
	    "$OFFHOOK" inspect "$@" >"$T/shown" 2>"$T/notes" </dev/null &
	INSPECTOR=$!
	at_exit "stop_pid $INSPECTOR 5"
	wait_for 10 grep -q 'inspect-' "$T/shown" ||
	    diag "$(cat "$T/shown" "$T/notes")"
	N=$(grep -o 'inspect-[0-9a-f]*' "$T/shown" | head -n 1)
	U=/twilio/$N
}
ended() { # waits for its end; sets rc
	wait "$INSPECTOR" 2>/dev/null
	rc=$?
}
shown() { # a pattern that comes to be shown
	wait_for 10 grep -Eq -e "$1" "$T/shown"
}
requests() { # how many requests are shown
	grep -cE '^[0-9]+  20|"type": "request"' "$T/shown"
}
nothing_kept() {
	is "$(count events)|$(count issues)|$(count messages)" '0|0|0' \
	    "$1: no row"
}
rejected() { # entries of the ring
	env -i PATH=/usr/bin:/bin OFFHOOK_CONFIG="$CONFIG" \
	    "$OFFHOOK" request list --rejected --output json |
	    grep -c '"rejected"'
}
flood() { # more than its file holds; many more where it costs little
	case $TRANSPORT in
	*cgi*)	;;
	*)	"$BUILD/live/load" -p "$HTTP_PORT" -m 600 -a "$A" \
		    -T "$TOKEN_A" -b "$BASE" -u "$U" >"$T/load" 2>&1 ||
		    diag "$(cat "$T/load")" ;;
	esac
	f=0
	while [ "$f" -lt 70 ]; do
		"$ROOT/tests/request" POST "$U" -f "$T/large" || return 1
		[ "$(cat "$T/status")" = 200 ] || return 1
		f=$((f + 1))
	done
}
size() {
	stat -c %s "$T/state/inspect"
}

# Off by default; a name that nobody made is like any other path.
ZERO=00000000000000000000000000000000
request POST "/twilio/inspect-$ZERO" -p Body=x
is "$status" 403 "without an inspector: 403"
is "$(rejected)" 1 "and it is among the rejected"

inspect --for 5m
like "$U" '^/twilio/inspect-[0-9a-f]{32}$' "a URL with 128 random bits"
like "$(cat "$T/shown")" "^ +$BASE$U\$" "is printed in full"
is "$(stat -c %a "$T/state/inspect")" 600 "nobody else reads its file"
empty=$(size)

# What a stranger sends, a form.
request POST "$U/deeper?q=1" -p Body='Hello
there' -p 'From=+15550101001' -p MessageSid=SM$ZERO -p SmsStatus=received \
    -H 'X-Odd-Header: seen' -H 'Authorization: Basic dHdpbGlvOnNlY3JldA==' \
    -H 'Cookie: session=sensitive' -H 'X-Api-Key: sensitive' \
    -H 'X-Forwarded-Authorization: sensitive'
is "$status" 200 "an unsigned form: 200"
like "$body" '<Response/>' "with an empty response"
like "$(header Content-Type)" '^text/xml' "as TwiML"
ok "it is shown" shown "POST $U/deeper\\?q=1"
ok "with its parameters" shown '^    From = \+15550101001$'
ok "with what SMS would be" shown '^  kind: message.inbound$'
ok "with the reason" shown 'would be refused: signature-missing'
ok "with any header" shown '^    X-Odd-Header: seen$'
ok "with a line end of a value escaped" shown '^    Body = Hello\\x0athere$'
ok "with where it comes from" shown '^  from: 127.0.0.1$'
unlike "$(cat "$T/shown" "$T/state/inspect" | tr -d '\0')" \
    'dHdpbGlvOnNlY3JldA|sensitive' \
    "neither Authorization nor cookies are shown or kept"

# Signed: for that URL it is valid.
new_sid SM
URI=$U sms "$sid" -p Body=signed
is "$status" 200 "signed: 200"
ok "and said to be valid" shown "accepted; the signature is valid, account $A"
request POST "$U" -p "MessageSid=$sid" -p "AccountSid=$A" \
    -s "$TOKEN_A" -b http://hooks.example.test
is "$status" 200 "signed for http: 200"
ok "and why it would be refused" shown 'refused: signature-mismatch'
ok "with what to mend" shown '^      mend: .*OFFHOOK_PUBLIC_URL'

# Anything else that HTTP carries.
request PUT "$U" -d '{"a": "b\n"}' -H 'Content-Type: application/json'
is "$status" 200 "PUT: 200"
ok "PUT is shown" shown "PUT $U"
ok "its body as it is" shown '^    \{"a": "b\\n"\}$'
ok "with the verdict" shown 'would be refused: method'
request DELETE "$U"
is "$status" 200 "DELETE: 200"
request HEAD "$U"
is "$status" 200 "HEAD: 200"
is "$(wc -c <"$T/body")" 0 "HEAD has no body"
ok "HEAD is shown" shown "HEAD $U"
request GET "$U?token=mine&Body=got"
ok "GET is shown, a token masked" shown "GET $U\\?token=\\*\\*\\*&Body=got"
request POST "$U" -d '<xml/>' -H 'Content-Type: application/xml'
is "$status" 200 "XML: 200"
ok "XML is shown" shown '^    <xml/>$'

# Nothing steers the terminal.
printf 'a\033[31mred\rb\tc\n\302\233K\377' >"$T/odd"
request POST "$U" -f "$T/odd" -H 'Content-Type: text/plain'
ok "control bytes are escaped" shown \
    '^    a\\x1b\[31mred\\x0db\\x09c\\x0a\\xc2\\x9bK\\xff$'
request POST "$U" -p "$(printf 'x\033[2J=\033]0;title\007')"
ok "in parameters, too" shown 'x\\x1b\[2J = \\x1b\]0;title\\x07'
is "$(tr -d '\n\040-\176\200-\377' <"$T/shown" | wc -c)" 0 \
    "no control byte is printed"

# Large.
printf 'Body=%.200000s' "$(printf '%200000s' '' | tr ' ' a)" >"$T/large"
request POST "$U" -f "$T/large"
is "$status" 200 "200 kB: 200"
ok "it is said that it was cut" shown \
    '200005 bytes, cut: the first 65536 were kept'
head -c 300000 /dev/zero >"$T/large"
request POST "$U" -f "$T/large" -H 'Content-Type: text/plain'
is "$status" 200 "more than is read: 200"
ok "and what would be said of it" shown 'would be refused: large-body'
set --
i=0
while [ "$i" -lt 70 ]; do
	set -- "$@" -H "X-Number-$i: $i"
	i=$((i + 1))
done
request GET "$U?headers" "$@"
is "$status" 200 "70 headers: 200"
ok "and those without room are counted" shown 'headers without room here: [0-9]'

# Its effects: none.
nothing_kept "all of these"
is "$(rejected)" 1 "none is among the rejected"
ours=$(log_text | grep ' offhook [a-z]* ')	# the server's has every URL
unlike "$ours" "$N" "the log does not tell the name"
like "$ours" 'inspected verdict=' "but that something was inspected"

# The wrong name, while there is one.
for w in "inspect-$ZERO" "${N%?}" "${N}0" "$(echo "$N" | tr a-f A-F)x" \
    "x$N" "${N#inspect-}"; do
	request POST "/twilio/$w" -p Body=x
	is "$status" 403 "$w: 403"
done

# A second one, and the end.
env -i PATH=/usr/bin:/bin OFFHOOK_CONFIG="$CONFIG" \
    "$OFFHOOK" inspect --for 5s >"$T/second" 2>&1 </dev/null
is $? 1 "a second inspector is refused"
like "$(cat "$T/second")" "there already, until .*kill $INSPECTOR" \
    "with who has it"
seen=$(requests)
kill -s INT "$INSPECTOR"
ended
is "$rc" 0 "Ctrl-C ends it"
like "$(cat "$T/notes")" "$seen requests shown" "with how many were shown"
nok "its file is gone" test -e "$T/state/inspect"
request POST "$U" -p Body=x
is "$status" 403 "its URL: 403 again"

# Its time passes.
inspect --for 1s
request POST "$U" -p Body=x
is "$status" 200 "for a second: 200"
ended
is "$rc" 0 "it ends by itself"
is "$(requests)" 1 "the request was shown"
request POST "$U" -p Body=x
is "$status" 403 "after it: 403"

# Killed: nothing is left alive after its time.
inspect --for 3s
kill -s KILL "$INSPECTOR"
ended
request POST "$U" -p Body=x
is "$status" 200 "kill -9: it is answered until its time"
refused() {
	request POST "$U" -p Body=x
	[ "$status" = 403 ]
}
ok "and then no more" wait_for 10 refused
nok "its file is gone" test -e "$T/state/inspect"
inspect --for 60s
kill -s KILL "$INSPECTOR"
ended
inspect --for 60s --count 1
request POST "$U" -p Body=x
ended
is "$rc$(requests)" 01 "one that was killed is replaced by the next"
like "$(cat "$T/notes")" ': 1 request shown\.' "and says what one is"

# JSON, a reply of one's own, and many at once.
R='<Response><Say>Inspected</Say></Response>'
inspect --for 60s --count 42 --output json --reply "$R"
n=0
many=
while [ "$n" -lt 40 ]; do
	mkdir -p "$T/r$n"
	env T="$T/r$n" "$ROOT/tests/request" POST "$U" -p "Body=$n" &
	many="$many $!"
	n=$((n + 1))
done
# shellcheck disable=SC2086 # process ids
wait $many
for f in "$T"/r[0-9]*/body; do
	cat "$f"
	echo
done | sort | uniq -c | sed 's/^ *//' >"$T/replies"
is "$(cat "$T/replies")" "40 $R" "40 at once have the reply that was asked"
printf 'a\0b\377' >"$T/odd"
request POST "$U" -f "$T/odd" -H 'Content-Type: application/octet-stream'
request POST "$U" -j -d '{"s": "\u001b \" \\"}' -s "$TOKEN_A"
ended
is "$rc" 0 "--count ends it"
is "$(requests)" 42 "all are shown"
is "$(perl -MJSON::PP -ne 'my $o = decode_json($_);
    next if $o->{type} ne "request" || !$o->{params};
    $seen{$_->{value}}++ for grep { $_->{name} eq "Body" } @{$o->{params}};
    END { print scalar keys %seen }' "$T/shown")" 40 \
    "every line is JSON, with each of the 40"
is "$(perl -MJSON::PP -MMIME::Base64 -ne 'my $o = decode_json($_);
    print unpack "H*", decode_base64($o->{body_base64})
	if $o->{body_base64}' "$T/shown")" 610062ff "bytes are in base64"
is "$(perl -MJSON::PP -ne 'my $o = decode_json($_);
    print "$o->{verdict} $o->{account} $o->{kind} ",
	decode_json($o->{body})->{s} eq "\e \" \\" ? "same" : "other"
	if ($o->{verdict} // "") eq "accepted"' "$T/shown")" \
    "accepted $A other same" "signed JSON is told to be valid"
nothing_kept "these"

# A flood: its file stays as large as it was.
inspect --for 5m
ok "a flood" flood
is "$(size)" "$empty" "after it the file is as large as before"
below "$(du -k "$T/state/inspect" | cut -f 1)" 5400 "in kB on the disk"
kill -s TERM "$INSPECTOR"
ended
is "$rc" 0 "SIGTERM ends it"
like "$(cat "$T/notes")" 'requests shown' "with how many were shown"
nothing_kept "the flood"

# Basic auth and the URL's token are not asked of it, but told.
responder OFFHOOK_BASIC_AUTH=twilio:s3cret OFFHOOK_URL_TOKEN=url-token-x
inspect --for 60s --count 2
signed POST "$U" -p "AccountSid=$A" -p Body=x
is "$status" 200 "without user and token: 200"
ok "the signature is valid" shown "url-token; the signature is valid"
signed POST "$U?token=url-token-x" -p "AccountSid=$A" -p Body=x
ok "with the token: accepted" shown 'would be accepted; the signature'
ended
unlike "$(cat "$T/shown")" 'url-token-x|s3cret' "no secret is shown"

done_testing
