/*
 * How many processes may wait on applications at once. See slots.h.
 *
 * Bytes 0 to half - 1 of the file are the slots of all, those from
 * SLOTS_SPAN / 2 on the places to wait. Each application has SLOTS_SPAN
 * bytes of its own behind them, at a place that the hash of its origin says;
 * nothing is ever written there: bytes that a file does not have can be
 * locked too.
 */
#define _GNU_SOURCE	/* F_OFD_SETLK, as POSIX 2024 has it */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "slots.h"

#define SLOTS_SPAN 1024		/* at least half of the most processes */

void
slots_open(struct slots *s, const char *state, size_t processes)
{
	*s = (struct slots){ .state = state, .processes = processes,
	    .fd = -1 };
}

void
slots_close(struct slots *s)
{
	if (s->fd != -1)
		(void)close(s->fd);
	s->fd = -1;
}

static bool
have_file(struct slots *s)
{
	char	path[4096];
	int	n;

	if (s->fd != -1)
		return true;
	if (s->state == NULL)
		return false;
	n = snprintf(path, sizeof(path), "%s/asking", s->state);
	if (n < 0 || (size_t)n >= sizeof(path))
		return false;
	s->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	return s->fd != -1;
}

/*
 * A lock of the open file, not of the process: only its close(2) frees it.
 * A file system that knows no locks sets no limit.
 */
static bool
lock(const struct slots *s, short type, uint64_t at, uint64_t n)
{
	struct flock	l = { .l_type = type, .l_whence = SEEK_SET,
			    .l_start = (off_t)at, .l_len = (off_t)n };

	return fcntl(s->fd, F_OFD_SETLK, &l) == 0 ||
	    (errno != EAGAIN && errno != EACCES);
}

/*
 * One of the n bytes from there. Each process begins with another one, so
 * that most find theirs at once.
 */
static bool
take_one(const struct slots *s, uint64_t from, size_t n)
{
	size_t	i, first = (size_t)getpid() % n;

	for (i = 0; i < n; i++)
		if (lock(s, F_WRLCK, from + (first + i) % n, 1))
			return true;
	return false;
}

/* FNV-1a. Two origins of one hash would only share their slots. */
static uint64_t
place_of(struct str origin)
{
	uint32_t	h = 2166136261u;
	size_t		i;

	for (i = 0; i < origin.n; i++)
		h = (h ^ (unsigned char)origin.p[i]) * 16777619u;
	return ((uint64_t)h + 1) * SLOTS_SPAN;
}

static size_t
half(size_t n)
{
	return n < 4 ? 1 : n / 2;
}

bool
slots_take(struct slots *s, struct str origin, bool alone)
{
	size_t	all = half(s->processes);

	if (!have_file(s))
		return true;
	if (!alone && !take_one(s, place_of(origin), half(all)))
		return false;
	if (take_one(s, 0, all))
		return true;
	slots_give(s);
	return false;
}

bool
slots_wait(struct slots *s)
{
	return !have_file(s) || take_one(s, SLOTS_SPAN / 2,
	    half(half(s->processes)));
}

void
slots_give(struct slots *s)
{
	if (s->fd != -1)
		(void)lock(s, F_UNLCK, 0, 0);	/* all of them */
}
