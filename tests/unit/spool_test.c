/* The spool: the first of a key wins, bounds hold, nothing half is left. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/edge/spool_take.h"
#include "tap.h"
#include "tempdir.h"

#define NOW 1795000000000

static char		memory[1 << 18];
static char		path[512];
static struct spool	spool;

static struct arena
arena(void)
{
	return (struct arena){ .base = memory, .cap = sizeof(memory) };
}

static struct spooled
request(unsigned char key, const char *reply, int64_t at, int64_t window)
{
	static unsigned char	ids;
	struct spooled		s = { .received_ms = at, .window = window,
				    .account = STR("AC1"),
				    .kind = STR("call.gather"),
				    .method = STR("POST"), .http = 200,
				    .reply = str_from(reply) };

	s.id[0] = ++ids;
	s.key[15] = key;
	return s;
}

/* What the spool says of it. */
static enum spool_result
put(struct spooled s, struct spooled *first)
{
	struct arena	a = arena();

	return spool_put(&spool, &a, &s, first);
}

static bool
find(unsigned char key, int64_t now_ms, struct spooled *s)
{
	unsigned char	k[16] = { 0 };
	struct arena	a = arena();

	k[15] = key;
	return spool_find(&spool, &a, k, now_ms, s);
}

static size_t
files(void)
{
	struct spool_list	list;
	int			folder = spool_folder(&spool, false);
	size_t			n;

	ok(folder != -1 && spool_list(folder, &list), "the folder is listed");
	n = list.n;
	spool_list_free(&list);
	(void)close(folder);
	return n;
}

static struct spool_usage
usage(void)
{
	int			 folder = spool_folder(&spool, false);
	struct spool_usage	*u = spool_map(folder), now = *u;

	spool_unmap(u);
	(void)close(folder);
	return now;
}

static void
test_first_wins(void)
{
	struct spooled	s;

	ok(!find(1, NOW, &s), "there is no folder, and nothing in it");
	is_int(put(request(1, "one", NOW, -1), &s), SPOOL_PUT, "a first one");
	is_int(put(request(1, "two", NOW + 1, -1), &s), SPOOL_FOUND,
	    "another of its key");
	is_str(s.reply, STR("one"), "gets the first one's reply");
	ok(find(1, NOW + 99999999, &s), "it is found, however late");
	is_str(s.reply, STR("one"), "with its reply");
	ok(!find(2, NOW, &s), "another key is not");
	is_int(files(), 1, "one file");
	is_int(usage().files, 1, "which counts");
}

static void
test_window(void)
{
	struct spooled	s;

	is_int(put(request(3, "one", NOW, 60), &s), SPOOL_PUT,
	    "one with a window");
	ok(find(3, NOW + 59999, &s), "within it: a duplicate");
	ok(!find(3, NOW + 60000, &s), "after it: none");
	is_int(put(request(3, "two", NOW + 60000, 60), &s), SPOOL_PUT,
	    "so that a new one is put beside");
	is_int(files(), 3, "and both are there");
	ok(find(3, NOW + 60001, &s), "the new one is found");
	is_str(s.reply, STR("two"), "with its own reply");
}

static void
test_bounds(void)
{
	struct spooled		s;
	struct spool_usage	before = usage();

	spool.max_files = before.files + 1;
	is_int(put(request(4, "x", NOW, -1), &s), SPOOL_PUT, "one more file");
	is_int(put(request(5, "x", NOW, -1), &s), SPOOL_FULL, "but not two");
	ok(!find(5, NOW, &s), "it is not there");
	spool.max_files = 1000;
	spool.max_bytes = before.bytes + 10;
	is_int(put(request(5, "x", NOW, -1), &s), SPOOL_FULL, "nor so many "
	    "bytes");
	spool.max_bytes = 1 << 20;
	is_int(usage().files, before.files + 1, "which count for nothing");
}

/* One that is damaged is out of the way, but not lost. */
static void
test_damaged(void)
{
	struct spooled	s;
	size_t		n = files();

	tempfile("spool/00000000000000000000000000000006",
	    STR("offhook-spooled 1 5 "), 0600);
	ok(!find(6, NOW, &s), "a damaged one is not found");
	is_int(put(request(6, "x", NOW, -1), &s), SPOOL_PUT,
	    "nor in the way");
	is_int(files(), n + 2, "but kept");
	tempfile("spool/00000000000000000000000000000007", STR(""), 0644);
	ok(!find(7, NOW, &s), "one that others can read is none");
	(void)unlink(temppath("spool/00000000000000000000000000000007"));
}

