/* offhook send: a request as Twilio would send it. */
#include <stdio.h>
#include <string.h>

#include "sending.h"
#include "shoot.h"
#include "table.h"

#define MAX_REPEAT 100000
#define MAX_PARALLEL 256

const struct option options_send[] = {
	{ "from", "NUMBER", "who sends or calls (+15550101001)", false },
	{ "to", "NUMBER", "who is texted or called (+15550101002)", false },
	{ "body", "TEXT", "of an SMS", false },
	{ "digits", "KEYS", "of a gather (1)", false },
	{ "sid", "SID", "of the message or call (a new one)", false },
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

int
cmd_send(struct cli *cli)
{
	struct sending	*s = cli_alloc(cli, 1, sizeof(*s));
	uint64_t	 repeat = 1, parallel = 1, ignored;

	if (!cli_number(cli, "repeat", MAX_REPEAT, &repeat) ||
	    !cli_number(cli, "parallel", MAX_PARALLEL, &parallel) ||
	    !cli_number(cli, "seq", INT32_MAX, &ignored) ||
	    !cli_number(cli, "error", INT32_MAX, &ignored))
		return EXIT_USAGE;
	if (repeat == 0 || parallel == 0)
		return cli_usage(cli, "--repeat and --parallel are 1 or more");
	s->cli = cli;
	if (!sending_prepare(s))
		return EXIT_FAILURE;
	if (repeat == 1)
		return send_one(s);
	return send_many(s, (size_t)repeat, (size_t)parallel);
}
