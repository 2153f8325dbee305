#!/bin/sh
# Every question of docs/questions.md, over 200,000 resources and 600,000
# events: no plan reads a big table as a whole, nor much more than it answers.
# The SELECTs run under auto_explain, which also tells what functions do; the
# commands with --explain.  PLANS_TIMES=17 makes it ten million events, and
# shows how long each takes then.
. "${0%/*}/../lib.sh"
database
TIMES=${PLANS_TIMES:-1}
conf "OFFHOOK_ADMIN_DATABASE_URL=$(url_of "$DB" offhook_reader)"
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK_CONFIG
DOC=$ROOT/docs/questions.md

# Numbers +15550100001 to 5 are ours and have most of the rows; +15550101001
# is a customer's.  SIDs end with their number in hexadecimal.
psql -XAtq -v ON_ERROR_STOP=1 -v "times=$TIMES" -d "$DB" >"$T/fill" 2>&1 <<'END'
set synchronous_commit = off;
set maintenance_work_mem = '128MB';
set client_min_messages = warning;
-- indexes are made anew at the end, which is faster
create temporary table later as select
    replace(indexdef, ' ON ONLY ', ' ON ') as indexdef from pg_indexes
    where schemaname = 'offhook' and (tablename = 'resource'
    or tablename ~ '^event') and indexname !~ '_pkey$';
do $$ declare i record; begin
	for i in select indexname from pg_indexes where schemaname = 'offhook'
	    and indexname !~ '_pkey$' and (tablename = 'resource'
	    or tablename = 'event') loop
		execute 'drop index offhook.' || i.indexname;
	end loop;
end $$;
create temporary table made as
select n, case when n % 100 < 70 then 'message' when n % 100 < 85 then 'call'
	else (array['recording', 'transcription', 'conference',
	'participant', 'conversation', 'conversation_message',
	'conversation_participant', 'conversation_user', 'delivery_receipt',
	'media_stream', 'alert', 'recording', 'recording', 'alert',
	'conversation_message'])[n % 100 - 84] end as kind,
    '+1555010000' || 1 + n * 7 % 11 / 2 as ours,
    '+1555010' || 1000 + n * 31 % 8999 as theirs,
    n % 10 = 3 as inbound,
    now() - n * interval '13 seconds' / :times as at
from generate_series(1, 200000 * :times - 5) as n
-- number a1 is in many kinds, and parent of the first ones
union all
select 161, k, '+15550100001', '+15550101001', false,
    now() - interval '1 hour'
from unnest(array['call', 'recording', 'conference', 'conversation',
    'conversation_message']) as k;
insert into offhook.resource (sid, bucket, kind, account, ord, err_ord,
    error_code, from_, to_, first_seen, updated_at, parent, num_media,
    consent, facts)
select p.prefix || lpad(to_hex(m.n), 32, '0'), m.n % 1024, m.kind,
    'AC00000000000000000000000000000001',
    s.base, case when m.n % 50 = 3 then 1 end,
    case when m.n % 5000 = 3 then 21610 when m.n % 50 = 3
    then 30001 + m.n / 50 % 8 end,
    case when m.inbound then m.theirs else m.ours end,
    case when m.inbound then m.ours else m.theirs end, m.at, m.at,
    case when m.kind = 'message' then null
    when m.kind <> 'call' or m.n % 10 = 0
    then p.parent || lpad(to_hex(m.n - m.n % 1000 + 161), 32, '0') end,
    case when m.kind = 'message' and m.n % 200 = 3 then 1 end,
    case when m.kind = 'message' and m.n % 1000 = 13 then 'opted_out' end,
    case when m.n % 3 > 0 then jsonb_build_object('duration_seconds',
    jsonb_build_array(0, '7'), 'to_country', jsonb_build_array(0, 'US'),
    'media', jsonb_build_array(0,
    '[{"url": "https://example.com/m", "content_type": "image/png"}]')) end
