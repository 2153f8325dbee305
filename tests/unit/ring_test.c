/* The ring of rejected requests: bounded, counted, read like a stranger's. */
#include <sys/resource.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/edge/ring.h"
#include "tap.h"
#include "tempdir.h"

#define BODY 2000
#define NOW 1000000000000

static _Alignas(16) char memory[1 << 18];

/* Read as the command line does: by a process of its own. */
static bool
get(uint64_t seq, struct ring_entry *e)
{
	struct arena	a = { .base = memory, .cap = sizeof(memory) };
	struct ring	r;
	bool		good;

	ring_open(&r, tempdir(), 1);
	good = ring_get(&r, &a, seq, e);
	ring_close(&r);
	return good;
}

static bool
counts(struct ring_counts *n)
{
	struct ring	r;
	bool		good;

	ring_open(&r, tempdir(), 1);
	good = ring_counts(&r, n);
	ring_close(&r);
	return good;
}

static struct stat
file_now(void)
{
	struct stat	st = { .st_size = -1 };

	(void)stat(temppath("rejected.ring"), &st);
	return st;
}

static void
test_put(void)
{
	static char		big[BODY + RING_HEAD_BYTES + 10];
	struct ring		r;
	struct ring_counts	n;
	struct ring_entry	e;
	struct str		odd = STR("\0\xff\n");

	ring_open(&r, tempdir(), BODY);
	ok(!counts(&n), "no ring before the first rejection");
	ok(!get(1, &e), "and no entry");
	is_int(ring_put(&r, NOW, STR("first")), 1, "one line for the first");
	ok(counts(&n) && n.seen == 1 && n.last == 1, "counted");
	ok(get(1, &e), "it is there");
	is_str(e.payload, STR("first"), "in full");
	ok(e.seq == 1 && e.time_ms == NOW, "with its time");
	is_int(ring_put(&r, NOW + 1, odd), 0, "no second line in a second");
	ok(get(2, &e) && str_eq(e.payload, odd), "any bytes");
	is_int(ring_put(&r, NOW + 1001, STR("")), 2,
	    "a later line speaks for both");
	ok(get(3, &e) && e.payload.n == 0, "an empty payload");
	memset(big, 'x', sizeof(big));
	(void)ring_put(&r, NOW + 1002, (struct str){ big, sizeof(big) });
	ok(get(4, &e) && e.payload.n == BODY + RING_HEAD_BYTES,
	    "a payload beyond the slot is cut");
	(void)ring_put(&r, NOW + 1003, (struct str){ NULL, 0 });
	ok(get(5, &e) && e.payload.n == 0, "an absent payload");
	ok(!get(0, &e) && !get(6, &e) && !get(UINT64_MAX, &e),
	    "no entries that never were");
	is_int(file_now().st_mode & 07777, 0600, "nobody else reads it");
	ring_close(&r);
}

/* A flood: the file keeps its size, the budget bounds what is written. */
static void
test_flood(void)
{
	struct ring		r;
	struct ring_counts	before, n;
	struct ring_entry	e;
	struct stat		size = file_now();
	uint64_t		i, lines = 0;
	char			text[32];

	ring_open(&r, tempdir(), BODY);
	(void)counts(&before);
	for (i = 0; i < 100000; i++) {
		(void)snprintf(text, sizeof(text), "flood %d", (int)i);
		lines += ring_put(&r, NOW + 5000 + (int64_t)i / 10,
		    str_from(text)) > 0;
	}
	(void)counts(&n);
	ok(lines >= 9 && lines <= 12, "10 s of flood: %d lines", (int)lines);
	ok(n.last - before.last <= RING_BURST + 11, "%d entries written",
	    (int)(n.last - before.last));
	ok(n.last - before.last >= RING_BURST, "but the burst");
	ok(n.seen + r.unwritten == before.seen + 100000, "all are counted");
	is_int(file_now().st_size, size.st_size, "the file has not grown");
	ok(get(n.last, &e) && get(n.last - RING_SLOTS + 1, &e),
	    "the last %d are there", RING_SLOTS);
	ok(!get(n.last - RING_SLOTS, &e), "the one before is gone");
	ring_close(&r);
}

static void
test_two(void)
{
	struct ring		a, b;
	struct ring_counts	n, after;
	struct ring_entry	e;

	ring_open(&a, tempdir(), BODY);
	ring_open(&b, tempdir(), BODY);
	(void)counts(&n);
	(void)ring_put(&a, NOW + 200000, STR("of a"));
	(void)ring_put(&b, NOW + 200001, STR("of b"));
	ok(get(n.last + 2, &e) && str_eq(e.payload, STR("of b")),
	    "two processes share it");
	(void)unlink(temppath("rejected.ring"));
	(void)ring_put(&a, NOW + 200002, STR("anew"));
	ok(counts(&after) && after.last == 1,
	    "a file that was removed is begun anew by all");
	ring_close(&b);
	ring_open(&b, tempdir(), 2 * BODY);
	(void)ring_put(&b, NOW + 203000, STR("larger"));
	ok(get(2, &e) && str_eq(e.payload, STR("larger")),
	    "another size: begun anew, counting on");
	ok(!get(1, &e), "what was there is gone");
	ring_close(&a);
	ring_close(&b);
}

