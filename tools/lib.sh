# shellcheck shell=sh
# Private servers for "make run" and for the tests: a PostgreSQL cluster and
# an Apache, on Unix sockets and free loopback ports, all their files in one
# folder.  To be dotted, with ROOT set to the top of the project.
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

### Apache

# apache_start FOLDER KIND PROGRAM CONFIG: KIND is fcgid or cgi, PROGRAM the
# responder, CONFIG the responder's settings.  Includes our ready
# apache/offhook-KIND.conf and adds what Debian's own apache2.conf would.
# Sets APACHE_PORT.  More lines for its configuration may lie in FOLDER/extra.conf.
apache_start() {
	as=$1
	mkdir -p "$as/htdocs" || return 1
	as_sock=$(socket_dir "$as") || return 1
	APACHE=${APACHE:-/usr/sbin/apache2}
	[ -x "$APACHE" ] || die "$APACHE is not there (tools/packages run)"
	as_mods=/usr/lib/apache2/modules
	case $2 in
	fcgid)	as_load="LoadModule fcgid_module $as_mods/mod_fcgid.so" ;;
	*)	as_load="LoadModule cgid_module $as_mods/mod_cgid.so" ;;
	esac
	at_exit "apache_stop '$as'; socket_dir_remove '$as'"
	# shellcheck disable=SC2034 # only counts
	for as_try in 1 2 3; do
		APACHE_PORT=${APACHE_PORT_WANTED:-$(free_port)}
		cat >"$as/httpd.conf" <<-END
		ServerRoot "$as"
		DefaultRuntimeDir "$as"
		PidFile "$as/httpd.pid"
		ServerName localhost
		Listen 127.0.0.1:$APACHE_PORT
		ListenBacklog 2048
		Mutex file:$as default
		LoadModule mpm_event_module $as_mods/mod_mpm_event.so
		LoadModule authz_core_module $as_mods/mod_authz_core.so
		LoadModule alias_module $as_mods/mod_alias.so
		LoadModule env_module $as_mods/mod_env.so
		$as_load
		<IfModule mod_fcgid.c>
		FcgidIPCDir "$as_sock"
		FcgidProcessTableFile "$as_sock/table"
		</IfModule>
		<IfModule mod_cgid.c>
		ScriptSock "$as_sock/cgid"
		</IfModule>
		ServerLimit 4
		ThreadsPerChild 16
		MaxRequestWorkers 64
		StartServers 2
		KeepAliveTimeout 5
		GracefulShutdownTimeout 5
		ErrorLog "$as/error.log"
		LogLevel warn
		DocumentRoot "$as/htdocs"
		<Directory />
			AllowOverride None
			Require all denied
		</Directory>
		Define OFFHOOK_PROGRAM "$3"
		Define OFFHOOK_CONFIG "$4"
		Include "$ROOT/apache/offhook-$2.conf"
		IncludeOptional "$as/extra[.]conf"
		END
		if "$APACHE" -f "$as/httpd.conf" -k start \
		    >"$as/start.log" 2>&1 </dev/null &&
		    wait_for 10 apache_ready "$as"; then
			return 0
		fi
		grep -qs 'Address already in use' "$as/start.log" || break
	done
	cat "$as/start.log" "$as/error.log" 2>/dev/null | tail -n 5 >&2
	return 1
}

apache_ready() { # folder
	[ -s "$1/httpd.pid" ] && listening "$APACHE_PORT"
}

apache_stop() { # folder
	[ -s "$1/httpd.pid" ] || return 0
	stop_pid "$(cat "$1/httpd.pid")" 12
	rm -f "$1/httpd.pid"
}
