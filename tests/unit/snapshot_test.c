/* The routes' snapshot: written, read, and never believed when damaged. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/edge/snapshot.h"
#include "tap.h"
#include "tempdir.h"

static _Alignas(16) char memory[1 << 18];

static struct store_route list[] = {
	{ .kind = STR("message.inbound"), .to = STR("+15550101001"),
	    .reply = STR("<Response><Message>a\nb</Message></Response>"),
	    .http = 200 },
	{ .kind = STR("conversation.onMessageAdd"), .to = STR("*"),
	    .reply = STR(""), .http = 599, .reject_in_trouble = true },
	{ .kind = STR("call.inbound"), .to = STR(""), .reply = STR(""),
	    .http = 200, .broken = true },
	{ .kind = STR("other"), .to = STR("x\0y 1 2 3\n"),
	    .reply = STR("\n\n\xff"), .http = 200 },
};

static bool
written(const struct snapshot *s, int64_t version, size_t n)
{
	struct store_routes	routes = { .version = version, .at = list,
				    .n = n };
	struct arena		a = { .base = memory, .cap = sizeof(memory) };

	return snapshot_write(s, &routes, &a);
}

static bool
same(const struct store_routes *r, int64_t version, size_t n)
{
	size_t	i;

	if (r->version != version || r->n != n)
		return false;
	for (i = 0; i < n; i++)
		if (!str_eq(r->at[i].kind, list[i].kind) ||
		    !str_eq(r->at[i].to, list[i].to) ||
		    !str_eq(r->at[i].reply, list[i].reply) ||
		    r->at[i].http != list[i].http ||
		    r->at[i].reject_in_trouble != list[i].reject_in_trouble ||
		    r->at[i].broken != list[i].broken)
			return false;
	return true;
}

static void
test_round_trip(void)
{
	struct snapshot	s, other;
	struct stat	st;

	snapshot_open(&s, tempdir());
	is_int(s.routes.version, -1, "nothing is known at first");
	ok(!snapshot_refresh(&s), "no file");
	ok(written(&s, 7, 4), "written");
	ok(snapshot_refresh(&s) && same(&s.routes, 7, 4), "read again");
	ok(snapshot_refresh(&s) && same(&s.routes, 7, 4), "unchanged");
	ok(stat(temppath("routes"), &st) == 0 && (st.st_mode & 0077) == 0,
	    "nobody else reads it");
	snapshot_open(&other, tempdir());
	ok(snapshot_refresh(&other) && same(&other.routes, 7, 4),
	    "another process reads it");
	ok(written(&other, 8, 2), "and writes a new one");
	ok(same(&s.routes, 7, 4), "the old one stays valid while mapped");
	ok(snapshot_refresh(&s) && same(&s.routes, 8, 2), "until it is taken");
	ok(written(&s, 0, 0), "no routes at all");
	ok(snapshot_refresh(&s) && same(&s.routes, 0, 0), "are a snapshot");
	ok(written(&s, INT64_MAX, 1) && snapshot_refresh(&s) &&
	    same(&s.routes, INT64_MAX, 1), "the largest version");
	(void)unlink(temppath("routes"));
	ok(!snapshot_refresh(&s) && same(&s.routes, INT64_MAX, 1),
	    "a file that is gone takes no routes away");
	snapshot_close(&s);
	is_int(s.routes.version, -1, "closed");
	snapshot_close(&s);
	snapshot_close(&other);
}

static void
test_no_folder(void)
{
	struct snapshot	s;

	snapshot_open(&s, NULL);
	ok(!snapshot_refresh(&s) && !written(&s, 1, 1) && errno != 0,
	    "no folder is set");
	snapshot_open(&s, temppath("missing"));
	ok(!snapshot_refresh(&s) && !written(&s, 1, 1), "it is not there");
	snapshot_open(&s, tempdir());
	(void)mkdir(temppath("routes"), 0700);
	ok(!snapshot_refresh(&s), "a folder in the file's place");
	ok(!written(&s, 1, 1), "is not written over");
	(void)rmdir(temppath("routes"));
	is_int(access(temppath("routes"), F_OK), -1, "nothing is left");
}

/* Each byte changed, each length cut: the routes known stay. */
static void
test_damage(void)
{
	static char	whole[4096], bad[4096];
	struct snapshot	s;
	ssize_t		size;
	size_t		i, n;
	int		fd;

	snapshot_open(&s, tempdir());
	(void)written(&s, 7, 4);
	fd = open(temppath("routes"), O_RDONLY);
	size = read(fd, whole, sizeof(whole));
	(void)close(fd);
	ok(size > 100 && (size_t)size < sizeof(whole), "%d bytes", (int)size);
	n = (size_t)size;
	(void)snapshot_refresh(&s);
	for (i = 0; i < n; i++) {
		memcpy(bad, whole, n);
		bad[i] = (char)(bad[i] ^ 1 << i % 8);
		tempfile("routes", (struct str){ bad, n }, 0600);
		quiet(!snapshot_refresh(&s) ||
		    /* The version is the header's, not of the hash. */
		    (s.routes.version != 7 && i < 30), "byte %zu", i);
		tempfile("routes", (struct str){ whole, i }, 0600);
		quiet(!snapshot_refresh(&s), "%zu bytes", i);
		tempfile("routes", (struct str){ whole, n }, 0600);
		quiet(snapshot_refresh(&s) && same(&s.routes, 7, 4),
		    "the good one again");
	}
	memcpy(bad, whole, n);
	bad[n] = '\n';
	tempfile("routes", (struct str){ bad, n + 1 }, 0600);
	quiet(!snapshot_refresh(&s) && same(&s.routes, 7, 4), "a byte more");
	tap_loop("damaged files");
	snapshot_close(&s);
}

int
main(void)
{
	test_round_trip();
	test_no_folder();
	test_damage();
	return done_testing();
}
