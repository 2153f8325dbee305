#!/bin/sh
# Workers against functions, programs and servers that mean no good.
TRANSPORT=cgi
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"
. "${0%/*}/notes_lib.sh"

database
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
mkdir "$T/bin"
responder "$ALLOW" "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_worker)" \
    "OFFHOOK_EXEC=$T/bin"
receiver_start

destination() { # name, spec
	sql "select offhook.destination_add('$1', '$2'::jsonb)" >"$T/secret"
}
drop_destination() {
	sql "select offhook.destination_delete('$1')" >/dev/null
}
events() { # number, first: that many, each of another resource
	ingested "$1" "'SMf' || lpad(to_hex(n + $2), 31, '0')"
}
state() { # a condition of offhook.delivery
	sql "select state || ' ' || attempts from offhook.delivery where $1"
}
delivered() { # destination, number
	[ "$(sql "select count(*) from offhook.deliveries
	    where destination = '$1' and state = 'delivered'")" = "$2" ]
}
log_has() {
	grep -q "$1" "$T/log"
}
cpu_ms() { # of $WORKER
	perl -ne '@f = split " ", s/.*\)//r; print 10 * ($f[11] + $f[12]), "\n"' \
	    "/proc/$WORKER/stat"
}
worker_kill() {
	kill -9 "$WORKER"
	wait "$WORKER" 2>/dev/null
	sql "update offhook.delivery set due_at = clock_timestamp()
	    where lease is not null" >/dev/null
}

### A function that sleeps holds up nobody else

sql "create function public.slow(e jsonb) returns jsonb language sql as
    'select e from pg_sleep(60)';
    grant execute on function public.slow(jsonb) to offhook_reply" >/dev/null
destination app '{"url": "'"$RECEIVER"'/ok"}'
destination slow '{"url": "'"$RECEIVER"'/slow", "transform_sql": "public.slow",
    "timeout_ms": 1000, "connect_ms": 500, "first_byte_ms": 500}'
worker_start
events 3 0
ok "a function sleeps: other destinations have theirs" wait_for 3 delivered app 3
gone_on() {
	[ "$(sql "select count(*) from offhook.deliveries
	    where destination = 'slow' and error = 'TRANSFORM_FAILED'")" = 2 ]
}
ok "it is ended, one after another" wait_for 10 gone_on
events 1 10
ok "and meanwhile more go" wait_for 2 delivered app 4
is "$(grep -c away "$T/log")" 0 "nobody thinks that Postgres is away"
stop_pid "$WORKER" 10
is "$(sql "select count(*) from offhook.delivery where lease is not null
    and due_at > clock_timestamp()")" 0 "SIGTERM: nothing stays leased"
drop_destination slow

### One that breaks its connection each time

sql "create function public.breaks(e jsonb) returns jsonb language plpgsql
    security definer as
    'begin perform pg_terminate_backend(pg_backend_pid()); return e; end';
    grant execute on function public.breaks(jsonb) to offhook_reply" >/dev/null
destination breaks '{"url": "'"$RECEIVER"'/breaks",
    "transform_sql": "public.breaks"}'
worker_start
events 1 20
broken() {
	[ "$(sql "select error from offhook.deliveries
	    where destination = 'breaks'")" = TRANSFORM_FAILED ]
}
ok "one that breaks its connection: a failed attempt" wait_for 10 broken
worker_kill
drop_destination breaks

### Postgres takes no results: they are kept

sql "create function public.no_room() returns trigger language plpgsql as
    'begin raise ''no space left'' using errcode = ''53100''; end';
    create trigger no_room before insert on offhook.attempt
    for each row execute function public.no_room()" >/dev/null
before=$(received /ok)
: >"$T/log"
worker_start
events 20 30
ok "Postgres has no room for results" wait_for 5 log_has 'no space left'
begun_all() {
	[ "$(received /ok)" -ge $((before + 20)) ]
}
ok "they were sent" wait_for 5 begun_all
sleep 1
below "$(grep -c refused "$T/log")" 8 "it asks again after a pause"
sql "drop trigger no_room on offhook.attempt" >/dev/null
all_delivered() {
	[ "$(sql "select count(*) from offhook.delivery
	    where state <> 'delivered'")" = \
	    "$(sql "select count(*) from offhook.delivery
	    where state = 'cancelled'")" ]
}
ok "there is room: all are recorded" wait_for 10 all_delivered
is "$(($(received /ok) - before))" 20 "none was sent twice"
stop_pid "$WORKER" 10

### The answer is lost

