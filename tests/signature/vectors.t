#!/usr/bin/perl
# The 79 published vectors of tests/fixtures/signature-vectors.json: each has
# the verdict that its SDK expects, with the exceptions named here.
use strict;
use warnings;
use Digest::SHA qw(hmac_sha1_base64);
use Encode qw(encode_utf8);
use FindBin;
use JSON::PP;
use lib $FindBin::Bin;
use Test::More;
use Verify;

# These sign the userinfo of the URL. Twilio's Security page says that Twilio
# drops it before signing, and so does offhook when it reads the settings.
my %signs_userinfo = map { $_ => 1 } (
	'twilio/twilio-node@45d3d65 spec/validation.spec.js ' .
	    '"should validate urls with credentials" (also php)',
	'twilio/twilio-node@45d3d65 spec/validation.spec.js ' .
	    '"should validate urls with just username" (also php)',
	'twilio/twilio-node@45d3d65 spec/validation.spec.js ' .
	    '"should validate urls with credentials by adding port" ' .
	    '(also php, ruby)',
	'twilio/twilio-ruby@dd1cc09 ' .
	    'spec/security/request_validator_spec.rb "just username"',
	map { 'twilio/twilio-csharp@f6b1f01 ' .
	    'test/Twilio.Test/Security/RequestValidatorTest.cs ' .
	    "TestValidateCredentialsArePreserved$_" }
	    '', 'UpperCaseScheme', 'MixedCaseCreds',
);

open my $file, '<:raw', 'tests/fixtures/signature-vectors.json'
    or BAIL_OUT("signature-vectors.json: $!");
my $vectors = decode_json(do { local $/; readline $file });
my $verify = Verify->new;
my %count = (valid => 0, invalid => 0, exception => 0);

sub bytes { return map { ref ? [bytes(@$_)] : encode_utf8($_) } @_ }

# Whether the signature is over the URL with its userinfo, and no other way.
sub matches_userinfo {
	my ($v, $url) = @_;
	my $params = join '', map { @$_ } sort { $a->[0] cmp $b->[0] }
	    bytes(@{$v->{params}});
	(my $with_port = $url) =~ s{^(https://[^/]*)}{$1:443};
	return grep { $v->{signature} eq
	    hmac_sha1_base64("$_$params", $v->{token}) . '=' }
	    $url, $with_port;
}

for my $i (0 .. $#$vectors) {
	my $v = $vectors->[$i];
	my ($url) = bytes($v->{url});
	my ($base, $target) = Verify::split_url($url);
	my $json = defined $v->{body};
	my ($body) = $json ? bytes($v->{body}) :
	    Verify::form(bytes(@{$v->{params}}));
	my $verdict = $verify->ask('check', $json ? 'other' : 'form',
	    $v->{token}, $base, $target, $v->{signature}, $body);
	my $name = "$i: $v->{source}: $verdict";

	if ($signs_userinfo{$v->{source}}) {
		$count{exception}++;
		is($verdict, 'mismatch', "$name (signs userinfo)");
		ok($v->{valid} && matches_userinfo($v, $url),
		    "$i: it is the userinfo that the signature is over");
		next;
	}
	$count{$v->{valid} ? 'valid' : 'invalid'}++;
	if ($v->{valid}) {
		is($verdict, 'valid', $name);
	} else {
		like($verdict, qr/^(missing|malformed|mismatch|body-unsigned|
		    body-changed)$/x, $name);
	}
}
is(scalar @$vectors, 79, 'as many vectors as were published');
is_deeply(\%count, { valid => 54, invalid => 18, exception => 7 },
    'as many of each sort as there were');
is(scalar keys %signs_userinfo, 7, 'as many exceptions as are named');
done_testing();
