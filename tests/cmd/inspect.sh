#!/bin/sh
# offhook inspect: its words, and what keeps it from working. What it shows
# is tested over every web server by tests/cgi/inspect.sh.
set -u
. "${0%/*}/../lib.sh"
# The harness's own names would be unknown settings.
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS

DATABASE_URL='postgresql://web@127.0.0.1:1/nowhere'
ADMIN_URL=$DATABASE_URL
export ADMIN_URL
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}

conf
run inspect --for 1s
is "$rc" 0 "without a database, and without a request: it ends well"
like "$out" "^    $BASE/twilio/inspect-[0-9a-f]{32}\$" "it prints the URL"
like "$out" 'shown until 20[0-9TZ:.-]+:$' "and until when"
like "$out" '0 requests shown' "and that nothing came"
is "$(ls "$T/state")" '' "and leaves nothing"
run inspect --for 1s --path /hooks --output json
is "$(printf '%s\n' "$out" | perl -MJSON::PP -ne 'my $o = decode_json($_);
    print "$o->{type} @{$o->{urls}}"' | sed 's/[0-9a-f]\{32\}$/NAME/')" \
    "inspector $BASE/hooks/inspect-NAME" "--path and JSON"
run inspect https://other.example.test/x --for 1s
like "$out" '^    https://other.example.test/x/inspect-' "another base"
conf "OFFHOOK_PUBLIC_URL=$BASE https://two.example.test:8443"
run inspect --for 1s
like "$out" '^    https://two.example.test:8443/twilio/inspect-' \
    "each public URL"

for t in 0s 61m 2h 10 m '' 1d -1s 1.5m 99999999999999999999s; do
	run inspect --for "$t"
	is "$rc" 2 "--for '$t': exit status 2"
	like "$out" 'from 1s to 1h' "with what it may be"
done
run inspect --count 0
is "$rc" 2 "--count 0: exit status 2"
run inspect --reply '<Response>'
is "$rc" 2 "a reply that is not well-formed: exit status 2"
like "$out" '--reply: ' "with why"
run inspect --reply "<Response>$(printf '%3000s' '')</Response>"
like "$out" 'longer than 3000 bytes' "a reply that is too long"
run inspect --reply "@$T/nothing"
is "$rc" 1 "a reply's file that is not there"
run inspect nowhere
is "$rc" 2 "a base that is no URL: exit status 2"

conf OFFHOOK_PUBLIC_URL
run inspect
is "$rc" 1 "no public URL: an error"
like "$out" 'OFFHOOK_PUBLIC_URL=.*offhook inspect https://' "with the fix"
conf "OFFHOOK_STATE=$T/missing"
run inspect
is "$rc" 1 "no folder: an error"
like "$out" "$T/missing: No such file.*mode 700" "with the fix"
conf OFFHOOK_STATE=/usr
run inspect
is "$rc" 1 "the folder of another user: an error"
like "$out" '/usr is the folder of user root.*sudo -u root offhook inspect' \
    "with the command to run"
conf
chmod 500 "$T/state"
run inspect
is "$rc" 1 "a folder that cannot be written: an error"
like "$out" 'state/inspect: Permission denied' "that says so"
chmod 700 "$T/state"

# Nobody reads what it prints: it goes, and its file as well.
"$OFFHOOK" inspect --for 5m 2>/dev/null | head -n 1 >/dev/null &
head_pid=$!
at_exit "stop_pid $head_pid"
wait_for 10 test -e "$T/state/inspect"
# Nothing is printed until a request comes; the signal is the way out.
INSPECTOR=$(perl -e 'open F, "<:raw", $ARGV[0]; read F, $x, 1060;
    print unpack "q<", substr $x, 1040, 8' "$T/state/inspect")
kill -s HUP "$INSPECTOR"
ok "a terminal that goes ends it" wait_for 10 gone "$INSPECTOR"
nok "and its file is gone" test -e "$T/state/inspect"

done_testing
