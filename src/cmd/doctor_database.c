/* The doctor's checks of the database. See doctor.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/version.h"
#include "../app/choose.h"
#include "../edge/clock.h"
#include "../edge/snapshot.h"
#include "../edge/store.h"
#include "doctor.h"

#define SLOW_MS 500		/* to connect: above, answers are at risk */
#define MAX_CLOCK_MS 2000	/* difference to the database's clock */
#define OLDEST_SERVER 140000

/* The last day on which a major version gets fixes, as PostgreSQL says. */
static const struct {
	int64_t		 major;
	const char	*until;		/* YYYY-MM-DD */
} support[] = {
	{ 14, "2026-11-12" },
	{ 15, "2027-11-11" },
	{ 16, "2028-11-09" },
	{ 17, "2029-11-08" },
	{ 18, "2030-11-14" },
};

static bool
is_true(const PGresult *res, int column)
{
	return str_eq(query_field(res, 0, column), STR("t"));
}

static int64_t
number(const PGresult *res, int column)
{
	uint64_t	v = 0;

	(void)str_to_uint(query_field(res, 0, column), INT64_MAX, &v);
	return (int64_t)v;
}

static void
check_support(struct doctor *d, int64_t major)
{
	char	today[25];
	size_t	i;

	clock_format(clock_now_ms(), today);
	for (i = 0; i < sizeof(support) / sizeof(support[0]); i++)
		if (support[i].major == major &&
		    strncmp(today, support[i].until, 10) > 0)
			doctor_note(d, FINDING_WARN, "server",
			    cli_printf(d->cli, "PostgreSQL %" PRId64 " gets "
			    "no fixes since %s", major, support[i].until),
			    "move to a later major version (pg_upgrade), "
			    "unless your distribution mends it");
}

static void
check_version(struct doctor *d, const PGresult *res)
{
	struct cli	*cli = d->cli;
	bool		 good = number(res, 0) >= OLDEST_SERVER;

	doctor_note(d, good ? FINDING_OK : FINDING_BAD, "server",
	    cli_printf(cli, "PostgreSQL %s", PQgetvalue(res, 0, 1)),
	    good ? NULL : "offhook needs 14 or later");
	check_support(d, number(res, 0) / 10000);
	good = strcmp(PQgetvalue(res, 0, 2), "UTF8") == 0;
	doctor_note(d, good ? FINDING_OK : FINDING_BAD, "encoding",
	    PQgetvalue(res, 0, 2), good ? NULL : "make the database with "
	    "encoding UTF8: create database … encoding 'UTF8' template "
	    "template0");
	if (is_true(res, 2))
		doctor_note(d, FINDING_BAD, "role", "this is a standby, which "
		    "takes no writes", "point DATABASE_URL at the primary "
		    "(libpq: target_session_attrs=read-write)");
}

static void
check_clock(struct doctor *d, const PGresult *res, int64_t began)
{
	int64_t	now = clock_now_ms(), there = number(res, 6);
	int64_t	difference = there - (began + now) / 2;
	bool	good = difference < MAX_CLOCK_MS && difference > -MAX_CLOCK_MS;

	doctor_note(d, good ? FINDING_OK : FINDING_WARN, "clock",
	    cli_printf(d->cli, "the database's differs by %" PRId64 " ms",
	    difference), good ? NULL : "keep both machines' clocks by NTP");
}

/* By libpq's or the server's words, which may be of another language. */
static const char *
connection_mend(const char *error)
{
	static const struct {
		const char	*text;
		const char	*mend;
	} mends[] = {
		{ "password authentication failed", "the password in "
		    "DATABASE_URL is not the role's (or there is no such "
		    "role): correct it, or in psql: alter role "
		    "offhook_responder login password '...'" },
		{ "no password supplied", "write the password into "
		    "DATABASE_URL: postgresql://USER:PASSWORD@HOST/NAME" },
		{ "not permitted to log in", "in psql: alter role "
		    "offhook_responder login password '...'" },
		{ "no pg_hba.conf entry", "add a line to pg_hba.conf" },
		{ "Connection refused", "start Postgres, or mend host and "
		    "port of DATABASE_URL" },
		{ "could not translate host name", "mend the host of "
		    "DATABASE_URL, or its DNS record" },
	};
	size_t	i;

	for (i = 0; i < sizeof(mends) / sizeof(mends[0]); i++)
		if (strstr(error, mends[i].text) != NULL)
			return mends[i].mend;
	return "check DATABASE_URL (offhook config show), that Postgres runs, "
	    "and pg_hba.conf";
}

