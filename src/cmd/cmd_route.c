/* offhook route: which reply an event gets. */
#include <string.h>

#include "../core/json.h"
#include "../core/pre_action.h"
#include "../core/twiml.h"
#include "query.h"
#include "route_stored.h"
#include "table.h"

const struct option options_route_set[] = {
	{ "template", NULL, "REPLY is a template: {{From}}, {{#name}} ...",
	    false },
	{ "in-trouble", "WORD", "if it cannot be stored: publish or reject "
	    "(publish)", false },
	{ NULL, NULL, NULL, false }
};

/* A value in one line: a text as it stands, several with commas between. */
static void
write_short(struct cli *cli, struct out *o, struct str value)
{
	struct json_walk	walk;
	struct json_item	item;
	size_t			n = 0;

	if (!json_open(value, &walk)) {
		out_bytes(o, json_text(&cli->arena, value));
		return;
	}
	for (; json_next(&walk, &item); n++) {
		out_cstr(o, n == 0 ? "" : ",");
		out_bytes(o, json_text(&cli->arena, item.value));
	}
}

static struct str
short_of(struct cli *cli, struct str value)
{
	struct out	o = out_init(cli_alloc(cli, value.n + 1, 1),
			    value.n);

	if (value.p == NULL)
		return value;
	write_short(cli, &o, value);
	return out_str(&o);
}

/* All keys of one use: "kind=call.gather digits=1". */
static struct str
keys_of(struct cli *cli, struct str spec, enum key_use use)
{
	const struct route_key	*k;
	struct str		 value;
	struct out		 o = out_init(cli_alloc(cli, spec.n + 1, 1),
				    spec.n);

	for (k = route_keys; k->name != NULL; k++) {
		value = json_get(spec, k->name);
		if (k->use != use || value.p == NULL)
			continue;
		if (o.n > 0)
			out_char(&o, ' ');
		out_cstr(&o, k->name);
		out_char(&o, use == KEY_REPLY ? ' ' : '=');
		write_short(cli, &o, value);
	}
	return out_str(&o);
}

static struct str
or_any(struct str s)
{
	return s.p == NULL ? STR("*") : s;
}

/* The reply's own text, where it has one. */
static struct str
reply_text(struct cli *cli, struct str spec)
{
	static const char *const keys[] = { "twiml", "template", "json" };
	struct str	value = { NULL, 0 };
	size_t		i;

	for (i = 0; i < 3 && value.p == NULL; i++)
		value = json_get(spec, keys[i]);
	return json_text(&cli->arena, value);
}

static void
add_for_people(struct cli *cli, struct table *t, const PGresult *res, int i)
{
	struct str	spec = query_field(res, i, 2);
	struct str	takes = keys_of(cli, spec, KEY_CONDITION);

	table_plain(t, query_field(res, i, 0));
	table_text(t, query_field(res, i, 1));
	table_text(t, takes.n == 0 ? STR("everything") : takes);
	table_text(t, keys_of(cli, spec, KEY_REPLY));
	table_text(t, query_field(res, i, 3));
}

static void
add_for_programs(struct cli *cli, struct table *t, const PGresult *res, int i)
{
	struct str	spec = query_field(res, i, 2);
	struct str	http = json_text(&cli->arena, json_get(spec,
			    "reject"));

	table_plain(t, query_field(res, i, 0));
	table_text(t, query_field(res, i, 1));
	table_text(t, or_any(short_of(cli, json_get(spec, "kind"))));
	table_text(t, or_any(short_of(cli, json_get(spec, "to"))));
	table_text(t, reply_text(cli, spec));
	table_plain(t, http.p == NULL ? STR("200") : http);
	table_text(t, json_text(&cli->arena, json_get(spec, "in_trouble")));
	table_text(t, query_field(res, i, 3));
	table_text(t, query_field(res, i, 4));
	table_plain(t, spec);
}

int
cmd_route_list(struct cli *cli)
{
	static const char *const people[] = { "position", "name", "takes",
	    "answers", "set_at", NULL };
	static const char *const programs[] = { "position", "name", "kind",
	    "to", "twiml", "http", "in_trouble", "set_at", "set_by", "spec",
	    NULL };
	PGresult	*res = query_run(cli, QUERY_ROUTE_LIST, NULL, 0);
	struct table	 t;
	int		 i;

	if (res == NULL)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, cli_is_text(cli) ? people : programs);
	for (i = 0; i < PQntuples(res); i++) {
		if (cli_is_text(cli))
			add_for_people(cli, &t, res, i);
		else
			add_for_programs(cli, &t, res, i);
	}
	cli_table(cli, &t, "There is no route yet. Set one: offhook route set "
	    "message.inbound '*' '<Response><Message>Thank you!</Message>"
	    "</Response>'");
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
	bool		 template;
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

