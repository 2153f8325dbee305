#!/bin/sh
# The command line against a responder under Apache and its database: every
# example of the help, what each command shows, and that its JSON is valid.
set -u
TRANSPORT=apache
. "${0%/*}/../lib.sh"

database
# The harness's own names would be unknown settings.
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
start() { # settings; sets HERE, where Apache listens now
	responder "$@"
	HERE=http://127.0.0.1:$HTTP_PORT
}
start
run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}
json() { # standard input is valid JSON?
	perl -MJSON::PP -0777 -ne 'decode_json($_)' >/dev/null 2>&1
}
runs_json() { # description, arguments: valid JSON on standard output
	rj=$1
	shift
	"$OFFHOOK" "$@" --output json >"$T/json" 2>"$T/json.err" </dev/null
	rc=$?
	if json <"$T/json"; then
		pass "$rj: valid JSON"
	else
		fail "$rj: valid JSON" "$(head -c 500 "$T/json" "$T/json.err")"
	fi
}
value() { # key of the JSON object in $T/json; prints its value
	perl -MJSON::PP -0777 -ne 'BEGIN { $k = shift @ARGV }
	    my $v = decode_json($_)->{$k};
	    print ref $v ? encode_json($v) : $v // "null"' "$1" <"$T/json"
}

# Signed for the public URL, sent to Apache, as through a proxy.
M=SM00000000000000000000000000000001
run send sms "$BASE/twilio" --connect "$HERE" --sid "$M" --body 'Hi é & <b>'
is "$rc" 0 "send sms succeeds"
like "$out" '^status +200' "send sms: status"
like "$out" 'Response/>' "send sms: reply"
is "$(count "messages where sid = '$M'")" 1 "it is stored"
is "$(sql "select params->>'Body' from offhook.events where sid = '$M'")" \
    'Hi é & <b>' "its text is stored as it was written"
run send sms "$BASE/twilio" --connect "$HERE" --auth-token wrong
is "$rc" 1 "a forged one fails"
like "$out" '^status +403' "with 403"
run send sms "$BASE/twilio" --connect "$HERE" --unsigned
like "$out" '^status +403' "as does one without a signature"
run send sms "$BASE/twilio?x=%27a%20b&y=c+d" --connect "$HERE" --get
is "$rc" 0 "send --get with an odd query"
run send status "$BASE/twilio" --connect "$HERE" --sid "$M" \
    --param MessageStatus=delivered --param X=1 --param X=2 --param ApiVersion
is "$rc" 0 "send --param"
is "$(sql "select params->>'X', params ? 'ApiVersion' from offhook.events
    where sid = '$M' and kind = 'message.status'")" '["1", "2"]|f' \
    "repeated ones are added, a bare name drops one"
runs_json "send" send gather "$BASE/twilio" --connect "$HERE" --digits 12
is "$(value status)" 200 "send gather: status in JSON"
run send call "$BASE/twilio" --connect "$HERE" --repeat 40 --parallel 4
is "$rc" 0 "send --repeat succeeds"
like "$out" '^answered_2xx +40$' "all are answered"
like "$out" '^identical_replies +true$' "with the same reply"
is "$(count "events where kind = 'call.inbound'")" 1 "and one is stored"
run send status "$BASE/twilio" --connect "$HERE" --account "$B" --seq 3 \
    --status busy
is "$rc" 0 "send --account signs with its token"
is "$(count "calls where account = '$B' and status = 'busy'")" 1 \
    "a call's status is told by --seq or the word"

# Routes.
printf '<?xml version="1.0"?>\n<Response><Say>Hé</Say></Response>\n' \
    >"$T/reply.xml"
run route set call.inbound '*' "@$T/reply.xml"
is "$rc" 0 "route set from a file"
run send call "$BASE/twilio" --connect "$HERE"
like "$out" '<Say>Hé</Say>' "the next request gets it"
sed 's/Say>/Message>/g' "$T/reply.xml" |
    "$OFFHOOK" route set message.inbound +15550101002 - >/dev/null 2>&1
run route list
like "$out" 'kind=message.inbound to=\+15550101002 +twiml <\?xml' "route list"
run route set conversation.onMessageAdd '*' reject:422 --in-trouble reject
is "$rc" 0 "route set: reject"
run route set conversation.onMessageUpdate '*' '{"body": "x"}'
is "$rc" 0 "route set: change"
run route set conversation.onMessageRemove IS1 publish --in-trouble publish
is "$rc" 0 "route set: publish"
is "$(sql "select kind, \"to\", twiml, http, in_trouble
    from offhook.routes_list where kind like 'conv%' order by kind")" \
    'conversation.onMessageAdd|*||422|reject
