/* offhook transform test: what a transform makes of stored events. */
#include <string.h>

#include "../app/deliver.h"
#include "../core/policy.h"
#include "../core/route_value.h"
#include "../edge/clock.h"
#include "destination_known.h"
#include "destination_spec.h"
#include "query.h"
#include "stored_task.h"

#define MAX_TEMPLATE ((size_t)65536)

const struct option options_transform_test[] = {
	{ "destination", "NAME", "as this destination has it", false },
	{ "template", "TEXT|@FILE", "by this template", false },
	{ "type", "TYPE", "its Content-Type (application/json)", false },
	{ "sql", "FUNCTION", "by this SQL function, with this login's rights",
	    false },
	{ "last", "N", "the N newest events, in place of EVENT (1)", false },
	{ NULL, NULL, NULL, false }
};

struct transform {
	struct cli			*cli;
	const struct destination	*destination;
	const char			*function;	/* NULL: none */
	struct deliver			 deliver;
};

/* A destination that is nowhere, with the template. */
static const struct destination *
made_up(struct cli *cli, const char *word)
{
	const struct policy_term	*t = policy_terms;
	struct destination		*d = cli_alloc(cli, 1, sizeof(*d));
	struct str	 text = destination_text(cli, word, MAX_TEMPLATE);
	struct str	 type = cli_option(cli, "type");
	size_t		 size = 6 * (text.n + type.n) + 256;
	struct out	 o = out_init(cli_alloc(cli, size, 1), size), why;
	char		 buf[1024];

	if (text.p == NULL)
		return NULL;
	out_cstr(&o, "{\"url\": \"https://example.invalid/\", "
	    "\"sign\": []");
	while (strcmp(t->option, "template") != 0)
		t++;
	if (text.n > 0)
		(void)policy_read(t, text, &o);
	if (type.p != NULL)
		cli_json_pair(&o, "type", type);
	out_char(&o, '}');
	why = out_init(buf, sizeof(buf));
	if (destination_parse(&cli->arena, policy_merge(&cli->arena,
	    STR("{}"), out_str(&o)), d, &why))
		return d;
	cli_error("%.*s", (int)why.n, why.p);
	return NULL;
}

/* By --sql: the check that destination add makes. */
static bool
check_function(struct transform *t)
{
	struct str	 name = str_from(t->function);
	PGresult	*res = query_run(t->cli, QUERY_TRANSFORM_CHECK, &name,
			    1);

	PQclear(res);
	return res != NULL;
}

static int
take_options(struct transform *t)
{
	struct cli	*cli = t->cli;
	const char	*name = option_get(&cli->args, "destination");
	const char	*template = option_get(&cli->args, "template");

	t->function = option_get(&cli->args, "sql");
	if ((name != NULL) + (template != NULL) + (t->function != NULL) != 1)
		return cli_usage(cli, "it needs one of --destination, "
		    "--template and --sql");
	if (t->function != NULL && !is_function(str_from(t->function)))
		return cli_usage(cli, "--sql is a function's name with its "
		    "schema, such as app.to_crm, not %s", t->function);
	if (t->function != NULL && !check_function(t))
		return EXIT_FAILURE;
	t->destination = name != NULL ? destination_known(cli, name) :
	    made_up(cli, template != NULL ? template : "");
	if (t->destination == NULL)
		return EXIT_FAILURE;
	if (name != NULL && t->destination->template == NULL &&
	    t->destination->transform_sql.p == NULL)
		cli_note("%s has no transform: it is sent the envelope, or "
		    "the form.", name);
	return 0;
}

static bool
call_function(struct transform *t, const struct task *task,
    struct str *result)
{
	struct cli	*cli = t->cli;
	struct str	 params[1];
	PGresult	*res;

	params[0] = deliver_event(&cli->arena, t->destination, task);
	res = query_run_text(cli, cli_printf(cli, "select %s($1::jsonb)"
	    "::text", t->function), params, 1);
	if (res == NULL)
		return false;
	*result = query_field(res, 0, 0);
	*result = result->p == NULL ? STR("(null: it would be cancelled)") :
	    arena_copy(&cli->arena, *result);
	PQclear(res);
	return true;
}

/* What would be sent. */
static bool
make(struct transform *t, const struct task *task, struct str *result)
{
	struct cli		*cli = t->cli;
	struct deliver_order	 order;
	struct deliver_verdict	 verdict;
	struct str		 body;

	if (t->function != NULL)
		return call_function(t, task, result);
	if (!destination_transform(cli, t->destination, task, &body))
		return false;
	if (!deliver_make(&t->deliver, &cli->arena, t->destination, task,
	    body, clock_now_ms(), 0, &order, &verdict)) {
		cli_error("it cannot be made: %.*s", (int)verdict.head.n,
		    verdict.head.p);
		return false;
	}
	*result = order.exec ? order.child.input : order.http.body;
	return true;
}

static void
write_one(struct cli *cli, struct str id, struct str result, bool first)
{
	if (cli->json) {
		out_cstr(&cli->out, first ? "{\"event\": " : ", {\"event\": ");
		out_json(&cli->out, id);
		cli_json_pair(&cli->out, "result", result);
		out_char(&cli->out, '}');
		return;
	}
	out_cstr(&cli->out, first ? "event  " : "\nevent  ");
	out_bytes(&cli->out, id);
	out_cstr(&cli->out, "\n\n");
	cli_lines(cli, result);
}

static bool
test_all(struct transform *t, const struct str *ids, size_t n)
{
	struct cli	*cli = t->cli;
	struct task	 task;
	struct str	 result;
	size_t		 i;

	out_cstr(&cli->out, cli->json ? "[" : "");
	for (i = 0; i < n; i++) {
		if (!stored_task(cli, ids[i], &task) ||
		    !make(t, &task, &result))
			return false;
		write_one(cli, ids[i], result, i == 0);
	}
	out_cstr(&cli->out, cli->json ? "]\n" : "");
	return true;
}

int
cmd_transform_test(struct cli *cli)
{
	struct transform	t = { .cli = cli };
	struct str		*ids;
	size_t			 n;
	int			 status = take_options(&t);
	bool			 good;

	if (status == 0)
		status = stored_ids(cli, 0, 1, &ids, &n);
	if (status != 0)
		return status;
	if (!deliver_open(&t.deliver, cli_config(cli))) {
		cli_error("libcrypto has no HMAC");
		return EXIT_FAILURE;
	}
	good = test_all(&t, ids, n);
	deliver_close(&t.deliver);
	if (!good)
		cli->out.n = 0;
	else if (n == 0)
		cli_note("No event has come yet.");
	return good ? 0 : EXIT_FAILURE;
}
