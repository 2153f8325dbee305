/* The inspector's file: found by its name, in its time, and no other way. */
#include <sys/stat.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/edge/inspector.h"
#include "tap.h"
#include "tempdir.h"

#define NOW 1000000000000
#define NAME "0123456789abcdef0123456789abcdef"

static _Alignas(16) char memory[1 << 18];

static bool
asked(const char *target, const char *want)
{
	struct str	name;

	return inspector_asked(str_from(target), &name) &&
	    str_eq(name, str_from(want));
}

static void
test_asked(void)
{
	static const char *const none[] = { "", "/", "/twilio",
	    "/twilio/inspect-", "/twilio/inspect-" NAME "0",
	    "/twilio/inspect-0123456789abcdef0123456789abcde",
	    "/twilio/inspect-0123456789ABCDEF0123456789ABCDEF",
	    "/twilio/inspect-0123456789abcdef0123456789abcdeg",
	    "/twilio/xinspect-" NAME, "/twilio/" NAME,
	    "/twilio?x=/inspect-" NAME, "/twilio/inspect_" NAME,
	    "/twilio/inspect-0123456789abcdef%30123456789abcdef" };
	struct str	absent = { NULL, 0 }, name;
	size_t		i;

	ok(asked("/twilio/inspect-" NAME, NAME), "a target with a name");
	ok(asked("/inspect-" NAME "/more?x", NAME), "and below it");
	ok(asked("//a//inspect-" NAME "?", NAME), "with odd slashes");
	ok(asked("/inspect-x/inspect-" NAME, NAME), "behind another one");
	ok(!inspector_asked(absent, &name), "no target");
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		quiet(!inspector_asked(str_from(none[i]), &name), "%s",
		    none[i]);
	tap_loop("targets without a name");
}

static struct inspector
sample(int64_t expires_ms)
{
	struct inspector	in = { .expires_ms = expires_ms, .pid = 7,
				    .reply = "<Response/>", .reply_n = 11 };

	memcpy(in.name, NAME, sizeof(in.name));
	return in;
}

static bool
make(int64_t expires_ms)
{
	struct inspector	in = sample(expires_ms);
	struct ring		r;
	bool			good;

	inspector_ring(&r, tempdir());
	good = inspector_make(&r, NOW, &in);
	ring_close(&r);
	return good;
}

static bool
find(const char *name, int64_t now)
{
	struct inspector	in;
	struct ring		r;
	bool			good;

	inspector_ring(&r, tempdir());
	good = inspector_find(&r, str_from(name), now, &in);
	ring_close(&r);
	return good && in.pid == 7 && in.reply_n == 11 &&
	    memcmp(in.reply, "<Response/>", 11) == 0;
}

static bool
there(void)
{
	return access(temppath("inspect"), F_OK) == 0;
}

static void
test_time(void)
{
	ok(!find(NAME, NOW) && !there(), "none, and looking makes none");
	ok(make(NOW + 1000), "made");
	ok(find(NAME, NOW), "found by its name");
	ok(!find("0123456789abcdef0123456789abcde0", NOW), "not by another");
	ok(!find("", NOW) && !find(NAME "0", NOW), "nor by another length");
	ok(find(NAME, NOW + 999), "found until its time");
	ok(!find(NAME, NOW + 1000) && !there(), "at its time it is removed");
	ok(!find(NAME, NOW), "and does not come back");
	ok(make(NOW + INSPECTOR_MAX_MS) && find(NAME, NOW), "for an hour");
	ok(!find(NAME, NOW - 1) && !there(),
	    "a clock that was set back does not prolong it");
	ok(access(temppath("inspect.new"), F_OK) == -1, "nothing is left");
}

static struct stat
file_now(void)
{
	struct stat	st = { .st_size = -1 };

	(void)stat(temppath("inspect"), &st);
	return st;
}

