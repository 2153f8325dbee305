/* X-Twilio-Signature: known answers, refusals, what is never read. */
#include <string.h>

#include "../../src/core/out.h"
#include "../../src/core/sig.h"
#include "guard.h"
#include "tap.h"

static _Alignas(16) char memory[1 << 18];
static struct sig sig;

static struct arena
fresh(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

static void
test_make(void)
{
	/* RFC 2202 section 3 in base64, and openssl's of an empty key. */
	static const struct {
		struct str	key, data;
		const char	*want;
	} t[] = {
		{ STR("Jefe"), STR("what do ya want for nothing?"),
		    "7/zfauXrL6LSdBbV8YTfnCWafHk=" },
		{ STR("\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b"
		    "\x0b\x0b\x0b\x0b\x0b\x0b\x0b"), STR("Hi There"),
		    "thcxhlUFcmTii8C2+zeMjvFGvgA=" },
		{ STR(""), STR(""), "+9sdGxiqbAgyS31ktx+3Y3BpDh0=" },
		{ { NULL, 0 }, { NULL, 0 }, "+9sdGxiqbAgyS31ktx+3Y3BpDh0=" },
	};
	struct sig	none = { .ctx = NULL };
	char		made[SIG_LENGTH];
	size_t		i, cut;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		/* Where the URL ends and the parameters begin is the same. */
		for (cut = 0; cut <= t[i].data.n; cut++) {
			memset(made, 0, sizeof(made));
			quiet(sig_make(&sig, guard_str(t[i].key),
			    str_sub(t[i].data, 0, cut),
			    str_sub(t[i].data, cut, t[i].data.n), made) &&
			    memcmp(made, t[i].want, SIG_LENGTH) == 0,
			    "row %zu: %.*s", i, SIG_LENGTH, made);
		}
	}
	tap_loop("known answers");
	ok(!sig_make(&none, STR("k"), STR("u"), STR(""), made),
	    "without libcrypto nothing is signed");
}

static void
test_params(void)
{
	static const struct {
		struct str	body, want;
	} t[] = {
		{ STR(""), STR("") },
		{ STR("a=1"), STR("a1") },
		{ STR("b=2&a=1"), STR("a1b2") },
		{ STR("a="), STR("a") },
		{ STR("a"), STR("a") },
		{ STR("=1&b=2"), STR("1b2") },
		/* Each value of a name once, in byte order. */
		{ STR("Digits=5678&Digits=1234&Digits=1234"),
		    STR("Digits1234Digits5678") },
		{ STR("a=10&a=9"), STR("a10a9") },
		{ STR("10=x&9=y"), STR("10x9y") },
		{ STR("a=%2B61412345678&a=%2B493012345678"),
		    STR("a+493012345678a+61412345678") },
		{ STR("a=&a=&a=1"), STR("aa1") },
		/* By name only, never by name and value together. */
		{ STR("Reason=zz&ReasonConferenceEnded=a"),
		    STR("ReasonzzReasonConferenceEndeda") },
		{ STR("ab=1&a=c"), STR("acab1") },
		/* Byte order. */
		{ STR("callSid=3&CallSid=2&CALLSID=1"),
		    STR("CALLSID1CallSid2callSid3") },
		{ STR("%F0%90%80%80=2&%EE%80%80=1"),
		    STR("\xee\x80\x80" "1\xf0\x90\x80\x80" "2") },
		{ STR("a=%ff&a=%00&a=z"), STR("a\0aza\xff") },
		{ STR("a%00b=1&a=2"), STR("a2a\0b1") },
		{ STR("Body=+x%0A&a.b=1"), STR("Body x\na.b1") },
	};
	struct arena	a;
	struct form	f;
	struct str	s;
	size_t		i, full = 0;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		a = fresh();
		(void)form_decode(&a, guard_str(t[i].body), &f);
		s = sig_params(&a, &f);
		quiet(s.p != NULL && str_eq(s, t[i].want), "row %zu: %.*s", i,
		    (int)s.n, s.p);
	}
	tap_loop("the parameters as they are signed");
	a = fresh();
	(void)form_decode(&a, STR("a=1&b=2&a=1"), &f);
	for (i = 0; i < 400; i++) {
		a = (struct arena){ .base = guard_buffer(400), .cap = i };
		s = sig_params(&a, &f);
		full += s.p == NULL;
		quiet(s.p == NULL || str_eq(s, STR("a1b2")), "%zu bytes", i);
	}
	quiet(full > 0 && full < 400, "%zu times full", full);
	tap_loop("every size of the arena");
}

