#!/bin/sh
# migrate.sh: sql/migrate, install.sql and schema.expected.sql, as TAP.
# Connection: libpq's PGHOST, PGPORT, PGUSER: a superuser of a private
# cluster.  Makes databases and roles named offhook_test_* and drops them.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
unset DATABASE_URL OFFHOOK_ADMIN_DATABASE_URL PGDATABASE PGOPTIONS
tmp=$(mktemp -d "${TMPDIR:-/tmp}/offhook-migrate-test.XXXXXX")
db=offhook_test_$$
dbs=
export PGCONNECT_TIMEOUT=5

admin() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d postgres "$@" 2>/dev/null
}
drop_all() {
	for d in $dbs; do
		admin -c "drop database if exists $d with (force)" || :
	done
	for r in ${db}_one ${db}_creator; do
		admin -c "drop role if exists $r" || :
	done
}
trap 'drop_all; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
new_db() {
	dbs="$dbs $1"
	name=$1
	shift
	admin -c "create database $name $*"
}
query() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 "$@" 2>&1
}
migrate() {
	sh "$1/migrate" "$2" ${3:+"$3"} >"$tmp/out" 2>&1
}

n=0
failed=0
# ok NAME COMMAND...: a test that passes if the command does
ok() {
	n=$((n + 1))
	name=$1
	shift
	if "$@" >"$tmp/log" 2>&1; then
		printf 'ok %d - %s\n' "$n" "$name"
	else
		printf 'not ok %d - %s\n' "$n" "$name"
		cat "$tmp/log" "$tmp/out" 2>/dev/null | sed 's/^/# /'
		failed=1
	fi
}
# status N COMMAND...: the command ends with this status
status() {
	want=$1
	shift
	got=0
	"$@" || got=$?
	[ "$got" -eq "$want" ] || {
		printf 'status %d, not %d\n' "$got" "$want"
		return 1
	}
}
said() {
	grep -q -e "$1" "$tmp/out"
}
equal() {
	[ "$1" = "$2" ] || {
		printf 'have: %s\nwant: %s\n' "$1" "$2"
		return 1
	}
}
same() {
	diff -u "$1" "$2"
}
# schema DATABASE FILE: what the schema looks like; in $model what it should.
# schema.expected.sql is worded as by pg_dump 15, which refuses newer servers:
# there the catalogs are compared with those of a database made from that file,
# which has no bodies of functions.
model=$root/sql/schema.expected.sql
server=$(query -d postgres -c 'show server_version_num')
schema() {
	if [ "$server" -lt 160000 ]; then
		sh "$root/sql/dump-schema" "$1"
	else
		psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" \
		    -f "$root/tests/sql/lib/catalogs.sql"
	fi >"$2" 2>"$tmp/out" || cannot "read the schema of $1"
}
schema_model() {
	[ "$server" -ge 160000 ] || return 0
	echo "# server $server: catalogs are compared, not pg_dump's text"
	new_db "${db}_model"
	sed "s/^    AS \.\.\.\$/    AS '';/" "$model" >"$tmp/model.sql"
	PGOPTIONS='-c check_function_bodies=off' psql -X -q -d "${db}_model" \
	    -v ON_ERROR_STOP=1 -f "$tmp/model.sql" >"$tmp/out" 2>&1 ||
		cannot 'load schema.expected.sql'
	model=$tmp/model
	schema "${db}_model" "$model"
}
cannot() {
	sed 's/^/# /' "$tmp/out"
	echo "# cannot $*"
	exit 1
}
# a copy of sql/ to spoil
copy() {
	rm -rf "$tmp/sql"
	cp -R "$root/sql" "$tmp/sql"
}
last=$(find "$root/sql/migrations" -name '*.sql' | wc -l | tr -d ' ')
next=$(printf %04d $((last + 1)))

new_db "$db"
ok '--check before: pending' status 5 migrate "$root/sql" --check "$db"
ok '--check changes nothing' equal \
    "$(query -d "$db" -c "select to_regnamespace('offhook') is null")" t
ok 'fresh install' status 0 migrate "$root/sql" "$db"
ok 'it says what it applied' said 'applying 0001_'
schema_model
schema "$db" "$tmp/schema"
ok 'the schema is as in schema.expected.sql' same "$model" "$tmp/schema"
ok 'again' status 0 migrate "$root/sql" "$db"
ok 'nothing to do' said 'nothing to do'
ok '--check after: done' status 0 migrate "$root/sql" --check "$db"
ok '--status lists the migration' said '^0001_.* applied'
schema "$db" "$tmp/schema2"
ok 'the second run left the schema alone' same "$tmp/schema" "$tmp/schema2"
ok 'there are partitions for this month and later' equal "$(query -d "$db" \
    -c "select count(*) from pg_inherits
	where inhparent = 'offhook.event'::regclass")" 4

