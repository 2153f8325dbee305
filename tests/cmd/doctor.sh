#!/bin/sh
# offhook doctor through real web servers that are set up wrongly, one fault
# at a time: each is found, with its fix; and a clean one, where nothing is.
set -u
TRANSPORT=apache
OWN_CLUSTER=1
. "${0%/*}/../lib.sh"
TOKEN_A=doctor-token-$$	# that no other process has among its arguments

database
# The harness's own names would be unknown settings.
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
extra() { # standard input: more lines for the web server's configuration
	mkdir -p "$T/server"
	cat >"$T/server/extra.conf"
}
start() { # settings; sets HERE, where the server listens now
	responder "$@"
	HERE=http://127.0.0.1:$HTTP_PORT
}
CROWD=0 # most findings need no crowd of requests, which takes time
doctor() { # arguments; sets out, rc, bad (the names of what is BAD)
	out=$("$OFFHOOK" doctor --at-once "$CROWD" "$@" 2>&1 </dev/null)
	rc=$?
	bad=$(printf '%s\n' "$out" | sed -n 's/^BAD  \(.\{11\}\).*/\1/p' |
	    sed 's/ *$//')
}
found() { # state, check, text, description
	like "$out" "^$1 +$2 .*$3" "$4"
}

# All is well.
extra </dev/null
start
CROWD=24
doctor --connect "$HERE"
CROWD=0
is "$rc" 0 "a good set-up: exit status 0"
is "$bad" '' "nothing is bad"
unlike "$out" '^warn' "nor worth a warning"
found ok reach "https://hooks\.example\.test/twilio: offhook .* fcgi, as $(id -un), by Apache" \
    "it goes through the web server"
found ok responder 'its own connection to the database works' \
    "the responder's own connection"
found ok headers 'signature, token and type arrive' "headers arrive"
found ok signature 'would be accepted' "the signature fits"
found ok 'odd URLs' '%2F' "odd URLs pass"
found ok body '262144 bytes' "the largest body passes"
found ok processes '24 requests at once.* the slowest [0-9]{3,4} ms' \
    "many at once do not stall"
found ok libfcgi '[0-9]' "libfcgi's version is looked at"
is "$(count events)" 0 "nothing was stored"
is "$("$OFFHOOK" request list --rejected 2>/dev/null | wc -l)" 0 \
    "and nothing rejected"
unlike "$out" "$TOKEN_A" "no secret is shown"

# The URLs as pasted.
doctor "$BASE/twilio#rc=2&rp=ct,rt,5xx&ct=2000&rt=4000" --connect "$HERE"
is "$rc" 0 "a URL as offhook url prints it"
found ok pasted 'retries: #rc=2' "its retries are seen"
doctor "$BASE/twilio" --connect "$HERE"
is "$rc" 0 "a URL without retries is no error"
found warn pasted "paste $BASE/twilio#rc=2&rp=ct,rt,5xx" \
    "but a warning, with the URL to paste"
doctor "$BASE/twilio#rc=2&rp=ct" --connect "$HERE"
found warn pasted '503 is not tried again' "retries without 5xx"
doctor "http://hooks.example.test/twilio" --connect "$HERE"
found warn pasted 'http:// shows' "http://"
found BAD pasted 'scheme http is not that' "a scheme that is not signed"
found BAD signature 'signature-mismatch' "and its signature is refused"
doctor "https://other.example.test/twilio" --connect "$HERE"
found BAD pasted 'other.example.test is none of OFFHOOK_PUBLIC_URL' \
    "another host"
unlike "$out" ' (reach|signature) ' "which gets no password and no signature"
doctor "https://u:p@hooks.example.test/twilio" --connect "$HERE"
found warn pasted 'a password that nobody asks' "a password too much"
doctor "hooks.example.test" --connect "$HERE"
is "$rc" 1 "no URL at all"
found BAD pasted 'the URL given: ' "is told"
doctor "$BASE/wrong" --connect "$HERE"
found BAD reach "$BASE/wrong: nothing is mounted.*404 .*--path" "a wrong path"
doctor --path /wrong --connect "$HERE"
is "$rc" 1 "--path is where it looks"
doctor --connect http://127.0.0.1:1
is "$rc" 1 "nobody listens"
found BAD reach '127\.0\.0\.1.*start the web server' "is told"

