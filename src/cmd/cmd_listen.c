/*
 * offhook listen: events of the database, forwarded to an application under
 * development. Which events there are, and that each comes once, is
 * sql/functions/events_after.sql's; what is sent is app/deliver's, as to a
 * destination that nobody has made. Nothing is written but --resume's file.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../core/json.h"
#include "../edge/clock.h"
#include "../edge/queue.h"
#include "listen.h"
#include "query.h"

#define POLL_MS 500
#define DEADLINE_MS 5000	/* of one look */
#define PAUSE_CAP_MS 5000	/* between two, while the database is away */
#define JUMP_MS 10000		/* of the wall clock: this machine has slept */

static volatile sig_atomic_t	stopped;

static void
stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

/* What is under way is finished; the second one ends the process. */
static void
catch_signals(void)
{
	struct sigaction	sa = { .sa_handler = stop,
				    .sa_flags = (int)SA_RESETHAND };

	(void)sigemptyset(&sa.sa_mask);
	(void)sigaction(SIGINT, &sa, NULL);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGHUP, &sa, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static void
nap(int64_t ms)
{
	struct timespec	ts = { ms / 1000, ms % 1000 * 1000000 };

	if (!stopped)
		(void)nanosleep(&ts, NULL);
}

/* Keep where it is: after what was forwarded, for --resume. */
static void
keep_cursor(struct listen *l, struct str cursor)
{
	const char	*new;
	FILE		*f;
	bool		 good;

	if (cursor.n == 0 || cursor.n >= LISTEN_MAX_CURSOR)
		return;
	memcpy(l->cursor, cursor.p, cursor.n);
	l->cursor[cursor.n] = '\0';
	if (l->resume == NULL || l->unwritten)
		return;
	new = cli_printf(l->cli, "%s.new", l->resume);
	f = fopen(new, "w");
	good = f != NULL && fprintf(f, "%s\n", l->cursor) > 0;
	if (f != NULL && fclose(f) != 0)
		good = false;
	if (good && rename(new, l->resume) == 0)
		return;
	cli_error("%s: %s", l->resume, strerror(errno));
	l->unwritten = true;
}

/* Send one on its way; what cannot be sent is shown at once. */
static void
launch(struct listen *l, const PGresult *res, int row)
{
	struct shot	*s = &l->shot[row - 1];
	struct str	 none = { NULL, 0 };

	*s = (struct shot){ .done = false };
	l->begun++;
	if (!queue_task(res, row, &s->task)) {
		cli_error("the database's events cannot be read: it and this "
		    "program are not of one version (sql/migrate --status)");
		l->unreadable = true;
		return;
	}
	s->task.id = 0;		/* no delivery's */
	if (deliver_make(&l->deliver, &l->cli->arena, &l->to, &s->task, none,
	    clock_now_ms(), 0, &s->order, &s->verdict)) {
		s->order.http.egress = NULL;	/* it is this user's */
		if (pool_add(&l->pool, &s->order.http, s)) {
			l->flying++;
			return;
		}
		s->verdict.error = "FAILED";
	}
	s->done = true;
	listen_show(l, s);
}

static void
land(struct listen *l)
{
	struct http_reply	 reply;
	struct shot		*s;
	void			*who;

	pool_wait(&l->pool, NULL, 0, 1000);
	while (pool_next(&l->pool, &l->cli->arena, &who, &reply)) {
		s = who;
		deliver_judge(&l->cli->arena, &l->to, &s->task, &reply,
		    clock_now_ms(), 0, &s->verdict);
		s->done = true;
		l->flying--;
		listen_show(l, s);
	}
}

static bool
is_over(const struct listen *l)
{
	return stopped || l->unwritten || l->unreadable ||
	    l->begun >= l->limit;
}

/*
 * Forward a page, in order; the cursor follows what is done. True: all of it
 * was.
 */
static bool
forward(struct listen *l, const PGresult *res)
{
	int	n = queue_tasks(res), next = 1, kept = 1;

	while (l->flying > 0 || (next <= n && !is_over(l))) {
		while (next <= n && l->flying < l->parallel && !is_over(l))
			launch(l, res, next++);
		if (l->flying > 0)
			land(l);
		for (; kept < next && l->shot[kept - 1].done; kept++)
			keep_cursor(l, l->shot[kept - 1].task.info);
	}
	return kept > n;
}

/* Whether an error of the server's passes: it is stopped, full, starting. */
static bool
passes(const struct db_answer *a)
{
	static const char *const	classes[] = { "08", "40", "53", "55",
		"57", "58" };
	size_t				i;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strncmp(a->sqlstate, classes[i], 2) == 0)
			return true;
	return false;
}

/* The database is away: say it once. False: there is no use in waiting. */
static bool
wait_for_database(struct listen *l, enum db_result r,
    const struct db_answer *a)
{
	int64_t	now = clock_monotonic_ms(), ms;

	if (l->cursor[0] == '\0' || (r == DB_REFUSED && !passes(a))) {
		query_error(a);
		return false;
	}
	if (l->away_ms == 0) {
		l->away_ms = now;
		cli_note("Cut off from the database: %s", a->error);
	}
	ms = (now - l->away_ms) / 4 + POLL_MS;
	nap(ms < PAUSE_CAP_MS ? ms : PAUSE_CAP_MS);
	return true;
}