/* Connect by the responder's settings; its user, or NULL: it is down. */
static const char *
check_connection(struct doctor *d, struct db *db)
{
	int64_t			 began = clock_monotonic_ms(), ms;
	int64_t			 began_now = clock_now_ms();
	struct db_answer	 answer;
	PGresult		*res;
	const char		*user;

	res = query_try(d->cli, db, QUERY_SERVER, NULL, 0, &answer);
	ms = clock_monotonic_ms() - began;
	if (res == NULL) {
		doctor_note(d, FINDING_BAD, "database", answer.error,
		    connection_mend(answer.error));
		return NULL;
	}
	d->connected = true;
	user = arena_cstr(&d->cli->arena, query_field(res, 0, 4));
	doctor_note(d, ms <= SLOW_MS ? FINDING_OK : FINDING_WARN, "database",
	    cli_printf(d->cli, "%s as %s, connected in %" PRId64 " ms",
	    PQgetvalue(res, 0, 5), user, ms), ms <= SLOW_MS ? NULL :
	    "connecting is slow: use a pooler near, or look at the network "
	    "and at DNS");
	check_version(d, res);
	check_clock(d, res, began_now);
	PQclear(res);
	return user;
}

static void
check_login(struct doctor *d, struct db *db)
{
	struct db_answer	 answer;
	PGresult		*res;
	bool			 good;

	res = query_try(d->cli, db, QUERY_LOGIN, NULL, 0, &answer);
	if (res == NULL)
		return;
	good = strcmp(PQgetvalue(res, 0, 1), "read committed") == 0;
	doctor_note(d, good ? FINDING_OK : FINDING_BAD, "isolation",
	    PQgetvalue(res, 0, 1), good ? NULL : cli_printf(d->cli,
	    "alter role %s set default_transaction_isolation = 'read "
	    "committed'", PQgetvalue(res, 0, 0)));
	good = strcmp(PQgetvalue(res, 0, 4), "off") == 0;
	if (!good)
		doctor_note(d, FINDING_BAD, "read only",
		    "this login's transactions cannot write",
		    cli_printf(d->cli, "alter role %s set "
		    "default_transaction_read_only = off",
		    PQgetvalue(res, 0, 0)));
	good = strcmp(PQgetvalue(res, 0, 2), "0") != 0;
	doctor_note(d, good ? FINDING_OK : FINDING_WARN, "timeout",
	    cli_printf(d->cli, "statement_timeout is %s", good ?
	    PQgetvalue(res, 0, 2) : "off"), good ? NULL : cli_printf(d->cli,
	    "alter role %s set statement_timeout = '2500ms' (settings of "
	    "offhook_responder do not reach its members)",
	    PQgetvalue(res, 0, 0)));
	PQclear(res);
}

/* A responder needs no right but to call two functions. */
static void
check_role(struct doctor *d, struct db *db)
{
	struct db_answer	 answer;
	PGresult		*res;
	const char		*what = NULL;

	res = query_try(d->cli, db, QUERY_ROLE, NULL, 0, &answer);
	if (res == NULL)
		return;
	if (PQntuples(res) == 1)
		what = is_true(res, 0) ? "is a superuser: whoever breaks the "
		    "responder has the whole server" : is_true(res, 3) ?
		    "owns the schema: whoever breaks the responder can read "
		    "and change all of it (with --one-role it cannot be "
		    "otherwise)" : is_true(res, 1) || is_true(res, 2) ?
		    "may create roles or databases" : NULL;
	if (what != NULL)
		doctor_note(d, FINDING_WARN, "role", cli_printf(d->cli,
		    "DATABASE_URL's login %s", what), "give DATABASE_URL the "
		    "login offhook_responder, and this one to "
		    "OFFHOOK_ADMIN_DATABASE_URL in the environment");
	PQclear(res);
}

static bool
check_schema(struct doctor *d, struct db *db)
{
	struct db_answer	 answer;
	PGresult		*res;
	bool			 good;

	res = query_try(d->cli, db, QUERY_SCHEMA, NULL, 0, &answer);
	good = res != NULL && is_true(res, 0);
	PQclear(res);
	if (!good)
		doctor_note(d, FINDING_BAD, "schema",
		    "the schema offhook is not there",
		    "run sql/migrate (as the owner of the database)");
	return good;
}

