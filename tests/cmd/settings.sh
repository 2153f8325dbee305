#!/bin/sh
# The commands that need no database: config, signature, url, version, help;
# what wrong words and settings are told.
set -u
. "${0%/*}/../lib.sh"
# The harness's own names would be unknown settings.
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS

DATABASE_URL='postgresql://web:hush-hush@127.0.0.1:1/nowhere'
ADMIN_URL=$DATABASE_URL
export ADMIN_URL
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
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

conf

# Words and options.
run
is "$rc" 2 "no command: exit status 2"
like "$out" '^usage: offhook NOUN VERB' "no command: usage"
run --help
is "$rc" 0 "--help succeeds"
run sned sms x
is "$rc" 2 "an unknown command: exit status 2"
like "$out" 'did you mean: offhook send sms' "an unknown command: suggestion"
run sign
like "$out" 'did you mean: offhook signature sign' "a forgotten noun is named"
run xyzzy
like "$out" 'see: offhook --help' "nothing near: help is named"
run send
is "$rc" 2 "a noun alone: exit status 2"
like "$out" 'send gather' "a noun alone: its verbs"
run send sms --bdoy x http://127.0.0.1:1/
is "$rc" 2 "an unknown option: exit status 2"
like "$out" 'did you mean --body' "an unknown option: suggestion"
run send sms
like "$out" 'it needs URL' "a missing word is named"
run send sms a b
like "$out" 'one word too many' "a word too many is named"
run send sms x --body
like "$out" '--body needs a value' "a missing value is named"
run send sms x --body a --body b
like "$out" '--body is given twice' "an option given twice is named"
run send sms x --get=1
like "$out" '--get takes no value' "a value too many is named"
run version --output xml
like "$out" 'table or json' "an unknown format is named"
run request list --limit x
is "$rc" 2 "a number that is none: exit status 2"
run -x version
is "$rc" 2 "a single dash is no option"
run --config "$CONFIG" version
is "$rc" 0 "global options may stand first"

# Settings.
run config check
is "$rc" 0 "config check: in order"
like "$out" '2 accounts' "config check: counts accounts"
run config show
is "$rc" 0 "config show succeeds without a database"
unlike "$out" 'hush-hush|test-token' "config show masks secrets"
like "$out" "OFFHOOK_PUBLIC_URL +$BASE +$CONFIG:[0-9]" \
    "config show tells the source"
runs_json "config show" config show
unlike "$(cat "$T/json")" 'hush-hush|test-token' "its JSON masks secrets"
runs_json "config check" config check
out=$(OFFHOOK_LOG=json "$OFFHOOK" config show 2>&1)
like "$out" 'OFFHOOK_LOG +json +environment' "the environment wins"
conf OFFHOOK_LOG=xml OFFHOOK_MAX_BODY=much OFFHOOK_PUBLIK_URL=x
run config check
is "$rc" 1 "wrong settings: exit status 1"
like "$out" 'OFFHOOK_LOG' "wrong settings: the first error"
like "$out" 'OFFHOOK_MAX_BODY' "wrong settings: the second one"
like "$out" 'did you mean OFFHOOK_PUBLIC_URL' "wrong settings: suggestion"
runs_json "config check with errors" config check
is "$rc" 1 "its exit status is 1"
run config show
is "$rc" 1 "config show: exit status 1 with errors"
run send sms http://127.0.0.1:1/
is "$rc" 1 "other commands fail with wrong settings"
like "$out" 'OFFHOOK_MAX_BODY' "and tell them"
conf
chmod 644 "$CONFIG"
run config check
is "$rc" 1 "a file that others can read is refused"
like "$out" 'chmod 600' "with the command to run"
conf OFFHOOK_STATE
mkdir "$T/closed"
cp "$CONFIG" "$T/closed/offhook.conf"
chmod 644 "$T/closed/offhook.conf"
chmod 500 "$T/closed"
run config check --config "$T/closed/offhook.conf"
is "$rc" 1 "the default state folder cannot be made"
like "$out" 'chmod 600' "the first mistake"
like "$out" "default: OFFHOOK_STATE: $T/closed/state is not there" \
    "and the second one, at once"
like "$out" '^2 errors' "two"
chmod 0 "$T/closed/offhook.conf"
run config check --config "$T/closed/offhook.conf"
is "$rc" 1 "a file that cannot be read"
like "$out" '^1 error$' "is one mistake"
unlike "$out" 'no account is set' "not two"
chmod 700 "$T/closed"
conf

# Signatures: Twilio's own published example.
U='https://mycompany.com/myapp.php?foo=1&bar=2'
D='CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234'
D="$D&From=%2B14158675309&To=%2B18005551212"
S=RSOYDt4T1cUTdK1PDd93/VVr8B8=
run signature sign "$U" --data "$D" --auth-token 12345
is "$out" "$S" "sign: the published example"
printf '%s\n' "$D" >"$T/form"
run signature sign "$U" --data-file "$T/form" --auth-token 12345
is "$out" "$S" "sign: a form in a file, with a line end"
out=$("$OFFHOOK" signature sign \
    "https://user:pw@mycompany.com/myapp.php?foo=1&bar=2#rc=3" \
    --data "$D" --auth-token 12345 2>/dev/null)