# what a hand has changed is put right
query -d "$db" -c 'grant execute on all functions in schema offhook to public' \
    -c 'grant select on offhook.once to offhook_responder' >/dev/null
ok 'a run after rights were changed' status 0 migrate "$root/sql" "$db"
schema "$db" "$tmp/schema2"
ok 'takes them back' same "$tmp/schema" "$tmp/schema2"

# edited, missing, gaps
copy
printf -- '-- edited\n' >>"$tmp/sql/migrations/0001_tables.sql"
ok 'an edited migration is refused' status 3 migrate "$tmp/sql" "$db"
ok 'and named' said '0001_tables was edited'
copy
printf 'create table offhook.extra (n integer);\n' \
    >"$tmp/sql/migrations/${next}_extra.sql"
ok 'the next migration' status 0 migrate "$tmp/sql" "$db"
ok 'an older checkout is refused' status 3 migrate "$root/sql" "$db"
ok 'and told why' said 'newer than this checkout'
ok 'by --status, too' status 3 migrate "$root/sql" --status "$db"
query -d "$db" -c "delete from offhook.schema_migration where version = 1" \
    >/dev/null
ok 'a gap is refused' status 3 migrate "$tmp/sql" "$db"
ok 'as half-applied' said 'half-applied'
query -d "$db" -c 'drop table offhook.schema_migration' >/dev/null
ok 'a schema without its list is refused' status 3 migrate "$tmp/sql" "$db"
ok 'as half-applied, too' said 'half-applied'

# nothing stays of a migration that fails
new_db "${db}_b"
copy
printf 'create table offhook.a (n integer);\nselect 1 / 0;\n' \
    >"$tmp/sql/migrations/${next}_broken.sql"
ok 'a broken migration' status 3 migrate "$tmp/sql" "${db}_b"
ok 'says where' said "${next}_broken.sql:2"
ok 'leaves nothing half' equal "$(query -d "${db}_b" -c \
    "select to_regclass('offhook.a') is null, max(version) = $last
	from offhook.schema_migration")" 't|t'
printf 'create table offhook.a (n integer);\n' \
    >"$tmp/sql/migrations/${next}_broken.sql"
ok 'mended, it goes on' status 0 migrate "$tmp/sql" "${db}_b"
printf 'select 1;\ncommit;\n' \
    >"$tmp/sql/migrations/$(printf %04d $((last + 2)))_commit.sql"
ok 'a migration with COMMIT is refused' status 3 migrate "$tmp/sql" "${db}_b"
rm "$tmp/sql/migrations/$(printf %04d $((last + 2)))_commit.sql"
printf 'do %s begin raise exception %s; end %s;\n' "\$\$" "'no'" "\$\$" \
    >>"$tmp/sql/functions/routes.sql"
ok 'a broken function' status 3 migrate "$tmp/sql" "${db}_b"
ok 'is pending' status 5 migrate "$tmp/sql" --check "${db}_b"
new_db "${db}_c"
copy
printf 'select 1 / 0;\n' >>"$tmp/sql/migrations/0001_tables.sql"
ok 'the first one broken' status 3 migrate "$tmp/sql" "${db}_c"
ok 'leaves no schema' equal "$(query -d "${db}_c" -c \
    "select to_regnamespace('offhook') is null")" t
touch "$tmp/sql/migrations/12_name.sql"
ok 'a file that is not NNNN_what.sql' status 3 migrate "$tmp/sql" "${db}_c"

# two at once
copy
printf 'select pg_sleep(2);\n' >"$tmp/sql/migrations/${next}_slow.sql"
migrate_first() {
	sh "$tmp/sql/migrate" "${db}_c" >"$tmp/first" 2>&1
}
migrate_first &
pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ "$(query -d "${db}_c" -c "select count(*) from pg_locks
	    where locktype = 'advisory'
	    and database = (select oid from pg_database
	    where datname = '${db}_c')")" = 0 ] || break
	sleep 0.1
done
ok 'the second of two at once' status 4 migrate "$tmp/sql" "${db}_c"
ok 'is told' said 'another migration'
first=0
wait "$pid" || first=$?
ok 'the first of two at once' equal "$first" 0
ok 'did it all' status 0 migrate "$tmp/sql" --check "${db}_c"
# two databases of one cluster: the roles are shared
new_db "${db}_d"
new_db "${db}_e"
sh "$root/sql/migrate" "${db}_d" >"$tmp/first" 2>&1 &
pid=$!
ok 'two databases at once' status 0 migrate "$root/sql" "${db}_e"
first=0
wait "$pid" || first=$?
ok 'both' equal "$first" 0

# install.sql, and what becomes of it
new_db "${db}_i"
ok 'install.sql by plain psql' query -d "${db}_i" -1 \
    -f "$root/sql/install.sql"
