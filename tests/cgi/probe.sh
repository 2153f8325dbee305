#!/bin/sh
# A probe tells the holder of an AuthToken what the responder sees, and has
# no effect; what is no valid probe is treated as if the header were not there.
# The ticket is made here, independently of the C code.
. "${0%/*}/../lib.sh"
database
responder

ticket() { # token [seconds from now [hold]]: prints a header
	perl -MDigest::SHA=hmac_sha256_hex -e '
	    my ($token, $off, $hold) = @ARGV;
	    my $t = join ".", "0123456789abcdef" x 2, time + $off, $hold;
	    print "X-Offhook-Probe: $t.",
	        hmac_sha256_hex("offhook-probe:$t", $token)' \
	    "$1" "${2:-0}" "${3:-0}"
}
value() { # key of the answer; prints its value
	perl -MJSON::PP -0777 -ne 'BEGIN { $k = shift @ARGV }
	    my $v = decode_json($_)->{$k};
	    print ref $v ? ($v ? "true" : "false") : $v // "null"' "$1" \
	    <"$T/body" 2>/dev/null
}
ring() { # how many requests were rejected
	"$OFFHOOK" --config "$CONFIG" request list --rejected --output json |
	    perl -MJSON::PP -0777 -ne 'print scalar @{decode_json($_)}'
}
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS

# What it tells.
good=$(ticket "$TOKEN_A")
new_sid SM
sms "$sid" -H "$good" -H 'I-Twilio-Idempotency-Token: x-1'
is "$status" 200 "a probe is answered"
is "$(header Content-Type)" application/json "with JSON"
is "$(value offhook)" probe "which says what it is"
is "$(value nonce)" 0123456789abcdef0123456789abcdef "and to which probe"
is "$(value accepted)" true "it would have been accepted"
is "$(value REQUEST_URI)" /twilio "its target"
is "$(value REQUEST_METHOD)" POST "its method"
is "$(value HTTP_HOST)" hooks.example.test "its host"
is "$(value config)" "$CONFIG" "the settings in use"
is "$(value uid)" "$(id -u)" "the responder's user"
is "$(value X-Twilio-Signature)" yes "the signature has arrived"
is "$(value I-Twilio-Idempotency-Token)" yes "the token, too"
is "$(value Authorization)" no "no Authorization was sent"
like "$(value CONTENT_TYPE)" '^application/x-www-form-urlencoded' "the type"
is "$(value body)" whole "the body is whole"
isnt "$(value body_bytes)" 0 "and has bytes"
case $TRANSPORT in
cgi|cgid|lighttpd-cgi) is "$(value transport)" cgi "the transport" ;;
*)	is "$(value transport)" fcgi "the transport" ;;
esac
is "$(value program)" "$PROGRAM" "the program"

sms "$sid" -H "$good" -u /other
is "$status" 200 "a probe with a wrong signature is answered"
is "$(value accepted)" false "it would have been refused"
is "$(value refused)" signature-mismatch "with the reason"
request POST /twilio -d a=b -H "$good"
is "$(value refused)" signature-missing "without a signature: the reason"
request GET '/twilio/x?a=%2F' -H "$good"
is "$(value REQUEST_URI)" '/twilio/x?a=%2F' "a GET is a probe, too"
request HEAD /twilio -H "$good"
is "$status" 200 "HEAD, too"
is "$body" '' "which has no body"
request POST /twilio -d '<x/>' -H 'Content-Type: text/xml' -H "$good"
is "$status" 200 "a type that is not taken does not hide the answer"
is "$(value refused)" content-type "its reason"
sms "$sid" -H "$(ticket "$TOKEN_B")"
is "$(value offhook)" probe "every account's token makes probes"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" 0 400)"
below 399 "$ms" "it waits as long as it is asked to"
is "$(value database)" null "an ordinary one does not ask the database"
is "$(value settings)" current "the settings are those of the file"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" 0 db)"
is "$(value database)" ok "one that asks for it tries the database"
is "$(value accepted)" false "and has no signature, as before"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" -20 db)"
is "$(value database)" null "not one that may have been captured"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" -20 500)"
below "$ms" 490 "but not for a ticket that may have been captured"
is "$(value offhook)" probe "which is a probe still"
is "$(count events)" 0 "no probe was stored"
is "$(count issues)" 0 "nor has it opened an issue"
is "$(ring)" 0 "nor is one among the rejected"

