#!/bin/sh
# docs/shared-hosting.md, followed command by command by a customer of a
# shared host (see tests/suexec/host); then what the guide says of it.
# shellcheck disable=SC2016 # what login is given is expanded there
[ -n "${SUEXEC_HOST:-}" ] || exec "${0%/*}/host" "$0"
TRANSPORT=apache
. "${0%/*}/../lib.sh"
GUIDE=$ROOT/docs/shared-hosting.md
TOKEN_A=your-auth-token
BASE=https://you.example.com
URI=/twilio/offhook.cgi
APACHE_PORT=80 HTTP_PORT=80
export APACHE_PORT HTTP_PORT
LOG=/var/log/apache2/error.log
mkdir "$T/server" "$T/guide"
ln -s "$LOG" "$T/server/error.log"

### The guide

# Its commands: those in ```sh KIND blocks of section N, one a file.
commands() { # section; prints file names
	awk -v section="$1" -v to="$T/guide/" '
	/^## / { here = ($2 == section ".") }
	/^```sh / && here { kind = $2; inside = 1; next }
	/^```/ { inside = 0 }
	inside && !going {
		n++
		file = sprintf("%s%s-%02d-%s", to, section, n, kind)
		print file
	}
	inside {
		print >file
		if (end == "" && match($0, /<<.?END/))
			end = "END"
		else if ($0 == end)
			end = ""
		going = end != "" || /[\\|]$/
		if (!going)
			close(file)
	}' "$GUIDE"
}

