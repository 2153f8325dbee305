#!/bin/sh
# offhook simulate: every scenario against a responder under Apache and its
# database; what it finds when a reply or a row is not as it must be.
set -u
TRANSPORT=apache
. "${0%/*}/../lib.sh"

database
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
responder
HERE=http://127.0.0.1:$HTTP_PORT
simulate() { # scenario, options; sets out (both streams), rc
	simulate_s=$1
	shift
	out=$("$OFFHOOK" simulate "$simulate_s" "$BASE/twilio" \
	    --connect "$HERE" "$@" 2>&1 </dev/null)
	rc=$?
}

# Every scenario, each check of it, and nothing but what was asked for.
for s in inbound-sms inbound-mms outbound failed call wrong-token; do
	simulate "$s"
	is "$rc" 0 "$s: exit status 0"
	like "$out" "^$s +events stored, each once .*true" "$s: its events"
	unlike "$out" ' false$' "$s: no check fails"
	[ "$rc" = 0 ] || diag "$out"
done
is "$(sql "select string_agg(status || coalesce(' ' || error_code, ''),
    ',' order by status, error_code) from offhook.messages")" \
    'delivered,failed 21211,read,received,received,undelivered 30003,undelivered 30007' \
    "the rows that these lives have"
is "$(sql "select string_agg(status, ',' order by status)
    from offhook.calls")" completed,completed "both legs of the call ended"
is "$(sql "select count(*) from offhook.events
    where duplicates > 0")" 3 "each retry is the event that it repeats"
simulate wrong-token --output json
like "$out" '"check": "another token: 403", "wanted": 2, "seen": 2' \
    "JSON: a check"
like "$out" '^\{"ok": true, "seed": [0-9]+, "database": true' "JSON: all"

# A storm, and the same one again: nothing new.
simulate storm --messages 100 --shuffle --duplicates 5% --drop 1% --seed 42
is "$rc" 0 "a storm"
[ "$rc" = 0 ] || diag "$out"
like "$out" '^storm +duplicates: the first reply again +[1-9]' \
    "some of it came twice"
n=$(count events)
simulate storm --messages 100 --shuffle --duplicates 5% --drop 1% --seed 42
is "$rc" 0 "a storm with its seed: the same"
is "$(count events)" "$n" "and nothing new is stored"
simulate storm --messages 5 --rate 200 --parallel 2 --seed 7
is "$rc" 0 "a storm with a rate"
like "$out" 'PER SECOND' "its figures"
simulate all --messages 10
is "$rc" 0 "all of them"
is "$(printf '%s\n' "$out" | sed -n 's/ .*//p' | sort -u | grep -c -E \
    '^(inbound-[ms]ms|outbound|failed|call|wrong-token|storm)$')" 7 \
    "all: each has its checks"

# What is lost afterwards is missed: the same run again is all duplicates,
# which bring nothing back.
simulate outbound --seed 9
is "$rc" 0 "a run to be repeated"
sql "delete from offhook.event where id in (select id from offhook.event
    order by received_at desc limit 1)"
simulate outbound --seed 9
is "$rc" 1 "an event that is lost: exit status 1"
like "$out" '^outbound +events stored, each once +7 +6 +false' "is told"
like "$out" '^outbound +rows with exactly their status +2 +2 +true' \
    "the rows are there"
sql "delete from offhook.resource where sid in (select sid from
    offhook.messages order by updated_at desc limit 1)"
simulate outbound --seed 9
like "$out" '^outbound +rows with exactly their status +2 +1 +false' \
    "a row that is lost"

# Words and options.
simulate strom
is "$rc" 2 "an unknown scenario: exit status 2"
simulate storm --drop 101%
like "$out" 'a percentage' "a percentage that is none"
simulate outbound --pace slow
like "$out" 'real or fast' "a pace that is none"

# Rows that are not as they must be: the responder stores elsewhere.
simulate outbound --account "$B"
is "$rc" 0 "another account has its own token"
psql -XAtq -d postgres -c \
    "create database other_$$ template offhook_template" ||
    diag "no second database"
at_exit "psql -XAtq -d postgres -c \
    'drop database if exists other_$$ with (force)' >/dev/null 2>&1"