# Passwords and tokens in URLs.
start OFFHOOK_BASIC_AUTH=tw:pass-1 OFFHOOK_URL_TOKEN=url-token-1
URL=$("$OFFHOOK" url --secrets 2>/dev/null | sed -n '2s/^ *//p')
doctor "$URL" --connect "$HERE"
is "$rc" 0 "the URL with its secrets"
found ok headers 'authorization' "Authorization arrives"
unlike "$out" 'pass-1|url-token-1' "secrets are masked"
doctor --connect "$HERE"
is "$rc" 0 "without a URL given, too"
unlike "$out" 'pass-1|url-token-1' "masked there, too"
doctor "$BASE/twilio" --connect "$HERE"
found BAD pasted 'no user:password@' "a missing password"
found BAD pasted 'token= is missing' "a missing token"
found BAD signature 'url-token.*offhook url --secrets' "it would be refused"

# Faults of the web server, one at a time.
extra <<END
FcgidMaxRequestLen 131072
AllowEncodedSlashes Off
END
start
doctor --connect "$HERE"
is "$bad" body "a limit below OFFHOOK_MAX_BODY"
found BAD body '262144 bytes.* 500 .*FcgidMaxRequestLen 1048576' \
    "with the setting"
found warn 'odd URLs' '%2F in the path is refused: status 404.*AllowEncodedSlashes NoDecode' \
    "%2F refused, with the setting"
extra <<END
LimitRequestBody 100000
FcgidMaxProcesses 2
FcgidMaxProcessesPerClass 2
FcgidMinProcessesPerClass 1
END
start
CROWD=12
doctor --connect "$HERE"
CROWD=0
found BAD body 'LimitRequestBody 1048576' "a body that Apache leaves out"
found warn processes '2 processes, the slowest [0-9]{4,5} ms; mod_fcgid: FcgidMaxProcessesPerClass' \
    "too few processes stall"

# The configuration without one of its lines.
without() { # regular expression, settings: starts without these lines
	w_re=$1
	shift
	mkdir -p "$T/top/apache"
	for w_f in "$ROOT"/apache/*; do
		grep -Ev "$w_re" "$w_f" >"$T/top/apache/${w_f##*/}"
	done
	w_root=$ROOT
	ROOT=$T/top
	start "$@"
	ROOT=$w_root
}
extra </dev/null
without FcgidPassHeader OFFHOOK_BASIC_AUTH=tw:pass-1
doctor --connect "$HERE"
found BAD headers 'Authorization does not arrive.*CGIPassAuth On.*FcgidPassHeader' \
    "Authorization dropped, with the settings"
found BAD signature 'basic-auth' "so that all would be refused"

# Proxies before it, each with a fault of its own.
HTTP_PORT_WANTED=$(free_port)
P=$(free_port) P2=$(free_port) P3=$(free_port) P4=$(free_port)
mods=/usr/lib/apache2/modules
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$T/key.pem" \
    -out "$T/cert.pem" -days 30 -subj /CN=hooks.example.test \
    >/dev/null 2>&1
mkdir -p "$T/server/htdocs"
echo hello >"$T/server/htdocs/index.html"
extra <<END
LoadModule proxy_module $mods/mod_proxy.so
LoadModule proxy_http_module $mods/mod_proxy_http.so
LoadModule headers_module $mods/mod_headers.so
LoadModule ssl_module $mods/mod_ssl.so
Listen 127.0.0.1:$P
Listen 127.0.0.1:$P2
Listen 127.0.0.1:$P3
Listen 127.0.0.1:$P4
<VirtualHost 127.0.0.1:$P>
	ProxyPreserveHost On
	ProxyPass /gw/ http://127.0.0.1:$HTTP_PORT_WANTED/
	ProxyPass /in http://127.0.0.1:$HTTP_PORT_WANTED/twilio/in
	ProxyPass /less/ http://127.0.0.1:$HTTP_PORT_WANTED/twilio/less/
	<Location /less/>
		RequestHeader unset X-Twilio-Signature
		RequestHeader unset I-Twilio-Idempotency-Token
	</Location>
	ProxyPass /blind http://127.0.0.1:$HTTP_PORT_WANTED/twilio
	<Location /blind>
		RequestHeader unset X-Offhook-Probe
	</Location>
	ProxyPass /away http://127.0.0.1:1/
	Redirect 301 /moved https://hooks.example.test/twilio
	Redirect 301 /same https://hooks.example.test/same
	Redirect 403 /closed
	<Location /page.html>
		Require all granted
	</Location>
