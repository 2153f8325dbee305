#!/bin/sh
# TLS, HTTP/2, Basic auth, an encoded slash and a silent access log, with the
# offhook-site.conf of each server: what a user puts on the public network.
# Nothing tells offhook its public URL here but the server itself.
. "${0%/*}/../lib.sh"
database
HOST=hooks.example.test
SECRETS='url-token-x|s3cret|dHdpbGlvOnMzY3JldA|from-a-query|AccountSid'

certificate() { # a CA of our own and a certificate of it, for a day
	echo "subjectAltName=DNS:$HOST" >"$T/ext"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -days 2 -keyout "$T/ca.key" -out "$T/ca.pem" -subj '/CN=test CA' \
	    -addext basicConstraints=critical,CA:TRUE &&
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout "$T/site.key" -out "$T/site.csr" -subj "/CN=$HOST" &&
	openssl x509 -req -in "$T/site.csr" -CA "$T/ca.pem" -CAkey \
	    "$T/ca.key" -CAcreateserial -days 1 -extfile "$T/ext" \
	    -out "$T/site.pem"
}
certificate >"$T/openssl.log" 2>&1 || die "$(cat "$T/openssl.log")"

### The site configuration, with the values at its top changed

site_apache() {
	mods=/usr/lib/apache2/modules
	for m in ssl http2 socache_shmcb; do
		echo "LoadModule ${m}_module $mods/mod_$m.so"
	done
	cat <<-END
	Listen 127.0.0.1:$TLS
	Define OFFHOOK_HOST $HOST
	Define OFFHOOK_LISTEN 127.0.0.1:$TLS
	Define OFFHOOK_CERTIFICATE "$T/site.pem"
	Define OFFHOOK_KEY "$T/site.key"
	Define OFFHOOK_ACCESS_LOG "$T/access.log"
	Include "$ROOT/apache/offhook-site.conf"
	END
}

site_lighttpd() {
	lighttpd_edited offhook-site.conf "offhook_listen=\"127.0.0.1:$TLS\"" \
	    "offhook_certificate=\"$T/site.pem\"" "offhook_key=\"$T/site.key\"" \
	    "offhook_access_log=\"$T/access.log\""
}

site_nginx() {
	mkdir -p "$T/server/snippets"
	ln -sf ../offhook.conf "$T/server/snippets/offhook-fastcgi.conf"
	sed -e "s|listen 443|listen 127.0.0.1:$TLS|" \
	    -e "s|server_name .*|server_name $HOST;|" \
	    -e "s|/etc/letsencrypt/.*fullchain.pem|$T/site.pem|" \
	    -e "s|/etc/letsencrypt/.*privkey.pem|$T/site.key|" \
	    -e "s|/var/log/nginx/offhook-error.log|$T/site-error.log|" \
	    -e "s|/var/log/nginx/offhook.log|$T/access.log|" \
	    "$ROOT/nginx/offhook-site.conf"
}

### Requests, by curl: HTTP/2 over TLS

# post TARGET [curl's options]: sets status and version
post() {
	new_sid SM
	p_target=$1
	shift
	p_sig=$("$ROOT/tests/signature-of" "$TOKEN_A" \
	    "https://$HOST:$TLS$p_target" AccountSid="$A" Body=x \
	    MessageSid="$sid")
	# shellcheck disable=SC2046 # two words
	set -- $(curl -s -o "$T/body" -w '%{http_code} %{http_version}' \
	    --cacert "$T/ca.pem" --resolve "$HOST:$TLS:127.0.0.1" --max-time 20 \
	    -H "X-Twilio-Signature: $p_sig" --data-urlencode "AccountSid=$A" \
	    --data-urlencode Body=x --data-urlencode "MessageSid=$sid" \
	    "$@" "https://$HOST:$TLS$p_target")
	status=$1 version=${2:-}
}

auth="Authorization: Basic $(printf twilio:s3cret | base64)"
for TRANSPORT in apache proxy cgid lighttpd lighttpd-cgi nginx nginx-front; do
	t=$TRANSPORT
	TLS=$(free_port)
	mkdir -p "$T/server"
	rm -f "$T/access.log"
	"site_$(server_family "$t")" >"$T/server/extra.conf"
	trusted=OFFHOOK_TRUSTED_PROXIES
	[ "$t" != nginx-front ] || trusted=OFFHOOK_TRUSTED_PROXIES=127.0.0.1
	responder OFFHOOK_PUBLIC_URL OFFHOOK_BASIC_AUTH=twilio:s3cret \
	    OFFHOOK_URL_TOKEN=url-token-x "$trusted"
	wait_for 5 listening "$TLS" || fail "$t: it listens for TLS"
	q='?token=url-token-x&a=from-a-query'
	post "/twilio$q" -H "$auth"
	is "$status" 200 "$t: signed, over TLS, with Basic auth and token"
	is "$version" 2 "$t: it was HTTP/2"
	post "/twilio$q" -H "$auth" --http1.1
	is "$status $version" '200 1.1' "$t: HTTP/1.1 too"
	post "/twilio/a%2Fb$q" -H "$auth"
	is "$status" 200 "$t: %2F in the path, in this virtual host"
	is "$(sql "select url from offhook.events where sid = '$sid'" |
	    sed 's/?.*//')" "https://$HOST:$TLS/twilio/a%2Fb" \
	    "$t: the URL that is stored has scheme, host and port"
	post "/twilio$q"
	is "$status" 401 "$t: without Basic auth: 401"
	post "/twilio" -H "$auth"
	is "$status" 403 "$t: without the URL's token: 403"
	# nginx and lighttpd write a moment later.
	wait_for 5 sh -c "[ \$(wc -l <'$T/access.log') -ge 5 ]"
	responder_stop
	is "$(grep -c ' /twilio' "$T/access.log")" 5 \
	    "$t: five lines in the access log"
	unlike "$(cat "$T/access.log" "$T/server/error.log")" "$SECRETS" \
	    "$t: no secret and no query in the server's logs"
	rm -rf "$T/server" "$T/access.log"
done

done_testing
