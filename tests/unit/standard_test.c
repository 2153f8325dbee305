/*
 * Standard Webhooks' signatures: the vector of its reference libraries.
 * Source: github.com/standard-webhooks/standard-webhooks, libraries/.
 */
#include "../../src/core/standard.h"
#include "tap.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define OTHER "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

static char		buf[STANDARD_MAX];
static struct out	o;

static bool
sign(const struct str *secrets, size_t n)
{
	o = out_init(buf, sizeof(buf));
	return standard_sign(&o, secrets, n,
	    STR("msg_p5jXN8AQM9LWM0D4loKWxJek"), 1614265330,
	    STR("{\"test\": 2432232314}"));
}

int
main(void)
{
	static const char *const bad[] = { "", "whsec_", "whsec_abc",
	    "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
	    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La",	/* 21 bytes */
	    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS ",
	    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
	    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==", "whsec_====" };
	struct str	s[2] = { STR(SECRET), STR(OTHER) };
	char		longest[6 + 92 + 1] = "whsec_";
	size_t		i;

	ok(sign(s, 1), "one secret");
	is_str(out_str(&o), STR("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
	    "the reference's signature");
	is_int(o.n, STANDARD_SIGNATURE, "its length");
	ok(sign(s, 2) && str_starts(out_str(&o), STR("v1,g0hM9SsE+OTPJTGt/"
	    "tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,")) && o.n == 2 *
	    STANDARD_SIGNATURE + 1, "two secrets: %.*s", (int)o.n, o.p);
	ok(!sign(s, 0), "none");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		s[1] = str_from(bad[i]);
		quiet(!sign(s, 2) && !standard_secret_good(s[1]), "%s", bad[i]);
	}
	tap_loop("what is no secret signs nothing");
	ok(standard_secret_good(STR(SECRET)) &&
	    standard_secret_good(STR(OTHER)), "what is one");
	memset(longest + 6, 'A', 92);
	ok(!standard_secret_good((struct str){ longest, 6 + 92 }) &&
	    standard_secret_good((struct str){ longest, 6 + 84 }),
	    "64 bytes at most");
	return done_testing();
}
