#!/bin/sh
# kill -9 of a responder, of a backend of Postgres, of its postmaster and of
# the web server, under load and in turns, KILLS times with each server:
# whatever was answered 2xx is in the table, nothing is there twice, and all
# serves again.
#
#     SERVER=lighttpd KILLS=20 tests/live/kill9.sh
#
# Without KILLS: each once with Apache, the first two with the others, as the
# other two are the same behind each.
OWN_CLUSTER=1
TRANSPORT=none
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"
. "${0%/*}/lib/life.sh"

database
route

victim() { # of several pids: one, not always the same
	echo "$1" | sed -n "$((kill_n % 7 + 1))p;\$p" | head -n 1
}

kill_responder() {
	pids=
	while [ -z "$pids" ]; do	# of plain CGI: one that is there now
		pids=$(responder_pids)
	done
	kill -KILL "$(victim "$pids")" 2>/dev/null
}

kill_backend() {
	pids=
	while [ -z "$pids" ]; do
		pids=$(sql "select pid from pg_stat_activity
		    where usename = 'offhook_responder' order by pid")
	done
	kill -KILL "$(victim "$pids")" 2>/dev/null
}

kill_postmaster() {
	pids=$(descendants "$(cluster_pid "$T/pg")")
	kill -KILL "$(cluster_pid "$T/pg")"
	# Its backends see that it is gone and end by themselves.
	wait_for 20 all_gone "$pids" || diag "backends without a postmaster"
	wait_for 20 cluster_up "$T/pg" || fail "PostgreSQL starts again"
}

# What an init system does with a service whose main process has died: the
# rest of it is killed, the responders are told to end, it is started again.
# A pool of responders is a service of its own, and stays.
kill_server() {
	# It must not have another child while they are listed.
	kill -STOP "$(server_pid "$T/server" "$server")"
	pids=$(descendants "$(server_pid "$T/server" "$server")")
	for p in $pids; do
		[ "$(readlink "/proc/$p/exe")" = "$PROGRAM" ] ||
		    kill -KILL "$p" 2>/dev/null
	done
	case $server in
	apache|lighttpd)
		for p in $(responder_pids); do
			stop_pid "$p" 5 || diag "responder $p stays"
		done ;;
	esac
	wait_for 5 all_gone "$pids" || diag "some of the server stay"
	rm -f "$T/server/httpd.pid"
	"$(server_family "$server")_up" "$T/server"
	wait_for 10 server_ready "$T/server" "$server" ||
	    fail "$server starts again"
}

for server in ${SERVER:-apache proxy lighttpd nginx cgid}; do
	kills=${KILLS:-2}
	use_server "$server"
	if [ "$server" = apache ]; then
		kills=${KILLS:-4}
		warm
	fi
	# As Twilio told to try again: what got no answer or 5xx comes once more.
	load_start -m $((kills * 3000)) -k $((kills * 600)) \
	    -i $((kills * 900)) -d 5 -c 16 -r 100
	kill_n=0
	while [ "$kill_n" -lt "$kills" ]; do
		case $((kill_n % 4)) in
		0)	what=responder ;;
		1)	what=server ;;
		2)	what=backend ;;
		3)	what=postmaster ;;
		esac
		kill_n=$((kill_n + 1))
		sleep 0.5
		kill_"$what"
		before=$(now_ms)
		ok "$server, kill $kill_n, $what: it serves again" \
		    wait_for 20 served
		diag "after $(($(now_ms) - before)) ms"
	done
	sleep 1
	load_stop
	few=500
	is_cgi && few=20
	below "$few" "$(of answered)" "$server: more than $few answers"
	# The first responder may have been idle; the server was not.
	[ "$kills" -lt 2 ] || isnt "$(sql "select count(*)
	    from public.journal where http not between 200 and 299")" 0 \
	    "$server: some were hit: no answer, or 5xx"
	intact "$server, $kills times kill -9"
	is "$(sql "select kind, sid, status, seq from offhook.events e
	    where not exists (select from public.journal j
	    where j.sid = e.sid) and e.sid not like '__0000000000%'
	    limit 20")" '' "$server: nothing is there unsent"
	is "$(sql "select event_id from offhook.todo t
	    full join offhook.event e on e.id = t.event_id
	    where e.id is null or t.event_id is null limit 20")" \
	    '' "$server: each event is in the worker's inbox, nothing else"
	is "$(sql "select r.sid from offhook.resource r where not exists
	    (select from offhook.event e where e.sid = r.sid) limit 20")" '' \
	    "$server: no resource without an event"
	below "$(milliseconds max_us)" 15000 \
	    "$server: no answer later than Twilio waits"
done

done_testing
