/* The worker's care for issues. See tell.h. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../edge/clock.h"
#include "tell.h"

#define TAKE_MS 1000		/* between two looks for something to tell */
#define WATCH_MS 10000
#define BUSY_MS 20		/* while something is under way */
#define STEP_MS 30		/* that a step may wait for Postgres */
#define STATEMENT_MS 10000
#define PAUSE_MS 1000		/* before the next connection, doubled up to */
#define PAUSE_CAP_MS 30000

void
tell_open(struct tell *t, const struct config *c, const struct log *l)
{
	*t = (struct tell){ .config = c, .log = l, .pause_ms = PAUSE_MS };
	t->db.url = c->admin_database_url;
	watch_open(&t->watch, c);
}

static void
job_free(struct tell_job *j)
{
	free(j->arena.base);
	*j = (struct tell_job){ .used = false };
}

void
tell_close(struct tell *t)
{
	size_t	i;

	if (t->has_pool)
		pool_close(&t->pool);
	if (t->has_children)
		children_close(&t->children);
	for (i = 0; i < TELL_MOST; i++)
		job_free(&t->job[i]);
	db_close(&t->db);
	watch_close(&t->watch);
}

bool
tell_is_done(const struct tell *t)
{
	size_t	i;

	for (i = 0; i < TELL_MOST; i++)
		if (t->job[i].used)
			return false;
	return t->watched && t->looked && t->asked == TELL_NOTHING;
}

static struct tell_job *
find_job(struct tell *t, bool used, bool ended)
{
	size_t	i;

	for (i = 0; i < TELL_MOST; i++)
		if (t->job[i].used == used && t->job[i].ended == ended)
			return &t->job[i];
	return NULL;
}

/* Take what has ended. */
static void
collect(struct tell *t)
{
	struct tell_job		*j;
	struct http_reply	 reply;
	struct child_result	 result;
	char			 memory[4096];
	struct arena		 a = { .base = memory,
				    .cap = sizeof(memory) };
	void			*who;

	if (t->has_pool)
		pool_wait(&t->pool, NULL, 0, 0);
	while (t->has_pool && pool_next(&t->pool, &a, &who, &reply)) {
		j = who;
		j->ended = true;
		(void)notice_replied(&reply, j->why);
		a.used = 0;
	}
	while (t->has_children && children_next(&t->children, &a, &who,
	    &result)) {
		j = who;
		j->ended = true;
		(void)notice_ended(&result, j->why);
		a.used = 0;
	}
}

static bool
begin(struct tell *t, struct tell_job *j)
{
	if (j->order.run) {
		if (!t->has_children)
			t->has_children = children_open(&t->children,
			    TELL_MOST);
		return t->has_children &&
		    children_add(&t->children, &j->order.child, j);
	}
	if (!t->has_pool)
		t->has_pool = pool_open(&t->pool, TELL_MOST);
	return t->has_pool && pool_add(&t->pool, &j->order.http, j);
}

static struct str
field(struct arena *a, const PGresult *res, int row, int column)
{
	if (PQgetisnull(res, row, column))
		return (struct str){ NULL, 0 };
	return arena_copy(a, (struct str){ PQgetvalue(res, row, column),
	    (size_t)PQgetlength(res, row, column) });
}

/* A row of notice_take(): id, lease, channel, type, target, secret, items. */
static void
take_notice(struct tell *t, const PGresult *res, int row)
{
	struct tell_job	*j = find_job(t, false, false);
	struct notice	 n;
	size_t		 items = (size_t)PQgetlength(res, row, 6);

	if (j == NULL)
		return;		/* its lease runs out */
	*j = (struct tell_job){ .used = true };
	(void)snprintf(j->id, sizeof(j->id), "%s", PQgetvalue(res, row, 0));
	(void)snprintf(j->lease, sizeof(j->lease), "%s",
	    PQgetvalue(res, row, 1));
	(void)snprintf(j->channel, sizeof(j->channel), "%s",
	    PQgetvalue(res, row, 2));
	j->arena.cap = NOTICE_MEMORY + 4 * items;
	j->arena.base = malloc(j->arena.cap);
	if (j->arena.base == NULL)
		j->arena.cap = 0;
	n = (struct notice){
		.id = field(&j->arena, res, row, 1),
		.channel = field(&j->arena, res, row, 2),
		.type = field(&j->arena, res, row, 3),
		.target = field(&j->arena, res, row, 4),
		.secret = field(&j->arena, res, row, 5),
		.items = field(&j->arena, res, row, 6),
	};
	if (!notice_make(&j->arena, t->config, &n, clock_now_ms(), &j->order,
	    j->why))
		j->ended = true;
	else if (!begin(t, j)) {
		j->ended = true;
		(void)snprintf(j->why, sizeof(j->why), "it cannot be begun");
	} else
		j->why[0] = '\0';
}

static void
say_failed(const struct tell *t, const struct tell_job *j)
{
	const struct log_field	fields[] = {
		{ "channel", str_from(j->channel) },
		{ "why", str_from(j->why) },
		{ NULL, { NULL, 0 } } };

	log_write(t->log, LOG_WARNING, "a channel fails", fields);
}

