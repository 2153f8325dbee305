#!/bin/sh
# Under load, server by server, as docs/lifecycle.md tells it: the server is
# reloaded, offhook's settings are changed, a new program is moved into its
# place.  Nobody has to ask twice, but where the server itself cuts requests
# off, and there the second time is enough.
#
#     SERVER="nginx lighttpd" RELOADS=10 tests/live/graceful.sh
OWN_CLUSTER=1
TRANSPORT=none
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"
. "${0%/*}/lib/life.sh"

RELOADS=${RELOADS:-2}
own_program
database
route

# The processes of a program that is no longer there: the line of
# docs/lifecycle.md.
old_responders() {
	find /proc/[0-9]*/exe -maxdepth 0 -lname "$PROGRAM (deleted)" \
	    2>/dev/null | cut -d / -f 3
}

# What its operator does so that responders are new.
renew() {
	case $TRANSPORT in
	apache|nginx-front)
		sleep 1
		old_responders | xargs -r kill
		;;
	proxy|nginx)
		for p in $(pool_pids "$T/server"); do
			kill "$p"
			sleep 0.1
		done
		;;
	lighttpd)
		server_reload "$T/server" lighttpd
		;;
	esac
}

# Account B signs with this token now; 200 or 403.
as_b() { # token
	new_sid SM
	request POST /twilio -p "MessageSid=$sid" -p "AccountSid=$B" \
	    -p From=+15550101001 -p To=+15550101002 -p SmsStatus=received \
	    -s "$1"
	echo "$status"
}

no_old_responder() {
	[ -z "$(old_responders)" ]
}

renewed() { # what; uses pids, those before
	ok "$1: no old responder stays" wait_for 15 all_gone "$pids"
	ok "$1: none runs the old program" wait_for 5 no_old_responder
}

# By hand also nginx-front and lighttpd-cgi.
for server in ${SERVER:-apache proxy lighttpd nginx cgid}; do
	use_server "$server" "TWILIO_AUTH_TOKEN_$B=token-0"

	load_start
	sleep 1
	pids=$(responder_pids)
	new_program
	renew
	renewed "$server, new program"
	pids=$(responder_pids)
	conf "TWILIO_AUTH_TOKEN_$B=token-1"
	case $server in
	apache|nginx-front) new_program ;;
	esac
	renew
	renewed "$server, new settings"
	is "$(as_b token-0) $(as_b token-1)" '403 200' \
	    "$server, new settings: they are in force"
	is "$(as_b token-0) $(as_b token-1)" '403 200' \
	    "$server, new settings: and again"
	load_stop
	nothing_lost "$server, new program and settings"
	sweep

	# A CGI program takes a tenth of a second.
	few=
	is_cgi "$server" && few="-m 100 -k 20 -i 30"
	# shellcheck disable=SC2086
	load_start -m 800 -k 160 -i 240 $few -r 9
	n=0
	while [ "$n" -lt "$RELOADS" ]; do
		sleep 0.7
		server_reload "$T/server" "$server"
		n=$((n + 1))
	done
	load_wait
	case $server in
	# Old children of Apache give up what is under way when mod_fcgid's
	# or mod_cgid's own process has been told to end.
	apache|cgid)
		retried "$server, reloaded" ;;
	*)
		nothing_lost "$server, reloaded" ;;
	esac
	ok "$server, reloaded: it serves" wait_for 20 served
done

done_testing
