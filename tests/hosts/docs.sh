#!/bin/sh
# tests/hosts/docs.sh FOLDER: the table in docs/hosts.md is the one that
# tests/hosts/table makes of what cases.sh has just seen.
. "${0%/*}/../lib.sh"

"$ROOT/tests/hosts/table" "$1" >"$T/table"
sed -n '/^<!-- table -->$/,/^<!-- end -->$/p' "$ROOT/docs/hosts.md" |
    sed '1d;$d' >"$T/docs"
ok "every case was tried on every server" \
    sh -c "! grep -q '|  |' '$T/table' && [ \$(wc -l <'$T/table') -gt 40 ]"
if cmp -s "$T/docs" "$T/table"; then
	pass "docs/hosts.md holds this table"
else
	fail "docs/hosts.md holds this table" "$(diff "$T/docs" "$T/table")"
fi

done_testing
