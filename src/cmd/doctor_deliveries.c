/* The doctor's look at destinations, deliveries and workers. See doctor.h. */
#include <string.h>

#include "../core/version.h"
#include "doctor.h"

#define OVERDUE_S 120		/* a worker, or cron's, had come by then */
#define OLD_S 3600
#define MUCH_TODO ((uint64_t)64 << 20)	/* bytes, about a million events */

static uint64_t
number(const PGresult *res, int column)
{
	uint64_t	n = 0;

	(void)str_to_uint(query_field(res, 0, column), INT64_MAX, &n);
	return n;
}

static bool
is_true(const PGresult *res, int column)
{
	return str_eq(query_field(res, 0, column), STR("t"));
}

static const char *
age(struct cli *cli, uint64_t s)
{
	return s < 7200 ? cli_printf(cli, "%llu min",
	    (unsigned long long)s / 60) : cli_printf(cli, "%llu h",
	    (unsigned long long)s / 3600);
}

/* Columns of QUERY_WORK. */
enum { ALIVE, VERSIONS, WAITS, OVERDUE, OLDEST, OLDEST_NAME, TODO };

/* Only where something waits: who has no destinations needs no worker. */
static void
check_workers(struct doctor *d, const PGresult *res)
{
	struct cli	*cli = d->cli;
	const char	*versions = PQgetvalue(res, 0, VERSIONS);
	uint64_t	 overdue = number(res, OVERDUE);

	if (*versions != '\0')
		doctor_note(d, FINDING_WARN, "worker", cli_printf(cli,
		    "a worker of version %s runs beside %s", versions,
		    OFFHOOK_VERSION), "restart it: it may not know this "
		    "schema");
	if (number(res, ALIVE) > 0 && is_true(res, WAITS) &&
	    overdue > OVERDUE_S)
		doctor_note(d, FINDING_WARN, "worker", cli_printf(cli,
		    "%s at work, and deliveries wait since %s",
		    PQgetvalue(res, 0, ALIVE), age(cli, overdue)),
		    "destinations with --rate, --concurrency or slow answers "
		    "(offhook destination list), or too few workers; see "
		    "their log");
	else if (number(res, ALIVE) > 0)
		doctor_note(d, FINDING_OK, "worker", cli_printf(cli,
		    "%s at work", PQgetvalue(res, 0, ALIVE)), NULL);
	else if (is_true(res, WAITS) && overdue > OVERDUE_S)
		doctor_note(d, FINDING_BAD, "worker", cli_printf(cli,
		    "there is no worker, and deliveries wait for one since "
		    "%s", age(cli, overdue)), "start offhook worker "
		    "(packaging/offhook-worker.service), or from cron each "
		    "minute: offhook worker --once --max-seconds 50");
	else if (is_true(res, WAITS))
		doctor_note(d, FINDING_WARN, "worker", "there is no worker at "
		    "this moment, and something waits for one", "start "
		    "offhook worker; nothing is to be done where cron calls "
		    "it each minute");
}

static void
check_pending(struct doctor *d, const PGresult *res)
{
	uint64_t	oldest = number(res, OLDEST);

	if (oldest > OLD_S)
		doctor_note(d, FINDING_WARN, "pending", cli_printf(d->cli,
		    "the oldest delivery to %s waits since %s",
		    PQgetvalue(res, 0, OLDEST_NAME), age(d->cli, oldest)),
		    cli_printf(d->cli, "offhook delivery list --undelivered "
		    "--destination %s", PQgetvalue(res, 0, OLDEST_NAME)));
	if (number(res, TODO) > MUCH_TODO)
		doctor_note(d, FINDING_WARN, "todo", cli_printf(d->cli,
		    "%llu MB of events that no worker has looked at, or of "
		    "what is left of them",
		    (unsigned long long)(number(res, TODO) >> 20)),
		    "run offhook worker, without destinations too; then, in "
		    "psql as the owner: vacuum offhook.todo");
}

static void
note_resting(struct doctor *d, const PGresult *res, int row)
{
	const char	*name = PQgetvalue(res, row, 0);

	if (PQgetvalue(res, row, 4)[0] == 't')
		doctor_note(d, FINDING_WARN, "paused", cli_printf(d->cli,
		    "%s, since %s, with %s pending", name,
		    PQgetvalue(res, row, 5), PQgetvalue(res, row, 2)),
		    cli_printf(d->cli, "offhook destination resume %s",
		    name));
	else
		doctor_note(d, FINDING_WARN, "breaker", cli_printf(d->cli,
		    "%s rests after %s failures in a row, %s pending; the "
		    "next try is at %s", name, PQgetvalue(res, row, 1),
		    PQgetvalue(res, row, 2), PQgetvalue(res, row, 3)),
		    cli_printf(d->cli, "offhook destination test %s", name));
}

/* Those whose breaker is not closed, or that are paused for long. */
static void
check_resting(struct doctor *d, struct db *admin)
{
	struct db_answer	 answer;
	PGresult		*res;
	int			 i;

	res = query_try(d->cli, admin, QUERY_RESTING, NULL, 0, &answer);
	for (i = 0; res != NULL && i < PQntuples(res); i++)
		note_resting(d, res, i);
	PQclear(res);
}

static void
check_dead(struct doctor *d, struct db *admin)
{
	struct db_answer	 answer;
	PGresult		*res;
	int			 i;

	res = query_try(d->cli, admin, QUERY_DEAD, NULL, 0, &answer);
	for (i = 0; res != NULL && i < PQntuples(res); i++)
		doctor_note(d, FINDING_WARN, "dead", cli_printf(d->cli,
		    "%s dead letters of %s, the last at %s, mostly for: %s",
		    PQgetvalue(res, i, 1), PQgetvalue(res, i, 0),
		    PQgetvalue(res, i, 2), PQgetvalue(res, i, 3)),
		    "offhook dlq list; then dlq retry, or dlq purge");
	PQclear(res);
}

/* Columns of QUERY_CHANNEL_LIST. */
enum { NAME, FAILURES = 6, ERROR };

/* Who is to be told of issues, and is not. */
static void
check_channels(struct doctor *d, struct db *admin)
{
	struct db_answer	 answer;
	PGresult		*res;
	int			 i;

	res = query_try(d->cli, admin, QUERY_CHANNEL_LIST, NULL, 0, &answer);
	for (i = 0; res != NULL && i < PQntuples(res); i++)
		if (strcmp(PQgetvalue(res, i, FAILURES), "0") != 0)
			doctor_note(d, FINDING_WARN, "channel", cli_printf(
			    d->cli, "%s tells nobody: %s",
			    PQgetvalue(res, i, NAME),
			    PQgetvalue(res, i, ERROR)), cli_printf(d->cli,
			    "mend it, and: offhook channel test %s",
			    PQgetvalue(res, i, NAME)));
	PQclear(res);
}

void
doctor_deliveries(struct doctor *d, struct db *admin)
{
	struct str		 version = STR(OFFHOOK_VERSION);
	struct db_answer	 answer;
	PGresult		*res;

	res = query_try(d->cli, admin, QUERY_WORK, &version, 1, &answer);
	if (res == NULL) {
		doctor_note(d, FINDING_WARN, "worker", answer.error,
		    "set OFFHOOK_ADMIN_DATABASE_URL to the owner, or to a "
		    "login in offhook_operator");
		return;
	}
	check_workers(d, res);
	check_pending(d, res);
	PQclear(res);
	check_resting(d, admin);
	check_dead(d, admin);
	check_channels(d, admin);
	doctor_destinations(d, admin);
}
