# shellcheck shell=sh disable=SC2154
# What happens to the ledger's machine: one function for each kind of mishap,
# which lasts for its argument's seconds where it has one, and mends what does
# not mend itself.  Each is noted in $T/chaos: what, begin, end, detail; times
# in us since 1970.

# plan SEED: mishaps, one a line: what, seconds, pause before it, whom it hits.
plan() {
	perl -e 'srand shift;
	my @each = qw(responder apache worker postmaster backend stopped full
	    spool_full receiver cut clock_responder clock_worker);
	# All kinds once, then again and again, some of them more often; each
	# time in another order.
	my @often = (@each, qw(responder worker worker stopped receiver cut));
	for my $round (0 .. 2000) {
		my @what = $round ? @often : @each;
		while (@what) {
			printf "%s %.1f %.1f %d\n",
			    splice(@what, rand @what, 1), .3 + rand 2.2,
			    rand .6, rand 1e6;
		}
	}' "$1"
}

now_us() {
	echo $(($(date +%s%N) / 1000))
}

mishap() { # what, seconds, number
	m_begin=$(now_us)
	detail=
	whom=$3
	"hit_$1" "$2"
	echo "$1,$m_begin,$(now_us),$detail" >>"$T/chaos"
}

some() { # number of lines, of standard input, by the mishap's number
	perl -e 'my ($n, $seed) = @ARGV; srand $seed; my @in = <STDIN>;
	print splice @in, rand @in, 1 while $n-- > 0 && @in' "$1" "$whom"
}

hit_responder() {
	pids=$(responders | some 3)
	# shellcheck disable=SC2086 # pids
	kill -KILL $pids 2>/dev/null
}

responders() { # pids; the program is a copy that nobody else runs
	find /proc/[0-9]*/exe -maxdepth 0 -lname "$PROGRAM" 2>/dev/null |
	    cut -d / -f 3
}

# Worker N, with a clock that clock() sets.
worker_up() { # N
	env -i PATH="$PATH" "OFFHOOK_CONFIG=$CONFIG" LD_PRELOAD="$FAKETIME" \
	    FAKETIME_TIMESTAMP_FILE="$T/clock.worker$1" \
	    FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \
	    "$OFFHOOK" worker >>"$T/log" 2>&1 </dev/null &
	eval "worker$1=$!"
	at_exit "kill -KILL $! 2>/dev/null"
}

hit_worker() {
	detail=$(seq "$WORKERS" | some 1)
	eval "kill -KILL \$worker$detail; wait \$worker$detail" 2>/dev/null
	worker_up "$detail"
}

# Apache, its children and all responders at once.
hit_apache() {
	# It must not have another child while they are listed.
	pid=$(server_pid "$T/server" apache)
	kill -STOP "$pid"
	pids=$(descendants "$pid")
	# shellcheck disable=SC2046,SC2086 # pids
	kill -KILL $pids $(responders) 2>/dev/null
	wait_for 5 all_gone "$pids" || diag "some of Apache stay"
	rm -f "$T/server/httpd.pid"
	apache_up "$T/server"
	wait_for 10 server_ready "$T/server" apache ||
	    fail "Apache starts again"
}

# After whatever has happened to it.
postgres_up() {
	pu_n=0
	until psql -XAtq -d postgres -c 'select 1' >/dev/null 2>&1; do
		pu_n=$((pu_n + 1))
		[ "$pu_n" -lt 40 ] || {
			fail "PostgreSQL starts again" \
			    "$(tail -n 5 "$PG/postgres.log")"
			return
		}
		if gone "$(cluster_pid "$PG" || echo none)"; then
			cluster_up "$PG"
		fi
		sleep 0.25
	done
}

hit_postmaster() {
	pids=$(descendants "$(cluster_pid "$PG")")
	kill -KILL "$(cluster_pid "$PG")"
	# Its backends see that it is gone and end by themselves.
	wait_for 20 all_gone "$pids" || diag "backends without a postmaster"
	postgres_up
}

hit_backend() {
	pid=$(psql -XAtq -d postgres -c "select pid from pg_stat_activity
	    where usename like 'offhook%' order by pid" | some 1)
	[ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null
	sleep 0.1
	postgres_up
}

hit_stopped() { # seconds; some more than a webhook waits for it
	pids=$(descendants "$(cluster_pid "$PG")")
	# shellcheck disable=SC2086 # pids
	kill -STOP $pids 2>/dev/null
	sleep "$1"
	sleep "$1"
	# shellcheck disable=SC2086 # pids
	kill -CONT $pids 2>/dev/null
}

fill() { # folder: not a byte is left there
	cat /dev/zero >"$1/ballast" 2>/dev/null
}

hit_full() { # seconds
	fill "$DISKS/pg"
	sleep "$1"
	rm "$DISKS/pg/ballast"
	postgres_up
}

# Neither Postgres nor the spool: nothing can be kept.
hit_spool_full() {
	fill "$DISKS/spool"
	hit_stopped 2
	rm "$DISKS/spool/ballast"
}

# Receiver N on its port, with its options.
receiver_up() { # N, options
	ru_n=$1
	shift
	rm -f "$T/receiver$ru_n"
	"$BUILD/bench/receiver" -o "$T/receiver$ru_n" -j "$T/seen$ru_n" "$@" \
	    >>"$T/receiver.err" 2>&1 </dev/null &
	eval "receiver$ru_n=$!"
	at_exit "kill -KILL $! 2>/dev/null"
	wait_for 5 test -s "$T/receiver$ru_n" || die "no receiver"
	eval "port$ru_n=\$(of port \"\$T/receiver$ru_n\")"
}

# Nobody listens.
hit_receiver() { # seconds
	detail=$(seq 3 | some 1)
	eval "kill -TERM \$receiver$detail; wait \$receiver$detail" 2>/dev/null
	sleep "$1"
	eval "receiver_up $detail -f 700 -p \$port$detail"
}

# It takes requests and hangs up, for 0.3 s.
hit_cut() {
	detail=$(seq 3 | some 1)
	eval "kill -USR1 \$receiver$detail"
	sleep 0.4
}

clock() { # whose, offset
	echo "$2" >"$T/clock.new" && mv "$T/clock.new" "$T/clock.$1"
}

wrong() { # prints an offset, of more hours than a delivery lives
	printf '+%sh\n-%sh\n' 5 5 100 100 | some 1
}

hit_clock_responder() { # seconds
	detail=$(wrong)
	clock responder "$detail"
	sleep "$1"
	clock responder +0
}

hit_clock_worker() { # seconds
	detail=$(wrong)
	clock worker1 "$detail"
	sleep "$1"
	clock worker1 +0
}
