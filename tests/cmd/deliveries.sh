#!/bin/sh
# destination, delivery, dlq, replay, filter test, transform test and what
# doctor says of them: against a real database, worker and receiver.
# shellcheck disable=SC2016 # Perl is in single quotes
set -u
. "${0%/*}/../lib.sh"

database
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
mkdir "$T/exec"
chmod 755 "$T" "$T/exec"
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_operator)" \
    OFFHOOK_ALLOW_PRIVATE=127.0.0.0/8 "OFFHOOK_EXEC=$T/exec"

run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}
json() { # Perl on $v, the JSON that the command prints; arguments
	j=$1
	shift
	"$OFFHOOK" "$@" --output json 2>"$T/err" </dev/null |
	    perl -MJSON::PP -0777 -ne 'BEGIN { $e = shift @ARGV }
	    my $v = decode_json($_); print join("|", map { $_ // "-" }
	    eval $e), "\n"; die $@ if $@' "$j" 2>&1
}
sent() { # pending and other deliveries, once the worker has done what is due
	"$OFFHOOK" worker --once --max-seconds 20 >>"$T/log" 2>&1 </dev/null ||
	    diag "the worker failed"
}

# A receiver: the path's number is the status; what came is in $T/got.
cat >"$T/receiver" <<'END'
use IO::Socket::INET;
my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 64)
    or die;
open my $p, '>', "$ARGV[0]/port.new"; print $p $s->sockport; close $p;
rename "$ARGV[0]/port.new", "$ARGV[0]/port";
while (my $c = $s->accept) {
	my ($head, $body, $n) = ('', '', 0);
	while (my $l = <$c>) {
		$head .= $l;
		$n = $1 if $l =~ /^content-length: *(\d+)/i;
		last if $l =~ /^\r?\n$/;
	}
	read $c, $body, $n if $n;
	open my $f, '>>', "$ARGV[0]/got"; print $f "$head$body\n"; close $f;
	my ($status) = $head =~ m,^\S+ /(\d+),;
	print $c "HTTP/1.1 $status X\r\nContent-Length: 5\r\n",
	    "Connection: close\r\nX-Seen: yes\r\n\r\nhello";
	close $c;
}
END
perl "$T/receiver" "$T" >>"$T/log" 2>&1 </dev/null &
receiver=$!
at_exit "stop_pid $receiver 5"
wait_for 10 test -s "$T/port" || die "no receiver"
AT=http://127.0.0.1:$(cat "$T/port")

event() { # SID's digits, kind, body: sets id
	at=$(sql "select clock_timestamp()")
	id=$(sql "select offhook.uuid_at(gen_random_uuid(), '$at')")
	sql "select (i).verdict from (select offhook.ingest(
	    offhook.bucket('SM$(printf %032d "$1")'), md5('$1$2')::uuid,
	    '$id', '$at', '$A', '$2', 'message', 'SM$(printf %032d "$1")',
	    'received', null, null, null, '+15550101001', '+15550101002',
	    'POST', 'https://hooks.example.test/twilio', null, 'form',
	    'AccountSid=$A&From=%2B15550101001&Body=$3', null, null, null,
	    200::smallint, 'text/xml', '') as i) as x" >/dev/null
}

# destination add: what is refused, and how it is told.
run destination add crm
is "$rc" 2 "add: it needs a URL"
for bad in '--retry 5' '--rate 10' '--sign x' '--body xml' '--age 31d' \
    '--breaker on' '--header x' '--filter x' '--order sid' \
    '--transform-sql f' '--attempts 0' '--timeout 3m'; do
	# shellcheck disable=SC2086 # an option and its value
	run destination add crm https://crm.example.com/h $bad
	is "$rc" 2 "$bad is an error"
done
like "$out" '--timeout is a time such as 15s' "which says what it takes"
run destination add crm ftp://crm.example.com/
is "$rc" 1 "a URL of another kind"
run destination add 'C R M' https://crm.example.com/h
is "$rc" 1 "a name with blanks"
run destination add crm https://crm.example.com/h --filter '{"kid": "x"}'
is "$rc" 1 "a filter with an unknown key"
like "$out" 'Did you mean kind' "with a suggestion"
run destination add crm https://crm.example.com/h --template '{{#x}}'
is "$rc" 1 "a template that cannot be"
run destination add crm -- fetch --fast
is "$rc" 2 "a program without its path"
is "$(count destinations)" 0 "none of them is there"