from made m
join (values ('message', 'SM', null), ('call', 'CA', 'CA'),
    ('recording', 'RE', 'CA'), ('transcription', 'TR', 'RE'),
    ('conference', 'CF', null), ('participant', 'CP', 'CF'),
    ('conversation', 'CH', null), ('conversation_message', 'IM', 'CH'),
    ('conversation_participant', 'MB', 'CH'),
    ('conversation_user', 'US', 'IS'), ('delivery_receipt', 'DY', 'IM'),
    ('media_stream', 'MZ', 'CA'), ('alert', 'NO', 'CA'))
    as p (kind, prefix, parent) on p.kind = m.kind
join (select s.kind, x.n, (array_agg(s.base order by s.terminal = (x.n > 0)
    desc, s.name))[1 + x.n % 2] as base
    from offhook.status s, generate_series(0, 4) as x (n)
    group by s.kind, x.n) as s
    on s.kind = m.kind and s.n = m.n / 7 % 5;
insert into offhook.event (id, received_at, bucket, key, account, kind,
    rkind, sid, status, verdict, from_, to_, method, format, raw)
select gen_random_uuid(), r.first_seen + i * interval '4 seconds', r.bucket,
    gen_random_uuid(), 'AC00000000000000000000000000000001',
    case when r.kind = 'message' and i = 1
    and r.from_ > '+15550100999' then 'message.inbound'
    when r.kind = 'message' then 'message.status'
    when r.kind = 'call' then (array['call.inbound', 'call.gather',
    'call.status'])[i] when r.kind = 'alert' then 'debugger.alert'
    when r.kind ~ '^conversation' then 'conversation.onMessageAdded'
    else r.kind || '.status' end, r.kind, r.sid, 'sent',
    case when random() < .02 then 'stale' else 'applied' end, r.from_, r.to_,
    'POST', 'form', 'Body=Hi'
from offhook.resource r, generate_series(1, 3) as i;
insert into offhook.once (key, bucket, event_id, event_at, dups, http)
    select key, bucket, id, received_at, 0, 204 from offhook.event
    where received_at > now() - interval '1 day';
do $$ declare i record; begin
	for i in select indexdef from later
	    where indexdef !~ 'event_(default|[0-9])' loop
		execute i.indexdef;
	end loop;
end $$;
analyze offhook.resource;
analyze offhook.event;
analyze offhook.once;
END
is "$(cat "$T/fill")" '' "the rows are made"
is "$(count resource)|$(count event)" \
    "$((TIMES * 200000))|$((TIMES * 600000))" "all of them"

