#!/bin/sh
# orders.sh: no order of arrival changes the result, as TAP.
#
# Every pair and triple of statuses of each kind in every order, and every
# permutation of real lives, with error codes, sequence numbers and
# duplicates; once with each life in its own order, once with the callbacks
# of one life spread over all clients.  16 clients at once call ingest; then
# the resources are compared with an oracle, a GROUP BY over what was sent
# with ranks of its own.
#
# Connection: libpq's PGHOST, PGPORT, PGUSER, PGDATABASE; the owner of the
# schema or a superuser.  ORDERS_SEED repeats a run; rows are removed at the
# end, unless it failed.
set -eu
seed=${ORDERS_SEED:-$$}
clients=16
tmp=$(mktemp -d "${TMPDIR:-/tmp}/offhook-orders.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
export PGOPTIONS="${PGOPTIONS:-} -c client_min_messages=warning"

run() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -v "seed=$seed" "$@"
}
printf '# seed %s (ORDERS_SEED=%s repeats it)\n' "$seed" "$seed"

run >"$tmp/size" <<'EOF'
drop schema if exists orders_test cascade;
create schema orders_test;
set search_path = orders_test;
select setseed(1.0 / (1 + abs(hashint4(:seed) % 1000000))) \g /dev/null

-- the oracle's own knowledge: rank, and preference among equals
create table rank (kind text, name text, rank integer, pref integer);
insert into rank values
    ('message', 'scheduled', 0, 1), ('message', 'receiving', 0, 2),
    ('message', 'accepted', 1, 1), ('message', 'queued', 2, 1),
    ('message', 'sending', 3, 1), ('message', 'sent', 4, 1),
    ('message', 'canceled', 5, 1), ('message', 'failed', 5, 2),
    ('message', 'undelivered', 5, 3),
    ('message', 'partially_delivered', 5, 4),
    ('message', 'delivered', 5, 5), ('message', 'received', 5, 6),
    ('message', 'read', 6, 1),
    ('call', 'queued', 0, 1), ('call', 'initiated', 1, 1),
    ('call', 'ringing', 2, 1), ('call', 'in-progress', 3, 1),
    ('call', 'canceled', 4, 1), ('call', 'no-answer', 4, 2),
    ('call', 'busy', 4, 3), ('call', 'failed', 4, 4),
    ('call', 'completed', 4, 5);

-- lives: each a list of 'status[:error[:sequence number]]'
create table life (id serial, kind text, steps text[]);
-- pairs and triples, with repetition: error codes and numbers at random
insert into life (kind, steps)
    select a.kind, array[a.name || '::', b.name || '::']
    from rank a join rank b using (kind);
insert into life (kind, steps)
    select a.kind, array[
    a.name || ':' || case when random() < .2
	then (30001 + (random() * 9)::integer)::text else '' end
	|| ':' || case when random() < .3
	then (random() * 3)::integer::text else '' end,
    b.name || ':' || case when random() < .2
	then (30001 + (random() * 9)::integer)::text else '' end
	|| ':' || case when random() < .3
	then (random() * 3)::integer::text else '' end,
    c.name || ':' || case when random() < .2
	then (30001 + (random() * 9)::integer)::text else '' end
	|| ':' || case when random() < .3
	then (random() * 3)::integer::text else '' end]
    from rank a join rank b using (kind) join rank c using (kind);
