#!/bin/sh
# listen: every event once and in its order, live and past, however they are
# committed, while the database is stopped and the clock jumps.
set -u
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"

database
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_reader)"
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}

# ingest N AGE: the statement that stores message N, so long after it arrived
ingest() {
	set -- "$1" "${2:-0}"
	cat <<-END
	select (i).verdict from (select offhook.ingest(
	    offhook.bucket('SM' || lpad('$1', 32, '0')), md5('$1')::uuid,
	    offhook.uuid_at(gen_random_uuid(), now() - interval '$2'),
	    now() - interval '$2', '$A', 'message.inbound', 'message',
	    'SM' || lpad('$1', 32, '0'), 'received', null, null, null,
	    '+15550101001', '+15550101002', 'POST', '$BASE/twilio', null,
	    'form', 'Body=text+$1&From=%2B15550101001', null, null, null,
	    200::smallint, 'text/xml', '') as i) as x;
	END
}
store() {
	sql "$(ingest "$@")" >"$T/sql"
}
numbers() { # of the messages in a file of JSON lines, in their order
	sed -n 's/.*"sid": "SM0*\([0-9]*\)".*/\1/p' "$1" | tr '\n' ' '
}

cat >"$T/app" <<'END'
use strict;
use warnings;
use IO::Socket::INET;
my $s = IO::Socket::INET->new(Listen => 50, LocalAddr => '127.0.0.1') or die;
$| = 1;
print $s->sockport, "\n";
while (my $c = $s->accept) {
	my ($head, $body) = ('', '');
	while (<$c>) { last if /^\r?$/; $head .= $_ }
	read $c, $body, $1 if $head =~ /^content-length: *(\d+)/im;
	open my $o, '>', $ARGV[0];
	print $o $head, "\n", $body;
	close $o;
	my $answer = $body =~ /text\+13/ ? '500 No' : '200 OK';
	print $c "HTTP/1.1 $answer\r\nContent-Length: 11\r\n",
	    "Connection: close\r\n\r\n<Response/>";
	close $c;
}
END
perl "$T/app" "$T/asked" >"$T/port" &
app=$!
at_exit "kill $app 2>/dev/null"
wait_for 5 test -s "$T/port"
URL=http://127.0.0.1:$(cat "$T/port")/sms

# The past: more than a page of it.
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
	ingest "$i" "$((100 - i)) minutes"
done >"$T/past.sql"
psql -XAtq -d "$DB" -f "$T/past.sql" >"$T/sql"
todo=$(count todo)
run listen "$URL" --since 2h --once --output json
is "$rc" 0 "the past"
printf '%s\n' "$out" >"$T/out"
is "$(numbers "$T/out")" \
    '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 ' \
    "all of it, in its order"
is "$(grep -c '"status": 200' "$T/out") $(grep -c '"status": 500' "$T/out")" \
    '22 1' "each with its answer"
is "$(printf '%s\n' "$out" | perl -MJSON::PP -ne 'decode_json($_)' 2>&1)" '' \
    "each a line of JSON"
like "$(cat "$T/asked")" '^Body=text\+23&From=%2B15550101001$' \
    "the original form"
sign=$(sed -n 's/^X-Twilio-Signature: *\([^\r]*\).*/\1/p' "$T/asked" |
    tr -d '\r')
run signature verify "$URL" --signature "$sign" \
    --data 'Body=text+23&From=%2B15550101001'
is "$rc" 0 "signed as Twilio would for this URL"
run listen "$URL" --since 80m --once --limit 3
like "$out" '^20[0-9T:.-]+Z  message.inbound +SM0*21  200  [0-9]+ ms$' \
    "a line for each"
like "$out" '^3 events forwarded' "--limit"
run listen "$URL" --since 2h --once --filter '{"params.Body": "text 1*"}' \
    --from +15550101001 --kind 'message.*' --output json
printf '%s\n' "$out" >"$T/out"
is "$(numbers "$T/out")" '1 10 11 12 13 14 15 16 17 18 19 ' "--filter"
run listen "$URL" --since 2h --once --kind call.inbound
like "$out" '^0 events' "--kind"
run listen "$URL" --since 78m --once --verbose
like "$out" '^    Body=text\+23' "--verbose: what is sent"
like "$out" '^    <Response/>$' "and answered"
run listen "$URL" --since 78m --once --json --output json
like "$(cat "$T/asked")" '^\{"type":"message.inbound"' "--json: an envelope"
like "$(cat "$T/asked")" '^webhook-signature: v1,' "signed otherwise"
like "$out" 'the secret whsec_' "with a secret that is said"
run listen "$URL" --since 2h --once --parallel 8 --output json
printf '%s\n' "$out" >"$T/out"
is "$(numbers "$T/out" | tr ' ' '\n' | sort -n | tr '\n' ' ')" \
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 " \
    "--parallel: all of them"
run listen http://127.0.0.1:1/ --since 78m --once
like "$out" '  CONNECTION_REFUSED  ' "nobody there"
is "$rc" 0 "is the developer's affair"