static void
ask_done(struct tell *t, struct tell_job *j, int64_t now)
{
	struct db_params	p = { .n = 0 };

	db_add_text(&p, j->id);
	db_add_text(&p, j->lease);
	if (j->why[0] == '\0')
		db_add_null(&p);
	else
		db_add_text(&p, j->why);
	db_send(&t->db, "select offhook.notice_done($1::integer, $2::uuid, "
	    "$3)", &p, false, now + STATEMENT_MS);
	t->asked_job = j;
	t->asked = TELL_DONE;
}

static void
ask_take(struct tell *t, int64_t now)
{
	struct db_params	p = { .n = 0 };

	db_add_text(&p, "1");
	db_send(&t->db, "select * from offhook.notice_take($1::integer)", &p,
	    false, now + STATEMENT_MS);
	t->take_ms = now + TAKE_MS;
	t->asked = TELL_TAKE;
}

/* Ask the next thing; nothing when there is none. */
static void
ask(struct tell *t, int64_t now)
{
	struct tell_job	*ended = find_job(t, true, true);

	if (t->db.conn == NULL) {
		if (now < t->connect_ms)
			return;
		db_begin(&t->db, now + STATEMENT_MS);
		t->asked = TELL_CONNECTION;
	} else if (ended != NULL)
		ask_done(t, ended, now);
	else if (now >= t->watch_ms) {
		t->watch_ms = now + WATCH_MS;
		watch_send(&t->watch, &t->db, now + STATEMENT_MS);
		t->asked = TELL_WATCH;
	} else if (now >= t->take_ms && find_job(t, false, false) != NULL)
		ask_take(t, now);
}

static void
heard_answer(struct tell *t, enum tell_asked what, const PGresult *res,
    int64_t now)
{
	int	i;

	switch (what) {
	case TELL_NOTHING:
	case TELL_CONNECTION:
		break;
	case TELL_WATCH:
		watch_heard(&t->watch, res);
		t->watched = true;
		t->take_ms = now;	/* it may have opened some */
		break;
	case TELL_TAKE:
		for (i = 0; i < PQntuples(res); i++)
			take_notice(t, res, i);
		t->looked = PQntuples(res) == 0;
		if (!t->looked)
			t->take_ms = now;	/* another channel's */
		break;
	case TELL_DONE:
		if (t->asked_job->why[0] != '\0')
			say_failed(t, t->asked_job);
		job_free(t->asked_job);
		break;
	}
}

static void
heard(struct tell *t, enum db_result r, struct db_answer *a, int64_t now)
{
	enum tell_asked	what = t->asked;

	t->asked = TELL_NOTHING;
	if (r == DB_OK) {
		t->pause_ms = PAUSE_MS;
		heard_answer(t, what, a->res, now);
		PQclear(a->res);
		return;
	}
	/* That Postgres is away is the worker's to say. */
	if (r == DB_REFUSED && !t->told)
		log_say(t->log, LOG_ERROR, "issues cannot be looked after",
		    "why", str_from(a->error));
	t->told = r == DB_REFUSED;
	db_close(&t->db);
	t->connect_ms = now + t->pause_ms;
	t->pause_ms = t->pause_ms * 2 > PAUSE_CAP_MS ? PAUSE_CAP_MS :
	    t->pause_ms * 2;
}

/* Whether an answer came before until_ms. */
static bool
wait_for_answer(struct tell *t, int64_t until_ms)
{
	struct db_answer	a;
	enum db_result		r;
	struct pollfd		p;
	int64_t			left;

	while (!db_step(&t->db, &r, &a)) {
		left = until_ms - clock_monotonic_ms();
		p.fd = db_fd(&t->db, &p.events);
		if (left <= 0 || p.fd < 0)
			return false;
		(void)poll(&p, 1, (int)left);
	}
	heard(t, r, &a, clock_monotonic_ms());
	return true;
}

int
tell_step(struct tell *t, int64_t now)
{
	int64_t	until = now + STEP_MS;

	do {
		collect(t);
		if (t->asked == TELL_NOTHING)
			ask(t, now);
		if (t->asked == TELL_NOTHING)
			break;
		if (!wait_for_answer(t, until))
			return BUSY_MS;
		now = clock_monotonic_ms();
	} while (now < until);
	if (t->db.conn == NULL && now < t->connect_ms)
		return (int)(t->connect_ms - now);
	return find_job(t, true, false) != NULL ||
	    find_job(t, true, true) != NULL ? BUSY_MS : TAKE_MS;
}

static bool
run_child(struct arena *a, const struct child_request *r, char why[256])
{
	struct children		c;
	struct child_result	result;
	struct pollfd		p = { .events = POLLIN };
	void			*who;
	bool			 good = false;

	(void)snprintf(why, 256, "it cannot be begun");
	if (!children_open(&c, 1))
		return false;
	if (children_add(&c, r, &c)) {
		p.fd = c.fd;
		while (!children_next(&c, a, &who, &result))
			(void)poll(&p, 1, children_timeout(&c));
		good = notice_ended(&result, why);
	}
	children_close(&c);
	return good;
}

bool
tell_now(const struct config *c, struct arena *a, const struct notice *n,
    char why[256])
{
	struct notice_order	*order = arena_alloc(a, 1, sizeof(*order));
	struct http_reply	 reply;

	if (order == NULL ||
	    !notice_make(a, c, n, clock_now_ms(), order, why))
		return false;
	if (order->run)
		return run_child(a, &order->child, why);
	(void)http_run(a, &order->http, &reply);
	return notice_replied(&reply, why);
}
