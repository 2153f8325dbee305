#!/bin/sh
# Basic auth and the URL's token: on top of the signature, never instead.
. "${0%/*}/../lib.sh"
database

basic() { # user:password
	printf 'Authorization: Basic %s' "$(printf '%s' "$1" | base64 -w 0)"
}

responder OFFHOOK_BASIC_AUTH=twilio:s3cret
new_sid SM
sms "$sid"
is "$status" 401 "no Authorization: 401"
like "$(header WWW-Authenticate)" '^Basic realm=' "401 asks for Basic"
is "$(count events)" 0 "the 401 round writes nothing"
is "$(find "$T/state" -type f -name '*.ring' | wc -l)" 0 \
    "the 401 round is not among the rejected"
sms "$sid" -H "$(basic twilio:wrong)"
isnt "$status" 200 "a wrong password is not let in"
sms "$sid" -H "$(basic other:s3cret)"
isnt "$status" 200 "a wrong user is not let in"
for h in 'Basic' 'Basic ' 'Basic !!!' 'Bearer abc' 'Basic dHdpbGlv'; do
	sms "$sid" -H "Authorization: $h"
	like "$status" '^40[013]$' "Authorization '$h' is not let in"
done
is "$(count events)" 0 "none of them writes a row"
sms "$sid" -H "$(basic twilio:s3cret)"
is "$status" 200 "user and password: 200"
new_sid SM
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" \
    -H "$(basic twilio:s3cret)"
is "$status" 403 "password without signature: 403"
request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$A" \
    -H "$(basic twilio:s3cret)" -s nonsense
is "$status" 403 "password with a forged signature: 403"
is "$(count events)" 1 "only the one event"

responder OFFHOOK_URL_TOKEN=url-token-x
new_sid SM
sms "$sid"
is "$status" 403 "no token in the URL: 403"
URI='/twilio?token=wrong'
sms "$sid"
is "$status" 403 "a wrong token in the URL: 403"
URI='/twilio?token='
sms "$sid"
is "$status" 403 "an empty token in the URL: 403"
URI='/twilio?nottoken=url-token-x'
sms "$sid"
is "$status" 403 "a token under another name: 403"
is "$(count events)" 1 "none of them writes a row"
URI='/twilio?a=b&token=url-token-x'
sms "$sid"
is "$status" 200 "the token in the URL: 200"
request POST '/twilio?token=url-token-x' -p "MessageSid=$sid"
is "$status" 403 "the token without a signature: 403"
unlike "$(sql 'select url from offhook.events')" 'url-token-x' \
    "the token is not stored"
unlike "$(log_text)" 'url-token-x' "the token is not logged"
unlike "$(log_text)" "$TOKEN_A|s3cret" "nor is any other secret"

done_testing