# add, list, show, set.
run destination list
like "$out" 'no destination yet' "list: none yet"
run destination add crm "$AT/204" --kind message.inbound,call.inbound \
    --kind 'recording.*' --to +15550101002 --header 'X-Key: abc' \
    --header 'Authorization: Bearer s3cret' \
    --retry '1s 2s' --retry-on '408,429 500-599 !501' --attempts 3 --age 2d \
    --rate 600/m --concurrency 4 --breaker '5 1s..10s' --timeout 5s \
    --connect-timeout 2s --first-byte 3s --sign standard,twilio --raw
is "$rc" 0 "add"
like "$out" '^secret  whsec_' "prints the secret"
SECRET=$(printf '%s\n' "$out" | sed -n 's/^secret  //p')
is "$(sql "select spec - 'headers' from offhook.destinations" |
    perl -MJSON::PP -0777 -ne 'print JSON::PP->new->canonical->encode(
    decode_json($_))')" "$(printf '%s' '{"age_ms":172800000,"attempts":3,' \
    '"breaker":{"cap_ms":10000,"cool_ms":1000,"failures":5},' \
    '"concurrency":4,"connect_ms":2000,"filter":{"kind":' \
    '["message.inbound","call.inbound","recording.*"],' \
    '"to":["+15550101002"]},"first_byte_ms":3000,"rate":{"n":600,' \
    '"per_ms":60000},"raw":true,"retry_on":"408,429 500-599 !501",' \
    '"schedule_ms":[1000,2000],"sign":["standard","twilio"],' \
    "\"timeout_ms\":5000,\"url\":\"$AT/204\"}")" "the spec is what was said"
run destination add crm "$AT/204"
is "$rc" 1 "a name is there once"
is "$(json '@{$v->[0]}{qw(name state target pending)}' destination list)" \
    "crm|running|$AT/204|0" "list"
run destination show crm
like "$out" '^retry +1s 2s$' "show: in the options' words"
like "$out" '^breaker +5 1s\.\.10s$' "show: the breaker"
like "$out" '^rate +600/m$' "show: the rate"
like "$out" '^order +none \(default\)$' "show: what is not set"
like "$out" '^header +Authorization: \*\*\*$' "show: no header's value"
unlike "$out" 'whsec_|s3cret' "and no secret"
run destination show crm --secrets
is "$(printf '%s\n' "$out" | sed -n 's/^secret  *//p')" "$SECRET" \
    "show --secrets"
like "$out" 'Bearer s3cret' "with the headers"
is "$(json '$v->{secrets}[0], $v->{spec}{headers}{"X-Key"}' destination \
    show crm --secrets)" "$SECRET|abc" "and in JSON"
run destination show crn
is "$rc" 1 "show: there is none"
run destination set crm
is "$rc" 2 "set: nothing to change"
like "$out" 'such as --kind' "names options"
run destination set crm --kind '' --rate '' --retry 'exponential 1s..2s' \
    --header 'x-key: def' --no-raw --breaker ''
is "$rc" 0 "set"
run destination show crm --secrets
like "$out" '^filter +\{"to": \["\+15550101002"\]\}$' \
    "set: one key of the filter goes"
like "$out" '^retry +exponential 1s\.\.2s$' "set: another retry"
like "$out" '^breaker +10 30s\.\.10m \(default\)$' "set: '' is the default"
like "$out" 'X-Key: def' "set: one header, in any case"
like "$out" 'Bearer s3cret' "set: the other one stays"
unlike "$out" '^r(ate|aw) ' "set: what is taken away"
run destination set crm --header 'X-Key:' --filter '' --kind 'message.*'
like "$("$OFFHOOK" destination show crm)" \
    '^filter +\{"kind": \["message\.\*"\]\}$' "set: another filter"
unlike "$("$OFFHOOK" destination show crm)" 'X-Key' "and a header less"
run destination set crm --stuck hold
is "$rc" 1 "set: the whole is checked"
run destination set crm "$AT/204" "$AT/200"
like "$out" "it takes one URL, and nothing behind it: $AT/200" "set: one URL"
run destination pause crm
is "$(json '$v->{state}' destination show crm)" paused "pause"
run destination resume crm
is "$(json '$v->{state}' destination show crm)" running "resume"
run destination rotate crm --keep 7d
like "$out" '^secret  whsec_' "rotate"
is "$(json '0 + @{$v->{secrets}}' destination show crm --secrets)" 2 \
    "both are there"
run destination rotate crm --drop-old
is "$(json '0 + @{$v->{secrets}}, $v->{secrets}[0] ne "'"$SECRET"'"' \
    destination show crm --secrets)" '1|1' "rotate --drop-old"
run destination rotate crm --keep x
is "$rc" 2 "rotate: no time"

# destination test: one delivery, now, recorded nowhere.
run destination test crm
is "$rc" 0 "test: delivered"
like "$out" '^POST http.*/204[?]bodySHA256=' "prints the request"
like "$out" '^webhook-signature: v1,' "signed"
like "$out" '^X-Twilio-Signature: ' "twice"
like "$out" '^meaning  delivered' "and what it means"
like "$(cat "$T/got")" 'Authorization: Bearer s3cret' "it came"
run destination set crm "$AT/503"
run destination test crm
is "$rc" 1 "test: a failure"
like "$out" 'status 503|HTTP_STATUS.*tried again in [12] s' "that would be tried again"
like "$out" '^hello' "with the answer"
run destination set crm "$AT/410"
is "$(json '@$v{qw(outcome reason status)}' destination test crm)" \
    'dead|status 410|410' "test: one that would not"
run destination set crm http://127.0.0.1:1/
like "$(json '$v->{error}' destination test crm)" CONNECTION_REFUSED \
    "test: nobody there"
event 1 message.inbound 'hello+event'
E1=$id
run destination set crm "$AT/204"
run destination test crm --event "$E1"
is "$rc" 0 "test --event"
like "$out" 'hello event' "with that event"
unlike "$out" 'filter  ' "which it would get"
event 2 call.inbound ring
run destination test crm --event "$id"
like "$out" '^filter +would keep it out: kind' "test: or would not"
run destination test crm --event 00000000-0000-7000-8000-000000000000
is "$rc" 1 "test: no such event"
is "$(count deliveries)" 0 "nothing is recorded"
cat >"$T/exec/take" <<END
#!/bin/sh
cat >"$T/taken"
echo "\$1"
exit 100
END
chmod 755 "$T/exec/take"
run destination add prog -- "$T/exec/take" 'a b'
is "$rc" 0 "add: a program"
run destination test prog
like "$out" 'exit status 100' "test: a program"
like "$out" '^a b$' "with its argument"
like "$(cat "$T/taken")" '"type":"message.inbound"' "and its input"
run destination delete prog
is "$rc" 0 "delete"

# filter test, transform test.
run filter test '{"kind": "message.*"}'
like "$out" "$E1 .*message.inbound.*yes" "filter test: passes"
like "$out" 'call.inbound .*no +kind +"message.\*" +call.inbound' \
    "or not, and why"
like "$out" '^1 of 2 would' "how many"
is "$(json 'map { $_->{passes} } @$v' filter test \
    '{"params.Body": {"pattern": "^hello"}}' "$E1" "$id")" 'yes|no' \
    "of events by their ids"
is "$(json 'map { $_->{passes} } @$v' filter test crm "$E1")" yes \
    "by a destination's name"
run filter test '{"kind": "x"'
is "$rc" 1 "filter test: no JSON"
run filter test '{"kid": "x"}' x
is "$rc" 1 "filter test: no filter"
run filter test '{"kind": "message.*"}' x
is "$rc" 2 "filter test: no event"
run transform test --template '{"t": {{Body}}, "k": "{{event.kind}}"}' "$E1"
like "$out" '^\{"t": "hello event", "k": "message.inbound"\}$' \
    "transform test: a template"
run transform test --template '{"t": {{Body}}' "$E1"
like "$out" 'cannot be made' "one that gives no JSON"
run transform test --template '{{Body}}!' --type text/plain "$E1"
like "$out" '^hello event!$' "transform test: a plain text"
run transform test --template '{{#x}}' "$E1"
is "$rc" 1 "a template that cannot be"
run transform test
is "$rc" 2 "transform test: by what"
psql -XAtq -v ON_ERROR_STOP=1 -d "$DB" <<'END'
create schema app;
grant usage on schema app to offhook_reply, offhook_operator;
create function app.short(p_event jsonb) returns text language sql as $$
    select p_event #>> '{data,params,Body}' $$;
END
run transform test --sql app.short "$E1"
like "$out" '^hello event$' "transform test: a function"
run transform test --sql app.long "$E1"
is "$rc" 1 "a function that is not there"
run destination set crm --transform-sql app.short --type text/plain
is "$(json '$v->[0]{result}' transform test --destination crm "$E1")" \
    'hello event' "transform test: a destination's"
psql -XAtq -d "$DB" -c 'create or replace function app.short(p_event jsonb)
    returns text language sql as $$ select null $$'
run transform test --destination crm "$E1"
like "$out" 'gives null: .*cancelled' "one that gives nothing"
run destination set crm --template '[{{Body}}]' --type ''
is "$(json '$v->[0]{result}' transform test --destination crm "$E1")" \
    '["hello event"]' "one takes the other's place"
run destination set crm --template ''

# What is delivered: list, show.
sent
event 3 message.inbound three
E3=$id
sent
is "$(json '@{$v->[0]}{qw(destination kind state attempts status event_id)}' \
    delivery list)" "crm|message.inbound|delivered|1|204|$E3" "list"
D=$(json '$v->[0]{id}' delivery list)
run delivery show "$D"
like "$out" '^state +delivered' "show"
like "$out" '^1 +20.* 204 ' "show: the attempt"
like "$out" 'X-Seen: yes' "show: the answer's head"
is "$(json '$v->{delivery}{event_id}, $v->{attempts}[0]{status}' delivery \
    show "dlv_${E3}_$D")" "$E3|204" "show: by the id that receivers know"
like "$(cat "$T/got")" "webhook-id: dlv_${E3}_$D" "as it came"
is "$(json '$v->[0]{id}' delivery show "$E3")" "$D" "show: of an event"
run delivery show x
is "$rc" 2 "show: no id"
run delivery show 999999
is "$rc" 1 "show: none of it"
run delivery retry "$D"
is "$rc" 1 "retry: it was delivered"

# Dead letters.
is "$(json '$v->[0]{id} // "none"' delivery list --state sending)" none \
    "delivery list: none is being sent"
run destination set crm "$AT/410"
for n in 4 5 6; do
	event "$n" message.inbound "no$n"
done
sent
is "$(json 'map { @$_{qw(destination state reason last_answer deliveries)}
    } @$v' dlq list)" 'crm|dead|status 410|status 410|3' "dlq list: by reason"
