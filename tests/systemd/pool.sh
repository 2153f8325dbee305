#!/bin/sh
# packaging/README, followed command by command where systemd is process 1
# (see tests/systemd/host), and what it says; both halves.
# shellcheck disable=SC2016 # commands, as README has them
[ -n "${SYSTEMD_HOST:-}" ] || exec "${0%/*}/host" "$0"
TRANSPORT=fcgi
. "${0%/*}/../lib.sh"
. "$ROOT/tests/namespace.sh"
. "$ROOT/tests/live/lib/live.sh"
. "$ROOT/tests/live/lib/life.sh"
README=$ROOT/packaging/README
PROGRAM=/usr/local/lib/offhook/cgi-bin/offhook.fcgi
BUILT=$BUILD/cgi-bin/offhook.fcgi
SOCKET=/run/offhook/offhook.sock
FCGI_SOCKET=$SOCKET
HTTP_PORT=8080
export FCGI_SOCKET HTTP_PORT
DB=app PGHOST=/run/postgresql PGUSER=postgres
export PGHOST PGUSER
ALL=$(seq -f 'offhook@%g.service' 16)

### The guide

# run SECTION PART: the command of that section with this part, as a test;
# what it says is in $T/said.
run() {
	awk -v section="$1" '
	/^[0-9]\. / { here = ($1 == section "."); next }
	!here || !/^    / { next }
	{ command = command substr($0, 5) "\n" }
	!/\\$/ { printf "%s%c", command, 0; command = "" }' "$README" |
	    grep -zF -e "$2" | tr -d '\0' >"$T/command"
	is "$(grep -cE '[^\\]$' "$T/command")" 1 "README has: $2"
	(
		trap - EXIT
		cd "$ROOT/packaging" || exit
		# shellcheck disable=SC1091 # made above
		. "$T/command"
	) >"$T/said" 2>&1 </dev/null
	is "$?" 0 "$(head -n 1 "$T/command")"
	cat "$T/command" >>"$T/ran"
	[ ! -s "$T/said" ] || diag "$(cat "$T/said")"
}

not_run() { # prints the lines of commands that were not run
	sed -n 's/^    //p' "$README" | grep -vxF -f "$T/ran"
}

### The machine

settings() { # [NAME=VALUE...]
	CONFIG=$T/offhook.conf
	conf OFFHOOK_STATE=/var/lib/offhook OFFHOOK_ADMIN_DATABASE_URL "$@"
	install -o www-data -m 600 "$CONFIG" /etc/offhook/offhook.conf
}

web_start() {
	cat >"$T/nginx.conf" <<-END
	user www-data;
	pid /run/nginx.pid;
	error_log /var/log/nginx.log warn;
	events { worker_connections 1024; }
	http {
		access_log off;
		client_body_temp_path /run/nginx-body;
		fastcgi_temp_path /run/nginx-fastcgi;
		proxy_temp_path /run/nginx-proxy;
		uwsgi_temp_path /run/nginx-uwsgi;
		scgi_temp_path /run/nginx-scgi;
		server {
			listen 127.0.0.1:8080 backlog=2048;
			include $ROOT/nginx/offhook-fastcgi.conf;
		}
	}
	END
	nginx -e /var/log/nginx.log -c "$T/nginx.conf" || die "no nginx"
	cat >"$T/apache.conf" <<-END
	ServerRoot /run
	DefaultRuntimeDir /run
	PidFile /run/apache.pid
	ServerName localhost
	User www-data
	Group www-data
	Listen 127.0.0.1:8081
	ErrorLog /var/log/apache.log
	$(for m in mpm_event authz_core alias env setenvif proxy proxy_fcgi; do
		echo "LoadModule ${m}_module" \
		    "/usr/lib/apache2/modules/mod_$m.so"
	done)
	Include $ROOT/apache/offhook-proxy-fcgi.conf
	END
	apache2 -f "$T/apache.conf" -k start || die "no Apache"
	wait_for 10 listening 8080 || die "no nginx"
	wait_for 10 listening 8081 || die "no Apache"
}

