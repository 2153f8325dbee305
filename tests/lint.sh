#!/bin/sh
# The linters, one test each.  The build with clang's warnings has been done
# by the makefile (target clang), or this suite would not have begun.
set -u
cd "${0%/*}/.." || exit 1
n=0
bad=0
lint() { # description, command...: silent and successful when all is well
	n=$((n + 1))
	what=$1
	shift
	if out=$("$@" 2>&1) && [ -z "$out" ]; then
		echo "ok $n - $what"
	else
		bad=1
		echo "not ok $n - $what"
		printf '%s\n' "$out" | head -n 60 | sed 's/^/# /'
	fi
}

# Shell scripts are known by their first line.
scripts=$(find . -path ./build -prune -o -path ./.git -prune -o \
    -type f -print | while read -r f; do
	head -n 1 "$f" | grep -Eaq \
	    '^#!.*[/ ](ba)?sh( |$)|^# shellcheck shell=sh' && echo "$f"
done)
shells() { # with what they dot, which takes its time
	printf '%s\n' "$scripts" | xargs -n 8 -P 2 shellcheck
}
lint "shellcheck" shells

posix() { # scripts must be parsed by a POSIX shell, and be POSIX by name
	for f in $scripts; do
		case $f in
		./.ci/run) ;;
		*)	if head -n 1 "$f" | grep -q bash; then
				echo "$f: not POSIX sh"
			fi
			sh -n "$f"
		esac
	done
}
lint "every script is POSIX sh" posix

perls() {
	find tests tools -type f | while read -r f; do
		head -n 1 "$f" | grep -aq '^#!.*perl' || continue
		perl -c "$f" 2>&1 | grep -v 'syntax OK'
	done
	:
}
lint "perl scripts compile" perls

c=$(find src cgi-bin tests -name '*.c' | sort)
inc=$(pg_config --includedir)
# shellcheck disable=SC2086
lint "cppcheck" cppcheck -q --std=c11 --language=c -j 2 \
    --enable=warning,portability,performance --inline-suppr \
    --suppress=missingIncludeSystem --suppress=unknownMacro \
    --error-exitcode=1 -Isrc $c

tidy() { # the product's sources; it is slow
	find src cgi-bin -name '*.c' | sort | xargs -n 4 -P 2 tests/tidy "$inc"
}
lint "clang-tidy" tidy

pages=$(find man -name '*.[1-8]' 2>/dev/null)
if [ -n "$pages" ]; then
	# shellcheck disable=SC2086
	lint "manual pages" mandoc -T lint -W warning $pages
else
	lint "manual pages" echo "there are none"
fi

style() { # what KNF here means and no tool above looks at
	h=$(find src cgi-bin tests -name '*.h')
	# shellcheck disable=SC2086
	grep -nE '[ 	]+$' $c $h $scripts Makefile |
	    sed 's/$/   <- blank at the end/'
	# Width in columns: a tab goes to the next multiple of eight.
	find src cgi-bin -name '*.[ch]' ! -name grammar_table.c |
	    while read -r f; do
		perl -CSD -MText::Tabs -lne '
		    my $n = length expand($_);
		    print "$ARGV:$.: $n columns" if $n > 80' "$f"
	done
	grep -rnE '\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\b' \
	    sql --include='*.sql' --exclude=schema.expected.sql | grep -vE -e '--.*\b[A-Z]+\b'
	:
}
lint "style: blanks, 80 columns, lower-case SQL" style

private() { # nothing of a developer's machine or of a tool is in a file
	git ls-files -co --exclude-standard 2>/dev/null | while read -r f; do
		[ ! -f "$f" ] || grep -nHIE '/root/|/home/[a-z]+/(src|git)' \
		    "$f" | grep -vE '^tests/lint.sh:'
	done
	:
}
lint "no paths of somebody's machine" private

echo "1..$n"
exit "$bad"