# What is copied to the host from elsewhere; the only thing that is not real.
scp() {
	while [ $# -gt 1 ]; do
		cp "$1" /home/you/ || return 1
		shift
	done
}

# follow SECTION: pastes its commands into a login shell on the host, or into
# one in the checkout; a test each.
follow() {
	# shellcheck disable=SC2046 # file names of ours
	set -- $(commands "$1")
	cp "$SUEXEC_HOST/tls/ca.pem" "$ROOT/"
	for f; do
		case $f in
		*-own)	paste "$f" ;;
		esac
	done
	(cd && login 'for f; do case $f in *-host)
		. "$f" >"$f.out" 2>&1; echo $? >"$f.rc" ;; esac; done' "$@")
	for f; do
		if [ "$(cat "$f.rc" 2>/dev/null)" = 0 ]; then
			pass "guide: $(head -n 1 "$f" | cut -c 1-70)"
		else
			fail "guide: $(head -n 1 "$f" | cut -c 1-70)" \
			    "exit $(cat "$f.rc" 2>/dev/null)" "$(cat "$f.out")"
		fi
	done
}

paste() { # file: a command of one's own machine
	(
		cd "$ROOT" || exit
		# shellcheck disable=SC1090 # made above
		. "$1"
	) >"$1.out" 2>&1 </dev/null
	echo $? >"$1.rc"
}

not_followed() { # prints the sections that have commands and were not
	sed -n 's/^## \([0-9]*\)\..*/\1/p' "$GUIDE" | while read -r f; do
		[ -z "$(commands "$f")" ] || [ -e "$T/guide/$f-01-own.rc" ] ||
		    [ -e "$T/guide/$f-01-host.rc" ] || echo "$f"
	done
}

said() { # section, part of the command; prints what it said
	said_f=$(grep -lF -e "$2" "$T/guide/$1"-*-host "$T/guide/$1"-*-own \
	    2>/dev/null | tail -n 1)
	cat "$said_f.out"
}

login() { # command line, arguments: as after ssh
	login_c=$1
	shift
	env -i HOME=/home/you USER=you LOGNAME=you SHELL=/bin/sh \
	    PATH=/usr/local/bin:/usr/bin:/bin \
	    sh -c "$login_c" sh "$@" </dev/null
}

rows() { # statement, as the customer asks it
	login 'set -a; . offhook/offhook.conf
	    psql -XAtqd "$DATABASE_URL" -c "$1"' "$1" 2>&1
}

settings() { # sed script for offhook.conf; the old one is kept
	[ -f "$T/kept.conf" ] || cp -p offhook/offhook.conf "$T/kept.conf"
	# Without a spool, which would take what Postgres does not.
	(umask 077; { sed "$1" "$T/kept.conf" && echo OFFHOOK_SPOOL=; } \
	    >"$T/new.conf")
	mv "$T/new.conf" offhook/offhook.conf
}
settings_back() {
	cp -p "$T/kept.conf" offhook/offhook.conf
}

mark() { # what comes next in the log is what the test is about
	log_at=$(wc -l <"$LOG")
}
logged() {
	tail -n +"$((log_at + 1))" "$LOG"
}

cd || exit 1
is "$(grep -c '^```sh' "$GUIDE")" "$(grep -cE '^```sh (own|host)$' "$GUIDE")" \
    'every command of the guide says where it is pasted'

follow 1
like "$(tar -tzf "$ROOT/build/host/offhook.tar.gz")" 'lib/libfcgi\.so\.0' \
    'the archive brings the libraries'
follow 2
like "$(ldd offhook/lib/offhook/cgi-bin/offhook.fcgi)" \
    '/home/you/offhook/.*libfcgi' 'the responder takes its own libfcgi'
like "$(ldd offhook/bin/offhook)" '/home/you/offhook/.*libpq' \
    'the command line takes its own libpq'
follow 3
is "$(stat -c %a offhook/offhook.conf)" 600 'the settings are for you alone'
follow 4
like "$(said 4 migrate)" 'migrate: done' 'the schema is there'
is "$(rows "select ssl, version from pg_stat_ssl where pid = pg_backend_pid()")" \
    't|TLSv1.3' 'the database is reached by TLS'
is "$(rows 'select rolcreaterole or rolsuper or rolcreatedb from pg_roles
    where rolname = current_user')" f 'by a role that may make no others'
follow 5
follow 6
like "$(said 6 'send sms')" 'status +200' 'the guide'\''s SMS is answered 200'
like "$(said 6 'send sms')" 'Thank you, we read this' 'with the route'
like "$(said 6 'request list')" 'message.inbound' 'and is listed'
like "$(said 6 doctor)" '^warn .*one-role' 'doctor says what one role means'
unlike "$(said 6 doctor)" '^BAD' 'and finds nothing bad'
like "$(said 6 'offhook url')" \
    'https://you.example.com/twilio/offhook.cgi#rc=' 'the URLs for Twilio'
is "$(rows 'select count(*) from offhook.events')" 1 'one row'
is "$(stat -c '%a %U' offhook/state)" '700 you' 'the state folder is made'
follow 7
login 'crontab -l' >"$T/crontab"
like "$(cat "$T/crontab")" 'house keep' 'the line is in the crontab'

# The same line, each minute: cron itself runs it while the rest is tested.
sed 's/^17 3 /* * /' "$T/crontab" >"$T/crontab.new"
login 'crontab "$1"' "$T/crontab.new"
parts="select count(*) from pg_inherits
    where inhparent = 'offhook.event'::regclass"
parts_made=$(rows "$parts")
rows "drop table offhook.event_$(date -u -d "$(date -u +%Y-%m-15) +1 month" \
    +%Y%m)"

### The same, as CGI and as FastCGI

seen() { # SID; how often it is stored
	rows "select count(*) from offhook.messages where sid = '$1'"
}

forged() { # SID
	TOKEN_A=forged
	sms "$@"
	TOKEN_A=your-auth-token
}

answers() { # name for the descriptions
	new_sid SM
	sms "$sid"
	is "$status" 200 "$1: a signed SMS"
	answers_first=$body
	sms "$sid"
	is "$status $body" "200 $answers_first" "$1: once more, the same reply"
	is "$(seen "$sid")" 1 "$1: and one row"
	new_sid SM
	forged "$sid"
	is "$status" 403 "$1: forged"
	is "$(seen "$sid")" 0 "$1: and no row"
	like "$(login 'offhook/bin/offhook request list --rejected')" \
	    'no token fits|signature' "$1: it is among the rejected"
	URI='/twilio/offhook.cgi/menu%20a//b?x=%7e'
	new_sid CA
	call "$sid"
	URI=/twilio/offhook.cgi
	is "$status" 200 "$1: path and query below it, byte for byte"
	signed POST "$URI/a%2Fb" -p a=b
	is "$status" 404 "$1: %2F in the path is refused by Apache"
	like "$(login 'offhook/bin/offhook send sms --repeat 20 --parallel 5 \
	    https://you.example.com/twilio/offhook.cgi')" 'answered_2xx +20$' \
	    "$1: twenty times by TLS, five at once"
}

refuses() { # name, command that makes the settings count
	settings '$a OFFHOOK_BASIC_AUTH=me:secret' && $2
	new_sid SM
	sms "$sid"
	is "$status" 401 "$1: Basic auth is asked"
	sms "$sid" -H "Authorization: Basic $(printf me:secret | base64)"
	is "$status" 200 "$1: and passed on to the responder"
	mark
	settings 's,/offhook/ca.pem,/other.pem,' && $2
	new_sid SM
	sms "$sid"
	is "$status" 503 "$1: another CA"
	like "$(logged)" 'not stored.*certificate verify failed' \
	    "$1: the log says why"
	mark
	settings 's,@db.example.net/,@wrong.example.net/,
	    s,verify-full,&\&hostaddr=127.0.0.2,' && $2
	sms "$sid"
	is "$status" 503 "$1: a certificate of another name"
	like "$(logged)" 'not stored.*does not match host name' \
	    "$1: the log says why"
	settings 's,verify-full,&\&hostaddr=127.0.0.2,' && $2
	sms "$sid"
	is "$status" 200 "$1: hostaddr with the right name"
	settings 's,verify-full,&\&ssl_max_protocol_version=TLSv1.2,' && $2
	sms "$sid"
	is "$status" 200 "$1: TLS 1.2"
	mark
	settings 's,^PGPASSWORD=.*,PGPASSWORD=wrong-secret,' && $2
	sms "$sid"
	is "$status" 503 "$1: a wrong password"
	like "$(logged)" 'not stored.*password authentication failed' \
	    "$1: the log says why"
	unlike "$(logged)" 'wrong-secret' "$1: without the password"
	mark
	settings_back
	chmod 644 offhook/offhook.conf && $2
	sms "$sid"
	is "$status" 500 "$1: settings that others can read"
	like "$(logged)" 'others can read these secrets; run: chmod 600' \
	    "$1: the log says what to run"
	settings_back && $2
	sms "$sid"
	is "$status" 200 "$1: all is well again"
}

cp "$SUEXEC_HOST/tls/other.pem" /home/you/other.pem
answers cgi
refuses cgi :
request GET /offhook.conf
is "$status" 404 'the settings are not served'
request GET /twilio/.htaccess
is "$status" 403 '.htaccess is not served'

# The role may have so many connections; each CGI request takes one.
mkdir "$T/held"
holder() { # number: holds a connection, as soon as there is one
	login 'set -a; . offhook/offhook.conf
	    hold="touch $1/$2; while [ -d $1 ]; do sleep 0.1; done"
	    until psql -XAtqd "$DATABASE_URL" -c "\\! $hold"; do
		sleep 0.1
	    done' "$T/held" "$1" 2>/dev/null
}
limit=$(rows 'select rolconnlimit from pg_roles
    where rolname = current_user')
holders=
for i in $(seq "$limit"); do
	holder "$i" &
	holders="$holders $!"
done
all_held() {
	[ "$(find "$T/held" -type f | wc -l)" = "$limit" ]
}
wait_for 60 all_held || diag "the role's connections are not used up"
settings ''
mark
new_sid SM
sms "$sid"
is "$status" 503 'no connection left'
like "$(logged)" 'not stored.*too many connections' 'the log says why'
rm -r "$T/held"
# shellcheck disable=SC2086 # pids
wait $holders
stored() {
	sms "$sid"
	[ "$status" = 200 ]
}
ok 'the next try is stored' wait_for 10 stored
settings_back

### What suexec leaves of the environment, and what it refuses

cat >public_html/twilio/env.cgi <<'END'
#!/bin/sh
printf 'Content-Type: text/plain\n\n'
env
id -un
END
chmod 755 public_html/twilio/env.cgi
cp -p public_html/twilio/.htaccess "$T/htaccess"
echo 'SetEnv OFFHOOK_CONFIG /home/you/offhook/offhook.conf' \
    >>public_html/twilio/.htaccess
request GET /twilio/env.cgi -H 'X-Twilio-Signature: x'
like "$body" '^you$' 'suexec: programs run as you'
like "$body" '^HTTP_X_TWILIO_SIGNATURE=x$' 'suexec: headers pass'
unlike "$body" '^HOME=' 'suexec: no HOME'
unlike "$body" '^OFFHOOK_CONFIG=' 'suexec: SetEnv does not pass'
request GET /twilio/env.cgi -H 'Host: plain.example.com'
like "$body" '^www-data$' 'without suexec: as the web server'
like "$body" '^OFFHOOK_CONFIG=' 'without suexec: SetEnv passes'
cp -p "$T/htaccess" public_html/twilio/.htaccess
rm public_html/twilio/env.cgi

refused() { # description, reason in suexec's log
	new_sid SM
	sms "$sid"
	is "$status" 500 "suexec refuses $1"
	like "$(tail -n 1 /var/log/apache2/suexec.log)" "$2" 'its log says why'
}
mv public_html/twilio/offhook.cgi offhook/kept.cgi
cp -p offhook/kept.cgi public_html/twilio/offhook.cgi
chmod 775 public_html/twilio/offhook.cgi
refused 'a program that others may write' 'file is writable by others'
chmod 755 public_html/twilio/offhook.cgi
chmod 775 public_html/twilio
refused 'a folder that others may write' 'directory is writable by others'
chmod 755 public_html/twilio
ln -sf /home/you/offhook/kept.cgi public_html/twilio/offhook.cgi
refused 'a symbolic link' 'cannot stat program'
rm public_html/twilio/offhook.cgi
mv offhook/kept.cgi public_html/twilio/offhook.cgi
URI='/~you/twilio/offhook.cgi'
new_sid SM
settings "s,example.com/twilio.*,example.com',"
sms "$sid" -H 'Host: host.example.com'
is "$status" 200 'the same by ~you (mod_userdir)'
settings_back
URI=/twilio/offhook.cgi
mark
sms "$sid" -H 'Host: plain.example.com'
is "$status" 500 'a host that runs programs as one shared user'
like "$(logged)" 'cannot be read by this user' 'the log says why'

### A new version, FastCGI, and a new version of that

follow 8
answers 'upgraded'
processes() { # pids of those that stay
	pgrep -u you -f '^/home/you/offhook/lib/offhook/cgi-bin/offhook.fcgi'
}
is "$(processes)" '' 'cgi: no process stays'
follow 10
like "$(said 10 'send sms')" 'status +200' 'the guide'\''s SMS is answered 200'
like "$(said 10 'send sms')" 'Thank you, we read this' 'with the route'
pids=$(processes)
like "$pids" '^[0-9]+$' 'fcgid: processes stay'
env_=$(tr '\0' '\n' <"/proc/${pids%%[!0-9]*}/environ")
like "$env_" '^OFFHOOK_CONFIG=/home/you/offhook/offhook.conf$' \
    'fcgid: the wrapper gives it OFFHOOK_CONFIG'
unlike "$env_" '^HOME=' 'fcgid: no HOME'
new_sid SM
sms "$sid"
is "$status $(processes)" "200 $pids" 'fcgid: they serve the next request'
new_processes() { # as the end of section 8; the old ones end at once
	new_old=$(processes)
	login 'cp -p public_html/twilio/offhook.cgi public_html/twilio/.new
	    mv -f public_html/twilio/.new public_html/twilio/offhook.cgi'
	for p in $new_old; do
		stop_pid "$p"
	done
}
answers fcgid
refuses fcgid new_processes
head -c 140000 /dev/zero | tr '\0' a >"$T/large"
request POST "$URI" -f "$T/large" \
    -H 'Content-Type: application/x-www-form-urlencoded'
is "$status" 500 'fcgid: above 131072 bytes it is mod_fcgid that answers'
mark
sms "$sid" -H 'Host: plain.example.com'
is "$status" 500 'fcgid on a host that runs programs as one user'
like "$(logged)" 'cannot be read by this user' 'the log says why'
for d in 'FcgidInitialEnv A b' 'FcgidMaxRequestLen 1' \
    'FcgidPassHeader Authorization' 'AllowEncodedSlashes On'; do
	echo "$d" >>public_html/twilio/.htaccess
	mark
	sms "$sid"
	is "$status" 500 "${d%% *} in .htaccess"
	like "$(logged)" 'not allowed here' 'is refused'
	sed -i '$d' public_html/twilio/.htaccess
done
sed -i /^FcgidWrapper/d public_html/twilio/.htaccess
new_processes
sms "$sid"
is "$status" 200 'fcgid: offhook.cgi is a wrapper even without FcgidWrapper'
old=$(processes)
follow 8
sms "$sid"
is "$status" 200 'upgraded: the same message'
isnt "$(processes | grep -vxF "$old")" '' 'by a process of the new version'

### Housekeeping

made() {
	[ "$(rows "$parts")" = "$parts_made" ]
}
ok 'cron made the partition that was missing' wait_for 90 made
is "$(not_followed)" '' 'every section of the guide was followed'
done_testing
