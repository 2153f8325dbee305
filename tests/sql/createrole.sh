#!/bin/sh
# A cluster's first migration by a role that is no superuser: it has
# CREATEROLE and owns the database, which is what README asks for.
. "${0%/*}/../lib.sh"
cluster_start "$T/pg" || die "no cluster"
DB=app
psql -XAtq -d postgres -c 'create role maker login createrole' \
    -c 'create database app owner maker' || die "no database"

migrate() { # what it says last, description
	OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" maker) \
	    "$ROOT/sql/migrate" >"$T/migrate" 2>&1
	# Before 15 it warns that schema public is open, and rightly.
	like "$? $(grep -v ' WARNING: ' "$T/migrate" | tail -n 1)" \
	    "^0 migrate: $1" "$2"
}
migrate 'done' 'it makes the roles and the schema'
migrate 'nothing to do' 'and has nothing to do again'
is "$(sql "select nspowner::regrole from pg_namespace
    where nspname = 'offhook'")" offhook_owner "the owner's schema"
is "$(sql "select has_database_privilege('offhook_responder', 'app',
    'temporary')")" f 'the responder has no TEMP'
is "$(psql -XAtq -U maker -d app \
    -c 'alter role offhook_responder login' 2>&1)" '' \
    'it lets the responder log in'
is "$(psql -XAtq -U offhook_responder -d app -c "select verdict from
    offhook.ingest(1::smallint, gen_random_uuid(), gen_random_uuid(), now(),
    'AC1', 'other', null, null, null, null, null, null, null, null,
    'POST', null, null, 'form', null, null, null, null, 204::smallint,
    null, null)" 2>&1)" recorded 'which may record'
done_testing
