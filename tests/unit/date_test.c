/* Dates: both forms, their offsets and limits, and whatever is none. */
#include "../../src/core/date.h"
#include "guard.h"
#include "tap.h"

/* The numbers are of: date -u -d TEXT +%s */
static void
test_good(void)
{
	static const struct {
		const char	*text;
		int64_t		 ms;
	} t[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1970-01-01T00:00:00.001Z", 1 },
		{ "1969-12-31T23:59:59.999Z", -1 },
		{ "2025-01-01T00:00:00.000Z", 1735689600000 },
		{ "2025-01-01t00:00:00z", 1735689600000 },
		{ "2025-01-01T02:00:00+02:00", 1735689600000 },
		{ "2024-12-31T18:30:00-05:30", 1735689600000 },
		{ "2025-01-01T00:00:00-00:00", 1735689600000 },
		{ "2025-01-01T00:00:00.1Z", 1735689600100 },
		{ "2025-01-01T00:00:00.123456789Z", 1735689600123 },
		{ "2024-02-29T12:00:00Z", 1709208000000 },
		{ "2000-02-29T00:00:00Z", 951782400000 },
		{ "2016-12-31T23:59:60Z", 1483228800000 },
		{ "0000-01-01T00:00:00Z", -62167219200000 },
		{ "0001-01-01T00:00:00Z", -62135596800000 },
		{ "9999-12-31T23:59:59Z", 253402300799000 },
		{ "1900-03-01T00:00:00Z", -2203891200000 },
		{ "Thu, 01 Jan 1970 00:00:00 +0000", 0 },
		{ "Sun, 24 Aug 2025 13:49:54 +0000", 1756043394000 },
		{ "24 Aug 2025 13:49:54 +0000", 1756043394000 },
		{ "Sun, 24 Aug 2025 15:49:54 +0200", 1756043394000 },
		{ "Sun, 24 Aug 2025 08:49:54 -0500", 1756043394000 },
		{ "Sun, 24 Aug 2025 13:49:54 GMT", 1756043394000 },
		{ "Sun, 24 Aug 2025 13:49:54 UT", 1756043394000 },
		{ "Mon, 2 Nov 2026 00:00:00 -0000", 1793577600000 },
		{ "Mon, 02 Nov 2026 00:00:00 +0000", 1793577600000 },
		{ "Thu, 29 Feb 2024 23:59:59 +0000", 1709251199000 },
	};
	int64_t	ms;
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		ms = -7;
		quiet(date_parse(guard_str(str_from(t[i].text)), &ms) &&
		    ms == t[i].ms, "%s: %" PRId64, t[i].text, ms);
	}
	tap_loop("dates");
}

static void
test_bad(void)
{
	static const char *const bad[] = { "", "0", "2025", "2025-01-01",
	    "2025-01-01T00:00:00", "2025-01-01 00:00:00Z",
	    "2025-01-01T00:00Z", "2025-01-01T00:00:00.Z",
	    "2025-01-01T00:00:00+0200", "2025-01-01T00:00:00+02",
	    "2025-01-01T00:00:00 Z", "2025-01-01T00:00:00Zx",
	    " 2025-01-01T00:00:00Z", "2025-13-01T00:00:00Z",
	    "2025-00-01T00:00:00Z", "2025-02-29T00:00:00Z",
	    "2025-04-31T00:00:00Z", "2025-01-00T00:00:00Z",
	    "1900-02-29T00:00:00Z", "2025-01-01T24:00:00Z",
	    "2025-01-01T00:60:00Z", "2025-01-01T00:00:61Z",
	    "2025-01-01T00:00:00+24:00", "2025-01-01T00:00:00+00:60",
	    "2025-1-01T00:00:00Z", "20250-01-01T00:00:00Z",
	    "-025-01-01T00:00:00Z", "2025-+1-01T00:00:00Z",
	    "Sun, 24 Aug 2025 13:49:54", "Mon, 24 Aug 2025 13:49:54 +0000",
	    "Sun 24 Aug 2025 13:49:54 +0000", "Sun,24 Aug 2025 13:49:54 +0000",
	    "sun, 24 Aug 2025 13:49:54 +0000", "Sun, 24 aug 2025 13:49:54 GMT",
	    "Sun, 24 Aug 25 13:49:54 +0000", "Sun, 24 Aug 2025 13:49 +0000",
	    "Sun, 24 Aug 2025 13:49:54 PST", "Sun, 24 Aug 2025 13:49:54 +000",
	    "Sun, 24 Aug 2025 13:49:54 +00:00",
	    "Sun, 24 Aug 2025 13:49:54 +0000 ",
	    "Sun, 24 Aug 2025 13:49:54 GMT+1", "Sat, 31 Feb 2025 00:00:00 GMT",
	    "Sun, 0 Aug 2025 13:49:54 +0000", "Sun, 24 Aug 1899 13:49:54 GMT",
	    "Sun, 24 Foo 2025 13:49:54 +0000", "1756043394", "now" };
	int64_t	ms = -7;
	size_t	i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		quiet(!date_parse(guard_str(str_from(bad[i])), &ms) &&
		    ms == -7, "%s", bad[i]);
	quiet(!date_parse((struct str){ NULL, 0 }, &ms), "absent");
	tap_loop("what is none");
}

static void
test_prefixes(void)
{
	static const char *const texts[] = { "2025-01-01T00:00:00.123+02:00",
	    "Sun, 24 Aug 2025 13:49:54 +0000" };
	struct str	s;
	int64_t		ms;
	size_t		i, n;

	for (i = 0; i < 2; i++) {
		s = str_from(texts[i]);
		for (n = 0; n < s.n; n++)
			quiet(!date_parse(guard_str(str_sub(s, 0, n)), &ms),
			    "%zu bytes of %s", n, texts[i]);
	}
	tap_loop("no beginning of a date is one");
}

/* Each day is one day after the one before, for eight hundred years. */
static void
test_days(void)
{
	static const int	length[] = { 31, 28, 31, 30, 31, 30, 31, 31,
	    30, 31, 30, 31 };
	char			text[40];
	int64_t			ms, want = -11676096000000;
	int			y, m, d, n;

	for (y = 1600; y < 2400; y++)
		for (m = 1; m <= 12; m++) {
			n = length[m - 1] + (m == 2 && (y % 400 == 0 ||
			    (y % 4 == 0 && y % 100 != 0)));
			for (d = 1; d <= n; d++, want += 86400000) {
				(void)snprintf(text, sizeof(text),
				    "%04d-%02d-%02dT00:00:00Z", y, m, d);
				quiet(date_parse(str_from(text), &ms) &&
				    ms == want, "%s", text);
			}
		}
	tap_loop("day after day");
}

int
main(void)
{
	test_good();
	test_bad();
	test_prefixes();
	test_days();
	return done_testing();
}