schema "${db}_i" "$tmp/schema2"
ok 'gives the same schema' same "$model" "$tmp/schema2"
ok 'migrate takes over' status 0 migrate "$root/sql" "${db}_i"
ok 'and knows the checksums' equal "$(query -d "${db}_i" -c \
    'select count(*) from offhook.schema_migration where sha256 is null')" 0
copy
printf -- '-- edited\n' >>"$tmp/sql/migrations/0001_tables.sql"
ok 'from then on' status 3 migrate "$tmp/sql" "${db}_i"

# from 4 (version 0.3), with routes, and with what house keep had set aside
new_db "${db}_4"
cat >"$tmp/four" <<EOF
begin;
\\set one_role off
\\i $root/sql/roles.sql
set role offhook_owner;
\\i $root/sql/migrations/0001_tables.sql
\\i $root/sql/migrations/0002_every_webhook.sql
\\i $root/sql/migrations/0003_house.sql
\\i $root/sql/migrations/0004_countries.sql
\\i $root/sql/catalogue.sql
insert into offhook.schema_migration (version, name) values
    (1, '0001_tables'), (2, '0002_every_webhook'), (3, '0003_house'),
    (4, '0004_countries');
insert into offhook.schema_install (mode) values ('roles');
create function offhook.routes() returns table (version bigint, kind text)
    language sql as 'select null::bigint, null::text';
create view offhook.routes_list as select * from offhook.route;
create table offhook.event_accident_1 (like offhook.event);
insert into offhook.route (kind, to_, twiml, set_at, http, in_trouble) values
    ('message.inbound', '*', '<Response/>', now(), 200, null),
    ('*', '+15550100001', '<Response/>', now(), 200, null),
    ('*', '*', '<Response/>', now(), 200, null),
    ('call.inbound', repeat('1', 90), '<Response/>', now(), 200, null),
    ('conversation.onMessageAdd', '*', '{}', now(), 200, 'reject'),
    ('conversation.onMessageAdd', 'IS1', '', now(), 403, null);
insert into offhook.once (key, bucket, event_id, event_at, http)
    select gen_random_uuid(), 1, gen_random_uuid(), now(), 204;
insert into offhook.todo select 1, gen_random_uuid(), now();
update offhook.route_version set version = 1234567890123;
commit;
EOF
query -d "${db}_4" -f "$tmp/four" >"$tmp/out" || cannot 'make a 4'
ok 'an upgrade from 4' status 0 migrate "$root/sql" "${db}_4"
ok 'applies 5' said 'applying 0005_replies'
query -d "${db}_4" >"$tmp/routes" <<'EOF'
select concat_ws('|', position, name, reply, spec ->> 'in_trouble',
    spec ->> 'reject') from offhook.routes;
EOF
cat >"$tmp/want" <<'EOF'
1000000|call.inbound 3747e6ebcd9de902e2f4ded29a8d34e3|twiml
1000000|conversation.onMessageAdd IS1|reject|403
1000001|conversation.onMessageAdd *|json|reject
1000001|message.inbound *|twiml
1000002|* +15550100001|twiml
1000003|* *|twiml
EOF
ok 'the routes are the same, in their order' same "$tmp/want" "$tmp/routes"
ok 'each is one that could be set today' query -d "${db}_4" -c \
    'select offhook.route_check(spec) from offhook.route'
ok 'what Twilio only warns of goes on' equal "$(query -d "${db}_4" -c \
    "select count(*) from offhook.route where spec ? 'twiml' and spec ->> 'warnings' is distinct from 'allow'")" 0
ok 'no snapshot grows old by it' equal "$(query -d "${db}_4" -c \
    'select version from offhook.route_version')" 1234567890123
ok 'and it can be gone back to' equal "$(query -d "${db}_4" -c \
    "select offhook.route_delete('* *'),
	offhook.route_rollback(1234567890123, null) > 0" -c \
    'select count(*) from offhook.route')" 't|t
6'
ok 'what had an answer keeps it' equal "$(query -d "${db}_4" -c \
    'select http from offhook.once')" 204
ok 'what was set aside goes on' query -d "${db}_4" -c \
    'select * from offhook.house_move(10)'
ok 'events that nobody wanted are no work' equal "$(query -d "${db}_4" -c \
    'select count(*) from offhook.todo')" 0
ok 'a call as before' equal "$(query -d "${db}_4" -c \
    "select verdict from offhook.ingest(1::smallint, gen_random_uuid(),
	gen_random_uuid(), now(), 'AC1', 'other', null, null, null, null,
	null, null, null, null, 'POST', null, null, 'form', null, null,
	null, null, 204::smallint, null, null, null, null)")" recorded
ok 'is work' equal "$(query -d "${db}_4" -c "select tries
    from offhook.worker_route(gen_random_uuid(), 9, 9, 9000, null)")" 1
