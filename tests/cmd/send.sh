#!/bin/sh
# offhook send: every kind and variant, through Apache into the database;
# what is printed instead of sent; words that are wrong.
set -u
TRANSPORT=apache
. "${0%/*}/../lib.sh"

database
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
responder
HERE=http://127.0.0.1:$HTTP_PORT
run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}

# The list, and each one of it.
run send --list
is "$rc" 0 "send --list"
like "$out" '^conversation.onMessageAdd +chat +form' "a kind and a variant"
"$OFFHOOK" send --list --output json >"$T/list.json"
perl -MJSON::PP -0777 -ne 'print "$_->{kind} $_->{variant}\n"
    for @{decode_json($_)}' "$T/list.json" >"$T/list"
is "$(wc -l <"$T/list")" "$("$OFFHOOK" send --list | sed 1d | wc -l)" \
    "as JSON, all of it"
"$OFFHOOK" kind list --output json >"$T/kinds.json"
perl -MJSON::PP -0777 -ne 'print "$_->{kind}\n" for @{decode_json($_)}' \
    "$T/kinds.json" | sort -u >"$T/kinds"
is "$(sed 's/ .*//; s/^stream\..*/stream.*/' "$T/list" | sort -u |
    diff - "$T/kinds")" '' "every kind that is recognised has a sample"
bad=
while read -r kind variant; do
	"$OFFHOOK" send "$kind" "$BASE/twilio" --variant "$variant" \
	    --connect "$HERE" --output json >"$T/sent" 2>&1 </dev/null ||
	    bad="$bad $kind/$variant"
	sed "s/^{/{\"kind\": \"$kind\", \"variant\": \"$variant\", /" \
	    "$T/sent" >>"$T/all"
done <"$T/list"
is "$bad" '' "each kind and variant is answered 2xx"
perl -MJSON::PP -ne 'BEGIN { $/ = "}\n" }
    my $r = decode_json($_);
    printf "%s(\x27%s\x27, \x27%s\x27, \x27%s\x27)", $. > 1 ? ", " : "",
	@$r{qw(kind variant sid)}' "$T/all" >"$T/values"
is "$(sql "select w.kind, w.variant, string_agg(distinct e.kind, ' ')
    from (values $(cat "$T/values")) w (kind, variant, sid)
    left join offhook.events e on right(e.sid, 32) = right(w.sid, 32)
    where w.kind not in ('conversation.onConversationAdd', 'other')
    group by w.kind, w.variant
    having not coalesce(bool_or(e.kind = w.kind), false)")" '' \
    "and stored under the kind that was asked for"

# Options are the same for every kind.
RE=RE000000000000000000000000000000a1
run send recording.status "$BASE/twilio" --connect "$HERE" --sid "$RE" \
    --status absent --param RecordingTrack=inbound --get
is "$rc" 0 "options of another kind"
is "$(sql "select params->>'RecordingSid', params->>'RecordingStatus',
    params->>'RecordingTrack', params->>'CallSid', method
    from offhook.events where params->>'RecordingSid' = '$RE'")" \
    "$RE|absent|inbound|CA${RE#RE}|GET" \
    "all are taken, and related SIDs have its digits"
run send message.inbound "$BASE/twilio" --connect "$HERE" \
    --variant whatsapp-button --body 'Yes & no'
is "$(sql "select count(*) from offhook.events
    where params->>'Body' = 'Yes & no' and params->>'ButtonType' = 'REPLY'
    and \"from\" = 'whatsapp:+15550101001'")" 1 "a variant with a text"
SM=SM000000000000000000000000000000a2
run send stream.com.twilio.messaging.inbound-message.received \
    "$BASE/twilio" --connect "$HERE" --sid "$SM" --body 'a "quoted" \ é' \
    --output json
is "$rc" 0 "a text in JSON"
like "$out" 'bodySHA256=[0-9a-f]{64}' "its hash is in the URL"

# Printed, not sent.
before=$(count events)
run send call.dial "$BASE/twilio?x='a'" --variant sip --sid CA1 --print
is "$rc" 0 "--print"
# Called by eval.
# shellcheck disable=SC2317,SC2329
curl() {
	printf '%s\n' "$@"
}
printed=$(eval "$out")
like "$printed" '^X-Twilio-Signature: .{28}$' "a curl command: signature"
like "$printed" "^https://hooks.example.test/twilio\\?x='a'\$" "URL"
like "$printed" '^Called=.*&CallSid=CA1&.*DialSipResponseCode=486' "body"
run send debugger.alert "$BASE/twilio" --print --output json
# shellcheck disable=SC2016 # the dollars are Perl's
ok "as JSON" perl -MJSON::PP -e 'my $r = decode_json($ARGV[0]);
    exit !($r->{method} eq "POST" && $r->{body} =~ /^ParentAccountSid=&/ &&
    grep { /^X-Twilio-Signature/ } @{$r->{headers}})' "$out"
run send call.inbound "$BASE/twilio" --get --print
like "$out" 'curl -X GET' "a GET"
unlike "$out" 'data-raw|Content-Type' "without a body"
is "$(count events)" "$before" "nothing was sent"
run send sms "$BASE/twilio" --print --connect "$HERE"
is "$rc" 2 "--print with --connect: exit status 2"

# Wrong words.
run send
is "$rc" 2 "send alone: exit status 2"
like "$out" '^call.dial +sip' "it lists the kinds"
run send call.dail "$BASE/twilio"
is "$rc" 2 "an unknown kind: exit status 2"
like "$out" 'did you mean call.dial\?' "with the nearest one"
run send onMessageAdd "$BASE/twilio"
like "$out" 'did you mean conversation.onMessageAdd\?' "by its end, too"
run send call.dial "$BASE/twilio" --variant sipp
like "$out" 'no variant sipp' "an unknown variant"
run send call.dial
like "$out" 'it needs URL' "no URL"
run send call.dial a b
like "$out" 'one word too many' "a word too many"
run send stream.com.twilio.messaging.message.sent "$BASE/twilio" --get
is "$rc" 2 "JSON takes no --get"
run send sms "$BASE/twilio" --header X-Key --print
is "$rc" 2 "a header without a value"
run send sms "$BASE/twilio" --repeat 0
is "$rc" 2 "no time at all"
run send nothing-like-it "$BASE/twilio"
like "$out" 'there is no kind nothing-like-it; see: offhook send --list' \
    "no kind is near"

done_testing
