# shellcheck shell=sh
# Web servers for "make run" and for the tests, each with the configuration
# that we give to users.  Dotted by lib.sh.
#
#   server_start FOLDER KIND PROGRAM CONFIG    sets HTTP_PORT
#   server_stop FOLDER KIND
#   server_pid FOLDER KIND
#   server_reload FOLDER KIND    as its operator does, without losing requests
#
# KIND is apache (mod_fcgid), cgid (Apache's mod_cgid), proxy (Apache's
# mod_proxy_fcgi), lighttpd, lighttpd-cgi, nginx, or nginx-front (before an
# Apache with mod_fcgid).  PROGRAM is the responder, CONFIG its settings.
# WRAP, a command line, is put before the program of a pool.  More lines for
# the server may lie in FOLDER/extra.conf; FOLDER/error.log is its log
# (lighttpd has the responder's lines in FOLDER/offhook.log).
# HTTP_PORT_WANTED asks for a port.

server_start() {
	ss_folder=$1 ss_kind=$2 ss_program=$3 ss_config=$4
	mkdir -p "$ss_folder/htdocs" || return 1
	ss_sock=$(socket_dir "$ss_folder") || return 1
	at_exit "server_stop '$ss_folder' $ss_kind;
	    socket_dir_remove '$ss_folder'; socket_dir_remove '$ss_folder/behind'"
	case $ss_kind in
	nginx|proxy)
		pool_start "$ss_folder" "$ss_program" "$ss_config" || return 1
		;;
	nginx-front)
		# A shell of its own for its variables; server_stop stops it.
		ss_behind=$(
			trap - EXIT
			unset HTTP_PORT_WANTED
			server_start "$ss_folder/behind" apache "$ss_program" \
			    "$ss_config" && echo "$HTTP_PORT"
		) || return 1
		;;
	esac
	# shellcheck disable=SC2034 # only counts
	for ss_try in 1 2 3; do
		HTTP_PORT=${HTTP_PORT_WANTED:-$(free_port)}
		if server_up "$ss_folder" "$ss_kind" &&
		    wait_for 10 server_ready "$ss_folder" "$ss_kind"; then
			return 0
		fi
		grep -qsE 'Address already in use' "$ss_folder/start.log" \
		    "$ss_folder/error.log" || break
	done
	cat "$ss_folder/start.log" "$ss_folder/error.log" 2>/dev/null |
	    tail -n 5 >&2
	return 1
}

server_family() { # kind; the program that listens
	case $1 in
	apache|cgid|proxy)	echo apache ;;
	lighttpd|lighttpd-cgi)	echo lighttpd ;;
	nginx|nginx-front)	echo nginx ;;
	*)	die "unknown kind of server: $1" ;;
	esac
}

server_up() { # folder, kind; uses what server_start has set
	"$(server_family "$2")_configure" "$1" "$2" &&
	    "$(server_family "$2")_up" "$1"
}

server_ready() { # folder, kind
	server_pid "$1" "$2" >/dev/null && listening "$HTTP_PORT"
}

server_pid() { # folder, kind
	[ -s "$1/httpd.pid" ] && cat "$1/httpd.pid"
}

server_stop() { # folder, kind
	if [ -s "$1/httpd.pid" ]; then
		stop_pid "$(cat "$1/httpd.pid")" 12
		rm -f "$1/httpd.pid"
	fi
	[ ! -s "$1/pool.pid" ] || pool_stop "$1"
	[ ! -d "$1/behind" ] || server_stop "$1/behind" apache
}

# Graceful: new settings of the server, no request lost.  lighttpd knows none
# under which it goes on to listen without a pause.
server_reload() { # folder, kind
	case $(server_family "$2") in
	apache)		kill -USR1 "$(server_pid "$1")" ;;
	lighttpd)	kill -USR1 "$(server_pid "$1")" ;;
	nginx)		kill -HUP "$(server_pid "$1")" ;;
	esac
}

### Apache

apache_configure() { # folder, kind
	ac_mods=/usr/lib/apache2/modules
	ac_conf=$ROOT/apache/offhook-fcgid.conf
	case $2 in
	apache)
		ac_load="LoadModule fcgid_module $ac_mods/mod_fcgid.so" ;;
	cgid)
		ac_load="LoadModule cgid_module $ac_mods/mod_cgid.so"
		ac_conf=$ROOT/apache/offhook-cgi.conf ;;
	proxy)
		ac_load="LoadModule proxy_module $ac_mods/mod_proxy.so
		LoadModule proxy_fcgi_module $ac_mods/mod_proxy_fcgi.so
		LoadModule buffer_module $ac_mods/mod_buffer.so"
		ac_conf=$ROOT/apache/offhook-proxy-fcgi.conf ;;
	esac
	cat >"$1/httpd.conf" <<-END
	ServerRoot "$1"
	DefaultRuntimeDir "$1"
	PidFile "$1/httpd.pid"
	ServerName localhost
	Listen 127.0.0.1:$HTTP_PORT
	ListenBacklog 2048
	Mutex file:$1 default
	LoadModule mpm_event_module $ac_mods/mod_mpm_event.so
	LoadModule authz_core_module $ac_mods/mod_authz_core.so
	LoadModule alias_module $ac_mods/mod_alias.so
	LoadModule env_module $ac_mods/mod_env.so
	LoadModule headers_module $ac_mods/mod_headers.so
	$ac_load
	<IfModule mod_fcgid.c>
	FcgidIPCDir "$ss_sock"
	FcgidProcessTableFile "$ss_sock/table"
	</IfModule>
	<IfModule mod_cgid.c>
	ScriptSock "$ss_sock/cgid"
	</IfModule>
	ServerLimit 4
	ThreadsPerChild 16
	MaxRequestWorkers 64
	StartServers 2
	KeepAliveTimeout 5
	GracefulShutdownTimeout 5
	ErrorLog "$1/error.log"
	LogLevel warn
	DocumentRoot "$1/htdocs"
	<Directory />
		AllowOverride None
		Require all denied
	</Directory>
	<Directory "$1/htdocs">
		Require all granted
	</Directory>
	Define OFFHOOK_PROGRAM "$ss_program"
	Define OFFHOOK_CONFIG "$ss_config"
	Define OFFHOOK_SOCKET "$ss_sock/pool"
	Include "$ac_conf"
	IncludeOptional "$1/extra[.]conf"
	END
}

