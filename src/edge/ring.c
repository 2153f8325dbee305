/*
 * The ring of rejected requests. See ring.h.
 *
 * One file: a header of RING_HEADER_BYTES, then RING_SLOTS slots. A writer
 * holds flock() on it, and does not wait for another: the budget in the
 * header, shared by all processes, lets few write anyway.
 */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ring.h"

#define RING_HEADER_BYTES 4096
#define RING_LABEL_AT (RING_HEADER_BYTES - RING_LABEL_BYTES)
#define RING_BUSY_MS 100	/* after a busy lock nothing is tried so long */
#define RING_SPENT_MS 1000	/* likewise when the budget is spent */
#define RING_LOG_MS 1000	/* a line a second, over all processes */
#define RING_TRIES 50		/* for the lock of a prepared ring, */
#define RING_TRY_NS 2000000	/* with such pauses */

static const char ring_magic[8] = "ofhring1";

struct ring_header {
	char		magic[8];
	uint64_t	slot;		/* bytes of a slot's payload */
	uint64_t	seen;
	uint64_t	last;		/* seq of the newest entry */
	uint64_t	unlogged;	/* rejections since the last line */
	int64_t		logged_ms;
	int64_t		budget_ms;	/* when the budget was counted last */
	int64_t		budget;		/* entries that may be written now */
};

struct slot_header {
	uint64_t	seq;
	int64_t		time_ms;
	uint64_t	length;
	unsigned char	sha256[32];	/* of the payload */
};

void
ring_open(struct ring *r, const char *state, size_t max_body)
{
	*r = (struct ring){ .fd = -1, .state = state,
	    .file = "rejected.ring" };
	r->slot = max_body + RING_HEAD_BYTES;
}

void
ring_close(struct ring *r)
{
	if (r->fd != -1)
		(void)close(r->fd);
	r->fd = -1;
}

static bool
file_path(const struct ring *r, const char *end, char path[4096])
{
	int	n;

	if (r->state == NULL)
		return false;
	n = snprintf(path, 4096, "%s/%s%s", r->state, r->file, end);
	return n >= 0 && n < 4096;
}

static bool
open_file(struct ring *r, int flags)
{
	char	path[4096];

	if (r->fd != -1)
		return true;
	if (!file_path(r, "", path))
		return false;
	r->fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
	return r->fd != -1;
}

/* Whoever asked for a prepared ring wants each entry: it is waited for. */
static bool
take_lock(const struct ring *r, int lock)
{
	const struct timespec	pause = { .tv_nsec = RING_TRY_NS };
	int			tries = r->prepared ? RING_TRIES : 1;

	while (flock(r->fd, lock) != 0) {
		if (--tries == 0)
			return false;
		(void)nanosleep(&pause, NULL);
	}
	return true;
}

/* Take the lock; a file that was replaced meanwhile is opened again. */
static bool
lock_file(struct ring *r, int flags, int lock)
{
	struct stat	st;

	if (!open_file(r, flags) || !take_lock(r, lock))
		return false;
	if (fstat(r->fd, &st) == 0 && st.st_nlink > 0)
		return true;
	ring_close(r);
	return open_file(r, flags) && take_lock(r, lock);
}

static bool
read_header(struct ring *r, struct ring_header *h)
{
	return pread(r->fd, h, sizeof(*h), 0) == (ssize_t)sizeof(*h) &&
	    memcmp(h->magic, ring_magic, sizeof(ring_magic)) == 0 &&
	    h->slot >= RING_HEAD_BYTES && h->slot <= (uint64_t)1 << 32 &&
	    h->budget >= 0 && h->budget <= RING_BURST && h->budget_ms >= 0 &&
	    h->logged_ms >= 0;
}

static off_t
file_size(const struct ring *r)
{
	return (off_t)(RING_HEADER_BYTES + RING_SLOTS *
	    (sizeof(struct slot_header) + r->slot));
}

