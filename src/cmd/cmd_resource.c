/* offhook resource show: where a message, a call ... stands, and why. */
#include "query.h"
#include "table.h"

/* Columns of QUERY_RESOURCE that a text shows, and the one for JSON. */
#define HEAD_COLUMNS 12
#define HEAD_FACTS 12

/* facts: as lines in a text, as an object in JSON. */
static void
fill_head(struct table *t, const PGresult *res, bool json)
{
	int	j;

	if (PQntuples(res) == 0)
		return;
	for (j = 0; j < HEAD_COLUMNS; j++) {
		if (json && j == HEAD_COLUMNS - 1)
			table_plain(t, query_field(res, 0, HEAD_FACTS));
		else if (query_is_number(res, j) || j == HEAD_COLUMNS - 2)
			table_plain(t, query_field(res, 0, j));
		else
			table_text(t, query_field(res, 0, j));
	}
}

static void
write_json(struct cli *cli, const struct table *head,
    const struct table *events, const struct table *related)
{
	out_cstr(&cli->out, "{\"resource\": ");
	if (head->first == NULL)
		out_cstr(&cli->out, "null");
	else
		table_write_record(&cli->out, head, true);
	out_cstr(&cli->out, ", \"events\": ");
	table_write(&cli->out, events, true);
	out_cstr(&cli->out, ", \"related\": ");
	table_write(&cli->out, related, true);
	out_cstr(&cli->out, "}\n");
}

static void
write_text(struct cli *cli, const struct table *head,
    const struct table *events, const struct table *related)
{
	table_write_record(&cli->out, head, false);
	if (related->first != NULL) {
		out_cstr(&cli->out, "\nWhat belongs to it:\n");
		table_write(&cli->out, related, false);
	}
	out_char(&cli->out, '\n');
	table_write(&cli->out, events, false);
}

static void
show(struct cli *cli, const PGresult *resource, const PGresult *timeline,
    const PGresult *others)
{
	static const char *const head_columns[] = { "kind", "sid", "status",
	    "error_code", "first_seen", "updated_at", "from", "to",
	    "account", "parent", "terminal", "facts", NULL };
	static const char *const event_columns[] = { "received_at", "kind",
	    "status", "verdict", "duplicates", "http", "error_code", "seq",
	    "id", "sid", NULL };
	static const char *const related_columns[] = { "kind", "sid",
	    "status", "error_code", "first_seen", "updated_at", NULL };
	struct table	head, events, related;

	table_init(&head, &cli->arena, head_columns);
	fill_head(&head, resource, cli->json);
	table_init(&events, &cli->arena, event_columns);
	query_add_rows(&events, timeline);
	table_init(&related, &cli->arena, related_columns);
	query_add_rows(&related, others);
	if (cli->json)
		write_json(cli, &head, &events, &related);
	else
		write_text(cli, &head, &events, &related);
}

int
cmd_resource_show(struct cli *cli)
{
	static const enum query queries[] = { QUERY_RESOURCE, QUERY_TIMELINE,
	    QUERY_RELATED };
	struct str	 sid = str_from(cli->args.operand[0]);
	PGresult	*res[3] = { NULL, NULL, NULL };
	size_t		 i;
	int		 status = EXIT_FAILURE;

	for (i = 0; i < 3; i++) {
		res[i] = query_run(cli, queries[i], &sid, 1);
		if (res[i] == NULL)
			goto out;
	}
	if (PQntuples(res[0]) == 0 && PQntuples(res[1]) == 0)
		cli_error("nothing is known of %s; see: offhook request list",
		    sid.p);
	else {
		show(cli, res[0], res[1], res[2]);
		status = 0;
	}
out:
	for (i = 0; i < 3; i++)
		PQclear(res[i]);
	return status;
}
