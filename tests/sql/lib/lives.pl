#!/usr/bin/perl
# lives.pl FOLDER SEED [MORE]: lives of resources, for tests/sql/orders.sh.
#
# Every pair and triple of statuses of each kind in every order, an unknown
# one among them; every permutation of real lives (of those of 6 callbacks
# and more a sample, all of them with MORE); random walks.  A life is sent by
# one client in its order, or spread over all clients at once; one callback
# in five comes twice.  Writes FOLDER/sent, a line a callback, for oracle.pl;
# FOLDER/c1 to c16, what each client runs; FOLDER/size.
use strict;
use warnings;
use Digest::MD5 qw(md5_hex);
use List::Util qw(shuffle);

my ($dir, $seed, $more) = @ARGV;
my $clients = 16;
srand($seed);

# All that a callback can say beside its status: constant facts, facts that
# are as good as the callback, whether it has a sequence number or a clock.
my %kind = (
	message => {
		prefix => 'SM', c => [qw(messaging_service_sid num_segments)],
		l => [qw(price error_message)],
		names => [qw(scheduled receiving accepted queued sending sent
		    canceled failed undelivered partially_delivered delivered
		    received read)],
	},
	call => {
		prefix => 'CA', seq => 1, c => [qw(direction stir_verstat)],
		l => [qw(duration_seconds billed_minutes answered_by)],
		names => [qw(queued initiated ringing in-progress completed
		    busy failed no-answer canceled)],
	},
	recording => {
		prefix => 'RE', c => [qw(source track)],
		l => [qw(duration_seconds url channels)],
		names => [qw(in-progress paused stopped processing completed
		    absent failed deleted)],
	},
	transcription => {
		prefix => 'GT', seq => 1, c => [qw(engine language)],
		l => [qw(track error_message)],
		names => [qw(in-progress completed failed
		    transcription-started transcription-content
		    transcription-stopped transcription-error)],
	},
	conference => {
		prefix => 'CF', seq => 1, c => ['friendly_name'],
		l => [qw(ended_reason ended_by_label)],
		names => [qw(conference-start conference-end
		    announcement-end announcement-fail)],
	},
	participant => {
		prefix => 'CF', seq => 1, clock => 1000, c => [],
		l => [qw(muted hold label coaching)],
		names => [qw(participant-join participant-leave
		    participant-mute participant-unmute participant-hold
		    participant-unhold participant-modify
		    participant-speech-start participant-speech-stop)],
	},
	conversation => {
		prefix => 'CH', clock => 1, c => ['messaging_service_sid'],
		l => [qw(friendly_name attributes state_reason)],
		names => [qw(active inactive closed removed)],
	},
	conversation_message => {
		prefix => 'IM', clock => 1, c => ['message_index'],
		l => ['attributes'], names => [qw(added updated removed)],
	},
	conversation_participant => {
		prefix => 'MB', clock => 1, c => ['source'],
		l => [qw(role_sid last_read_index)],
		names => [qw(added updated removed)],
	},
	conversation_user => {
		prefix => 'US', clock => 1, c => ['source'],
		l => [qw(is_online friendly_name)],
		names => [qw(added updated)],
	},
	delivery_receipt => {
		prefix => 'DY', c => ['channel_message_sid'], l => [],
		names => [qw(sent delivered read failed undelivered)],
	},
	media_stream => {
		prefix => 'MZ', c => ['stream_name'], l => ['stream_error'],
		names => [qw(stream-started stream-stopped stream-error)],
	},
	alert => {
		prefix => 'NO', c => [qw(service_sid message)], l => [],
		names => [qw(warning error)],
	},
);

