#!/bin/sh
# The tables of kinds and fields are the same in C and SQL; what each sample
# says ends somewhere; and what C makes of a request SQL makes of its
# history, so that resources that are lost come back as they were.
set -u
TRANSPORT=apache
. "${0%/*}/../lib.sh"

database
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS
responder
OFFHOOK_CONFIG=$CONFIG
export OFFHOOK OFFHOOK_CONFIG

# The tables.
is "$("$ROOT/tools/catalogue" | diff - "$ROOT/sql/catalogue.sql" | head -n 5)" \
    '' "sql/catalogue.sql is what tools/catalogue makes"
rows() { # list|fields, columns...; as psql writes them
	"$OFFHOOK" kind "$1" --output json >"$T/rows.json"
	shift
	perl -MJSON::PP -0777 -ne 'BEGIN { @c = splice(@ARGV, 1) }
	    print join("|", map { $_ // "" } @$_{@c}), "\n"
	    for @{JSON::PP->new->decode($_)}' "$T/rows.json" "$@" | sort
}
rows list kind reply resource sid parent status clock ordered key \
    source >"$T/c"
sql "select kind, reply, resource, sid, parent, status, clock, ordered, key,
    source from offhook.kind" | sort >"$T/sql"
is "$(diff "$T/c" "$T/sql" | head -n 5)" '' "offhook.kind: kind list"
rows fields topic param place fact class type meaning >"$T/c"
sql "select topic, param, place, fact, class, type, meaning
    from offhook.field" | sort >"$T/sql"
is "$(diff "$T/c" "$T/sql" | head -n 5)" '' "offhook.field: kind fields"
below 200 "$(wc -l <"$T/sql")" "and there are rows"

# Every sample of every kind.
"$OFFHOOK" send --list --output json >"$T/list.json"
perl -MJSON::PP -0777 -ne 'print "$_->{kind} $_->{variant}\n"
    for @{decode_json($_)}' "$T/list.json" >"$T/list"
bad=
while read -r kind variant; do
	"$OFFHOOK" send "$kind" "$BASE/twilio" --variant "$variant" \
	    --connect "http://127.0.0.1:$HTTP_PORT" >"$T/sent" 2>&1 \
	    </dev/null || bad="$bad $kind/$variant"
done <"$T/list"
is "$bad" '' "all $(wc -l <"$T/list") samples are taken"
samples=$(count event)

# What every parameter of every sample ends as.
sql "create view params as select e.kind, e.rkind, case
	when e.rkind = 'participant' then 'conference'
	when e.rkind = 'media_stream' then 'call'
	when e.rkind = 'delivery_receipt' or e.kind like 'conversation.%'
	then 'conversation' else split_part(e.rkind, '_', 1) end as topic,
    case when e.kind like 'stream.%' then offhook.stream_params(v.params)
	else v.params end || case when e.rkind = 'alert'
	then (select coalesce(jsonb_object_agg('Payload.' || m.key, m.value),
	    '{}') from jsonb_each_text(offhook.json_params(
	    offhook.event_params(convert_to(v.params ->> 'Payload', 'UTF8'),
	    'json', '', null), 3)) as m) else '{}' end as params, e.id
    from offhook.event e join offhook.events v using (id)" >"$T/out"
is "$(sql "select distinct p.topic || ' ' || k from params p,
    jsonb_object_keys(p.params) as k
    where p.topic is not null
    and not exists (select
    from offhook.field f where f.topic = p.topic and (f.param = k
    or f.param like '%*' and starts_with(k, rtrim(f.param, '*'))))
    order by 1")" '' "no parameter ends nowhere"

# Requests that nobody should send.
odd() { # prefix of the SID, parameters...: all are taken
	new_sid "$1"
	odd_sid=$sid
	case $1 in
	SM)	set -- "MessageSid=$sid" "$@" ;;
	CA)	set -- "CallSid=$sid" "$@" ;;
	NO)	set -- "Sid=$sid" PayloadType=application/json "$@" ;;
	esac
	odd_name=$1
	odd_n=$#
	while [ "$odd_n" -gt 0 ]; do
		odd_p=$1
		shift
		odd_n=$((odd_n - 1))
		case $odd_p in
		??)	;;
		*)	set -- "$@" -p "$odd_p" ;;
		esac
	done
	signed POST /twilio "$@"
	case $status in
	2??)	;;
	*)	fail "$odd_name" "status $status" ;;
	esac
	sid=$odd_sid
}
m() { # media, from 0 to this number
	i=0
	while [ "$i" -le "$1" ]; do
		printf '%s\n' "MediaUrl$i=https://api.example.com/2010-04-01/$(
		)Accounts/$A/Messages/MM$A/Media/ME$A$A" \
		    "MediaContentType$i=image/x-$i"
		i=$((i + 1))
	done
}
long=$(printf '%01024d' 0)
wide=$(printf '\303\244%.0s' $(seq 512))
# shellcheck disable=SC2046 # no blanks in them
odd SM SmsStatus=received NumMedia=10 Body= $(m 9)
is "$(sql "select jsonb_array_length((facts #>> '{media,1}')::jsonb)
    from offhook.resource where sid = '$sid'")" 10 "ten media, as JSON"
# shellcheck disable=SC2046
odd SM SmsStatus=received NumMedia=100 Body=x $(m 1) MediaUrl0= \
    'MediaUrl3=a"b\c</script>' MediaUrl10=x
odd SM SmsStatus=received NumMedia=101 Body=" Stop
"
odd SM SmsStatus=received NumMedia=007 Body="$(printf '\305\277top')"
odd SM SmsStatus=received NumMedia=-1 Body=STOP OptOutType=HELP
odd SM SmsStatus=received NumMedia= Body=HELP OptOutType=start
odd SM SmsStatus=received Body=x "ProfileName=$long" "WaId=${long}0" \
    "ButtonText=$wide" "ButtonPayload=${wide}a" "MessageType=0$wide" \
    "ChannelPrefix=$(printf '\360\237\230\200')"
odd SM SmsStatus=received Body=x Latitude=-90.000000000001 \
    Longitude=1234567890123 NumSegments=1234567890
odd SM SmsStatus=received Body=x Latitude=1. Longitude=.5 NumSegments=+1
odd SM MessageStatus=sent Price=-0.00750 PriceUnit=USD \
    "ErrorMessage=$(printf 'a\001b\177c\302\205d')"
odd SM MessageStatus=teleported Price=1 Price=2 ErrorCode=1
odd CA CallStatus=completed CallbackSource=x CallDuration=0061 Duration=2 \
    SipResponseCode=20O DialBridged=True AnsweredBy=human
odd CA CallStatus=ringing Direction=inbound 'CallerName=<&>"'\'
odd NO Level=ERROR 'Payload={"resource_sid": "CA1", "error_code": "11200",
    "more_info": {"Msg": "\u00e4\ud83d\ude00", "httpResponse": 502,
    "url": "u", "deep": {"er": {"still": 1}}}, "webhook": {"type": "t",
    "request": {"url": "v", "method": "POST"}}}'
odd NO Level=Warning 'Payload={"error_code": 5, "more_info": [1]}'
odd NO Level=x 'Payload={'
for word in stop StopAll unsubscribe cancel end quit revoke optout; do
	odd SM SmsStatus=received "Body=$word" From=+15550100001
done
for word in start yes unstop; do
	odd SM SmsStatus=received "Body=$word" From=+15550100001
done
for word in STOPP help info 'stop it' no; do
	odd SM SmsStatus=received "Body=$word" From=+15550100001
done
is "$(sql "select string_agg(consent || ' ' || n, ', ' order by consent)
    from (select consent, count(*) as n from offhook.resource
    where from_ = '+15550100001' and consent is not null group by 1) as c")" \
    'opted_in 3, opted_out 8' "Twilio's keywords"
# bytes that are no UTF-8: 512 of them are 1,536 bytes of text
new_sid SM
{
	printf 'MessageSid=%s&SmsStatus=received&Body=%%80&WaId=' "$sid"
	printf '%%FF%.0s' $(seq 512)
	printf '&ProfileName='
	printf '%%FF%.0s' $(seq 341)
	printf '&ButtonText=%%00a&MediaUrl0=%%FE'
} >"$T/bytes"
signed POST /twilio -f "$T/bytes" \
    -H 'Content-Type: application/x-www-form-urlencoded'
is "$status" 200 "what is no UTF-8 is taken"
below "$((samples + 32))" "$(count event)" "all are stored"

# C and SQL.  A resource of one event has its facts alone.
sql "create view made as select e.sid, offhook.facts_of(e.kind, e.rkind,
    e.status, p.params) as facts,
    case when s.code is null and e.clock is not null
    then offhook.order_key(null, 0::smallint, 0, e.seq::integer, e.clock)
    else offhook.order_key(s.rank, s.code, 0, e.seq::integer, e.clock) end
    as ord
    from offhook.event e join params p using (id)
    left join offhook.status s on s.kind = e.rkind and s.name = e.status
    where e.rkind is not null and e.sid is not null and (select count(*)
    from offhook.event o where o.sid = e.sid) = 1" >"$T/out"