grep -v '^OFFHOOK_ADMIN_DATABASE_URL=' "$CONFIG" >"$T/other.conf"
echo "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "other_$$" postgres)" \
    >>"$T/other.conf"
chmod 600 "$T/other.conf"
simulate outbound --config "$T/other.conf"
is "$rc" 1 "rows in no database: exit status 1"
like "$out" '^outbound +rows with exactly their status +2 +0 +false' \
    "they are missed"
like "$out" '^outbound +events stored, each once +7 +0 +false' \
    "the events too"
simulate outbound --config "$T/other.conf" --no-database
is "$rc" 0 "--no-database: the replies alone"
like "$out" 'replies alone are checked' "and says so"

# A server that answers wrongly; it needs no settings.
fake() { # status line's rest, headers and body, as printf takes them
	stop_fake
	perl -MIO::Socket::INET -e '
		my $s = IO::Socket::INET->new(Listen => 64, ReuseAddr => 1,
		    LocalAddr => "127.0.0.1") or die "$!\n";
		open my $f, ">", "$ARGV[0].new" or die "$!\n";
		print $f $s->sockport;
		close $f;
		rename "$ARGV[0].new", $ARGV[0];
		while (my $c = $s->accept) {
			my ($n, $l) = (0);
			while (defined($l = <$c>) && $l =~ /\S/) {
				$n = $1 if $l =~ /^Content-Length: (\d+)/i;
			}
			read $c, my $body, $n;
			my $r = $ARGV[1];
			$r =~ s/NUMBER/++$main::i/e;
			print $c "HTTP/1.1 $r";
			close $c;
		}' "$T/fake" "$1" &
	FAKE=$!
	at_exit "stop_fake"
	wait_for 5 test -s "$T/fake" || die "no fake server"
	THERE=http://127.0.0.1:$(cat "$T/fake")/twilio
}
FAKE=
stop_fake() {
	[ -z "$FAKE" ] || kill "$FAKE" 2>/dev/null
	FAKE=
	rm -f "$T/fake"
}
at_fake() { # scenario; sets out, rc
	out=$(env -u OFFHOOK_CONFIG "$OFFHOOK" simulate "$1" "$THERE" \
	    --auth-token x --account "$A" 2>&1 </dev/null)
	rc=$?
}
crlf=$(printf '\r\n.')
crlf=${crlf%.}
fake "200 OK${crlf}Content-Type: text/xml${crlf}Connection: close$crlf$crlf<Response/>"
at_fake inbound-sms
is "$rc" 0 "a foreign application that answers well"
like "$out" 'replies alone are checked' "without database: it says so"
at_fake outbound
is "$rc" 0 "an empty Response will do for a notice"
at_fake wrong-token
is "$rc" 1 "whoever answers anybody fails"
like "$out" '^wrong-token +another token: 403 +2 +0 +false' "with the check"
like "$out" '200 with an empty Response' "and the first wrong reply"
fake "200 OK${crlf}Content-Type: text/xml${crlf}Connection: close$crlf$crlf<Response><Say>NUMBER</Say></Response>"
at_fake inbound-sms
is "$rc" 1 "another reply to a duplicate fails"
like "$out" '^inbound-sms +duplicates: the first reply again +1 +0 +false' \
    "with the check"
at_fake outbound
like "$out" 'notices: 204 or an empty Response +7 +0 +false' \
    "verbs are no reply to a notice"
fake "200 OK${crlf}Content-Type: text/xml${crlf}Connection: close$crlf$crlf<Response><Say>Hello</Response>"
at_fake inbound-sms
like "$out" 'questions: 200 with TwiML +2 +0 +false' "broken TwiML fails"
fake "200 OK${crlf}Content-Type: text/plain${crlf}Connection: close$crlf$crlf<Response><Say>Hello</Say></Response>"
at_fake inbound-sms
is "$rc" 1 "TwiML under another type fails"
fake "500 Oops${crlf}Connection: close$crlf$crlf"
at_fake call
is "$rc" 1 "a 500 fails"
stop_fake
at_fake call
is "$rc" 1 "nobody listens: exit status 1"
like "$out" 'no reply' "and says so"

done_testing