-- real lives, every permutation of them
with recursive real (kind, steps) as (values
    ('message', array['queued::', 'sent::', 'delivered::', 'read::']),
    ('message', array['accepted::', 'queued::', 'sending::', 'sent::',
	'delivered::']),
    ('message', array['queued::', 'sent::', 'undelivered:30003:']),
    ('message', array['queued::', 'failed:30007:']),
    ('message', array['accepted::', 'failed:21610:', 'failed:30007:']),
    ('message', array['scheduled::', 'canceled::']),
    ('message', array['receiving::', 'received::']),
    -- several segments, several receipts
    ('message', array['sent:30001:', 'undelivered:30005:', 'delivered::',
	'read::']),
    ('call', array['initiated::0', 'ringing::1', 'in-progress::2',
	'completed::3']),
    ('call', array['queued::', 'initiated::0', 'ringing::1',
	'in-progress::2', 'completed::3']),
    ('call', array['initiated::0', 'ringing::1', 'no-answer::2']),
    ('call', array['initiated::0', 'ringing::1', 'busy::2']),
    ('call', array['initiated::0', 'failed:13224:1']),
    ('call', array['initiated::0', 'ringing::1', 'canceled::2']),
    -- subscribed to completed alone, besides a stream with all of them
    ('call', array['initiated::0', 'ringing::1', 'in-progress::2',
	'completed::0', 'completed::3'])),
perm (kind, all_, done, used) as (
    select kind, steps, '{}'::text[], '{}'::integer[] from real
    union all
    select p.kind, p.all_, p.done || p.all_[i], p.used || i
    from perm p, generate_subscripts(p.all_, 1) as i
    where i <> all (p.used))
insert into life (kind, steps)
    select kind, done from perm where done <@ all_
    and cardinality(done) = cardinality(all_);

-- what is sent: each life twice, with a SID of its own
create table sent (sid text, kind text, key uuid, status text,
    error integer, seq integer, n integer, phase integer, client integer,
    pos integer);
insert into sent
    select case l.kind when 'message' then 'SM' else 'CA' end
	|| md5(concat(:seed, '/', phase, '/', l.id)), l.kind,
    md5(concat(:seed, '/', phase, '/', l.id, '/', s.n))::uuid,
    split_part(s.step, ':', 1),
    nullif(split_part(s.step, ':', 2), '')::integer,
    nullif(split_part(s.step, ':', 3), '')::integer, s.n, phase,
    -- 1: one client has a life, in its order; 2: all clients share each
    case phase when 1 then l.id % 16 else (l.id + s.n) % 16 end, l.id
    from life l, generate_series(1, 2) as phase,
    unnest(l.steps) with ordinality as s (step, n);
-- duplicates, one in five, by another client, at about the same time
create table again as select * from sent where random() < .2;
update again set client = (client + 1 + (random() * 14)::integer) % 16,
    pos = pos + (random() * 20)::integer - 10;
create index on sent (sid);
analyze sent;
analyze again;
select (select count(*) from life), (select count(*) from sent),
    (select count(*) from again);
EOF
IFS='|' read -r lives sent again <"$tmp/size"
printf '# %s lives twice, %s callbacks and %s duplicates, %s clients\n' \
    "$lives" "$sent" "$again" "$clients"

# One file a client; where its statements go is decided by pos.
c=0
while [ "$c" -lt "$clients" ]; do
	cat <<'EOF'
prepare i (text, text, uuid, text, integer, integer) as
select verdict from offhook.ingest(offhook.bucket($1), $3, gen_random_uuid(),
    clock_timestamp(), 'AC-orders', $2 || '.status', $2, $1, $4, $6, null, $5,
    '+15550100001', '+15550100002', 'POST', 'https://example.com/t', null,
    'form', 'a=b', null, null, null, 204::smallint, null, '');
EOF
	run -v "client=$c" <<'EOF'
select format('execute i (%L, %L, %L, %L, %L, %L);', sid, kind, key, status,
    error, seq)
    from (select * from orders_test.sent union all
    select * from orders_test.again) as s
    where client = :client order by phase, md5(concat(:seed, pos)), n;
EOF
	c=$((c + 1))
done >"$tmp/all"
awk -v dir="$tmp" '/^prepare/ { c++ } { print > (dir "/c" c) }' "$tmp/all"