/* The spec that SQL's route_set makes of it, too. */
static struct str
spec_of(struct cli *cli, const struct wanted *w)
{
	bool		reject = strcmp(w->http, "200") != 0;
	size_t		size = 6 * w->reply.n + 6 * strlen(w->kind) +
			    12 * strlen(w->to) + 256;
	struct out	o = out_init(cli_alloc(cli, size, 1), size);

	out_cstr(&o, "{\"name\": \"checked\"");
	if (strcmp(w->kind, "*") != 0)
		cli_json_pair(&o, "kind", str_from(w->kind));
	if (strcmp(w->to, "*") != 0)
		cli_json_pair(&o, "to", str_from(w->to));
	if (w->in_trouble.p != NULL)
		cli_json_pair(&o, "in_trouble", w->in_trouble);
	if (reject)
		cli_json_pair(&o, "reject", str_from(w->http));
	else
		cli_json_pair(&o, w->pre_action ? "json" : w->template ?
		    "template" : "twiml", w->reply);
	out_char(&o, '}');
	return out_str(&o);
}

/* The check that a responder makes, too. */
static bool
check_reply(struct cli *cli, const struct wanted *w)
{
	char		 buf[1024];
	struct out	 why = out_init(buf, sizeof(buf));
	struct str	 text = str_trim(w->reply), what, key;
	const char	*first = text.n > 0 ? text.p : "";
	struct route	 r;

	if (!w->pre_action && !w->template && strstr(first, "{{") != NULL)
		cli_note("{{ is sent as it stands; --template puts values in");
	if (w->pre_action && first[0] == '<')
		cli_error("%s is answered with publish, reject or JSON, not "
		    "with TwiML", w->kind);
	else if (!w->pre_action && first[0] == '{' && first[1] != '{')
		cli_error("%s is answered with TwiML, not with JSON", w->kind);
	else if (route_parse(&cli->arena, spec_of(cli, w), &r, &why) &&
	    route_check(&cli->arena, &r, &why))
		return true;
	else {
		what = out_str(&why);
		if (str_cut(&what, ':', &key) && what.p != NULL &&
		    (str_eq(key, STR("twiml")) || str_eq(key,
		    STR("template")) || str_eq(key, STR("json"))))
			cli_error("%s:%.*s", w->name, (int)what.n, what.p);
		else
			cli_error("%.*s", (int)why.n, why.p);
	}
	return false;
}

static int
store_route(struct cli *cli, const struct wanted *w)
{
	struct str	 params[] = { str_from(w->kind), str_from(w->to),
			    w->reply, str_from(w->http), w->in_trouble,
			    w->template ? STR("true") : STR("false") };
	PGresult	*res = query_run(cli, QUERY_ROUTE_SET, params, 6);

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
	w.template = option_get(&cli->args, "template") != NULL;
	if (w.template && w.pre_action)
		return cli_usage(cli, "%s is answered with JSON: --template "
		    "is for TwiML", w.kind);
	status = read_reply(cli, &w);
	if (status != 0)
		return status;
	return check_reply(cli, &w) ? store_route(cli, &w) : EXIT_FAILURE;
}

int
cmd_route_delete(struct cli *cli)
{
	bool		 one = cli->args.noperands == 1;	/* a name */
	struct str	 params[2];
	PGresult	*res;
	bool		 was;

	params[0] = str_from(cli->args.operand[0]);
	params[1] = one ? STR("") : str_from(cli->args.operand[1]);
	res = query_run(cli, one ? QUERY_ROUTE_DROP : QUERY_ROUTE_DELETE,
	    params, one ? 1 : 2);
	if (res == NULL)
		return EXIT_FAILURE;
	was = str_eq(query_field(res, 0, 0), STR("t"));
	PQclear(res);
	if (!was) {
		cli_error("there is no route %s%s%s; see: offhook route list",
		    params[0].p, one ? "" : " ", params[1].p);
		return EXIT_FAILURE;
	}
	out_cstr(&cli->out, cli->json ? "{\"deleted\": true}\n" :
	    "deleted\n");
	return 0;
}
