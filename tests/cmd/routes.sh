#!/bin/sh
# Routes as files: what is refused and where, plan, apply, export, history,
# rollback, list; and route test, with and without a database.
# shellcheck disable=SC2016 # Perl is in single quotes
set -u
. "${0%/*}/../lib.sh"

unset OFFHOOK_BUILD OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
cp -r "$ROOT/routes" "$T/routes" && cd "$T" || exit 1

run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}
json() { # Perl on $v, the JSON that the command prints; arguments
	j=$1
	shift
	"$OFFHOOK" "$@" --output json 2>"$T/err" </dev/null |
	    perl -MJSON::PP -0777 -ne 'BEGIN { $e = shift @ARGV }
	    my $v = decode_json($_); print join("|", map { $_ // "-" }
	    eval $e), "\n"; die $@ if $@' "$j" 2>&1
}
# refused PLACE TEXT DESCRIPTION, the file on standard input
refused() {
	rm -rf "$T/bad"
	mkdir "$T/bad"
	cat >"$T/bad/a.yaml"
	run route plan "$T/bad"
	if [ "$rc" = 1 ] && printf '%s\n' "$out" |
	    grep -Eq "/bad/a\\.yaml:$1: .*$2"; then
		pass "refused: $3"
	else
		fail "refused: $3" "exit $rc" "$out"
	fi
}

# What is no such file; all without a database.
refused 2:10 'anchors' "an anchor" <<'END'
- name: x
  twiml: &a <Response/>
END
refused 2:10 "quotes: '\\*'" "an alias, such as * without quotes" <<'END'
- name: x
  kind: *
END
refused 2:9 'aliases' "an alias" <<'END'
- name: x
  kind: *a
END
refused 2:10 'tags' "a tag" <<'END'
- name: x
  twiml: !!str <Response/>
END
refused 3:3 'twiml was given in line 2' "a key twice" <<'END'
- name: x
  twiml: <Response/>
  twiml: <Response/>
END
refused 2:10 "quotes: '@menu.xml'" "@ without quotes" <<'END'
- name: x
  twiml: @menu.xml
END
refused 2:1 'not with tabs' "a tab" <<END
- name: x
	twiml: <Response/>
END
refused 3:8 'no value' "a key without a value" <<'END'
- name: x
  twiml: <Response/>
  kind:
END
refused '3:[0-9]+' 'second document' "two documents" <<'END'
- name: x
  twiml: <Response/>
---
- name: y
END
refused 1:1 'begins with "- name' "no list" <<'END'
name: x
twiml: <Response/>
END
refused 1:3 'a route is a mapping' "a list of texts" <<'END'
- x
END
refused 3:3 'no key "kinds"; did you mean kind' "an unknown key" <<'END'
- name: x
  twiml: <Response/>
  kinds: message.inbound
END
refused 3:9 'kind: "message.status"' "a notice" <<'END'
- name: x
  twiml: <Response/>
  kind: message.status
END
refused 1:3 'no reply' "no reply" <<'END'
- name: x
END
refused 3:3 'x is in .*a.yaml:1:3' "a name twice" <<'END'
- name: x
  twiml: <Response/>
- name: x
  twiml: <Response/>
END
refused 5:15 'twiml: .*numDigitz' "TwiML, in the file's own line" <<'END'
- name: x
  kind: call.inbound
  twiml: |
    <Response>
      <Gather numDigitz="1"/>
    </Response>
END
refused 3:27 'twiml: ' "ill-formed TwiML in one line" <<'END'
- name: x
  kind: call.inbound
  twiml: <Response><Say></Response>
END
refused '4:[0-9]+' 'template: ' "a template" <<'END'
- name: x
  template: |
    <Response>
      <Message>{{{Body}}}</Message>
    </Response>
END
refused 3:9 'body: ' "a pattern that cannot be" <<'END'
- name: x
  twiml: <Response/>
  body: '(a'
END
refused 4:9 'zone: ' "a zone that is not there" <<'END'
- name: x
  twiml: <Response/>
  hours: Sat
  zone: Europe/Nowhere
END
refused 2:10 'gone.xml is read' "a text in a file that is not there" <<'END'
- name: x
  twiml: '@gone.xml'
END
refused 2:1 'nothing in it' "an empty file, which is no order to remove all" <<'END'
# cut off
END
refused 4:11 'except 401' "a rejection that Twilio would not take for one" <<'END'
- name: x
  kind: conversation.onMessageAdd
  in_trouble: reject
  reject: '500'
END
printf '\357\273\277%s\r\n' '- name: x' >"$T/bad/a.yaml"
printf '  %s\r\n' 'twiml: <Response>{{From}}</Response>' 'kind: x' \
    >>"$T/bad/a.yaml"
run route plan "$T/bad"
like "$out" 'a\.yaml:3:9: kind: "x"' \
    "a byte order mark and Windows line ends do no harm"
printf '\377\376-\0' >"$T/bad/a.yaml"
run route plan "$T/bad"
is "$rc" 1 "UTF-16 is refused"
like "$out" 'UTF-8' "and told why"
rm "$T/bad/a.yaml"
run route plan "$T/bad"
like "$out" 'no file \*\.yaml' "an empty folder is no order to remove all"
run route plan "$T/none"
is "$rc" 1 "neither is a folder that is not there"
printf '%s\n' '- name: x' "  twiml: '@menu.xml'" '  kind: call.inbound' \
    >"$T/bad/a.yaml"
printf '%s\n' '<Response>' ' <Hangup/>' ' <Foo/>' '</Response>' \
    >"$T/bad/menu.xml"
run route plan "$T/bad"
like "$out" 'bad/menu\.xml:3:[0-9]+: twiml: .*Foo' \
    "a fault in a file beside is told of that file"
printf '%s\n' '- name: x' '  twiml: <Respons/>' '- name: y' \
    >"$T/bad/a.yaml"
run route plan "$T/bad"
like "$out" '^offhook: 2 faults' "all faults are told at once"

# Which route, without a database.
rm -f "$CONFIG"
t() { # route, description, arguments of route test
	t_route=$1 t_d=$2
	shift 2
	is "$(json '$v->{route}' route test "$@" --files routes)" "$t_route" \
	    "$t_d"
}
t 'ivr menu' "a call gets the menu" call
t 'ivr sales' "1 is sales" gather --digits 1 --path /ivr/choice
t 'ivr support, open' "2 is support" gather --digits 2 --path /ivr/choice \
    --at 2026-07-01T15:29:00Z
t 'ivr support, closed' "which closes by its zone's clock" gather \
    --digits 2 --path /ivr/choice --at 2026-07-01T15:31:00Z
t 'ivr silence' "silence" call.redirect --path /ivr/silence
t 'ivr silence, again' "again" call.redirect --path /ivr/silence \
    --session silences=1
t 'survey begins' "a keyword" sms --body 'Survey, please'
t - "no route" sms --body Hi
t 'survey rating' "by the session" sms --body 4 --session step=q1
run route test gather --digits '<&' --path /ivr/choice --files routes
is "$rc" 0 "a template is rendered"
like "$out" '<Say>&lt;&amp; is no choice' "and escaped"
like "$out" '^not +ivr sales: digits' "why not the others"
run route test sms --body x --session step=q2 --session rating=4 \
    --files routes
like "$out" 'for the 4!' "with the session"
like "$out" '^session .*"comment": *"x"' "what becomes of it"
printf 'POST /twilio/ivr/choice HTTP/1.1\r\nContent-Type: %s\r\n\r\n%s' \
    application/x-www-form-urlencoded "AccountSid=$A&CallSid=CA00000000\
0000000000000000000000a1&CallStatus=in-progress&Digits=1&msg=Gather+End" \
    >"$T/request"
t 'ivr sales' "a captured request, below the mount" --request "$T/request"
run route test message.status --files routes
is "$rc" 2 "a notice takes no route"
run route test mesage.inbound --files routes
like "$out" 'did you mean message.inbound' "a kind that is none"
run route test --files routes
is "$rc" 2 "nothing to test"
printf 'GET /twilio?x=1 HTTP/1.1\r\n\r\n' >"$T/top"
is "$(json '$v->{path}' route test --request "$T/top" --files routes)" / \
    "the mount itself is /"
printf '%s\n' '- name: x' '  twiml: <Response><!-- {{From}} --></Response>' \
    >braces.yaml
run route test sms --files braces.yaml
is "$rc" 0 "TwiML with {{From}} is TwiML"
like "$out" 'braces.yaml:2:10: twiml: .*the key template' "but told of"
run route test sms --event x --files routes
is "$rc" 2 "two things to test"
printf '%s\n' '- name: app' '  app: https://app.example.test/hook' \
    "  fallback: '<Response><Message>Later</Message></Response>'" >app.yaml
run route test sms --files app.yaml
is "$rc" 0 "an application is not asked"
like "$out" 'real request' "as it says"
like "$out" '<Message>Later' "its fallback is shown"

# What docs/routes.md shows is right, and nothing is left out of it.
mkdir docs
echo '<Response><Say>Closed.</Say></Response>' >docs/closed.xml
awk '/^    - name:/ && !on { on = 1; f = "docs/" ++n ".yaml" }
    on && /^[^ ]/ { on = 0 } on { print substr($0, 5) >f }' \
    "$ROOT/docs/routes.md"
is "$(find docs -name '*.yaml' | wc -l)" 4 "the document has examples"
run route test other --files docs
like "$out" '^request +other' "all of which are good"
for f in docs/routes.md man/offhook-routes.5; do
	is "$(sed -n 's/^	{ "\([a-z_]*\)", KEY_.*/\1/p' \
	    "$ROOT/src/cmd/route_stored.c" | while read -r k; do
		grep -Eq "^(\\| \`$k\`|.It Cm $k( |$)|    - $k:)" "$ROOT/$f" ||
		    echo "$k"
	done)" '' "$f has every key"
