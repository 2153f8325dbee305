# shellcheck shell=sh disable=SC2034
# What the test scripts share: TAP, a database, a responder, requests.
# To be dotted first:    . "${0%/*}/../lib.sh"
#
# A script run by hand as root continues as user postgres in a copy of the
# checkout (tools/unroot).  OWN_CLUSTER=1, set before, gives the script a
# cluster of its own, to be stopped and killed; otherwise it gets a database
# of its own in the one that tests/run started, or in one started here.

lib_dir=${0%/*}/..
ROOT=$(cd "$lib_dir/.." && pwd)
if [ "$(id -u)" = 0 ] && [ -z "${AS_ROOT:-}" ]; then
	here=$(cd "${0%/*}" && pwd)
	export TRANSPORT OWN_CLUSTER OFFHOOK_BUILD WRAP
	exec "$ROOT/tools/unroot" "./${here#"$ROOT"/}/${0##*/}" "$@"
fi
unset LC_ALL LANG GIT_DIR
export LC_ALL=C
. "$ROOT/tools/lib.sh"

BUILD=$(cd "$ROOT" && cd "${OFFHOOK_BUILD:-build}" && pwd) || exit 1
PROGRAM=$BUILD/cgi-bin/offhook.fcgi
# shellcheck disable=SC2034 # for the scripts
OFFHOOK=$BUILD/bin/offhook
TRANSPORT=${TRANSPORT:-cgi}
T=$(mktemp -d "${TMPDIR:-/tmp}/oh.XXXXXX") || exit 1
at_exit "rm -rf '$T'"
CONFIG=$T/offhook.conf
BASE=https://hooks.example.test
export PROGRAM TRANSPORT T CONFIG BASE

# The accounts of the tests: A is served by default, B is another one.
A=AC00000000000000000000000000000001
B=AC00000000000000000000000000000002
TOKEN_A=test-token-a
# shellcheck disable=SC2034
TOKEN_B=test-token-b

### TAP

tap_n=0
tap_bad=0

pass() {
	tap_n=$((tap_n + 1))
	echo "ok $tap_n - $1"
}

fail() { # description, diagnostics...
	tap_n=$((tap_n + 1))
	tap_bad=$((tap_bad + 1))
	echo "not ok $tap_n - $1"
	shift
	for fail_l in "$@"; do
		printf '%s\n' "$fail_l" | sed 's/^/# /'
	done
	return 0
}

ok() { # description, command...
	ok_d=$1
	shift
	if "$@"; then
		pass "$ok_d"
	else
		fail "$ok_d" "failed: $*"
	fi
}

nok() { # description, command... that must fail
	ok_d=$1
	shift
	if "$@"; then
		fail "$ok_d" "should have failed: $*"
	else
		pass "$ok_d"
	fi
}

is() { # got, wanted, description
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3" "got:    $1" "wanted: $2"
	fi
}

isnt() { # got, unwanted, description
	if [ "$1" != "$2" ]; then
		pass "$3"
	else
		fail "$3" "got what it should not be: $1"
	fi
}

like() { # text, extended regular expression (any line), description
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then
		pass "$3"
	else
		fail "$3" "got:       $1" "must match: $2"
	fi
}

unlike() { # text, extended regular expression, description
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then
		fail "$3" "got:           $1" "must not match: $2"
	else
		pass "$3"
	fi
}

below() { # number, limit, description
	if [ "$1" -lt "$2" ]; then
		pass "$3"
	else
		fail "$3" "got $1, not below $2"
	fi
}

diag() {
	printf '%s\n' "$*" | sed 's/^/# /'
}

done_testing() {
	sanitizers_quiet
	echo "1..$tap_n"
	if [ "$tap_bad" != 0 ]; then
		log_text | tail -n 15 | sed 's/^/# log: /'
		exit 1
	fi
	exit 0
}

# In a build with sanitizers, or under valgrind, the log tells what they
# found; in every build it tells of crashes.
sanitizers_quiet() {
	sq=$(log_text | grep -aE \
	    'Sanitizer|runtime error|^==[0-9]+==|stack smashing|buffer overflow|^ +#[0-9] ' |
	    head -n 30)
	is "$sq" '' "no crash, and nothing found by sanitizers or valgrind"
}

