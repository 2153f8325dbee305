#!/bin/sh
# The answer is decided once: floods of duplicates while the application is
# being asked, a responder killed while it asks, one that is stopped.
TRANSPORT=apache
. "${0%/*}/../lib.sh"
. "${0%/*}/../live/lib/live.sh"
. "${0%/*}/lib.sh"

database
upstream_start
responder "$ALLOW"

### Duplicates

routes '[{"name": "count", "kind": "call.inbound",
    "app": "'"$UPSTREAM"'/count?ms=300", "budget": "3s"},
    {"name": "message", "app": "'"$UPSTREAM"'/count?ms=300&message",
    "budget": "3s"}]'
# The processes are started.
for n in 1 2; do
	load -q 64 -c 64 -C -s "$n"
done
flood() { # what, load's options
	: >"$T/upstream.log"
	what=$1
	shift
	load "$@" -x 50 -c 50 -C -j "$T/journal"
	journal "$T/journal"
	is "$(of http_200) $(of broken)" '50 0' "50 $what: all answered 200"
	is "$(sql 'select count(distinct hash) from public.journal')" 1 \
	    "50 $what: all replies are equal"
	like "$(sql "select reply from offhook.events where sid in (select sid
	    from public.journal)")" 'Answer' "50 $what: its answer"
	is "$(asked)" 1 "50 $what: the application is asked once"
	is "$(sql "select count(*) || ' ' || sum(duplicates)
	    from offhook.events where sid in (select sid
	    from public.journal)")" '1 49' "50 $what: one event"
	diag "50 $what: p50 $(milliseconds p50_us) ms," \
	    "max $(milliseconds max_us) ms"
	below "$(milliseconds max_us)" 3000 "50 $what: none is late"
}
flood "calls at once" -q 1 -s 8
flood "messages at once" -i 1 -s 9

### In the background

# background NAME COMMAND...: what came is in the folder $T/NAME; sets bg.
background() {
	bg_name=$1
	shift
	mkdir -p "$T/$bg_name"
	(
		trap - EXIT
		# Where shellcheck does not see it: it would warn of every T.
		eval 'T=$T/$bg_name'
		"$@"
	) &
	bg=$!
}

# The responder that holds a connection to that port, of this program: quick,
# as it will soon be done.
holder() { # port
	perl -e 'my ($port, $program) = @ARGV;
	    my %inode;
	    open my $f, "<", "/proc/net/tcp" or exit 1;
	    while (<$f>) {
		    my @f = split;
		    $inode{"socket:[$f[9]]"} = 1 if $f[2] =~ /:(\w+)$/ &&
		        hex $1 == $port && $f[3] eq "01";
	    }
	    for my $p (glob "/proc/[0-9]*") {
		    (readlink("$p/exe") // "") eq $program or next;
		    grep { $inode{readlink($_) // ""} } glob "$p/fd/*" or next;
		    print $p =~ /(\d+)/, "\n";
	    }' "$1" "$PROGRAM"
}
asker() { # of this second application; sets pid
	pid=$(holder "${SECOND##*:}")
	[ -n "$pid" ]
}
asked_second() { # text: how often
	grep -cF -e "$1" "$T/second.log"
}
asked_times() { # text, times
	[ "$(asked_second "$1")" = "$2" ]
}

### Killed while it asks

lease_over() {
	[ "$(sql 'select count(*) from offhook.once
	    where lease > clock_timestamp()')" = 0 ]
}

app_start second upstream.js
SECOND=$APP
routes '[{"name": "count", "app": "'"$SECOND"'/count?ms=1200",
    "budget": "2s"}]'
new_sid CA
token
background killed call "$sid" -H "I-Twilio-Idempotency-Token: $token"
ok "the application is asked" wait_for 5 asked_times "$token" 1
ok "by one process" asker
kill -KILL "$pid"
wait "$bg"
isnt "$(cat "$T/killed/status")" 200 "it is killed: no answer"
ok "its lease ends" wait_for 5 lease_over
call "$sid" -H "I-Twilio-Idempotency-Token: $token"
is "$status" 200 "Twilio asks again, and is answered"
like "$body" 'Answer [0-9]+\.' "with the application's answer"
is "$(asked_second "$token")" 2 "which was asked again with the same token"
is "$(last 'sid, route, reason, duplicates')" "$sid|count||1" "one event"
first=$body
call "$sid" -H "I-Twilio-Idempotency-Token: $token"
is "$body" "$first" "a third time: the same bytes"
is "$(asked_second "$token")" 2 "and nobody is asked"

### Stopped while it asks

# It is stopped until somebody else's time is up, who has another fallback:
# the route has been changed meanwhile.
app_start second upstream.js
SECOND=$APP
later() { # fallback
	routes '[{"name": "count", "app": "'"$SECOND"'/count?ms=1000",
	    "budget": "1200ms", "fallback": "<Response><Say>'"$1"'</Say></Response>"}]'
}
later 'Later.'
new_sid CA
token
background stopped call "$sid" -H "I-Twilio-Idempotency-Token: $token"
ok "the application is asked" wait_for 5 asked_times "$token" 1
ok "by one process" asker
kill -STOP "$pid"
at_exit "kill -CONT $pid 2>/dev/null"
later 'Much later.'
call "$sid" -H "I-Twilio-Idempotency-Token: $token"
first=$body
is "$status $first" '200 <Response><Say>Much later.</Say></Response>' \
    "it is stopped: who waits for it sends the fallback"
below "$ms" 1700 "in time"
kill -CONT "$pid"
wait "$bg"
is "$(cat "$T/stopped/body")" "$first" \
    "it goes on, and sends what the waiter decided"
call "$sid" -H "I-Twilio-Idempotency-Token: $token"
is "$body" "$first" "as everybody does from then on"
is "$(count "events where sid = '$sid'")" 1 "one event"

done_testing