/* A statement of the administrator's failed: what that asks for. */
static void
note_admin(struct doctor *d, const char *check,
    const struct db_answer *answer)
{
	bool	may_not = strcmp(answer->sqlstate, "42501") == 0;

	doctor_note(d, FINDING_WARN, check, answer->error, may_not ?
	    "set OFFHOOK_ADMIN_DATABASE_URL to the owner, or to a login in "
	    "offhook_operator" : "run sql/migrate if the schema is old");
}

/* Whether the administrator's connection works at all. */
static bool
check_admin(struct doctor *d, struct db *admin)
{
	struct db_answer	 answer;
	PGresult		*res;

	res = query_try(d->cli, admin, QUERY_SCHEMA, NULL, 0, &answer);
	PQclear(res);
	if (res == NULL)
		doctor_note(d, FINDING_BAD, "admin", answer.error,
		    "mend OFFHOOK_ADMIN_DATABASE_URL (its host, database, "
		    "user and password: offhook config show); rights, "
		    "migrations, partitions and issues were not looked at");
	return res != NULL;
}

static void
check_rights(struct doctor *d, struct db *admin, const char *user)
{
	struct str		 param = str_from(user);
	struct db_answer	 answer;
	PGresult		*res;

	res = query_try(d->cli, admin, QUERY_RIGHTS, &param, 1, &answer);
	if (res == NULL) {
		note_admin(d, "rights", &answer);
		return;
	}
	if (is_true(res, 0) && is_true(res, 1))
		doctor_note(d, FINDING_OK, "rights", cli_printf(d->cli,
		    "%s may call the responder's six functions", user),
		    NULL);
	else
		doctor_note(d, FINDING_BAD, "rights", cli_printf(d->cli,
		    "%s may not call all of the responder's six functions "
		    "(sql/grants.sql)", user), cli_printf(d->cli,
		    "grant offhook_responder to %s", user));
	if (is_true(res, 2))
		doctor_note(d, FINDING_WARN, "privilege", cli_printf(d->cli,
		    "%s may write to offhook's tables directly: a fault in "
		    "the responder could do more than ingest", user),
		    "give DATABASE_URL a login that is only in "
		    "offhook_responder (with --one-role there is none)");
	PQclear(res);
}

static void
check_history(struct doctor *d, struct db *admin)
{
	struct db_answer	 answer;
	PGresult		*res;
	bool			 good;

	res = query_try(d->cli, admin, QUERY_MIGRATIONS, NULL, 0, &answer);
	if (res == NULL) {
		note_admin(d, "migrations", &answer);
		return;
	}
	good = number(res, 0) >= OFFHOOK_SCHEMA;
	doctor_note(d, good ? FINDING_OK : FINDING_BAD, "migrations",
	    cli_printf(d->cli, "%s applied, the last is %s; this version "
	    "needs %d", PQgetvalue(res, 0, 0), PQgetvalue(res, 0, 1),
	    OFFHOOK_SCHEMA), good ? NULL : "run sql/migrate of this version");
	PQclear(res);
}

static void
check_partitions(struct doctor *d, struct db *admin)
{
	struct db_answer	 answer;
	PGresult		*res;
	bool			 good;

	res = query_try(d->cli, admin, QUERY_PARTITIONS, NULL, 0, &answer);
	if (res == NULL)
		return;
	good = number(res, 0) > 0 && is_true(res, 1);
	doctor_note(d, good ? FINDING_OK : FINDING_WARN, "partitions",
	    cli_printf(d->cli, "of the history: %s%" PRId64 " month%s ahead",
	    is_true(res, 1) ? "this month and " : "none for this month, ",
	    number(res, 0), number(res, 0) == 1 ? "" : "s"), good ? NULL :
	    "nothing is lost (event_default takes the rows); daily, from "
	    "cron: offhook house keep");
	PQclear(res);
}