</VirtualHost>
<VirtualHost 127.0.0.1:$P2>
	SSLEngine on
	SSLCertificateFile $T/cert.pem
	SSLCertificateKeyFile $T/key.pem
</VirtualHost>
<VirtualHost 127.0.0.1:$P3>
	ProxyPreserveHost On
	ProxyPass / http://127.0.0.1:$HTTP_PORT_WANTED/
</VirtualHost>
<VirtualHost 127.0.0.1:$P4>
	DocumentRoot $T/server/htdocs
	<Directory $T/server/htdocs>
		Require all granted
	</Directory>
	Alias /twilio $T/server/htdocs/index.html
	<Location /twilio>
		SetHandler default-handler
		Require all granted
	</Location>
</VirtualHost>
END
start
through() { # path, options: doctor through the first proxy
	t_path=$1
	shift
	doctor --path "$t_path" --connect "http://127.0.0.1:$P" "$@"
}
through /gw/twilio
found BAD path 'strips /gw: /gw/twilio arrives as /twilio.*OFFHOOK_PUBLIC_URL=https://HOST/gw and call offhook url and doctor with --path /twilio' \
    "a prefix stripped, with the setting"
through /in
found BAD path 'puts /twilio before it: /in arrives as /twilio/in' \
    "a prefix put before it"
through /less/
found BAD headers 'X-Twilio-Signature does not arrive' "a header dropped"
found warn headers 'I-Twilio-Idempotency-Token does not arrive' "another one"
through /blind
found BAD reach 'takes no probe.*X-Offhook-Probe' "the probe's header dropped"
is "$(count events)" 0 "of which nothing was stored"
through /away
found BAD reach '503 .*start its processes' "nobody behind the proxy"
through /moved
found BAD reach 'redirects .*301.* to https://hooks.example.test/twilio; a redirect loses the POST' \
    "a redirect"
through /same
found BAD reach 'you connected by http.*--connect https://127\.0\.0\.1:443' \
    "a redirect from http to https is not Twilio's"
through /closed
found BAD reach 'the web server refuses .*403' "closed by the server"
doctor --connect "https://127.0.0.1:$P2"
found BAD reach 'certificate.*Twilio refuses it' "a certificate of nobody's"
# Trusted, among as many certificates as any machine has: the time that
# it takes here to read them is not the server's.
cat >"$T/bundle.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

FILE *
fopen(const char *path, const char *mode)
{
	FILE	*(*next)(const char *, const char *) = dlsym(RTLD_NEXT,
		    "fopen");

	return next(strstr(path, "/ca-certificates.crt") != NULL ?
	    getenv("BUNDLE") : path, mode);
}

FILE *
fopen64(const char *path, const char *mode)
{
	return fopen(path, mode);
}
END
"${CC:-cc}" -shared -fPIC -o "$T/bundle.so" "$T/bundle.c" -ldl ||
    die "no compiler"
i=0
while [ $((i += 1)) -le 500 ]; do
	cat "$T/cert.pem"
done >"$T/bundle.pem"
CROWD=24
out=$(BUNDLE=$T/bundle.pem LD_PRELOAD=$T/bundle.so \
    ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 \
    "$OFFHOOK" doctor --at-once 24 --connect "https://127.0.0.1:$P2" 2>&1)
CROWD=0
found ok reach 'https://hooks' "a trusted certificate"
found ok certificate 'valid until' "and its end"
found ok processes '24 requests at once.* the slowest [0-9]{3,4} ms' \
    "many at once over TLS: what they cost here is not counted"
doctor --connect "https://127.0.0.1:$P"
found BAD reach 'TLS' "no TLS at all"
doctor --connect "http://127.0.0.1:$P3"
found warn 'odd URLs' '%(2F|7E)' "a proxy that mends URLs"
doctor --connect "http://127.0.0.1:$P4"
found BAD reach 'another program answers' "another program"
start "OFFHOOK_PUBLIC_URL=$BASE/gw"
through /twilio
is "$bad" '' "with the prefix in OFFHOOK_PUBLIC_URL all is well"
out=$("$OFFHOOK" url --path /twilio 2>/dev/null)
like "$out" "^ *$BASE/gw/twilio#" "and offhook url prints it with --path"
doctor --path /twilio --connect "http://127.0.0.1:$P"
is "$bad" '' "so that one --path is right for both"
unset HTTP_PORT_WANTED

