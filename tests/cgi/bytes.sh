#!/bin/sh
# Bytes that are no text survive to the signature and to the raw column.
. "${0%/*}/../lib.sh"
database
responder

raw_of() { # SID
	sql "select encode(raw, 'hex') from offhook.events where sid = '$1'"
}
hex() {
	od -An -v -tx1 "$1" | tr -d ' \n'
}
try() { # description; the body is in $T/in
	signed POST /twilio -f "$T/in"
	is "$status" 200 "$1: 200"
	is "$(raw_of "$sid")" "$(hex "$T/in")" "$1: the raw bytes are kept"
}

new_sid SM
printf 'MessageSid=%s&AccountSid=%s&Body=a%%00b' "$sid" "$A" >"$T/in"
try "an escaped NUL"
is "$(sql "select params->>'Body' = 'a' || chr(65533) || 'b'
    from offhook.events where sid = '$sid'")" t "NUL is shown as U+FFFD"

new_sid SM
printf 'MessageSid=%s&AccountSid=%s&Body=a\000b' "$sid" "$A" >"$T/in"
try "a raw NUL"

new_sid SM
printf 'MessageSid=%s&AccountSid=%s&Body=%%FF%%FE%%C3' "$sid" "$A" >"$T/in"
try "escaped bytes that are not UTF-8"

new_sid SM
printf 'MessageSid=%s&AccountSid=%s&Body=\377\376\303' "$sid" "$A" >"$T/in"
try "raw bytes that are not UTF-8"
is "$(sql "select params ? 'Body' from offhook.events
    where sid = '$sid'")" t "and params can still be read"

new_sid SM
printf 'MessageSid=%s&AccountSid=%s&Body=caf\303\251+%%F0%%9F%%98%%80' "$sid" \
    "$A" >"$T/in"
try "UTF-8, raw and escaped"
is "$(sql "select params->>'Body' = 'caf' || chr(233) || ' ' || chr(128512)
    from offhook.events where sid = '$sid'")" t "UTF-8 is shown as it is"

new_sid SM
printf 'MessageSid=%s&AccountSid=%s&Body=%%zz%%4&a%%=1&=&&x' "$sid" "$A" \
    >"$T/in"
try "malformed escapes and empty pairs"

new_sid SM
printf 'MessageSid=%s&AccountSid=%s&From=%%00%%FF&To=%%FF&Body=x' "$sid" "$A" \
    >"$T/in"
try "bad bytes in the columns' fields"

# Control bytes cannot forge a line of the log.
printf 'MessageSid=%%0A%%0Dforged+line&AccountSid=%s&Body=x' "$A" >"$T/in"
signed POST /twilio -f "$T/in"
isnt "$status" none "a line feed in the SID is answered"
nok "the log has no forged line" sh -c \
    "cat '$T/log' '$T/server/error.log' 2>/dev/null | grep -q '^forged line'"
request POST "/twilio?x=%0Aforged" -p Body=x -H \
    "$(printf 'User-Agent: a\033[31mred')"
isnt "$status" 200 "an escape sequence in a header is refused or answered"
unlike "$(log_text)" "$(printf '\033')" "no escape sequence is in the log"

# Many parameters.
new_sid SM
perl -e 'print "MessageSid='"$sid"'&Body=x"; print "&p$_=$_" for 1 .. 300' \
    >"$T/in"
try "300 parameters"
perl -e 'print "a&" x 100000' >"$T/in"
signed POST /twilio -f "$T/in"
like "$status" '^(200|400|413)$' "100,000 parameters are answered"
new_sid SM
sms "$sid"
is "$status" 200 "and it still serves"

done_testing
