#!/bin/sh
# offhook twiml lint: what it prints, its exit status; it needs neither
# settings nor a database.
set -u
. "${0%/*}/../lib.sh"

OFFHOOK_CONFIG=$T/none.conf
export OFFHOOK_CONFIG
D=$ROOT/tests/twiml
lint() { # sets out, err, rc
	out=$("$OFFHOOK" twiml lint "$@" 2>"$T/err" <"$T/in")
	rc=$?
	err=$(cat "$T/err")
}
: >"$T/in"

lint "$D/valid/006-ivr-menu.xml"
is "$rc$out$err" 0 "a good document: nothing printed, status 0"
lint --kind voice "$D/invalid/278-attr-dial-statuscallback.xml"
is "$rc" 1 "a warning: status 1"
is "$out" "$D/invalid/278-attr-dial-statuscallback.xml:1:55: warning 12200: \
cvc-complex-type.3.2.2: Attribute 'statusCallback' is not allowed to appear \
in element 'Dial'." "FILE:LINE:COLUMN: LEVEL CODE: message"
lint --kind voice "$D/valid/038-redirect-empty.xml"
is "$rc" 0 "advice: status 0"
like "$out" ': advice: <Redirect> is empty' "and the advice is printed"

printf '<Response>\n<Gather numdigits="1"/></Response>' >"$T/in"
lint -
is "$rc" 1 "from standard input"
like "$out" '^-:2:9: warning 12200: .*Did you mean numDigits\?$' \
    "with the nearest right name"
lint --output json -
is "$(printf '%s' "$out" | perl -MJSON::PP -0777 -e '
    $f = decode_json(<>); $e = $f->[0];
    print scalar @$f, " ", join(" ", sort keys %$e),
	" $$e{file} $$e{line} $$e{column} $$e{code} $$e{level}"')" \
    '1 code column file level line message - 2 9 12200 warning' \
    "--output json: one array; each with file, line, column, code, level, message"
echo '<Response/>' >"$T/in"
lint - --output=json
is "$rc$out" '0[]' "nothing found: an empty array"
lint "$D/valid/004-say-hello.xml" "$D/invalid/450-queue-long.xml" --output json
is "$(printf '%s' "$out" | grep -c '"file"')" 1 "several files, one array"

# What a document is the answer to.
echo '<Response><Message>Hi</Message></Response>' >"$T/in"
lint -
is "$rc" 0 "without --kind: what its verbs belong to"
lint --kind voice -
is "$rc" 1 "a Message does not answer a call"
lint --kind sms -
is "$rc" 2 "--kind sms: wrong usage"

# Whole responses.
printf 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}' >"$T/in"
lint -
like "$out" '^-:2:1: error 12300: ' "a response with another Content-Type"
printf 'Content-Type: text/xml\n\n<Response><Hangup></Response>' >"$T/in"
lint -
like "$out" '^-:3:[0-9]*: error 12100: ' "lines are those of the response"

# What cannot be read.
lint "$T/absent.xml"
is "$rc" 2 "no such file: status 2"
like "$err" 'absent.xml' "and it is named"
lint
is "$rc" 2 "no file: status 2"
lint "$T/absent.xml" "$D/invalid/450-queue-long.xml"
is "$rc" 2 "status 2 also beside findings"
like "$out" 'error 14213' "which are printed"

# Harmless: nothing is fetched, expanded or endless.
lint --kind voice "$D"/invalid/15*-dtd-*.xml "$D"/invalid/16*-dtd-*.xml
is "$(printf '%s\n' "$out" | grep -c 'error 12100: a DOCTYPE')" \
    "$(printf '%s\n' "$out" | wc -l)" "bombs and XXE: refused at the DOCTYPE"
printf '<Response><Say>\033[31m\n<Foo\302\2331/></Say></Response>' >"$T/in"
lint -
is "$(printf '%s' "$out" | LC_ALL=C tr -d '\n -~')" '' \
    "no control bytes reach the terminal"
done_testing
