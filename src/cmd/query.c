/* Run the statements of the command line. See query.h. */
#include <string.h>

#include "../edge/clock.h"
#include "query.h"

static PGresult *
try_text(struct cli *cli, struct db *db, const char *sql,
    const struct str *params, size_t nparams, struct db_answer *answer)
{
	struct db_params	p = { .n = 0 };
	size_t			i;

	for (i = 0; i < nparams; i++) {
		if (params[i].p == NULL)
			db_add_null(&p);
		else
			db_add_text(&p, arena_cstr(&cli->arena, params[i]));
	}
	if (db_run(db, sql, &p, false,
	    clock_monotonic_ms() + CLI_DEADLINE_MS, answer) != DB_OK)
		return NULL;
	return answer->res;
}

PGresult *
query_try(struct cli *cli, struct db *db, enum query q,
    const struct str *params, size_t nparams, struct db_answer *answer)
{
	return try_text(cli, db, query_statements[q], params, nparams, answer);
}

/* What an SQLSTATE asks the operator to do, or NULL. */
static const char *
advice(const char *sqlstate)
{
	if (strcmp(sqlstate, "42501") == 0)
		return "This login may not do that: set "
		    "OFFHOOK_ADMIN_DATABASE_URL to one that is in "
		    "offhook_operator, or the owner.";
	if (strcmp(sqlstate, "3F000") == 0 || strcmp(sqlstate, "42P01") == 0 ||
	    strcmp(sqlstate, "42883") == 0 || strcmp(sqlstate, "42703") == 0)
		return "The schema is missing or older than this program: "
		    "run sql/migrate.";
	if (strcmp(sqlstate, "22007") == 0)
		return "A period is such as '90 days'.";
	if (strcmp(sqlstate, "OF005") == 0)
		return "Look at the difference again (offhook route plan), "
		    "then apply.";
	return NULL;
}

PGresult *
query_run_text(struct cli *cli, const char *sql, const struct str *params,
    size_t nparams)
{
	const struct config	*c = cli_config(cli);
	struct db_answer	 answer;
	PGresult		*res;

	if (c == NULL)
		return NULL;
	cli->db.url = c->admin_database_url;
	res = try_text(cli, &cli->db, sql, params, nparams, &answer);
	if (res != NULL)
		return res;
	query_error(&answer);
	return NULL;
}

void
query_error(const struct db_answer *answer)
{
	const char	*own = strstr(answer->error, "ERROR:  offhook: ");

	/* What our own functions raise says it all, whatever its SQLSTATE. */
	if (own != NULL && strcmp(answer->sqlstate, "OF005") != 0) {
		cli_error("%s", own + strlen("ERROR:  offhook: "));
		if (answer->hint[0] != '\0')
			cli_note("%s", answer->hint);
		return;
	}
	cli_error("the database: %s", answer->error);
	if (advice(answer->sqlstate) != NULL)
		cli_note("%s", advice(answer->sqlstate));
	else if (answer->sqlstate[0] == '\0')
		cli_note("Check OFFHOOK_ADMIN_DATABASE_URL or DATABASE_URL "
		    "(offhook config show), and that Postgres runs.");
}

PGresult *
query_run(struct cli *cli, enum query q, const struct str *params,
    size_t nparams)
{
	return query_run_text(cli, query_statements[q], params, nparams);
}

/* The moment in a UUIDv7: its first 48 bits are milliseconds. */
static bool
uuid_time(struct str id, int64_t *ms)
{
	size_t	i, digits = 0;
	int64_t	v = 0;

	for (i = 0; i < id.n; i++) {
		if (id.p[i] == '-')
			continue;
		if (hex_value(id.p[i]) < 0)
			return false;
		if (digits++ < 12)
			v = v << 4 | hex_value(id.p[i]);
	}
	*ms = v;
	return digits == 32 && v < (int64_t)1 << 43;
}

bool
query_is_event(struct str id)
{
	int64_t	ms;

	return uuid_time(id, &ms);
}

void
query_event_time(struct cli *cli, struct str id, struct str params[3])
{
	char	time[25];
	int64_t	ms = 0;

	(void)uuid_time(id, &ms);
	params[0] = id;
	clock_format(ms < 1000 ? 0 : ms - 1000, time);
	params[1] = arena_copy(&cli->arena, str_from(time));
	clock_format(ms + 1000, time);
	params[2] = arena_copy(&cli->arena, str_from(time));
}

void
query_no_event(struct str id)
{
	cli_error("there is no event %.*s; see: offhook event list",
	    (int)id.n, id.p);
}

PGresult *
query_event(struct cli *cli, struct str id)
{
	struct str	 params[3];
	PGresult	*res;

	query_event_time(cli, id, params);
	res = query_run(cli, QUERY_EVENT, params, 3);
	if (res == NULL || PQntuples(res) > 0)
		return res;
	query_no_event(id);
	PQclear(res);
	return NULL;
}

PGresult *
query_replay(struct cli *cli, struct str id)
{
	PGresult	*res = query_run(cli, QUERY_REPLAY_STATUS, &id, 1);

	if (res == NULL || PQntuples(res) > 0)
		return res;
	cli_error("there is no replay %.*s; see: offhook replay status",
	    (int)id.n, id.p);
	PQclear(res);
	return NULL;
}

bool
query_destination(struct cli *cli, struct str name)
{
	PGresult	*res = query_run(cli, QUERY_DESTINATION_PENDING,
			    &name, 1);
	bool		 there = res != NULL && PQntuples(res) > 0;

	if (res != NULL && !there)
		cli_error("there is no destination %.*s; see: offhook "
		    "destination list", (int)name.n, name.p);
	PQclear(res);
	return there;
}

struct str
query_field(const PGresult *res, int row, int column)
{
	if (PQgetisnull(res, row, column))
		return (struct str){ NULL, 0 };
	return (struct str){ PQgetvalue(res, row, column),
	    (size_t)PQgetlength(res, row, column) };
}

#define BOOLOID 16

static bool
is_json(const PGresult *res, int column)
{
	return PQftype(res, column) == 114 || PQftype(res, column) == 3802;
}

bool
query_is_number(const PGresult *res, int column)
{
	switch (PQftype(res, column)) {
	case 20:	/* int8, int2, int4 */
	case 21:
	case 23:
		return true;
	default:
		return false;
	}
}

void
query_add_row(struct table *t, const PGresult *res, int row)
{
	int	i;

	for (i = 0; i < PQnfields(res); i++) {
		if (query_is_number(res, i) || is_json(res, i))
			table_plain(t, query_field(res, row, i));
		else if (PQftype(res, i) == BOOLOID &&
		    !PQgetisnull(res, row, i))
			table_bool(t, PQgetvalue(res, row, i)[0] == 't');
		else
			table_text(t, query_field(res, row, i));
	}
}

void
query_add_rows(struct table *t, const PGresult *res)
{
	int	i;

	for (i = 0; i < PQntuples(res); i++)
		query_add_row(t, res, i);
}

int
query_list(struct cli *cli, enum query q, const struct str *params,
    size_t nparams, const char *const *columns, const char *none)
{
	PGresult	*res = query_run(cli, q, params, nparams);
	struct table	 t;

	if (res == NULL)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, columns);
	query_add_rows(&t, res);
	cli_table(cli, &t, none);
	PQclear(res);
	return 0;
}