/* A new ring, or one of another size: begin anew, but go on counting. */
static bool
begin(struct ring *r, struct ring_header *h, int64_t now)
{
	bool	old = read_header(r, h);

	if ((old && h->slot == r->slot) || r->prepared)
		return old && h->slot == r->slot;
	if (!old)
		*h = (struct ring_header){ .seen = 0 };
	memcpy(h->magic, ring_magic, sizeof(ring_magic));
	h->slot = r->slot;
	h->budget = RING_BURST;
	h->budget_ms = now;
	return ftruncate(r->fd, 0) == 0 &&
	    ftruncate(r->fd, file_size(r)) == 0;
}

static off_t
slot_offset(const struct ring *r, uint64_t seq)
{
	return (off_t)(RING_HEADER_BYTES + seq % RING_SLOTS *
	    (sizeof(struct slot_header) + r->slot));
}

static bool
digest(struct str s, unsigned char out[32])
{
	unsigned char	md[EVP_MAX_MD_SIZE];

	if (EVP_Digest(s.n == 0 ? "" : s.p, s.n, md, NULL, EVP_sha256(),
	    NULL) != 1)
		return false;
	memcpy(out, md, 32);
	return true;
}

static void
write_slot(struct ring *r, struct ring_header *h, int64_t now,
    struct str payload)
{
	struct slot_header	s = { .seq = h->last + 1, .time_ms = now };
	off_t			at = slot_offset(r, s.seq);

	payload = str_sub(payload, 0, r->slot);
	s.length = payload.n;
	if (!digest(payload, s.sha256) ||
	    pwrite(r->fd, &s, sizeof(s), at) != (ssize_t)sizeof(s) ||
	    pwrite(r->fd, payload.p, payload.n, at + (off_t)sizeof(s)) !=
	    (ssize_t)payload.n)
		return;
	h->last = s.seq;
}

/* One entry a second comes back, up to the burst. */
static bool
spend(struct ring_header *h, int64_t now)
{
	int64_t	gained;

	if (now < h->budget_ms)
		h->budget_ms = now;	/* the clock was set back */
	gained = (now - h->budget_ms) / 1000;
	h->budget_ms += gained * 1000;
	h->budget = gained >= RING_BURST - h->budget ? RING_BURST :
	    h->budget + gained;
	if (h->budget <= 0)
		return false;
	h->budget--;
	return true;
}

/* Write what the budget allows; how many rejections a line speaks for. */
static uint64_t
account(struct ring *r, struct ring_header *h, int64_t now,
    struct str payload)
{
	uint64_t	speak = 0;

	h->seen += r->unwritten;
	h->unlogged += r->unwritten;
	r->unwritten = 0;
	r->pause_until = 0;
	if (r->prepared || spend(h, now))
		write_slot(r, h, now, payload);
	else
		r->pause_until = now + RING_SPENT_MS;
	if (now - h->logged_ms >= RING_LOG_MS || now < h->logged_ms) {
		speak = h->unlogged;
		h->unlogged = 0;
		h->logged_ms = now;
	}
	return speak;
}

uint64_t
ring_put(struct ring *r, int64_t now_ms, struct str payload)
{
	struct ring_header	h;
	uint64_t		speak;

	r->unwritten++;
	if (now_ms < r->pause_until && r->pause_until - now_ms <= 1000)
		return 0;
	r->pause_until = now_ms + RING_BUSY_MS;
	if (lock_file(r, r->prepared ? O_RDWR : O_RDWR | O_CREAT,
	    LOCK_EX | LOCK_NB)) {
		if (begin(r, &h, now_ms)) {
			speak = account(r, &h, now_ms, payload);
			if (pwrite(r->fd, &h, sizeof(h), 0) !=
			    (ssize_t)sizeof(h))
				speak = 0;
			(void)flock(r->fd, LOCK_UN);
			return speak;
		}
		(void)flock(r->fd, LOCK_UN);
	} else if (r->fd != -1)
		return 0;	/* busy: another one writes */
	/* No folder or no disk: this process has its own line a second. */
	r->pause_until = now_ms + RING_LOG_MS;
	speak = r->unwritten;
	r->unwritten = 0;
	return speak;
}