done

# With a database.
database
unset OFFHOOK_TEST_CLUSTER
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_operator)"
"$OFFHOOK" route set message.inbound '*' \
    '<Response><Message>old</Message></Response>' >/dev/null
run route plan
is "$rc" 0 "plan"
like "$out" '^  \+ ivr sales  \(number 1\)' "what is added"
like "$out" '^  - message.inbound \*' "what is removed"
like "$out" '^13 to add, 0 to change, 0 to move, 1 to remove' "how much"
is "$(count routes)" 1 "it changes nothing"
run route plan --exit-code
is "$rc" 3 "plan --exit-code: something to do"
V1=$(json '$v->{base}' route plan)
run route apply --comment 'the examples'
is "$rc" 0 "apply"
like "$out" '^Applied: the routes are version [0-9]+' "the new version"
is "$(count routes)" 13 "they are there"
run route plan --exit-code
is "$rc" 0 "then nothing is to be done"
like "$out" '^Nothing to do' "as it says"
"$OFFHOOK" route export >all.yaml
is "$(grep -c "digits: '1'" all.yaml)" 1 \
    "export: what others would take for a number is in quotes"
run route plan --exit-code all.yaml
is "$rc:$out" "0:$(printf '%s\n' "$out" | grep '^Nothing')" \
    "what was exported is the same"