/* Whether somebody keeps house, and what has come of it if nobody did. */
static void
check_house(struct doctor *d, struct db *admin)
{
	struct cli		*cli = d->cli;
	struct db_answer	 answer;
	PGresult		*res;
	const char		*at, *since;

	res = query_try(cli, admin, QUERY_HOUSE_STATUS, NULL, 0, &answer);
	if (res == NULL) {
		note_admin(d, "house", &answer);
		return;
	}
	at = PQgetvalue(res, 0, 1);
	since = PQgetvalue(res, 0, 4);	/* "" for null */
	doctor_note(d, is_true(res, 0) ? FINDING_WARN : FINDING_OK, "house",
	    cli_printf(cli, is_true(res, 0) ? "not kept since %s" :
	    "kept, or installed, at %s", at), is_true(res, 0) ?
	    "daily, from cron: offhook house keep" : NULL);
	if (is_true(res, 2))
		doctor_note(d, FINDING_WARN, "house", cli_printf(cli,
		    "event_default has rows since %s, whose months have no "
		    "partition", since), "offhook house keep moves them");
	else if (*since != '\0')
		doctor_note(d, FINDING_WARN, "house", cli_printf(cli,
		    "event_default has rows whose clock was far off, the "
		    "first of %s", since), "look: select * from "
		    "offhook.event_default; correct received_at, or delete "
		    "them");
	if (number(res, 3) > 0)
		doctor_note(d, FINDING_WARN, "house", cli_printf(cli,
		    "%s tables with rows that no view shows are set aside",
		    PQgetvalue(res, 0, 3)), "offhook house keep goes on "
		    "moving them");
	PQclear(res);
}

static void
check_issues(struct doctor *d, struct db *admin)
{
	struct db_answer	 answer;
	PGresult		*res;
	int			 i;

	res = query_try(d->cli, admin, QUERY_ISSUES, NULL, 0, &answer);
	for (i = 0; res != NULL && i < PQntuples(res); i++)
		doctor_note(d, FINDING_WARN, "issue", cli_printf(d->cli,
		    "%s, %s (%s times)%s%s", PQgetvalue(res, i, 0),
		    PQgetvalue(res, i, 1), PQgetvalue(res, i, 2),
		    PQgetlength(res, i, 3) > 0 ? ": " : "",
		    PQgetvalue(res, i, 3)),
		    strcmp(PQgetvalue(res, i, 0), "call.no_route") == 0 ?
		    "offhook route set call.inbound NUMBER TWIML" :
		    "offhook issue list, and issue acknowledge, resolve or "
		    "ignore");
	PQclear(res);
}

/* The routes that may not be sent: their events get the fallback. */
static void
check_routes(struct doctor *d, const struct routes *routes)
{
	struct arena		*a = &d->cli->arena;
	const struct route	*r;
	char			 buf[1280];
	struct out		 why;
	size_t			 i;

	for (i = 0; i < routes->n; i++) {
		r = &routes->at[i];
		why = out_init(buf, sizeof(buf));
		if (r->broken.p == NULL && route_check(a, r, &why) &&
		    choose_check(r, &why))
			continue;
		if (r->broken.p != NULL)
			out_bytes(&why, str_sub(r->broken, 0, 200));
		doctor_note(d, FINDING_BAD, "route", cli_printf(d->cli,
		    "%.*s is broken: %.*s", (int)r->name.n, r->name.p,
		    (int)why.n, why.p), "mend it and apply it again; until "
		    "then it is passed by, or its events get the fallback");
	}
}

static void
check_snapshot(struct doctor *d, struct db *db)
{
	struct snapshot		 s;
	struct store_routes	 known;
	struct routes		 routes;
	char			 why[256];
	bool			 there;

	if (d->config->state == NULL)
		return;
	snapshot_open(&s, d->config->state);
	there = snapshot_refresh(&s);
	if (!store_routes(db, &d->cli->arena, clock_monotonic_ms() +
	    CLI_DEADLINE_MS, &known, why) ||
	    !routes_load(&d->cli->arena, known.specs, &routes))
		doctor_note(d, FINDING_BAD, "routes", why,
		    "the responder cannot read its routes: see rights");
	else {
		doctor_note(d, FINDING_OK, "routes", cli_printf(d->cli,
		    "%zu; %s", routes.n, !there ? "no snapshot yet (the first "
		    "request writes it)" : s.routes.version == known.version ?
		    "the snapshot is current" :
		    "the snapshot is older (the next request renews it)"),
		    NULL);
		check_routes(d, &routes);
	}
	snapshot_close(&s);
}

void
doctor_database(struct doctor *d)
{
	struct db	db = { .url = d->config->database_url };
	struct db	admin = { .url = d->config->admin_database_url };
	const char	*user = check_connection(d, &db);

	if (user != NULL) {
		check_login(d, &db);
		check_role(d, &db);
		if (check_schema(d, &db)) {
			if (check_admin(d, &admin)) {
				check_rights(d, &admin, user);
				check_history(d, &admin);
				check_partitions(d, &admin);
				check_house(d, &admin);
				doctor_deliveries(d, &admin);
				check_issues(d, &admin);
			}
			check_snapshot(d, &db);
		}
	}
	db_close(&db);
	db_close(&admin);
}