is "$(sql "select r.kind, r.sid, r.facts, offhook.facts_at(m.facts, m.ord),
    m.facts, r.num_media, r.consent from made m
    join offhook.resource r using (sid)
    where r.facts is distinct from offhook.facts_at(m.facts, m.ord)
    or r.num_media is distinct from (m.facts ->> 'num_media')::integer
    or r.consent is distinct from m.facts ->> 'consent'
    or r.asked is distinct from (m.facts ->> 'asked')::boolean limit 5")" '' \
    "facts: what C made is what SQL makes"
below 100 "$(sql "select count(*) from made where facts is not null")" \
    "of many resources"
is "$(sql "select string_agg(distinct k.resource, ' ')
    from offhook.kind k
    where k.resource is not null and not exists (select
    from offhook.resource r where r.kind = k.resource)")" '' \
    "of each kind there is one"

# All resources are lost, and come back as they were.
is "$(sql "create table kept as select * from offhook.resource;
    set session_replication_role = replica;
    delete from offhook.resource;
    set session_replication_role = origin;
    select count(*) from offhook.resource")" 0 "no resource is left"
is "$(sql "select sum(offhook.refold(k)) = (select count(*) from kept)
    from (select distinct kind from kept) as k (k)")" t "refold makes them all"
is "$(sql "select kind, sid, to_jsonb(k), (select to_jsonb(r)
    from offhook.resource r where r.sid = k.sid) from kept k
    where not exists (select from offhook.resource r
    where r.sid = k.sid and to_jsonb(r) = to_jsonb(k)) limit 5")" '' \
    "all as they were"
is "$(sql "select sum(offhook.refold(k)) from (select distinct kind
    from kept) as k (k)")" 0 "again: nothing to do"

done_testing