active() { # so many responders are running
	[ "$(systemctl list-units --state=running --no-legend --plain \
	    'offhook@*' | wc -l)" = "$1" ]
}

value() { # property, unit
	systemctl show -P "$1" "$2"
}

pids_of_all() {
	for u in $ALL; do
		value MainPID "$u"
	done
}

answered() { # description: by the socket, and it is stored
	new_sid SM
	sms "$sid"
	is "$status $(count "messages where sid = '$sid'")" '200 1' "$1"
}

everywhere() { # who keeps the pool
	answered "$1: a signed SMS on the socket is answered and stored"
	TRANSPORT=nginx HTTP_PORT=8080
	answered "$1: through nginx"
	TRANSPORT=proxy HTTP_PORT=8081
	answered "$1: through Apache"
	TRANSPORT=fcgi HTTP_PORT=8080
	is "$(stat -c '%a %U %G' "$SOCKET")" '660 www-data www-data' \
	    "$1: the socket is for the web server alone"
}

runs_it() { # pids; how many of them run the program that is in place
	for ri_p in $1; do
		stat -Lc %d:%i "/proc/$ri_p/exe"
	done | grep -cx "$(stat -c %d:%i "$PROGRAM")"
}

mkdir /etc/offhook
psql -XAtq -d postgres -c "create database $DB" || die "no database"
"$ROOT/sql/migrate" -d "$DB" >"$T/migrate.log" 2>&1 ||
    die "$(cat "$T/migrate.log")"
sql "alter role offhook_responder login password 'secret'"
echo 'offhook www-data offhook_responder' \
    >>"$SYSTEMD_HOST/pg/data/pg_ident.conf"
sql 'select pg_reload_conf()' >/dev/null
DATABASE_URL='postgresql:///app?host=/run/postgresql&user=offhook_responder'
route
settings
web_start

### With systemd

run 1 'cp offhook.socket'
run 1 'systemctl enable --now offhook.socket'
is "$(systemd-analyze verify /etc/systemd/system/offhook.socket \
    /etc/systemd/system/offhook@1.service \
    /etc/systemd/system/offhook.target 2>&1)" '' 'systemd-analyze verify'
below "$(systemd-analyze security offhook@1.service --no-pager |
    sed -n 's/.*exposure level.*: \([0-9]*\)\.\([0-9]\).*/\1\2/p')" 20 \
    'systemd-analyze security: below 2.0'
diag "$(systemd-analyze security offhook@1.service --no-pager | tail -n 1)"
ok '16 responders' wait_for 10 active 16
everywhere systemd
is "$(stat -c '%a %U' /var/lib/offhook /var/lib/offhook/routes)" \
    "700 www-data
600 www-data" 'the state folder is made and written'
is "$(systemctl list-unit-files --state=enabled --no-legend --plain \
    'offhook*' | awk '{ print $1 }' | tr '\n' ' ')" \
    'offhook.socket offhook.target ' 'both come up at the next boot'

load_start
sleep 1
cp "$BUILT" "$PROGRAM.new" && mv "$PROGRAM.new" "$PROGRAM"
is "$(runs_it "$(pids_of_all)")" 0 'a new version is in place, the old one runs'
run 1 "restart 'offhook@*'"
is "$(runs_it "$(pids_of_all)")" 16 'restarted: the new one runs'
sleep 1
systemctl restart offhook.target
sleep 1
load_stop
nothing_lost 'restarted under load'
sweep

pid=$(value MainPID offhook@3)
[ "$pid" = 0 ] || kill -KILL "$pid"
back() {
	[ "$(value MainPID offhook@3)" != "$pid" ] && active 16
}
ok 'one that was killed is back' wait_for 10 back

# The worker: a login of its own, a program as a destination.
sql 'alter role offhook_worker login'
echo 'offhook www-data offhook_worker' \
    >>"$SYSTEMD_HOST/pg/data/pg_ident.conf"
