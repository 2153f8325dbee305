/* Time and randomness. See clock.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

#include "../core/out.h"
#include "clock.h"

#define ZONES "/usr/share/zoneinfo/"
#define ZONE_BYTES 128

static int64_t
read_clock(clockid_t id)
{
	struct timespec	ts = { 0, 0 };

	(void)clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t
clock_now_ms(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t
clock_monotonic_ms(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

void
clock_sleep_ms(int64_t ms)
{
	struct timespec	left = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&left, &left) == -1 && errno == EINTR)
		;
}

bool
clock_random(unsigned char *p, size_t n)
{
	ssize_t	got;

	do
		got = getrandom(p, n, 0);
	while (got == -1 && errno == EINTR);
	return got == (ssize_t)n;
}

bool
clock_uuid(int64_t now_ms, unsigned char out[16])
{
	int	i;

	if (!clock_random(out, 16))
		return false;
	for (i = 0; i < 6; i++)
		out[i] = (unsigned char)(now_ms >> (40 - 8 * i));
	out[6] = (unsigned char)((out[6] & 0x0f) | 0x70);
	out[8] = (unsigned char)((out[8] & 0x3f) | 0x80);
	return true;
}

static void
put_digits(char *p, size_t n, int v)
{
	for (; n > 0; v /= 10)
		p[--n] = (char)('0' + v % 10);
}

void
clock_format(int64_t ms, char out[25])
{
	struct tm	tm;
	time_t		s = (time_t)(ms / 1000);

	memcpy(out, "0000-00-00T00:00:00.000Z", 25);
	if (ms < 0 || gmtime_r(&s, &tm) == NULL || tm.tm_year > 9999 - 1900)
		return;
	put_digits(out, 4, tm.tm_year + 1900);
	put_digits(out + 5, 2, tm.tm_mon + 1);
	put_digits(out + 8, 2, tm.tm_mday);
	put_digits(out + 11, 2, tm.tm_hour);
	put_digits(out + 14, 2, tm.tm_min);
	put_digits(out + 17, 2, tm.tm_sec);
	put_digits(out + 20, 3, (int)(ms % 1000));
}

void
clock_uuid_format(const unsigned char id[16], char out[37])
{
	struct out	o = out_init(out, 36);

	out_uuid(&o, id);
	out[36] = '\0';
}

static bool
is_utc(struct str zone)
{
	return zone.n == 0 || str_eq(zone, STR("UTC"));
}

/*
 * Its file as a value of TZ. The colon: never to be read as a zone of POSIX,
 * in which any word is a zone and means UTC.
 */
static bool
zone_file(struct str zone, char out[ZONE_BYTES])
{
	struct stat	st;
	int		n;

	if (zone.n == 0 || zone.p[0] == '/' ||
	    memchr(zone.p, 0, zone.n) != NULL ||
	    str_search(zone, STR("..")) < zone.n)
		return false;
	n = snprintf(out, ZONE_BYTES, ":" ZONES "%.*s", (int)zone.n, zone.p);
	return n > 0 && n < ZONE_BYTES && stat(out + 1, &st) == 0 &&
	    S_ISREG(st.st_mode);
}

bool
clock_zone_known(struct str zone)
{
	char	file[ZONE_BYTES];

	return is_utc(zone) || zone_file(zone, file);
}

/*
 * The C library keeps the zone that it has read last, also when TZ is put
 * back without a tzset: the file is read again only for another zone.
 */
static bool
local_time(const char *file, time_t s, struct tm *tm)
{
	const char	*now = getenv("TZ");
	char		*old = now == NULL ? NULL : strdup(now);
	bool		 ok;

	ok = (now == NULL || old != NULL) && setenv("TZ", file, 1) == 0;
	if (ok) {
		tzset();
		ok = localtime_r(&s, tm) != NULL;
		(void)(old == NULL ? unsetenv("TZ") : setenv("TZ", old, 1));
	}
	free(old);
	return ok;
}

bool
clock_local(struct str zone, int64_t ms, int *day, int *minute)
{
	const time_t	s = (time_t)(ms / 1000);
	char		file[ZONE_BYTES];
	struct tm	tm;
	bool		ok;

	if (is_utc(zone))
		ok = gmtime_r(&s, &tm) != NULL;
	else
		ok = zone_file(zone, file) && local_time(file, s, &tm);
	if (!ok)
		return false;
	*day = tm.tm_wday;
	*minute = tm.tm_hour * 60 + tm.tm_min;
	return true;
}
