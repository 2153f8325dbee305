# What the tests of the lint share: the documents and their lists, the
# command, TAP.
package TwimlTest;
use strict;
use warnings;
use Exporter 'import';
use File::Basename;
use JSON::PP;
our @EXPORT = qw($top ok done lint read_file documents schema_errors);

our $top = dirname(__FILE__) . '/../..';
my $build = $ENV{OFFHOOK_BUILD} // "$top/build";
my ($count, $bad) = (0, 0);

sub ok { # whether it is good, what, lines about a failure
	my ($good, $what, @about) = @_;
	$count++;
	print $good ? '' : 'not ', "ok $count - $what\n";
	return if $good;
	$bad++;
	@about = (@about[0 .. 19], '...') if @about > 20;
	print map { "# $_\n" } map { split /\n/ } @about;
}

sub done {
	print "1..$count\n";
	exit($bad ? 1 : 0);
}

sub read_file {
	my ($path) = @_;
	open my $f, '<:raw', $path or die "$path: $!\n";
	local $/;
	return scalar <$f>;
}

# valid or invalid: the list of the documents.
sub documents {
	my ($what) = @_;
	return @{JSON::PP->new->utf8->decode(
	    read_file("$top/tests/twiml/$what/index.json"))->{documents}};
}

# The findings of files by file, and the exit status of the last run.
sub lint {
	my ($kind, @files) = @_;
	my (%found, $status);
	while (my @some = splice @files, 0, 500) {
		my $pid = open my $f, '-|', "$build/bin/offhook", 'twiml',
		    'lint', '--kind', $kind, '--output', 'json', @some
		    or die "$build/bin/offhook: $!\n";
		local $/;
		my $out = <$f>;
		close $f;
		$status = $? >> 8;
		push @{$found{$_->{file}}}, $_
		    for @{JSON::PP->new->utf8->decode($out)};
	}
	return (\%found, $status);
}

# What jing says of files, by file, with the schema of this kind.
sub schema_errors {
	my ($kind, $dir, @files) = @_;
	my %error;
	system("'$top/tools/grammar' schema $kind >'$dir/$kind.rng'") == 0
	    or die "no schema\n";
	open my $f, '-|', 'jing', "$dir/$kind.rng", @files
	    or die "jing: $!\n";
	while (<$f>) {
		$error{$1} //= $2 if /^(.*?):\d+:\d+: (?:fatal|error): (.*)/;
		die "jing: $_" if /^fatal: exception|\.rng:/;
	}
	close $f;
	# jing names files by their whole path.
	return { map { my $e = $error{$_}; $_ => $e } keys %error };
}

1;
