/* offhook route: routes as files, and what the routes were before. */
#include <string.h>

#include "../core/json.h"
#include "query.h"
#include "route_emit.h"
#include "route_files.h"
#include "route_plan.h"
#include "route_stored.h"
#include "table.h"

#define EXIT_CHANGES 3		/* of plan --exit-code */
#define DEFAULT_LIMIT 20
#define MAX_LIMIT 100000
#define MAX_COMMENT 1000	/* bytes */

const struct option options_route_plan[] = {
	{ "exit-code", NULL, "exit with 3 when there is something to do",
	    false },
	{ NULL, NULL, NULL, false }
};

const struct option options_route_apply[] = {
	{ "comment", "TEXT", "why; for the history", false },
	{ "base", "VERSION", "only if the routes are still these (a plan's)",
	    false },
	{ NULL, NULL, NULL, false }
};

const struct option options_route_history[] = {
	{ "limit", "N", "at most so many (20)", false },
	OPTION_CSV, { NULL, NULL, NULL, false }
};

const struct option options_route_rollback[] = {
	{ "comment", "TEXT", "why; for the history", false },
	{ NULL, NULL, NULL, false }
};

/* The files' routes, those that are set, and what lies between. */
static bool
make_plan(struct cli *cli, struct routes *files, struct plan *plan)
{
	struct routes	*stored = cli_alloc(cli, 1, sizeof(*stored));

	if (!route_files_read(cli, cli->args.operand, cli->args.noperands,
	    files) || !route_stored(cli, stored))
		return false;
	route_plan_make(cli, stored, files, plan);
	return true;
}

int
cmd_route_plan(struct cli *cli)
{
	struct routes	files;
	struct plan	plan;

	if (!make_plan(cli, &files, &plan))
		return EXIT_FAILURE;
	if (cli->json)
		out_char(&cli->out, '{');
	route_plan_write(cli, &plan);
	if (cli->json)
		out_cstr(&cli->out, "}\n");
	return plan.n > 0 && option_get(&cli->args, "exit-code") != NULL ?
	    EXIT_CHANGES : 0;
}

/* False after a message. */
static bool
read_comment(struct cli *cli, struct str *comment)
{
	*comment = cli_option(cli, "comment");
	if (comment->n <= MAX_COMMENT)
		return true;
	(void)cli_usage(cli, "--comment is at most %d bytes", MAX_COMMENT);
	return false;
}

/* The new version; absent after a message. */
static struct str
change(struct cli *cli, enum query q, const struct str *params, size_t n)
{
	PGresult	*res = query_run(cli, q, params, n);
	struct str	 version;

	if (res == NULL)
		return (struct str){ NULL, 0 };
	version = arena_copy(&cli->arena, query_field(res, 0, 0));
	PQclear(res);
	return version;
}

/* Version, or null when nothing was changed. */
static void
write_applied(struct cli *cli, const struct plan *plan, struct str version)
{
	struct out	*o = &cli->out;

	if (cli->json) {
		out_cstr(o, "{\"version\": ");
		out_bytes(o, version.p == NULL ? STR("null") : version);
		out_cstr(o, ", ");
	}
	route_plan_write(cli, plan);
	if (cli->json)
		out_cstr(o, "}\n");
	else if (version.p != NULL)
		out_cstr(o, cli_printf(cli, "Applied: the routes are version "
		    "%s from now on.\n", version.p));
}

int
cmd_route_apply(struct cli *cli)
{
	struct str	base = cli_option(cli, "base"), comment, version;
	struct str	params[3];
	struct routes	files;
	struct plan	plan;
	uint64_t	number;

	if (base.p != NULL && !str_to_uint(base, INT64_MAX, &number))
		return cli_usage(cli, "--base is the number that `offhook "
		    "route plan` prints, not %s", base.p);
	if (!read_comment(cli, &comment))
		return EXIT_USAGE;
	if (!make_plan(cli, &files, &plan))
		return EXIT_FAILURE;
	version = (struct str){ NULL, 0 };
	if (plan.n > 0) {
		params[0] = route_specs(cli, &files);
		params[1] = comment;
		params[2] = base.p != NULL ? base : str_from(cli_printf(cli,
		    "%lld", (long long)plan.version));
		version = change(cli, QUERY_ROUTE_APPLY, params, 3);
		if (version.p == NULL)
			return EXIT_FAILURE;
	}
	write_applied(cli, &plan, version);
	return 0;
}