# What is no valid probe.
n=0
not_a_probe() { # description, header: rejected as without it
	n=$((n + 1))
	request POST /twilio -d a=b -H "$2"
	is "$status" 403 "$1: refused like any other"
	is "$body" Forbidden "$1: and nothing is told"
	is "$(ring)" "$n" "$1: it is among the rejected"
}
not_a_probe "another token" "$(ticket nonsense)"
not_a_probe "stale" "$(ticket "$TOKEN_A" -62)"
not_a_probe "of the future" "$(ticket "$TOKEN_A" 65)"
not_a_probe "held too long" "$(ticket "$TOKEN_A" 0 501)"
not_a_probe "another nonce" \
    "$(ticket "$TOKEN_A" | sed 's/: 01/: 02/')"
not_a_probe "another time" "$(ticket "$TOKEN_A" |
    perl -pe 's/(\.1\d{8})(\d)/$1 . (9 - $2)/e')"
not_a_probe "a try of the database that was not asked for" \
    "$(ticket "$TOKEN_A" 0 1 | sed 's/\.1\./.db./')"
not_a_probe "another wait" \
    "$(ticket "$TOKEN_A" 0 1 | sed 's/\.1\./.9./')"
not_a_probe "no signature of its own" \
    "$(ticket "$TOKEN_A" | sed 's/\.[^.]*$//')"
not_a_probe "cut" "$(ticket "$TOKEN_A" | sed 's/.$//')"
not_a_probe "upper case" "$(ticket "$TOKEN_A" |
    perl -pe 's/\.([^.]*)$/"." . uc $1/e')"
not_a_probe "empty" "X-Offhook-Probe: "
not_a_probe "nonsense" "X-Offhook-Probe: ...."
if over_http; then
	request POST /twilio -d a=b -H "$good" -H "$good"
	is "$status" 403 "sent twice: refused"
fi
new_sid SM
sms "$sid" -H "$(ticket nonsense)"
is "$(header Content-Type)" 'text/xml; charset=utf-8' \
    "Twilio's own request with a forged header is answered as usual"
is "$(count "messages where sid = '$sid'")" 1 "and stored"

# A signature of Twilio's is no ticket, nor the reverse: other digests.
t=$(ticket "$TOKEN_A")
request POST /twilio -d a=b -H "X-Twilio-Signature: ${t##*.}"
is "$status" 403 "a ticket's digest is no signature"

# What the database says, and a file that was changed since.
responder "DATABASE_URL=$(url_of nowhere offhook_responder)"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" 0 db)"
is "$status" 200 "with the database away a probe is answered"
like "$(value database)" 'nowhere' "and says why"
responder "DATABASE_URL=$(url_of postgres offhook_responder)"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" 0 db)"
is "$(value database)" 'the schema offhook is not in postgres' \
    "a database without our schema"
sql 'create role nobody_'$$' login' >/dev/null
responder "DATABASE_URL=$(url_of "$DB" "nobody_$$")"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" 0 db)"
is "$(value database)" "nobody_$$ may not call offhook.ingest" \
    "a role without rights"
sql 'drop role nobody_'$$ >/dev/null
responder \
    "DATABASE_URL=$DATABASE_URL&options=-c%20default_transaction_read_only%3Don"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" 0 db)"
is "$(value database)" 'its transactions cannot write' "a read-only login"
responder
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" 0 0)"
is "$(value settings)" current "settings as they are read"
touch -d '1 minute ago' "$CONFIG"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A" 0 0)"
case $TRANSPORT in
cgi|cgid|lighttpd-cgi) is "$(value settings)" current "CGI reads them anew" ;;
*)	is "$(value settings)" old "and changed since" ;;
esac

# A replay within the minute is answered and still has no effect.
n=$(count events)
request POST /twilio -d a=b -H "$good"
is "$(value offhook)" probe "a replay within the minute is answered"
is "$(count events)" "$n" "without effect"

# Behind Basic auth and a token in the URL it is answered as well.
responder OFFHOOK_BASIC_AUTH=u:pw-1 OFFHOOK_URL_TOKEN=url-1
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A")"
is "$(value refused)" basic-auth "without a password: the reason"
request POST /twilio -d a=b -H "$(ticket "$TOKEN_A")" \
    -H 'Authorization: Basic dTpwdy0x' -s "$TOKEN_A"
is "$(value Authorization)" yes "Authorization has arrived"
is "$(value refused)" url-token "without the URL's token: the reason"
unlike "$body" 'pw-1|dTpwdy0x|url-1' "no secret is in the answer"
unlike "$(log_text)" "$TOKEN_A|pw-1|url-1" "nor in the log"

done_testing
