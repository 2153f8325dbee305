/*
 * offhook house: keeps the database from growing for ever. What is done,
 * and when, is decided by SQL functions (sql/functions/house_*.sql), one
 * bounded step a call; this calls each until it has nothing more to do.
 */
#include <string.h>

#include "../edge/clock.h"
#include "query.h"
#include "table.h"

#define MONTHS_AHEAD { "2", 1 }	/* as sql/migrate makes */
#define MOST_MS 3600000		/* of --for */
#define USUAL_MS 1800000
/* A bite is made smaller above, larger below these. */
#define LONG_MS 60
#define SHORT_MS 20
#define MOST_PAGES 8192
/* How often, and after which pause, a step tries to get its locks. */
#define LOCK_TRIES 20
#define LOCK_PAUSE_MS 1000

const struct option options_house_keep[] = {
	{ "for", "TIME", "how long at most: 90s, 30m (as without it), up to "
	    "1h", false },
	OPTION_CSV, { NULL, NULL, NULL, false }
};

/* The steps in their order, and how many pages the first bite has. */
static const struct step {
	enum query	 query;
	struct str	 param;		/* absent: pages are the first one */
	unsigned int	 pages;		/* 0: it takes none */
	const char	*what;
} steps[] = {
	{ QUERY_HOUSE_MAKE, MONTHS_AHEAD, 0, "making partitions" },
	{ QUERY_HOUSE_MOVE, { NULL, 0 }, 32, "moving rows of event_default" },
	{ QUERY_HOUSE_DROP, { NULL, 0 }, 0, "dropping history" },
	{ QUERY_HOUSE_STRIP, { NULL, 0 }, 32, "taking bodies out" },
	{ QUERY_HOUSE_PURGE, { "once", 4 }, 128, "purging once" },
	{ QUERY_HOUSE_PURGE, { "past_reply", 10 }, 128,
	    "purging past_reply" },
	{ QUERY_HOUSE_PURGE, { "session", 7 }, 128, "purging session" },
	{ QUERY_HOUSE_PURGE, { "delivery", 8 }, 128, "purging delivery" },
	{ QUERY_HOUSE_PURGE, { "attempt", 7 }, 128, "purging attempt" },
	{ QUERY_HOUSE_PURGE, { "late", 4 }, 128, "purging late" },
};

/* What was done with one object, all bites together. */
struct done {
	struct done	*next;
	struct str	 action, object, detail;
	int64_t		 rows;
	bool		 counted;
};

struct keep {
	struct cli	*cli;
	struct done	*first;
	int64_t		 end_ms;	/* clock_monotonic_ms */
	bool		 over;		/* the time is */
	bool		 busy;		/* another one is at work */
	bool		 left;		/* a step could not be done */
};

static struct str
kept(struct keep *k, const PGresult *res, int row, int column)
{
	struct str	s = query_field(res, row, column);

	return s.p == NULL ? s :
	    str_from(arena_cstr(&k->cli->arena, s));
}

/* The entry of an action and object; a new one comes last. */
static struct done *
find_done(struct keep *k, const PGresult *res, int row)
{
	struct done	**at = &k->first;

	while (*at != NULL && (!str_eq((*at)->action,
	    query_field(res, row, 0)) || !str_eq((*at)->object,
	    query_field(res, row, 1))))
		at = &(*at)->next;
	if (*at == NULL) {
		*at = cli_alloc(k->cli, 1, sizeof(**at));
		**at = (struct done){ .action = kept(k, res, row, 0),
		    .object = kept(k, res, row, 1) };
	}
	return *at;
}

static void
note_done(struct keep *k, const PGresult *res)
{
	struct done	*d;
	uint64_t	 n;
	int		 i;

	for (i = 0; i < PQntuples(res); i++) {
		d = find_done(k, res, i);
		if (d->detail.p == NULL ||
		    !str_eq(d->detail, query_field(res, i, 2)))
			d->detail = kept(k, res, i, 2);
		if (str_to_uint(query_field(res, i, 3), INT64_MAX, &n)) {
			d->rows += (int64_t)n;
			d->counted = true;
		}
	}
}

