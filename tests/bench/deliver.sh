# shellcheck shell=sh disable=SC2034,SC2154
# What the parts of bench-deliver share, after tests/lib.sh, tests/live/lib/
# live.sh and lib.sh here: a cluster, a receiver, events, workers.

unset OFFHOOK_BUILD OFFHOOK_AS	# offhook would not know them
NPM=$ROOT/build/npm-bench
NODE=$NPM/node_modules/.bin/node
export NODE_PATH="$NPM/node_modules"

now_us() {
	echo $(($(date +%s%N) / 1000))
}

# A cluster with everything on that makes a commit last.
deliver_cluster() {
	cluster_start "$T/pg" 'fsync = on' 'synchronous_commit = on' \
	    'full_page_writes = on' 'shared_buffers = 256MB' \
	    'max_wal_size = 4GB' || die "no cluster"
	DB=offhook
	deliver_database offhook
}

deliver_database() { # name
	DB=$1
	database_make "$1" "$T/migrate.$1" || die "the migration failed"
	psql -XAtq -v ON_ERROR_STOP=1 -d "$1" -f "$BENCH/events.sql" ||
	    die "events.sql"
	DATABASE_URL=$(url_of "$1" offhook_responder)
	ADMIN_URL=$(url_of "$1" postgres)
	conf OFFHOOK_ALLOW_PRIVATE=127.0.0.1
}

pg_version() {
	sql 'show server_version' | sed 's/ .*//'
}

### The receiver

receiver_start() { # its options; sets RECEIVER
	rm -f "$T/received"
	"$BUILD/bench/receiver" -o "$T/received" "$@" &
	receiver_pid=$!
	wait_for 5 test -s "$T/received" || die "no receiver"
	RECEIVER=http://127.0.0.1:$(received port)
}

received() { # name; what the receiver has told of itself
	sed -n "s/^$1 //p" "$T/received"
}

all_received() {
	grep -q '^good' "$T/received"
}

receiver_stop() {
	[ -n "$receiver_pid" ] || return 0
	kill -TERM "$receiver_pid"
	wait "$receiver_pid"
	receiver_pid=
}
receiver_pid=
at_exit receiver_stop

### Events and destinations

make_events() { # number, of each resource
	sql "call public.make_events($1, $2)" ||
	    die "no events: $(sql "call public.make_events($1, $2)")"
	sql 'vacuum analyze' >/dev/null
}

destination() { # name, path at the receiver, more of its spec
	sql "select offhook.destination_add('$1', jsonb_build_object('url',
	    '$RECEIVER/$2') || '${3:-{\}}'::jsonb)" >"$T/secret" ||
	    die "no destination: $(cat "$T/secret")"
}

### Workers

worker_start() { # options; adds to workers
	OFFHOOK_CONFIG=$CONFIG "$OFFHOOK" worker "$@" \
	    >>"$T/worker.log" 2>&1 9>&- &
	workers="$workers $!"
}

workers_stop() {
	for ws_pid in $workers; do
		stop_pid "$ws_pid" 30 || die "worker $ws_pid does not stop"
	done
	workers=
}
workers=
at_exit workers_stop

outcomes() { # state|deliveries
	sql 'select state, count(*) from offhook.delivery group by 1 order by 1'
}

# The CPU of Postgres and of workers, in us: tests/bench/cpu's line.
deliver_cpu() { # pids
	# shellcheck disable=SC2046 # one word for each
	"$BENCH/cpu" "postgres=$(cluster_pid "$T/pg")" \
	    $(printf 'server=%s ' "$@")
}

# The CPU of these processes alone, in us.
cpu_of() { # pids
	for co_pid in "$@"; do
		cat /proc/"$co_pid"/task/*/schedstat 2>/dev/null
	done | awk '{ s += $1 } END { printf "%.0f\n", s / 1000 }'
}
