#!/bin/sh
# A responder does not grow: memory and descriptors after N requests (4000 in
# "make check") of which every fifth is forged.
TRANSPORT=apache
export TRANSPORT
. "${0%/*}/../lib.sh"
N=${N:-4000}
database
mkdir -p "$T/apache"
conf
echo 'FcgidMaxProcesses 1' >"$T/apache/extra.conf"
responder
load=$ROOT/tests/live/load

run() { # requests, first SID
	"$load" "$APACHE_PORT" "$TOKEN_A" "$BASE" clients=1 "count=$1" \
	    "first=$2" forge=5 seconds=3000 >"$T/load"
}
private() { # kB that are the process's own
	awk '/^Private/ { n += $2 } END { print n }' "/proc/$1/smaps_rollup"
}
descriptors() {
	find "/proc/$1/fd" -mindepth 1 | wc -l
}

run 1000 1
pid=$(responder_pids)
is "$(echo "$pid" | wc -w)" 1 "there is one responder"
kb=$(private "$pid")
fds=$(descriptors "$pid")
run "$N" 10000
is "$(awk '{ print $2 }' "$T/load" | sort -u | tr '\n' ' ')" '200 403 ' \
    "$N requests are answered"
is "$(responder_pids)" "$pid" "by the same process"
kb2=$(private "$pid")
fds2=$(descriptors "$pid")
diag "private memory $kb kB, after $N requests $kb2 kB;" \
    "descriptors $fds, then $fds2"
below "$kb2" $((kb + 65)) "its private memory has not grown by 64 kB"
is "$fds2" "$fds" "its descriptors are as many as before"
is "$(count events)" $((800 + N - N / 5)) "all that were signed are stored"

# The ring of rejected requests keeps its size.
size=$(du -k "$T/state" | tail -n 1 | cut -f 1)
run 500 900000
is "$(du -k "$T/state" | tail -n 1 | cut -f 1)" "$size" \
    "the folder of the state has not grown"

done_testing