/* One signed request, with something changed. */
static void
test_check(void)
{
	struct candidates	c = { .n = 3 };
	struct str		tokens[3] = { STR("old"), STR("new"),
				    STR("other") };
	struct str		params = STR("a1"), s, none = { NULL, 0 };
	struct sig		broken = { .ctx = NULL };
	struct sig_match	m = { 9, 9 };
	char			made[SIG_LENGTH + 1];
	size_t			i, j;

	c.url[0] = STR("https://h/x");
	c.url[1] = STR("https://h:443/x");
	c.url[2] = STR("https://h/y");
	for (i = 0; i < 3; i++) {
		for (j = 0; j < 3; j++) {
			(void)sig_make(&sig, tokens[i], c.url[j], params, made);
			s = guard_str((struct str){ made, SIG_LENGTH });
			quiet(sig_check(&sig, s, &c, params, tokens, 3, &m) ==
			    SIG_VALID && m.token == i && m.candidate == j,
			    "token %zu, candidate %zu", i, j);
			quiet(sig_check(&sig, s, &c, params, tokens, i, &m) ==
			    SIG_MISMATCH, "its token is missing");
			c.n = j;
			quiet(sig_check(&sig, s, &c, params, tokens, 3, &m) ==
			    SIG_MISMATCH, "its candidate is missing");
			c.n = 3;
		}
	}
	tap_loop("every token with every candidate");

	(void)sig_make(&sig, tokens[1], c.url[0], params, made);
	s = (struct str){ made, SIG_LENGTH };
	for (i = 0; i < SIG_LENGTH * 8; i++) {
		made[i / 8] = (char)(made[i / 8] ^ 1 << i % 8);
		quiet(sig_check(&sig, s, &c, params, tokens, 3, &m) !=
		    SIG_VALID, "bit %zu", i);
		made[i / 8] = (char)(made[i / 8] ^ 1 << i % 8);
	}
	quiet(sig_check(&sig, s, &c, params, tokens, 3, &m) == SIG_VALID,
	    "unchanged again");
	tap_loop("every bit of the signature counts");
	ok(sig_check(&sig, s, &c, STR("a2"), tokens, 3, &m) == SIG_MISMATCH,
	    "other parameters");
	ok(sig_check(&sig, s, &c, STR(""), tokens, 3, &m) == SIG_MISMATCH,
	    "no parameters");
	ok(sig_check(&sig, s, &c, params, tokens, 0, &m) == SIG_MISMATCH,
	    "no token: refused");
	ok(sig_check(&sig, s, &c, none, tokens, 3, &m) == SIG_UNAVAILABLE,
	    "parameters that did not fit: refused");
	ok(sig_check(&broken, s, &c, params, tokens, 3, &m) ==
	    SIG_UNAVAILABLE, "without libcrypto: refused");
	c.no_memory = true;
	ok(sig_check(&sig, s, &c, params, tokens, 3, &m) == SIG_UNAVAILABLE,
	    "candidates that did not fit: refused");
}

