# shellcheck shell=sh disable=SC2034,SC2154
# What the tests of replies share, after tests/lib.sh: applications that
# answer, routes, and what an event says of its reply.

# The settings that let the responder ask them.
ALLOW=OFFHOOK_ALLOW_PRIVATE=127.0.0.1

# An answer without a message.
EMPTY='<?xml version="1.0" encoding="UTF-8"?>
<Response/>'

# app_start NAME SCRIPT: sets APP to its URL; its record is $T/NAME.log.
app_start() {
	command -v node >/dev/null || die "node is needed (tools/packages)"
	: >"$T/$1.log"
	rm -f "$T/$1.port"
	TWILIO_AUTH_TOKEN=$TOKEN_A node "$ROOT/tests/replies/$2" \
	    "$T/$1.port" "$T/$1.log" >>"$T/$1.err" 2>&1 </dev/null &
	as_pid=$!
	at_exit "stop_pid $as_pid 5"
	wait_for 20 test -s "$T/$1.port" || {
		cat "$T/$1.err" >&2
		die "$2 did not start"
	}
	APP=http://127.0.0.1:$(cat "$T/$1.port")
}

upstream_start() {
	app_start upstream upstream.js
	UPSTREAM=$APP
}

# routes JSON: an array of specs; all routes are these from now on.
routes() {
	rt=$(sql "select offhook.route_apply(\$routes\$$1\$routes\$::jsonb,
	    'test')") || die "route_apply: $rt"
}

asked() { # [text]: how many requests the application got, with this in them
	grep -cF -e "${1:-{}" "$T/upstream.log"
}

last() { # columns of the newest event
	sql "select $1 from offhook.events order by received_at desc, id desc
	    limit 1"
}

issues() { # that are open: type and subject, and how often
	sql "select type || ' ' || subject from offhook.issues
	    order by 1" | tr '\n' ';'
}

token_n=0
token() { # a new I-Twilio-Idempotency-Token; sets token
	token_n=$((token_n + 1))
	token=$(printf '%08x-0002-4000-8000-%012x' "$token_n" $$)
}

now_ms() {
	echo $(($(date +%s%N) / 1000000))
}