conversation.onMessageRemove|IS1|{}|200|publish
conversation.onMessageUpdate|*|{"body": "x"}|200|' "as they were told"
run route list
like "$out" '^1000001 .*kind=conversation.onMessageAdd +reject 422' \
    "route list shows a rejection"
runs_json "route list" route list
run route delete message.inbound +15550101002
is "$rc" 0 "route delete"
run route delete message.inbound +15550101002
is "$rc" 1 "a route that is not there cannot be deleted"
run route set call.inbound '+1 555' '<Response/>'
is "$rc" 1 "what SQL refuses is refused"

# Requests and resources.
run request list --limit 3
is "$rc" 0 "request list"
is "$(printf '%s\n' "$out" | wc -l)" 4 "request list --limit"
run request list
like "$out" '^r1 .*signature-mismatch' "rejected ones are in the list"
like "$out" 'message.status' "accepted ones too"
run request list --rejected
unlike "$out" 'message.status' "request list --rejected: no other"
like "$out" '^r2 .*signature-missing' "request list --rejected: its reason"
runs_json "request list" request list
run request show r1
is "$rc" 0 "request show of a rejected one"
like "$out" '    Body = Hello from offhook' "its parameters"
run request show r99
is "$rc" 1 "request show of one that is gone"
runs_json "request show r1" request show r1
ID=$(sql "select id from offhook.events where sid = '$M'
    and kind = 'message.inbound'")
run request show "$ID"
is "$rc" 0 "request show of an event"
like "$out" "$M" "request show: its SID"
runs_json "request show" request show "$ID"
is "$(value kind)" message.inbound "request show: kind in JSON"
run request show 00000000-0000-7000-8000-000000000000
is "$rc" 1 "request show of no event"
run request show "$M"
like "$out" "resource show $M" "a SID is sent to resource show"
run resource show "$M"
is "$rc" 0 "resource show"
like "$out" '^status +received' "its status"
like "$out" 'message.inbound +received' "its history"
runs_json "resource show" resource show "$M"
run resource show SMnone
is "$rc" 1 "resource show of nothing known"

# Hostile texts.
odd=$(printf 'SM\033[31m"%s' '&\x')
run send sms "$BASE/twilio" --connect "$HERE" --sid "$odd" \
    --from "$(printf '+1\a\n5')"
is "$rc" 0 "control bytes are taken"
run request list
unlike "$out" "$(printf '[\033\a]')" "and not shown to the terminal"
runs_json "request list with them" request list

# Explain, from the ring.
run signature explain r1
is "$rc" 1 "explain: a forged one is explained by nothing"
run send sms http://hooks.example.test/twilio/ --connect "$HERE"
run signature explain last
is "$rc" 0 "explain last: the scheme and the path"
like "$out" 'refused: signature-mismatch' "explain: the responder's reason"
run signature explain 2
like "$out" 'There is no X-Twilio-Signature' "explain: another reason"
runs_json "signature explain" signature explain last
is "$(value result)" found "explain: result in JSON"

# Behind Basic auth and the URL's token.
start OFFHOOK_BASIC_AUTH=tw:pass OFFHOOK_URL_TOKEN=url-token-1
URL=$("$OFFHOOK" url --secrets 2>/dev/null | sed -n '2s/^ *//p')
like "$URL" '^https://tw:pass@.*token=url-token-1#' "url --secrets"
run send sms "$URL" --connect "$HERE"
is "$rc" 0 "the URL that is printed is answered"
is "$(sql "select count(*) from offhook.events
    where url like '%url-token-1%'")" 0 "the token is not stored"
run send sms "$BASE/twilio?token=url-token-1" --connect "$HERE"
like "$out" '^status +401' "without a password: 401"
run send sms "https://tw:pass@hooks.example.test/twilio?token=url-token-2" \
    --connect "$HERE"
like "$out" '^status +403' "with a wrong token: 403"
run signature explain last
like "$out" 'token= is missing or' "explain: the URL's token"
unlike "$out" 'url-token-' "explain: no token is shown"
run request show last
unlike "$out" 'url-token-|dHc6cGFzcw' "request show: no secret is shown"

# Doctor.
run doctor --connect "$HERE" --at-once 0
is "$rc" 0 "doctor: nothing bad"
like "$out" '^ok +database .*offhook_responder' "doctor: the database"
like "$out" '^ok +rights' "doctor: rights"
like "$out" '^ok +isolation +read committed' "doctor: isolation"
set -- "$ROOT"/sql/migrations/*.sql
like "$out" "^ok +migrations .*needs $#\$" "doctor: migrations"
like "$out" '^ok +routes .*current' "doctor: the snapshot"
runs_json doctor doctor --connect "$HERE" --at-once 0
conf "DATABASE_URL=$(url_of "$DB" offhook_reader)"
run doctor --connect "$HERE" --at-once 0
is "$rc" 1 "doctor: a login without rights is bad"
like "$out" '^BAD +rights .*grant offhook_responder' "doctor: with the fix"
conf "OFFHOOK_ADMIN_DATABASE_URL=$DATABASE_URL"
run request list
is "$rc" 1 "a login that may not read fails"
like "$out" 'OFFHOOK_ADMIN_DATABASE_URL' "with the setting to change"

# Every example of the help works. An application that says 204 to all is
# there for those that deliver.
perl -MIO::Socket::INET -e '
	my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 64)
	    or die;
	open my $p, ">", "$ARGV[0].new"; print $p $s->sockport; close $p;
	rename "$ARGV[0].new", $ARGV[0];
	while (my $c = $s->accept) {
		my $n = 0;
		while (my $l = <$c>) {
			$n = $1 if $l =~ /^content-length: *(\d+)/i;
			last if $l =~ /^\r?\n$/;
		}
		read $c, my $body, $n if $n;
		print $c "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
	}' "$T/port" >>"$T/log" 2>&1 </dev/null &
app=$!
at_exit "stop_pid $app 5"
wait_for 10 test -s "$T/port" || die "no application"
APP=http://127.0.0.1:$(cat "$T/port")
examples_start() { # settings
	start "OFFHOOK_PUBLIC_URL=http://127.0.0.1:8080" \
	    OFFHOOK_ALLOW_PRIVATE=127.0.0.0/8 \
	    "OFFHOOK_SENDMAIL=$T/sendmail" "$@"
}
examples_start
printf '#!/bin/sh\ncat >/dev/null\n' >"$T/sendmail"
chmod 755 "$T/sendmail"
cd "$T" || exit 1
cp -r "$ROOT/routes" "$T/routes"
mkdir -p "$T/bin"
ln -sf "$OFFHOOK" "$T/bin/offhook"
"$OFFHOOK" --help | sed -n \
    's/^  \([a-z]\{1,\}\( [a-z]\{1,\}\)\{0,1\}\) .*/\1/p' |
    grep -v '^offhook' >"$T/commands"
while read -r noun verb; do
	# shellcheck disable=SC2086 # a verb may be none
	"$OFFHOOK" $noun $verb --help | sed '1,/^Example:/d' |
	    sed "s,\\(s[a-z]* [a-z-]*\\) \\(http://127.0.0.1:8080\\),\\1 --connect $HERE \\2,; s,\\(doctor --connect\\) http://127.0.0.1:8080,\\1 $HERE," \
	    >"$T/example"
	sed -i "s,https://crm.example.com,$APP,; s,http://localhost:3000,$APP," \
	    "$T/example"
	case "$noun $verb" in
	'delivery list')	# delivery 1 waits
		"$OFFHOOK" destination pause crm >/dev/null
		"$OFFHOOK" send sms http://127.0.0.1:8080/twilio \
		    --connect "$HERE" >/dev/null
		"$OFFHOOK" worker --once --max-seconds 20 >>"$T/log" 2>&1 ;;
	'spool list')		# one is in it
		examples_start "DATABASE_URL=$(url_of nowhere postgres)"
		"$OFFHOOK" send sms http://127.0.0.1:8080/twilio \
		    --connect "$HERE" >/dev/null
		examples_start ;;
	esac
	PATH=$T/bin:$PATH sh -e "$T/example" >"$T/example.out" 2>&1 </dev/null
	rc=$?
	case "$noun $verb" in
	'signature explain')	# of a forged request nothing is found
		[ "$rc" != 1 ] || ! grep -q 'Most likely' "$T/example.out" ||
		    rc=0 ;;
	esac
	if [ "$rc" = 0 ] && [ -s "$T/example" ]; then
		pass "the example of $noun $verb works"
	else
		fail "the example of $noun $verb works" "$(cat "$T/example")" \
		    "$(head -n 5 "$T/example.out")"
	fi
done <"$T/commands"

done_testing