# Settings, files and rights.
extra </dev/null
start
chmod 644 "$CONFIG"
doctor --connect "$HERE"
is "$rc" 1 "settings that all can read: exit status 1"
found BAD settings 'chmod 600' "with the fix"
chmod 600 "$CONFIG"
cp "$CONFIG" "$T/server/htdocs/other.conf"
chmod 600 "$T/server/htdocs/other.conf"
OFFHOOK_CONFIG=$T/server/htdocs/other.conf
doctor --connect "$HERE"
found warn program "it reads $CONFIG, and this command $T/server" \
    "other settings than the responder's"
CONFIG_WAS=$CONFIG
CONFIG=$T/server/htdocs/other.conf
responder_start
HERE=http://127.0.0.1:$HTTP_PORT
doctor --connect "$HERE"
found BAD settings 'lies below the document root' "settings in the docroot"
CONFIG=$CONFIG_WAS
OFFHOOK_CONFIG=$CONFIG
rm "$T/server/htdocs/other.conf"
start
sed 's/^TWILIO_AUTH_TOKEN=.*/TWILIO_AUTH_TOKEN=another/' "$CONFIG" \
    >"$T/wrong.conf"
chmod 600 "$T/wrong.conf"
doctor --connect "$HERE" --config "$T/wrong.conf"
found BAD reach 'takes no probe.*another TWILIO_AUTH_TOKEN' "another token"
chmod 755 "$T/state"
doctor --connect "$HERE"
found warn state 'chmod 700' "a state folder open to others"
chmod 700 "$T/state"
request POST /twilio -d a=b	# rejected
chmod 644 "$T/state/rejected.ring"
doctor --connect "$HERE"
found BAD state 'others can read .*rejected.ring.*chmod 600' \
    "rejected requests that all can read"
chmod 600 "$T/state/rejected.ring"
echo '*:*:*:*:x' >"$T/pgpass"
chmod 644 "$T/pgpass"
start "DATABASE_URL=$DATABASE_URL&passfile=$T/pgpass"
doctor --connect "$HERE"
found BAD secrets "passfile $T/pgpass, mode 644.*chmod 600" \
    "a password file that all can read"
chmod 600 "$T/pgpass"
doctor --connect "$HERE"
found ok secrets 'passfile' "and mended"
start 'OFFHOOK_PUBLIC_URL=https://hooks.example.test/twilio?x=1#rc=2'
doctor --connect "$HERE"
found warn 'public URL' 'behind \? or # .* is not used' \
    "a query in OFFHOOK_PUBLIC_URL"
out=$("$OFFHOOK" config check 2>&1)
is "$?" 0 "config check goes on"
like "$out" 'OFFHOOK_PUBLIC_URL.*is not used' "and says so, too"
start OFFHOOK_PUBLIC_URL
doctor
found warn reach 'no URL is known' "no URL at all"
doctor "https://hooks.example.test/twilio" --connect "$HERE"
found BAD signature 'takes its URL for http://hooks.example.test' \
    "a scheme that the server does not know"
conf "OFFHOOK_STATE=$T/none/state"
out=$("$OFFHOOK" config check 2>&1)
is "$?" 1 "config check: a folder that cannot be made"
like "$out" "$T/none/state.*mkdir" "with the fix"

# A log that is not there, or not for us.
start
doctor --connect "$HERE" --go-live --log "$T/no.log"
is "$rc" 0 "a log that cannot be read stops nothing"
found warn log "no.log: No such file.*as root" "and is told"

# What the responder has read, and what stands in the file since.
start "DATABASE_URL=$(url_of nowhere offhook_responder)" OFFHOOK_SPOOL=
doctor --connect "$HERE"
is "$bad" "database
responder" "a wrong database, here and there"
found BAD responder 'nowhere.*see .database. above' "both are one fault"
conf
doctor --connect "$HERE" --go-live
is "$rc" 1 "mended, and not restarted: exit status 1"
is "$bad" "responder" "the responder's own connection is tried"
found BAD responder 'its own connection to the database fails: .*nowhere.*; restart it' \
    "with the fix"
found warn responder "settings are older than $CONFIG" "and its cause"
new_sid SM
sms "$sid"
is "$status" 503 "it would have lost this one"
start
doctor --connect "$HERE"
is "$bad" '' "restarted: nothing is bad"
unlike "$out" '^warn' "nor worth a warning"
touch "$CONFIG"
doctor --connect "$HERE"
found warn responder 'older than' "a file that was changed since"
start "DATABASE_URL=dbname=$DB user=offhook_responder"
doctor --connect "$HERE"
is "$bad" responder "an environment that the responder has not"
found BAD responder "this command's works: restart it .*environment differs" \
    "is told as such"
