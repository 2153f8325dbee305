# shellcheck shell=sh disable=SC2034
# What the live tests and the bench share, after tests/lib.sh.

LOAD=$BUILD/live/load
PROCESSES=64	# OFFHOOK_PROCESSES of apache/offhook-fcgid.conf

load() { # options; the summary goes to $T/summary
	"$LOAD" -p "$HTTP_PORT" -a "$A" -T "$TOKEN_A" -b "$BASE" "$@" \
	    >"$T/summary"
}

of() { # name in the summary; 0 when it is not there
	awk -v n="$1" '$1 == n { v = $2 } END { print v + 0 }' \
	    "${2:-$T/summary}"
}

milliseconds() { # name in the summary
	echo $(($(of "$1") / 1000))
}

# Start every process that Apache may start, by holding up as many requests:
# one that has none to serve it would wait a whole second in mod_fcgid. They
# are held for 2.5 s, which is too short on a busy machine: then again.
warm() {
	for warm_round in 1 2 3 4 5; do
		warm_hold
		! warm_enough || break
		diag "only $(responder_pids | wc -l) processes, round" \
		    "$warm_round"
		rm -f "$T/state/spool/away"	# else nobody would wait
	done
	sweep
}

warm_hold() {
	mkfifo "$T/hold"
	psql -XAtq -d "$DB" <"$T/hold" >/dev/null 2>&1 &
	warm_pid=$!
	exec 9>"$T/hold"
	echo 'begin; lock table offhook.todo in access exclusive mode;' >&9
	wait_for 5 locked || diag "the lock is not taken"
	load -i "$PROCESSES" -c "$PROCESSES" -s "42424$warm_round" -r 5 &
	warm_load=$!
	wait_for 3 warm_enough
	echo 'commit;' >&9
	exec 9>&-
	wait "$warm_pid" "$warm_load"
	rm -f "$T/hold"
}

sweep() { # what requests have left behind, also in the spool
	sql 'truncate offhook.once, offhook.past_reply, offhook.resource,
	    offhook.event, offhook.todo' >/dev/null
	find "$T/state/spool" -maxdepth 1 -type f \
	    -name '????????????????????????????????*' -delete 2>/dev/null
	return 0
}

locked() {
	[ "$(sql "select count(*) from pg_locks where granted
	    and relation = 'offhook.todo'::regclass
	    and mode = 'AccessExclusiveLock'")" = 1 ]
}

warm_enough() {
	[ "$(responder_pids | wc -l)" -ge "$PROCESSES" ]
}

# The journal of a load as table public.journal, empty texts as null.
journal() { # file
	sql "create table if not exists public.journal (id integer,
	    attempt integer, kind text, sid text, status text, seq integer,
	    error integer, http integer, us bigint, hash text);
	    truncate public.journal" >/dev/null
	sql "\\copy public.journal from '$1' with (format csv)" >/dev/null
	sql 'analyze public.journal' >/dev/null
}