static void
say_back(struct listen *l)
{
	if (l->away_ms != 0)
		cli_note("The database is there again after %lld s; going on "
		    "where it was.", (long long)(clock_monotonic_ms() -
		    l->away_ms) / 1000);
	l->away_ms = 0;
}

/* Look for what is new; NULL: see wait_for_database. */
static PGresult *
look(struct listen *l, enum db_result *r, struct db_answer *a)
{
	struct db_params	p = { .n = 0 };
	char			page[16];

	(void)snprintf(page, sizeof(page), "%d", LISTEN_PAGE);
	if (l->cursor[0] == '\0')
		db_add_null(&p);
	else
		db_add_text(&p, l->cursor);
	if (l->since == NULL)
		db_add_null(&p);
	else
		db_add_text(&p, l->since);
	if (l->filter == NULL)
		db_add_null(&p);
	else
		db_add_text(&p, l->filter);
	db_add_text(&p, page);
	*r = db_run(&l->cli->db, "select " QUEUE_COLUMNS
	    " from offhook.events_after("
	    "$1::jsonb, $2::timestamptz, $3::jsonb, $4::integer)", &p, true,
	    clock_monotonic_ms() + DEADLINE_MS, a);
	return *r == DB_OK ? a->res : NULL;
}

/* That time has passed without us is seen by the two clocks. */
static void
check_clocks(struct listen *l)
{
	int64_t	mono = clock_monotonic_ms(), wall = clock_now_ms();
	int64_t	jump = wall - l->wall_ms - (mono - l->mono_ms);

	if (l->mono_ms != 0 && (jump > JUMP_MS || jump < -JUMP_MS)) {
		cli_note("This machine has slept, or its clock was set, by "
		    "%lld s; going on where it was.", (long long)jump / 1000);
		db_close(&l->cli->db);	/* the other side has long gone */
	}
	l->mono_ms = mono;
	l->wall_ms = wall;
}

static void
say_alive(struct listen *l)
{
	int64_t	now = clock_monotonic_ms();
	int64_t	ago = (clock_now_ms() - l->last_ms) / 1000;

	if (now < l->heart_ms || isatty(STDERR_FILENO) != 1)
		return;
	l->heart_ms = now + LISTEN_HEART_MS;
	if (l->last_ms == 0)
		cli_note("Still listening; no event yet.");
	else if (ago < 120)
		cli_note("Still listening; last event %lld s ago.",
		    (long long)ago);
	else
		cli_note("Still listening; last event %lld min ago.",
		    (long long)ago / 60);
}

/* One look and what it brings; false: it is over, *status says how. */
static bool
step(struct listen *l, int *status)
{
	struct db_answer	 a;
	enum db_result		 r;
	struct str		 info, more;
	size_t			 mark = l->cli->arena.used;
	PGresult		*res;
	bool			 idle = false;

	check_clocks(l);
	res = look(l, &r, &a);
	if (res == NULL) {
		*status = EXIT_FAILURE;
		return wait_for_database(l, r, &a) && !stopped;
	}
	*status = 0;
	say_back(l);
	(void)queue_count(res, &info);
	more = json_get(info, "more");
	if (forward(l, res)) {
		keep_cursor(l, json_get(info, "cursor"));
		idle = !str_eq(more, STR("true"));
	}
	PQclear(res);
	/* The arena's memory is zeroed for whoever has it next. */
	l->cli->arena.used = mark;
	l->cli->arena.full = false;
	if (is_over(l) || (idle && l->once))
		return false;
	say_alive(l);
	if (idle)
		nap(POLL_MS);
	return true;
}

int
cmd_listen(struct cli *cli)
{
	struct listen	*l = cli_alloc(cli, 1, sizeof(*l));
	int		 status;

	l->cli = cli;
	status = listen_options(l);
	if (status != 0)
		return status;
	if (cli_config(cli) == NULL)
		return EXIT_FAILURE;
	cli->db.url = cli->config.admin_database_url;
	if (!deliver_open(&l->deliver, &cli->config) ||
	    !pool_open(&l->pool, LISTEN_PAGE)) {
		cli_error("libcurl or libcrypto cannot be opened");
		return EXIT_FAILURE;
	}
	catch_signals();
	l->heart_ms = clock_monotonic_ms() + LISTEN_HEART_MS;
	while (step(l, &status))
		;
	pool_close(&l->pool);
	deliver_close(&l->deliver);
	if (!cli->json)
		cli_note("%llu event%s forwarded%s.",
		    (unsigned long long)l->shown, l->shown == 1 ? "" : "s",
		    l->failed == 0 ? "" : cli_printf(cli, ", %llu of them "
		    "not answered 2xx", (unsigned long long)l->failed));
	return l->unwritten || l->unreadable ? EXIT_FAILURE : status;
}
