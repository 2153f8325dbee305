#!/bin/sh
# make check-layers: proves the storeys with the #include lines, with nm and
# with readelf.
#   core   includes core only, calls nothing but an allow-list, and has no
#          variable that can change
#   edge   includes core and edge; app: and app; nobody includes src/cmd
#   the responder loads five libraries only, and links nothing of src/cmd;
#          libcurl is linked by nobody, and opened by src/edge/curl.c alone
set -u
cd "${0%/*}/.." || exit 1
n=0
bad=0
result() { # what was found wrong, description
	n=$((n + 1))
	if [ -z "$1" ]; then
		echo "ok $n - $2"
	else
		bad=1
		echo "not ok $n - $2"
		printf '%s\n' "$1" | sed 's/^/# /'
	fi
}

# Every #include "..." of a storey, resolved to a path below the top.
includes() { # files
	for f; do
		sed -n 's/^[ \t]*#[ \t]*include[ \t]*"\([^"]*\)".*/\1/p' "$f" |
		while read -r i; do
			d=${f%/*}
			if [ -f "$d/$i" ]; then
				p=$(cd "$d/${i%"${i##*/}"}" && pwd)/${i##*/}
			elif [ -f "src/$i" ]; then
				p=$PWD/src/$i
			else
				p=unknown/$i
			fi
			echo "$f includes ${p#"$PWD"/}"
		done
	done
}
storey() { # name, regular expression of what it may include
	set -- "$1" "$2" src/"$1"/*.[ch]
	[ -f "$3" ] || { result "there are no files" "src/$1"; return; }
	s=$1 may=$2
	shift 2
	result "$(includes "$@" | grep -Ev " includes src/($may)/")" \
	    "src/$s includes only: $may"
}
storey core core
storey edge 'core|edge'
storey app 'core|edge|app'
storey cmd 'core|edge|app|cmd'
result "$(includes cgi-bin/*.c | grep -E ' includes src/cmd/')" \
    "cgi-bin includes nothing of src/cmd"

# System headers of core: the language's, and the two libraries.
may='stdbool|stddef|stdint|string|limits|stdarg|assert|inttypes|stdalign'
may="$may|openssl/[a-z0-9_]+|expat"
result "$(grep -nE '^[ 	]*#[ 	]*include[ 	]*<' src/core/*.[ch] |
    grep -vE "<($may)\.h>" | grep -vE '<stdio\.h>|<stdlib\.h>')" \
    "src/core includes no header of the outside world"

# What core's objects call: each other, and this list.
allow='^(mem(cpy|cmp|chr|move|set|mem|rchr)|strlen|strnlen|strcmp|strncmp'
allow="$allow|strchr|strn?casecmp|qsort|bsearch|v?snprintf|abort"
allow="$allow|__(v?snprintf|memcpy|memmove|memset|strcpy)_chk|__stack_chk_fail"
allow="$allow|__assert_fail|_GLOBAL_OFFSET_TABLE_"
allow="$allow|(EVP|OSSL)_[A-Za-z0-9_]+|CRYPTO_memcmp|OPENSSL_cleanse"
allow="$allow|XML_[A-Za-z0-9_]+)\$"
own=$(nm --defined-only build/lib/core.a 2>/dev/null |
    awk 'NF == 3 && $2 ~ /[A-Z]/ { print $3 }' | sort -u)
calls=$(nm -A --undefined-only build/lib/core.a 2>/dev/null |
    awk '{ sub(/^[^:]*:/, "", $1); print $1, $NF }')
result "$([ -n "$own" ] || echo 'build/lib/core.a is not there')" \
    "core is built"
result "$(echo "$calls" | while read -r o s; do
	echo "$s" | grep -Eq "$allow" || echo "$own" | grep -qxF -e "$s" ||
	    echo "${o%%:*} calls $s"
done)" "core calls only what may be called"

# Variables: .data, .bss and common are forbidden; constants with pointers
# in them (.data.rel.ro) are shown by nm as d too, so sections are asked.
result "$(for o in build/obj/src/core/*.o; do
	objdump -t "$o" | awk -v o="${o##*/}" '
	    $0 ~ / [O] / || /\*COM\*/ {
		for (i = 1; i <= NF; i++)
			if ($i ~ /^\.(data|bss|tdata|tbss)/ &&
			    $i !~ /^\.data\.rel\.ro/ || $i == "*COM*")
				print o " has the variable " $NF " in " $i
	    }'
done)" "core has no variable that can change"

# Edge must not call up: nothing that only app or cmd define.
up() { # archive, objects of storeys above
	nm --undefined-only "$1" 2>/dev/null | awk '{ print $NF }' | sort -u |
	    while read -r s; do
		echo "$above" | grep -qxF -e "$s" && echo "${1##*/} calls $s"
	done
}
defined() {
	nm --defined-only "$@" 2>/dev/null |
	    awk 'NF == 3 && $2 ~ /[A-Z]/ { print $3 }' | sort -u
}
# shellcheck disable=SC2046 # names of objects
above=$(defined build/lib/app.a $(find build/obj/src/cmd -name '*.o'))
result "$(up build/lib/edge.a)" "edge calls nothing of app or cmd"
# shellcheck disable=SC2046
above=$(defined $(find build/obj/src/cmd -name '*.o'))
result "$(up build/lib/app.a)" "app calls nothing of cmd"

fcgi=build/cgi-bin/offhook.fcgi
needed=$(readelf -d "$fcgi" 2>/dev/null |
    sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
result "$([ -n "$needed" ] || echo "$fcgi is not there"
    echo "$needed" |
    grep -Ev '^(libfcgi|libcrypto|libpq|libexpat|libc)\.so\.[0-9]+$')" \
    "the responder needs libfcgi, libcrypto, libpq, libexpat and libc only"

result "$(readelf -d "$fcgi" build/bin/offhook | grep libcurl
    grep -lE '"libcurl[-a-z]*\.so' src/*/*.[ch] cgi-bin/*.c |
    grep -vx src/edge/curl.c)" "src/edge/curl.c alone opens libcurl"

# shellcheck disable=SC2046
only=$(defined $(find build/obj/src/cmd -name '*.o') | grep -vx main)
result "$(defined "$fcgi" | while read -r s; do
	echo "$only" | grep -qxF -e "$s" && echo "the responder has $s"
done)" "the responder links nothing that only the command line needs"

hard=$(readelf -lWd "$fcgi" 2>/dev/null)
result "$(echo "$hard" | grep -q GNU_RELRO || echo 'no RELRO'
    echo "$hard" | grep -Eq 'BIND_NOW|FLAGS_1.*NOW' || echo 'not bound at start'
    echo "$hard" | grep -Eq 'GNU_STACK .*RWE' && echo 'executable stack'
    readelf -h "$fcgi" 2>/dev/null | grep -q 'DYN' || echo 'no PIE')" \
    "the responder is a PIE with RELRO, bound at its start"

echo "1..$n"
exit "$bad"
