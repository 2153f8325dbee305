#!/bin/sh
# The URL that Twilio signed is rebuilt byte for byte, however odd; and every
# way in which a public URL may be written into the settings.
. "${0%/*}/../lib.sh"
database
responder

try() { # target, description
	new_sid SM
	signed POST "$1" -p "MessageSid=$sid" -p "AccountSid=$A" -p Body=x
	is "$status" 200 "$2: $1"
	is "$(sql "select url like '%' || \$t\$$1\$t\$ from offhook.events
	    where sid = '$sid'")" t "and it is stored as sent"
}

try /twilio 'plain'
try /twilio/ 'a slash at the end'
try /twilio/sms/one 'below'
try '/twilio?a=1&b=2' 'a query'
try '/twilio?' 'a bare question mark'
try '/twilio/a?b?c' 'two question marks'
try '/twilio?a=%7e%2F%2f+%20' 'escapes in the query'
try '/twilio?a=%zz' 'an invalid escape in the query'
try "/twilio?n='x'" 'a quote'
try '/twilio?n=%27x%27' 'an escaped quote'
try '/twilio?z=1&a=2&z=3' 'repeated names, unsorted'
try '/twilio/%7euser' 'an escaped tilde in the path'
try '/twilio//double' 'a double slash'
try '/twilio/a%2Fb' 'an escaped slash'
try "$(printf '/twilio?caf\303\251=1')" 'raw UTF-8'
try '/twilio/caf%C3%A9' 'escaped UTF-8'
try '/twilio?a&&b=&=c' 'empty names and values'
try "/twilio?long=$(printf '%2000s' '' | tr ' ' x)" 'long'

# Twilio escaped the quote and signed it bare, or the reverse.
new_sid SM
signed POST "/twilio?n=%27" -u "/twilio?n='" -p "MessageSid=$sid"
is "$status" 200 "%27 sent, ' signed"
new_sid SM
signed POST "/twilio?n='" -u "/twilio?n=%27" -p "MessageSid=$sid"
is "$status" 200 "' sent, %27 signed"

# Not equal: the same resource perhaps, but not the URL that was signed.
for u in /twilio/ '/twilio?' /twilio/../twilio /TWILIO; do
	new_sid SM
	signed POST /twilio -u "$u" -p "MessageSid=$sid"
	is "$status" 403 "/twilio sent, $u signed: 403"
done

# What servers make of it is in tests/hosts/cases.sh.
if ! over_http; then
	new_sid SM
	signed POST 'http://hooks.example.test/twilio' -p "MessageSid=$sid" \
	    -b '' -u 'https://hooks.example.test/twilio'
	is "$status" 400 "an absolute-form target: 400"
	request POST '' -p "MessageSid=$sid" -E REQUEST_URI -s "$TOKEN_A"
	is "$status" 400 "no REQUEST_URI: 400"
	request POST '*' -p "MessageSid=$sid" -s "$TOKEN_A"
	is "$status" 400 "target '*': 400"
fi

# The port: Twilio signs it or not, and both are taken.
for b in https://hooks.example.test https://hooks.example.test:443; do
	new_sid SM
	signed POST /twilio -b "$b" -p "MessageSid=$sid"
	is "$status" 200 "signed $b"
done
signed POST /twilio -b https://hooks.example.test:8443 -p "MessageSid=$sid"
is "$status" 403 "signed another port: 403"

public() { # public URL setting, signed base, wanted status [, target]
	responder "OFFHOOK_PUBLIC_URL=$1"
	new_sid SM
	signed POST "${4:-/twilio}" -b "$2" -p "MessageSid=$sid"
	is "$status" "$3" "public URL $1, signed $2${4:-/twilio}: $3"
}

h=hooks.example.test
public "https://$h:8443" "https://$h:8443" 200
public "https://$h:8443" "https://$h" 200
public "https://user:secret@$h" "https://$h" 200
public "https://$h#rc=2&rp=all" "https://$h" 200
public "https://$h/" "https://$h" 200
public "https://$h/twilio" "https://$h" 200
public "https://$h/twilio" "https://$h" 200 /twilio/below?x=1
public "https://$h/twilio/" "https://$h" 200
public "https://$h/prefix" "https://$h/prefix" 200
public "https://$h/prefix" "https://$h" 403
public "http://$h" "http://$h" 200
public "http://$h" "http://$h:80" 200
public "http://$h" "https://$h" 403
public 'https://[2001:db8::1]:8443' 'https://[2001:db8::1]:8443' 200
public 'https://[2001:db8::1]' 'https://[2001:db8::1]' 200

# Several: Host only chooses among them.
responder "OFFHOOK_PUBLIC_URL=https://one.example.test https://two.example.test"
for h in one two; do
	new_sid SM
	signed POST /twilio -b "https://$h.example.test" \
	    -H "Host: $h.example.test" -p "MessageSid=$sid"
	is "$status" 200 "several public URLs: $h"
	new_sid SM
	signed POST /twilio -b "https://$h.example.test" \
	    -H 'Host: inner.example.test' -p "MessageSid=$sid"
	is "$status" 200 "several public URLs, an inner Host: $h"
done
signed POST /twilio -b https://evil.example.test \
    -H 'Host: evil.example.test' -p "MessageSid=$sid"
is "$status" 403 "a Host that is none of them: 403"

done_testing
