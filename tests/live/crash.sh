#!/bin/sh
# Server by server: a responder crashes in the middle of a request, Postgres
# stands still under 64 clients, a client goes away, others are slow.
#
#     SERVER=nginx tests/live/crash.sh
OWN_CLUSTER=1
TRANSPORT=none
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"
. "${0%/*}/lib/life.sh"

# shellcheck disable=SC3045 # dash has it
ulimit -c 0
thanks='200 <Response><Message>Thank you.</Message></Response>'
database
route

# The responder that has opened most: of fresh ones the only one with a
# connection to Postgres.
busiest() {
	for p in $(responder_pids); do
		echo "$(find "/proc/$p/fd" -mindepth 1 | wc -l) $p"
	done | sort -n | tail -n 1 | cut -d ' ' -f 2
}

# The postmaster and all below it.
postgres() {
	descendants "$(cluster_pid "$T/pg")"
}

crash() { # signal
	hold once
	new_sid SM
	ask crash "$sid"
	wait_for 5 waiting 1 || diag "it does not wait"
	kill -s "$1" "$(busiest)"
	wait "$asked"
	before=$(now_ms)
	let_go
	diag "$server, SIG$1: the client under way saw" \
	    "$(cat "$T/crash/status") after $(cat "$T/crash/ms") ms"
	sms "$sid"
	is "$status $body" "$thanks" "$server, SIG$1: the next one is answered"
	below $(($(now_ms) - before)) 5000 "$server, SIG$1: within 5 s"
	diag "within $(($(now_ms) - before)) ms"
	is "$(count "events where sid = '$sid'")" 1 "$server, SIG$1: stored"
}

hung() { # clients, limit in ms
	# shellcheck disable=SC2046
	kill -STOP $(postgres)
	load -i "$1" -c "$1" -C -s $((1000 + $1)) -j "$T/journal"
	# shellcheck disable=SC2046
	kill -CONT $(postgres)
	is "$(of http_200) $(of answered)" "$1 $1" \
	    "$server, Postgres stands still: $1 clients are answered all the same"
	below "$(milliseconds max_us)" "$2" \
	    "$server, Postgres stands still: within $2 ms"
	diag "p50 $(milliseconds p50_us) ms, max $(milliseconds max_us) ms"
	ok "$server, Postgres goes on: it serves" wait_for 20 served
	journal "$T/journal"
	intact "$server, Postgres stands still"
	load -i "$1" -c "$1" -C -s $((2000 + $1)) -j "$T/journal"
	is "$(of http_200)" "$1" "$server, Postgres goes on: all get 200"
}

stored_once() {
	[ "$(count "events where sid = '$sid'")" = 1 ]
}

# The request is sent, and its client goes before it is answered.
client_goes() {
	hold once
	new_sid SM
	ask gone "$sid" 2>/dev/null
	wait_for 5 waiting 1 || diag "it does not wait"
	pkill -P "$asked"
	wait "$asked"
	let_go
	ok "$server, the client has gone: it is stored" wait_for 5 stored_once
	like "$(log_text)" "accepted .*sid=$sid" \
	    "$server, the client has gone: and logged"
	sms "$sid"
	is "$status $body" "$thanks" \
	    "$server, the client has gone: a retry gets the reply"
	ok "$server, the client has gone: it is there once" stored_once
}

# More clients than responders send one byte at a time, and occupy none.
slow_clients() {
	perl - "$HTTP_PORT" 24 <<-'END' >"$T/slow" &
	use strict;
	use IO::Socket::INET;
	my ($port, $n) = @ARGV;
	my @s = map { IO::Socket::INET->new(PeerAddr => '127.0.0.1',
	    PeerPort => $port, Timeout => 5) or die } 1 .. $n;
	my $head = "POST /twilio HTTP/1.1\r\nHost: hooks.example.test\r\n" .
	    "Connection: close\r\nContent-Length: 40\r\nContent-Type: " .
	    "application/x-www-form-urlencoded\r\n\r\n";
	print {$_} $head for @s;
	$_->flush for @s;
	for (1 .. 40) {
		syswrite $_, 'a' for @s;
		select undef, undef, undef, 0.1;
	}
	print scalar(grep { my $l = <$_> // ''; $l =~ / 403 / } @s), "\n";
	END
	slow=$!
	sleep 0.5
	before=$(now_ms)
	ok "$server, slow clients: others are served" served
	took=$(($(now_ms) - before))
	diag "$server, slow clients: another one is served after $took ms"
	ok "$server, slow clients: while these are there" kill -0 "$slow"
	wait "$slow"
	is "$(cat "$T/slow")" 24 "$server, slow clients: they are answered too"
}

for server in ${SERVER:-apache proxy lighttpd nginx}; do
	[ "$server" != apache ] ||
	    echo 'FcgidMaxProcessesPerClass 16' >"$T/extra.conf"
	use_server "$server"
	crash SEGV
	client_goes
	slow_clients
	use_server "$server"
	crash ABRT
	# The first answers take 2.8 seconds; who finds no responder free waits.
	hung 16 6000
	case $server in
	apache|lighttpd) hung 64 15000 ;;
	esac
done

done_testing