is "$(json '0 + @$v' delivery list --state dead)" 3 "delivery list --state"
is "$(json '0 + @$v' delivery list --undelivered --destination crm \
    --number +15550101001 --kind 'message.*' --since 1h)" 3 \
    "delivery list: filters"
is "$(json '0 + @$v' delivery list --number +15550101099)" 0 \
    "and what they keep out"
run delivery list --limit 2
next=$(printf '%s\n' "$out" | sed -n 's/^next: //p')
is "$(json '0 + @$v' delivery list --after "$next")" 3 \
    "delivery list: the next page"
is "$("$OFFHOOK" delivery list --output csv | wc -l)" 6 "delivery list: CSV"
for wrong in 'delivery list --kind message.inbund' 'dlq list --kind call' \
    'delivery list --state dead --undelivered' 'delivery list --limit 0' \
    'delivery list --since 1h --until 2h' 'dlq retry --reason=' \
    'replay plan --to crm --outcome ded' 'replay plan --to crm --kind x' \
    'destination set crm --kind message.*,cal.*' 'filter test {} --last 0' \
    'listen http://localhost:1/ --kind x' 'delivery show 1 --output csv'; do
	# shellcheck disable=SC2086 # a command's words
	run $wrong
	is "$rc" 2 "$wrong: an error"
