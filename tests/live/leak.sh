#!/bin/sh
# One responder over FastCGI, COUNT requests (20,000; 100,000 for the note; at
# least 8,000) of all sorts, good, forged and malformed: its private memory and
# its descriptors are afterwards what they were after the first tenth (500 at
# least: all sorts come in 120). Once with no database there, and once, a
# quarter as long, with one.
TRANSPORT=fcgi
export TRANSPORT COUNT
. "${0%/*}/../lib.sh"
COUNT=${COUNT:-20000}
[ "$COUNT" -ge 8000 ] || COUNT=8000
database
load=$BUILD/live/fcgi_load

fire() { # requests, first number
	"$load" "$FCGI_SOCKET" "$1" 2 "$2" "$TOKEN_A" "$BASE" >"$T/load"
}
private() { # kB that are the process's own
	awk '/^Private_Dirty/ { print $2 }' \
	    "/proc/$FCGI_PID/smaps_rollup"
}
descriptors() {
	find "/proc/$FCGI_PID/fd" -mindepth 1 | wc -l
}
came() { # status; how often it came
	awk -v s="$1" '$1 == s { n = $2 } END { print n + 0 }' "$T/load"
}

# steady NAME COUNT COME NEVER: which statuses good requests get, and which not.
steady() {
	pid=$FCGI_PID
	first=$(($2 / 10))
	[ "$first" -ge 500 ] || first=500
	ok "$1: the first tenth" fire "$first" 100000
	kb=$(private)
	fds=$(descriptors)
	ok "$1: the rest" fire $(($2 - first)) 10000000
	kb2=$(private)
	fds2=$(descriptors)
	diag "$1, $2 requests: private memory $kb kB, then $kb2 kB;" \
	    "descriptors $fds, then $fds2; $(tr '\n' ',' <"$T/load")"
	ok "$1: the process is the same" kill -0 "$pid"
	below "$kb2" $((kb + 65)) "$1: its memory has not grown by 64 kB"
	is "$fds2" "$fds" "$1: nor its descriptors"
	for s in 400 403 405 413 415 gone $3; do
		ok "$1: $s came" test "$(came "$s")" -gt 0
	done
	for s in 0 500 $4; do
		is "$(came "$s")" 0 "$1: $s never came"
	done
}

responder OFFHOOK_SPOOL= "DATABASE_URL=host=$T/nothing user=nobody dbname=none"
steady 'no database' "$COUNT" 503 '200 204'

responder
steady 'database' $((COUNT / 4)) '200 204' 503
done_testing
