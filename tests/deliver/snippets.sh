#!/bin/sh
# The pieces of code of docs/deliveries.md, as they stand there, verify what
# we deliver: real receivers, real deliveries.
. "${0%/*}/../lib.sh"
. "${0%/*}/lib.sh"

[ -d "$ROOT/build/npm/node_modules/standardwebhooks" ] ||
	die "no build/npm: call tools/npm"
FAKETIME=$(find /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null |
    head -n 1)
[ -f "$FAKETIME" ] || die "faketime is needed (tools/packages check)"
piece() { # NAME, how the line before begins: the block, to $T/NAME.piece
	awk -v want="$2" 'index($0, want) == 1 { on = 1; next }
	    on && /^    / { print substr($0, 5); seen = 1; next }
	    on && /^$/ { if (seen) print ""; next }
	    on && seen { exit }' "$ROOT/docs/deliveries.md" >"$T/$1.piece"
	ok "$1: there is such a piece" test -s "$T/$1.piece"
}
started() { # name, what runs; sets ADDRESS
	st_name=$1
	shift
	"$@" >>"$T/$st_name.err" 2>&1 </dev/null &
	at_exit "stop_pid $! 5"
	wait_for 20 test -s "$T/$st_name.port" || {
		cat "$T/$st_name.err" >&2
		die "$st_name did not start"
	}
	ADDRESS=127.0.0.1:$(cat "$T/$st_name.port")
}
node_receiver() { # name; its piece is $T/NAME.piece
	cat >"$T/$1.js" - "$T/$1.piece" <<-END
	const express = require('express'), twilio = require('twilio');
	const app = express();
	const s = app.listen(process.env.PORT || 0, '127.0.0.1', () => {
		const fs = require('fs');
		fs.writeFileSync('$T/$1.new', String(s.address().port));
		fs.renameSync('$T/$1.new', '$T/$1.port');
	});
	END
	NODE_PATH=$ROOT/build/npm/node_modules started "$1" node "$T/$1.js"
}
python_receiver() { # name
	started "$1" python3 "$ROOT/tests/deliver/snippet.py" \
	    "$T/$1.piece" "$T/$1.port"
}
php_listens() {
	sed -n 's,.*(http://127.0.0.1:\([0-9]*\)).*,\1,p' "$T/php.err" \
	    >"$T/php.port"
	[ -s "$T/php.port" ]
}
php_receiver() {
	{
		echo '<?php'
		cat "$T/php.piece"
		echo 'http_response_code(204);'
	} >"$T/php.php"
	php -n -S 127.0.0.1:0 "$T/php.php" >"$T/php.err" 2>&1 </dev/null &
	at_exit "stop_pid $! 5"
	wait_for 20 php_listens || die "php did not start"
	ADDRESS=127.0.0.1:$(cat "$T/php.port")
}

BODY='From=%2B15550101001&To=%2B15550101002&Body=%C3%A9+%22&z='
taken='delivered - 0 204 -'
refused='dead status 401 0 401 HTTP_STATUS'
SECRET=$SECRET_NEW
export SECRET
standard() { # name: of the receiver at ADDRESS
	spec='{"url": "http://'$ADDRESS'/hooks"'
	deliver "$spec}"
	is "$said" "$taken" "$1: what is signed"
	SECRETS='"'$SECRET_OLD'"'
	deliver "$spec}"
	is "$said" "$refused" "$1: not by another secret"
	SECRETS='"'$SECRET_OLD'", "'$SECRET_NEW'"'
	deliver "$spec}"
	is "$said" "$taken" "$1: by either, while a secret is rotated"
	SECRETS=
	deliver "$spec"', "sign": []}'
	is "$said" "$refused" "$1: nothing unsigned"
	for minutes in -6 +6; do
		CLOCK=${minutes}m
		deliver "$spec}"
		is "$said" "$refused" "$1: nothing signed at $minutes minutes"
	done
	CLOCK=
}

piece node 'Node, with [standardwebhooks]'
node_receiver node
standard Node
piece python 'Python, with nothing'
python_receiver python
standard Python
deliver "$spec"', "body": "form"}'
is "$said" "$taken" "Python: a form"
piece php 'PHP, with nothing'
php_receiver
standard PHP
deliver "$spec"', "body": "form"}'
is "$said" "$taken" "PHP: a form"

# Twilio's: it is signed for the destination's URL, which they know.
TWILIO_AUTH_TOKEN=$TOKEN_A
export TWILIO_AUTH_TOKEN PORT URL
twilios() { # name: of the receiver at ADDRESS
	form='"sign": ["twilio"], "body": "form"}'
	deliver '{"url": "'"$URL"'", '"$form"
	is "$said" "$taken" "$1: what is signed"
	deliver '{"url": "'"$URL"'?x=1", '"$form"
	like "$said" '^dead status 40[13] ' "$1: not for another URL"
	deliver '{"url": "'"$URL"'", "sign": [], "body": "form"}'
	like "$said" '^dead status 40[13] ' "$1: nothing unsigned"
}
PORT=$(free_port)
URL=http://127.0.0.1:$PORT/hooks
piece twilio_node 'With Twilio'
node_receiver twilio_node
twilios "Twilio's, in Node"
PORT=$(free_port)
URL=http://127.0.0.1:$PORT/hooks
piece twilio_python 'and in Python, where'
python_receiver twilio_python
twilios "Twilio's, in Python"
done_testing
