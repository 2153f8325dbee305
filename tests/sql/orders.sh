#!/bin/sh
# orders.sh: no order of arrival changes the result, as TAP.
#
# lib/lives.pl makes the lives of resources of every kind, 16 clients at once
# call ingest with them, and lib/oracle.pl, which knows nothing of the SQL,
# says what must have become of each: status, error, numbers, times, parent,
# media, consent and every fact.
#
# Connection: libpq's PGHOST, PGPORT, PGUSER, PGDATABASE; the owner of the
# schema or a superuser.  ORDERS_SEED repeats a run, ORDERS_MORE=1 sends
# every permutation of the longest lives as well and takes some minutes.
# Rows are removed at the end, unless it failed.
set -eu
cd "$(dirname -- "$0")"
seed=${ORDERS_SEED:-$$}
clients=16
tmp=$(mktemp -d "${TMPDIR:-/tmp}/offhook-orders.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
export PGOPTIONS="${PGOPTIONS:-} -c client_min_messages=warning"
export PGCLIENTENCODING=UTF8 LC_ALL=C

run() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"
}
clean() {
	run <<'EOF'
delete from offhook.once o using offhook.event e where o.key = e.key
    and o.bucket = e.bucket and e.account = 'AC-orders';
delete from offhook.todo t using offhook.event e where t.bucket = e.bucket
    and t.event_id = e.id and e.account = 'AC-orders';
delete from offhook.event where account = 'AC-orders';
delete from offhook.resource where account = 'AC-orders';
EOF
}
printf '# seed %s (ORDERS_SEED=%s repeats it)\n' "$seed" "$seed"
perl lib/lives.pl "$tmp" "$seed" "${ORDERS_MORE:-}"
read -r lives sent again permutations <"$tmp/size"
printf '# %s lives, %s callbacks and %s duplicates, %s clients\n' \
    "$lives" "$sent" "$again" "$clients"
printf '# (ORDERS_MORE=1: all %s permutations of real lives)\n' \
    "$permutations"
clean

start=$(date +%s)
pids=
c=1
while [ "$c" -le "$clients" ]; do
	run -f "$tmp/c$c" >"$tmp/out$c" 2>"$tmp/err$c" &
	pids="$pids $!"
	c=$((c + 1))
done
perl lib/oracle.pl <"$tmp/sent" >"$tmp/want"
bad=0
for pid in $pids; do
	wait "$pid" || bad=$((bad + 1))
done
printf '# %s s\n' "$(($(date +%s) - start))"

n=0
failed=0
# is NAME HAVE WANT
is() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		printf 'ok %d - %s\n' "$n" "$1"
	else
		printf 'not ok %d - %s\n# have: %s\n# want: %s\n' "$n" "$1" \
		    "$2" "$3"
		failed=1
	fi
}
is 'no client failed' "$bad $(cat "$tmp"/err* | head -3)" '0 '
is 'each callback had an answer' \
    "$(cat "$tmp"/out* | grep -c .)" "$((sent + again))"
is 'each duplicate was seen as one' \
    "$(cat "$tmp"/out* | grep -c '^duplicate$')" "$again"

# wrong COLUMN...: lives that differ from the oracle there
wrong() {
	cut -f "$1" "$tmp/want" >"$tmp/want.cut"
	cut -f "$1" "$tmp/have" >"$tmp/have.cut"
	diff "$tmp/want.cut" "$tmp/have.cut" | grep -c '^[<>]' || :
}
# compare WHEN COLUMNS: the first so many
compare() {
	run -f lib/states.sql | cut -f "1-$2" >"$tmp/have"
	is "$1: one resource a life" "$(wc -l <"$tmp/have")" "$lives"
	i=3
	for column in account status 'error code' from to 'first seen' \
	    updated parent 'number of media' consent facts; do
		[ "$i" -gt "$2" ] ||
			is "$1: wrong in $column" "$(wrong "1,2,$i")" 0
		i=$((i + 1))
	done
	# a few that are wrong, with what was sent
	cut -f "1-$2" "$tmp/want" | diff - "$tmp/have" |
	    grep '^[<>]' | head -n 6 |
	while read -r side sid rest; do
		printf '# %s %s %s\n' "$side" "$sid" "$rest"
		grep "^$sid	" "$tmp/sent" | sed 's/^/#      /'
	done
}
compare 'as it came' 13
run >"$tmp/rows" <<'EOF'
analyze offhook.event;
analyze offhook.once;
analyze offhook.todo;
select count(*) from offhook.event where account = 'AC-orders';
select count(*) from offhook.event e left join offhook.todo t
    on t.bucket = e.bucket and t.event_id = e.id
    where e.account = 'AC-orders' and t.event_id is null;
select sum(o.dups) from offhook.event e join offhook.once o
    on o.key = e.key and o.bucket = e.bucket where e.account = 'AC-orders';
EOF
{
	read -r events
	read -r todo
	read -r dups
} <"$tmp/rows"
is 'one event a callback' "$events" "$sent"
is 'events without a todo' "$todo" 0
is 'duplicates counted' "$dups" "$again"

# All resources are lost, and made again from history.  (That has no body
# from which the rest could be made: see tests/cmd/kinds.sh.)
start=$(date +%s)
run >"$tmp/refold" <<'EOF'
delete from offhook.resource where account = 'AC-orders';
select sum(offhook.refold(k.resource)) from (select distinct resource
    from offhook.kind where resource is not null) as k;
EOF
is 'refold makes them all' "$(cat "$tmp/refold")" "$lives"
compare 'from history' 10
printf '# %s s\n' "$(($(date +%s) - start))"
printf '1..%d\n' "$n"
[ "$failed" -ne 0 ] || clean
exit "$failed"