done
run delivery list --kind 'mesage.*'
like "$out" 'there is no mesage.\*; did you mean message.\*\?' \
    "with the nearest kind"
for none in 'delivery list --destination x' 'delivery list --replay 99' \
    "delivery list --event 01900000-0000-7000-8000-000000000000" \
    "delivery show 01900000-0000-7000-8000-000000000000" \
    'dlq list --destination x' 'dlq purge --destination x'; do
	# shellcheck disable=SC2086
	run $none
	like "$rc $out" '^1 .*there is no (destination|replay|event) ' \
	    "$none: there is none"
done
run delivery list --state gone
like "$rc $out" '^2 .*--state is pending, .* or cancelled, not gone' \
    "delivery list: no such state"
run destination set crm "$AT/204"
D=$(json '$v->[0]{id}' delivery list --state dead)
is "$(json '$v->[0]{result}' delivery retry "$D")" 'tried now' \
    "delivery retry"
sent
is "$(json '@{$v->{delivery}}{qw(state attempts trigger)}' delivery show \
    "$D")" 'delivered|2|retry' "which is delivered"
is "$(json '$v->{deliveries}' dlq retry --reason 'status 5*')" 0 \
    "dlq retry: another reason"
is "$(json '$v->{would_purge}' dlq purge --destination crm)" 2 \
    "dlq purge: how many it would be"
