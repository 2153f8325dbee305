#!/bin/sh
# More clients than responders, server by server: no request is lost.  With
# mod_fcgid they wait in steps of a second, and its shipped configuration has
# as many processes as clients; elsewhere they wait in the socket's queue.
#
#     SERVER=apache CLIENTS=64 tests/live/limit.sh
OWN_CLUSTER=1
TRANSPORT=none
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"
. "${0%/*}/lib/life.sh"

CLIENTS=${CLIENTS:-16}
POOL=4
database
route

burst() { # what, clients, requests
	load -i "$3" -c "$2" -C -s $(($$ % 1000000 + $2)) -j "$T/journal"
	journal "$T/journal"
	nothing_lost "$1"
	diag "slower than 900 ms: $(sql 'select count(*) from public.journal
	    where us > 900000')"
	sweep
}

for server in ${SERVER:-apache lighttpd proxy nginx}; do
	case $server in
	apache)
		use_server apache
		burst "apache, as shipped, 64 clients from cold" 64 640
		below "$(milliseconds max_us)" 10000 \
		    "apache, as shipped, 64 clients from cold: within 10 s"
		echo "FcgidMaxProcessesPerClass $POOL" >"$T/extra.conf"
		use_server apache
		burst "apache, $CLIENTS clients, $POOL processes" "$CLIENTS" \
		    1500
		;;
	lighttpd)
		use_server lighttpd
		burst "lighttpd, $((CLIENTS * 4)) clients, 16 processes" \
		    $((CLIENTS * 4)) 1500
		;;
	*)
		use_server "$server"
		burst "$server, $CLIENTS clients, $POOL processes" \
		    "$CLIENTS" 1500
		;;
	esac
	below "$(milliseconds max_us)" 15000 \
	    "$server: none waits longer than Twilio does"
done

done_testing
