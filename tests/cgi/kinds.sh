#!/bin/sh
# Every kind of request that Twilio sends, as "offhook send" makes it but
# signed here: what it is answered, and that it is stored under its kind.
# Plain CGI takes every variant; the other transports the usual one of each,
# FastCGI by GET.
. "${0%/*}/../lib.sh"
database
responder
# The harness's own names would be unknown settings of the command line.
unset OFFHOOK_BUILD OFFHOOK_TEST_CLUSTER OFFHOOK_AS

# One line a request: method, kind, variant, form or json, digits of its SIDs,
# token; its body in $T/kinds/N.
mkdir "$T/kinds"
perl -MJSON::PP -e '
	my ($offhook, $config, $dir, $transport, $base) = @ARGV;
	my @common = ("--config", $config, "--output", "json");
	sub run {
		open my $p, "-|", $offhook, @_, @common or die "$offhook: $!\n";
		local $/;
		my $out = <$p>;
		close $p or die "offhook @_ failed\n";
		return decode_json($out);
	}
	my ($n, %seen) = (0);
	sub make {
		my ($method, $k) = @_;
		my $r = run("send", $k->{kind}, "$base/twilio", "--variant",
		    $k->{variant}, "--print");
		my ($token) = map { /^I-Twilio-Idempotency-Token: (.*)/ }
		    @{$r->{headers}};
		my ($digits) = $r->{body} =~
		    /(?!AC)[A-Z]{2}([0-9a-f]{32})/;
		$n++;
		open my $f, ">:raw", "$dir/$n" or die "$dir/$n: $!\n";
		print $f $r->{body};
		close $f or die "$dir/$n: $!\n";
		print join("\t", $method, @$k{qw(kind variant body)}, $digits,
		    $token), "\n";
	}
	for my $k (@{run("send", "--list")}) {
		next if $seen{$k->{kind}}++ && $transport ne "cgi";
		make($transport eq "fcgi" && $k->{body} eq "form" ? "GET" :
		    "POST", $k);
	}' "$OFFHOOK" "$CONFIG" "$T/kinds" "$TRANSPORT" "$BASE" \
    >"$T/kinds.tsv" || die "no samples"

wanted() { # kind; sets wanted, the status and type that its reply has
	case $1 in
	conversation.on*ed|debugger.alert|stream.*|*.status|call.amd|\
	call.partial|call.stream|transcription.realtime)
		wanted='204 ' ;;
	conversation.*)
		wanted='200 application/json' ;;
	*)	wanted='200 text/xml' ;;
	esac
}

# The same as signed() and header() of tests/lib.sh, with one process only.
n=0
while IFS='	' read -r method kind variant body digits token; do
	n=$((n + 1))
	set -- -s "$TOKEN_A" -H "I-Twilio-Idempotency-Token: $token"
	case $method-$body in
	GET-*)	IFS= read -r query <"$T/kinds/$n"
		set -- GET "/twilio?$query" "$@" ;;
	*-json)	set -- POST /twilio -j -f "$T/kinds/$n" "$@" ;;
	*)	set -- POST /twilio -f "$T/kinds/$n" "$@" ;;
	esac
	: >"$T/status"
	: >"$T/headers"
	"$ROOT/tests/request" "$@" </dev/null
	IFS= read -r status <"$T/status"
	type=
	while IFS= read -r line; do
		case $line in
		[Cc]ontent-[Tt]ype:*)
			type=${line#*: }
			type=${type%%;*} ;;
		esac
	done <"$T/headers"
	wanted "$kind"
	is "$status $type" "$wanted" "$method $kind ($variant)"
	comma=,
	[ "$n" != 1 ] || comma=
	printf "%s('%s %s', '%s', '%s', '%s')\n" "$comma" "$method" \
	    "$variant" "$kind" "$digits" "$token" >>"$T/values"
done <"$T/kinds.tsv"
below 50 "$n" "there are samples"

# What belongs to one request has its digits; before there is a SID, the token.
is "$(sql "select w.kind, w.what, string_agg(distinct e.kind, ' '),
	bool_or(e.sid is not null)
    from (values $(cat "$T/values")) w (what, kind, digits, token)
    left join offhook.events e
    on right(e.sid, 32) = w.digits or e.token = w.token
    group by w.kind, w.what
    having not coalesce(bool_or(e.kind = w.kind
	and (e.sid is not null or w.kind = 'conversation.onConversationAdd'
	    or w.kind = 'other')), false)")" \
    '' "each is stored under its kind, with its SID"
is "$(count "events where kind = 'other'")" \
    "$(grep -c '	other	' "$T/kinds.tsv")" "nothing else is of kind other"

done_testing
