/* offhook resource show: where a message or a call stands, and why. */
#include "query.h"
#include "table.h"

static void
write_json(struct cli *cli, const struct table *head,
    const struct table *events)
{
	out_cstr(&cli->out, "{\"resource\": ");
	if (head->first == NULL)
		out_cstr(&cli->out, "null");
	else
		table_write_record(&cli->out, head, true);
	out_cstr(&cli->out, ", \"events\": ");
	table_write(&cli->out, events, true);
	out_cstr(&cli->out, "}\n");
}

static void
fill_head(struct table *t, const PGresult *res)
{
	int	i;

	if (PQntuples(res) == 0)
		return;
	for (i = 0; i < PQnfields(res); i++) {
		if (i == 3)	/* error_code */
			table_plain(t, query_field(res, 0, i));
		else
			table_text(t, query_field(res, 0, i));
	}
}

static void
fill_events(struct table *t, const PGresult *res)
{
	int	i, j;

	for (i = 0; i < PQntuples(res); i++)
		for (j = 0; j < PQnfields(res); j++) {
			if (j >= 4 && j <= 7)	/* numbers */
				table_plain(t, query_field(res, i, j));
			else
				table_text(t, query_field(res, i, j));
		}
}

int
cmd_resource_show(struct cli *cli)
{
	static const char *const head_columns[] = { "kind", "sid", "status",
	    "error_code", "first_seen", "updated_at", "from", "to",
	    "account", NULL };
	static const char *const event_columns[] = { "received_at", "kind",
	    "status", "verdict", "duplicates", "http", "error_code", "seq",
	    "id", NULL };
	struct str	 sid = str_from(cli->args.operand[0]);
	struct table	 head, events;
	PGresult	*first = query_run(cli, QUERY_RESOURCE, &sid, 1);
	PGresult	*second = first == NULL ? NULL :
			    query_run(cli, QUERY_TIMELINE, &sid, 1);
	int		 status = EXIT_FAILURE;

	if (second == NULL)
		goto out;
	if (PQntuples(first) == 0 && PQntuples(second) == 0) {
		cli_error("nothing is known of %s; see: offhook request list",
		    sid.p);
		goto out;
	}
	table_init(&head, &cli->arena, head_columns);
	fill_head(&head, first);
	table_init(&events, &cli->arena, event_columns);
	fill_events(&events, second);
	if (cli->json)
		write_json(cli, &head, &events);
	else {
		table_write_record(&cli->out, &head, false);
		out_char(&cli->out, '\n');
		table_write(&cli->out, &events, false);
	}
	status = 0;
out:
	PQclear(first);
	PQclear(second);
	return status;
}
