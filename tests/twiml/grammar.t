#!/usr/bin/perl
# The tables are those of grammar/twiml.json, and the SDK's part of that is
# what the pinned npm package has.
use strict;
use warnings;
use File::Basename;
use File::Copy;
use File::Path 'make_path';
use File::Temp 'tempdir';
use lib dirname(__FILE__);
use TwimlTest;

my $table = `'$top/tools/grammar' table -`;
ok($? == 0 && $table eq read_file("$top/src/core/grammar_table.c"),
    'src/core/grammar_table.c is what tools/grammar table makes');
ok(`'$top/tools/grammar' format` eq read_file("$top/grammar/twiml.json"),
    'grammar/twiml.json is in its form');

# refresh, in a copy: it changes nothing, and mends what was changed.
my $T = tempdir(CLEANUP => 1);
make_path("$T/$_") for qw(tools tests grammar src/core build);
copy("$top/tools/$_", "$T/tools/$_") && chmod 0755, "$T/tools/$_"
    for qw(grammar npm);
system('cp', '-R', "$top/tests/npm", "$T/tests/npm");
system('cp', '-R', "$top/build/npm", "$T/build/npm");
my $data = read_file("$top/grammar/twiml.json");
sub refreshed {
	my ($before) = @_;
	open my $f, '>:raw', "$T/grammar/twiml.json" or die "$!\n";
	print $f $before;
	close $f or die "$!\n";
	system("'$T/tools/grammar' refresh") == 0 or return 0;
	return read_file("$T/grammar/twiml.json") eq $data &&
	    read_file("$T/src/core/grammar_table.c") eq $table;
}
ok(refreshed($data), 'make grammar changes nothing');
(my $old = $data) =~ s/"answerOnBridge": "boolean"/"answerOnBridge": "string"/;
ok($old ne $data && refreshed($old),
    'it brings back what differs from the package');

# Every rule that names an attribute or a type of the SDK finds it.
my $json = JSON::PP->new->utf8->decode($data);
my @lost;
for my $r (@{$json->{rules}}) {
	my ($kind, $type, $name) = $r->{at} =~ m,^(\w+)/(\w+)(?:@(.+))?,
	    or push @lost, $r->{at} and next;
	my $sdk = $json->{sdk}{$kind};
	next if $r->{rule} =~ /^(beyond|version)$/;
	push @lost, "$r->{at} $r->{rule}" unless $sdk->{enums}{$type} ||
	    ($sdk->{types}{$type} && (!defined $name ||
	    defined $sdk->{types}{$type}{attributes}{$name}));
}
ok(!@lost, 'every rule is of something that is there', @lost);
my %code = map { $_->{code} => 1 } @{$json->{codes}};
my @unknown = grep { $_->{code} && !$code{$_->{code}} } @{$json->{rules}};
ok(!@unknown, "every code of a rule is in Twilio's list",
    map { "$_->{at} $_->{code}" } @unknown);
done();
