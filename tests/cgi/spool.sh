#!/bin/sh
# While PostgreSQL is away requests go into the spool, are answered as if they
# were stored, and are brought to it later: each once, with its own time.
# shellcheck disable=SC2030,SC2031 # T is another in the subshells alone
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"
database
SPOOL=$T/state/spool

pids() {
	p=$(cluster_pid "$T/pg")
	echo "$p $(pgrep -P "$p" | tr '\n' ' ')"
}
files() { # how many requests wait
	find "$SPOOL" -maxdepth 1 -type f 2>/dev/null |
	    grep -cE '/[0-9a-f]{32}(\.[0-9]+)?$'
}
newest() { # file of the spool
	find "$SPOOL" -maxdepth 1 -type f -printf '%T@ %f\n' |
	    sort -n | grep -oE '[0-9a-f]{32}$' | tail -n 1
}
offhook() {
	env -i PATH="$PATH" OFFHOOK_CONFIG="$CONFIG" "$OFFHOOK" "$@" 2>&1
}
away_is_over() { # without waiting for SPOOL_AWAY_MS
	rm -f "$SPOOL/away"
}
spooled() { # description: the last request was, and in time
	is "$status" "${2:-200}" "$1: ${2:-200}"
	below "$ms" 3500 "$1: in time ($ms ms)"
}

