# shellcheck shell=sh disable=SC2034
# What the tests of the life cycle share, after tests/lib.sh and live.sh: one
# server after the other on one database, a load that lasts while things
# happen, and what became of it.

# A program of our own, to be replaced by a new one.
own_program() {
	BUILT=$PROGRAM
	PROGRAM=$T/p/offhook.fcgi
	mkdir -p "$T/p"
	cp "$BUILT" "$PROGRAM"
}

new_program() { # as "make install" does it
	cp "$BUILT" "$PROGRAM.new" && mv "$PROGRAM.new" "$PROGRAM"
}

# use_server KIND [NAME=VALUE...]: instead of the one before. More lines for
# its configuration may be in $T/extra.conf.
use_server() {
	us_kind=$1
	shift
	responder_stop
	log_text >"$T/log.new"
	rm -rf "$T/server"
	mv "$T/log.new" "$T/log"
	TRANSPORT=$us_kind
	unset HTTP_PORT_WANTED
	mkdir -p "$T/server"
	[ ! -f "$T/extra.conf" ] || mv "$T/extra.conf" "$T/server/extra.conf"
	responder "$@"
	HTTP_PORT_WANTED=$HTTP_PORT
	sweep
}

route() {
	sql "select offhook.route_set('message.inbound', '*',
	    '<Response><Message>Thank you.</Message></Response>')" >/dev/null
}

# Plain CGI is slower by a factor of twenty or more.
is_cgi() {
	case $TRANSPORT in
	cgid|lighttpd-cgi) return 0 ;;
	esac
	return 1
}

# load_start [OPTION...]: some 30,000 requests in the background, or until
# load_stop. A connection for each: one that the server keeps it may close at
# any time (RFC 9112, 9.3.1), which says nothing about its life cycle.
load_n=0
load_start() {
	load_n=$((load_n + 1))
	"$LOAD" -p "$HTTP_PORT" -m 8000 -k 1200 -i 2500 -w 0 -c 8 -C \
	    -s $(($$ % 1000000 * 100 + load_n)) -j "$T/journal" "$@" \
	    >"$T/summary" &
	load_pid=$!
	at_exit "kill $load_pid 2>/dev/null"
}

load_stop() {
	kill -TERM "$load_pid" 2>/dev/null || diag "the load has ended before"
	load_wait
}

load_wait() {
	wait "$load_pid"
	journal "$T/journal"
}

good="select distinct kind, sid, status, seq from public.journal
    where http between 200 and 299"
stored="select kind, sid, status, seq from offhook.events"

# What was answered while Postgres was away waits in the spool.
drain() {
	env -i PATH="$PATH" OFFHOOK_CONFIG="$CONFIG" "$OFFHOOK" spool drain \
	    --for 3m >"$T/drained" 2>&1 || diag "$(cat "$T/drained")"
}

# intact WHAT: what was answered 2xx is stored, nothing twice; and a line for
# the table.
intact() {
	drain
	is "$(sql "$good except $stored limit 20")" '' \
	    "$1: every request answered 2xx is stored"
	twice=$(sql "select count(*) from (select from ($stored) e
	    group by kind, sid, status, seq having count(*) > 1) t")
	is "$twice" 0 "$1: none is stored twice"
	is "$(sql "select j.sid from public.journal j
	    where http between 200 and 299 group by kind, sid, status, seq
	    having count(distinct hash) > 1 limit 20")" '' \
	    "$1: every delivery of a request got the same reply"
	is "$(sql "select string_agg(distinct http::text, ',')
	    from public.journal where http not in (0, 200, 204)
	    and http < 500")" '' "$1: no answer but 2xx and 5xx"
	sql "select format('%s: sent %s, 2xx %s, 5xx %s, no answer %s; stored %s,
	    twice $twice; p50 %s ms, p99 %s, max %s', '$1', count(*),
	    count(*) filter (where http between 200 and 299),
	    count(*) filter (where http >= 500),
	    count(*) filter (where http = 0),
	    (select count(*) from ($stored) e
	    where sid in (select sid from public.journal)),
	    percentile_disc(0.5) within group (order by us) / 1000,
	    percentile_disc(0.99) within group (order by us) / 1000,
	    max(us) / 1000) from public.journal" | tr -s '\n\t ' ' ' |
	    sed 's/^/# /; s/ *$/\n/'
}

# nothing_lost WHAT: nobody had to ask twice.
nothing_lost() {
	intact "$1"
	is "$(sql "select string_agg(distinct http || ' after ' || us / 1000 ||
	    ' ms', ', ') from public.journal
	    where http not between 200 and 299")" '' \
	    "$1: every request was answered 2xx"
}

# retried WHAT: those who asked again got it, all of them.
retried() {
	intact "$1"
	is "$(sql "select count(*) from (select from public.journal group by id
	    having not bool_or(http between 200 and 299)) n")" 0 \
	    "$1: every request was answered 2xx in the end"
}

# hold TABLE: lock it, so that whoever stores something waits; until let_go.
hold() {
	rm -f "$T/hold"
	mkfifo "$T/hold"
	psql -XAtq -d "$DB" <"$T/hold" >/dev/null 2>&1 &
	hold_pid=$!
	exec 9>"$T/hold"
	echo "begin; lock table offhook.$1 in access exclusive mode;" >&9
	wait_for 5 held "$1" || diag "the lock is not taken"
}

held() {
	[ "$(sql "select count(*) from pg_locks where granted
	    and relation = 'offhook.$1'::regclass
	    and mode = 'AccessExclusiveLock'")" = 1 ]
}

let_go() {
	echo 'commit;' >&9
	exec 9>&-
	wait "$hold_pid"
}

waiting() { # how many responders: at least so many wait for the lock
	[ "$(sql "select count(*) from pg_stat_activity
	    where usename = 'offhook_responder' and wait_event_type = 'Lock'"
	    )" -ge "$1" ]
}

# In the background: what came is in the folder $T/NAME, as request leaves it.
ask() { # name, SID [, options of sms]
	ask_name=$1
	shift
	mkdir -p "$T/$ask_name"
	(
		trap - EXIT
		# Where shellcheck does not see it: it would warn of every T.
		eval 'T=$T/$ask_name'
		sms "$@"
	) &
	asked=$!
}

served() {
	new_sid SM
	# shellcheck disable=SC2154 # lib.sh sets them
	sms "$sid" && [ "$status" = 200 ] &&
	    [ "$(count "messages where sid = '$sid'")" = 1 ]
}

descendants() { # pid; prints it and all below it
	echo "$1"
	for d in $(pgrep -P "$1"); do
		descendants "$d"
	done
}

all_gone() { # pids
	for ag_p in $1; do
		gone "$ag_p" || return 1
	done
}

no_responder() {
	[ -z "$(responder_pids)" ]
}

now_ms() {
	echo $(($(date +%s%N) / 1000000))
}
