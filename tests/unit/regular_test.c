/* Regular expressions: which are refused, what matches, and how long. */
#include <string.h>

#include "../../src/edge/clock.h"
#include "../../src/edge/regular.h"
#include "guard.h"
#include "tap.h"

static bool
is_good(const char *pattern, const char *says)
{
	char		buf[256];
	struct out	why = out_init(buf, sizeof(buf));
	bool		good = regular_check(guard_str(str_from(pattern)),
			    &why);

	quiet(good == (why.n == 0) && (says == NULL ||
	    str_search(out_str(&why), str_from(says)) < why.n), "%s: %.*s",
	    pattern, (int)why.n, buf);
	return good;
}

static void
test_check(void)
{
	static const char *const good[] = { "a", "^(yes|no)$", "[0-9]{5}",
	    "a{2,}", "a{0,255}", "[]a]", "[^]a]{2}", "[[:digit:]]+",
	    "[[.-.]]", "[[=a=]]", "\\(\\{", "\\\\1", "a\\.b", "(a|b){3}c*",
	    "\xc3\xa4", "((((a))))", "[{]", "[(]", "((a{20}){20})",
	    "a+b+c+d+e+f+g+h+i+j+", "a++*?" };
	static const struct {
		const char	*pattern;
		const char	*says;
	} bad[] = {
		{ "", "1 to 256 bytes" }, { "(", "" }, { "a(b", "" },
		{ "[a", "" }, { "a\\", "" }, { "(a)\\1", "back-references" },
		{ "\\9", "back-references" }, { "a{256}", "up to 255" },
		{ "a{1,256}", "up to 255" }, { "a{", "up to 255" },
		{ "a{x}", "up to 255" }, { "a{,3}", "up to 255" },
		{ "a{3,1}", "" }, { "[b-a]", "" }, { "[[:nope:]]", "" },
		{ "((a{99}){99})", "too large" },
		{ "(((((a{9}){9}){9}){9}){9})", "too large" },
		{ "(abcdefghij){255}", "too large" },
		{ "a++++++++++++++++++++++++++++++", "too large" },
		{ "(((((((((((((((((a)))))))))))))))))", "16 groups" },
	};
	char	longest[REGULAR_MAX_BYTES + 2];
	size_t	i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		quiet(is_good(good[i], NULL), "%s", good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		quiet(!is_good(bad[i].pattern, *bad[i].says == '\0' ? NULL :
		    bad[i].says), "%s is taken", bad[i].pattern);
	memset(longest, 'a', sizeof(longest));
	longest[REGULAR_MAX_BYTES] = '\0';
	quiet(is_good(longest, NULL), "256 bytes");
	longest[REGULAR_MAX_BYTES] = 'a';
	longest[REGULAR_MAX_BYTES + 1] = '\0';
	quiet(!is_good(longest, "1 to 256 bytes"), "257 bytes");
	tap_loop("patterns");
}

static void
test_matches(void)
{
	static char	text[8192];
	size_t		i;

	quiet(regular_matches(STR("^ja$"), STR("JA")), "any case");
	quiet(!regular_matches(STR("^ja$"), STR("ja ")), "to the end");
	quiet(!regular_matches(STR("^a$"), STR("a\nb")), "a line is no end");
	quiet(regular_matches(STR("a.b"), STR("a\nb")), "any byte");
	quiet(regular_matches(STR("^$"), (struct str){ NULL, 0 }), "nothing");
	quiet(regular_matches(STR("b"), STR("a\0b")), "behind a NUL");
	quiet(!regular_matches(STR("("), STR("(")), "a broken one never");
	quiet(!regular_matches(STR(""), STR("a")), "nor an empty one");
	quiet(regular_matches(STR("(\xc3\xa4|b)c"), STR("x\xc3\xa4" "c")),
	    "UTF-8 byte by byte");
	memset(text, 'a', sizeof(text));
	text[REGULAR_MAX_SUBJECT - 1] = 'x';
	text[REGULAR_MAX_SUBJECT] = 'y';
	quiet(regular_matches(STR("x$"), (struct str){ text, 8192 }),
	    "the last byte that is seen");
	quiet(!regular_matches(STR("y"), (struct str){ text, 8192 }),
	    "and the first that is not");
	/* More patterns than the cache has room for, each used often. */
	for (i = 0; i < 30000; i++) {
		char	p[8] = "^a000$", s[8] = "a000";

		p[2] = s[1] = (char)('0' + i / 100 % 10);
		p[3] = s[2] = (char)('0' + i / 10 % 10);
		p[4] = s[3] = (char)('0' + i % 10);
		quiet(regular_matches(str_from(p), str_from(s)), "%s", p);
		s[3] = 'x';
		quiet(!regular_matches(str_from(p), str_from(s)), "%s", p);
	}
	tap_loop("matches");
}

/* What takes exponential time elsewhere. */
static void
test_time(void)
{
	static const char *const t[] = { "^a(a*)*b$", "^(a|aa)+$b",
	    "^(a|a?)+b$", "(.*)(.*)(.*)(.*)(.*)b$", "(a*)*(a*)*(a*)*b",
	    "^(([a-z])+.)+[A-Z]([a-z])+$1", "(a{1,20}){1,20}b", "((a{1,9}){1,9}){1,5}b",
	    "(a?a?a?a?a?a?a?a?a?a?){40}b",
	    "(a|b)*a(a|b){60}c" };
	static char	text[REGULAR_MAX_SUBJECT];
	uint64_t	x = 1;
	int64_t		begin, took;
	size_t		i;

	for (i = 0; i < sizeof(text); i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		text[i] = x >> 63 ? 'a' : 'A';
	}
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		begin = clock_monotonic_ms();
		(void)regular_matches(str_from(t[i]),
		    (struct str){ text, sizeof(text) });
		took = clock_monotonic_ms() - begin;
		printf("# %s: %d ms\n", t[i], (int)took);
		quiet(took < 5000, "%s took %d ms", t[i], (int)took);
	}
	tap_loop("4096 bytes take no time that grows beyond all bounds");
}

int
main(void)
{
	test_check();
	test_matches();
	test_time();
	regular_forget();
	ok(regular_matches(STR("a"), STR("a")), "forgotten, and known again");
	regular_forget();
	return done_testing();
}
