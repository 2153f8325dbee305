#!/bin/sh
# Every fuzz target for $T seconds (3), starting from its corpus; two at a time.
#
#	tests/fuzz.sh
#	tests/fuzz.sh FOLDER FUZZ_TARGET.c	one of them, for xargs
set -u
cd "${0%/*}/.." || exit 1
T=${T:-3}
export T

one() { # folder for its files, source
	name=$(basename "$2" .c)
	work=$1/$name
	mkdir "$work" "$work/new"
	corpus=tests/fuzz/corpus/${name#fuzz_}
	[ -d "$corpus" ] || corpus=
	dict=tests/fuzz/${name#fuzz_}.dict
	[ -f "$dict" ] || dict=
	# shellcheck disable=SC2086
	if build/fuzz/"$name" -max_total_time="$T" -max_len=8192 -timeout=5 \
	    -rss_limit_mb=1024 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix="$work/" ${dict:+-dict="$dict"} \
	    "$work/new" $corpus >"$work/log" 2>&1; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' \
		    "$work/log")
		echo "ok - $name: ${runs:-?} inputs"
		return
	fi
	# In one piece, as another one speaks too.
	{
		echo "not ok - $name"
		grep -aE 'ERROR|SUMMARY|runtime error|#[0-9] ' "$work/log" |
		    head -n 20 | sed 's/^/# /'
		for a in "$work"/crash-* "$work"/timeout-* "$work"/oom-*; do
			[ -f "$a" ] || continue
			echo "# input, base64:"
			base64 "$a" | head -n 20 | sed 's/^/# /'
			mkdir -p build/fuzz/found
			cp "$a" "build/fuzz/found/$name.${a##*/}"
		done
	} >"$work/told"
	cat "$work/told"
	return 1
}

if [ $# = 2 ]; then
	one "$@"
	exit
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 143' INT TERM HUP
set -- tests/fuzz/fuzz_*.c
echo "# $T s for each parser"
bad=0
printf '%s\n' "$@" | xargs -n 1 -P 2 tests/fuzz.sh "$work" || bad=1
echo "1..$#"
exit "$bad"
