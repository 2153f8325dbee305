/* offhook send: a request as Twilio would send it, of any kind. */
#include <string.h>

#include "sending.h"
#include "shoot.h"
#include "table.h"

#define MAX_REPEAT 100000
#define MAX_PARALLEL 256

const struct option options_send[] = {
	{ "variant", "NAME", "which sample of the kind (its first one)",
	    false },
	{ "list", NULL, "list the kinds and their variants", false },
	{ "print", NULL, "print the request as a curl command, send nothing",
	    false },
	{ "from", "NUMBER", "who sends or calls (+15550101001)", false },
	{ "to", "NUMBER", "who is texted or called (+15550101002)", false },
	{ "body", "TEXT", "of a message; what was said", false },
	{ "digits", "KEYS", "of a gather (1)", false },
	{ "sid", "SID", "of the message, the call, ... (a new one)", false },
	{ "status", "WORD", "the status told (delivered, or completed)",
	    false },
	{ "seq", "N", "SequenceNumber of a call's status (0)", false },
	{ "error", "CODE", "ErrorCode of a status", false },
	{ "account", "SID", "AccountSid (TWILIO_ACCOUNT_SID)", false },
	{ "token-header", "ID", "I-Twilio-Idempotency-Token (a new one; "
	    "'': none)", false },
	{ "param", "NAME=VALUE", "set or add a parameter; NAME alone drops "
	    "it; repeatable", true },
	{ "header", "'NAME: VALUE'", "add a header; repeatable", true },
	{ "get", NULL, "send a GET, with the parameters in the URL", false },
	{ "unsigned", NULL, "send no X-Twilio-Signature", false },
	{ "auth-token", "TOKEN", "sign with this one, not the settings'",
	    false },
	{ "connect", "HOST:PORT", "sign URL, but send it there; with "
	    "http:// before it, in clear", false },
	{ "repeat", "N", "send the very same request N times", false },
	{ "parallel", "N", "so many at once (1)", false },
	{ NULL, NULL, NULL, false }
};

static bool
is_call_status(const struct cli *cli)
{
	static const char *const words[] = { "initiated", "ringing",
	    "in-progress", "completed", "busy", "no-answer" };
	struct str	sid = cli_option(cli, "sid");
	struct str	status = cli_option(cli, "status");
	size_t		i;

	if (sid.p != NULL)
		return str_starts(sid, STR("CA"));
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(status, str_from(words[i])))
			return true;
	return option_get(&cli->args, "seq") != NULL;
}

/* The kind behind a short word, or the word itself. */
static const char *
kind_of(const struct cli *cli, const char *word)
{
	if (strcmp(word, "sms") == 0)
		return "message.inbound";
	if (strcmp(word, "call") == 0)
		return "call.inbound";
	if (strcmp(word, "gather") == 0)
		return "call.gather";
	if (strcmp(word, "status") == 0)
		return is_call_status(cli) ? "call.status" :
		    "message.status";
	return word;
}

static void
list_kinds(struct cli *cli)
{
	static const char *const columns[] = { "kind", "variant", "body",
	    NULL };
	const struct sample *const	*table;
	const struct sample		*s;
	struct table			 t;

	table_init(&t, &cli->arena, columns);
	for (table = sample_tables; *table != NULL; table++)
		for (s = *table; s->kind != NULL; s++) {
			table_cstr(&t, s->kind);
			table_cstr(&t, s->variant);
			table_cstr(&t, sample_is_json(s) ? "json" : "form");
		}
	table_write(&cli->out, &t, cli->json);
}

/* In quotes for sh. */
static void
write_quoted(struct out *o, struct str s)
{
	size_t	i;

	out_char(o, '\'');
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			out_cstr(o, "'\\''");
		else
			out_char(o, s.p[i]);
	}
	out_char(o, '\'');
}

static void
print_curl(struct out *o, const struct http_request *r)
{
	size_t	i;

	out_cstr(o, "curl -X ");
	out_cstr(o, r->method);
	for (i = 0; i < r->nheaders; i++) {
		out_cstr(o, " \\\n    -H ");
		write_quoted(o, str_from(r->header[i]));
	}
	if (r->body.n > 0) {
		out_cstr(o, " \\\n    --data-raw ");
		write_quoted(o, r->body);
	}
	out_cstr(o, " \\\n    ");
	write_quoted(o, str_from(r->url));
	out_char(o, '\n');
}

static void
print_json(struct out *o, const struct http_request *r)
{
	size_t	i;

	out_cstr(o, "{\"method\": ");
	out_json(o, str_from(r->method));
	cli_json_pair(o, "url", str_from(r->url));
	out_cstr(o, ", \"headers\": [");
	for (i = 0; i < r->nheaders; i++) {
		if (i > 0)
			out_cstr(o, ", ");
		out_json(o, str_from(r->header[i]));
	}
	out_char(o, ']');
	cli_json_pair(o, "body", r->body);
	out_cstr(o, "}\n");
}

static int
print_request(struct sending *s)
{
	if (s->request.connect != NULL)
		return cli_usage(s->cli, "--print sends nothing: leave out "
		    "--connect");
	if (s->cli->json)
		print_json(&s->cli->out, &s->request);
	else
		print_curl(&s->cli->out, &s->request);
	return 0;
}

