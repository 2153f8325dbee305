/* SIDs and buckets; the same vectors are compared with SQL's bucket(). */
#include <stdlib.h>
#include <string.h>

#include "../../src/core/sid.h"
#include "guard.h"
#include "tap.h"

#define LOWER "CA0123456789abcdef0123456789abcdef"
#define UPPER "CA0123456789ABCDEF0123456789ABCDEF"

static void
test_valid(void)
{
	static const struct {
		const char	*s, *prefix;
		bool		 want;
	} t[] = {
		{ LOWER, NULL, true },
		{ UPPER, NULL, true },
		{ LOWER, "CA", true },
		{ LOWER, "C", true },
		{ LOWER, "", true },
		{ LOWER, "AC", false },
		{ LOWER "0", NULL, false },
		{ "CA0123456789abcdef0123456789abcde", NULL, false },
		{ "ca0123456789abcdef0123456789abcdef", NULL, false },
		{ "cA0123456789abcdef0123456789abcdef", NULL, false },
		{ "C10123456789abcdef0123456789abcdef", NULL, false },
		{ "CA0123456789abcdef0123456789abcdeg", NULL, false },
		{ "CA 123456789abcdef0123456789abcdef", NULL, false },
		{ "CA1234567890ABCDE", NULL, false },
		{ "", NULL, false },
	};
	struct str	s;
	size_t		i, n;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		s = str_from(t[i].s);
		quiet(sid_valid(guard_str(s), t[i].prefix) == t[i].want,
		    "%s", t[i].s);
		for (n = 0; n < s.n && n < SID_LENGTH; n++)
			quiet(!sid_valid(guard_str(str_sub(s, 0, n)), NULL),
			    "%zu bytes of %s", n, t[i].s);
	}
	quiet(!sid_valid((struct str){ NULL, 0 }, NULL), "absent");
	quiet(!sid_valid((struct str){ LOWER "\n", 35 }, NULL), "a newline");
	tap_loop("sid_valid");
}

/* tests/fixtures/buckets.tsv: id, tab, bucket; '#' begins a comment. */
static void
test_buckets(void)
{
	FILE		*f = fopen("tests/fixtures/buckets.tsv", "r");
	char		 line[512];
	struct str	 rest, id;
	uint64_t	 want;
	size_t		 n = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		rest = str_from(line);
		if (line[0] == '#')
			continue;
		rest.n -= rest.n > 0;	/* the newline */
		if (!str_cut(&rest, '\t', &id) ||
		    !str_to_uint(rest, 1023, &want))
			quiet(false, "a bad line: %s", line);
		else {
			n++;
			quiet(sid_bucket(guard_str(id)) == want,
			    "%.*s: %u", (int)id.n, id.p, sid_bucket(id));
		}
	}
	if (f != NULL)
		(void)fclose(f);
	quiet(n >= 30, "only %zu vectors", n);
	tap_loop("buckets as in tests/fixtures/buckets.tsv");
	is_int(sid_bucket((struct str){ NULL, 0 }), sid_bucket(STR("")),
	    "absent is as empty");
}

/* Random SIDs reach every bucket, evenly. */
static void
test_spread(void)
{
	static unsigned	seen[BUCKETS];
	char		s[SID_LENGTH + 1] = LOWER;
	size_t		i, j;
	uint16_t	b;

	srandom(4);
	for (i = 0; i < 100 * BUCKETS; i++) {
		for (j = 2; j < SID_LENGTH; j++)
			s[j] = "0123456789abcdef"[random() % 16];
		b = sid_bucket(str_from(s));
		quiet(b < BUCKETS, "%s: %u", s, b);
		if (b < BUCKETS)
			seen[b]++;
	}
	for (i = 0; i < BUCKETS; i++)
		quiet(seen[i] > 50 && seen[i] < 150, "bucket %zu: %u", i,
		    seen[i]);
	tap_loop("buckets are evenly filled");
}

int
main(void)
{
	test_valid();
	test_buckets();
	test_spread();
	return done_testing();
}