responder
sql "create function public.says(p jsonb) returns text language sql as
    \$\$ select '<Response><Say>Said.</Say></Response>' \$\$;
    grant usage on schema public to offhook_reply;
    select offhook.route_apply('[
    {\"name\": \"sql\", \"path\": \"/sql\", \"sql\": \"public.says\"},
    {\"name\": \"state\", \"path\": \"/state\", \"template\":
    \"<Response><Say>Hello {{session.name}}</Say></Response>\",
    \"fallback\": \"<Response><Say>Later.</Say></Response>\"},
    {\"name\": \"voice\", \"kind\": \"call.inbound\", \"template\":
    \"<Response><Say>From {{From}}</Say></Response>\"},
    {\"name\": \"hi\", \"kind\": \"message.inbound\",
    \"twiml\": \"<Response><Message>Hi.</Message></Response>\"}]',
    'test')" >/dev/null
new_sid SM
sms "$sid"
like "$body" 'Hi\.' "while it is there: the route's reply"
stored=$sid
is "$(files)" 0 "and nothing is spooled"

# Away.
cluster_stop "$T/pg"
new_sid SM
first=$sid
sms "$first"
spooled "a message"
like "$body" 'Hi\.' "a message: the route's reply"
hi=$body
is "$(files)" 1 "it is a file"
file=$SPOOL/$(newest)
is "$(stat -c '%a' "$SPOOL" "$file" | tr '\n' ' ')" '700 600 ' \
    "which is nobody else's"
like "$(head -n 1 "$file")" '^offhook-spooled 1 [0-9]+ [0-9a-f]{64}$' \
    "its first line"
sms "$first"
is "$status $body" "200 $hi" "it comes again: the same reply"
below "$ms" 1000 "at once ($ms ms)"
is "$(files)" 1 "and is still one file"
TRANSPORT_WAS=$TRANSPORT
TRANSPORT=cgi
sms "$first"
TRANSPORT=$TRANSPORT_WAS
is "$status $body" "200 $hi" "another process: the same"
like "$(log_text)" 'spooled duplicate' "the log says so"
like "$(log_text)" 'spooled .*why=' "and why it was spooled"
new_sid CA
call "$sid"
like "$body" 'From \+15550101001' "a template needs nobody"
new_sid CA
URI=/twilio/sql
call "$sid"
spooled "a route that asks a function"
unlike "$body" 'Said' "a route that asks a function: its fallback"
fallback=$body
by_sql=$sid
URI=/twilio/state
new_sid CA
call "$sid"
like "$body" 'Later' "a route that looks at the state: its fallback"
URI=/twilio
new_sid SM
last=$sid
for s in delivered sent queued; do
	sms_status "$last" "$s"
	spooled "a status, $s" 204
done
signed POST /twilio -j -d '[{"id":"EZ1","type":"com.twilio.x","data":{}},
    {"id":"EZ2","type":"com.twilio.x","data":{}}]'
spooled "a batch of events" 204
n=$(files)
is "$n" 9 "two files of it, nine in all"
signed POST /twilio -p EventType=onMessageAdd -p "AccountSid=$A"
spooled "Conversations ask"
request POST /twilio -p "MessageSid=$sid"
is "$status" 403 "a forged one: 403"
is "$(files)" 10 "and no file"
like "$(offhook spool list --output json)" "\"sid\": \"$first" \
    "spool list shows it"
like "$(offhook spool show "${file##*/}")" 'message.inbound' \
    "and spool show what it says"
like "$(offhook doctor --at-once 0)" 'requests .* wait for Postgres' \
    "doctor sees them"
sleep 1.1	# arrival and storing must differ

cluster_up "$T/pg"
away_is_over
sms "$first"
is "$status $body" "200 $hi" "it is back, not yet drained: the same reply"
is "$(count "events where sid = '$first'")" 0 "from the file"
sms "$stored"
is "$status $body" "200 $hi" "one that was stored before: Postgres's"
out=$(offhook spool drain)
is "$?" 0 "drained"
like "$out" '10 stored, 0 set aside, 0 left' "all of them"
is "$(files)" 0 "no file is left"
is "$(count "events where sid = '$first'")" 1 "the message is stored once"
is "$(sql "select received_at < clock_timestamp() - interval '1 second'
    from offhook.events where sid = '$first'")" t "with its time of arrival"
is "$(sql "select count(*) from offhook.todo t join offhook.event e
    on e.id = t.event_id where e.sid = '$first'")" 1 "and is work to do"
is "$(sql "select status from offhook.messages where sid = '$last'")" \
    delivered "the final status does not depend on the order"
is "$(sql "select route, reason is not null from offhook.events
    where sid = '$by_sql'")" 'sql|t' "the fallback is told of the event"
is "$(sql "select count, state from offhook.issue
    where type = 'spool.used'")" '1|open' "issue spool.used is opened"
sms "$first"
is "$status $body" "200 $hi" "drained: the same reply"
URI=/twilio/sql
call "$by_sql"
is "$body" "$fallback" "drained: the fallback that was sent, too"
URI=/twilio
like "$(offhook spool drain)" '0 stored, 0 set aside, 0 left' \
    "nothing is left to drain"

# Stopped in its tracks: the first waits, the next do not.
stopped=$(pids)
# shellcheck disable=SC2086
kill -STOP $stopped
new_sid SM
sms "$sid"
spooled "stopped, a first one"
new_sid SM
sms "$sid"
spooled "stopped, a second one"
below "$ms" 800 "which does not wait ($ms ms)"
# shellcheck disable=SC2086
kill -CONT $stopped
away_is_over
like "$(offhook spool drain)" ' stored, 0 set aside, 0 left' "drained"
is "$(count "events where sid = '$sid'")" 1 "it is stored"

# It cannot write.
psql -XAtq -d postgres -c \
    "alter role offhook_responder set default_transaction_read_only = on"
sql "select pg_terminate_backend(pid) from pg_stat_activity
    where usename = 'offhook_responder'" >/dev/null
new_sid SM
sms "$sid"
spooled "read-only"
is "$(files)" 1 "read-only: a file"
psql -XAtq -d postgres -c \
    "alter role offhook_responder reset default_transaction_read_only"
sql "select pg_terminate_backend(pid) from pg_stat_activity
    where usename = 'offhook_responder'" >/dev/null
away_is_over

# A lock is no outage: it is spooled, and the next one is not.
mkfifo "$T/lock"
psql -XAtq -d "$DB" >/dev/null 2>&1 <"$T/lock" &
locker=$!
exec 8>"$T/lock"
echo 'begin; lock table offhook.once in access exclusive mode;' >&8
wait_for 5 sh -c "psql -XAtq -d '$DB' -c \"select 1 from pg_locks where
    relation = 'offhook.once'::regclass and granted
    and mode = 'AccessExclusiveLock'\" | grep -q 1"
new_sid SM
sms "$sid"
spooled "a table is locked"
nok "which is no outage for the others" test -e "$SPOOL/away"
late=
if [ "$TRANSPORT" = cgi ]; then # the others have fewer processes here
	for i in 1 2 3 4 5 6 7 8; do
		new_sid SM
		mkdir "$T/late.$i"
		(
			T=$T/late.$i
			export T
			sms "$sid"
			is "$status" 200 "late $i: spooled" >"$T/tap"
		) &
		late="$late $!"
	done
	wait_for 5 test -e "$SPOOL/away"
	# shellcheck disable=SC2086 # pids
	wait $late
	is "$(cat "$T"/late.*/tap | grep -c ^ok)" 8 \
	    "eight at once: all are spooled"
	ok "and those who follow do not wait" test -e "$SPOOL/away"
	rm "$SPOOL/away"
fi
echo 'rollback;' >&8
exec 8>&-
wait "$locker"
new_sid SM
sms "$sid"
is "$(count "events where sid = '$sid'")" 1 "the lock is gone: stored"
[ -z "$late" ] || like "$(offhook spool drain)" '10 stored' "drained"

# The probe, once the outage is over.
touch -d '-10 seconds' "$SPOOL/away"
new_sid SM
sms "$sid"
is "$(count "events where sid = '$sid'")" 1 "away long ago: it is asked"
nok "and what it found is known" test -e "$SPOOL/away"

# The rest does not depend on who passed the request on.
[ "$TRANSPORT" = cgi ] || done_testing

# What cannot be drained is set aside, and the rest goes on.
offhook spool drain >/dev/null 2>&1
is "$(files)" 0 "drained"
cluster_stop "$T/pg"
new_sid SM
sms "$sid"
good=$sid
bad() { # makes a request and its file, to be damaged
	new_sid SM
	sms "$sid"
	f=$SPOOL/$(newest)
}
bad
printf x | dd of="$f" bs=1 seek=200 conv=notrunc 2>/dev/null
sum=${f##*/}
bad
chmod 644 "$f"
open=${f##*/}
bad
truncate -s -10 "$f"
short=${f##*/}
bad
# Whole, but Postgres does not take a NUL.
perl -MDigest::SHA=sha256_hex -e 'local $/; open F, "+<", $ARGV[0] or die;
    $_ = <F>; s/^[^\n]*\n//; s/message\.inbound/message.in\0ound/;
    seek F, 0, 0; truncate F, 0;
    printf F "offhook-spooled 1 %d %s\n%s", length, sha256_hex($_), $_' "$f"
nul=${f##*/}
ln -s /etc/passwd "$SPOOL/00000000000000000000000000000000"
is "$(files)" 5 "five files, four of them bad, and a link"
cluster_up "$T/pg"
away_is_over
out=$(offhook spool drain)
is "$?" 1 "draining says that there are bad ones"
like "$out" '1 stored, 5 set aside, 0 left' "and how many"
is "$(count "events where sid = '$good'")" 1 "the good one is stored"
for f in "$sum" "$open" "$short" "$nul" 00000000000000000000000000000000; do
	ok "$f is in bad/" test -L "$SPOOL/bad/$f" -o -f "$SPOOL/bad/$f"
	ok "with a reason" test -s "$SPOOL/bad/$f.why"
done
like "$(cat "$SPOOL/bad/$sum.why")" checksum "a checksum"
is "$(sql "select count from offhook.issue where type = 'spool.bad'")" 5 \
    "issue spool.bad counts them"
like "$(offhook doctor --at-once 0)" '5 answered requests in .*/bad' \
    "doctor tells of them"

# Bounds.
rm -rf "$SPOOL"
responder OFFHOOK_SPOOL_FILES=2
cluster_stop "$T/pg"
for want in 200 200 503; do
	new_sid SM
	sms "$sid"
	is "$status" "$want" "at most two files: $want"
done
sms "$sid"
is "$(files)" 2 "two files"
is "$(find "$SPOOL" -name '.new*')" '' "and no half of one"
responder OFFHOOK_SPOOL_BYTES=100
new_sid SM
sms "$sid"
is "$status" 503 "at most 100 bytes: 503"

# Off, and in the way.
responder OFFHOOK_SPOOL=
new_sid SM
sms "$sid"
is "$status" 503 "no spool: 503"
is "$(files)" 2 "no spool: no file"
responder
chmod 500 "$SPOOL"
new_sid SM
sms "$sid"
is "$status" 503 "a folder that cannot be written to: 503"
chmod 770 "$SPOOL"
sms "$sid"
is "$status" 503 "a folder that others can write to: 503"
like "$(log_text)" 'the spool fails .*others can' "and the log says why"
chmod 700 "$SPOOL"

# Killed between writing and naming it.
n=$(files)
new_sid SM
WRAP="strace -qq -f -o $T/trace -e trace=renameat2 \
    -e inject=renameat2:signal=KILL" sms "$sid"
is "$(files)" "$n" "killed before it has its name: it is not there"
is "$(find "$SPOOL" -name '.new*' | wc -l)" 1 "but for a temporary"
sms "$sid"
is "$status" 200 "Twilio asks again: 200"
find "$SPOOL" -name '.new*' -exec touch -d '-1 hour' {} +
cluster_up "$T/pg"
like "$(offhook spool drain)" '3 stored, 0 set aside' "drained"
is "$(find "$SPOOL" -name '.new*')" '' "and the temporary is gone"
is "$(od -An -tu8 -v "$SPOOL/usage" | tr -s ' ')" ' 0 0' \
    "nothing counts as used"

done_testing