"$OFFHOOK" route export | "$OFFHOOK" route plan --exit-code - >/dev/null
is "$?" 0 "also by standard input"
is "$(json 'map { "$_->{name}" } @$v[0, 6, 7, 12]' route list)" \
    'ivr sales|ivr menu|survey left|survey thanks' "in the files' order"
is "$(json '@{$v->[0]}{qw(kind to http position in_trouble)}' route list)" \
    'call.gather|*|200|10|-' "list: columns"
run route list
like "$out" '^10 +ivr sales +kind=call.gather path=/ivr/choice digits=1 ' \
    "list: conditions"

# A change, a move, a removal; a route with every kind of text.
cat >new.yaml <<'END'
- name: odd
  body: ['a: #b', "\t\x01 \u263a", '', 'yes']
  twiml: |2+
      <Response>
     <Message>x</Message>
    </Response>


  const: {a: ' b ', c: '~', d: "e\nf  \n", g: ''}
  set: {x: "  {{Body}}\n\n"}
END
sed -i "s/  body: .*/  body: ['a: #b', 'yes', \"x \\\\u263a\", '~']/" new.yaml
run route apply new.yaml
is "$rc" 0 "apply another file"
"$OFFHOOK" route export >again.yaml
is "$("$OFFHOOK" route export --output json)" \
    "$("$OFFHOOK" route apply again.yaml >/dev/null 2>&1
    "$OFFHOOK" route export --output json)" "odd texts survive the export"