# Real lives: 'status[:sequence number[:ms after the first[:error]]]'; '-'
# is a callback without a status.
my @real = (
	[message => qw(queued sent delivered read)],
	[message => qw(accepted queued sending sent delivered)],
	[message => qw(scheduled accepted queued sending sent delivered
	    read)],
	[message => 'queued', 'sent', 'undelivered:::30003'],
	[message => 'queued', 'failed:::30007'],
	[message => 'accepted', 'failed:::21610', 'failed:::30007'],
	[message => qw(scheduled canceled)],
	[message => qw(receiving received)],
	# several segments, several receipts
	[message => 'sent:::30001', 'undelivered:::30005', 'delivered',
	    'read'],
	[call => qw(initiated:0 ringing:1 in-progress:2 completed:3)],
	[call => qw(queued initiated:0 ringing:1 in-progress:2 completed:3)],
	# with what is asked meanwhile, and how it was answered
	[call => qw(queued initiated:0 ringing:1 in-progress:2 - in-progress
	    completed:3)],
	[call => qw(initiated:0 ringing:1 no-answer:2)],
	[call => qw(initiated:0 ringing:1 busy:2)],
	[call => 'initiated:0', 'failed:1::13224'],
	[call => qw(initiated:0 ringing:1 canceled:2)],
	# subscribed to completed alone, besides a stream with all of them
	[call => qw(initiated:0 ringing:1 in-progress:2 completed:0
	    completed:3)],
	[recording => qw(in-progress completed)],
	[recording => qw(in-progress paused in-progress stopped processing
	    completed deleted)],
	[recording => 'in-progress', 'absent:::13000'],
	[transcription => qw(in-progress completed)],
	[transcription => qw(transcription-started:1 transcription-content:2
	    transcription-content:3 transcription-content:4
	    transcription-content:5 transcription-stopped:6)],
	[conference => qw(conference-start:2 announcement-end:5
	    announcement-fail:8 conference-end:12)],
	[participant => qw(participant-join:1:0 participant-mute:2:5000
	    participant-unmute:3:5000 participant-hold:4:5000
	    participant-unhold:5:7000 participant-speech-start:6:7000
	    participant-leave:7:9000)],
	# the same call comes back into the conference
	[participant => qw(participant-join:1:0 participant-leave:2:4000
	    participant-join:4:4000 participant-mute:5:8000)],
	[conversation => qw(active::0 inactive::60 active::90 inactive::150
	    closed::4000)],
	[conversation => qw(active::0 active::7 inactive::60 active::61
	    closed::62 active::63 removed::64)],
	[conversation_message => qw(added::0 updated::1 updated::2
	    removed::9)],
	[conversation_participant => qw(added::0 updated::0 updated::80
	    removed::90)],
	[conversation_user => qw(added::0 updated::1 updated::2 updated::3)],
	[delivery_receipt => qw(sent delivered read)],
	[delivery_receipt => 'sent', 'undelivered:::63016'],
	[delivery_receipt => 'sent', 'failed:::63024'],
	[media_stream => qw(stream-started stream-stopped)],
	[media_stream => qw(stream-started stream-error stream-stopped)],
	[alert => 'error:::11200'], [alert => 'warning:::12300'],
);

# Numbers as texts, letters beyond ASCII: the greater one in byte order.
my @values = ('9', '10', '100', 'a', 'B', "\xc3\xa4", "\xe2\x82\xac", 'true',
    'false', '-0.00750', "\xf0\x9f\x98\x80", 'a"b\\c');

sub one_of { return $_[int rand @_] }

sub facts {
	my (@names) = @_;
	return join(';', map { rand() < .4 ? "$_=" . one_of(@values) : () }
	    @names);
}

