/* Time and randomness. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../src/edge/clock.h"
#include "tap.h"

static void
test_format(void)
{
	static const struct {
		int64_t		 ms;
		const char	*want;
	} t[] = {
		{ 0, "1970-01-01T00:00:00.000Z" },
		{ 1, "1970-01-01T00:00:00.001Z" },
		{ 951782400999, "2000-02-29T00:00:00.999Z" },
		{ 1769903999123, "2026-01-31T23:59:59.123Z" },
		{ 4102444800000, "2100-01-01T00:00:00.000Z" },
		{ 253402300799999, "9999-12-31T23:59:59.999Z" },
		{ -1, "0000-00-00T00:00:00.000Z" },
		{ 253402300800000, "0000-00-00T00:00:00.000Z" },
	};
	char	s[25];
	size_t	i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		clock_format(t[i].ms, s);
		is_str(str_from(s), str_from(t[i].want), t[i].want);
	}
}

static void
test_uuid(void)
{
	unsigned char	id[16], next[16];
	char		s[37];
	size_t		i;

	for (i = 0; i < 1000; i++) {
		quiet(clock_uuid(0x0123456789ab, id), "made");
		quiet(memcmp(id, "\x01\x23\x45\x67\x89\xab", 6) == 0,
		    "the time in front");
		quiet(id[6] >> 4 == 7 && id[8] >> 6 == 2,
		    "version 7, variant 2");
		quiet(clock_uuid(0x0123456789ac, next) &&
		    memcmp(id, next, 16) < 0, "a later one sorts behind");
		quiet(clock_uuid(0x0123456789ab, next) &&
		    memcmp(id, next, 16) != 0, "no two are equal");
	}
	tap_loop("UUIDv7");
	memcpy(id, "\x01\x23\x45\x67\x89\xab\x7c\xde\x8f\x01\x23\x45\x67"
	    "\x89\xab\xcd", 16);
	clock_uuid_format(id, s);
	is_str(str_from(s), STR("01234567-89ab-7cde-8f01-23456789abcd"),
	    "written");
}

static void
test_local(void)
{
	static const struct {
		const char	*zone;
		int64_t		 ms;
		int		 day, minute;
	} t[] = {
		{ NULL, 0, 4, 0 },
		{ "UTC", 86399999, 4, 1439 },
		{ "Europe/Berlin", 0, 4, 60 },
		/* The hour before and after its summer begins, and ends. */
		{ "Europe/Berlin", 1774745999999, 0, 119 },
		{ "Europe/Berlin", 1774746000000, 0, 180 },
		{ "Europe/Berlin", 1792889999999, 0, 179 },
		{ "Europe/Berlin", 1792890000000, 0, 120 },
		{ "America/New_York", 1774746000000, 6, 1260 },
		{ "Asia/Kolkata", 0, 4, 330 },
		{ "Pacific/Auckland", 1774785600000, 1, 60 },
		{ "Etc/GMT+5", 0, 3, 1140 },
	};
	static const char *const none[] = { "Berlin", "Europe", "europe/x",
	    "/etc/localtime", "../zoneinfo/UTC", "Europe/../UTC", "/UTC",
	    "EST5EDT4", "UTC0", " UTC", "." };
	int	day, minute;
	size_t	i;

	quiet(setenv("TZ", "Asia/Tokyo", 1) == 0, "a zone of the process");
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		quiet(clock_zone_known(str_from(t[i].zone)) &&
		    clock_local(str_from(t[i].zone), t[i].ms, &day, &minute) &&
		    day == t[i].day && minute == t[i].minute,
		    "%s: day %d minute %d", t[i].zone, day, minute);
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		quiet(!clock_zone_known(str_from(none[i])) &&
		    !clock_local(str_from(none[i]), 0, &day, &minute), "%s",
		    none[i]);
	quiet(!clock_zone_known(STR("UTC\0x")), "a NUL");
	quiet(str_eq(str_from(getenv("TZ")), STR("Asia/Tokyo")),
	    "is what it was");
	(void)unsetenv("TZ");
	quiet(clock_local(STR("Asia/Kolkata"), 0, &day, &minute) &&
	    minute == 330 && getenv("TZ") == NULL, "none is none again");
	tap_loop("local times");
}

int
main(void)
{
	int64_t	a = clock_monotonic_ms(), now = clock_now_ms();

	ok(clock_monotonic_ms() >= a, "monotonic");
	ok(now > 1700000000000 && now < 253402300800000, "now");
	test_format();
	test_uuid();
	test_local();
	return done_testing();
}