run route plan --exit-code again.yaml
is "$rc" 0 "and are no difference"
run route apply routes
sed 's/kind: \(.*\)/kind: ["\1"]/' routes/ivr.yaml >ones.yaml
run route plan --exit-code ones.yaml routes/survey.yaml
is "$rc" 0 "neither is a list of one"
sed -e 's/numDigits="1" timeout="5"/numDigits="1" timeout="9"/' \
    -e '/^- name: ivr silence$/,/count/d' routes/ivr.yaml >changed.yaml
cat routes/survey.yaml >first.yaml
run route plan first.yaml changed.yaml
like "$out" '^  ~ ivr menu' "plan: what is changed"
like "$out" '^        - .*timeout="5"' "the line before"
like "$out" '^        \+ .*timeout="9"' "and after"
unlike "$out" '^        . .*Press 1' "but no line that is the same"
like "$out" '^  - ivr silence$' "plan: what is removed"
is "$(printf '%s\n' "$out" | grep -c '^  >')" 5 "plan: the fewest moves"
is "$(json '@$v{qw(add change move remove)}' route plan first.yaml \
    changed.yaml)" '0|1|5|1' "plan in JSON"
is "$(json 'map { $_->{fields}[0]{key} } grep { $_->{action} eq "change" }
    @{$v->{changes}}' route plan first.yaml changed.yaml)" twiml \
    "with the fields"

# All or nothing, and never over another's change.
run route apply changed.yaml --base "$V1"
is "$rc" 1 "apply --base of routes that were changed since"
like "$out" 'route plan' "says to look again"
is "$(count routes)" 13 "nothing was changed"
printf '%s\n' '- name: a' '  twiml: <Response/>' '- name: b' \
    '  sql: app.gone' >sql.yaml
run route apply sql.yaml
is "$rc" 1 "a function that is not there"
like "$out" '^offhook: route "b": there is no function app.gone' "is told"
unlike "$out" 'sql/migrate' "and nothing else is blamed"
is "$(count routes)" 13 "nothing was applied"
run route apply first.yaml --comment "$(printf '%1001s' x)"
is "$rc" 2 "a comment too long"
run route apply --base x
is "$rc" 2 "a base that is no version"
nobody=$(url_of "$DB" offhook_reader)
conf "OFFHOOK_ADMIN_DATABASE_URL=$nobody"
run route apply first.yaml
is "$rc" 1 "a reader may not apply"
like "$out" 'offhook_operator' "and is told who may"
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_operator)"

# What was before.
run route history
like "$out" 'the examples' "history: the comment"
is "$(json '$v->[0]{changed_by}, $v->[0]{routes}' route history --limit 1)" \
    'offhook_operator|13' "history: who, how many"
run route show "$V1"
like "$out" '^- name: message.inbound \*' "show: an earlier version"
run route show 'ivr menu'
like "$out" 'twiml: \|' "show: a route"
is "$(json '@$v' route show 'ivr menu' | wc -l)" 1 "show in JSON"
run route show nobody
is "$rc" 1 "show: no such route"
run route show 1
is "$rc" 1 "show: no such version"
run route rollback "$V1" --comment back
is "$rc" 0 "rollback"
is "$(sql 'select name from offhook.routes')" 'message.inbound *' \
    "the routes are those of before"
run route rollback previous
is "$(count routes)" 13 "rollback previous: and back"
run route rollback 1
is "$rc" 1 "no such version"
run route rollback x
is "$rc" 2 "no version at all"

