#!/bin/sh
# No signature, no effect: what is refused, how little a stranger learns of
# it, and whose token opens what.
. "${0%/*}/../lib.sh"
database
responder

# refused DESCRIPTION: the last request was, with the one neutral body.
refused() {
	is "$status" 403 "$1: 403"
	[ -f "$T/neutral" ] || cp "$T/body" "$T/neutral"
	ok "$1: the neutral body" cmp "$T/neutral" "$T/body"
	is "$(count events)" "$rows" "$1: no row"
}
rows=0
new_sid SM
good="-p MessageSid=$sid -p AccountSid=$A -p From=+15550101001"
good="$good -p To=+15550101002 -p Body=x"

# shellcheck disable=SC2086 # $good is options
post() { request POST /twilio $good "$@"; }

post
refused "no signature"
unlike "$(cat "$T/neutral")" 'signature|token|account|auth|valid|twilio' \
    "the neutral body names no cause"
post -s 'another token'
refused "another token"
post -H 'X-Twilio-Signature: AAAAAAAAAAAAAAAAAAAAAAAAAAA='
refused "a forged signature"
post -H 'X-Twilio-Signature:'
refused "an empty signature"
post -H 'X-Twilio-Signature: AAAA'
refused "a short signature"
post -H "X-Twilio-Signature: $(printf '%4096s' '' | tr ' ' A)"
refused "a long signature"
post -s "$TOKEN_A" -H 'X-Twilio-Signature: AAAAAAAAAAAAAAAAAAAAAAAAAAA='
refused "a signature sent twice"
# shellcheck disable=SC2086
request POST /twilio -d 'Body=y' $good -s "$TOKEN_A" -u '/twilio?'
refused "signed for another URL"
post -s "$TOKEN_A" -b https://evil.example.test
refused "signed for another host"
post -s "$TOKEN_A" -b http://hooks.example.test
refused "signed for http instead of https"
post -s ''
refused "signed with an empty token"

# One byte changed on the way.
new_sid SM
signed POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=12
sig=$("$ROOT/tests/signature-of" "$TOKEN_A" "$BASE/twilio" "MessageSid=$sid" \
    "AccountSid=$A" Body=12)
rows=1
is "$status" 200 "rightly signed: 200"
is "$(count events)" 1 "rightly signed: a row"
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=13 \
    -H "X-Twilio-Signature: $sig"
refused "a byte of the body changed"
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=12 \
    -p Extra= -H "X-Twilio-Signature: $sig"
refused "a parameter added"
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" \
    -H "X-Twilio-Signature: $sig"
refused "a parameter taken away"
request POST '/twilio?x=1' -p "MessageSid=$sid" -p "AccountSid=$A" \
    -p Body=12 -H "X-Twilio-Signature: $sig"
refused "a query added"
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=12 \
    -H "X-Twilio-Signature: $sig"
is "$status" 200 "unchanged: 200"

# Repeated names, empty values, values in an order of their own.
new_sid SM
signed POST /twilio -d "MessageSid=$sid&AccountSid=$A&Body=a&Empty=&No\
&Media=b&Media=a&Media=b"
is "$status" 200 "repeated names, empty values: 200"
rows=$((rows + 1))
new_sid SM
signed POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" \
    -p 'Body=%7B%20already escaped + plus & and = %41'
is "$status" 200 "a value that is itself escaped is decoded once"
is "$(sql "select params->>'Body' from offhook.events where sid = '$sid'")" \
    '%7B%20already escaped + plus & and = %41' "and is stored decoded once"
rows=$((rows + 1))

# Accounts.
new_sid SM
asid=$sid
sms "$asid" -p Body=mine
rows=$((rows + 1))
new_sid SM
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$B" -p Body=b \
    -s "$TOKEN_B"
is "$status" 200 "account B with its own token: 200"
is "$(sql "select account from offhook.events where sid = '$sid'")" "$B" \
    "and the row is B's"
rows=$((rows + 1))
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$B" -p Body=c \
    -s "$TOKEN_A"
refused "account B with A's token"
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=c \
    -s "$TOKEN_B"
refused "account A with B's token"
request POST /twilio -p "MessageSid=$sid" \
    -p AccountSid=AC000000000000000000000000000000ff -p Body=c -s "$TOKEN_A"
refused "an account that is not served"

# B's token, B's AccountSid, but a SID that is A's.
before=$(sql "select status, updated_at, account from offhook.messages
    where sid = '$asid'")
request POST /twilio -p "MessageSid=$asid" -p "AccountSid=$B" \
    -p MessageStatus=failed -p ErrorCode=30001 -s "$TOKEN_B"
case $status in
2*)	fail "B's token on A's SID is not accepted" "status $status" ;;
*)	pass "B's token on A's SID is not accepted" ;;
esac
is "$(sql "select status, updated_at, account from offhook.messages
    where sid = '$asid'")" "$before" "B's token on A's SID changes nothing"
is "$(count events)" "$rows" "B's token on A's SID leaves no row"

# Without AccountSid every token is tried.
new_sid SM
request POST /twilio -p "MessageSid=$sid" -p Body=x -s "$TOKEN_B"
is "$status" 200 "no AccountSid, B's token: 200"
is "$(sql "select account from offhook.events where sid = '$sid'")" "$B" \
    "no AccountSid, B's token: the row is B's"
rows=$((rows + 1))
request POST /twilio -p "MessageSid=$sid" -p Body=x -s 'third token'
refused "no AccountSid, a token of nobody"

# JSON: the hash of the body is in the signed URL.
signed POST '/twilio?x=1' -j -d '{"a": "b"}'
is "$status" 200 "JSON with bodySHA256: 200"
rows=$((rows + 1))
is "$(count events)" "$rows" "JSON is stored"
is "$(sql "select format, params->>'a' from offhook.events
    where format = 'json'")" 'json|b' "JSON is shown as it is"
sha=$(printf '{"a": "b"}' | sha256sum | cut -d ' ' -f 1)
signed POST "/twilio?bodySHA256=$sha" -j -d '{"a": "c"}'
refused "JSON with another body's hash"
signed POST /twilio -d '{"a": "b"}' -H 'Content-Type: application/json'
refused "JSON without a hash"
signed POST "/twilio?bodySHA256=$sha&bodySHA256=$(printf %064d 0)" \
    -d '{"a": "b"}' -H 'Content-Type: application/json'
refused "JSON with two hashes that differ"
request POST "/twilio?bodySHA256=$sha" -d '{"a": "b"}' \
    -H 'Content-Type: application/json'
refused "JSON unsigned"
signed POST "/twilio?bodySHA256=$sha&bodySHA256=$sha" \
    -d '{"a": "b"}' -H 'Content-Type: application/json'
is "$status" 200 "JSON with the same hash twice: 200"
rows=$((rows + 1))

# Rotation: both tokens, then only the new one.
responder "TWILIO_AUTH_TOKEN=test-token-new $TOKEN_A"
new_sid SM
sms "$sid" -p Body=old
is "$status" 200 "rotation: the old token: 200"
new_sid SM
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=x \
    -s test-token-new
is "$status" 200 "rotation: the new token: 200"
rows=$((rows + 2))
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=x \
    -s "test-token-new $TOKEN_A"
refused "rotation: both in one"
responder TWILIO_AUTH_TOKEN=test-token-new
sms "$sid" -p Body=old
refused "rotation: the old token afterwards"

# The operator can see what was refused; it is bounded.
is "$(find "$T/state" -type f -name '*.ring' | wc -l)" 1 \
    "refused requests are in one file"
is "$(sql 'select count(*) from offhook.todo')" "$rows" \
    "and in no table"

done_testing
