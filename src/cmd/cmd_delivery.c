/* offhook delivery: what became of an event at a destination, and why. */
#include <string.h>

#include "query.h"

#define MAX_REASON 200		/* bytes */

const struct option options_delivery_cancel[] = {
	{ "reason", "TEXT", "why (operator)", false },
	{ NULL, NULL, NULL, false }
};

/* A number, or the id that receivers know: dlv_EVENT_NUMBER. */
static bool
delivery_id(struct str word, struct str *id)
{
	uint64_t	n;
	size_t		at = word.n;

	if (str_starts(word, STR("dlv_"))) {
		while (at > 0 && word.p[at - 1] != '_')
			at--;
		word = str_sub(word, at, word.n);
	}
	*id = word;
	return str_to_uint(word, INT64_MAX, &n);
}

static int
no_id(const struct cli *cli, const char *word)
{
	return cli_usage(cli, "%s is no delivery: a number, or dlv_EVENT_"
	    "NUMBER, as in offhook delivery list (--sid SID, --event ID)",
	    word);
}

/* Those of an event. */
static int
show_event(struct cli *cli, struct str event)
{
	static const char *const columns[] = { "id", "destination", "state",
	    "reason", "attempts", "status", "error", "next_at",
	    "finished_at", "replay", NULL };
	PGresult	*res = query_event(cli, event);

	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	return query_list(cli, QUERY_DELIVERIES_OF, &event, 1, columns,
	    "No destination wanted it, or it was not routed yet.");
}

/* What it waits for, in words; absent: nothing. */
static bool
waits_for(struct cli *cli, struct str id, struct str *what)
{
	PGresult	*res = query_run(cli, QUERY_DELIVERY_WAITS, &id, 1);

	*what = (struct str){ NULL, 0 };
	if (res == NULL)
		return false;
	if (PQntuples(res) > 0 && !PQgetisnull(res, 0, 0))
		*what = arena_copy(&cli->arena, query_field(res, 0, 0));
	PQclear(res);
	return true;
}

static const char *const attempt_columns[] = { "n", "at", "ms", "status",
    "error", "late", "host", "head", NULL };

/* A table without the answers, and these below. */
static void
write_attempts(struct cli *cli, const PGresult *res)
{
	static const char *const columns[] = { "n", "at", "ms", "status",
	    "error", "late", "host", NULL };
	struct table	t;
	struct str	head;
	int		i, j;

	table_init(&t, &cli->arena, columns);
	for (i = 0; i < PQntuples(res); i++)
		for (j = 0; columns[j] != NULL; j++) {
			if (query_is_number(res, j))
				table_plain(&t, query_field(res, i, j));
			else
				table_text(&t, query_field(res, i, j));
		}
	out_char(&cli->out, '\n');
	table_write(&cli->out, &t, false);
	for (i = 0; i < PQntuples(res); i++) {
		head = query_field(res, i, 7);
		if (head.n == 0)
			continue;
		out_cstr(&cli->out, cli_printf(cli, "\nanswer to attempt "
		    "%s:\n", PQgetvalue(res, i, 0)));
		cli_lines(cli, head);
	}
}

static void
write_delivery(struct cli *cli, const PGresult *delivery,
    const PGresult *attempts, struct str waits)
{
	static const char *const columns[] = { "id", "wire_id", "event_id",
	    "event_at", "kind", "sid", "event_status", "from", "to",
	    "destination", "state", "reason", "attempts", "tries", "next_at",
	    "status", "error", "routed_at", "finished_at", "trigger",
	    "replay", "lane", "holds_lane", "waits_for", NULL };
	struct table	head, t;

	table_init(&head, &cli->arena, columns);
	query_add_row(&head, delivery, 0);
	table_text(&head, waits);
	if (!cli->json) {
		table_write_record(&cli->out, &head, false);
		if (PQntuples(attempts) > 0)
			write_attempts(cli, attempts);
		return;
	}
	table_init(&t, &cli->arena, attempt_columns);
	query_add_rows(&t, attempts);
	out_cstr(&cli->out, "{\"delivery\": ");
	table_write_record(&cli->out, &head, true);
	out_cstr(&cli->out, ", \"attempts\": ");
	table_write(&cli->out, &t, true);
	out_cstr(&cli->out, "}\n");
}

static int
show_delivery(struct cli *cli, struct str id)
{
	PGresult	*delivery = query_run(cli, QUERY_DELIVERY, &id, 1);
	PGresult	*attempts = NULL;
	struct str	 waits;
	int		 status = EXIT_FAILURE;

	if (delivery != NULL && PQntuples(delivery) == 0)
		cli_error("there is no delivery %.*s (any more); see: "
		    "offhook delivery list", (int)id.n, id.p);
	else if (delivery != NULL && waits_for(cli, id, &waits)) {
		attempts = query_run(cli, QUERY_ATTEMPTS, &id, 1);
		if (attempts != NULL) {
			write_delivery(cli, delivery, attempts, waits);
			status = 0;
		}
	}
	PQclear(delivery);
	PQclear(attempts);
	return status;
}

int
cmd_delivery_show(struct cli *cli)
{
	const char	*word = cli->args.operand[0];
	struct str	 id;

	if (query_is_event(str_from(word)))
		return show_event(cli, str_from(word));
	if (!delivery_id(str_from(word), &id))
		return no_id(cli, word);
	return show_delivery(cli, id);
}

/* One after the other; those that can be done are done. */
static int
each(struct cli *cli, enum query q, struct str more,
    const char *(*says)(const PGresult *))
{
	static const char *const columns[] = { "id", "result", NULL };
	struct str	 params[2] = { { NULL, 0 }, more };
	PGresult	*res;
	struct table	 t;
	size_t		 i;
	int		 status = 0;

	for (i = 0; i < cli->args.noperands; i++)
		if (!delivery_id(str_from(cli->args.operand[i]), params))
			return no_id(cli, cli->args.operand[i]);
	table_init(&t, &cli->arena, columns);
	for (i = 0; i < cli->args.noperands; i++) {
		(void)delivery_id(str_from(cli->args.operand[i]), params);
		res = query_run(cli, q, params, q == QUERY_DELIVERY_CANCEL ?
		    2 : 1);
		if (res == NULL) {
			status = EXIT_FAILURE;
			continue;
		}
		table_plain(&t, params[0]);
		table_cstr(&t, says(res));
		PQclear(res);
	}
	if (t.first != NULL || cli->json)
		cli_table(cli, &t, NULL);
	return status;
}

static const char *
says_retry(const PGresult *res)
{
	const char	*word = PQgetvalue(res, 0, 0);

	return strcmp(word, "due") == 0 ? "tried now" :
	    strcmp(word, "waits") == 0 ? "waits behind another of its "
	    "resource" : "is being sent at this moment";
}

static const char *
says_cancel(const PGresult *res)
{
	(void)res;
	return "cancelled";
}

int
cmd_delivery_retry(struct cli *cli)
{
	return each(cli, QUERY_DELIVERY_RETRY, (struct str){ NULL, 0 },
	    says_retry);
}

int
cmd_delivery_cancel(struct cli *cli)
{
	struct str	reason = cli_option(cli, "reason");

	if (reason.p != NULL && (reason.n == 0 || reason.n > MAX_REASON))
		return cli_usage(cli, "--reason is a text of 1 to %d bytes",
		    MAX_REASON);
	return each(cli, QUERY_DELIVERY_CANCEL, reason, says_cancel);
}
