/* When, and after which statuses, is tried again. */
#include "../../src/core/backoff.h"
#include "tap.h"

static void
test_delays(void)
{
	struct backoff	list = { .step_ms = { 5000, 300000, 1 }, .steps = 3 };
	struct backoff	b = { .first_ms = 10000, .cap_ms = 3600000 };
	int64_t		most = 0, ms, limit;
	uint64_t	r = 0;
	int		n, i;

	ok(backoff_delay(&list, 1, 7) == 5000 && backoff_delay(&list, 2, 7) ==
	    300000 && backoff_delay(&list, 3, 0) == 1, "a list, as it is");
	ok(backoff_delay(&list, 4, 9) == 1 && backoff_delay(&list, 4000, 9) ==
	    1 && backoff_delay(&list, 0, 0) == 5000, "its last one repeats");
	for (n = 1; n <= 40; n++) {
		limit = n > 9 ? 3600000 : 10000 << (n - 1);
		if (limit > 3600000)
			limit = 3600000;
		for (i = 0; i < 200; i++) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			ms = backoff_delay(&b, n, r >> 11);
			quiet(ms >= 0 && ms <= limit, "%d: %" PRId64, n, ms);
			if (ms > most)
				most = ms;
		}
		quiet(backoff_delay(&b, n, 0) == 0 && backoff_delay(&b, n,
		    (uint64_t)limit) == limit, "%d: both ends", n);
	}
	tap_loop("full jitter below a limit that doubles up to the cap");
	ok(most > 3000000 && most <= 3600000, "up to %" PRId64, most);
	b = (struct backoff){ .first_ms = 60000, .cap_ms = 1000 };
	ok(backoff_delay(&b, 1, 1000) == 1000, "the cap holds from the first");
	b.cap_ms = 0;
	is_int(backoff_delay(&b, 5, 77), 0, "no pause at all");
}

static void
test_statuses(void)
{
	static const struct {
		const char	*text;
		const char	*has;	/* statuses, and those behind ! not */
	} good[] = {
		{ "408 409 425 429 500-599", "408 409 425 429 500 599 503 !404 "
		    "!410 !301 !407 !430" },
		{ "500-599 !501", "500 502 599 !501 !429" },
		{ " 500-599,\t!501,501\n", "501 500" },
		{ "!410", "404 500 302 !410" },
		{ "!400-499 429", "500 301 429 !400 !499 !428" },
		{ "", "!500 !408" },
	};
	static const char *const bad[] = { "5xx", "99", "600", "500-", "-500",
	    "599-500", "!", "4294967796", "500 - 599", "+500" };
	struct backoff_statuses	s;
	char			buf[256], many[33 * 4 + 1] = "";
	struct out		why = out_init(buf, sizeof(buf));
	struct str		rest, w;
	uint64_t		status;
	size_t			i;
	bool			wanted;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		quiet(backoff_statuses_parse(str_from(good[i].text), &s, &why),
		    "%s", good[i].text);
		rest = str_from(good[i].has);
		while (str_cut(&rest, ' ', &w)) {
			wanted = w.p[0] != '!';
			(void)str_to_uint(str_sub(w, wanted ? 0 : 1, w.n), 999,
			    &status);
			quiet(backoff_statuses_has(&s, (long)status) == wanted,
			    "%s: %.*s", good[i].text, (int)w.n, w.p);
		}
	}
	tap_loop("statuses that are retried");
	quiet(why.n == 0, "said nothing");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		why.n = 0;
		quiet(!backoff_statuses_parse(str_from(bad[i]), &s, &why) &&
		    why.n > 0, "%s", bad[i]);
	}
	tap_loop("what is no status is told");
	for (i = 0; i < 33; i++)
		memcpy(many + i * 4, "500 ", 5);
	ok(!backoff_statuses_parse(str_from(many), &s, &why) &&
	    backoff_statuses_parse(str_sub(str_from(many), 0, 128), &s, &why),
	    "at most 32");
}

static void
test_retry_after(void)
{
	static const struct {
		const char	*text;
		int64_t		 ms;
	} t[] = {
		{ "0", 0 },
		{ " 120 ", 120000 },
		{ "86400", 86400000 },
		{ "86401", 86400000 },
		{ "99999999999999999999999999", 86400000 },
		{ "9999999999x", -1 },
		{ "1.5", -1 },
		{ "-5", -1 },
		{ "", -1 },
		{ "soon", -1 },
		{ "Sun, 06 Nov 1994 08:49:37 GMT", 5000 },
		{ "Sun, 06 Nov 1994 08:49:32 GMT", 0 },
		{ "Sun, 06 Nov 1994 08:49:31 GMT", 0 },
		{ "Wed, 09 Nov 1994 08:49:37 GMT", 86400000 },
		{ "Mon, 06 Nov 1994 08:49:37 GMT", -1 },
	};
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(backoff_retry_after(str_from(t[i].text),
		    784111772000) == t[i].ms, "%s", t[i].text);
	quiet(backoff_retry_after((struct str){ NULL, 0 }, 0) == -1, "none");
	tap_loop("Retry-After, in seconds and as a date");
}

int
main(void)
{
	test_delays();
	test_statuses();
	test_retry_after();
	return done_testing();
}