# What is wrong is said.
run listen nonsense
is "$rc" 2 "no URL"
run listen "$URL" --once --filter '{"colour": 1}'
is "$rc" 1 "no filter"
run listen "$URL" --once --filter '{'
like "$rc $out" '^2 .*--filter is JSON' "nor JSON"
run listen http://127.0.0.1:1/ --since 2h --once --limit 2
like "$out" '^2 events forwarded, 2 of them not answered 2xx' \
    "says how many were not taken"
run listen "$URL" --once --since whenever
is "$rc" 2 "no time"
echo '{"low": "2026-01-01"}' >"$T/cursor"
run listen "$URL" --once --resume "$T/cursor"
is "$rc" 1 "no cursor"
OFFHOOK_ADMIN_DATABASE_URL='postgresql://x@127.0.0.1:1/x' \
    "$OFFHOOK" listen "$URL" >"$T/out" 2>&1 </dev/null
is "$?" 1 "no database to begin with"

# Live, beside transactions that commit when they like.
rm -f "$T/cursor"
start() { # in the background, with FAKETIME's file as its clock
	FAKETIME_TIMESTAMP_FILE=$T/clock FAKETIME_NO_CACHE=1 \
	    FAKETIME_DONT_FAKE_MONOTONIC=1 LD_PRELOAD=$FAKETIME \
	    "$OFFHOOK" listen "$URL" --resume "$T/cursor" --output json \
	    >>"$T/live" 2>>"$T/err" </dev/null &
	listener=$!
	at_exit "kill $listener 2>/dev/null"
	wait_for 10 test -s "$T/cursor"
}
FAKETIME=$(find /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null |
    head -n 1)
[ -f "$FAKETIME" ] || die "faketime is needed (tools/packages check)"
echo +0 >"$T/clock"
came() { # numbers
	[ "$(numbers "$T/live")" = "$1 " ]
}
mkfifo "$T/slow"
psql -XAtq -d "$DB" <"$T/slow" >"$T/sql" &
exec 7>"$T/slow"
# The first, but not committed before it is older than what is looked at.
{ echo 'begin;'; ingest 101 '14 seconds'; } >&7
wait_for 5 sh -c "psql -XAtq -d '$DB' -c 'select pg_current_snapshot()' |
    grep -q ':.*:[0-9]'"
start
store 102
ok "what is committed comes" wait_for 5 came 102
store 103 '3 days'
ok "also what arrived long ago (a spool)" wait_for 5 came '102 103'
store 104 '10 seconds'
ok "or a moment ago" wait_for 5 came '102 103 104'
echo 'commit;' >&7
ok "and the one that was held up" wait_for 5 came '102 103 104 101'
{ echo 'begin;'; ingest 105 '1 hour'; echo 'rollback;'; } >&7
exec 7>&-
store 106
ok "not what was rolled back" wait_for 5 came '102 103 104 101 106'

# Cut off.
cluster_stop "$T/pg"
ok "it says that the database is away" wait_for 5 \
    grep -q 'Cut off from the database' "$T/err"
cluster_up "$T/pg"
store 107
ok "and goes on where it was" wait_for 10 came '102 103 104 101 106 107'
like "$(cat "$T/err")" 'there again after [0-9]+ s' "which it says"
kill -STOP "$(cluster_pid "$T/pg")"
for p in $(sql_pids=$(cat "/proc/$(cluster_pid "$T/pg")/task/"*/children)
    echo "$sql_pids"); do
	kill -STOP "$p"
	stopped="${stopped:-} $p"
done
ok "also when it only stands still" wait_for 15 \
    sh -c "[ \"\$(grep -c 'Cut off' '$T/err')\" = 2 ]"
for p in $stopped; do
	kill -CONT "$p"
done
kill -CONT "$(cluster_pid "$T/pg")"
store 108
ok "until it runs on" wait_for 15 came '102 103 104 101 106 107 108'

# The machine sleeps.
echo +3600 >"$T/clock"
ok "a jump of the clock is said" wait_for 5 grep -q 'has slept' "$T/err"
store 109
ok "and changes nothing" wait_for 10 came '102 103 104 101 106 107 108 109'

# Stopped, and resumed.
kill -TERM "$listener"
wait_for 5 gone "$listener"
store 110
store 111 '2 days'
store 112
start
ok "--resume: what came meanwhile, and nothing else" wait_for 10 \
    came '102 103 104 101 106 107 108 109 111 110 112'
kill -KILL "$listener"
wait_for 5 gone "$listener"
is "$(numbers "$T/live" | tr ' ' '\n' | sort | uniq -d)" '' "nothing twice"

# In the middle of a page.
for i in 201 202 203 204 205; do
	ingest "$i"
done >"$T/five.sql"
psql -XAtq -d "$DB" -f "$T/five.sql" >"$T/sql"
for i in 1 2 3; do
	run listen "$URL" --resume "$T/cursor" --once --limit 2 --output json
	printf '%s\n' "$out" >>"$T/five"
done
is "$(numbers "$T/five")" '201 202 203 204 205 ' \
    "--limit and --resume: from where it ended"

is "$(count todo)" "$((todo + 16))" "the worker's inbox is as it was"
is "$(count delivery)" 0 "and there is no delivery"
done_testing
