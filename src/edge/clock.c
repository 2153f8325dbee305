/* Time and randomness. See clock.h. */
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "clock.h"

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
	static const char digits[] = "0123456789abcdef";
	size_t	i, n = 0;

	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			out[n++] = '-';
		out[n++] = digits[id[i] >> 4];
		out[n++] = digits[id[i] & 15];
	}
	out[n] = '\0';
}