static void
test_no_folder(void)
{
	struct ring		r;
	struct ring_counts	n;
	uint64_t		lines = 0, spoken = 0, k;
	int64_t			i;

	ring_open(&r, temppath("missing"), BODY);
	for (i = 0; i < 10000; i++) {
		k = ring_put(&r, NOW + i, STR("x"));
		lines += k > 0;
		spoken += k;
	}
	ok(lines >= 9 && lines <= 11, "without a folder: %d lines in 10 s",
	    (int)lines);
	ok(spoken + r.unwritten == 10000, "that speak for all");
	ok(!ring_counts(&r, &n), "and no ring");
	ring_close(&r);
	ring_open(&r, NULL, BODY);
	is_int(ring_put(&r, NOW, STR("x")), 1, "without a setting likewise");
	ring_close(&r);
}

/* A full disk, as a limit on the size of files: still a line a second. */
static void
test_no_disk(void)
{
	struct rlimit	old, none;
	struct ring	r;
	uint64_t	spoken;

	(void)signal(SIGXFSZ, SIG_IGN);
	(void)unlink(temppath("rejected.ring"));
	(void)getrlimit(RLIMIT_FSIZE, &old);
	none = old;
	none.rlim_cur = 0;
	ring_open(&r, tempdir(), BODY);
	(void)setrlimit(RLIMIT_FSIZE, &none);
	spoken = ring_put(&r, NOW, STR("x"));
	(void)ring_put(&r, NOW + 1, STR("x"));
	spoken += ring_put(&r, NOW + 1001, STR("x"));
	(void)setrlimit(RLIMIT_FSIZE, &old);
	is_int((int64_t)spoken, 3, "without room on the disk: all are told");
	(void)ring_put(&r, NOW + 3000, STR("x"));
	is_int((int64_t)r.unwritten, 0, "and all is well when there is room");
	ring_close(&r);
	(void)unlink(temppath("rejected.ring"));
}

/* Any damage: an entry is either what was put in, or not there. */
static void
test_damage(void)
{
	static char		whole[1 << 18];
	struct ring		r;
	struct ring_counts	n;
	struct ring_entry	e;
	ssize_t			size;
	int			fd;
	size_t			i, at, good = 0;
	char			byte;

	(void)unlink(temppath("rejected.ring"));
	ring_open(&r, tempdir(), BODY);
	for (i = 0; i < 5; i++)
		(void)ring_put(&r, NOW + (int64_t)i, STR("the payload"));
	ring_close(&r);
	fd = open(temppath("rejected.ring"), O_RDWR);
	size = pread(fd, whole, sizeof(whole), 0);
	srandom(8);
	for (i = 0; i < 3000; i++) {
		at = i % 3 == 0 ? (size_t)random() % 128 :
		    4096 + (size_t)random() % 5 * (BODY + RING_HEAD_BYTES + 56)
		    + (size_t)random() % 80;
		byte = (char)random();
		quiet(pwrite(fd, &byte, 1, (off_t)at) == 1, "damaged");
		ring_open(&r, tempdir(), BODY);
		(void)counts(&n);
		for (at = 0; at < 8; at++)
			if (get(at, &e)) {
				good++;
				quiet(str_eq(e.payload, STR("the payload")),
				    "round %zu: %.*s", i, (int)e.payload.n,
				    e.payload.p);
			}
		if (i % 10 == 0) {
			/* Writing goes on, whatever stands in the header. */
			(void)ring_put(&r, NOW + 9999, STR("the payload"));
			quiet(pwrite(fd, whole, (size_t)size, 0) == size,
			    "mended");
		}
		ring_close(&r);
	}
	quiet(good > 1000 && good < 15000, "%zu good", good);
	tap_loop("damaged files");
	for (i = 0; i < 200; i++) {
		quiet(ftruncate(fd, (off_t)(i * 50)) == 0, "cut");
		ring_open(&r, tempdir(), BODY);
		quiet(!get(4, &e) || str_eq(e.payload,
		    STR("the payload")), "%zu bytes", i * 50);
		ring_close(&r);
	}
	(void)close(fd);
	tap_loop("files cut short");
	(void)unlink(temppath("rejected.ring"));
	ok(symlink("elsewhere", temppath("rejected.ring")) == 0,
	    "a symbolic link stands in its place");
	ring_open(&r, tempdir(), BODY);
	(void)ring_put(&r, NOW, STR("x"));
	ok(access(temppath("elsewhere"), F_OK) == -1,
	    "it is not followed");
	ring_close(&r);
}

int
main(void)
{
	test_put();
	test_flood();
	test_two();
	test_no_folder();
	test_no_disk();
	test_damage();
	return done_testing();
}
