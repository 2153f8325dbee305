#!/bin/sh
# A route's SQL function, called as the responder does: it cannot take longer
# than it is given, and can do nothing that was not granted.
. "${0%/*}/../lib.sh"
database

sql "create schema shop;
    create table shop.customer (number text, name text);
    insert into shop.customer values ('+15550101001', 'Ada');
    create table shop.asked (at timestamptz);
    create function shop.hello(p jsonb) returns text language sql as
	'select xmlelement(name \"Response\", name)::text from shop.customer
	where number = p ->> ''from''';
    create function shop.note(p jsonb) returns text language sql as
	'insert into shop.asked values (now()) returning ''<Response/>''';
    create function shop.run(p jsonb) returns text language plpgsql as
	'declare v text; begin execute p ->> ''run'' into v; return v; end';
    grant usage on schema shop to offhook_reply;
    select offhook.route_apply('[{\"name\": \"hello\", \"sql\": \"shop.hello\"},
	{\"name\": \"note\", \"sql\": \"shop.note\"},
	{\"name\": \"run\", \"sql\": \"shop.run\"}]', null)" >/dev/null

# ask ROUTE EVENT [MS]: both statements in one message
ask() {
	psql -XAtq -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate \
	    -d "$DATABASE_URL" -c "set local statement_timeout = ${3:-2000};
	    select offhook.reply_sql('$1', '$2')" 2>&1
}
try() { # SQL that returns a text, or nothing
	ask run "{\"run\": \"$(printf %s "$1" | sed "s/'/''/g")\"}" | head -n 1
}
is "$(ask hello '{"from": "+15550101001"}')" 'ERROR:  42501' \
    'it may not read what was not granted'
sql 'grant select on shop.customer to offhook_reply' >/dev/null
is "$(ask hello '{"from": "+15550101001"}')" '<Response>Ada</Response>' \
    'then it may'
is "$(ask note '{}')" 'ERROR:  42501' 'nor write'
sql 'grant insert on shop.asked to offhook_reply' >/dev/null
is "$(ask note '{}')$(sql 'select count(*) from shop.asked')" \
    '<Response/>1' 'then it may, and it stays'

began=$(date +%s%N)
is "$(ask run '{"run": "select pg_sleep(60)::text"}' 300)" 'ERROR:  57014' \
    'the time limit ends it'
below $((($(date +%s%N) - began) / 1000000)) 5000 'soon'
is "$(ask run '{"run": "set statement_timeout = 0; select pg_sleep(60)::text"}' \
    300)" 'ERROR:  57014' 'whatever it sets'

for statement in 'select raw::text from offhook.event' \
    'select reply::text from offhook.events' \
    'select spec::text from offhook.route' \
    'select vars::text from offhook.session' \
    'delete from offhook.once' \
    'create table shop.mine (n integer)' \
    'create table offhook.mine (n integer)' \
    'select offhook.route_set(null, null, null)' \
    "select verdict from offhook.await(1::smallint, gen_random_uuid(), 1)" \
    'set role offhook_owner' 'set session authorization postgres'; do
	like "$(try "$statement")" '^ERROR:  (42501|42883)$' "it may not: $statement"
done
is "$(try "select current_user || ' ' || session_user")" \
    'offhook_reply offhook_responder' 'whose rights it has'
is "$(psql -XAtq -v VERBOSITY=sqlstate -d "$DATABASE_URL" \
    -c "select shop.hello('{}')" 2>&1 | head -n 1)" 'ERROR:  42501' \
    'the responder itself may not call it'

# What it sets would be the responder's: a path with types of its own, say.
set_by() { # SETTING SQL: its value in the same session, afterwards
	psql -XAtq -d "$DATABASE_URL" -c "select offhook.reply_sql('run',
	    '{\"run\": \"$2; select 1::text\"}')" -c "show $1" | tail -n 1
}
is "$(set_by search_path 'set search_path = shop, pg_catalog')" \
    "$(psql -XAtq -d "$DATABASE_URL" -c 'show search_path')" \
    'a search_path does not stay'
masked='set local search_path = pg_catalog, offhook, pg_temp'
is "$(set_by search_path "set search_path = shop; $masked")" \
    "$(psql -XAtq -d "$DATABASE_URL" -c 'show search_path')" \
    'nor one behind another'
is "$(set_by synchronous_commit 'set synchronous_commit = off')" on \
    'nor anything else'

# One role: it could do everything, so nothing may be written at all.
psql -XAtq -d postgres -c "create role one_$$ login" \
    -c "create database ${DB}_one owner one_$$" || die "no database"
at_exit "psql -XAtq -d postgres -c 'drop database ${DB}_one with (force)' \
    -c 'drop role one_$$' >/dev/null 2>&1"
one=$(url_of "${DB}_one" "one_$$")
"$ROOT/sql/migrate" --one-role "$one" >"$T/one" 2>&1
is "$?" 0 "an installation with --one-role"
psql -XAtq -d "$one" >"$T/one" 2>&1 <<'END'
create schema shop;
create table shop.asked (at timestamptz);
create function shop.hello(p jsonb) returns text language sql
    as $$ select '<Response/>' $$;
create function shop.note(p jsonb) returns text language sql as
    $$ insert into shop.asked values (now()) returning '<Response/>' $$;
select offhook.route_apply('[{"name": "hello", "sql": "shop.hello"},
    {"name": "note", "sql": "shop.note"}]', null) > 0;
END
is "$(cat "$T/one")" t "with functions"
DATABASE_URL=$one
is "$(ask hello '{}')" '<Response/>' "one that reads"
is "$(ask note '{}')" 'ERROR:  25006' "one that writes may not"
done_testing