static int
send_one(struct sending *s)
{
	static const char *const columns[] = { "status", "time_ms", "type",
	    "sid", "url", "reply", NULL };
	struct cli		*cli = s->cli;
	struct http_reply	 reply;
	struct table		 t;

	if (!shoot_once(cli, &s->request, s->user, &reply)) {
		cli_error("%s: %s", s->request.connect != NULL ?
		    s->request.connect : s->request.url, reply.error);
		return EXIT_FAILURE;
	}
	table_init(&t, &cli->arena, columns);
	table_int(&t, reply.status);
	table_plain(&t, str_from(cli_printf(cli, "%lld.%lld",
	    (long long)(reply.elapsed_us / 1000),
	    (long long)(reply.elapsed_us / 100 % 10))));
	table_text(&t, reply.type);
	table_cstr(&t, s->v.sid);
	table_cstr(&t, s->request.url);
	table_text(&t, reply.body);
	table_write_record(&cli->out, &t, cli->json);
	return reply.status >= 200 && reply.status < 300 ? 0 : EXIT_FAILURE;
}

static int
compare_time(const void *va, const void *vb)
{
	const struct shot	*a = va, *b = vb;

	return a->elapsed_us < b->elapsed_us ? -1 :
	    a->elapsed_us > b->elapsed_us;
}

/* How many were 2xx, and how many of these have the commonest reply. */
static void
count_shots(const struct shot *shots, size_t n, size_t *good, size_t *same)
{
	const struct shot	*first = NULL;
	size_t			 i;

	*good = *same = 0;
	for (i = 0; i < n; i++) {
		if (shots[i].status < 200 || shots[i].status >= 300)
			continue;
		if (first == NULL)
			first = &shots[i];
		++*good;
		*same += memcmp(first->body, shots[i].body,
		    sizeof(first->body)) == 0 &&
		    first->status == shots[i].status;
	}
}

static int
send_many(struct sending *s, size_t count, size_t parallel)
{
	static const char *const columns[] = { "sent", "answered_2xx",
	    "identical_replies", "ms_median", "ms_max", "sid", NULL };
	struct cli	*cli = s->cli;
	struct shot	*shots = cli_alloc(cli, count, sizeof(*shots));
	struct table	 t;
	size_t		 n, good, same;

	n = shoot_many(cli, &s->request, s->user, count, parallel, shots);
	count_shots(shots, n, &good, &same);
	qsort(shots, n, sizeof(*shots), compare_time);
	table_init(&t, &cli->arena, columns);
	table_int(&t, (int64_t)count);
	table_int(&t, (int64_t)good);
	table_bool(&t, good == count && same == count);
	table_int(&t, n == 0 ? 0 : shots[n / 2].elapsed_us / 1000);
	table_int(&t, n == 0 ? 0 : shots[n - 1].elapsed_us / 1000);
	table_cstr(&t, s->v.sid);
	table_write_record(&cli->out, &t, cli->json);
	return good == count ? 0 : EXIT_FAILURE;
}

/* What the options ask for goes together? EXIT_USAGE after a message. */
static int
check_options(struct cli *cli, const struct sample *s, uint64_t *repeat,
    uint64_t *parallel)
{
	uint64_t	ignored;

	if (!sending_headers(cli) ||
	    !cli_count(cli, "repeat", MAX_REPEAT, repeat) ||
	    !cli_count(cli, "parallel", MAX_PARALLEL, parallel) ||
	    !cli_number(cli, "seq", INT32_MAX, &ignored) ||
	    !cli_number(cli, "error", INT32_MAX, &ignored))
		return EXIT_USAGE;
	if (sample_is_json(s) && (option_get(&cli->args, "get") != NULL ||
	    option_get(&cli->args, "param") != NULL))
		return cli_usage(cli, "%s is JSON: it takes no --get and no "
		    "--param", s->kind);
	return 0;
}

/* Kind and URL: the verb or the first operand, and the last one. */
static int
take_operands(struct cli *cli, struct sending *s)
{
	const struct command	*c = cli->command;
	const char		*word = c->noun != NULL ? c->verb :
				    cli->args.operand[0];

	if (cli->args.noperands == 0) {
		cli_error("send needs a KIND, of those below, and a URL");
		cli_note("(the usual ones have short words: send sms, send "
		    "call, send status, send gather)");
		list_kinds(cli);
		return EXIT_USAGE;
	}
	s->sample = sending_sample(cli, kind_of(cli, word));
	if (s->sample == NULL)
		return EXIT_USAGE;
	if (c->noun == NULL && cli->args.noperands < 2)
		return cli_usage(cli, "it needs URL");
	s->url = cli->args.operand[cli->args.noperands - 1];
	return 0;
}

int
cmd_send(struct cli *cli)
{
	struct sending	*s = cli_alloc(cli, 1, sizeof(*s));
	uint64_t	 repeat = 1, parallel = 1;
	int		 status;

	if (option_get(&cli->args, "list") != NULL) {
		list_kinds(cli);
		return 0;
	}
	s->cli = cli;
	status = take_operands(cli, s);
	if (status == 0)
		status = check_options(cli, s->sample, &repeat, &parallel);
	if (status != 0)
		return status;
	if (!sending_prepare(s))
		return EXIT_FAILURE;
	if (option_get(&cli->args, "print") != NULL)
		return print_request(s);
	if (repeat == 1)
		return send_one(s);
	return send_many(s, (size_t)repeat, (size_t)parallel);
}
