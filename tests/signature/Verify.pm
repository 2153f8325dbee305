# Talks to build/tests/signature_verify, the check in C; see verify.c.
package Verify;
use strict;
use warnings;
use IPC::Open2;

sub new {
	my $class = shift;
	my $build = $ENV{OFFHOOK_BUILD} || 'build';
	my $pid = open2(my $from, my $to, "$build/tests/signature_verify");
	return bless { pid => $pid, from => $from, to => $to }, $class;
}

# ask(command, kind, tokens, base, target, signature, body): bytes, not text.
sub ask {
	my ($self, $command, $kind, @fields) = @_;
	print { $self->{to} } join(' ', $command, $kind,
	    map { $_ eq '' ? '-' : unpack('H*', $_) } @fields), "\n";
	$self->{to}->flush;
	my $answer = readline($self->{from});
	die "signature_verify has ended\n" if !defined $answer;
	chomp $answer;
	return $answer;
}

# An absolute URL as the responder has it: the base from the settings, the
# target from the request line. A client sends no fragment.
sub split_url {
	my $url = shift;
	$url =~ m{^([A-Za-z]+://[^/?#]*)([^#]*)} or die "no URL: $url\n";
	return ($1, $2);
}

sub form {
	return join '&', map {
		join '=', map {
			s/([^A-Za-z0-9._~ -])/sprintf '%%%02X', ord $1/ger
			    =~ tr/ /+/r
		} @$_
	} @_;
}

1;