/* As the responder and the command line use it, from two processes. */
static void
test_entries(void)
{
	static char		big[INSPECTOR_BODY + RING_HEAD_BYTES + 9];
	struct arena		a = { .base = memory, .cap = sizeof(memory) };
	struct ring		w[2], r;
	struct ring_counts	n;
	struct ring_entry	e;
	struct inspector	in;
	struct stat		before;
	uint64_t		lines = 0, i;

	ok(make(NOW + 60000), "an inspector");
	before = file_now();
	is_int(before.st_mode & 07777, 0600, "nobody else reads it");
	ok(before.st_blocks < 64, "it is sparse");
	inspector_ring(&w[0], tempdir());
	inspector_ring(&w[1], tempdir());
	memset(big, 'x', sizeof(big));
	for (i = 0; i < 5000; i++)
		lines += ring_put(&w[i % 2], NOW + (int64_t)i,
		    (struct str){ big, i % 100 == 0 ? sizeof(big) : 100 });
	is_int((int64_t)lines, 4001,
	    "a line a second speaks for those before");
	inspector_ring(&r, tempdir());
	ok(ring_counts(&r, &n) && n.last == 5000 && n.seen == 5000,
	    "5000 of two processes: all are written, there is no budget");
	ok(ring_get(&r, &a, 5000, &e) && e.payload.n == 100, "the last");
	ok(ring_get(&r, &a, 5000 - RING_SLOTS + 1, &e), "the oldest kept");
	ok(!ring_get(&r, &a, 5000 - RING_SLOTS, &e), "not the one before");
	is_int(file_now().st_size, before.st_size, "the file has not grown");
	ok(inspector_read(&r, &in), "it is ours");
	ring_remove(&r);
	ok(!there(), "removed");
	(void)ring_put(&w[0], NOW + 9000, STR("late"));
	ok(!there(), "a put does not make it again");
	ring_close(&w[0]);
	ring_close(&w[1]);
}

/* Whoever removes an old one leaves the one that replaced it. */
static void
test_replaced(void)
{
	struct inspector	in;
	struct ring		r;

	ok(make(NOW + 1000), "one");
	inspector_ring(&r, tempdir());
	ok(inspector_read(&r, &in), "that is open");
	ok(make(NOW + 2000), "is replaced");
	ring_remove(&r);
	ok(find(NAME, NOW + 1500), "removing the first leaves the second");
	ok(!make(NOW + 1000) || find(NAME, NOW), "and so on");
	(void)unlink(temppath("inspect"));
	ok(symlink("elsewhere", temppath("inspect")) == 0, "a link there");
	ok(!find(NAME, NOW), "is not followed");
	ok(make(NOW + 1000) && find(NAME, NOW), "but replaced");
	(void)unlink(temppath("inspect"));
	inspector_ring(&r, temppath("missing"));
	in = sample(NOW);
	ok(!inspector_make(&r, NOW, &in), "no folder: an error");
	inspector_ring(&r, NULL);
	ok(!inspector_make(&r, NOW, &in), "no setting: an error");
}

/* Any damage: it is what was made, or there is none. */
static void
test_damage(void)
{
	struct inspector	in;
	struct ring		r;
	int			fd, i;
	char			byte;

	srandom(9);
	for (i = 0; i < 3000; i++) {
		if (i % 20 == 0)
			quiet(make(NOW + 1000), "made anew");
		fd = open(temppath("inspect"), O_RDWR);
		byte = (char)random();
		quiet(pwrite(fd, &byte, 1, i % 2 == 0 ? random() % 64 :
		    1024 + random() % 100) == 1, "damaged");
		if (i % 20 == 19)
			quiet(ftruncate(fd, random() % 5000) == 0, "cut");
		(void)close(fd);
		inspector_ring(&r, tempdir());
		if (inspector_read(&r, &in))
			quiet(in.reply_n <= INSPECTOR_REPLY && in.pid >= 0,
			    "round %d", i);
		(void)ring_put(&r, NOW, STR("x"));
		ring_close(&r);
	}
	tap_loop("damaged files");
	(void)unlink(temppath("inspect"));
}

int
main(void)
{
	test_asked();
	test_time();
	test_entries();
	test_replaced();
	test_damage();
	return done_testing();
}