/* As YAML, or the array of specs. */
static int
write_routes(struct cli *cli, const struct routes *routes)
{
	if (!cli->json)
		return route_emit(cli, routes, &cli->out) ? 0 : EXIT_FAILURE;
	out_bytes(&cli->out, route_specs(cli, routes));
	out_char(&cli->out, '\n');
	return 0;
}

int
cmd_route_export(struct cli *cli)
{
	struct routes	stored;

	if (!route_stored(cli, &stored))
		return EXIT_FAILURE;
	return write_routes(cli, &stored);
}

int
cmd_route_history(struct cli *cli)
{
	static const char *const columns[] = { "version", "changed_at",
	    "changed_by", "routes", "comment", NULL };
	uint64_t	limit = DEFAULT_LIMIT;
	struct str	param;

	if (!cli_count(cli, "limit", MAX_LIMIT, &limit))
		return EXIT_USAGE;
	param = str_from(cli_printf(cli, "%llu", (unsigned long long)limit));
	return query_list(cli, QUERY_ROUTE_HISTORY, &param, 1, columns,
	    "The routes were never changed.");
}

/* The routes of a version; false after a message. */
static bool
routes_of_version(struct cli *cli, struct str version, struct routes *routes)
{
	PGresult	*res = query_run(cli, QUERY_ROUTE_VERSION, &version,
			    1);
	bool		 there;

	if (res == NULL)
		return false;
	there = PQntuples(res) > 0;
	if (there)
		route_stored_list(cli, query_field(res, 0, 0), routes);
	else
		cli_error("there is no version %s of the routes (any more); "
		    "see: offhook route history", version.p);
	PQclear(res);
	return there;
}

int
cmd_route_show(struct cli *cli)
{
	struct str	what = str_from(cli->args.operand[0]);
	struct routes	routes, one = { .n = 1 };
	uint64_t	version;
	size_t		i;

	if (!route_stored(cli, &routes))
		return EXIT_FAILURE;
	for (i = 0; i < routes.n; i++)
		if (str_eq(routes.at[i].name, what)) {
			one.at = &routes.at[i];
			return write_routes(cli, &one);
		}
	if (!str_to_uint(what, INT64_MAX, &version)) {
		cli_error("there is no route %s; see: offhook route list",
		    what.p);
		return EXIT_FAILURE;
	}
	if (!routes_of_version(cli, what, &routes))
		return EXIT_FAILURE;
	return write_routes(cli, &routes);
}

/* VERSION, or the one before the last change; 0, or a status. */
static int
read_version(struct cli *cli, struct str *version)
{
	PGresult	*res;
	uint64_t	 number;
	bool		 there;

	*version = str_from(cli->args.operand[0]);
	if (str_to_uint(*version, INT64_MAX, &number))
		return 0;
	if (!str_eq(*version, STR("previous")))
		return cli_usage(cli, "VERSION is a number of `offhook route "
		    "history`, or previous, not %s", version->p);
	res = query_run(cli, QUERY_ROUTE_PREVIOUS, NULL, 0);
	if (res == NULL)
		return EXIT_FAILURE;
	there = PQntuples(res) > 0;
	if (there)
		*version = arena_copy(&cli->arena, query_field(res, 0, 0));
	else
		cli_error("there is no version before the routes of now");
	PQclear(res);
	return there ? 0 : EXIT_FAILURE;
}

int
cmd_route_rollback(struct cli *cli)
{
	struct str	params[2], version;
	struct routes	stored, then;
	struct plan	plan;
	int		status;

	if (!read_comment(cli, &params[1]))
		return EXIT_USAGE;
	status = read_version(cli, &params[0]);
	if (status != 0)
		return status;
	if (!route_stored(cli, &stored) ||
	    !routes_of_version(cli, params[0], &then))
		return EXIT_FAILURE;
	route_plan_make(cli, &stored, &then, &plan);
	version = (struct str){ NULL, 0 };
	if (plan.n > 0) {
		version = change(cli, QUERY_ROUTE_ROLLBACK, params, 2);
		if (version.p == NULL)
			return EXIT_FAILURE;
	}
	write_applied(cli, &plan, version);
	return 0;
}