TRANSPORT=cgid
start "DATABASE_URL=dbname=$DB user=offhook_responder"
doctor --connect "$HERE"
found BAD responder "this command's works: what differs is its environment" \
    "plain CGI: no restart would help"
responder_stop
# A pool of which one half was restarted: whoever answers first.
TRANSPORT=proxy
start
touch -d '1 minute ago' "$CONFIG"
pool_pids "$T/server" | head -n 8 | xargs kill
partly() {
	doctor --connect "$HERE"
	printf '%s\n' "$out" | grep -Eq \
	    '^warn responder .*settings of [0-9]+ of [0-9]+ processes are old'
}
CROWD=32
ok "settings of some of a pool's processes are old" wait_for 20 partly
POOL_WAS=$POOL
POOL=1
start
CROWD=17
doctor --connect "$HERE"
CROWD=0
found warn processes '1 processes, .*packaging/README: offhook.target .*multiwatch -f' \
    "a pool that is too small: its own setting"
unlike "$out" Fcgid "and no other's"
POOL=$POOL_WAS
responder_stop
TRANSPORT=nginx
start
chmod 0 "$ss_sock/pool"
doctor --connect "$HERE"
found BAD reach '502 .*write to their FastCGI socket.*error_log' \
    "a socket that the web server may not open"
chmod 660 "$ss_sock/pool"
responder_stop
TRANSPORT=apache

# The database.
start
(cd "$T/pg/data" && echo 'local all locked scram-sha-256' >hba &&
    cat pg_hba.conf >>hba && mv hba pg_hba.conf)
sql "create role locked login password 'one'" >/dev/null
sql 'select pg_reload_conf()' >/dev/null
conf "DATABASE_URL=$(url_of "$DB" locked)&password=two"
locked() {
	doctor --connect "$HERE"
	printf '%s\n' "$out" | grep -q 'password authentication'
}
ok "a wrong password" wait_for 5 locked
found BAD database 'password authentication failed.*alter role .* password' \
    "one cause, with its fix"
unlike "$out" 'pg_hba' "and no other"
conf "DATABASE_URL=$(url_of "$DB" locked)"
doctor --connect "$HERE"
found BAD database 'no password supplied; write the password' "no password"
conf "OFFHOOK_ADMIN_DATABASE_URL=$DATABASE_URL"
out=$("$OFFHOOK" request list 2>&1)
is "$?" 1 "request list without rights"
like "$out" 'permission denied' "the reason"
unlike "$out" 'No request' "and nothing that nobody knows"
start
sql "drop table offhook.event_$(date -u +%Y%m)" >/dev/null
doctor --connect "$HERE"
found warn partitions 'none for this month' "a partition is missing"
sql "update offhook.house_state set at = now() - interval '3 days'
    where name = 'keep';
    insert into offhook.event (id, received_at, bucket, key, account, kind,
    verdict, method, format) values (gen_random_uuid(), '2021-05-11', 1,
    gen_random_uuid(), '$A', 'other', 'recorded', 'POST', 'form')" >/dev/null
doctor --connect "$HERE"
found warn house 'not kept since .*cron: offhook house keep' \
    "nobody has kept house for two days"
found warn house 'event_default has rows since 2021-05-11T' \
    "the default partition is in use"
sql 'select offhook.make_partitions(2)' >/dev/null
doctor --connect "$HERE"
found warn house '1 tables .* set aside' "rows are set aside"
"$OFFHOOK" house keep >/dev/null
doctor --connect "$HERE"
found ok house 'kept, or installed, at 20' "house keep puts it right"
is "$(printf '%s\n' "$out" | grep -c '^warn  *house')" 0 "all of it"
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of nowhere postgres)"
doctor --connect "$HERE"
found BAD admin 'nowhere.*OFFHOOK_ADMIN_DATABASE_URL' \
    "a wrong connection of the administrator"
unlike "$out" 'run sql/migrate' "is not taken for an old schema"
conf "DATABASE_URL=$ADMIN_URL"
doctor --connect "$HERE"
found warn role 'superuser' "a responder with all rights"