sql 'select pg_reload_conf()' >/dev/null
install -o www-data -m 600 /dev/null /etc/offhook/worker
echo "OFFHOOK_ADMIN_DATABASE_URL=postgresql:///app?host=/run/postgresql&user=offhook_worker" \
    >/etc/offhook/worker
mkdir /usr/local/lib/app
printf '#!/bin/sh\nexec cat >>/var/lib/offhook/told\n' >/usr/local/lib/app/told
chmod 755 /usr/local/lib/app/told
settings OFFHOOK_EXEC=/usr/local/lib/app
sql "select offhook.destination_add('app',
    '{\"exec\": [\"/usr/local/lib/app/told\"]}')" >/dev/null
run 1 'cp offhook-worker.service'
run 1 'systemctl enable --now offhook-worker.service'
is "$(systemd-analyze verify /etc/systemd/system/offhook-worker.service 2>&1)" \
    '' 'the worker: systemd-analyze verify'
below "$(systemd-analyze security offhook-worker.service --no-pager |
    sed -n 's/.*exposure level.*: \([0-9]*\)\.\([0-9]\).*/\1\2/p')" 20 \
    'the worker: systemd-analyze security: below 2.0'
working() {
	[ "$(value SubState offhook-worker)" = running ]
}
ok 'the worker says that it is ready' wait_for 10 working
delivered() {
	[ "$(sql "select count(*) from offhook.deliveries where sid = '$sid'
	    and state = 'delivered'")" = 1 ]
}
answered 'an SMS for the destination'
ok 'the worker delivers it' wait_for 10 delivered
like "$(cat /var/lib/offhook/told)" "$sid" 'the program was told of it'
pid=$(value MainPID offhook-worker)
kill -KILL "$pid"
worker_back() {
	working && [ "$(value MainPID offhook-worker)" != "$pid" ]
}
ok 'a worker that was killed is back' wait_for 10 worker_back
answered 'another SMS'
ok 'it delivers' wait_for 10 delivered
pid=$(value MainPID offhook-worker)
systemctl disable -q --now offhook-worker.service
is "$(value Result offhook-worker)" success 'the worker ends well'
is "$(sql "select count(*) from offhook.workers where pid = $pid")" 0 \
    'and has said good-bye'

# What is under way is finished, whatever is stopped.
hold todo
new_sid SM
ask held "$sid"
wait_for 5 waiting 1 || diag "the request does not wait"
systemctl stop --no-block offhook.socket offhook.target
ok 'stopped: the idle ones end at once' wait_for 2 active 0
let_go
wait "$asked"
is "$(cat "$T/held/status") $(count "messages where sid = '$sid'")" '200 1' \
    'stopped: the request under way is answered and stored'

# The target alone: the socket stays, and starts one.
systemctl start offhook.socket offhook.target
ok 'started again' wait_for 10 active 16
systemctl stop offhook.target
ok 'the target is stopped' wait_for 5 active 0
answered 'the next request starts offhook@1'
is "$(systemctl list-units --state=running --no-legend --plain 'offhook@*' |
    awk '{ print $1 }')" offhook@1.service 'it alone'
run 1 'systemctl stop'
ok 'no responder is left' active 0
new_sid SM
sms "$sid"
is "$status" none 'nor comes one by a request'
# What is enabled, as at a boot.
systemctl start sockets.target multi-user.target
ok 'as at a boot: 16 responders' wait_for 10 active 16

# Settings that are wrong, while requests come.
restarts() { # of all
	for u in $ALL; do
		value NRestarts "$u"
	done | awk '{ n += $1 } END { print n }'
}
tried_again() {
	[ "$(value NRestarts offhook@1)" -ge 2 ]
}
settings OFFHOOK_MAX_BODY=many
systemctl restart 'offhook@*'
ok 'wrong settings: tried again' wait_for 15 tried_again
n=$(restarts)
sleep 3
below "$(($(restarts) - n))" 33 'wrong settings: not faster than each 3 s'
run 1 'journalctl'
like "$(cat "$T/said")" 'offhook.fcgi.*OFFHOOK_MAX_BODY' \
    'wrong settings: the journal says which'
