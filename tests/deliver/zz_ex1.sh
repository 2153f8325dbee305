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
	sql "select offhook.ingest(offhook.bucket(s), md5(s)::uuid,
	    gen_random_uuid(), clock_timestamp(), '$A', 'message.status',
	    'message', s, 'delivered', null, null, null, '+15550101001',
	    '+15550101002', 'POST', 'https://hooks.example.test/twilio',
	    null, 'form', convert_to('MessageSid=' || s, 'UTF8'), null, null,
	    null, 204::smallint, null, null)
	    from (select 'SMf' || lpad(to_hex(n + $2), 31, '0') as s
	    from generate_series(1, $1) as n) as x" >/dev/null
}
printf '#!/bin/sh\nexec yes\n' >$T/bin/yes; chmod 755 $T/bin/yes
destination yes '{"exec":["'$T/bin/yes'"], "timeout_ms":2000}'
destination app '{"url": "'"$RECEIVER"'/ok"}'
events 1 0
worker_start
sleep 6
ps -o pid,pcpu,time,stat,cmd -p $WORKER
sql "select * from offhook.attempts"; sql "select id,state,reason,error,destination from offhook.delivery"
cat $T/log
kill -TERM $WORKER; sleep 2; ps -p $WORKER; kill -9 $WORKER
drop_destination yes
echo ==== slow transform
sql "create function public.slow(e jsonb) returns jsonb language sql as 'select null::jsonb from pg_sleep(30)'; grant execute on function public.slow(jsonb) to offhook_reply"
destination slow '{"url": "'"$RECEIVER"'/slow", "transform_sql":"public.slow"}'
: >$T/log
events 3 100
worker_start
sleep 14
events 3 200
sleep 14
sql "select d.id,d.state,d.reason,d.error,d.tries,destination,t.name from offhook.delivery d join offhook.destination t on t.id=d.destination order by 1"
sql "select count(*) from offhook.todo"
sql "select count(*), max(left(query,60)) from pg_stat_activity where state='active' and query like '%transform%' and pid<>pg_backend_pid()"
kill -9 $WORKER
cat $T/log
drop_destination slow