is "$out" "$S" "sign: userinfo and fragment are left out"
run signature verify "$U" --data "$D" --auth-token 12345 --signature "$S"
is "$rc" 0 "verify: valid"
run signature verify "https://mycompany.com:443/myapp.php?foo=1&bar=2" \
    --data "$D" --auth-token 12345 --signature "$S"
is "$rc" 0 "verify: the port is one of the spellings"
run signature verify "$U" --data "$D" --auth-token 12346 --signature "$S"
is "$rc" 1 "verify: not valid"
like "$out" 'verdict +mismatch' "verify: says mismatch"
run signature verify "$U" --data "$D" --auth-token 12345
is "$rc" 2 "verify: needs a signature"
printf '{"a": 1}' >"$T/body.json"
"$OFFHOOK" signature sign "$BASE/x" --json "$T/body.json" --output json \
    >"$T/signed"
S=$(perl -MJSON::PP -0777 -ne 'print decode_json($_)->{signature}' "$T/signed")
J=$(perl -MJSON::PP -0777 -ne 'print decode_json($_)->{url}' "$T/signed")
like "$J" 'bodySHA256=[0-9a-f]{64}$' "sign: JSON gets its hash"
run signature verify "$J" --json "$T/body.json" --signature "$S"
is "$rc" 0 "verify: JSON"
printf '{"a": 2}' >"$T/body.json"
run signature verify "$J" --json "$T/body.json" --signature "$S"
is "$rc" 1 "verify: changed JSON"
like "$out" 'body-changed' "verify: says that the body was changed"
run signature sign "$U" --data a=b --get
is "$rc" 2 "sign: two kinds of body are refused"
run signature sign ftp://x/
is "$rc" 2 "sign: a URL of another kind is refused"
runs_json "signature sign" signature sign "$U" --get
runs_json "signature verify" signature verify "$U" --get --signature x

# Explain a captured request.
captured() { # URL signed, form signed: a request to /twilio with FORM
	s=$("$OFFHOOK" signature sign "$1" --data "$2" 2>/dev/null)
	printf 'POST /twilio HTTP/1.1\r\nHost: hooks.example.test\r\n'
	printf 'Content-Type: application/x-www-form-urlencoded\r\n'
	printf 'X-Twilio-Signature: %s\r\nContent-Length: %d\r\n\r\n%s' \
	    "$s" "${#FORM}" "$FORM"
}
FORM="AccountSid=$A&Body=Hi+there&ToCity=&From=%2B15550101001"
captured "$BASE/twilio" "$FORM" >"$T/req"
run signature explain --file "$T/req"
is "$rc" 0 "explain: a valid one"
like "$out" 'valid under the present settings' "explain: says so"
captured "http://hooks.example.test/twilio" "$FORM" >"$T/req"
run signature explain --file "$T/req"
is "$rc" 0 "explain: one fault is found"
like "$out" 'One thing is wrong' "explain: how many"
like "$out" 'the other scheme' "explain: which"
like "$out" 'mend: .*OFFHOOK_PUBLIC_URL' "explain: what to change"
like "$out" "^    $BASE:443/twilio" "explain: what was tried"
runs_json "signature explain" signature explain --file "$T/req"
captured "http://hooks.example.test/twilio/" "$FORM" >"$T/req"
run signature explain --file "$T/req"
like "$out" 'Two things are wrong' "explain: two faults"
captured "$BASE/twilio" "AccountSid=$A&x=forged" >"$T/req"
run signature explain --file "$T/req"
is "$rc" 1 "explain: nothing fits"
like "$out" 'rotated' "explain: the likeliest causes"
runs_json "signature explain, nothing" signature explain --file "$T/req"
echo 'no request at all' >"$T/req"
run signature explain --file "$T/req"
is "$rc" 1 "explain: not a request"
run signature explain --file "$T/none"
like "$out" 'No such file' "explain: a missing file"
run signature explain
like "$out" 'no rejected request is kept' "explain: an empty ring"
conf OFFHOOK_URL_TOKEN=tok-secret OFFHOOK_BASIC_AUTH=user:basic-secret
captured "https://user:basic-secret@hooks.example.test/twilio" "$FORM" >"$T/req"
sed -i 's,/twilio ,/twilio?token=tok-secret ,' "$T/req"
run signature explain --file "$T/req"
unlike "$out" 'tok-secret|basic-secret' "explain: secrets are masked"

# URLs.
run url
is "$rc" 0 "url succeeds"
like "$out" 'https://\*\*\*:\*\*\*@hooks.example.test/twilio\?token=\*\*\*#rc=2&rp=ct,rt,5xx' \
    "url: of questions, secrets masked"