new_sid SM
ask early "$sid"
sleep 0.2
settings
wait "$asked"
is "$(cat "$T/early/status") $(count "messages where sid = '$sid'")" '200 1' \
    'mended: who asked before is answered'
ok 'mended: all are back without a command' wait_for 10 active 16
is "$(value ActiveState offhook.socket)" active 'the socket has stayed'

# Under all that the unit forbids.
reached() { # description, DATABASE_URL
	settings "DATABASE_URL=$2"
	systemctl restart 'offhook@*'
	answered "$1"
	is "$(sql "select string_agg(distinct ssl || coalesce(' ' || version,
	    ''), ',') from pg_stat_ssl join pg_stat_activity using (pid)
	    where usename = 'offhook_responder'")" "$3" "$1: $3"
}
install -m 644 "$SYSTEMD_HOST/tls/ca.pem" /etc/offhook/ca.pem
password=postgresql://offhook_responder:secret
tls="sslrootcert=/etc/offhook/ca.pem"
reached 'PostgreSQL by TLS' \
    "$password@db.example.net/app?sslmode=verify-full&$tls" 'true TLSv1.3'
perl "$ROOT/tests/systemd/dns" 127.0.0.3 127.0.0.2 &
at_exit "stop_pid $!"
rm -f /etc/resolv.conf
echo nameserver 127.0.0.3 >/etc/resolv.conf
reached 'PostgreSQL by a name that DNS knows' \
    "$password@dns.example.net/app?sslmode=verify-ca&$tls" 'true TLSv1.3'
settings
systemctl disable -q --now offhook.socket offhook.target

### Without systemd

pool() { # pids of its responders
	pgrep -P "$(cat /run/offhook.pid)"
}
pool_of() { # so many, running what is in place
	[ "$(runs_it "$(pool)")" = "$1" ]
}
rm -rf /run/offhook /var/lib/offhook
run 2 'install -d /run'
run 2 'install -d -o www-data -m 700'
run 2 'install -d -o www-data -m 750'
run 2 'spawn-fcgi -n'
ok '16 responders' wait_for 10 pool_of 16
everywhere spawn-fcgi
is "$(ps -o user= -p "$(pool | paste -sd,)" | sort -u)" www-data \
    'they are www-data'
pid=$(pool | head -n 1)
kill -KILL "$pid"
pool_back() {
	pool_of 16 && ! pool | grep -qx "$pid"
}
ok 'one that was killed is back' wait_for 10 pool_back
load_start -m 40000
cp "$BUILT" "$PROGRAM.new" && mv "$PROGRAM.new" "$PROGRAM"
run 2 'for p in'
ok 'a new version runs' wait_for 10 pool_of 16
load_stop
nothing_lost 'renewed under load'
sweep
settings OFFHOOK_MAX_BODY=many
faults() { # at least so many
	[ "$(grep -c OFFHOOK_MAX_BODY /var/log/offhook/pool.log)" -ge "$1" ]
}
for p in $(pool); do
	kill "$p"
done
ok 'wrong settings: the log says which' wait_for 10 faults 16
new_sid SM
ask waits "$sid"
ok 'wrong settings: tried again' wait_for 10 faults 48
nok 'wrong settings: not faster than each second' faults 80
settings
wait "$asked"
is "$(cat "$T/waits/status") $(count "messages where sid = '$sid'")" '200 1' \
    'mended: who asked before is answered'
ok 'mended: all are back' wait_for 10 pool_of 16
hold todo
new_sid SM
ask last "$sid"
wait_for 5 waiting 1 || diag "the request does not wait"
pids=$(pool)
run 2 'kill "$(cat'
one_left() {
	[ "$(pgrep -cx offhook.fcgi)" = 1 ]
}
ok 'ended: the idle ones at once' wait_for 2 one_left
let_go
wait "$asked"
is "$(cat "$T/last/status") $(count "messages where sid = '$sid'")" '200 1' \
    'ended: the request under way is answered and stored'
ok 'ended: all' wait_for 10 all_gone "$pids"
is "$(not_run)" '' 'every command of README was run'
done_testing
