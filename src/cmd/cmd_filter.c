/* offhook filter test: which stored events a filter lets through. */
#include <string.h>

#include "destination_spec.h"
#include "query.h"
#include "stored_task.h"

#define MAX_FILTER ((size_t)16384)
#define LAST 20

const struct option options_filter_test[] = {
	{ "last", "N", "the N newest events, in place of EVENT (20)", false },
	OPTION_CSV, { NULL, NULL, NULL, false }
};

/* FILTER: JSON, @FILE, "-", or the name of a destination that has one. */
static struct str
read_filter(struct cli *cli)
{
	const char	*word = cli->args.operand[0];
	struct str	 spec;

	if (strchr("{@-", word[0]) != NULL)
		return destination_text(cli, word, MAX_FILTER);
	spec = destination_spec(cli, word);
	return spec.p == NULL ? spec : destination_filter(spec);
}

/* A row of {id, at, kind, sid, passes, failed, condition, value}. */
static bool
test_one(struct cli *cli, struct table *t, struct str filter, struct str id,
    size_t *passed)
{
	struct str	 params[4] = { filter };
	PGresult	*res;
	int		 j;

	query_event_time(cli, id, params + 1);
	res = query_run(cli, QUERY_FILTER_TEST, params, 4);
	if (res == NULL)
		return false;
	if (PQntuples(res) == 0) {
		query_no_event(id);
		PQclear(res);
		return false;
	}
	*passed += str_eq(query_field(res, 0, 4), STR("yes"));
	for (j = 0; j < PQnfields(res); j++) {
		struct str	s = query_field(res, 0, j);

		table_text(t, s.p == NULL ? s : arena_copy(&cli->arena, s));
	}
	PQclear(res);
	return true;
}

int
cmd_filter_test(struct cli *cli)
{
	static const char *const columns[] = { "id", "received_at", "kind",
	    "sid", "passes", "failed", "condition", "value", NULL };
	struct str	 filter = read_filter(cli), *ids;
	size_t		 n, i, passed = 0;
	struct table	 t;
	PGresult	*res;
	int		 status;

	if (filter.p == NULL)
		return EXIT_FAILURE;
	res = query_run(cli, QUERY_FILTER_CHECK, &filter, 1);
	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	status = stored_ids(cli, 1, LAST, &ids, &n);
	if (status != 0)
		return status;
	table_init(&t, &cli->arena, columns);
	for (i = 0; i < n; i++)
		if (!test_one(cli, &t, filter, ids[i], &passed))
			return EXIT_FAILURE;
	cli_table(cli, &t, "No event has come yet.");
	if (cli_is_text(cli) && n > 0)
		cli_after(cli, "%zu of %zu would be delivered.", passed, n);
	return 0;
}