schema "${db}_4" "$tmp/schema2"
ok 'it is the schema of a new one' same "$model" "$tmp/schema2"

# one role without CREATEROLE
admin -c "create role ${db}_one login nosuperuser nocreaterole"
new_db "${db}_o" "owner ${db}_one"
PGUSER_WAS=${PGUSER:-}
as() {
	PGUSER=$1
	export PGUSER
	shift
	rc=0
	"$@" || rc=$?
	if [ -n "$PGUSER_WAS" ]; then PGUSER=$PGUSER_WAS; else unset PGUSER; fi
	return "$rc"
}
ok '--one-role' as "${db}_one" \
    status 0 migrate "$root/sql" --one-role "${db}_o"
ok 'the one role owns everything' equal "$(query -d "${db}_o" -c \
    "select string_agg(distinct relowner::regrole::text, ' ') from pg_class
	where relnamespace = 'offhook'::regnamespace")" "${db}_one"
ok 'PUBLIC may execute nothing' equal "$(query -d "${db}_o" -c \
    "select count(*) from pg_proc p, aclexplode(coalesce(p.proacl,
	acldefault('f', p.proowner))) as a where a.grantee = 0
	and p.pronamespace = 'offhook'::regnamespace")" 0
ok 'ingest works' as "${db}_one" equal "$(as "${db}_one" query -d "${db}_o" \
    -c "select verdict from offhook.ingest(1::smallint, gen_random_uuid(),
	gen_random_uuid(), now(), 'AC1', 'other', null, null, null, null,
	null, null, null, null, 'POST', null, null, 'form', null, null, null,
	null, 204::smallint, null, null)")" recorded
ok '--one-role again' as "${db}_one" \
    status 0 migrate "$root/sql" --one-role "${db}_o"
ok 'without --one-role it is refused' as "${db}_one" \
    status 3 migrate "$root/sql" "${db}_o"
ok 'and told what to do' said 'migrate with --one-role'
ok 'nor the other way round' status 3 \
    migrate "$root/sql" --one-role "${db}_d"
ok 'and told, too' said 'migrate without --one-role'

# a role with CREATEROLE that is no superuser; since 16 it may not grant itself
# roles that another has made, as here (for its own see createrole.sh)
admin -c "create role ${db}_creator login nosuperuser createrole"
new_db "${db}_r" "owner ${db}_creator"
if [ "$server" -ge 160000 ]; then
	ok 'CREATEROLE is not enough since 16' as "${db}_creator" \
	    status 3 migrate "$root/sql" "${db}_r"
	ok 'and told what to do, too' said 'grant offhook_owner to ROLE'
	admin -c "grant offhook_owner to ${db}_creator"
fi
ok 'a role with CREATEROLE' as "${db}_creator" \
    status 0 migrate "$root/sql" "${db}_r"
ok 'is a member of the owner' equal "$(query -d "${db}_r" -c \
    "select pg_has_role('${db}_creator', 'offhook_owner', 'member')")" t
schema "${db}_r" "$tmp/schema2"
ok 'and the same schema' same "$model" "$tmp/schema2"
ok 'the responder has no TEMP' equal "$(query -d "${db}_r" -c "select
    has_database_privilege('offhook_responder', '${db}_r', 'temporary')")" f

# databases it cannot be
new_db "${db}_a" "encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'
    template template0"
ok 'SQL_ASCII is refused' status 3 migrate "$root/sql" "${db}_a"
ok 'and told' said 'encoding is UTF8'
ok 'no such database' status 2 migrate "$root/sql" "${db}_none"
ok 'no such option' status 1 migrate "$root/sql" --nonsense

# settings and passwords
ok 'OFFHOOK_ADMIN_DATABASE_URL goes before DATABASE_URL' \
    env OFFHOOK_ADMIN_DATABASE_URL="dbname=${db}_d" \
    DATABASE_URL="dbname=${db}_none" sh "$root/sql/migrate" --check
ok 'DATABASE_URL' env DATABASE_URL="dbname=${db}_d" \
    sh "$root/sql/migrate" --check
mkdir "$tmp/bin"
cat >"$tmp/bin/psql" <<'EOF'
#!/bin/sh
printf '%s|%s\n' "$*" "${PGPASSWORD:-}" >&2
exit 2
EOF
chmod +x "$tmp/bin/psql"
PATH="$tmp/bin:$PATH" sh "$root/sql/migrate" \
    'postgres://me:s%40%20%5Ct@h/x?sslmode=require' >"$tmp/out" 2>&1 || :
ok 'a password in a URI is not an argument' \
    said '-d postgres://me@h/x?sslmode=require .*|s@ \\t$'

printf '1..%d\n' "$n"
exit "$failed"
