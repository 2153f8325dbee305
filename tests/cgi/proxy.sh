#!/bin/sh
# Without a public URL: the server's own scheme, host and port; what a proxy
# says counts only from a trusted one.
. "${0%/*}/../lib.sh"
database

post() { # description, wanted status, signed base, options...
	d=$1 want=$2 b=$3
	shift 3
	new_sid SM
	signed POST /twilio -b "$b" -p "MessageSid=$sid" -p "AccountSid=$A" "$@"
	is "$status" "$want" "$d"
}
fwd='X-Forwarded-Proto: https'

responder OFFHOOK_PUBLIC_URL
port=${HTTP_PORT:-80}
host=hooks.example.test
! over_http || host=$host:$port
post "no public URL: the server's own name" 200 "http://$host" -H "Host: $host"
post "no public URL: another scheme" 403 "https://$host" -H "Host: $host"
post "X-Forwarded-Proto from nobody trusted" 403 "https://$host" \
    -H "Host: $host" -H "$fwd"
post "X-Forwarded-Host from nobody trusted" 403 https://evil.example.test \
    -H "Host: $host" -H "$fwd" -H 'X-Forwarded-Host: evil.example.test'
if ! over_http; then
	post "HTTPS=on is the server's word" 200 "https://$host" -E HTTPS=on
	post "REQUEST_SCHEME too" 200 "https://$host" -E REQUEST_SCHEME=https
	post "the server's port" 200 "http://$host:8080" \
	    -H "Host: $host:8080" -E SERVER_PORT=8080
fi

responder OFFHOOK_PUBLIC_URL OFFHOOK_TRUSTED_PROXIES=192.0.2.7
post "a proxy that is not the trusted one" 403 https://hooks.example.test \
    -H "Host: $host" -H "$fwd"

for trusted in 127.0.0.1 '192.0.2.7 127.0.0.0/8' '::1 127.0.0.1/32'; do
	responder OFFHOOK_PUBLIC_URL "OFFHOOK_TRUSTED_PROXIES=$trusted"
	post "trusted ($trusted): its scheme and host" 200 \
	    https://public.example.test -H 'Host: inner.example.test' \
	    -H "$fwd" -H 'X-Forwarded-Host: public.example.test'
done
post "trusted: its port" 200 https://public.example.test:8443 \
    -H 'Host: inner.example.test' -H "$fwd" \
    -H 'X-Forwarded-Host: public.example.test' -H 'X-Forwarded-Port: 8443'
post "trusted: a host with its port" 200 https://public.example.test:8443 \
    -H 'Host: inner.example.test' -H "$fwd" \
    -H 'X-Forwarded-Host: public.example.test:8443'
post "trusted: but another host was signed" 403 https://evil.example.test \
    -H 'Host: inner.example.test' -H "$fwd" \
    -H 'X-Forwarded-Host: public.example.test'
post "trusted: a proto that is none" 403 https://public.example.test \
    -H 'Host: inner.example.test' -H 'X-Forwarded-Proto: gopher' \
    -H 'X-Forwarded-Host: public.example.test'

# A public URL makes all of it irrelevant.
responder OFFHOOK_TRUSTED_PROXIES=127.0.0.1
post "public URL and a trusted proxy" 200 "$BASE" \
    -H 'X-Forwarded-Proto: http' -H 'X-Forwarded-Host: evil.example.test'
post "public URL: forwarded headers do not count" 403 \
    https://evil.example.test -H "$fwd" \
    -H 'X-Forwarded-Host: evil.example.test'

done_testing
