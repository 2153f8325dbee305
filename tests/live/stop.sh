#!/bin/sh
# A full stop, server by server.  Of the requests under way some are cut off:
# they are stored or not, and whoever asks again gets the one reply.  No
# responder stays behind.
#
#     SERVER="nginx cgid" tests/live/stop.sh
OWN_CLUSTER=1
TRANSPORT=none
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"
. "${0%/*}/lib/life.sh"

database
route

for server in ${SERVER:-apache proxy lighttpd nginx}; do
	use_server "$server"

	# One is under way, and waits for Postgres.
	hold once
	new_sid SM
	cut=$sid
	ask cut "$cut"
	wait_for 5 waiting 1 || diag "it does not wait"
	(
		trap - EXIT
		responder_stop
	) &
	stopping=$!
	sleep 0.6
	let_go
	wait "$asked"
	wait "$stopping"
	diag "$server, stopped: the client under way saw" \
	    "$(cat "$T/cut/status")"
	ok "$server, stopped: no responder stays" wait_for 5 no_responder
	if ! is_cgi; then
		is "$(count "events where sid = '$cut'")" 1 \
		    "$server, stopped: what was under way is stored"
	fi
	# Apache itself takes the reply, and finds that the client has gone.
	if [ "$server" = lighttpd ] || [ "$server" = nginx ]; then
		like "$(log_text | grep 'client gone')" ' warning [-0-9a-f]{36} ' \
		    "$server, stopped: and that nobody took the reply is logged"
	fi
	responder_start
	sms "$cut"
	is "$status $body" \
	    '200 <Response><Message>Thank you.</Message></Response>' \
	    "$server, started: it is asked again, and answered"
	is "$(count "events where sid = '$cut'")" 1 \
	    "$server, started: and is there once"

	# Under load.
	load_start -r 100
	sleep 1
	before=$(now_ms)
	responder_stop
	diag "$server, stopped under load: after $(($(now_ms) - before)) ms"
	ok "$server, stopped under load: no responder stays" \
	    wait_for 5 no_responder
	responder_start
	ok "$server, started again: it serves" wait_for 20 served
	sleep 1
	load_stop
	intact "$server, stopped under load"
done

done_testing