# Sections of plans, each after a line "=== MOST TITLE": how many rows of big
# tables they looked at, how many plans they are, and which big tables were
# scanned as a whole (an empty partition may be).
cat >"$T/plans.pl" <<'END'
use strict;
use warnings;
use JSON::PP;
my ($rows, $plans, %seq);
my $times = shift @ARGV;
sub node {
	my $n = shift;
	my $t = $n->{'Relation Name'} // '';
	my $loops = $n->{'Actual Loops'} // 1;
	my $read = $loops * (($n->{'Actual Rows'} // 0) +
	    ($n->{'Rows Removed by Filter'} // 0) +
	    ($n->{'Rows Removed by Index Recheck'} // 0));
	$rows += $read if $t =~ /^(resource|event.*|once|past_reply)$/ ||
	    $n->{'Node Type'} eq 'Bitmap Index Scan';
	$seq{$t} = 1 if $n->{'Node Type'} eq 'Seq Scan' && $read > 0 &&
	    $t =~ /^(resource|event.*|once)$/;
	node($_) for @{$n->{Plans} // []};
}
local $/;
my (undef, @sections) = split /^=== /m, <STDIN>;
for (@sections) {
	my ($most, $title) = /^(\d+) (.*)/;
	$most *= $times;
	my $ms = 0;
	for my $d (/LOG:  duration: ([\d.]+)/g,
	    /"Execution Time": ([\d.]+)/g) {
		$ms = $d if $d > $ms;	# of a function with what is in it
	}
	($rows, $plans, %seq) = (0, 0);
	for my $json (/^([\[{]\n.*?^[\]}])$/msg) {
		my $p = decode_json($json);
		$p = $p->[0] if ref $p eq 'ARRAY';
		$plans++;
		node($p->{Plan});
	}
	my $ok = $plans > 0 && $rows < $most && !%seq;
	print $ok ? 'ok' : 'not', ' ', join('|', $title, "$rows rows",
	    sprintf('%.1f ms', $ms), $plans ? () : "no plan", sort keys %seq), "\n";
	print STDERR "=== $_" if !$ok;
}
END
all_bounded() { # the sections in $T/plans
	perl "$T/plans.pl" "$TIMES" <"$T/plans" >"$T/read" 2>"$T/bad"
	while read -r verdict what; do
		if [ "$verdict" = ok ]; then
			pass "$what"
		else
			fail "$what"
		fi
	done <"$T/read"
	diag "$(head -c 20000 "$T/bad")"
}

explained() { # the settings under which psql tells the plans of all
	cat <<-'END'
	load 'auto_explain';
	set auto_explain.log_min_duration = 0;
	set auto_explain.log_nested_statements = on;
	set auto_explain.log_analyze = on;
	set auto_explain.log_timing = off;
	set auto_explain.log_format = json;
	set client_min_messages = log;
	END
}

# The SELECTs: one a line.  Those that count a day or three, or all alerts,
# read these; the others about a thousand rows.
awk '/^```sql$/ { on = 1; next } /^```$/ { on = 0 } on' "$DOC" >"$T/selects"
{
	explained
	while read -r select; do
		case $select in
		*"interval '1 day'"*|*"interval '7 days'"*|*alert_counts*|\
		*undecided*|*opted_out*)
			most=50000 ;;
		*parent\ =*|*_sid\ =*)
			most=7000 ;;	# two indexes are combined
		*)	most=1200 ;;
		esac
		printf '\\warn === %s %s\n%s\n' "$most" "$(printf '%s' \
		    "$select" | sed "s/'/''/g; s/.*/'&'/")" "$select"
	done <"$T/selects"
} >"$T/explained"
psql -XAtq -d "$DB" -f "$T/explained" >/dev/null 2>"$T/plans"
all_bounded
ok "there are 30 of them" test "$(wc -l <"$T/read")" -ge 30
is "$(wc -l <"$T/read")" "$(wc -l <"$T/selects")" "none is left out"

# What a route asks before it is answered: of a customer's number, of one that
# nobody knows, of one of ours, which has most of the rows.
{
	explained
	for numbers in +15550101001,+15550100001 +15550199999,+15550100001 \
	    +15550100001,+15550199999; do
		printf "\\\\warn === 500 state of %s\nselect offhook.state(
		    'AC00000000000000000000000000000001', 'message.inbound', '%s', '%s', 'message',
		    'SM000000000000000000000000000000a1', 'none');\n" \
		    "$numbers" "${numbers%,*}" "${numbers#*,}"
	done
} >"$T/explained"
psql -XAtq -d "$DB" -f "$T/explained" >/dev/null 2>"$T/plans"
all_bounded
is "$(wc -l <"$T/read")" 3 "a route's question"

# The commands, and more combinations of filters.
{
	sed -n 's/^offhook \(\(message\|call\|event\) list.*\)/\1/p' "$DOC" |
	    sed 's/ --follow//; s/ --output csv//'
	cat <<-'END'
	message list --from +15550100001
	message list --from +15550101001 --to +15550100001
	message list --with +15550100001 --status read
	message list --from +15550100002 --until 20d
	message list --error 21610
	message list --error 30003 --from +15550101001
	message list --account AC00000000000000000000000000000002 --since 24h
	call list --parent CA000000000000000000000000000000ef --status completed
	call list --until 25d
	event list --kind call.gather --until 25d
	event list --sid SM000000000000000000000000000000a1 --kind message.status
	event list --until 25d --account AC00000000000000000000000000000001
	END
} >"$T/commands"
while read -r command; do
	case $command in
	*--with*--status*)
		most=50000 ;;	# all of a busy number's
	*--status*|*--account*|*--undecided*|*--verdict*|*'*'*)
		most=30000 ;;
	*--with*|*--from*--to*|*--kind*)
		most=3000 ;;
	*)	most=1000 ;;
	esac
	echo "=== $most offhook $command"
	eval "set -- $command"
	"$OFFHOOK" "$@" --explain --output json 2>&1
done <"$T/commands" >"$T/plans"
all_bounded
is "$(wc -l <"$T/read")" "$(wc -l <"$T/commands")" "each has a plan"
done_testing