/* One call; NULL after a message when it cannot be done. */
static PGresult *
call(struct keep *k, const struct step *s, unsigned int pages)
{
	char			 number[16];
	struct out		 o = out_init(number, sizeof(number));
	struct str		 params[2] = { s->param };
	size_t			 n = s->param.p != NULL;
	struct db_answer	 answer;
	PGresult		*res;
	int			 tries;

	if (pages > 0) {
		out_int(&o, pages);
		params[n++] = out_str(&o);
	}
	for (tries = 1;; tries++) {
		res = query_try(k->cli, &k->cli->db, s->query, params, n,
		    &answer);
		if (res != NULL)
			return res;
		k->busy = strcmp(answer.sqlstate, "OF010") == 0;
		if (k->busy)
			return NULL;
		if (strcmp(answer.sqlstate, "55P03") != 0)
			break;
		if (tries == LOCK_TRIES) {
			cli_error("%s is left for the next run, since others "
			    "held locks: %s", s->what, answer.error);
			k->left = true;
			return NULL;
		}
		clock_sleep_ms(LOCK_PAUSE_MS);
	}
	query_error(&answer);
	k->left = true;
	return NULL;
}

/* A step until it has nothing more to do. */
static void
run_step(struct keep *k, const struct step *s)
{
	unsigned int	 pages = s->pages;
	int64_t		 began, ms;
	PGresult	*res;
	int		 n;

	do {
		began = clock_monotonic_ms();
		k->over = began >= k->end_ms;
		if (k->over)
			return;
		res = call(k, s, pages);
		if (res == NULL)
			return;
		note_done(k, res);
		n = PQntuples(res);
		PQclear(res);
		ms = clock_monotonic_ms() - began;
		if (ms > LONG_MS && pages > 1)
			pages /= 2;
		else if (ms < SHORT_MS && pages < MOST_PAGES)
			pages *= 2;
	} while (n > 0);
}

static void
print_done(const struct keep *k)
{
	static const char *const columns[] = { "action", "object", "detail",
	    "rows", NULL };
	const struct done	*d;
	struct table		 t;

	table_init(&t, &k->cli->arena, columns);
	for (d = k->first; d != NULL; d = d->next) {
		table_text(&t, d->action);
		table_text(&t, d->object);
		table_text(&t, d->detail);
		if (d->counted)
			table_int(&t, d->rows);
		else
			table_plain(&t, (struct str){ NULL, 0 });
	}
	if (t.first != NULL || !cli_is_text(k->cli))
		cli_table(k->cli, &t, NULL);
}

int
cmd_house_keep(struct cli *cli)
{
	const struct config	*c = cli_config(cli);
	struct str		 time = cli_option(cli, "for");
	int64_t			 ms = USUAL_MS;
	struct keep		 k = { .cli = cli };
	size_t			 i;

	if (time.p != NULL && !cli_time(time, MOST_MS, &ms))
		return cli_usage(cli, "--for is a time from 1s to 1h, such "
		    "as 90s or 30m, not %s", time.p);
	if (c == NULL)
		return EXIT_FAILURE;
	cli->db.url = c->admin_database_url;
	k.end_ms = clock_monotonic_ms() + ms;
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]) && !k.busy; i++)
		run_step(&k, &steps[i]);
	print_done(&k);
	if (k.busy) {
		cli_note("Another house keep is at work; this one ends.");
		return 0;
	}
	if (k.over)
		cli_note("The time is over; the next run goes on from here.");
	if (k.left)
		return EXIT_FAILURE;
	PQclear(query_run(cli, QUERY_HOUSE_DONE, NULL, 0));
	return 0;
}

int
cmd_house_plan(struct cli *cli)
{
	static const char *const columns[] = { "action", "object", "detail",
	    "rows_estimate", "bytes", NULL };
	const struct str	 ahead = MONTHS_AHEAD;

	return query_list(cli, QUERY_HOUSE_PLAN, &ahead, 1, columns, NULL);
}

int
cmd_house_show(struct cli *cli)
{
	static const char *const columns[] = { "what", "keep", "least",
	    NULL };

	return query_list(cli, QUERY_HOUSE_PERIODS, NULL, 0, columns, NULL);
}

int
cmd_house_set(struct cli *cli)
{
	struct str	 params[2];
	PGresult	*res;

	params[0] = str_from(cli->args.operand[0]);
	params[1] = str_from(cli->args.operand[1]);
	res = query_run(cli, QUERY_HOUSE_SET, params, 2);
	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	return cmd_house_show(cli);
}