### Database

sql() { # statement; prints rows as value|value
	psql -XAtq -v ON_ERROR_STOP=1 -d "$DB" -c "$1" 2>&1
}

count() { # relation [where ...]
	sql "select count(*) from offhook.$*"
}

database() { # makes a database for this script; sets DB and DATABASE_URL
	if [ -n "${OWN_CLUSTER:-}" ]; then
		cluster_start "$T/pg" || die "no cluster"
		DB=offhook
		database_make "$DB" || die "the migration failed"
	else
		if [ -z "${OFFHOOK_TEST_CLUSTER:-}" ]; then
			cluster_start "$T/pg" || die "no cluster"
			database_make offhook_template ||
			    die "the migration failed"
		fi
		DB=t_$$
		psql -XAtq -d postgres -c \
		    "create database $DB template offhook_template" ||
		    die "no database"
		at_exit "psql -XAtq -d postgres -c \
		    'drop database $DB with (force)' >/dev/null 2>&1"
	fi
	DATABASE_URL=$(url_of "$DB" offhook_responder)
	ADMIN_URL=$(url_of "$DB" postgres)
	export ADMIN_URL
}

### Responder

# conf [NAME=VALUE...]: writes offhook.conf: the settings of every test, with
# these changed or added; NAME alone leaves that one out.
conf() {
	cat >"$CONFIG.new" <<-END
	TWILIO_ACCOUNT_SID=$A
	TWILIO_AUTH_TOKEN=$TOKEN_A
	TWILIO_AUTH_TOKEN_$B=$TOKEN_B
	DATABASE_URL=$DATABASE_URL
	OFFHOOK_ADMIN_DATABASE_URL=$ADMIN_URL
	OFFHOOK_PUBLIC_URL=$BASE
	OFFHOOK_STATE=$T/state
	END
	for conf_s in "$@"; do
		grep -v "^${conf_s%%=*}=" "$CONFIG.new" >"$CONFIG.tmp"
		mv "$CONFIG.tmp" "$CONFIG.new"
		case $conf_s in
		*=*)	printf '%s\n' "$conf_s" >>"$CONFIG.new" ;;
		esac
	done
	chmod 600 "$CONFIG.new"
	mv "$CONFIG.new" "$CONFIG"
	mkdir -p "$T/state"
	chmod 700 "$T/state"
}

# responder [NAME=VALUE...]: writes the settings and (re)starts what serves.
responder() {
	conf "$@"
	responder_start
}

responder_start() {
	responder_stop
	case $TRANSPORT in
	cgi)	;;
	fcgi)
		mkdir -p "$T/s"
		FCGI_SOCKET=$T/s/fcgi
		export FCGI_SOCKET
		rm -f "$FCGI_SOCKET"
		# shellcheck disable=SC2086 # WRAP is empty or a command line
		env -i PATH=/usr/bin:/bin OFFHOOK_CONFIG="$CONFIG" \
		    ${ASAN_OPTIONS:+"ASAN_OPTIONS=$ASAN_OPTIONS"} \
		    spawn-fcgi -n -s "$FCGI_SOCKET" -- ${WRAP:-} "$PROGRAM" \
		    >>"$T/log" 2>&1 </dev/null &
		FCGI_PID=$!
		at_exit "stop_pid $FCGI_PID 5"
		wait_for 10 test -S "$FCGI_SOCKET" || die "spawn-fcgi failed"
		;;
	*)
		server_start "$T/server" "$TRANSPORT" "$PROGRAM" "$CONFIG" ||
		    die "$TRANSPORT did not start"
		export HTTP_PORT
		;;
	esac
}

responder_stop() {
	case $TRANSPORT in
	cgi)	;;
	fcgi)
		[ -z "${FCGI_PID:-}" ] || stop_pid "$FCGI_PID" 5
		FCGI_PID= ;;
	*)	server_stop "$T/server" "$TRANSPORT" ;;
	esac
}

over_http() { # is a web server between us and the responder?
	case $TRANSPORT in
	cgi|fcgi) return 1 ;;
	esac
}

