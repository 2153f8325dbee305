/* How destinations share the places of a worker. */
#include "../../src/app/shares.h"
#include "tap.h"

static struct destination
destination(int32_t id)
{
	return (struct destination){ .id = id, .url = "http://x/" };
}

/* Send as many as may be; how many that was. */
static size_t
fill(struct shares *s, const struct destination *to)
{
	struct share	*one = shares_of(s, to->id);
	size_t		 n = 0;

	while (one != NULL && s->sent < s->most &&
	    shares_may_send(s, one, to)) {
		one->sent++;
		s->sent++;
		s->programs += to->url == NULL;
		n++;
	}
	return n;
}

static void
test_places(void)
{
	struct shares		s;
	struct destination	to;
	size_t			got[12];
	int32_t			i;

	shares_open(&s, 128);
	for (i = 0; i < 12; i++) {
		to = destination(i + 1);
		got[i] = fill(&s, &to);
	}
	is_int((int64_t)got[0], 64, "the first has half of the places");
	is_int((int64_t)got[1], 32, "the second half of what is left");
	ok(got[5] == 2 && got[6] == 1, "the sixth and the seventh have some");
	is_int((int64_t)s.sent, 128, "the eighth has the last one");
	shares_close(&s);

	shares_open(&s, 1);
	to = destination(7);
	is_int((int64_t)fill(&s, &to), 1, "a worker for one at a time");
	shares_close(&s);

	shares_open(&s, 3);
	s.alone = true;
	is_int((int64_t)fill(&s, &to), 3, "the only one has all, if few");
	shares_close(&s);
	shares_open(&s, 1024);
	s.alone = true;
	is_int((int64_t)fill(&s, &to), SHARES_MOST_EACH, "not if many");
	shares_close(&s);
}

static void
test_programs(void)
{
	struct shares		s;
	struct destination	to;
	size_t			all = 0;
	int32_t			i;

	shares_open(&s, 128);
	to = (struct destination){ .id = 1 };
	is_int((int64_t)fill(&s, &to), 8, "programs of one destination");
	to.id = 2;
	is_int((int64_t)fill(&s, &to), 8, "as many of another");
	for (i = 3; i < 40; i++) {
		to.id = i;
		all += fill(&s, &to);
	}
	ok(all > 8 && s.programs <= SHARES_PROGRAMS, "%zu of all", s.programs);
	to = destination(99);
	ok(fill(&s, &to) > 32, "URLs have the places that are left");
	shares_close(&s);
}

static void
test_ahead(void)
{
	struct shares		s;
	struct destination	to = destination(5), slow = destination(6);
	struct share		*one, *other;
	int			i;

	shares_open(&s, 128);
	is_int((int64_t)shares_room(&s, &to), 64, "at first: what can be sent");
	one = shares_of(&s, to.id);
	other = shares_of(&s, slow.id);
	if (!ok(one != NULL && other != NULL && one != other &&
	    shares_of(&s, to.id) == one, "each has one of its own"))
		return;
	one->ended = 300;
	is_int((int64_t)shares_room(&s, &to), 364, "then what it has ended");
	shares_clock(&s, 500);
	is_int((int64_t)shares_room(&s, &to), 64 + 150, "in 250 ms");
	one->ended = 100000;
	is_int((int64_t)shares_room(&s, &to), 64 + SHARES_AHEAD, "to a limit");
	for (i = 0; i < 100; i++)
		shares_size(&s, 256 << 10);
	ok(shares_room(&s, &to) <= 64 + 64 && shares_free(&s) <= 128 + 64,
	    "few of large events");
	for (i = 0; i < 100; i++)
		shares_size(&s, 300);
	is_int((int64_t)shares_room(&s, &to), 64 + SHARES_AHEAD,
	    "many of small ones again");
	one->held = s.held = SHARES_AHEAD / 2 + 1;
	ok(shares_room(&s, &to) > 0 && !shares_wants(&s, &to),
	    "no more until half has gone out");
	one->held--;
	ok(shares_wants(&s, &to), "then it wants more");
	other->sent = s.sent = 64;
	is_int((int64_t)shares_room(&s, &slow), 0, "a slow one gets no more");
	to.concurrency = 9;
	ok(shares_room(&s, &to) == 0 && !shares_wants(&s, &to),
	    "of what Postgres limits none ahead");
	slow.broken = STR("x");
	other->sent = s.sent = 0;
	is_int((int64_t)shares_room(&s, &slow), 0, "a broken one gets nothing");
	s.held = SHARES_AHEAD + 100;
	is_int((int64_t)shares_free(&s), 28, "what is free of all");
	shares_close(&s);
}

int
main(void)
{
	test_places();
	test_programs();
	test_ahead();
	return done_testing();
}
