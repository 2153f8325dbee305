/* offhook dlq: dead letters, what was given up. */
#include "list.h"
#include "query.h"
#include "word.h"

#define FILTERS \
	{ "destination", "NAME", "of this destination", false }, \
	{ "reason", "TEXT", "given up for this reason: attempts, or 'status " \
	    "4*', each that begins so", false }, \
	{ "kind", "KIND", "of events of this kind, or 'call.*'", false }, \
	{ "number", "NUMBER", "of events from or to this number", false }, \
	{ "since", "TIME|DURATION", "given up not before: 15m, 24h, 7d, an " \
	    "RFC 3339 time or a date", false }, \
	{ "until", "TIME|DURATION", "given up before", false }

const struct option options_dlq_list[] = {
	FILTERS, OPTION_CSV, { NULL, NULL, NULL, false }
};

const struct option options_dlq_retry[] = {
	FILTERS, { NULL, NULL, NULL, false }
};

const struct option options_dlq_purge[] = {
	FILTERS,
	{ "yes", NULL, "do it: they are cancelled, and not sent any more",
	    false },
	{ NULL, NULL, NULL, false }
};

#define NFILTERS 6

/* 0, or a status after a message. */
static int
take_filters(struct cli *cli, struct str params[NFILTERS])
{
	static const char *const texts[] = { "destination", "reason", "kind",
	    "number" };
	size_t	i;

	if (!word_kinds(cli, "kind", false))
		return EXIT_USAGE;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		params[i] = cli_option(cli, texts[i]);
		if (params[i].p != NULL && params[i].n == 0)
			return cli_usage(cli, "--%s is empty", texts[i]);
	}
	return list_period(cli, &params[4], &params[5]);
}

/* None was found: is there such a destination? A status. */
static int
why_none(struct cli *cli, struct str destination)
{
	return destination.p == NULL || query_destination(cli, destination) ?
	    0 : EXIT_FAILURE;
}

int
cmd_dlq_list(struct cli *cli)
{
	static const char *const columns[] = { "destination", "state",
	    "reason", "last_answer", "deliveries", "oldest_at", "newest_at",
	    "hold_lanes", "last_id", NULL };
	struct str	 params[NFILTERS];
	PGresult	*res;
	struct table	 t;
	int		 status = take_filters(cli, params);

	if (status != 0)
		return status;
	res = query_run(cli, QUERY_DLQ_LIST, params, NFILTERS);
	if (res == NULL)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, columns);
	query_add_rows(&t, res);
	if (t.first == NULL)
		status = why_none(cli, params[0]);
	if (status == 0)
		cli_table(cli, &t, "There are no dead letters.");
	if (t.first != NULL && cli_is_text(cli))
		cli_after(cli, "Each of them: offhook delivery list --state "
		    "dead; offhook delivery show LAST_ID");
	PQclear(res);
	return status;
}

/* The number that a statement gives; -1 after a message. */
static int64_t
run_number(struct cli *cli, enum query q, const struct str *params)
{
	PGresult	*res = query_run(cli, q, params, NFILTERS);
	uint64_t	 n = 0;

	if (res == NULL)
		return -1;
	(void)str_to_uint(query_field(res, 0, 0), INT64_MAX, &n);
	PQclear(res);
	return (int64_t)n;
}

/*
 * Bite by bite, of what was given up before now: what is given up again
 * meanwhile is not done twice.
 */
static int
run_all(struct cli *cli, enum query q, struct str params[NFILTERS],
    const char *done)
{
	PGresult	*res = query_run(cli, QUERY_NOW, NULL, 0);
	struct str	 now;
	int64_t		 n, all = 0;

	if (res == NULL)
		return EXIT_FAILURE;
	now = arena_copy(&cli->arena, query_field(res, 0, 0));
	PQclear(res);
	if (params[5].p == NULL || str_cmp(params[5], now) > 0)
		params[5] = now;
	while ((n = run_number(cli, q, params)) > 0)
		all += n;
	if (n < 0 && all == 0)
		return EXIT_FAILURE;
	if (cli->json)
		out_cstr(&cli->out, cli_printf(cli, "{\"deliveries\": "
		    "%lld}\n", (long long)all));
	else
		out_cstr(&cli->out, cli_printf(cli, "%lld %s\n",
		    (long long)all, done));
	return n < 0 ? EXIT_FAILURE : 0;
}

int
cmd_dlq_retry(struct cli *cli)
{
	struct str	params[NFILTERS];
	int		status = take_filters(cli, params);

	return status != 0 ? status : run_all(cli, QUERY_DLQ_RETRY, params,
	    "are tried again");
}

int
cmd_dlq_purge(struct cli *cli)
{
	struct str	params[NFILTERS];
	int		status = take_filters(cli, params);
	int64_t		n;

	if (status != 0)
		return status;
	if (option_get(&cli->args, "yes") != NULL)
		return run_all(cli, QUERY_DLQ_PURGE, params, "are given up");
	n = run_number(cli, QUERY_DLQ_COUNT, params);
	if (n < 0 || (n == 0 && why_none(cli, params[0]) != 0))
		return EXIT_FAILURE;
	if (cli->json)
		out_cstr(&cli->out, cli_printf(cli, "{\"would_purge\": "
		    "%lld}\n", (long long)n));
	else
		out_cstr(&cli->out, cli_printf(cli, "%lld would be given up "
		    "for good; with --yes they are\n", (long long)n));
	return 0;
}
