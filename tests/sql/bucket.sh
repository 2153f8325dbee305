#!/bin/sh
# offhook.bucket() in SQL gives what the file says, as sid_bucket() in C does
# (tests/unit/sid_test.c reads the same file).
. "${0%/*}/../lib.sh"
database
file=$ROOT/tests/fixtures/buckets.tsv
grep -v '^#' "$file" >"$T/buckets"

psql -XAtq -v ON_ERROR_STOP=1 -d "$DB" >"$T/out" 2>&1 <<-END
	create table vector (id text, bucket integer);
	\copy vector from '$T/buckets' with (format csv, delimiter E'\t', quote E'\b', null 'no such id')
	select id, bucket, offhook.bucket(id) from vector
	where offhook.bucket(id) is distinct from bucket;
END
is "$(cat "$T/out")" '' "SQL's buckets are the file's"
is "$(sql 'select count(*) from vector')" "$(wc -l <"$T/buckets" |
    tr -d ' ')" "of every vector in the file"
ok "there are at least 40" test "$(wc -l <"$T/buckets")" -ge 40
is "$(sql 'select offhook.bucket(null) is null')" t "of null: null"
is "$(sql "select count(distinct offhook.bucket('CA' || md5(n::text)))
    from generate_series(1, 20000) n")" 1024 "random SIDs reach every bucket"
done_testing
