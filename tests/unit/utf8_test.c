/* UTF-8 sequences: every short one, against the definition. */
#include "../../src/core/utf8.h"
#include "guard.h"
#include "tap.h"

/* RFC 3629 section 4, written down row by row. */
static size_t
oracle(const unsigned char *s, size_t n)
{
	static const struct {
		unsigned char	first[2], second[2];
		size_t		n;
	} rows[] = {
		{ { 0xc2, 0xdf }, { 0x80, 0xbf }, 2 },
		{ { 0xe0, 0xe0 }, { 0xa0, 0xbf }, 3 },
		{ { 0xe1, 0xec }, { 0x80, 0xbf }, 3 },
		{ { 0xed, 0xed }, { 0x80, 0x9f }, 3 },
		{ { 0xee, 0xef }, { 0x80, 0xbf }, 3 },
		{ { 0xf0, 0xf0 }, { 0x90, 0xbf }, 4 },
		{ { 0xf1, 0xf3 }, { 0x80, 0xbf }, 4 },
		{ { 0xf4, 0xf4 }, { 0x80, 0x8f }, 4 },
	};
	size_t	i, j;

	if (n == 0)
		return 0;
	if (s[0] < 0x80)
		return 1;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (s[0] < rows[i].first[0] || s[0] > rows[i].first[1])
			continue;
		if (n < rows[i].n || s[1] < rows[i].second[0] ||
		    s[1] > rows[i].second[1])
			return 0;
		for (j = 2; j < rows[i].n; j++)
			if (s[j] < 0x80 || s[j] > 0xbf)
				return 0;
		return rows[i].n;
	}
	return 0;
}

static void
test_sequences(void)
{
	/* Bytes at the edges of every range of the definition. */
	static const unsigned char edge[] = { 0, 0x41, 0x7f, 0x80, 0x8f, 0x90,
	    0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
	    0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff };
	unsigned char	s[4];
	size_t		i, n, got, e = sizeof(edge);

	for (i = 0; i < e * e * e * e; i++) {
		s[0] = edge[i % e];
		s[1] = edge[i / e % e];
		s[2] = edge[i / e / e % e];
		s[3] = edge[i / e / e / e];
		for (n = 0; n <= 4; n++) {
			got = utf8_sequence(guard_str((struct str){
			    (const char *)s, n }));
			quiet(got == oracle(s, n), "%02x %02x %02x %02x, "
			    "%zu bytes: %zu", s[0], s[1], s[2], s[3], n, got);
		}
	}
	tap_loop("utf8_sequence");
}

static void
test_prefix(void)
{
	/* a, U+00E4, U+20AC, U+1F600, b */
	struct str	s = STR("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80" "b");
	static const size_t want[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11,
	    11 };
	size_t		i;

	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		quiet(utf8_prefix(guard_str(s), i).n == want[i],
		    "prefix of %zu", i);
	tap_loop("utf8_prefix cuts no sequence");
	is_int(utf8_prefix((struct str){ NULL, 0 }, 5).n, 0, "of absent");
}

static void
test_ascii(void)
{
	static const struct {
		struct str	s;
		size_t		at, want;
	} t[] = {
		{ { NULL, 0 }, 0, 0 },
		{ { "", 0 }, 0, 0 },
		{ { "a\x7f\x01", 3 }, 0, 3 },
		{ { "ab\0c", 4 }, 0, 2 },
		{ { "ab\0c", 4 }, 2, 0 },
		{ { "ab\0c", 4 }, 3, 1 },
		{ { "a\x80", 2 }, 0, 1 },
		{ { "\xff", 1 }, 0, 0 },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(utf8_ascii(guard_str(t[i].s), t[i].at) == t[i].want,
		    "row %zu", i);
	tap_loop("utf8_ascii ends at a NUL and at a byte above 0x7f");
}

int
main(void)
{
	test_ascii();
	test_sequences();
	test_prefix();
	return done_testing();
}