# Going live.
secret() { # makes a file with the token in it, as a programmer would
	mkdir -p "$T/docs/deep"
	echo "\$token = '$TOKEN_A';" >"$T/docs/deep/app.php"
}
mkdir -p "$T/docs"
echo nothing >"$T/docs/x"
start
doctor --go-live --connect "$HERE" --docroot "$T/docs" \
    "$BASE/twilio#rc=2&rp=ct,rt,5xx"
is "$rc" 0 "--go-live: all is well"
is "$bad" '' "nothing is bad"
found ok signature 'without one: 403; with a forged one: 403' \
    "forged requests are refused"
found ok token 'arguments of none of [0-9]+ processes' "arguments"
found ok token "files below $BUILD/cgi-bin" "the program's folder"
found ok token "files below $T/server/htdocs" "the server's documents"
found ok token "files below $T/docs" "a folder of one's own"
found ok 'reply time' 'measured by 20 probes' "reply times, how measured"
found ok idempotency 'undone: stored once, answered the same' "idempotency"
found ok type 'text/xml; charset=utf-8' "the replies' type"
found ok 'exact URL' 'https' "the exact URL"
found ok 'db TLS' 'on this machine' "the database's connection"
is "$(count events)" 0 "nothing is left"
is "$(count once)" 0 "nothing at all"
secret
"$OFFHOOK" send sms http://127.0.0.1:1/ --auth-token "$TOKEN_A" >/dev/null 2>&1
perl -e '$| = 1; print "up\n"; sleep 60' "$TOKEN_A" >"$T/up" &
arg=$!
at_exit "kill $arg 2>/dev/null"
wait_for 10 test -s "$T/up"
doctor --go-live --connect "$HERE" --docroot "$T/docs"
found BAD token "$T/docs/deep/app.php has an AuthToken" "a token in a program"
found BAD token "process $arg has an AuthToken" "a token in an argument"
found warn retries 'no URL was given' "no URL to look for retries"
unlike "$out" "$TOKEN_A" "it is not shown"
kill "$arg"
doctor --go-live --connect "$HERE" --send-test
is "$rc" 0 "--send-test"
found ok idempotency 'message SM[0-9a-f]{32} sent twice: answered the same' \
    "a message sent twice"
is "$(count events)" 1 "is stored once"
doctor --go-live --connect "$HERE" --log "$T/server/error.log"
found ok 'reply time' 'of 2 real requests in --log' \
    "reply times of real requests"
doctor --go-live --connect http://127.0.0.1:1
found BAD go-live 'could not be tested' "what could not be tested is told"
"$OFFHOOK" doctor --go-live --connect "$HERE" --output json >"$T/json" \
    2>/dev/null
# shellcheck disable=SC2016 # perl's
ok "its JSON is valid" perl -MJSON::PP -0777 -ne \
    'exit !(grep { $_->{check} eq "idempotency" } @{decode_json($_)})' \
    "$T/json"

# The responder's own settings are bad, and not those read here.
cp "$CONFIG" "$T/good.conf"
chmod 600 "$T/good.conf"
chmod 644 "$CONFIG"
responder_start
HERE=http://127.0.0.1:$HTTP_PORT
doctor --connect "$HERE" --config "$T/good.conf"
found BAD reach 'could not run the program.* 500 .*error log' \
    "FastCGI without valid settings"
responder_stop
TRANSPORT=cgid
responder_start
HERE=http://127.0.0.1:$HTTP_PORT
doctor --connect "$HERE" --config "$T/good.conf"
found BAD reach 'no valid settings.*offhook config check' \
    "CGI without valid settings"
responder_stop

# The other servers, as our configurations set them up.
extra </dev/null
for TRANSPORT in cgid proxy lighttpd lighttpd-cgi nginx nginx-front; do
	start OFFHOOK_BASIC_AUTH=tw:pass-1
	doctor --connect "$HERE"
	is "$bad" '' "$TRANSPORT: nothing is bad"
	unlike "$out" '^warn' "$TRANSPORT: nor worth a warning"
	like "$out" '^ok +reach .* f?cgi, ' "$TRANSPORT: it is reached"
	responder_stop
done

# The manual has every reason that a probe may name.
reasons=$(sed -n 's/.*\[REASON_.*, "\([a-z-]*\)" },/\1/p' \
    "$ROOT/src/app/reject.c")
like "$reasons" signature-missing "the reasons are found"
for reason in $reasons; do
	like "$(cat "$ROOT/man/offhook.fcgi.8")" "^\.It Li $reason\$" \
	    "offhook.fcgi(8) has $reason"
done

done_testing
