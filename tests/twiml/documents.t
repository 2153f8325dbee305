#!/usr/bin/perl
# The documents of tests/twiml: every valid one is accepted, every invalid
# one reported with the code and the level of its list; and a schema made
# from the same data agrees under an independent validator.
use strict;
use warnings;
use Cwd 'abs_path';
use File::Basename;
use File::Temp 'tempdir';
use lib dirname(__FILE__);
use TwimlTest;

my $T = tempdir(CLEANUP => 1);
my $docs = abs_path("$top/tests/twiml");
my %level = (ERROR => 'error', WARNING => 'warning', none => 'advice');

# As a file to be checked: with a head where the type is part of the case.
sub as_file {
	my ($d) = @_;
	my $path = "$docs/invalid/$d->{file}";
	return $path if $d->{contentType} eq 'text/xml';
	open my $f, '>:raw', "$T/$d->{file}" or die "$d->{file}: $!\n";
	print $f "HTTP/1.1 200 OK\r\nContent-Type: $d->{contentType}\r\n\r\n",
	    read_file($path);
	close $f or die "$d->{file}: $!\n";
	return "$T/$d->{file}";
}

for my $kind (qw(voice messaging fax)) {
	my @valid = grep { $_->{document} eq $kind } documents('valid');
	my ($found) = lint($kind, map { "$docs/valid/$_->{file}" } @valid);
	my @bad = map { "$_->{file}:$_->{column}: $_->{code} $_->{message}" }
	    grep { $_->{level} ne 'advice' } map { @$_ } values %$found;
	ok(!@bad, "$kind: " . @valid . ' valid documents accepted', @bad);

	# One that nobody reads aloud, which its list says.
	for my $d (grep { $_->{semantic} } @valid) {
		my @codes = map { $_->{code} }
		    @{$found->{"$docs/valid/$d->{file}"}};
		ok("@codes" eq "@{$d->{semantic}}",
		    "$d->{file}: @{$d->{semantic}} as advice", "@codes");
	}

	my @invalid = grep { $_->{document} eq $kind } documents('invalid');
	my %file = map { $_->{file} => as_file($_) } @invalid;
	($found) = lint($kind, values %file);
	@bad = ();
	for my $d (@invalid) {
		my @got = map { [@$_{qw(code level message)}] }
		    @{$found->{$file{$d->{file}}} // []};
		my %may = map { $_ => 1 } $d->{code}, @{$d->{also}};
		push @bad, "$d->{file}: not $d->{code} $d->{level}: " .
		    join ', ', map { "@$_" } @got
		    unless grep { $_->[0] == $d->{code} &&
		    $_->[1] eq $level{$d->{level}} } @got;
		push @bad, map { "$d->{file}: why @$_?" } grep {
		    $_->[1] ne 'advice' && !$may{$_->[0]} } @got;
	}
	ok(!@bad, "$kind: " . @invalid . ' invalid documents reported with ' .
	    'their code and level, and no other', @bad);
}

# What a schema cannot say, and why.  Whole layers first: they are for the
# parser, or for what carries the document.
my %layer = map { $_ => 1 } qw(wellformed encoding dtd transport limit);
my %beyond = (
	'340-enum-say-language.xml' =>
	    'the form is right; that no language xx exists is in ISO 639',
	'440-play-nothing.xml' => 'an attribute or a text',
);
my %stricter = (
	'070-text-only-space.xml' => 'advice with us, an error with it',
);
for my $kind (qw(voice messaging fax)) {
	my @valid = grep { $_->{document} eq $kind } documents('valid');
	my @invalid = grep { $_->{document} eq $kind && !$layer{$_->{layer}} }
	    documents('invalid');
	my $error = schema_errors($kind, $T,
	    (map { "$docs/valid/$_->{file}" } @valid),
	    map { "$docs/invalid/$_->{file}" } @invalid);
	my @bad = map { "$_->{file}: " . $error->{"$docs/valid/$_->{file}"} }
	    grep { $error->{"$docs/valid/$_->{file}"} &&
	    !$stricter{$_->{file}} } @valid;
	push @bad, map { "$_->{file}: not reported" }
	    grep { !$error->{"$docs/invalid/$_->{file}"} &&
	    !$beyond{$_->{file}} } @invalid;
	push @bad, map { "$_: it can, after all" } grep {
	    $error->{"$docs/invalid/$_"} } keys %beyond;
	ok(!@bad, "$kind: the schema agrees on " . (@valid + @invalid) .
	    ' of them', @bad);
}
done();