responder_pids() { # of the processes that serve and stay
	if [ "$TRANSPORT" = fcgi ]; then
		echo "$FCGI_PID"
		return
	fi
	for rp in /proc/[0-9]*; do
		[ "$(readlink "$rp/exe" 2>/dev/null)" = "$PROGRAM" ] &&
		    tr '\0' '\n' <"$rp/environ" 2>/dev/null |
		    grep -qxF "OFFHOOK_CONFIG=$CONFIG" &&
		    echo "${rp#/proc/}"
	done
}

log_text() { # everything that the responder and its server have logged
	cat "$T/log" "$T/server/error.log" "$T/server/offhook.log" \
	    "$T/server/behind/error.log" 2>/dev/null
}

### Requests

# request METHOD TARGET [OPTION...]: see tests/request.  Sets status, headers,
# body (without trailing newlines; all of it is in $T/body) and ms.
request() {
	rm -f "$T/status" "$T/headers" "$T/body" "$T/ms" "$T/exit"
	"$ROOT/tests/request" "$@" || diag "tests/request failed"
	status=$(cat "$T/status" 2>/dev/null)
	headers=$(cat "$T/headers" 2>/dev/null)
	body=$(tr -d '\0' <"$T/body" 2>/dev/null)
	# shellcheck disable=SC2034
	ms=$(cat "$T/ms" 2>/dev/null)
}

signed() { # the same, signed with account A's token
	request "$@" -s "$TOKEN_A"
}

# The usual requests: [SID, [OPTION...]].  Without a SID, a fresh one.
sid_n=0
new_sid() { # two letters; sets sid
	sid_n=$((sid_n + 1))
	sid=$(printf '%s%032x' "$1" $((sid_n + $$ * 4096)))
}

sms() { # SID, options
	sms_sid=$1
	shift
	signed POST "${URI:-/twilio}" -p "MessageSid=$sms_sid" \
	    -p "SmsSid=$sms_sid" -p "SmsMessageSid=$sms_sid" \
	    -p "AccountSid=$A" -p From=+15550101001 -p To=+15550101002 \
	    -p SmsStatus=received -p NumMedia=0 -p NumSegments=1 \
	    -p ApiVersion=2010-04-01 "$@"
}

sms_status() { # SID, status, options
	sms_sid=$1 sms_st=$2
	shift 2
	signed POST "${URI:-/twilio}" -p "MessageSid=$sms_sid" \
	    -p "SmsSid=$sms_sid" -p "AccountSid=$A" \
	    -p "MessageStatus=$sms_st" -p "SmsStatus=$sms_st" \
	    -p From=+15550101002 -p To=+15550101001 \
	    -p ApiVersion=2010-04-01 "$@"
}

call() { # SID, options: an inbound call asks what to do
	call_sid=$1
	shift
	signed POST "${URI:-/twilio}" -p "CallSid=$call_sid" \
	    -p "AccountSid=$A" -p From=+15550101001 -p To=+15550101002 \
	    -p CallStatus=ringing -p Direction=inbound \
	    -p ApiVersion=2010-04-01 "$@"
}

call_status() { # SID, status, sequence number, options
	call_sid=$1 call_st=$2 call_seq=$3
	shift 3
	signed POST "${URI:-/twilio}" -p "CallSid=$call_sid" \
	    -p "AccountSid=$A" -p From=+15550101002 -p To=+15550101001 \
	    -p "CallStatus=$call_st" -p Direction=outbound-api \
	    -p CallbackSource=call-progress-events \
	    -p "SequenceNumber=$call_seq" \
	    -p 'Timestamp=Sun, 22 Nov 2026 02:00:00 +0000' \
	    -p ApiVersion=2010-04-01 "$@"
}

gather() { # SID, digits, options
	call_sid=$1 call_digits=$2
	shift 2
	signed POST "${URI:-/twilio}" -p "CallSid=$call_sid" \
	    -p "AccountSid=$A" -p From=+15550101001 -p To=+15550101002 \
	    -p CallStatus=in-progress -p Direction=inbound \
	    -p "Digits=$call_digits" -p FinishedOnKey= \
	    -p ApiVersion=2010-04-01 "$@"
}

header() { # name; prints its value in the last reply
	printf '%s\n' "$headers" | sed -n "s/^$1: *//Ip" | head -n 1
}