apache_up() { # folder
	APACHE=${APACHE:-/usr/sbin/apache2}
	[ -x "$APACHE" ] || die "$APACHE is not there (tools/packages run)"
	"$APACHE" -f "$1/httpd.conf" -k start >"$1/start.log" 2>&1 </dev/null
}

### lighttpd

# Ours, with the values at its top changed as its comments say.
lighttpd_edited() { # file of ours, NAME=VALUE...
	le=$ROOT/lighttpd/$1
	shift
	for le_v in "$@"; do
		set -- "$@" -e "s|^var.${le_v%%=*} = .*|var.${le_v%%=*} = ${le_v#*=}|"
		shift
	done
	sed "$@" "$le"
}

lighttpd_configure() { # folder, kind
	lc=offhook-fastcgi.conf
	[ "$2" != lighttpd-cgi ] || lc=offhook-cgi.conf
	lighttpd_edited "$lc" "offhook_program=\"$ss_program\"" \
	    "offhook_config=\"$ss_config\"" \
	    "offhook_socket=\"$ss_sock/pool\"" \
	    "offhook_log=\"$1/offhook.log\"" >"$1/offhook.conf"
	cat >"$1/httpd.conf" <<-END
	server.document-root = "$1/htdocs"
	server.bind = "127.0.0.1"
	server.port = $HTTP_PORT
	server.pid-file = "$1/httpd.pid"
	server.errorlog = "$1/error.log"
	server.upload-dirs = ( "$1" )
	server.listen-backlog = 2048
	include "$1/offhook.conf"
	END
	[ ! -f "$1/extra.conf" ] || cat "$1/extra.conf" >>"$1/httpd.conf"
}

lighttpd_up() { # folder
	/usr/sbin/lighttpd -f "$1/httpd.conf" >"$1/start.log" 2>&1 </dev/null
}

### nginx

nginx_configure() { # folder, kind
	nc=offhook-fastcgi.conf
	[ "$2" != nginx-front ] || nc=offhook-front.conf
	sed -e "s|unix:/run/offhook/offhook.sock|unix:$ss_sock/pool|" \
	    -e "s|http://127.0.0.1:8080|http://127.0.0.1:${ss_behind:-}|" \
	    "$ROOT/nginx/$nc" >"$1/offhook.conf"
	touch "$1/extra.conf"
	cat >"$1/httpd.conf" <<-END
	pid $1/httpd.pid;
	error_log $1/error.log warn;
	worker_processes 2;
	events { worker_connections 1024; }
	http {
		access_log off;
		client_body_temp_path $1/body;
		fastcgi_temp_path $1/fastcgi;
		proxy_temp_path $1/proxy;
		uwsgi_temp_path $1/uwsgi;
		scgi_temp_path $1/scgi;
		include $1/extra.conf;
		server {
			listen 127.0.0.1:$HTTP_PORT backlog=2048;
			server_name localhost;
			root $1/htdocs;
			include $1/offhook.conf;
		}
	}
	END
}

nginx_up() { # folder
	/usr/sbin/nginx -p "$1" -e "$1/error.log" -c "$1/httpd.conf" \
	    >"$1/start.log" 2>&1 </dev/null
}

### The pool of responders that nginx and mod_proxy_fcgi ask

POOL=16

# Like the command of packaging/README, without its pause at each start.
pool_start() { # folder, program, config
	rm -f "$ss_sock/pool"
	# shellcheck disable=SC2016,SC2086 # WRAP is empty or a command line
	env -i PATH=/usr/bin:/bin OFFHOOK_CONFIG="$3" \
	    OFFHOOK_PROCESSES="$POOL" sh -c 'echo $$ >"$0"; exec "$@"' "$1/pool.pid" \
	    spawn-fcgi -n -s "$ss_sock/pool" -M 0660 -b 1024 -- \
	    /usr/bin/multiwatch -f "$POOL" -r 1000 -- ${WRAP:-} "$2" \
	    >>"$1/error.log" 2>&1 </dev/null &
	wait_for 5 test -S "$ss_sock/pool" || {
		cat "$1/error.log" >&2
		return 1
	}
}

pool_pids() { # folder
	pgrep -P "$(cat "$1/pool.pid")"
}

pool_stop() { # folder
	pp=$(pool_pids "$1")
	stop_pid "$(cat "$1/pool.pid")" 10
	for p in $pp; do
		stop_pid "$p" 5
	done
	rm -f "$1/pool.pid"
}