sql "select offhook.worker_finish(a.worker, json_agg(json_build_object('id',
    a.delivery, 'lease', gen_random_uuid(), 'outcome', 'delivered',
    'at', (extract(epoch from a.at) * 1000)::bigint, 'ms', 1,
    'status', 200))::jsonb)
    from (select * from offhook.attempt where status = 200 limit 1) as a
    group by a.worker" >"$T/verdict"
is "$(sed 's/.*,\(.*\))/\1/' "$T/verdict") $(count 'attempt where late')" \
    'done 0' "said twice: it counts once"

### Destinations that take much room

perl -e 'print "{\"url\": \"'"$RECEIVER"'/big\", \"type\": \"text/plain\", ",
    "\"template\": \"", "{{a}}" x 12000, "\"}"' >"$T/spec"
destination big "$(cat "$T/spec")"
: >"$T/log"
worker_start
events 1 60
ok "a template of tags alone: its worker works" wait_for 5 delivered big 1
is "$(received /big)" 1 "and sends it"
drop_destination big
stop_pid "$WORKER" 10

### One that cannot be read: SQL took what this worker does not

destination broken '{"url": "'"$RECEIVER"'/broken",
    "template": "{\"a\": {{{a}}}}"}'
destination tiny '{"url": "'"$RECEIVER"'/tiny", "type": "text/plain",
    "template": "hello"}'
: >"$T/log"
events 2 65
sql "update offhook.event set raw = null
    where sid = 'SMf' || lpad(to_hex(66), 31, '0')" >/dev/null
worker_start
ok "a destination is broken: the others have theirs" \
    wait_for 5 delivered tiny 2
ok "the log says so" wait_for 3 log_has 'destination is broken'
is "$(sql "select count(*), max(attempts) from offhook.deliveries
    where destination = 'broken' and state = 'pending'")" '2|0' \
    "its deliveries wait"
below "$(cpu_ms)" 300 "and the worker does not spin"
sql "select offhook.destination_set('broken', '{\"template\": null}')" \
    >/dev/null
ok "once it is mended it has them" wait_for 10 delivered broken 2
drop_destination broken
drop_destination tiny
stop_pid "$WORKER" 10

### Programs that write without an end

printf '#!/bin/sh\nexec cat /dev/zero\n' >"$T/bin/zero"
printf '#!/bin/sh\n(sleep 60) & exit 0\n' >"$T/bin/leaves"
chmod 755 "$T/bin/zero" "$T/bin/leaves"
destination zero '{"exec": ["'"$T/bin/zero"'"], "timeout_ms": 1000}'
destination leaves '{"exec": ["'"$T/bin/leaves"'"]}'
worker_start
events 3 70
zeros() {
	[ "$(sql "select count(*) from offhook.deliveries
	    where destination = 'zero' and error = 'TIMEOUT_TOTAL'")" = 3 ]
}
ok "programs that write without an end are ended" wait_for 10 zeros
ok "one that leaves another behind has ended" wait_for 2 delivered leaves 3
ok "the other destinations have theirs" wait_for 2 delivered app 31
drop_destination zero
drop_destination leaves
stop_pid "$WORKER" 10

### Programs that take long

printf '#!/bin/sh\nexec sleep 60\n' >"$T/bin/sleeps"
printf '#!/bin/sh\nexit 0\n' >"$T/bin/quick"
chmod 755 "$T/bin/sleeps" "$T/bin/quick"
destination sleeps '{"exec": ["'"$T/bin/sleeps"'"], "timeout_ms": 60000}'
worker_start
events 20 73
asleep() {
	[ "$(count "delivery d join offhook.destination t on t.id = d.destination
	    where t.name = 'sleeps' and d.lease is not null")" = 8 ]
}
ok "a program that sleeps has so many at once" wait_for 30 asleep
destination quick '{"exec": ["'"$T/bin/quick"'"]}'
events 20 94
ok "another destination's programs run beside it" \
    wait_for 40 delivered quick 20
worker_kill
drop_destination sleeps
drop_destination quick

### Few file descriptors

sql "select offhook.destination_set('app',
    '{\"url\": \"$RECEIVER/slow?ms=200\"}')" >/dev/null
WRAP='prlimit --nofile=80:80'
: >"$T/log"
worker_start
WRAP=
events 40 120
ok "few descriptors: no more at once than they are for" \
    wait_for 30 delivered app 111
is "$(sql "select max(attempts) from offhook.deliveries
    where destination = 'app'")" 1 "and no attempt fails for that"
like "$(cat "$T/log")" 'too few file descriptors' "which the log says"

done_testing
