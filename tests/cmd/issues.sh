#!/bin/sh
# issue and channel: what is found, who is told, and how it ends. A worker
# runs; mails go to a program of the user's that keeps them, notices to a
# real server that checks their signature.
set -u
. "${0%/*}/../lib.sh"

database
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}
worker() { # with no more rights than a worker needs
	OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_worker) \
	    "$OFFHOOK" worker --once --max-seconds 20 >>"$T/worker.log" 2>&1
}
issue() { # type: its state, count and subject
	sql "select state, count, subject from offhook.issues
	    where type = '$1'"
}

# The programs and the server that are told.
mkdir "$T/mails" "$T/exec"
cat >"$T/sendmail" <<END
#!/bin/sh
echo "\$*" >"$T/arguments"
cat >"$T/mail.new"
n=\$(ls "$T/mails" | wc -l)
mv "$T/mail.new" "$T/mails/\$((n + 1))"
END
cat >"$T/exec/note" <<END
#!/bin/sh
[ ! -f "$T/broken" ] || { echo "it is broken"; exit 3; }
{ echo "\$*"; cat; } >"$T/noted"
END
chmod 755 "$T/sendmail" "$T/exec/note" "$T/exec"
cat >"$T/receiver" <<'END'
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256_base64);
use IO::Socket::INET;
use MIME::Base64;
my $s = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1') or die;
$| = 1;
print $s->sockport, "\n";
while (my $c = $s->accept) {
	my ($head, $body) = ('', '');
	while (<$c>) { last if /^\r?$/; $head .= $_ }
	read $c, $body, $1 if $head =~ /^content-length: *(\d+)/im;
	my %h = map { /^([^:]+): *(.*?)\r?$/ ? (lc $1, $2) : () }
	    split /\n/, $head;
	open my $f, '<', $ARGV[0];
	my $secret = <$f> // '';
	chomp $secret;
	$secret =~ s/^whsec_//;
	my $sign = hmac_sha256_base64("$h{'webhook-id'}." .
	    "$h{'webhook-timestamp'}.$body", decode_base64($secret)) . '=';
	my $good = $h{'webhook-signature'} eq "v1,$sign";
	open my $o, '>>', $ARGV[1];
	print $o $good ? 'good ' : 'bad ', $body;
	close $o;
	print $c "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
	close $c;
}
END
perl "$T/receiver" "$T/secret" "$T/received" >"$T/port" &
receiver=$!
at_exit "kill $receiver 2>/dev/null"
wait_for 5 test -s "$T/port"
PORT=$(cat "$T/port")
responder "OFFHOOK_SENDMAIL=$T/sendmail" "OFFHOOK_EXEC=$T/exec" \
    OFFHOOK_ALLOW_PRIVATE=127.0.0.1

# Channels.
run channel list
like "$out" 'There is no channel' "at first there is none"
run channel add ops mail root ops@example.com --quiet 2h
is "$rc" 0 "a mail"
run channel add hook webhook "http://127.0.0.1:$PORT/h" --type 'call.*' \
    --type reply.late
is "$rc" 0 "a webhook"
printf '%s\n' "$out" | grep '^whsec_' >"$T/secret"
ok "its secret is printed" test -s "$T/secret"
run channel add note exec "$T/exec/note" -- a --b
is "$rc" 0 "a program"
run channel add bad mail 'a@example.com, b@example.com'
is "$rc" 1 "no address"
like "$out" 'is no mail address' "says so"
run channel add bad mail root --quiet 1s
is "$rc" 2 "no quiet time"
run channel list
like "$out" '^hook +webhook +http.* +call\.\* reply\.late +01:00:00' "list"
like "$out" '^ops +mail +root ops@example.com +\* +02:00:00' "of both"
unlike "$out" whsec_ "without secrets"
for c in ops hook note; do
	run channel test "$c"
	is "$rc" 0 "channel test $c"