# Single routes beside those of files.
run route set message.inbound '*' --template \
    '<Response><Message>{{Body}}</Message></Response>'
is "$rc" 0 "set --template"
is "$(json '@{$v->[13]}{qw(name position twiml)}' route list)" \
    'message.inbound *|1000001|<Response><Message>{{Body}}</Message></Response>' \
    "it comes behind them"
run route set message.inbound '*' --template \
    '<Response><Message>{{{Body}}}</Message></Response>'
is "$rc" 1 "what a template cannot be"
run route set call.inbound '*' '<Response><Gather numDigitz="1"/></Response>'
is "$rc" 1 "what Twilio would warn of is not set"
like "$out" 'TWIML: line 1:.*numDigits' "with the right name"
run route set conversation.onMessageAdd '*' publish --template
is "$rc" 2 "--template is for TwiML"
run route delete 'message.inbound *'
is "$rc" 0 "delete by name"
run route delete 'message.inbound *'
is "$rc" 1 "not twice"

# route test of what is stored.
ID=$(sql "select offhook.uuid_at(gen_random_uuid(), now())")
M=SM000000000000000000000000000000a1
sql "select (i).verdict from (select offhook.ingest(offhook.bucket('$M'),
    md5('x')::uuid, '$ID', now(), '$A', 'message.inbound', 'message', '$M',
    'received', null, null, null, '+15550101001', '+15550101002', 'POST',
    'https://hooks.example.test/twilio', null, 'form',
    'MessageSid=$M&SmsSid=$M&AccountSid=$A&From=%2B15550101001&To=%2B15550101002&Body=5&X=1&X=2',
    null, null, null, 200::smallint, 'text/xml', '', p_session =>
    jsonb_build_object('thread', '$A +15550101001 +15550101002',
    'set', '{\"step\": \"q1\"}'::jsonb, 'expires', 3600)) as i) as x" >/dev/null
is "$(json '@$v{qw(route kind sid from)}' route test --event "$ID")" \
    "survey rating|message.inbound|$M|+15550101001" \
    "test --event, with the stored session"
is "$(json '$v->{session}{set}{rating}' route test --event "$ID")" 5 \
    "and what it would set"
is "$(json '$v->{route}' route test --event "$ID" --session step=q2)" \
    'survey thanks' "another session"
is "$(json '$v->{route}' route test --event "$ID" --param Body=STOP)" \
    'survey left' "another text"
run route test --event 00000000-0000-7000-8000-000000000000
is "$rc" 1 "no such event"
run route test --event x
is "$rc" 2 "no event's id"
psql -XAtq -v ON_ERROR_STOP=1 -d "$DB" <<'END'
create schema app;
grant usage on schema app to offhook_reply;
create function app.greet(p_event jsonb) returns jsonb language sql as $$
    select jsonb_build_object('twiml', '<Response><Message>' ||
    (p_event -> 'params' ->> 'Body') || '</Message></Response>',
    'session', '{"seen": "1"}'::jsonb) $$;
revoke execute on function app.greet(jsonb) from public;
grant execute on function app.greet(jsonb) to offhook_reply;
END
printf '%s\n' '- name: greet' '  sql: app.greet' '  kind: message.inbound' \
    >sql.yaml
run route apply sql.yaml
is "$rc" 0 "a route with a function"
run route test sms --body hello
like "$out" 'called with --ask' "its function is not called"
is "$(json '@$v{qw(reply note)}, $v->{session}{set}{seen}' route test sms \
    --body hello --ask)" '<Response><Message>hello</Message></Response>|-|1' \
    "but with --ask"
run route test sms --body '<' --ask
is "$rc" 1 "what it must not answer"
like "$out" 'not sent' "is not sent"
sql "update offhook.route set spec = spec || '{\"budget\": \"x\"}'" >/dev/null
run route test sms
is "$rc" 1 "a route that was broken by hand"
like "$out" 'broken: budget' "is told of"
sql "update offhook.route set spec = spec || '{\"kinds\": \"x\"}'" >/dev/null
run route test sms
like "$out" '^not +greet: .*kinds' "or, if it cannot be read, passed by"

done_testing