is "$(json '$v->{deliveries}' dlq retry --destination crm --reason \
    'status 4*')" 2 "dlq retry"
sent
is "$(json '0 + @$v' dlq list)" 0 "they are gone"
run destination set crm "$AT/410"
event 7 message.inbound no7
sent
is "$(json '$v->{deliveries}' dlq purge --yes)" 1 "dlq purge --yes"
is "$(json '@{$v->[0]}{qw(state reason)}' delivery list --limit 1)" \
    'cancelled|purged' "it is cancelled"
run dlq retry --destination crmm
is "$rc|$(printf '%s' "$out" | grep -c 'tried again')" '1|0' \
    "dlq retry: no such destination, and nothing else is said"
run dlq list --destination crm --since yesterday
is "$rc" 2 "dlq: no time"

# Pending ones; delete, and what doctor says.
run destination pause crm
event 8 message.inbound eight
sent
D=$(json '$v->[0]{id}' delivery list --state pending)
is "$(json '$v->{delivery}{waits_for}' delivery show "$D")" \
    'the destination, which is paused' "show: what a pending one waits for"
run destination delete crm
is "$rc" 1 "delete: not with one pending"
like "$out" '--yes' "unless --yes"
is "$(json '$v->[0]{result}' delivery cancel "$D" --reason 'by hand')" \
    cancelled "delivery cancel"
is "$(json '$v->{delivery}{reason}' delivery show "$D")" 'by hand' \
    "for the reason given"
run destination resume crm

# What waits behind a dead one of its resource.
run destination add ord "$AT/410" --order resource --stuck hold
is "$rc" 0 "add: with an order"
event 20 message.inbound first
event 20 message.status second
sent
D=$(json '$v->[1]{id}' delivery list --destination ord)
W=$(json '$v->[0]{id}' delivery list --destination ord)
is "$(json '$v->{delivery}{state}, $v->{delivery}{waits_for}' delivery show \
    "$W")" \
    "waiting|delivery $D of the same resource, which is dead: status 410" \
    "show: what a waiting one waits for"
is "$(json '$v->[0]{hold_lanes}' dlq list --destination ord)" 1 \
    "dlq list: that it is held"
is "$(json '$v->[0]{id}' delivery list --state waiting)" "$W" \
    "delivery list: what waits behind another"
is "$(json '$v->{delivery}{holds_lane} ? "yes" : "no"' delivery show "$D")" \
    yes "show: that it is held, as a boolean"
for list in 'destination list' 'dlq list' 'replay status' 'route list' \
    'route history' 'request list' 'filter test crm' 'house plan' \
    'house show' 'kind list' 'kind fields' 'spool list'; do
	# shellcheck disable=SC2086
	is "$("$OFFHOOK" $list --output csv 2>&1 | head -n 1 |
	    grep -Ec "^[a-z_]+(,[a-z_]+)+$(printf '\r')\$")" 1 "$list: CSV"
done
is "$("$OFFHOOK" dlq list --output csv | sed -n 's/,1,20.*//p')" \
    'ord,dead,status 410,status 410' "CSV: the rows"
run destination delete ord --yes
like "$out" '^deleted; the 1 pending become cancelled' "delete --yes"

# Replay.
run destination set crm "$AT/204"
before=$(grep -c '^POST' "$T/got")
run replay plan --destination crm --kind message.inbound --rate 100/s
is "$rc" 0 "replay plan"
like "$out" '^plan 1: 8 events suit, 8 deliveries to crm' "says how many"
like "$out" 'in about 1 s, at 100/s' "and how long"
is "$(grep -c '^POST' "$T/got")" "$before" "and sends nothing"
run replay run 1
is "$rc" 0 "replay run"
replayed() { # what a rate holds back is for a later worker
	sent
	[ "$(json '@{$v->[0]}{qw(state deliveries delivered)}' \
	    replay status)" = 'done|8|8' ]
}
ok "replay status" wait_for 10 replayed
is "$(($(grep -c '^POST' "$T/got") - before))" 8 "they came"
is "$(json '0 + @$v' delivery list --replay 1)" 8 "delivery list --replay"
run replay run 1
is "$rc" 1 "a plan is run once"
is "$(json '$v->{deliveries}' replay plan --to crm --event "$E1")" 1 \
    "replay plan: one event"
