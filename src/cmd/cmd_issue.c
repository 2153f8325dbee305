/* offhook issue: problems, grouped and counted, and what becomes of them. */
#include <string.h>

#include "query.h"
#include "table.h"
#include "word.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 10000

const struct option options_issue_list[] = {
	{ "state", "STATE", "open, acknowledged, resolved, ignored or all "
	    "(the first two)", false },
	{ "type", "TYPE", "of this type, such as breaker.open or 'delivery.*'",
	    false },
	{ "limit", "N", "at most so many (100)", false },
	OPTION_CSV,
	{ NULL, NULL, NULL, false }
};

const struct option options_issue_change[] = {
	{ "comment", "TEXT", "kept with the issue", false },
	{ NULL, NULL, NULL, false }
};

static const char *const	states[] = { "open", "acknowledged",
	"resolved", "ignored", "all", NULL };

int
cmd_issue_list(struct cli *cli)
{
	static const char *const	columns[] = { "id", "state", "type",
		"subject", "count", "opened_at", "last_seen", "reason", NULL };
	uint64_t			limit = DEFAULT_LIMIT;
	struct str			param[3] = { cli_option(cli, "state"),
					    cli_option(cli, "type") };

	if (!word_option(cli, "state", states, false) ||
	    !word_issues(cli, "type") ||
	    !cli_count(cli, "limit", MAX_LIMIT, &limit))
		return EXIT_USAGE;
	param[2] = str_from(cli_printf(cli, "%llu",
	    (unsigned long long)limit));
	return query_list(cli, QUERY_ISSUE_LIST, param, 3, columns,
	    param[0].p == NULL && param[1].p == NULL ? "No issue is open." :
	    "There is no such issue.");
}

/* What the operands name: an id, or a type and a subject. */
static int
take_issue(const struct cli *cli, struct str param[3])
{
	const struct args	*a = &cli->args;
	struct str		 first = str_from(a->operand[0]);
	uint64_t		 id;

	memset(param, 0, 3 * sizeof(param[0]));
	if (str_to_uint(first, INT64_MAX, &id)) {
		param[0] = first;
		return a->noperands == 1 ? 0 : cli_usage(cli, "an issue is "
		    "named by its ID, or by TYPE and SUBJECT");
	}
	param[1] = first;
	param[2] = a->noperands > 1 ? str_from(a->operand[1]) : STR("");
	return word_is(cli, "TYPE", first, word_issue_types) ? 0 :
	    EXIT_USAGE;
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

	if (res == NULL)
		return EXIT_FAILURE;
	if (PQntuples(res) == 0) {
		cli_error("there is no such issue%s; see: offhook issue list "
		    "--state all", param[1].p != NULL && param[2].n == 0 ?
		    ", of no SUBJECT" : "");
		PQclear(res);
		return EXIT_FAILURE;
	}
	table_init(&t, &cli->arena, columns);
	query_add_row(&t, res, 0);
	table_write_record(&cli->out, &t, cli->json);
	PQclear(res);
	return 0;
}

int
cmd_issue_show(struct cli *cli)
{
	struct str	param[3];
	int		status = take_issue(cli, param);

	return status != 0 ? status : show(cli, param);
}

/* acknowledge, resolve, ignore, reopen: the SQL function of that name. */
int
cmd_issue_change(struct cli *cli)
{
	struct str	 param[4];
	const char	*sql;
	PGresult	*res;

	if (take_issue(cli, param) != 0)
		return EXIT_USAGE;
	param[3] = cli_option(cli, "comment");
	if (param[0].p != NULL) {
		sql = cli_printf(cli, "select offhook.issue_%s($1::bigint, "
		    "$2)", cli->command->verb);
		res = query_run_text(cli, sql, (struct str [2]){ param[0],
		    param[3] }, 2);
	} else {
		sql = cli_printf(cli, "select offhook.issue_%s($1, $2, $3)",
		    cli->command->verb);
		res = query_run_text(cli, sql, param + 1, 3);
	}
	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	return show(cli, param);
}