done
is "$(cat "$T/arguments")" '-t -oi' "sendmail's arguments"
like "$(cat "$T/mails/1")" 'nothing is wrong' "it sends a mail"
like "$(cat "$T/received")" '^good .*"type": "test"' "a signed notice"
like "$(cat "$T/noted")" '^a --b$' "a program's arguments"
like "$(cat "$T/noted")" '"channel": "note"' "and its input"
run channel test nope
is "$rc" 1 "one that is not there"
conf "OFFHOOK_SENDMAIL=$T/nothing" OFFHOOK_EXEC=/nowhere
run channel test ops
is "$rc" 1 "a mail that cannot be sent"
run channel test note
like "$out" 'is in no folder of OFFHOOK_EXEC' "nor any program"
run channel test hook
like "$out" 'private address' "nor to any address"
conf "OFFHOOK_SENDMAIL=$T/sendmail" "OFFHOOK_EXEC=$T/exec" \
    OFFHOOK_ALLOW_PRIVATE=127.0.0.1
rm -f "$T"/mails/* "$T/received" "$T/noted"

# A real one: a call that nobody has a route for; and a hostile subject.
new_sid CA
call "$sid"
is "$status" 200 "a call"
sql "select offhook.issue_count('reply.late', e'Tür\nBcc: evil@example.com', now(),
    '{\"reason\": \"a\nb\"}')" >"$T/sql"
sql "select offhook.issue_count('spool.used', '$(uname -n)', now(), null)" \
    >"$T/sql"
touch "$T/broken"
worker
is "$?" 0 "the worker runs once"
like "$(issue call.no_route)" '^open\|1\|' "the call is an issue"
mail=$(cat "$T/mails/1")
is "$(ls "$T/mails")" 1 "one mail for both"
is "$(printf '%s\n' "$mail" | sed '/^$/q' | grep -c '^[A-Za-z-]*: ')" 7 \
    "it has its seven headers"
like "$mail" '^Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{8} \+0000$' \
    "a date"
like "$mail" '^To: root,$' "all addresses"
unlike "$(printf '%s\n' "$mail" | sed '/^$/q')" evil "nothing of the subject"
like "$mail" '^Subject: offhook: call.no_route \+15550101002 and 1 more$' \
    "what it is about"
like "$mail" '^reply\.late: Tür Bcc: evil@example.com$' "both are in it"
like "$mail" '^    reason: a b$' "with the reason"
like "$mail" '^    see: offhook issue show [0-9]+$' "and where to look"
like "$(cat "$T/received")" '^good .*"why": "opened"' "the webhook is told"
run channel list
like "$out" '^note .* 1 +exit status 3: it is broken' \
    "what fails holds up nobody"
is "$(issue spool.used | cut -d '|' -f 1)" resolved \
    "an empty spool is no issue"

# Told once; again when it failed, when it goes on, when it comes back.
due() { # all channels look at once
	sql 'update offhook.channel set due_at = now()' >"$T/sql"
	rm -f "$T"/mails/* "$T/received" "$T/broken"
}
due
worker
is "$(ls "$T/mails")" '' "it is told once"
like "$(cat "$T/noted")" '"subject": "\+15550101002"' \
    "what had failed is told now"
new_sid CA
call "$sid"
due
worker
is "$(ls "$T/mails")" '' "quiet while it goes on"
sql "update offhook.told set at = at - interval '3 hours'" >"$T/sql"
due
worker
like "$(cat "$T/mails/1")" '^    cases: 2, of them new: 1; ' \
    "then it is told, with what came since"
id=$(sql "select id from offhook.issues where type = 'call.no_route'")
run issue acknowledge "$id" --comment 'on it'
is "$rc" 0 "acknowledge"
like "$out" '^acknowledged_by +postgres' "by whom"
run issue resolve call.no_route +15550101002
like "$out" '^state +resolved' "resolve by type and subject"
new_sid CA
call "$sid"
due
worker
like "$(cat "$T/mails/1")" '^Subject: .*, reopened$' "back again"

# The command line.
run issue list
like "$out" "^$id +open +call.no_route .* 3 " "list"
unlike "$out" 'spool.used' "without what is resolved"
run issue list --state all --type 'spool.*'
like "$out" 'resolved +spool.used' "or with it"
run issue list --state bad
is "$rc" 2 "a state that is none"
run issue ignore "$id"
new_sid CA
call "$sid"
like "$(issue call.no_route)" '^ignored\|4\|' "ignored stays ignored"
run issue reopen "$id"
like "$out" '^comment +on it' "reopen; the comment stays"
run issue show "$id" --output json
is "$(printf '%s\n' "$out" | perl -MJSON::PP -0777 -ne 'my $o =
    decode_json($_); print "$o->{state} $o->{reopened} $o->{detail}{kind}"')" \
    'open 2 call.inbound' "JSON"
run issue show 999999
is "$rc" 1 "no such issue"
run issue resolve reply.late nowhere
is "$rc" 1 "nor of such a subject"
run issue show reply.busy
like "$out" 'there is no such issue, of no SUBJECT' "nor without one"
for wrong in 'list --type replay.late' 'list --type delivry.\*' \
    'list --state opn' 'list --limit 0' 'resolve reply.lat x' 'show t.y' \
    "show $id more"; do
	eval "run issue $wrong"
	is "$rc" 2 "issue $wrong: an error"
done
run issue show reply.lat x
like "$out" 'there is no reply.lat; did you mean reply.late\?' \
    "with the nearest word"
run channel add x mail root --type breaker.opn
like "$rc $out" '^2 .*did you mean breaker.open' "channel: no such type"
run channel add x mial root
like "$rc $out" '^2 .*TYPE is mail, webhook or exec, not mial' \
    "channel: nor such a channel"
is "$("$OFFHOOK" issue list --state all --output csv | sed -n 1p)" \
    "$(printf '%s\r' id,state,type,subject,count,opened_at,last_seen,reason)" \
    "issue list: CSV"
is "$("$OFFHOOK" channel list --output csv | grep -c '^hook,webhook,http')" \
    1 "channel list: CSV"
# The words are those that the code has, here and in SQL.
is "$("$OFFHOOK" issue list --type - 2>&1 |
    sed -n 's/.*--type is \(.*\), not -$/\1/p' |
    sed 's/ or /, /; s/, /\n/g')" "$(cd "$ROOT" && {
	sed -n "s/.*issue_\(count\|watch\)('\([a-z_.]*\)'.*/\2/p" \
	    sql/functions/*.sql
	grep -hoE "'spool\.[a-z]+'" sql/functions/spool_issue.sql | tr -d "'"
	grep -hoE '"(reply|route|call|twilio)\.[a-z_]+"' src/app/*.c |
	    tr -d '"' | grep -v '\.h$'
    } | sort -u)" "the types are all that there are"

# Ten in a row that are refused for their signature.
forged() {
	new_sid SM
	request POST /twilio -s wrong -p "MessageSid=$sid" \
	    -p "AccountSid=$A" -p Body=x -H 'User-Agent: TwilioProxy/1.1'
}
nine=.........
while [ -n "$nine" ]; do
	forged
	nine=${nine#.}
done
request POST /twilio -d Body=x
worker
is "$(issue signature.failures)" '' "nine, and a scanner, are no issue"
forged
worker
like "$(issue signature.failures)" "^open\|1\|$(uname -n)\$" "ten are"
is "$(sql "select detail ->> 'reason', detail ->> 'advice'
    from offhook.issues where type = 'signature.failures'")" \
    'signature-mismatch|offhook signature explain last' "why, and what to do"
new_sid SM
sms "$sid"
worker
like "$(issue signature.failures)" '^resolved' "one that is good: it is over"
run channel delete note
is "$rc" 0 "delete"
run channel delete note
is "$rc" 1 "once"
is "$(grep -c ' error ' "$T/worker.log")" 0 "the worker had no error"
done_testing