start=$(date +%s)
pids=
c=1
while [ "$c" -le "$clients" ]; do
	run -f "$tmp/c$c" >"$tmp/out$c" 2>"$tmp/err$c" &
	pids="$pids $!"
	c=$((c + 1))
done
bad=0
for pid in $pids; do
	wait "$pid" || bad=$((bad + 1))
done
printf '# %s s\n' "$(($(date +%s) - start))"

n=0
failed=0
# is NAME HAVE WANT
is() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		printf 'ok %d - %s\n' "$n" "$1"
	else
		printf 'not ok %d - %s\n# have: %s\n# want: %s\n' "$n" "$1" \
		    "$2" "$3"
		failed=1
	fi
}
is 'no client failed' "$bad $(cat "$tmp"/err* | head -3)" '0 '
is 'each callback had an answer' \
    "$(cat "$tmp"/out* | grep -c .)" "$((sent + again))"
is 'each duplicate was seen as one' \
    "$(cat "$tmp"/out* | grep -c '^duplicate$')" "$again"
run >"$tmp/result" <<'EOF'
set search_path = orders_test;
-- the oracle
create table want as
select s.sid, (array_agg(s.status order by r.rank desc,
	coalesce(s.seq, -1) desc, r.pref desc))[1] as status,
    (array_agg(s.error order by r.rank desc, coalesce(s.seq, -1) desc,
	r.pref desc, s.error desc) filter (where s.error is not null))[1]
	as error,
    count(distinct s.key) as events
    from sent s join rank r on r.kind = s.kind and r.name = s.status
    group by s.sid;
create table have as
select m.sid, m.status, m.error_code as error from offhook.messages m
    where m.account = 'AC-orders'
union all
select c.sid, c.status, c.error_code from offhook.calls c
    where c.account = 'AC-orders';
analyze want;
analyze have;
analyze offhook.event;
analyze offhook.once;
analyze offhook.todo;
select count(*) from want;
select count(*) from have where sid in (select sid from want);
select count(*) from want w join have h using (sid)
    where w.status is distinct from h.status;
select count(*) from want w join have h using (sid)
    where w.error is distinct from h.error;
select count(*) from want w where w.events <> (select count(*)
    from offhook.event e where e.sid = w.sid);
select count(*) from offhook.event e left join offhook.todo t
    on t.bucket = e.bucket and t.event_id = e.id
    where e.account = 'AC-orders' and t.event_id is null;
select sum(o.dups) from offhook.once o where o.key in (select key from sent);
select string_agg(format('%s %s: have %s %s, want %s %s', w.sid,
    (select string_agg(concat_ws(':', s.status, s.error, s.seq), ' '
	order by s.n) from sent s where s.sid = w.sid), h.status, h.error,
    w.status, w.error), '; ') from (select w.* from want w
    join have h using (sid) where (w.status, coalesce(w.error, 0))
    <> (h.status, coalesce(h.error, 0)) limit 3) as w
    left join have h using (sid);
EOF
{
	read -r want
	read -r have
	read -r statuses
	read -r errors
	read -r events
	read -r todo
	read -r dups
	read -r sample || :
} <"$tmp/result"
is 'one resource a life' "$have" "$want"
is 'wrong statuses' "$statuses" 0
is 'wrong error codes' "$errors" 0
is 'lives with an event too many or too few' "$events" 0
is 'events without a todo' "$todo" 0
is 'duplicates counted' "$dups" "$again"
[ -z "$sample" ] || printf '# %s\n' "$sample"
printf '1..%d\n' "$n"

if [ "$failed" -eq 0 ]; then
	run <<'EOF'
delete from offhook.todo t using offhook.event e where t.bucket = e.bucket
    and t.event_id = e.id and e.account = 'AC-orders';
delete from offhook.event where account = 'AC-orders';
delete from offhook.once where key in (select key from orders_test.sent);
delete from offhook.resource where account = 'AC-orders';
drop schema orders_test cascade;
EOF
fi
exit "$failed"
