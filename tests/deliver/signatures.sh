#!/bin/sh
# Real receivers verify what we deliver: with the library of Standard
# Webhooks, also while a secret is rotated, and with Twilio's own.
. "${0%/*}/../lib.sh"
. "${0%/*}/lib.sh"

[ -d "$ROOT/build/npm/node_modules/standardwebhooks" ] ||
	die "no build/npm: call tools/npm"
receiver receiver receiver.js
BODY='From=%2B15550101001&To=%2B15550101002&x=b&x=a&y=%C3%A9+%22&z='
to() { # path, more of the spec
	printf '{"url": "http://%s%s"%s}' "$ADDRESS" "$1" "${2:+, $2}"
}
got() { # expression of the last request, r
	node -e 'const fs = require("fs");
	const r = JSON.parse(fs.readFileSync(process.argv[1], "utf8").trim()
	    .split("\n").pop());
	console.log(eval(process.argv[2]))' "$T/receiver.log" "$1"
}
fine='delivered - 0 200 -'

### Standard Webhooks

deliver "$(to /standard/new)"
is "$said" "$fine" "verified by standardwebhooks; no change of it is"
is "$(got 'r.body.type + " " + r.body.data.params.x + " " + r.body.data.params.y')" \
    'message.status b,a é "' "the envelope"
is "$(got 'r.headers["webhook-id"]')" \
    'dlv_01938338-0000-0000-0000-000000000000_42' "its id"
is "$(got 'r.headers["content-type"] + " " + r.headers["x-offhook-kind"] + " " +
    r.headers["x-offhook-attempt"]')" 'application/json message.status 1' \
    "what it is"
id=$(got 'r.headers["webhook-id"]')
deliver "$(to /standard/new)" -n 3
is "$(got 'r.headers["webhook-id"] + " " + r.headers["x-offhook-attempt"]')" \
    "$id 4" "the same id in each attempt"
deliver "$(to /standard/old)"
is "$said" 'dead status 400 0 400 HTTP_STATUS' "another secret is refused"
SECRETS='"'$SECRET_NEW'", "'$SECRET_OLD'"'
deliver "$(to /standard/old)"
is "$said" "$fine" "while rotating: who knows the old secret"
deliver "$(to /standard/new)"
is "$said" "$fine" "and who knows the new one"
SECRETS=
for body in form both; do
	deliver "$(to /standard/new '"body": "'$body'"')"
	is "$said" "$fine" "signed as $body"
done
is "$(got 'r.body.data.form')" "$BODY" "both: the form as it came"
BODY='{"a": [1, 2], "b": "é"}'
deliver "$(to /standard/new)" -f json
is "$said $(got 'JSON.stringify(r.body.data.json)')" \
    "$fine "'{"a":[1,2],"b":"é"}' "an event of JSON"
BODY=$(printf 'a=%%ff')
deliver "$(to /standard/new)"
is "$said $(got 'Buffer.from(r.body.data.raw, "base64").toString()')" "$fine a=%ff" \
    "what is no text has its bytes beside it"

### Twilio's

BODY='From=%2B15550101001&x=b&x=a&x=b&y=%C3%A9+%22%26&z=&w=a%20b~!*()'
form='"sign": ["twilio"], "body": "form"'
json='"sign": ["twilio", "standard"]'
deliver "$(to /twilio "$form")"
is "$said" "$fine" "a form is verified by Twilio's middleware"
is "$(got 'r.raw')" "$BODY" "byte for byte"
deliver "$(to '/twilio?q=1&r=a%20b' "$form")"
is "$said" "$fine" "at a URL with a query"
deliver "$(to /twilio "$json")"
is "$said $(got '/\?bodySHA256=[0-9a-f]{64}$/.test(r.url)')" "$fine true" \
    "JSON, by its hash in the URL"
deliver "$(to '/twilio?q=1' "$json")"
is "$said $(got '/\?q=1&bodySHA256=[0-9a-f]{64}$/.test(r.url)')" \
    "$fine true" "behind another query"
is "$(got '"webhook-signature" in r.headers')" true "and signed twice"
BODY='{"EventType": "onMessageAdded"}'
deliver "$(to /twilio "$form")" -f json
is "$said $(got 'r.raw')" "$fine $BODY" "an event of JSON, as it came"
deliver "$(to /twilio '"sign": []')" -f json
is "$said" 'dead status 400 0 400 HTTP_STATUS' "unsigned it is refused"
TOKEN_A=guess
deliver "$(to /twilio "$form")" -f json
is "$said" 'dead status 403 0 403 HTTP_STATUS' "so is another token"
TOKEN_A=test-token-a

### Headers and transforms

BODY='From=%2B15550101001&Body=%22%7D%2C%0A%5C&NumMedia=0'
deliver "$(to /standard/new '"headers": {"Authorization": "Bearer x",
    "User-Agent": "mine", "Webhook-Id": "forged"}')"
is "$said $(got 'r.headers.authorization + " " + r.headers["user-agent"]')" \
    "$fine Bearer x mine" "the destination's own headers; not for ours"
deliver "$(to /standard/new '"template":
    "{\"text\": \"<{{Body}}>\", \"value\": {{Body}}, \"none\": {{None}}, \"kind\": \"{{event.kind}}\", \"all\": {{event.params}}}"')"
is "$said" "$fine" "a template"
is "$(got 'JSON.stringify(r.body)')" \
    '{"text":"<\"},\n\\>","value":"\"},\n\\","none":null,"kind":"message.status","all":{"From":"+15550101001","Body":"\"},\n\\","NumMedia":"0"}}' \
    "no value breaks its JSON"
deliver "$(to /standard/new '"type": "text/plain", "template": "From {{From}}"')"
is "$said $(got 'r.raw')" "$fine From +15550101001" "a template of text"
deliver "$(to /twilio '"type": "application/x-www-form-urlencoded",
    "template": "a={{Body}}&b={{From}}", "sign": ["twilio"]')"
is "$said $(got 'r.raw')" "$fine a=%22%7D%2C%0A%5C&b=%2B15550101001" \
    "a template of a form"
deliver "$(to /standard/new '"template": "{\"a\": [{{#Body}}1,{{/Body}}]}"')"
is "$said" 'dead transform 0 -1 TRANSFORM_FAILED' \
    "a template that gives no JSON is not sent"
deliver "$(to /standard/new '"transform_sql": "app.f"')" -t '{"x": 1}'
is "$said $(got 'r.raw')" "$fine "'{"x": 1}' "what a function made of it"

done_testing
