#!/usr/bin/perl
# oracle.pl <SENT >WANT: what becomes of each resource, whatever the order in
# which its callbacks arrive.  Written from Twilio's documentation, not from
# sql/: it keeps all callbacks of a resource, sorts them, and takes the last.
#
# SENT has a line a callback, with tabs between the columns, see lives.pl; an
# empty column is one that the callback did not have.  WANT has a line a
# resource, sorted, in the form of tests/sql/lib/states.sql.
use strict;
use warnings;

# How far a life has gone, step by step; in one step the better evidence is
# behind.  docs/messaging/guides/outbound-message-status-in-status-callbacks,
# docs/voice/api/call-resource#call-status-values, docs/voice/api/recording,
# docs/voice/twiml/transcription, docs/voice/twiml/conference,
# docs/conversations/conversations-webhooks, docs/voice/twiml/stream,
# docs/usage/troubleshooting/debugging-event-webhooks
my %steps = (
	message => [[qw(scheduled receiving)], ['accepted'], ['queued'],
	    ['sending'], ['sent'], [qw(canceled failed undelivered
	    partially_delivered delivered received)], ['read']],
	call => [['queued'], ['initiated'], ['ringing'], ['in-progress'],
	    [qw(canceled no-answer busy failed completed)]],
	recording => [[qw(paused in-progress)], ['stopped'], ['processing'],
	    [qw(absent failed completed)], ['deleted']],
	transcription => [[qw(in-progress transcription-started)],
	    [qw(failed completed transcription-content)],
	    [qw(transcription-stopped transcription-error)]],
	conference => [[qw(conference-start announcement-fail
	    announcement-end)], ['conference-end']],
	delivery_receipt => [['sent'], [qw(failed undelivered delivered)],
	    ['read']],
	media_stream => [['stream-started'],
	    [qw(stream-stopped stream-error)]],
	alert => [[qw(warning error)]],
);
# What can come again and again: Twilio's clock tells.  Of two at one time
# without sequence numbers the one behind.
my %cycles = (
	participant => [map { "participant-$_" } qw(join mute unmute hold
	    unhold modify speech-start speech-stop leave)],
	conversation => [qw(active inactive closed removed)],
	conversation_message => [qw(added updated removed)],
	conversation_participant => [qw(added updated removed)],
	conversation_user => [qw(added updated)],
);

my %place;	# kind, status: [step or nothing, place within it]
for my $kind (keys %steps) {
	my $step = 0;
	for my $names (@{$steps{$kind}}) {
		my $n = 0;
		$place{$kind}{$_} = [$step, ++$n] for @$names;
		$step++;
	}
}
for my $kind (keys %cycles) {
	my $n = 0;
	$place{$kind}{$_} = [0, ++$n] for @{$cycles{$kind}};
}

# When it is told, among all that is told of its resource: a list of numbers.
# What nobody knows comes before all that is known.
sub moment {
	my ($kind, $status, $seq, $clock) = @_;
	my $at = $place{$kind}{$status} or return (-1);
	return (($cycles{$kind} ? $clock || 0 : $at->[0]),
	    length($seq) ? $seq : -1, $at->[1]);
}

# The same of the values that it brings: a clock orders them even when the
# status is one that nobody knows, or none.
sub value_moment {
	my ($kind, $status, $seq, $clock) = @_;
	return moment(@_) if $place{$kind}{$status} || !$cycles{$kind} ||
	    !length($clock);
	return ($clock, length($seq) ? $seq : -1, 0);
}

sub compare {
	my ($x, $y) = @_;
	for my $i (0 .. ($#$x > $#$y ? $#$x : $#$y)) {
		my $order = ($x->[$i] // -1) <=> ($y->[$i] // -1);
		return $order if $order;
	}
	return 0;
}

sub digits { return $_[0] =~ /^[0-9]+$/ ? length $_[0] : 0 }

# Of pairs [moment, value] the last value; of equal moments the greater one,
# digits as numbers.
sub last_of {
	my ($numbers, @pairs) = @_;
	my ($last) = sort {
		compare($b->[0], $a->[0]) || ($numbers ?
		    $b->[1] <=> $a->[1] : digits($b->[1]) <=> digits($a->[1])
		    || $b->[1] cmp $a->[1])
	} @pairs;
	return $last ? $last->[1] : '';
}

sub least { return (sort grep { length } @_)[0] // '' }
sub greatest { return (sort grep { length } @_)[-1] // '' }
sub numbers { return sort { $a <=> $b } grep { length } @_ }

my %life;
while (my $line = <STDIN>) {
	chomp $line;
	my %c;
	@c{qw(sid kind key status seq clock error from to parent at media
	    consent c l)} = split(/\t/, $line, -1);
	push @{$life{$c{sid}}}, \%c;
}

for my $sid (sort keys %life) {
	my @all = @{$life{$sid}};
	my $kind = $all[0]{kind};
	my %facts;
	for my $c (@all) {
		my @when = @$c{qw(kind status seq clock)};
		$c->{moment} = [moment(@when)];
		for my $f (split(/;/, $c->{c})) {
			my ($name, $value) = split(/=/, $f, 2);
			push @{$facts{$name}}, [[0], $value];
		}
		for my $f (split(/;/, $c->{l})) {
			my ($name, $value) = split(/=/, $f, 2);
			push @{$facts{$name}}, [[value_moment(@when)],
			    $value];
		}
	}
	my @known = grep { $place{$kind}{$_->{status}} } @all;
	my @times = numbers(map { $_->{at} } @all);
	print join("\t", $sid, $kind, 'AC-orders',
	    @known ? last_of(0, map { [$_->{moment}, $_->{status}] } @known) :
	    greatest(map { $_->{status} } @all),
	    last_of(1, map { [$_->{moment}, $_->{error}] }
	    grep { length $_->{error} } @all),
	    least(map { $_->{from} } @all), least(map { $_->{to} } @all),
	    $times[0], $times[-1], least(map { $_->{parent} } @all),
	    (numbers(map { $_->{media} } @all))[-1] // '',
	    greatest(map { $_->{consent} } @all),
	    join(';', map { "$_=" . last_of(0, @{$facts{$_}}) }
	    sort keys %facts)), "\n";
}
