#!/bin/sh
# Every fuzz target for $T seconds (3), starting from its corpus.
set -u
cd "${0%/*}/.." || exit 1
T=${T:-3}
n=0
bad=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 143' INT TERM HUP
echo "# $T s for each parser"
for src in tests/fuzz/fuzz_*.c; do
	name=$(basename "$src" .c)
	n=$((n + 1))
	mkdir -p "$work/$name"
	corpus=tests/fuzz/corpus/${name#fuzz_}
	[ -d "$corpus" ] || corpus=
	dict=tests/fuzz/${name#fuzz_}.dict
	[ -f "$dict" ] || dict=
	# shellcheck disable=SC2086
	if build/fuzz/"$name" -max_total_time="$T" -max_len=8192 -timeout=5 \
	    -rss_limit_mb=1024 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix="$work/" ${dict:+-dict="$dict"} \
	    "$work/$name" $corpus >"$work/log" 2>&1; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' \
		    "$work/log")
		echo "ok $n - $name: ${runs:-?} inputs"
	else
		bad=1
		echo "not ok $n - $name"
		grep -aE 'ERROR|SUMMARY|runtime error|#[0-9] ' "$work/log" |
		    head -n 20 | sed 's/^/# /'
		for a in "$work"/crash-* "$work"/timeout-* "$work"/oom-*; do
			[ -f "$a" ] || continue
			echo "# input, base64:"
			base64 "$a" | head -n 20 | sed 's/^/# /'
			mkdir -p build/fuzz/found
			cp "$a" "build/fuzz/found/$name.${a##*/}"
			rm "$a"
		done
	fi
done
echo "1..$n"
exit "$bad"
