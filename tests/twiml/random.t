#!/usr/bin/perl
# Random documents made by the npm package twilio are accepted, mutations of
# them are reported; and the schema says the same of each.
use strict;
use warnings;
use File::Basename;
use File::Temp 'tempdir';
use lib dirname(__FILE__);
use TwimlTest;

my $T = tempdir(CLEANUP => 1);
my $seed = $ENV{SEED} // time;
print "# SEED=$seed\n";
system('node', "$top/tests/twiml/random.js", $seed, 2000, $T) == 0
    or die "no documents\n";

my %what;
open my $list, '<', "$T/list" or die "list: $!\n";
while (<$list>) {
	chomp;
	my ($kind, $file, $what) = split /\t/;
	$what{$kind}{"$T/$file"} = $what;
}
close $list;

my %made;
for my $kind (sort keys %what) {
	my %w = %{$what{$kind}};
	my @files = sort keys %w;
	my ($found) = lint($kind, @files);
	my $error = schema_errors($kind, $T,
	    grep { $w{$_} !~ /^(notClosed|rawAmpersand)$/ } @files);
	my (@bad, @differ);
	for my $f (@files) {
		my @worse = grep { $_->{level} ne 'advice' }
		    @{$found->{$f} // []};
		$made{$w{$f}}++;
		push @bad, "$w{$f}: " . join(', ', map { $_->{message} }
		    @worse) . ': ' . substr(read_file($f), 0, 1500)
		    if (@worse > 0) != ($w{$f} ne 'valid');
		next if $w{$f} =~ /^(notClosed|rawAmpersand)$/;
		push @differ, "$w{$f}: " . ($error->{$f} // 'no error') .
		    ': ' . substr(read_file($f), 0, 1500)
		    if (@worse > 0) != defined $error->{$f};
	}
	ok(!@bad, "$kind: " . @files . ' documents, accepted or reported ' .
	    'as they are', @bad);
	ok(!@differ, "$kind: the schema agrees", @differ);
}
ok($made{valid} == 2000, '2000 were made by the SDK');
ok(keys %made == 11 && !grep({ $_ < 10 } values %made),
    'and every kind of mutation', map { "$_: $made{$_}" } sort keys %made);
done();
