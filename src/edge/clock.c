/* Time and randomness. See clock.h. */
#include <errno.h>
#include <stdio.h>
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

bool
clock_uuid(int64_t now_ms, unsigned char out[16])
{
	ssize_t	n;
	int	i;

	do
		n = getrandom(out, 16, 0);
	while (n == -1 && errno == EINTR);
	if (n != 16)
		return false;
	for (i = 0; i < 6; i++)
		out[i] = (unsigned char)(now_ms >> (40 - 8 * i));
	out[6] = (unsigned char)((out[6] & 0x0f) | 0x70);
	out[8] = (unsigned char)((out[8] & 0x3f) | 0x80);
	return true;
}

void
clock_format(int64_t ms, char out[25])
{
	struct tm	tm;
	time_t		s = (time_t)(ms / 1000);
	char		day[32];

	memset(&tm, 0, sizeof(tm));
	(void)gmtime_r(&s, &tm);
	if (strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm) != 19)
		memcpy(day, "0000-00-00T00:00:00", 20);
	(void)snprintf(out, 25, "%.19s.%03uZ", day,
	    (unsigned)(ms % 1000) % 1000);
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
