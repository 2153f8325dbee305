#!/bin/sh
# message|call|event list and resource show: filters, pages, formats, --follow.
set -u
. "${0%/*}/../lib.sh"

database
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_reader)"
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG

run() { # arguments; sets out (both streams), rc
	out=$("$OFFHOOK" "$@" 2>&1 </dev/null)
	rc=$?
}
fields() { # keys of each element of the JSON array that the command prints
	f=$1
	shift
	"$OFFHOOK" "$@" --output json 2>"$T/err" </dev/null |
	    perl -MJSON::PP -0777 -ne 'BEGIN { @k = split / /, shift @ARGV }
	    print join(" ", map { my $r = $_; join "|", map { $r->{$_} // "-" }
	    @k } @{decode_json($_)}), "\n"' "$f"
}

# tell KIND RKIND SID STATUS AGE FROM TO [PARENT [ERROR [FACTS]]]
tell() {
	psql -XAtq -v ON_ERROR_STOP=1 -d "$DB" -v "kind=$1" -v "rkind=$2" \
	    -v "sid=$3" -v "status=$4" -v "age=$5" -v "from=$6" -v "to=$7" \
	    -v "parent=${8:-}" -v "error=${9:-}" -v "facts=${10:-}" <<-'END'
	select (i).verdict from (select offhook.ingest(
	    offhook.bucket(:'sid'), md5(:'sid' || :'kind' || :'status')::uuid,
	    offhook.uuid_at(gen_random_uuid(), now() - :'age'::interval),
	    now() - :'age'::interval, 'AC1', :'kind', :'rkind', :'sid',
	    :'status', null, null, nullif(:'error', '')::integer,
	    nullif(:'from', ''), nullif(:'to', ''), 'POST',
	    'https://example.com/t', null, 'form', 'Body=Hi', null, null, null,
	    204::smallint, null, '', nullif(:'parent', ''),
	    nullif(:'facts', '')::jsonb) as i) as x
	END
}
m() { # number: the SID of a message
	printf 'SM%032d' "$1"
}
OURS=+15550100001
THEIRS=+15550101001
{
	tell message.status message "$(m 1)" sent '5 days' $OURS $THEIRS
	tell message.status message "$(m 2)" failed '2 hours' $OURS \
	    +15550101002 '' 30003
	tell message.inbound message "$(m 3)" received '1 hour' $THEIRS $OURS
	tell message.status message "$(m 4)" sent '50 minutes' $OURS $THEIRS
	tell message.status message "$(m 4)" delivered '49 minutes' $OURS \
	    $THEIRS
	tell message.status message "$(m 5)" sent '10 minutes' $OURS \
	    +15550101002
	C=CA000000000000000000000000000000a1
	tell call.inbound call "$C" ringing '30 minutes' $THEIRS $OURS '' '' \
	    '{"c": {"direction": [0, "inbound"]}}'
	tell call.status call "$C" completed '29 minutes' $THEIRS $OURS '' '' \
	    '{"l": {"duration_seconds": "61", "billed_minutes": "2"}}'
	tell call.status call CA000000000000000000000000000000a2 busy \
	    '29 minutes' $OURS '=cmd|"x"' "$C"
	tell recording.status recording RE000000000000000000000000000000a1 \
	    completed '28 minutes' '' '' "$C"
} >"$T/told"
is "$(sort "$T/told" | uniq -c | tr -s ' ')" ' 10 applied' "ten are told"

# Filters.
is "$(fields sid message list)" "$(m 5) $(m 4) $(m 3) $(m 2) $(m 1)" \
    "message list: all, newest first"
is "$(fields sid message list --from $OURS --to $THEIRS)" "$(m 4) $(m 1)" \
    "--from and --to"
is "$(fields sid message list --with $THEIRS)" "$(m 4) $(m 3) $(m 1)" \
    "--with: either side"
is "$(fields sid message list --with $THEIRS --with $OURS --since 7d)" \
    "$(m 4) $(m 3) $(m 1)" "--with twice: between two"
is "$(fields sid message list --with $OURS --with +15550101002)" \
    "$(m 5) $(m 2)" "whichever comes first"
is "$(fields sid message list --with $OURS --with $OURS)" '' "or with itself"
is "$(fields 'sid error_code' message list --error 30003)" "$(m 2)|30003" \
    "--error"
is "$(fields sid message list --status sent)" "$(m 5)" \
    "--status looks back three days"
like "$(cat "$T/err")" 'Looking back 3 days' "and says so"
is "$(fields sid message list --status sent --since 7d)" "$(m 5) $(m 1)" \
    "unless --since says how far"
is "$(cat "$T/err")" '' "without a word then"
is "$(fields sid message list --status sent --from $OURS)" \
    "$(m 5) $(m 1)" "a number has an index: as far as there is"
is "$(fields sid message list --since 90m --until 20m)" "$(m 4) $(m 3)" \
    "--since and --until"
is "$(fields sid message list --since \
    "$(sql "select to_char(now() - interval '90 minutes',
    'YYYY-MM-DD\"T\"HH24:MI:SSTZH:TZM')")" --until 20m)" "$(m 4) $(m 3)" \
    "a time"
