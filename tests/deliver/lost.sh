#!/bin/sh
# A delivery that kills every worker that has it: it ends as dead, and all
# others are delivered.
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

# The program's parent is the worker.
cat >"$T/bin/job" <<'END'
#!/bin/sh
if grep -q SMe0000000000000000000000000000003 -; then
	kill -KILL $PPID
	sleep 1
fi
END
chmod 755 "$T/bin/job"
sql "select offhook.destination_add('job', '{\"exec\": [\"$T/bin/job\"]}'),
    offhook.destination_add('app', '{\"url\": \"$RECEIVER/ok\"}')" >/dev/null
ingested 30 "'SMe' || lpad(n::text, 31, '0')"

# As if the leases of who died were over, which takes 45 seconds.
over() {
	sql "update offhook.delivery set due_at = clock_timestamp()
	    where due_at < 'infinity'" >/dev/null
}
ended() {
	[ "$(count "delivery where due_at is not null")|$(count todo)" = '0|0' ]
}
ended_or_killed() {
	ended || ! kill -0 "$WORKER" 2>/dev/null
}
deaths=0
while [ "$deaths" -lt 9 ]; do
	worker_start
	wait_for 60 ended_or_killed
	! ended || break
	wait "$WORKER" 2>/dev/null
	deaths=$((deaths + 1))
	over
done
is "$deaths" 5 "five workers were killed"
ok "the sixth has ended everything" ended
is "$(sql "select string_agg(concat_ws(' ', destination, state, reason, n),
    ', ' order by destination, state) from (select destination, state, reason,
    count(*) as n from offhook.deliveries group by 1, 2, 3) as d")" \
    'app delivered 30, job dead worker lost 1, job delivered 29' \
    "one is dead, the others are delivered"
is "$(sql "select d.sid, a.n, a.error from offhook.dead_letters d
    join offhook.attempts a on a.delivery = d.id")" \
    'SMe0000000000000000000000000000003|1|WORKER_LOST' "the one that kills"
like "$(OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_operator) \
    "$OFFHOOK" --config "$CONFIG" dlq list 2>&1)" 'worker lost' \
    "dlq list says so"
printf '#!/bin/sh\nexit 0\n' >"$T/bin/job"
is "$(sql "select offhook.delivery_retry(d.id)
    from offhook.dead_letters d")" due "mended, it is retried by hand"
all_delivered() {
	[ "$(sql "select count(*) from offhook.deliveries
	    where state = 'delivered'")" = 60 ]
}
ok "and delivered" wait_for 20 all_delivered
stop_pid "$WORKER" 10
done_testing
