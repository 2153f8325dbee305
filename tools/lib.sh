# shellcheck shell=sh
# Private servers for "make run" and for the tests: here a PostgreSQL cluster,
# in servers.sh the web servers, on Unix sockets and free loopback ports, all
# their files in one folder.  To be dotted, with ROOT set to the top of the
# project.
#
# Everything that is started is noted with at_exit and stopped when the
# script ends, however it ends.  Functions print nothing when all is well.

: "${ROOT:?}"
AT_EXIT=:

at_exit() { # command line, run at the end; the last noted comes first
	AT_EXIT="$1; $AT_EXIT"
}

run_at_exit() {
	rc=$?
	trap - EXIT
	trap '' INT TERM HUP
	eval "$AT_EXIT"
	exit "$rc"
}

trap run_at_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

die() {
	echo "${0##*/}: $*" >&2
	exit 1
}

free_port() { # prints a loopback port that is free now
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(
	    Listen => 1, LocalAddr => "127.0.0.1")->sockport, "\n"'
}

listening() { # port
	perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(
	    PeerAddr => "127.0.0.1", PeerPort => shift, Timeout => 1)' "$1"
}

wait_for() { # seconds, command...: until it succeeds
	n=$(($1 * 20))
	shift
	until "$@"; do
		n=$((n - 1))
		[ "$n" -gt 0 ] || return 1
		sleep 0.05
	done
}

gone() { # is the process gone (or a zombie)?
	case $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) in
	''|Z*|X*) return 0 ;;
	esac
	return 1
}

stop_pid() { # pid, seconds it gets for TERM
	kill -TERM "$1" 2>/dev/null || return 0
	kill -CONT "$1" 2>/dev/null
	wait_for "${2:-10}" gone "$1" || kill -KILL "$1" 2>/dev/null
	wait_for 5 gone "$1"
}

# A folder for sockets: their paths may have 107 bytes at most.
socket_dir() { # state folder; prints the folder
	if [ "${#1}" -le 60 ]; then
		mkdir -p "$1/s" && chmod 700 "$1/s" && echo "$1/s"
		return
	fi
	if [ ! -f "$1/socket_dir" ]; then
		mktemp -d /tmp/offhook-s.XXXXXX >"$1/socket_dir" || return 1
	fi
	cat "$1/socket_dir"
}

socket_dir_remove() { # state folder
	[ ! -f "$1/socket_dir" ] || rm -rf "$(cat "$1/socket_dir")"
}

### PostgreSQL

pg_bin() { # the newest installed version's programs
	find /usr/lib/postgresql/*/bin/initdb /usr/local/pgsql/bin/initdb \
	    2>/dev/null | sed 's,/initdb$,,' | sort -t / -k 5n | tail -n 1
}

# cluster_start FOLDER [SETTING...]: initdb and start.  Trust on a Unix socket
# in a folder of mode 0700, no TCP.  Sets PGHOST, PGPORT and PGUSER.
cluster_start() {
	cs=$1
	shift
	PGBIN=${PGBIN:-$(pg_bin)}
	[ -n "$PGBIN" ] || die "no PostgreSQL server is installed" \
	    "(tools/packages run)"
	mkdir -p "$cs" || return 1
	cs_sock=$(socket_dir "$cs") || return 1
	if [ ! -f "$cs/data/PG_VERSION" ]; then
		"$PGBIN/initdb" -D "$cs/data" -A trust -U postgres -E UTF8 \
		    --no-locale >"$cs/initdb.log" 2>&1 || {
			cat "$cs/initdb.log" >&2
			return 1
		}
		cat >>"$cs/data/postgresql.conf" <<-END
		listen_addresses = ''
		unix_socket_directories = '$cs_sock'
		unix_socket_permissions = 0700
		port = 5432
		max_connections = 200
		timezone = 'UTC'
		log_timezone = 'UTC'
		log_line_prefix = '%m [%p] %u@%d '
		END
		for cs_s in "$@"; do
			echo "$cs_s" >>"$cs/data/postgresql.conf"
		done
	fi
	at_exit "cluster_stop '$cs'; socket_dir_remove '$cs'"
	cluster_up "$cs" || {
		tail -n 5 "$cs/postgres.log" >&2
		return 1
	}
	PGHOST=$cs_sock PGPORT=5432 PGUSER=postgres
	export PGHOST PGPORT PGUSER
	unset PGDATABASE PGSERVICE PGPASSWORD PGOPTIONS PGSSLMODE
}

cluster_up() { # folder: start what initdb made
	"$PGBIN/pg_ctl" -D "$1/data" -l "$1/postgres.log" -w -t 60 -s start \
	    >"$1/pg_ctl.log" 2>&1 </dev/null
}

cluster_pid() { # folder; prints the postmaster's pid, fails when it is down
	head -n 1 "$1/data/postmaster.pid" 2>/dev/null
}

cluster_stop() { # folder
	[ -f "$1/data/postmaster.pid" ] || return 0
	cp_=$(cluster_pid "$1")
	kill -CONT "$cp_" 2>/dev/null
	"$PGBIN/pg_ctl" -D "$1/data" -m immediate -w -t 20 -s stop \
	    >/dev/null 2>&1 || kill -KILL "$cp_" 2>/dev/null
}

# The connection strings of a database of the cluster that PGHOST names.
url_of() { # database, role
	echo "postgresql:///$1?host=$PGHOST&port=$PGPORT&user=$2"
}

# database_make NAME: a database with our schema, and the group roles given
# LOGIN, which is all that a private cluster needs.
database_make() {
	psql -XAtq -v ON_ERROR_STOP=1 -d postgres \
	    -c "create database $1" || return 1
	OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$1" postgres) \
	    "$ROOT/sql/migrate" >"${2:-/dev/null}" 2>&1 || {
		[ -z "${2:-}" ] || cat "$2" >&2
		return 1
	}
	psql -XAtq -v ON_ERROR_STOP=1 -d "$1" <<-'END'
	select format('alter role %I login', rolname) from pg_roles
	where rolname in ('offhook_responder', 'offhook_worker',
	    'offhook_reader', 'offhook_operator') and not rolcanlogin \gexec
	END
}

. "$ROOT/tools/servers.sh"
