# shellcheck shell=sh disable=SC2034,SC2154
# What the bench's scripts share, after tests/lib.sh and tests/live/lib/live.sh.

BENCH=$ROOT/tests/bench

# The CPU time of the commands that this shell has waited for, in ms.  Not to
# be called in a subshell, which has none yet: sets children.
children_ms() {
	times >"$T/times"
	children=$(awk 'NR == 2 { for (i = 1; i <= 2; i++) {
	    split($i, t, /[ms]/); s += t[1] * 60 + t[2] } }
	    END { printf "%d\n", s * 1000 }' "$T/times")
}

# Of Postgres, the server, its responders and the machine, in us.
cpu() { # folder of a server, or nothing
	set -- "postgres=$(cluster_pid "$T/pg")" \
	    ${1:+"server=$(cat "$1/httpd.pid")"} \
	    ${1:+$([ ! -s "$1/pool.pid" ] || sed 's/^/server=/' "$1/pool.pid")} \
	    ${bouncer_pid:+"server=$bouncer_pid"}
	"$BENCH/cpu" "$@"
}

median() { # of the numbers read
	sort -n | awk '{ v[NR] = $1 }
	    END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

calc() { # expression of awk, format
	awk "BEGIN { printf \"${2:-%.2f}\", $(echo "$1" | tr '\n' ' ') }"
}

verdict() { # value, relation, limit
	awk "BEGIN { print ($1 $2 $3) ? \"reached\" : \"MISSED\" }"
}

# So that a server is not told to end a connection that the client keeps.
keep_connections() { # folder of a server, its kind
	mkdir -p "$1"
	case $2 in
	nginx)	echo 'keepalive_requests 100000000;' ;;
	light*)	echo 'server.max-keep-alive-requests = 65535' ;;
	*)	echo 'MaxKeepAliveRequests 0' ;;
	esac >"$1/extra.conf"
}

wal_at() { # bytes of WAL that were ever written
	sql "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"
}

hex() { # a text as pgbench's bytea
	printf '\\x%s' "$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')"
}

# pgbench with the values that ingest.pgbench and bare.pgbench are given.
pgbench_with() { # script, options
	pw_script=$1
	shift
	"$PGBIN/pgbench" -n -f "$pw_script" -j 1 \
	    -D step=-1 -D "account=$A" -D kind=message.status \
	    -D rkind=message -D queued=queued -D sent=sent \
	    -D delivered=delivered -D from=+15550101001 \
	    -D method=POST -D "url=$BASE/twilio" \
	    -D token=00000001-0002-4000-8000-000000000003 \
	    -D format=form -D http=204 -D "raw=$(hex "$pw_params")" \
	    -D 'facts={"c": {"messaging_service_sid":
	    [0, "MG00000000000000000000000000000007"]}}' \
	    -D 'last={"c": {"messaging_service_sid":
	    [0, "MG00000000000000000000000000000007"]}}' \
	    -D "params=$pw_params" "$@"
}
pw_params=AccountSid=$A'&ApiVersion=2010-04-01&From=%2B15550101001'\
'&MessageSid=SM000000000000000000000000000000a1&MessageStatus=delivered'\
'&MessagingServiceSid=MG00000000000000000000000000000007'\
'&RawDlrDoneDate=2611220157&SmsSid=SM000000000000000000000000000000a1'\
'&SmsStatus=delivered&To=%2B15550111234'
