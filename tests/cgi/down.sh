#!/bin/sh
# PostgreSQL away, stopped or behind PgBouncer, and no spool (spool.sh has one):
# an answer below 3 seconds, no crash, and all well again at the next request.
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"
database
responder OFFHOOK_SPOOL=
sql "select offhook.route_set('message.inbound', '*',
    '<Response><Message>Hi.</Message></Response>')" >/dev/null

refused() { # description
	is "$status" 503 "$1: 503"
	below "$ms" 3000 "$1: below 3 s (it took $ms ms)"
}
served() { # description
	new_sid SM
	sms "$sid"
	is "$status" 200 "$1: 200"
	like "$body" 'Hi\.' "$1: the route's reply"
	is "$(count "events where sid = '$sid'")" 1 "$1: it is stored"
}

served "at first"

cluster_stop "$T/pg"
new_sid SM
sms "$sid"
refused "PostgreSQL is down, a message"
sms_status "$sid" sent
refused "PostgreSQL is down, a status"
new_sid CA
call "$sid"
refused "PostgreSQL is down, a call"
request POST /twilio -p "MessageSid=$sid"
is "$status" 403 "PostgreSQL is down, a forged one: 403"
signed POST /twilio -j -d '[{"id":"EZ1","type":"com.twilio.x","data":{}}]'
refused "PostgreSQL is down, a batch of events"
signed POST /twilio -p EventType=onMessageAdd -p "AccountSid=$A"
is "$status $body" '200 {}' \
    "PostgreSQL is down, Conversations ask: published, as without an answer"
signed POST /twilio -p Sid=NO000000000000000000000000000000a1 \
    -p "AccountSid=$A" -p Level=ERROR -p PayloadType=application/json \
    -p "Payload={\"webhook\":{\"request\":{\"url\":\"$BASE/twilio\"}}}"
is "$status" 204 "PostgreSQL is down, an alert about just that: 204, no loop"
cluster_up "$T/pg"
served "PostgreSQL is back"

# The postmaster and every backend stopped in their tracks.
pids() {
	p=$(cluster_pid "$T/pg")
	echo "$p $(pgrep -P "$p" | tr '\n' ' ')"
}
stopped=$(pids)
# shellcheck disable=SC2086
kill -STOP $stopped
new_sid SM
sms "$sid"
refused "PostgreSQL is stopped"
sms "$sid"
refused "PostgreSQL is stopped, a second time"
# One process: it knows, and those who queue behind it learn of it soon.
[ "$TRANSPORT" != fcgi ] ||
    below "$ms" 1500 "PostgreSQL is stopped, a second time: below 1.5 s"
# shellcheck disable=SC2086
kill -CONT $stopped
served "PostgreSQL goes on"

# A lock held by somebody else.
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
refused "a table is locked"
echo 'rollback;' >&8
exec 8>&-
wait "$locker"
served "the lock is gone"

# Its connection killed between two requests.
sql "select pg_terminate_backend(pid) from pg_stat_activity
    where usename = 'offhook_responder'" >/dev/null
served "after its connection was killed"
cluster_stop "$T/pg"
cluster_up "$T/pg"
served "after a restart that it did not see"

# No connection is left for it.
sql "alter role offhook_responder connection limit 0;
    select pg_terminate_backend(pid) from pg_stat_activity
    where usename = 'offhook_responder'" >/dev/null
new_sid SM
sms "$sid"
refused "all connections are taken"
sql "alter role offhook_responder connection limit -1" >/dev/null
served "a connection is free again"

# The disk is full: the kernel lets no file of PostgreSQL grow beyond a size
# that the table of long bodies has reached (and no WAL segment ever does).
limit_files() { # bytes
	for p in $(pids); do
		prlimit --pid "$p" --fsize="$1:"
	done
}
sql "insert into offhook.event (id, received_at, bucket, key, account, kind,
    verdict, method, format, raw)
    select gen_random_uuid(), clock_timestamp(), 0, gen_random_uuid(), 'x',
    'other', 'recorded', 'POST', 'form', r.raw
    from (select decode(string_agg(md5(i::text || random()), ''), 'hex') as raw
    from generate_series(1, 12500) i) r, generate_series(1, 100)" >/dev/null
long=$(perl -e 'srand(1); print map { chr(97 + rand 26) } 1 .. 100_000')
limit_files 17000000
new_sid SM
sms "$sid" -p "Body=$long"
refused "the disk is full"
is "$(count "events where sid = '$sid'")" 0 "the disk is full: no half of it"
limit_files unlimited
sms "$sid" -p "Body=$long"
is "$status" 200 "the disk has room again: 200"
is "$(count "events where sid = '$sid'")" 1 "the disk has room again: stored"