is "$(fields sid message list --since 2020-01-31 --limit 1)" "$(m 5)" "a date"
is "$(fields sid message list --undecided 5)" "$(m 5)" "--undecided"
is "$(fields sid message list --undecided 20)" '' "and not so long"
is "$(fields sid message list --account "$B")" '' "--account"
is "$(fields 'status direction duration_seconds' call list --to $OURS)" \
    'completed|inbound|61' "call list: named values"
is "$(fields sid call list --parent "$C")" \
    CA000000000000000000000000000000a2 "--parent"
is "$(fields 'kind verdict' event list --sid "$(m 4)")" \
    'message.status|applied message.status|applied' "event list --sid"
is "$(fields sid event list --kind call.inbound)" "$C" "--kind"
is "$(fields status event list --kind message.status --limit 2)" \
    'sent delivered' "--kind message.status, which has no index"
is "$(fields kind event list --kind 'call.*')" \
    'call.status call.status call.inbound' "--kind of a group"
is "$(fields sid event list --verdict stale)" '' "--verdict"
is "$(fields sid message list --from "x' or true --")" '' \
    "values are never pasted into the statement"

# Pages.
pages() { # arguments of a list: its SIDs, two a page
	cursor=
	for p in 1 2 3 4 5 6 7 8 9; do
		p=$(fields 'sid cursor' "$@" --limit 2 \
		    ${cursor:+--after "$cursor"})
		[ -n "$p" ] || break
		cursor=${p##*|}
		printf '%s ' "$p" | sed 's/|[^ ]*//g'
	done | sed 's/ $//'
}
is "$(pages message list)" "$(fields sid message list)" \
    "pages: all of them, once"
is "$(pages message list --with $OURS)" "$(fields sid message list)" \
    "pages with --with"
is "$(pages event list)" "$(fields sid event list)" "pages of events"
run message list --limit 2
like "$out" '^FIRST SEEN +SID +STATUS' "table: a heading"
next=$(printf '%s\n' "$out" | sed -n 's/^next: //p')
run message list --limit 2 --after "$next"
like "$out" "$(m 3)" "table: the next page"
unlike "$out" "$(m 4)" "table: begins behind the last"
run message list
unlike "$out" '^next:' "table: none when there is no more"
run message list --from +15550101077
like "$out" 'Nothing was found' "table: nothing"
is "$rc" 0 "which is no error"

# CSV, by RFC 4180; no formulas.
"$OFFHOOK" call list --output csv >"$T/csv" 2>&1
is "$(sed -n 1p "$T/csv" | tail -c 3 | od -An -c | tr -d ' ')" 'r\r\n' \
    "CSV: lines end with CR LF"
like "$(cat "$T/csv")" ",busy,,[$OURS]+,\"'=cmd.\"\"x\"\"\"," \
    "CSV: quotes are doubled, a formula is none any more, a number is one"
is "$(awk -F, 'NR != 3 { print NF }' "$T/csv" | sort -u)" 13 \
    "CSV: as many columns in each line"

# --explain, and words that are wrong.
run message list --with $OURS --explain
like "$out" 'resource_from' "--explain: the plan"
for bad in '--since yesterday' '--since 2026-02-30' '--limit x' '--error x' \
    '--after x' '--with 1 --with 2 --with 3' '--follow --until 1h' '--output xml' '--kind x'; do
	# shellcheck disable=SC2086 # an option and its value
	run message list $bad
	is "$rc" 2 "$bad is an error"
done
run config show --output csv
is "$rc" 2 "--output csv is for lists"
for wrong in 'event list --kind mesage.inbound' 'event list --verdict x' \
    'event list --account AC1' 'message list --status deliverd' \
    'message list --limit 0' 'call list --since 1h --until 2h'; do
	# shellcheck disable=SC2086 # a command's words
	run $wrong
	is "$rc" 2 "$wrong: an error"
done
run call list --status bussy
like "$out" '--status is queued, .*busy, failed or completed, not bussy' \
    "that names the known ones"
run event list --kind stream.com.example.new
is "$rc" 0 "of Event Streams there are more kinds than are known"

# resource show.
run resource show "$C"
like "$out" '^status +completed' "resource show: a call"
like "$out" 'duration_seconds = 61' "its best known values"
like "$out" '^recording +RE0+a1 +completed' "what belongs to it"
like "$out" 'recording.status +completed +applied' "in its history, too"
run resource show RE000000000000000000000000000000a1
like "$out" "^parent +$C" "resource show: another kind"
"$OFFHOOK" resource show "$C" --output json >"$T/json" 2>&1
is "$(perl -MJSON::PP -0777 -ne '$v = decode_json($_); print join " ",
    $v->{resource}{facts}{billed_minutes}, $v->{resource}{terminal},
    scalar @{$v->{events}}, scalar @{$v->{related}}' "$T/json")" '2 1 4 2' \
    "resource show: JSON"

# --follow: the last ones, then what comes; late commits, changes; once each.
follow() { # file, arguments: in the background; sets pid
	f_file=$1
	shift
	"$OFFHOOK" "$@" --follow >"$f_file" 2>&1 </dev/null &
	pid=$!
	at_exit "stop_pid $pid 5"
}
has() { # file, regular expression
	grep -Eq -e "$2" "$1"
}
follow "$T/messages" message list --limit 2 --output json
messages=$pid
follow "$T/events" event list --kind 'message.*' --limit 1
ok "--follow begins" wait_for 10 has "$T/messages" "$(m 5)"
ok "of events, too" wait_for 10 has "$T/events" 'sent'
is "$(perl -MJSON::PP -ne 'print decode_json($_)->{sid}, " "' \
    "$T/messages")" "$(m 4) $(m 5) " "--follow: oldest first, a JSON a line"
tell message.status message "$(m 5)" delivered '0 s' $OURS +15550101002 \
    >"$T/told"
tell message.status message "$(m 6)" sent '5 s' $OURS $THEIRS >"$T/told"
tell call.status call CA000000000000000000000000000000a3 busy '0 s' $OURS \
    $THEIRS >"$T/told"
ok "--follow: a change" wait_for 10 has "$T/messages" \
    "$(m 5).*\"delivered\""
ok "--follow: what was committed late" wait_for 10 has "$T/messages" "$(m 6)"
ok "--follow: events" wait_for 10 has "$T/events" "$(m 6)"
tell message.status message "$(m 7)" sent '0 s' $OURS $THEIRS >"$T/told"
ok "--follow goes on" wait_for 10 has "$T/messages" "$(m 7)"
is "$(wc -l <"$T/messages")" 5 "each line is new"
unlike "$(cat "$T/messages" "$T/events")" 'CA0' "what was not asked is not told"
is "$(grep -c "$(m 6)" "$T/events")" 1 "an event is told once"
kill -TERM "$messages"
ok "--follow ends" wait_for 5 gone "$messages"
done_testing
