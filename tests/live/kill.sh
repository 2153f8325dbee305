#!/bin/sh
# kill -9 of responders, of PostgreSQL and of Apache under load: what was
# answered 2xx is in the table, and nothing is in it twice.
# ROUNDS=5 in "make check".
OWN_CLUSTER=1
TRANSPORT=apache
export TRANSPORT
. "${0%/*}/../lib.sh"
ROUNDS=${ROUNDS:-5}
database
is "$(sql 'show fsync')" on "fsync is on"
responder
APACHE_PORT_WANTED=$APACHE_PORT
load=$ROOT/tests/live/load
sql "select offhook.route_set('message.inbound', '*',
    '<Response><Message>Hi.</Message></Response>')" >/dev/null

answered() {
	request HEAD /twilio
	[ "$status" = 200 ]
}
stored() { # PostgreSQL takes rows again
	psql -XAtq -d "$DB" -c 'select 1' >/dev/null 2>&1
}
apache_pids() { # the parent and its children
	main=$(cat "$T/apache/httpd.pid")
	echo "$main"
	pgrep -P "$main"
}
kill_one_responder() {
	kill -KILL "$(responder_pids | head -n 1)"
}
kill_responders() {
	# shellcheck disable=SC2046 # pids
	kill -KILL $(responder_pids)
}
kill_backend() { # the postmaster then restarts all of it
	kill -KILL "$(sql "select pid from pg_stat_activity
	    where usename = 'offhook_responder' limit 1")"
}
kill_postgres() {
	p=$(cluster_pid "$T/pg")
	children=$(pgrep -P "$p")
	kill -KILL "$p"
	# shellcheck disable=SC2086 # pids
	kill -KILL $children
	wait_for 5 gone "$p"
	wait_for 30 cluster_up "$T/pg"
}
kill_apache() {
	all="$(apache_pids) $(responder_pids)"
	# shellcheck disable=SC2086 # pids
	kill -KILL $all
	for p in $all; do
		wait_for 5 gone "$p"
	done
	rm -f "$T/apache/httpd.pid"
	apache_start "$T/apache" fcgid "$PROGRAM" "$CONFIG"
}
responders_end() {
	# shellcheck disable=SC2046 # pids
	kill -KILL $(responder_pids) 2>/dev/null
}
at_exit responders_end

i=0
while [ "$i" -lt "$ROUNDS" ]; do
	i=$((i + 1))
	case $((i % 5)) in
	1)	victim=kill_postgres ;;
	2)	victim=kill_apache ;;
	3)	victim=kill_responders ;;
	4)	victim=kill_backend ;;
	0)	victim=kill_one_responder ;;
	esac
	rm -f "$T/stop"
	"$load" "$APACHE_PORT" "$TOKEN_A" "$BASE" clients=16 count=0 \
	    stop="$T/stop" first="${i}00000" retry=1 >"$T/load.$i" &
	load_pid=$!
	sleep "1.$((i * 37 % 10))"
	before=$(grep -c ' 2[0-9][0-9] ' "$T/load.$i")
	$victim
	wait_for 20 stored
	wait_for 20 answered
	sleep 1
	touch "$T/stop"
	wait "$load_pid"
	is "$?" 0 "round $i, $victim: in the end every request has its 2xx"
	after=$(grep -c ' 2[0-9][0-9] ' "$T/load.$i")
	ok "round $i, $victim: answers before ($before) and after it ($after)" \
	    test "$before" -gt 0 -a "$after" -gt "$before"
done

cat "$T"/load.* | awk '$2 ~ /^2/ { print $1 }' >"$T/answered"
diag "$(wc -l <"$T/answered") answers with 2xx, $(cat "$T"/load.* |
    awk '$2 !~ /^2/' | wc -l) other answers or none"
sql 'create table public.answered (sid text)' >/dev/null
sql "\\copy public.answered from '$T/answered'" >/dev/null
is "$(sql 'select count(*) from public.answered a where not exists (
    select from offhook.event e where e.sid = a.sid)')" 0 \
    "every request answered 2xx is in the table"
is "$(sql 'select count(*) from (select sid from offhook.event group by sid
    having count(*) > 1) d')" 0 "none is in it twice"
is "$(sql 'select count(*) from offhook.todo')" \
    "$(sql 'select count(*) from offhook.event')" \
    "one todo row for each event"
is "$(sql 'select count(*) from offhook.event e where not exists (
    select from offhook.messages m where m.sid = e.sid)')" 0 \
    "and one message"

done_testing