static void
test_malformed(void)
{
	static const struct {
		const char		*s;
		enum sig_verdict	 want;
	} t[] = {
		{ "", SIG_MISSING },
		{ "RSOYDt4T1cUTdK1PDd93/VVr8B8=", SIG_MISMATCH },
		{ "RSOYDt4T1cUTdK1PDd93/VVr8B8", SIG_MALFORMED },
		{ "RSOYDt4T1cUTdK1PDd93/VVr8B8==", SIG_MALFORMED },
		{ "RSOYDt4T1cUTdK1PDd93/VVr8B8=\n", SIG_MALFORMED },
		{ " RSOYDt4T1cUTdK1PDd93/VVr8B8=", SIG_MALFORMED },
		{ "RSOYDt4T1cUTdK1PDd93/VVr8B8=,"
		    "RSOYDt4T1cUTdK1PDd93/VVr8B8=", SIG_MALFORMED },
		{ "RSOYDt4T1cUTdK1PDd93_VVr8B8=", SIG_MALFORMED },
		{ "RSOYDt4T1cUTdK1PDd93-VVr8B8=", SIG_MALFORMED },
		{ "RSOYDt4T1cUTdK1PDd93/VVr8B==", SIG_MALFORMED },
		{ "============================", SIG_MALFORMED },
		{ "RSOYDt4T1cUTdK1PDd93/VVr8B8\xff", SIG_MALFORMED },
		{ "RSOYDt4T1cUTdK1PDd93/VV\xc3\xa4" "B8=", SIG_MALFORMED },
		{ "WRONG_SIGNATURE", SIG_MALFORMED },
		{ "=", SIG_MALFORMED },
	};
	struct candidates	c = { .n = 1 };
	struct str		token = STR("12345"), s;
	struct sig_match	m;
	size_t			i;

	c.url[0] = STR("https://h/");
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		s = guard_str(str_from(t[i].s));
		quiet(sig_check(&sig, s, &c, STR(""), &token, 1, &m) ==
		    t[i].want, "\"%s\"", t[i].s);
	}
	s = (struct str){ "RSOYDt4T1cUTdK1PDd93\0VVr8B8=", SIG_LENGTH };
	quiet(sig_check(&sig, s, &c, STR(""), &token, 1, &m) == SIG_MALFORMED,
	    "a NUL");
	quiet(sig_check(&sig, (struct str){ NULL, 0 }, &c, STR(""), &token, 1,
	    &m) == SIG_MISSING, "absent");
	tap_loop("missing and malformed");
}

#define HELLO "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define HELLO_UPPER \
	"2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824"

static void
test_body(void)
{
	static const struct {
		const char		*query, *body;
		enum sig_verdict	 want;
	} t[] = {
		{ "bodySHA256=" HELLO, "hello", SIG_VALID },
		{ "a=1&bodySHA256=" HELLO "&b=2", "hello", SIG_VALID },
		{ "bodySHA256=" EMPTY, "", SIG_VALID },
		{ "bodySHA256=" HELLO "&bodySHA256=" HELLO, "hello",
		    SIG_VALID },
		{ "bodySHA256=" HELLO "&bodySHA256=" EMPTY, "hello",
		    SIG_BODY_CHANGED },
		{ "bodySHA256=" EMPTY "&bodySHA256=" HELLO, "hello",
		    SIG_BODY_CHANGED },
		{ "bodySHA256=" HELLO, "hello ", SIG_BODY_CHANGED },
		{ "bodySHA256=" HELLO, "", SIG_BODY_CHANGED },
		{ "bodySHA256=" HELLO_UPPER, "hello", SIG_BODY_CHANGED },
		{ "bodySHA256=" HELLO "0", "hello", SIG_BODY_CHANGED },
		{ "bodySHA256=", "hello", SIG_BODY_CHANGED },
		{ "bodySHA256=", "", SIG_BODY_CHANGED },
		{ "bodySHA256", "hello", SIG_BODY_UNSIGNED },
		{ "bodysha256=" HELLO, "hello", SIG_BODY_UNSIGNED },
		{ "xbodySHA256=" HELLO, "hello", SIG_BODY_UNSIGNED },
		{ "", "hello", SIG_BODY_UNSIGNED },
		{ "", "", SIG_BODY_UNSIGNED },
		{ "a=bodySHA256=" HELLO, "hello", SIG_BODY_UNSIGNED },
	};
	struct str	q;
	size_t		i, n;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		q = str_from(t[i].query);
		quiet(sig_body(guard_str(q), str_from(t[i].body)) == t[i].want,
		    "row %zu", i);
		for (n = 0; n < q.n && t[i].want != SIG_VALID; n++)
			quiet(sig_body(guard_str(str_sub(q, 0, n)), STR("x"))
			    != SIG_VALID, "row %zu, %zu bytes", i, n);
	}
	quiet(sig_body((struct str){ NULL, 0 }, STR("")) == SIG_BODY_UNSIGNED,
	    "no query");
	tap_loop("bodySHA256");
	for (i = 0; i < SIG_VERDICTS; i++)
		quiet(sig_verdict_name((enum sig_verdict)i) != NULL,
		    "verdict %zu", i);
	tap_loop("each verdict has a name");
}

int
main(void)
{
	if (!sig_open(&sig)) {
		printf("Bail out! libcrypto has no HMAC-SHA1\n");
		return 1;
	}
	test_make();
	test_params();
	test_check();
	test_malformed();
	test_body();
	sig_close(&sig);
	return done_testing();
}
