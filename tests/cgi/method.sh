#!/bin/sh
# Methods, types, and bodies as they really arrive.
. "${0%/*}/../lib.sh"
database
responder
rows=0
no_row() {
	is "$(count events)" "$rows" "$1: no row"
}

for m in PUT DELETE PATCH; do
	signed "$m" /twilio -d x=1
	is "$status" 405 "$m: 405"
	like "$(header Allow)" 'GET' "$m: Allow names GET"
	like "$(header Allow)" 'POST' "$m: Allow names POST"
done
no_row "other methods"

signed HEAD /twilio -p MessageSid=SM00000000000000000000000000000001 \
    -p "AccountSid=$A" -p Body=x
like "$status" '^(200|204)$' "HEAD is answered"
is "$(wc -c <"$T/body")" 0 "HEAD has no body"
no_row "HEAD"
is "$(count issues)" 0 "HEAD opens no issue"

for t in text/plain multipart/form-data application/xml; do
	signed POST /twilio -d 'a=b' -H "Content-Type: $t"
	is "$status" 415 "$t: 415"
done
signed POST /twilio -d 'a=b' -H 'Content-Type: (none)'
is "$status" 415 "a body without a type: 415"
no_row "other types"

new_sid SM
sms "$sid" -p Body=x -H \
    'Content-Type: Application/X-WWW-Form-Urlencoded; charset=UTF-8'
is "$status" 200 "a type in other letters, with charset: 200"
rows=$((rows + 1))
is "$(count events)" "$rows" "it is stored"

# Lengths.
limit=$(printf '%300000s' '' | tr ' ' a)
printf 'Body=%s' "$limit" >"$T/large"
signed POST /twilio -f "$T/large"
is "$status" 413 "300 kB: 413"
no_row "300 kB"
new_sid SM
printf 'MessageSid=%s&Body=%.200000s' "$sid" "$limit" >"$T/large"
signed POST /twilio -f "$T/large"
is "$status" 200 "200 kB: 200"
rows=$((rows + 1))
is "$(sql "select length(params->>'Body') from offhook.events
    where sid = '$sid'")" 200000 "200 kB are stored"

# A body that is shorter than it says.  Some servers do not even call us
# (tests/hosts/cases.sh names them).
new_sid SM
sms "$sid" -n 5000
if over_http; then
	like "$status" '^(400|500|none)$' "a short body is refused"
else
	is "$status" 400 "a short body: 400"
fi
no_row "a short body"

if ! over_http; then
	for n in -1 12x 0x10 ' 5' +5 99999999999999999999; do
		sms "$sid" -n "$n"
		like "$status" '^4(00|13)$' "CONTENT_LENGTH '$n': 400 or 413"
	done
	no_row "lying lengths"
	# No length is no body.
	for n in '' none 0; do
		signed POST "/twilio?n=$n" -n "$n" -H \
		    'Content-Type: application/x-www-form-urlencoded'
		is "$status" 200 "CONTENT_LENGTH '$n', no body: 200"
		rows=$((rows + 1))
		is "$(count events)" "$rows" "and it is an event"
	done
else
	for n in -1 12x 0x10 99999999999999999999; do
		sms "$sid" -n "$n"
		like "$status" '^4(00|13)$' "Content-Length '$n': refused"
	done
	no_row "lying lengths"
fi

new_sid SM
sms "$sid" -p 'Body=in many chunks of fifty bytes' -C
is "$status" 200 "chunked: 200"
is "$(sql "select params->>'Body' from offhook.events where sid = '$sid'")" \
    'in many chunks of fifty bytes' "chunked: all of it"
printf 'Body=%s' "$limit" >"$T/large"
signed POST /twilio -f "$T/large" -C
is "$status" 413 "chunked and too large: 413"

# A limit of the operator's own.
responder OFFHOOK_MAX_BODY=2000
printf 'Body=%.1995s' "$limit" >"$T/in"
signed POST /twilio -f "$T/in"
is "$status" 200 "2000 bytes of 2000: 200"
printf 'Body=%.1996s' "$limit" >"$T/in"
signed POST /twilio -f "$T/in"
is "$status" 413 "2001 bytes of 2000: 413"
unlike "$body" '[0-9]{4}' "the answer does not tell the limit"
new_sid SM
sms "$sid" -p Body=x
is "$status" 200 "and it still serves"

done_testing
