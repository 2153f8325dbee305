#!/bin/sh
# offhook house: what keep, plan, show and set print, that a run which was
# killed is taken up by the next one, and that two do not collide.
set -u
. "${0%/*}/../lib.sh"

database
# The harness's own names would be unknown settings.
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}
members() { # key of each object of the JSON array in $out
	printf '%s' "$out" | perl -MJSON::PP -0777 -ne 'BEGIN { $k = shift }
	    print join(" ", map { $_->{$k} // "null" } @{decode_json($_)})' "$1"
}
events() { # how many, at a moment
	sql "insert into offhook.event (id, received_at, bucket, key, account,
	    kind, sid, verdict, method, format, url, raw)
	    select gen_random_uuid(), $2, 1, gen_random_uuid(), '$A', 'other',
	    'SM' || n, 'recorded', 'POST', 'form', '$BASE/t?a=b',
	    'Body=secret'::bytea from generate_series(1, $1) as n"
}
month() { # the 11th, so many months ago
	echo "date_trunc('month', now()) - interval '$1 months 1 hour' +
	    interval '10 days'"
}
part() { # the name of its partition
	sql "select 'event_' || to_char($(month "$1"), 'YYYYMM')"
}
waits() { # is a statement of house keep waiting for a lock?
	[ "$(sql "select count(*) > 0 from pg_stat_activity where query ~
	    'house_make' and wait_event_type = 'Lock'
	    and datname = '$DB'")" = t ]
}
conf

# The periods.
run house show
is "$rc" 0 "show succeeds"
like "$out" '^bodies +90 days' "the period of bodies"
run house set bodies '45 days'
is "$rc" 0 "set succeeds"
like "$out" '^bodies +45 days' "and shows the periods"
run house set bodies '2 years' --output json
is "$rc" 1 "bodies beyond the history are refused"
like "$out" 'bodies cannot be kept longer than the history' "with the reason"
run house set dedupe '1 hour'
like "$out" 'period of dedupe must be 2 days' "a period that is too short"
run house set dedupe soon
like "$out" 'invalid input syntax for type interval' "one that is none"
run house show --output json
is "$(members keep)" '45 days 30 days 30 days 400 days' "as JSON"
run house keep --for 2h
is "$rc" 2 "a time that is too long: exit status 2"

# An accident, and what is old: the plan, and that it comes so.
events 3000 "$(month 3)"
events 20 "$(month 40)"
old=$(part 40)
stripped=$(part 3)
run house plan --output json
is "$(members action)" "set aside make make move drop" "plan: the actions"
is "$(members object)" \
    "event_default $old $stripped event_default $old" "plan: of what"
is "$(count event_default)" 3020 "plan changes nothing"

# Killed half-way: its session, in the middle of a step, and between two.
killed() { # statements; then psql is killed while its step is not committed
	{
		printf '%s\n' "$1" 'select pg_backend_pid();' 'begin;' "$2"
		echo "select 'in it'; select pg_sleep(60);"
	} | psql -XAtq -d "$DB" >"$T/killed" 2>&1 &
	killed_pid=$!
	wait_for 10 grep -q 'in it' "$T/killed" || cat "$T/killed"
	kill -KILL "$killed_pid"
	sql "select pg_terminate_backend(pid, 5000) from pg_stat_activity
	    where query ~ 'pg_sleep.60' and pid <> pg_backend_pid()
	    and datname = '$DB'" >/dev/null
}
killed 'select offhook.house_make(2); select offhook.house_move(20);' \
    'select offhook.house_move(20);'
is "$(sql 'select aside from offhook.house_status()')" 1 \
    "a run was killed: a table is aside"
moved=$(count event)
ok "some rows had moved" test "$moved" -gt 0 -a "$moved" -lt 3020
run house keep
is "$rc" 0 "the next run succeeds"
like "$out" "^move +event_default .* $((3020 - moved))\$" \
    "and tells how many rows it moved"
like "$out" "^drop +$old +older than 400 days" "what it dropped"
is "$(count event)" 3000 "every row is there, once"
is "$(count "events where params is not null")" 0 "without old bodies"
is "$(count "event where tableoid = 'offhook.$stripped'::regclass")" 3000 \
    "in its month"
is "$(sql 'select aside from offhook.house_status()')" 0 "nothing is aside"
run house plan --output json
is "$(members action)" '' "plan: nothing is left"
run house keep --output json
is "$out" '[
]' "keep: nothing is done"

# The same for bodies, killed before the copy was whole.
sql "select offhook.house_set('bodies', '300 days')" >/dev/null
events 3000 "$(month 6)"
run house keep
is "$(count 'event where raw is not null')" 3000 "bodies that are not due stay"
sql "select offhook.house_set('bodies', '45 days')" >/dev/null
killed 'select offhook.house_strip(1); select offhook.house_strip(20);' \
    'select offhook.house_strip(20);'
is "$(count 'events where raw is not null')" 3000 "killed: all are seen"
run house keep
like "$out" "^strip +$(part 6) +without bodies" "the next run ends it"
is "$(count event) $(count 'event where raw is not null')" '6000 0' \
    "every row is there, once, without its body"
is "$(sql "select count(*) from pg_class where relname ~ '_bare$'")" 0 \
    "and no copy"

# Two at once.
mkfifo "$T/hold"
psql -XAtq -d "$DB" <"$T/hold" >"$T/held" 2>&1 &
hold=$!
at_exit "kill $hold 2>/dev/null"
exec 3>"$T/hold"
echo "begin; select offhook.house_drop(); select 'held';" >&3
ok "somebody is at work" wait_for 10 grep -q held "$T/held"
run house keep
is "$rc" 0 "a second keep ends"
like "$out" 'Another house keep is at work' "and says so"
exec 3>&-
wait "$hold"

# Somebody reads for long: the step is tried again.
events 5 "$(month 2)"
mkfifo "$T/read"
psql -XAtq -d "$DB" <"$T/read" >"$T/reader" 2>&1 &
hold=$!
exec 3>"$T/read"
echo "begin; select 'reads' from offhook.event limit 1;" >&3
wait_for 10 grep -q reads "$T/reader"
"$OFFHOOK" house keep >"$T/patient" 2>&1 3>&- &
patient=$!
ok "keep waits for a lock" wait_for 10 waits
exec 3>&-
wait "$hold"
ok "and goes on when it is free" wait "$patient"
like "$(cat "$T/patient")" '^move +event_default .* 5$' "with what it had to do"

# Who may.
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_worker)"
run house keep
is "$rc" 0 "the worker may keep house"
run house set bodies '50 days'
is "$rc" 1 "but not set periods"
like "$out" 'permission denied' "with the reason"
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_operator)"
run house set bodies '50 days'
is "$rc" 0 "the operator may"
conf "OFFHOOK_ADMIN_DATABASE_URL=$DATABASE_URL"
run house keep
is "$rc" 1 "the responder may not keep house"
done_testing
