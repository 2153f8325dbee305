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