# One callback: a reference to its columns, in the order of FOLDER/sent.
sub callback {
	my ($name, $status, $seq, $ms, $error) = @_;
	my $k = $kind{$name};
	my $clock = '';
	if ($k->{clock}) {
		$ms = int(rand(3)) * $k->{clock} unless length($ms // '');
		$clock = 1750000000000 + $ms unless rand() < .05;
	}
	$seq = $k->{seq} && rand() < .3 ? int(rand(4)) : ''
	    unless length($seq // '');
	$error = rand() < .15 ? 30001 + int(rand(9)) : ''
	    unless length($error // '');
	my ($media, $consent) = ('', '');
	if ($name eq 'message') {
		$media = 1 + int(rand(10)) if rand() < .15;
		$consent = one_of('opted_in', 'opted_out') if rand() < .1;
	}
	return [$status eq '-' ? '' : $status, $seq, $clock, $error,
	    one_of('', '+15550100001', '+15550100001', '+15550100003',
	    "\xc3\xa9lan"),
	    one_of('', '+15550100002', '+15550100002', '+15550100004'),
	    rand() < .6 ? one_of('CA-orders-1', 'CA-orders-2', "\xc3\xa9") :
	    '', 1750000000000 + int(rand(100000)), $media, $consent,
	    facts(@{$k->{c}}), facts(@{$k->{l}})];
}

my (@sent, %size);
my $lives = 0;

# A life: its callbacks, each sent by a client at a place in its file.
sub life {
	my ($name, $spread, @calls) = @_;
	my $id = md5_hex("$seed/" . $lives++);
	my $sid = $kind{$name}{prefix} . $id;
	$sid .= "/CA$id" if $name eq 'participant';
	my $pos = md5_hex("$id/pos");
	my $n = 0;
	for my $c (@calls) {
		my $client = $spread ? ($lives + $n) % $clients :
		    $lives % $clients;
		my $key = md5_hex("$id/" . $n++);
		my $row = [$sid, $name, $key, @$c];
		push @sent, [$client, $pos, $n, $row, 0];
		# by another client, at about the same time
		push @sent, [($client + 1 + int(rand($clients - 1)))
		    % $clients, $pos, $n, $row, 1] if rand() < .2;
	}
}

sub permutations {
	my ($done, @left) = @_;
	return [@$done] unless @left;
	return map {
		my @rest = @left;
		my ($next) = splice(@rest, $_, 1);
		permutations([@$done, $next], @rest);
	} 0 .. $#left;
}

for my $name (sort keys %kind) {
	my @names = (@{$kind{$name}{names}}, 'beamed-up');
	for my $a (@names) {
		life($name, 0, callback($name, $a));
		for my $b (@names) {
			life($name, 0, map { callback($name, $_) } $a, $b);
			for my $c (@names) {
				my @three = ($a, $b, $c);
				life($name, 0,
				    map { callback($name, $_) } @three);
				# the same three at once, in any order
				life($name, 1,
				    map { callback($name, $_) } @three)
				    if $more || $a le $b && $b le $c;
			}
		}
	}
}
for (@real) {
	my ($name, @steps) = @$_;
	my @calls = map { callback($name, split(/:/)) } @steps;
	my @all = permutations([], @calls);
	$size{permutations} += @all;
	@all = (shuffle(@all))[0 .. 119] if @all > 120 && !$more;
	life($name, 0, @$_) for @all;
	life($name, 1, @calls) for 1 .. ($more ? 100 : 10);
}
my @all = sort keys %kind;
for my $n (1 .. ($more ? 2000 : 100)) {
	my $name = $all[$n % @all];
	my @names = (@{$kind{$name}{names}}, 'beamed-up', 'abducted', '-');
	life($name, $n % 2, map { callback($name, one_of(@names)) }
	    1 .. 8 + int(rand(13)));
}

sub quoted {
	my ($s) = @_;
	return 'null' if $s eq '';
	$s =~ s/'/''/g;
	return "'$s'";
}

sub object {
	my ($facts, $before, $after) = @_;
	return '{' . join(',', map {
		my ($name, $value) = split(/=/, $_, 2);
		$value =~ s/(["\\])/\\$1/g;
		qq("$name":$before"$value"$after);
	} split(/;/, $facts)) . '}';
}

my @files;
for my $c (1 .. $clients) {
	open($files[$c - 1], '>', "$dir/c$c") or die "$dir/c$c: $!\n";
	print { $files[$c - 1] } <<'END';
prepare i (text, text, uuid, text, integer, bigint, integer, text, text,
    text, float8, jsonb) as
select verdict from offhook.ingest(offhook.bucket($1), $3, gen_random_uuid(),
    to_timestamp($11 / 1000), 'AC-orders', $2 || '.status', $2, $1, $4, $5,
    $6, $7, $8, $9, 'POST', 'https://example.com/t', null, 'form', 'a=b',
    null, null, null, 204::smallint, null, '', $10, $12);
END
}
open(my $out, '>', "$dir/sent") or die "$dir/sent: $!\n";
for (sort { $a->[1] cmp $b->[1] || $a->[2] <=> $b->[2] } @sent) {
	my ($client, undef, undef, $row, $again) = @$_;
	my ($sid, $name, $key, $status, $seq, $clock, $error, $from, $to,
	    $parent, $at, $media, $consent, $c, $l) = @$row;
	my $facts = join(',',
	    (length($c) ? '"c":' . object($c, '[0,', ']') : ()),
	    (length($l) ? '"l":' . object($l, '', '') : ()),
	    (length($media) ? qq("num_media":$media) : ()),
	    (length($consent) ? qq("consent":"$consent") : ()));
	print { $files[$client] } 'execute i (', join(', ', map { quoted($_) }
	    $sid, $name, $key, $status, $seq, $clock, $error, $from, $to,
	    $parent, $at, $facts eq '' ? '' : "{$facts}"), ");\n";
	print $out join("\t", @$row), "\n" unless $again;
	$size{$again ? 'again' : 'sent'}++;
}
open(my $sizes, '>', "$dir/size") or die "$dir/size: $!\n";
print $sizes "$lives $size{sent} $size{again} $size{permutations}\n";
for (@files, $out, $sizes) {
	close($_) or die "$dir: $!\n";
}
