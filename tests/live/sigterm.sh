#!/bin/sh
# SIGTERM: an idle responder ends at once, a busy one answers first; whenever
# the signal comes, it is not lost, nor is a request.
TRANSPORT=fcgi
. "${0%/*}/../lib.sh"
. "${0%/*}/lib/live.sh"
. "${0%/*}/lib/life.sh"

database
route

ended() { # description; the responder ends, with status 0
	ok "$1: it ends" wait_for 2 gone "$FCGI_PID"
	kill -KILL "$FCGI_PID" 2>/dev/null
	wait "$FCGI_PID"
	is $? 0 "$1: its exit status is 0"
	FCGI_PID=
}

listens_to_term() { # SIGTERM, number 15, has a handler
	[ $((0x$(sed -n 's/^SigCgt:[^0-9a-f]*//p' "/proc/$FCGI_PID/status") \
	    & 0x4000)) != 0 ]
}

responder
wait_for 5 listens_to_term || diag "it has no handler for SIGTERM"
kill -TERM "$FCGI_PID"
ended "idle, before any request"

responder
new_sid SM
sms "$sid"
is "$status" 200 "a request"
kill -TERM "$FCGI_PID"
ended "idle, after a request"

for signals in TERM 'TERM TERM' USR1; do
	responder
	hold once
	new_sid SM
	ask busy "$sid"
	wait_for 5 waiting 1 || diag "it does not wait"
	for s in $signals; do
		kill -s "$s" "$FCGI_PID"
		sleep 0.1
	done
	nok "busy, $signals: it goes on" gone "$FCGI_PID"
	let_go
	wait "$asked"
	is "$(cat "$T/busy/status")" 200 "busy, $signals: 200"
	is "$(count "events where sid = '$sid'")" 1 "busy, $signals: stored"
	ended "busy, $signals"
done

# The connection is accepted, the request comes in two parts, the signal
# before the first, or between them.
parts() { # bytes before the signal
	perl - "$FCGI_SOCKET" "$1" "$FCGI_PID" <<-'END'
	use strict;
	use IO::Socket::UNIX;
	my ($socket, $first, $pid) = @ARGV;
	sub record {
		my ($type, $data) = @_;
		return pack('CCnnCC', 1, $type, 1, length $data, 0, 0) . $data;
	}
	my $p = '';
	for (['REQUEST_METHOD', 'HEAD'], ['REQUEST_URI', '/twilio']) {
		$p .= pack('CC', map { length } @$_) . $_->[0] . $_->[1];
	}
	my $all = record(1, pack('nCx5', 1, 0)) . record(4, $p) .
	    record(4, '') . record(5, '');
	my $s = IO::Socket::UNIX->new($socket) or die "$socket: $!\n";
	syswrite $s, substr $all, 0, $first;
	select undef, undef, undef, 0.2;
	kill 'TERM', $pid;
	select undef, undef, undef, 0.2;
	syswrite $s, substr $all, $first;
	local $SIG{ALRM} = sub { die "no answer\n" };
	alarm 5;
	my $got = '';
	1 while sysread $s, $got, 4096, length $got;
	print "# ", unpack('x8 A60', $got) =~ s/\r.*//sr, "\n";
	exit($got !~ /^.{8}Status: 200/);
	END
}
for first in 0 20; do
	responder
	ok "TERM after $first bytes of a request: it is answered" parts "$first"
	ended "TERM after $first bytes of a request"
done

# A peer that stops within its request does not keep it alive.
responder
perl -e 'use IO::Socket::UNIX;
    my $s = IO::Socket::UNIX->new(shift) or die; syswrite $s, "\1"; sleep 30' \
    "$FCGI_SOCKET" &
stuck=$!
at_exit "kill $stuck 2>/dev/null"
connected() {
	[ "$(find "/proc/$FCGI_PID/fd" -lname 'socket:*' | wc -l)" -ge 2 ]
}
wait_for 5 connected || diag "it is not connected"
kill -TERM "$FCGI_PID"
ok "a peer that stops within its request: it ends" wait_for 8 gone "$FCGI_PID"
kill "$stuck"
FCGI_PID=

# The signal comes when the loop has looked for it and accept has not begun.
cat >"$T/window.c" <<'END'
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>
struct sockaddr;
int
accept(int fd, struct sockaddr *sa, unsigned *n)
{
	raise(SIGTERM);
	return (int)syscall(SYS_accept, fd, sa, n);
}
END
ok "a library that sends TERM before accept" \
    "${CC:-cc}" -shared -fPIC -o "$T/window.so" "$T/window.c"
WRAP="/usr/bin/env LD_PRELOAD=$T/window.so"
responder
WRAP=
ended "TERM before accept"

# A pool on one socket: what waits there is served by the one that comes after.
mkdir -p "$T/s"
FCGI_SOCKET=$T/s/pool
env -i PATH=/usr/bin:/bin OFFHOOK_CONFIG="$CONFIG" \
    spawn-fcgi -n -s "$FCGI_SOCKET" -b 64 -- \
    /usr/bin/multiwatch -f 2 -r 100 -- "$PROGRAM" \
    >>"$T/log" 2>&1 </dev/null &
pool=$!
at_exit "stop_pid $pool 5"
two() {
	[ "$(pgrep -c -P "$pool")" = 2 ]
}
wait_for 5 two || diag "not two responders"
hold once
asked_all=
sids=
for i in 1 2 3 4 5 6; do
	new_sid SM
	sids="$sids,'$sid'"
	ask "queue$i" "$sid"
	asked_all="$asked_all $asked"
done
wait_for 5 waiting 2 || diag "two do not wait"
pids=$(pgrep -P "$pool")
for p in $pids; do
	kill -TERM "$p"
done
let_go
# shellcheck disable=SC2086
wait $asked_all
is "$(cat "$T"/queue?/status)" 200200200200200200 \
    "both of a pool end: all six requests are answered"
is "$(count "events where sid in (${sids#,})")" 6 "all six are stored"
for p in $pids; do
	ok "$p has ended" wait_for 2 gone "$p"
done
wait_for 5 two || diag "not two responders"
kill -TERM "$pool"
ok "the pool ends" wait_for 5 gone "$pool"
nok "and its responders" pgrep -P "$pool"

done_testing
