#!/bin/sh
# races.sh: what happens when two do it at once, as TAP.  Each *.spec is run
# by PostgreSQL's isolationtester and compared with expected/NAME.out.
# Connection: libpq's PGHOST, PGPORT, PGUSER, PGDATABASE; a database in which
# the schema is installed.  UPDATE=1 writes what came out as expected.
set -eu
cd "$(dirname -- "$0")"

tester=
for dir in $(printf '%s\n' /usr/lib/postgresql/*/lib/pgxs/src/test/isolation \
    "$(pg_config --libdir 2>/dev/null)/pgxs/src/test/isolation" | sort -rV); do
	if [ -x "$dir/isolationtester" ]; then
		tester=$dir/isolationtester
		break
	fi
done
if [ -z "$tester" ]; then
	printf 'Bail out! isolationtester is missing (package postgresql-client-NN or postgresql-server-dev-NN)\n'
	exit 1
fi
tmp=$(mktemp -d "${TMPDIR:-/tmp}/offhook-races.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

set -- *.spec
printf '1..%d\n' $#
n=0
failed=0
for spec; do
	n=$((n + 1))
	name=${spec%.spec}
	out=$tmp/$name.out
	PGOPTIONS="${PGOPTIONS:-} -c client_min_messages=warning -c lc_messages=C" \
	    "$tester" "dbname=${PGDATABASE:-offhook}" <"$spec" >"$out" 2>&1 ||
		printf 'isolationtester: status %d\n' $? >>"$out"
	[ -z "${UPDATE:-}" ] || cp "$out" "expected/$name.out"
	if diff -u "expected/$name.out" "$out" >"$tmp/diff"; then
		printf 'ok %d - %s\n' "$n" "$name"
	else
		printf 'not ok %d - %s\n' "$n" "$name"
		sed 's/^/# /' "$tmp/diff"
		failed=1
	fi
done
exit "$failed"