is "$(json '$v->{state}' replay run --yes --destination crm --outcome dead \
    --since 1h)" running "replay run --yes"
run replay run
is "$rc" 2 "replay run: what"
run replay plan --since 1h
is "$rc" 1 "replay plan: where to"
run replay plan --destination crm --rate x
is "$rc" 2 "replay plan: no rate"
run replay cancel 2
is "$rc" 0 "replay cancel"
is "$(json '$v->{state}' replay status 2)" cancelled "it is"
run replay status 99
is "$rc" 1 "replay status: none of it"

# doctor.
doctor() {
	"$OFFHOOK" doctor --at-once 0 http://127.0.0.1:1/ 2>&1 </dev/null
}
sql "delete from offhook.worker; delete from offhook.todo" >/dev/null
out=$(doctor)
unlike "$out" '^(warn|BAD) +(worker|breaker|pending)' \
    "doctor: nothing to do, nothing to say"
event 9 message.inbound nine
out=$(doctor)
like "$out" '^warn +worker .*no worker at this moment' "doctor: no worker"
sql "insert into offhook.delivery (event_id, event_at, routed_at, due_at,
    destination, bucket) select '$id', now(), now() - interval '2 hours',
    now() - interval '2 hours', id, 0 from offhook.destinations" >/dev/null
out=$(doctor)
like "$out" '^BAD +worker .*no worker.*2 h.*offhook worker' \
    "doctor: no worker for long"
like "$out" '^warn +pending .*to crm waits since 2 h.*--destination crm' \
    "doctor: an old delivery"
sql "insert into offhook.worker values (gen_random_uuid(), 'h', 1, '0.0.9',
    now(), now(), 0)" >/dev/null
out=$(doctor)
like "$out" '^warn +worker .*0\.0\.9' "doctor: an old worker"
sql "insert into offhook.destination_state (destination, breaker, failures,
    open_until) select id, 'open', 10, now() + interval '1 hour'
    from offhook.destinations" >/dev/null
out=$(doctor)
like "$out" '^warn +breaker .*crm' "doctor: a destination that rests"
out=$(doctor)
unlike "$out" '^BAD +(exec|destination)' "doctor: all may be gone to"
like "$out" '^warn +dead .*2 dead letters of crm.*status 410.*dlq list' \
    "doctor: dead letters"
run destination pause crm
sql "update offhook.destination set paused_at = now() - interval '2 days'" \
    >/dev/null
out=$(doctor)
like "$out" '^warn +paused .*crm, since .* pending.*destination resume crm' \
    "doctor: paused for long"
run destination resume crm
run channel add page mail root
sql "update offhook.channel set tries = 3, error = 'no mail here'" \
    >/dev/null
out=$(doctor)
like "$out" '^warn +channel .*page tells nobody: no mail here.*test page' \
    "doctor: a channel that fails"
run destination add prog -- "$T/exec/take"
unlike "$out" 'it is not run' "add: a program that may be run"
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_operator)"
out=$(doctor)
like "$out" '^BAD +exec .*prog.*OFFHOOK_EXEC' \
    "doctor: a program without OFFHOOK_EXEC"
like "$out" '^BAD +destination +crm: 127.0.0.1 is a private address' \
    "doctor: a private address without OFFHOOK_ALLOW_PRIVATE"
run destination add priv http://10.1.2.3/
like "$rc $out" '10.1.2.3 is a private address: nothing is sent there' \
    "add: says so, too"
run destination add priv http://10.1.2.3/
like "$rc $out" '^1 ' "add: there is one"
unlike "$out" 'nothing is sent' "nothing else is said then"
run destination add prog2 -- "$T/exec/take"
like "$out" 'is in no folder of OFFHOOK_EXEC: it is not run' \
    "add: of a program"
run destination delete crm --yes
is "$rc" 0 "delete --yes"
done_testing