# The password, the database or the role is wrong.
responder OFFHOOK_SPOOL= "DATABASE_URL=$(url_of nowhere offhook_responder)"
new_sid SM
sms "$sid"
refused "a database that is not there"
# Connections are taken by the kernel, and nobody ever says a word.
mkfifo "$T/mute"
perl -MIO::Socket::INET -e '$| = 1; $s = IO::Socket::INET->new(Listen => 9,
    LocalAddr => "127.0.0.1") or die; print $s->sockport, "\n"; sleep 60' \
    >"$T/mute" &
mute=$!
read -r port <"$T/mute"
responder OFFHOOK_SPOOL= "DATABASE_URL=postgresql://127.0.0.1:$port/x?user=offhook_responder"
new_sid SM
sms "$sid"
refused "a server that does not answer"
kill "$mute"

# PgBouncer, pooling by transaction.
bouncer=$(command -v pgbouncer || echo /usr/sbin/pgbouncer)
mkdir -p "$T/b"
cat >"$T/b/ini" <<END
[databases]
$DB = host=$PGHOST port=$PGPORT dbname=$DB
[pgbouncer]
listen_addr =
unix_socket_dir = $T/b
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 2
logfile = $T/b/log
pidfile = $T/b/pid
END
sed -i "s/^\\($DB = .*\\)/\\1 user=offhook_responder/" "$T/b/ini"
"$bouncer" -d "$T/b/ini" >"$T/b/out" 2>&1
wait_for 5 test -s "$T/b/pid" || die "PgBouncer did not start"
at_exit "stop_pid $(cat "$T/b/pid") 5"
responder OFFHOOK_SPOOL= "DATABASE_URL=postgresql:///$DB?host=$T/b&port=6432&user=offhook_responder"
served "through PgBouncer"
served "through PgBouncer again"
sms "$sid"
like "$body" 'Hi\.' "through PgBouncer, a duplicate"
is "$(count "events where sid = '$sid'")" 1 "which is no second event"
new_sid CA
sql "select offhook.route_set('call.inbound', '*',
    '<Response><Say>Hello.</Say></Response>')" >/dev/null
call "$sid"
like "$body" 'Hello\.' "through PgBouncer, routes that have changed"

# A function's time limit goes in the round trip that calls it.
sql "create function public.says(p jsonb) returns text language sql as
    \$\$ select '<Response><Say>Said.</Say></Response>' \$\$;
    create function public.sleeps(p jsonb) returns text language sql as
    \$\$ select pg_sleep(20)::text \$\$;
    grant usage on schema public to offhook_reply;
    select offhook.route_apply('[
    {\"name\": \"says\", \"path\": \"/says\", \"sql\": \"public.says\"},
    {\"name\": \"sleeps\", \"path\": \"/sleeps\", \"budget\": \"300ms\",
    \"sql\": \"public.sleeps\"},
    {\"name\": \"hi\", \"kind\": \"message.inbound\", \"twiml\":
    \"<Response><Message>Hi.</Message></Response>\"}]', 'test')" >/dev/null
URI=/twilio/says
new_sid CA
call "$sid"
like "$body" 'Said\.' "through PgBouncer, a function"
URI=/twilio/sleeps
new_sid CA
call "$sid"
is "$(sql "select route, reason from offhook.events where sid = '$sid'")" \
    'sleeps|no answer within 300 ms' "through PgBouncer, one that is late"
below "$ms" 2500 "through PgBouncer, one that is late: in time ($ms ms)"
URI=/twilio

# A responder that stays prepares its statement; the pooler gives it another
# connection, which knows none, and later one that others have prepared on.
served "through PgBouncer, often enough to prepare"
sql "select pg_terminate_backend(pid) from pg_stat_activity
    where usename = 'offhook_responder'" >/dev/null
served "through PgBouncer, the prepared statement is lost"
served "through PgBouncer, and after that"

# Without it: what was prepared is dropped and made anew by a migration.
responder OFFHOOK_SPOOL=
served "at first, directly"
served "directly, prepared"
sql "alter function offhook.ingest rename to ingest_away;
    drop function if exists offhook.ingest" >/dev/null
new_sid SM
sms "$sid"
refused "the function is away"
sql "alter function offhook.ingest_away rename to ingest" >/dev/null
served "the function is back"

done_testing
