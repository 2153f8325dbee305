/* offhook route: which reply an event gets. */
#include <string.h>

#include "../core/event.h"
#include "../core/pre_action.h"
#include "../core/twiml.h"
#include "query.h"
#include "table.h"

const struct option options_route_set[] = {
	{ "in-trouble", "WORD", "if it cannot be stored: publish or reject "
	    "(publish)", false },
	{ NULL, NULL, NULL, false }
};

int
cmd_route_list(struct cli *cli)
{
	static const char *const columns[] = { "kind", "to", "twiml",
	    "http", "in_trouble", "set_at", NULL };
	PGresult	*res = query_run(cli, QUERY_ROUTES, NULL, 0);
	struct table	 t;

	if (res == NULL)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, columns);
	query_add_rows(&t, res);
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
	struct out	o = out_init(cli_alloc(cli, 2048, 1), 2047);
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

/* What a route is made of, as SQL's route_set takes it. */
struct wanted {
	const char	*kind;
	const char	*to;
	const char	*name;		/* of the reply's text, for messages */
	struct str	 reply;
	const char	*http;		/* digits */
	struct str	 in_trouble;	/* absent: not said */
	bool		 pre_action;	/* its reply is JSON */
};

/* "reject" or "reject:STATUS"; *http is NULL when STATUS cannot be. */
static bool
is_reject(const char *word, const char **http)
{
	uint64_t	status;

	*http = "403";
	if (strcmp(word, "reject") == 0)
		return true;
	if (strncmp(word, "reject:", 7) != 0)
		return false;
	*http = word + 7;
	if (!str_to_uint(str_from(*http), 499, &status) || status < 400 ||
	    status == 401)
		*http = NULL;
	return true;
}

/* REPLY as it stands, of @FILE or -; false after a message. */
static bool
read_text(struct cli *cli, const char *word, struct wanted *w)
{
	w->name = w->pre_action ? "JSON" : "TWIML";
	w->reply = str_from(word);
	if (word[0] != '@' && strcmp(word, "-") != 0)
		return true;
	if (word[0] == '@')
		word++;
	w->name = strcmp(word, "-") == 0 ? "standard input" : word;
	w->reply = cli_file(cli, word, TWIML_MAX_BYTES + 1);
	return w->reply.p != NULL;
}

/* 0, or the exit status after a message. */
static int
read_reply(struct cli *cli, struct wanted *w)
{
	const char	*word = cli->args.operand[2], *http;
	bool		 reject = is_reject(word, &http);

	w->http = "200";
	w->in_trouble = cli_option(cli, "in-trouble");
	if (!w->pre_action && (reject || strcmp(word, "publish") == 0 ||
	    w->in_trouble.p != NULL))
		return cli_usage(cli, "%s is answered with TwiML; publish, "
		    "reject and --in-trouble are for the Conversations "
		    "webhooks that ask beforehand, such as "
		    "conversation.onMessageAdd", w->kind);
	if (w->in_trouble.p != NULL &&
	    !str_eq(w->in_trouble, STR("publish")) &&
	    !str_eq(w->in_trouble, STR("reject")))
		return cli_usage(cli, "--in-trouble is publish or reject");
	if (!reject && strcmp(word, "publish") != 0)
		return read_text(cli, word, w) ? 0 : EXIT_FAILURE;
	if (reject && http == NULL)
		return cli_usage(cli, "the status of a rejection is from 400 "
		    "to 499, except 401 (which asks for a password)");
	w->reply = reject ? STR("") : STR(PRE_ACTION_PUBLISH);
	if (reject)
		w->http = http;
	return 0;
}

/* The check that a responder makes, too. */
static bool
check_reply(struct cli *cli, const struct wanted *w)
{
	char		 why[512];
	struct out	 o = out_init(why, sizeof(why));
	struct str	 text = str_trim(w->reply);
	const char	*first = text.n > 0 ? text.p : "";

	if (strcmp(w->http, "200") != 0)
		return true;
	if (w->pre_action && first[0] == '<')
		cli_error("%s is answered with publish, reject or JSON, not "
		    "with TwiML", w->kind);
	else if (!w->pre_action && first[0] == '{')
		cli_error("%s is answered with TwiML, not with JSON", w->kind);
	else if (w->pre_action ?
	    pre_action_check(&cli->arena, w->reply, &o) :
	    twiml_check(w->reply, &o))
		return true;
	else
		cli_error("%s: %.*s", w->name, (int)o.n, o.p);
	return false;
}

static int
store_route(struct cli *cli, const struct wanted *w)
{
	struct str	 params[] = { str_from(w->kind), str_from(w->to),
			    w->reply, str_from(w->http), w->in_trouble };
	PGresult	*res = query_run(cli, QUERY_ROUTE_SET, params, 5);

	if (res == NULL)
		return EXIT_FAILURE;
	if (cli->json)
		out_cstr(&cli->out, cli_printf(cli, "{\"version\": %s}\n",
		    PQgetvalue(res, 0, 0)));
	else
		out_cstr(&cli->out, cli_printf(cli, "%s to %s is answered so "
		    "from now on (routes' version %s)\n", w->kind, w->to,
		    PQgetvalue(res, 0, 0)));
	PQclear(res);
	return 0;
}

int
cmd_route_set(struct cli *cli)
{
	struct wanted	w = { .kind = cli->args.operand[0],
			    .to = cli->args.operand[1] };
	enum event_kind	kind;
	int		status = check_kind(cli, w.kind);

	if (status != 0)
		return status;
	if (w.to[0] == '\0')
		return cli_usage(cli, "TO is a number such as +15550101002 "
		    "(of Conversations a ChatServiceSid), or '*' for any");
	w.pre_action = event_kind_parse(str_from(w.kind), &kind) &&
	    event_is_pre_action(kind);
	if (w.pre_action && strcmp(w.to, "*") != 0 &&
	    strncmp(w.to, "IS", 2) != 0)
		return cli_usage(cli, "TO of %s is a ChatServiceSid (IS...), "
		    "or '*' for any", w.kind);
	status = read_reply(cli, &w);
	if (status != 0)
		return status;
	return check_reply(cli, &w) ? store_route(cli, &w) : EXIT_FAILURE;
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
