/* offhook issue: problems, grouped and counted, and what becomes of them. */
#include <string.h>

#include "query.h"
#include "table.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 10000

const struct option options_issue_list[] = {
	{ "state", "STATE", "open, acknowledged, resolved, ignored or all "
	    "(the first two)", false },
	{ "type", "TYPE", "of this type, such as breaker.open or 'delivery.*'",
	    false },
	{ "limit", "N", "at most so many (100)", false },
	{ NULL, NULL, NULL, false }
};

const struct option options_issue_change[] = {
	{ "comment", "TEXT", "kept with the issue", false },
	{ NULL, NULL, NULL, false }
};

static const char *const	states[] = { "open", "acknowledged",
	"resolved", "ignored", "all" };

static bool
is_state(const char *word)
{
	size_t	i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(word, states[i]) == 0)
			return true;
	return false;
}

int
cmd_issue_list(struct cli *cli)
{
	static const char *const	columns[] = { "id", "state", "type",
		"subject", "count", "opened_at", "last_seen", "reason", NULL };
	uint64_t			limit = DEFAULT_LIMIT;
	struct str			param[3] = { cli_option(cli, "state"),
					    cli_option(cli, "type") };
	struct table			t;
	PGresult			*res;

	if (param[0].p != NULL && !is_state(param[0].p))
		return cli_usage(cli, "--state is open, acknowledged, "
		    "resolved, ignored or all, not %s", param[0].p);
	if (!cli_number(cli, "limit", MAX_LIMIT, &limit))
		return EXIT_USAGE;
	param[2] = str_from(cli_printf(cli, "%llu",
	    (unsigned long long)limit));
	res = query_run(cli, QUERY_ISSUE_LIST, param, 3);
	if (res == NULL)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, columns);
	query_add_rows(&t, res);
	if (t.first == NULL && !cli->json)
		cli_note(param[0].p == NULL ? "No issue is open." :
		    "There is no such issue.");
	else
		table_write(&cli->out, &t, cli->json);
	PQclear(res);
	return 0;
}

/* What the operands name: an id, or a type and a subject. */
static void
take_issue(const struct cli *cli, struct str param[3])
{
	struct str	first = str_from(cli->args.operand[0]);
	uint64_t	id;

	memset(param, 0, 3 * sizeof(param[0]));
	if (str_to_uint(first, INT64_MAX, &id)) {
		param[0] = first;
		return;
	}
	param[1] = first;
	param[2] = cli->args.noperands > 1 ?
	    str_from(cli->args.operand[1]) : STR("");
}

static int
show(struct cli *cli, const struct str param[3])
{
	static const char *const	columns[] = { "id", "type", "subject",
		"state", "count", "first_seen", "last_seen", "opened_at",
		"reopened", "acknowledged_at", "acknowledged_by",
		"resolved_at", "resolved_by", "comment", "told_at", "detail",
		NULL };
	PGresult			*res = query_run(cli,
					    QUERY_ISSUE_SHOW, param, 3);
	struct table			t;
	int				j, n;

	if (res == NULL)
		return EXIT_FAILURE;
	if (PQntuples(res) == 0) {
		cli_error("there is no such issue; see: offhook issue list "
		    "--state all");
		PQclear(res);
		return EXIT_FAILURE;
	}
	table_init(&t, &cli->arena, columns);
	n = PQnfields(res);
	for (j = 0; j < n; j++) {
		if (query_is_number(res, j) || (j == n - 1 && cli->json))
			table_plain(&t, query_field(res, 0, j));
		else
			table_text(&t, query_field(res, 0, j));
	}
	table_write_record(&cli->out, &t, cli->json);
	PQclear(res);
	return 0;
}

int
cmd_issue_show(struct cli *cli)
{
	struct str	param[3];

	take_issue(cli, param);
	return show(cli, param);
}

/* acknowledge, resolve, ignore, reopen: the SQL function of that name. */
int
cmd_issue_change(struct cli *cli)
{
	struct str	 param[4];
	const char	*sql;
	PGresult	*res;

	take_issue(cli, param);
	param[3] = cli_option(cli, "comment");
	if (param[0].p != NULL) {
		if (cli->args.noperands > 1)
			return cli_usage(cli, "an issue is named by its ID, or "
			    "by TYPE and SUBJECT");
		param[1] = param[3];
		sql = cli_printf(cli, "select offhook.issue_%s($1::bigint, "
		    "$2)", cli->command->verb);
		res = query_run_text(cli, sql, param, 2);
	} else {
		sql = cli_printf(cli, "select offhook.issue_%s($1, $2, $3)",
		    cli->command->verb);
		res = query_run_text(cli, sql, param + 1, 3);
	}
	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	take_issue(cli, param);
	return show(cli, param);
}