static bool
read_slot(struct ring *r, struct arena *a, uint64_t seq,
    struct ring_entry *out)
{
	struct slot_header	s;
	unsigned char		md[32];
	off_t			at = slot_offset(r, seq);
	char			*buf;

	if (pread(r->fd, &s, sizeof(s), at) != (ssize_t)sizeof(s) ||
	    s.seq != seq || s.length > r->slot)
		return false;
	buf = arena_alloc(a, (size_t)s.length + 1, 1);
	if (buf == NULL || pread(r->fd, buf, (size_t)s.length,
	    at + (off_t)sizeof(s)) != (ssize_t)s.length)
		return false;
	*out = (struct ring_entry){ .seq = seq, .time_ms = s.time_ms,
	    .payload = { buf, (size_t)s.length } };
	return digest(out->payload, md) && memcmp(md, s.sha256, 32) == 0;
}

bool
ring_get(struct ring *r, struct arena *a, uint64_t seq,
    struct ring_entry *out)
{
	struct ring_header	h;
	bool			ok = false;

	if (seq == 0 || !lock_file(r, O_RDONLY, LOCK_SH))
		return false;
	if (read_header(r, &h)) {
		r->slot = (size_t)h.slot;
		ok = read_slot(r, a, seq, out);
	}
	(void)flock(r->fd, LOCK_UN);
	return ok;
}

bool
ring_counts(struct ring *r, struct ring_counts *out)
{
	struct ring_header	h;
	bool			ok;

	if (!lock_file(r, O_RDONLY, LOCK_SH))
		return false;
	ok = read_header(r, &h);
	if (ok)
		*out = (struct ring_counts){ .seen = h.seen, .last = h.last };
	(void)flock(r->fd, LOCK_UN);
	return ok;
}

static bool
write_prepared(struct ring *r, int64_t now,
    const unsigned char label[RING_LABEL_BYTES])
{
	struct ring_header	h = { .slot = r->slot, .budget_ms = now };

	memcpy(h.magic, ring_magic, sizeof(ring_magic));
	return ftruncate(r->fd, file_size(r)) == 0 &&
	    pwrite(r->fd, &h, sizeof(h), 0) == (ssize_t)sizeof(h) &&
	    pwrite(r->fd, label, RING_LABEL_BYTES, RING_LABEL_AT) ==
	    RING_LABEL_BYTES;
}

/* Beside its place and then moved there: nobody sees half of it. */
bool
ring_prepare(struct ring *r, int64_t now_ms,
    const unsigned char label[RING_LABEL_BYTES])
{
	char	path[4096], fresh[4096];
	int	error;

	ring_close(r);
	if (!file_path(r, "", path) || !file_path(r, ".new", fresh)) {
		errno = ENAMETOOLONG;
		return false;
	}
	(void)unlink(fresh);
	r->fd = open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (r->fd == -1)
		return false;
	if (write_prepared(r, now_ms, label) && rename(fresh, path) == 0)
		return true;
	error = errno;
	(void)unlink(fresh);
	ring_close(r);
	errno = error;
	return false;
}

bool
ring_label(struct ring *r, unsigned char label[RING_LABEL_BYTES])
{
	struct stat	st;

	ring_close(r);
	return open_file(r, O_RDWR) && fstat(r->fd, &st) == 0 &&
	    S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
	    pread(r->fd, label, RING_LABEL_BYTES, RING_LABEL_AT) ==
	    RING_LABEL_BYTES;
}

void
ring_remove(struct ring *r)
{
	struct stat	mine, there;
	char		path[4096];

	if (r->fd == -1 || ftruncate(r->fd, 0) != 0)
		return;
	if (file_path(r, "", path) && fstat(r->fd, &mine) == 0 &&
	    lstat(path, &there) == 0 && mine.st_dev == there.st_dev &&
	    mine.st_ino == there.st_ino)
		(void)unlink(path);
	ring_close(r);
}
