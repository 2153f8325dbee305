/* offhook route: which reply an event gets. */
#include <string.h>

#include "../core/event.h"
#include "../core/twiml.h"
#include "query.h"
#include "table.h"

int
cmd_route_list(struct cli *cli)
{
	static const char *const columns[] = { "kind", "to", "twiml",
	    "set_at", NULL };
	PGresult	*res = query_run(cli, QUERY_ROUTES, NULL, 0);
	struct table	 t;
	int		 i, j;

	if (res == NULL)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, columns);
	for (i = 0; i < PQntuples(res); i++)
		for (j = 0; j < PQnfields(res); j++)
			table_text(&t, query_field(res, i, j));
	if (t.first == NULL && !cli->json)
		cli_note("There is no route yet. Set one: "
		    "offhook route set message.inbound '*' "
		    "'<Response><Message>Thank you!</Message></Response>'");
	else
		table_write(&cli->out, &t, cli->json);
	PQclear(res);
	return 0;
}

/* Every kind that takes a route, for messages. */
static const char *
kinds_with_reply(struct cli *cli)
{
	struct out	o = out_init(cli_alloc(cli, 512, 1), 511);
	size_t		i;

	for (i = 0; i < EVENT_KINDS; i++)
		if (!event_is_notice((enum event_kind)i)) {
			out_cstr(&o, event_kind_name((enum event_kind)i));
			out_cstr(&o, ", ");
		}
	out_cstr(&o, "'*' (any)");
	return o.p;
}

static int
check_kind(struct cli *cli, const char *word)
{
	enum event_kind	kind;
	const char	*nearest = NULL;
	size_t		 i, d, best = 5;

	if (strcmp(word, "*") == 0)
		return 0;
	if (event_kind_parse(str_from(word), &kind)) {
		if (!event_is_notice(kind))
			return 0;
		return cli_usage(cli, "%s is a notice: it is answered 204 "
		    "and takes no route; those that do: %s", word,
		    kinds_with_reply(cli));
	}
	for (i = 0; i < EVENT_KINDS; i++) {
		d = option_distance(word, event_kind_name((enum event_kind)i));
		if (d < best) {
			best = d;
			nearest = event_kind_name((enum event_kind)i);
		}
	}
	if (nearest != NULL)
		return cli_usage(cli, "there is no kind %s; did you mean %s?",
		    word, nearest);
	return cli_usage(cli, "there is no kind %s; KIND is one of %s", word,
	    kinds_with_reply(cli));
}

/* TWIML, @FILE or -; absent after a message. */
static struct str
read_twiml(struct cli *cli, const char **name)
{
	const char	*word = cli->args.operand[2];

	*name = "TWIML";
	if (word[0] != '@' && strcmp(word, "-") != 0)
		return str_from(word);
	if (word[0] == '@')
		word++;
	*name = strcmp(word, "-") == 0 ? "standard input" : word;
	return cli_file(cli, word, TWIML_MAX_BYTES + 1);
}

int
cmd_route_set(struct cli *cli)
{
	const char	*name, *to = cli->args.operand[1];
	struct str	 params[3];
	char		 why[512];
	struct out	 o = out_init(why, sizeof(why));
	PGresult	*res;
	int		 status = check_kind(cli, cli->args.operand[0]);

	if (status != 0)
		return status;
	if (to[0] == '\0')
		return cli_usage(cli, "TO is a number such as +15550101002, "
		    "or '*' for any");
	params[0] = str_from(cli->args.operand[0]);
	params[1] = str_from(to);
	params[2] = read_twiml(cli, &name);
	if (params[2].p == NULL)
		return EXIT_FAILURE;
	if (!twiml_check(params[2], &o)) {
		cli_error("%s: %.*s", name, (int)o.n, o.p);
		return EXIT_FAILURE;
	}
	res = query_run(cli, QUERY_ROUTE_SET, params, 3);
	if (res == NULL)
		return EXIT_FAILURE;
	if (cli->json)
		out_cstr(&cli->out, cli_printf(cli, "{\"version\": %s}\n",
		    PQgetvalue(res, 0, 0)));
	else
		out_cstr(&cli->out, cli_printf(cli, "%s to %s is answered so "
		    "from now on (routes' version %s)\n",
		    cli->args.operand[0], to, PQgetvalue(res, 0, 0)));
	PQclear(res);
	return 0;
}

int
cmd_route_delete(struct cli *cli)
{
	struct str	 params[2];
	PGresult	*res;
	bool		 was;

	params[0] = str_from(cli->args.operand[0]);
	params[1] = str_from(cli->args.operand[1]);
	res = query_run(cli, QUERY_ROUTE_DELETE, params, 2);
	if (res == NULL)
		return EXIT_FAILURE;
	was = str_eq(query_field(res, 0, 0), STR("t"));
	PQclear(res);
	if (!was) {
		cli_error("there is no route %s %s; see: offhook route list",
		    params[0].p, params[1].p);
		return EXIT_FAILURE;
	}
	out_cstr(&cli->out, cli->json ? "{\"deleted\": true}\n" :
	    "deleted\n");
	return 0;
}
