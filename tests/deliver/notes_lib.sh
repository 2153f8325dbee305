# shellcheck shell=sh disable=SC2034,SC2154
# What the tests of deliveries share, after tests/lib.sh: a receiver that
# notes what it gets, and workers.

# The settings that let the worker ask receivers on this machine.
ALLOW=OFFHOOK_ALLOW_PRIVATE=127.0.0.0/8

receiver_start() { # sets RECEIVER to its URL
	command -v node >/dev/null || die "node is needed (tools/packages)"
	: >"$T/received"
	node "$ROOT/tests/deliver/notes.js" "$T/receiver.port" \
	    "$T/received" >>"$T/receiver.err" 2>&1 </dev/null &
	rs_pid=$!
	at_exit "stop_pid $rs_pid 5"
	wait_for 20 test -s "$T/receiver.port" || {
		cat "$T/receiver.err" >&2
		die "the receiver did not start"
	}
	RECEIVER=http://127.0.0.1:$(cat "$T/receiver.port")
}

noted() { # what, path: its lines
	grep -F "{\"$1\":{\"path\":\"$2\"," "$T/received"
}
received() { # path: how many requests were answered there
	noted received "$1" | wc -l
}
begun() { # path, number: that many have come
	[ "$(noted begun "$1" | wc -l)" -ge "$2" ]
}
ids() { # path: the webhook-id of each that came
	noted begun "$1" | sed 's/.*"id":"\([^"]*\)".*/\1/'
}
bodies() { # path
	noted begun "$1" | perl -MJSON::PP -ne \
	    'print decode_json($_)->{begun}{body}, "\n"'
}

# NUMBER SID: so many events, as if they had come; the SQL expression SID makes
# each one's of n, from 1.
ingested() {
	sql "select offhook.ingest(offhook.bucket(s), md5(s)::uuid,
	    gen_random_uuid(), clock_timestamp(), '$A', 'message.status',
	    'message', s, 'delivered', null, null, null, '+15550101001',
	    '+15550101002', 'POST', 'https://hooks.example.test/twilio',
	    null, 'form', convert_to('MessageSid=' || s, 'UTF8'), null, null,
	    null, 204::smallint, null, null)
	    from (select $2 as s from generate_series(1, $1) as n) as x" \
	    >/dev/null
}

worker_start() { # [OPTION...]; sets WORKER to its process
	# shellcheck disable=SC2086 # WRAP is empty or a command line
	${WRAP:-} "$OFFHOOK" --config "$CONFIG" worker "$@" \
	    >>"$T/log" 2>&1 </dev/null &
	WORKER=$!
	at_exit "stop_pid $WORKER 25"
}