static void
test_take(void)
{
	struct arena		 a = arena();
	struct spool_hold	 hold;
	struct spool_list	 list;
	struct spooled		 s;
	const char		*why;
	int			 folder = spool_folder(&spool, false);
	size_t			 i, good = 0, bad = 0;

	tempfile("spool/.new.1", STR("half"), 0600);
	ok(spool_list(folder, &list), "listed");
	spool_sweep(folder, INT64_MAX / 2, &list);
	ok(access(temppath("spool/.new.1"), F_OK) != 0,
	    "an old temporary is swept");
	is_int(usage().files, list.n, "and the usage is what is there");
	for (i = 0; i < list.n; i++)
		switch (spool_take(folder, list.at[i].name, &a, &hold, &s,
		    &why)) {
		case SPOOL_TAKEN:
			good += spool_drop(&hold);
			break;
		case SPOOL_BAD:
			bad += spool_set_bad(&hold, why);
			break;
		case SPOOL_GONE:
			break;
		}
	is_int(good, list.n - 1, "all are taken and dropped");
	is_int(bad, 1, "but for the damaged one");
	spool_list_free(&list);
	ok(spool_list(folder, &list), "listed again");
	is_int(list.n, 0, "nothing is left");
	is_int(list.bad, 1, "but the one set aside");
	spool_list_free(&list);
	is_int(usage().files, 0, "no file counts");
	is_int(usage().bytes, 0, "no byte counts");
	(void)close(folder);
}

/* So many within the time, by whichever process. */
static void
test_late(void)
{
	struct spool	other = spool;
	int		i;

	for (i = 1; i < SPOOL_LATE; i++)
		ok(!spool_was_late(i % 2 == 0 ? &spool : &other, NOW + i),
		    "late, %d", i);
	ok(spool_was_late(&other, NOW + SPOOL_LATE_MS), "late, one too many");
	ok(spool_was_late(&other, NOW + SPOOL_LATE_MS), "and one more");
	ok(!spool_was_late(&other, NOW + SPOOL_LATE_MS + 1),
	    "the time counts from the first of them");
	ok(!spool_was_late(&other, NOW), "a clock that was set back");
}

static void
test_away(void)
{
	struct spool	other = spool;

	ok(!spool_is_away(&spool, NOW), "Postgres is not away");
	spool_went_away(&spool, NOW);
	ok(spool_is_away(&spool, NOW + SPOOL_AWAY_MS - 1), "it is");
	ok(spool_is_away(&other, NOW), "for all");
	ok(!spool_is_away(&spool, NOW + SPOOL_AWAY_MS) && spool.probing,
	    "later one asks it");
	ok(spool_is_away(&other, NOW + SPOOL_AWAY_MS) && !other.probing,
	    "and no other");
	spool_came_back(&other);
	ok(spool_is_away(&other, NOW + SPOOL_AWAY_MS), "who asks decides");
	spool_came_back(&spool);
	ok(!spool_is_away(&other, NOW + SPOOL_AWAY_MS) && !other.probing,
	    "it is back");
}

static void
test_folder(void)
{
	struct spooled	s;

	(void)chmod(path, 0770);
	is_int(put(request(8, "x", NOW, -1), &s), SPOOL_FAILED,
	    "a folder that others can write to");
	is_int(errno, EPERM, "is refused");
	(void)chmod(path, 0700);
	spool.folder = NULL;
	is_int(put(request(8, "x", NOW, -1), &s), SPOOL_FAILED, "no folder");
	ok(!find(8, NOW, &s) && !spool_is_away(&spool, NOW),
	    "and nothing in it");
}

int
main(void)
{
	(void)snprintf(path, sizeof(path), "%s/spool", tempdir());
	spool = (struct spool){ .folder = path, .max_bytes = 1 << 20,
	    .max_files = 1000 };
	test_first_wins();
	test_window();
	test_bounds();
	test_damaged();
	test_take();
	test_away();
	test_late();
	test_folder();
	return done_testing();
}