like "$out" '#rc=5&rp=all' "url: of notices"
unlike "$out" 'tok-secret|basic-secret' "url: no secret is shown"
run url --secrets
like "$out" 'https://user:basic-secret@hooks.example.test/twilio\?token=tok-secret#rc' \
    "url --secrets shows them"
conf OFFHOOK_PUBLIC_URL='https://a.example.test/in https://b.example.test:8443'
run url
like "$out" '^    https://a.example.test/in#' "url: a path of the setting stays"
like "$out" '^    https://b.example.test:8443/twilio#' "url: a port stays"
run url https://c.example.test --path /hook
like "$out" '^    https://c.example.test/hook#' "url: a base of one's own"
runs_json "url" url
conf OFFHOOK_PUBLIC_URL
run url
is "$rc" 1 "url: without a host it fails"
like "$out" 'OFFHOOK_PUBLIC_URL' "and names the setting"
conf

# Without a database.
run request list --rejected
is "$rc" 0 "request list --rejected needs no database"
runs_json "request list --rejected" request list --rejected
is "$rc" 0 "nor its JSON"
run request list
is "$rc" 1 "request list fails without"
like "$out" 'the database: .*refused' "and says why"
run route set message.inbound x '<Respons/>'
like "$out" 'line 1:[0-9]+.*Response' "route set: a wrong root, with its place"
run route set message.inbound x '<Response><Say>a & b</Say></Response>'
like "$out" 'line 1:[0-9]+' "route set: not well-formed, with its place"
run route set message.status x '<Response/>'
is "$rc" 2 "route set: a notice takes none"
run route set mesage.inbound x '<Response/>'
like "$out" 'did you mean message.inbound' "route set: suggestion"
run route set message.inbound x "@$T/none"
like "$out" 'No such file' "route set: a missing file"
run route set conversation.onMessageAdd "*" '<Response/>'
like "$out" 'answered with publish, reject or JSON' \
    "route set: TwiML for a Conversations webhook that asks"
run route set conversation.onMessageAdd "*" '{"attributes": {}}'
like "$out" 'attributes must be a string that holds JSON' \
    "route set: JSON of the wrong shape"
for r in reject:503 reject:401 reject:x reject:; do
	run route set conversation.onMessageAdd "*" "$r"
	is "$rc" 2 "route set: $r"
done
run route set conversation.onMessageAdd "*" publish --in-trouble maybe
is "$rc" 2 "route set: --in-trouble is publish or reject"
run route set conversation.onMessageAdded "*" publish
like "$out" 'is a notice' "route set: what tells afterwards takes none"
run route set call.inbound x '{"body": "x"}'
like "$out" 'answered with TwiML, not with JSON' "route set: JSON for TwiML"
run route set call.inbound x reject
like "$out" 'answered with TwiML' "route set: reject for TwiML"
run route set '*' x '<Response/>' --in-trouble reject
is "$rc" 2 "route set: --in-trouble for TwiML"
run doctor --connect http://127.0.0.1:1
is "$rc" 1 "doctor: exit status 1"
like "$out" '^BAD +database' "doctor: names the database"
runs_json doctor doctor --connect http://127.0.0.1:1
runs_json version version
run send sms http://127.0.0.1:1/twilio
is "$rc" 1 "send: nobody listens"
like "$out" '127.0.0.1' "send: says where"
unlike "$out" 'test-token' "send: shows no token"
full() {
	"$OFFHOOK" version >/dev/full 2>"$T/full"
}
nok "what cannot be written is a failure" full

# Help: every command has an example.
"$OFFHOOK" --help | sed -n 's/^  \([a-z]\{1,\}\( [a-z]\{1,\}\)\{0,1\}\) .*/\1/p' |
    grep -v '^offhook' >"$T/commands"
below 17 "$(wc -l <"$T/commands")" "the help lists the commands"
manual() { # a command, or an option: whether the manual has it
	grep -Eqh -e "(^|[^a-z-])$1( |\$)" "$ROOT/man/offhook.1" \
	    "$ROOT/man/offhook-destinations.5"
}
while read -r noun verb; do
	# shellcheck disable=SC2086 # a verb may be none
	run $noun $verb --help
	is "$rc" 0 "$noun $verb --help"
	like "$out" "^  offhook $noun${verb:+ $verb}" "$noun $verb has an example"
	for word in $(printf '%s\n' "$out" | sed -n 's/^  --\([a-z-]*\).*/\1/p')
	do
		manual "Fl -$word" || echo "$noun $verb --$word"
	done >>"$T/unsaid"
	manual "Cm $noun${verb:+ $verb}" || echo "$noun $verb" >>"$T/unsaid"
done <"$T/commands"
is "$(cat "$T/unsaid")" '' "the manual has every command and option"

done_testing
