#!/bin/sh
# The ledger: nothing vanishes.  Signed webhooks go through Apache, workers
# deliver them to receivers, and all the while something is killed, stopped,
# cut off, filled up or set to a wrong time (chaos.sh).  Afterwards the books
# of three parties are compared: what the driver was answered, what Postgres
# has, what the receivers noted (books.sql).
#
#     CHAOS=1200 SEED=7 tests/ledger/ledger.sh
#
# for so many seconds (40); a seed makes the same requests and mishaps.
# shellcheck disable=SC2154 # port1 to port3: receiver_up sets them
[ -n "${DISKS:-}" ] || exec "${0%/*}/host" "$0"
OWN_CLUSTER=1
TRANSPORT=none
. "${0%/*}/../lib.sh"
. "${0%/*}/../live/lib/live.sh"
. "${0%/*}/../live/lib/life.sh"
. "${0%/*}/chaos.sh"

CHAOS=${CHAOS:-40}
SEED=${SEED:-6}
WORKERS=2
PG=$DISKS/pg/cluster
SPOOL=$DISKS/spool/offhook
FAKETIME=$(find /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1)
[ -f "$FAKETIME" ] || die "faketime is needed (tools/packages check)"
diag "seed $SEED, $CHAOS s of mishaps"

### The machine

own_program
cluster_start "$PG" 'max_wal_size = 96MB' 'checkpoint_timeout = 30s' ||
    die "no cluster"
DB=offhook
database_make "$DB" || die "the migration failed"
DATABASE_URL=$(url_of "$DB" offhook_responder)
ADMIN_URL=$(url_of "$DB" offhook_worker)
route
clock responder +0
for n in $(seq "$WORKERS"); do
	clock "worker$n" +0
done
cat >"$T/extra.conf" <<-END
FcgidInitialEnv LD_PRELOAD "$FAKETIME"
FcgidInitialEnv FAKETIME_TIMESTAMP_FILE "$T/clock.responder"
FcgidInitialEnv FAKETIME_CACHE_DURATION 1
FcgidInitialEnv FAKETIME_DONT_FAKE_MONOTONIC 1
END
use_server apache "OFFHOOK_SPOOL=$SPOOL" OFFHOOK_ALLOW_PRIVATE=127.0.0.0/8

# fast is well, flap every other 0.7 s, ill only after half of the time.
receiver_up 1
receiver_up 2 -f 700
receiver_up 3 -i $((CHAOS * 500))
soon='"backoff": {"first_ms": 200, "cap_ms": 2000}, "attempts": 1000,
    "breaker": {"failures": 10, "cool_ms": 500, "cap_ms": 2000}'
destination() { # name, URL, rest of its spec
	sql "select offhook.destination_add('$1', '{\"url\":
	    \"http://127.0.0.1:$2\", $3}', null)" >"$T/secret" ||
	    die "no destination $1: $(cat "$T/secret")"
}
destination fast "$port1/fast" "$soon"
destination flap "$port2/flap" "$soon, \"order\": \"resource\",
    \"filter\": {\"kind\": [\"message.status\", \"call.status\"]}"
destination ill "$port3/ill" "$soon,
    \"filter\": {\"kind\": [\"message.inbound\", \"call.inbound\"]}"
destination dead "$port1/dead" '"schedule_ms": [100, 100], "attempts": 3,
    "breaker": false, "filter": {"status": ["failed", "busy"]}'
destination few "$port1/few" "$soon, \"filter\": {\"and\": [
    {\"kind\": \"message.status\"}, {\"params.ErrorCode\": {\"exists\": true}}]}"
for n in $(seq "$WORKERS"); do
	worker_up "$n"
done

### What happens to it

# Every few seconds some of the requests, each until it is answered 2xx.
drive() {
	trap 'exit 0' TERM
	d_n=0
	while [ ! -f "$T/enough" ]; do
		d_n=$((d_n + 1))
		"$LOAD" -p "$HTTP_PORT" -m 300 -k 90 -i 110 -q 25 -d 12 \
		    -w 0 -c 16 -C -r 100 -s "$((SEED * 10000 + d_n))" \
		    -j "$T/part" >"$T/summary.part"
		# Each request has a number of its own.
		awk -F , -v OFS=, -v n="$d_n" '{ $1 += n * 100000; print }' \
		    "$T/part" >>"$T/journal"
		sleep "$([ "$CHAOS" -gt 120 ] && echo 4 || echo 1)"
	done
}
drive &
drive=$!
at_exit "kill $drive 2>/dev/null"

plan "$SEED" >"$T/plan"
until=$(($(date +%s) + CHAOS))
while [ "$(date +%s)" -lt "$until" ]; do
	read -r what seconds pause whom
	sleep "$pause"
	mishap "$what" "$seconds" "$whom"
done <"$T/plan"
touch "$T/enough"
ok "every request is answered in the end" wait_for 60 gone "$drive"

### The end: all is up again

spooled() { # files that wait
	find "$SPOOL" -maxdepth 1 -regextype posix-extended \
	    -regex '.*/[0-9a-f]{32}([.].*)?' 2>/dev/null
}
settled() {
	[ -z "$(spooled)" ] &&
	    [ "$(sql "select not exists (select from offhook.todo)
	    and not exists (select from offhook.delivery
	    where due_at is not null)")" = t ]
}
before=$(date +%s)
ok "all that was begun comes to its end" wait_for "${SETTLE:-300}" settled
diag "after $(($(date +%s) - before)) s; spooled: $(spooled | wc -l);" \
    "$(sql 'select * from offhook.worker_due()')"
for n in $(seq "$WORKERS"); do
	eval "stop_pid \$worker$n 25" || fail "worker $n ends"
done
for n in 1 2 3; do
	eval "stop_pid \$receiver$n 5"
done
responder_stop

### The books

journal "$T/journal"
sql "create table public.chaos (what text, begin_us bigint, end_us bigint,
    detail text);
    create table public.seen (path text, sid text, seq text, wire text,
    http integer, us bigint, event uuid, id text)" >/dev/null
sql "\\copy public.chaos from '$T/chaos' with (format csv)" >/dev/null
for n in 1 2 3; do
	sql "\\copy public.seen from '$T/seen$n' with (format csv)" >/dev/null
done
sql 'create view public.told as select j.* from public.journal j
    where exists (select from offhook.event e where e.sid = j.sid
    and e.status is not distinct from j.status)' >/dev/null
for f in live/lib/oracle.sql ledger/books.sql; do
	psql -Xq -v ON_ERROR_STOP=1 -d "$DB" -f "$ROOT/tests/$f" ||
	    die "no books: $f"
done

intact "the driver"
is "$(sql "select count(*) from (select from public.journal group by id
    having not bool_or(http between 200 and 299)) n")" 0 \
    "every request was answered 2xx in the end"
is "$(find "$SPOOL/bad" -type f 2>/dev/null)" '' "nothing spooled was bad"
books=$(sql 'select what, wrong from public.books order by n')
is "$(printf '%s\n' "$books" | wc -l)" 14 "fourteen books are compared"
while IFS='|' read -r what wrong; do
	is "$wrong" '' "$what"
done <<END
$books
END

spooled=$(log_text | grep -ac ' spooled kind=')
isnt "$spooled" 0 "some requests were spooled"
diag "spooled: $spooled"
sql 'select line from public.figures' | while read -r line; do
	diag "$line"
done
log_text | grep -aE ' status=5[0-9][0-9]' | sed 's/.* why="\([^"]*\)".*/\1/' |
    sort | uniq -c | sort -rn | head -n 10 | sed 's/^ */# 5xx: /'
done_testing
