/* Events as deliveries that nobody has made. See stored_task.h. */
#include "../core/date.h"
#include "../core/form.h"
#include "../edge/clock.h"
#include "query.h"
#include "sample.h"
#include "stored_task.h"

#define SAMPLE_SID "SM00000000000000000000000000000001"
#define SAMPLE_ACCOUNT "AC00000000000000000000000000000001"
#define SAMPLE_BYTES 16384

/* The bytes that hexadecimal digits stand for. */
static struct str
unhex(struct cli *cli, struct str digits)
{
	char	*p = cli_alloc(cli, digits.n / 2 + 1, 1);
	size_t	 i;

	if (digits.p == NULL)
		return digits;
	for (i = 0; i + 1 < digits.n; i += 2)
		p[i / 2] = (char)(hex_value(digits.p[i]) << 4 |
		    hex_value(digits.p[i + 1]));
	return (struct str){ p, digits.n / 2 };
}

static void
read_uuid(struct str text, unsigned char id[16])
{
	size_t	i, n = 0;

	for (i = 0; i < text.n && n < 32; i++)
		if (hex_value(text.p[i]) >= 0) {
			id[n / 2] = (unsigned char)(id[n / 2] << 4 |
			    hex_value(text.p[i]));
			n++;
		}
}

static int64_t
number_of(const PGresult *res, int column, int64_t otherwise)
{
	uint64_t	n;

	return str_to_uint(query_field(res, 0, column), INT64_MAX, &n) ?
	    (int64_t)n : otherwise;
}

/* The columns of QUERY_TASK, in their order. */
static void
read_task(struct cli *cli, const PGresult *res, struct task *t)
{
	struct str	*const text[] = { &t->account, &t->kind, &t->sid,
			    &t->status, &t->verdict, &t->from, &t->to,
			    &t->parent, &t->method, &t->format, &t->token,
			    &t->url, &t->raw };
	struct str	value;
	size_t		i;

	*t = (struct task){ .trigger = STR("initial"),
	    .routed_at = clock_now_ms(), .info = STR("{}") };
	read_uuid(query_field(res, 0, 0), t->event_id);
	(void)date_parse(query_field(res, 0, 1), &t->event_at);
	t->error_code = (int32_t)number_of(res, 2, 0);
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		value = query_field(res, 0, (int)i + 3);
		*text[i] = value.p == NULL ? value :
		    arena_copy(&cli->arena, value);
	}
	t->raw = unhex(cli, t->raw);
}

bool
stored_task(struct cli *cli, struct str id, struct task *t)
{
	struct str	 params[3];
	PGresult	*res;

	query_event_time(cli, id, params);
	res = query_run(cli, QUERY_TASK, params, 3);
	if (res == NULL)
		return false;
	if (PQntuples(res) == 0) {
		query_no_event(id);
		PQclear(res);
		return false;
	}
	read_task(cli, res, t);
	PQclear(res);
	if (t->raw.p != NULL)
		return true;
	cli_error("what event %s carried is not kept any more; see: offhook "
	    "house show", id.p);
	return false;
}

/* A form's body. */
static struct str
encode(struct cli *cli, const struct param *param, size_t n)
{
	struct out	o = out_init(cli_alloc(cli, SAMPLE_BYTES, 1),
			    SAMPLE_BYTES);
	size_t		i;

	for (i = 0; i < n; i++) {
		out_cstr(&o, i == 0 ? "" : "&");
		out_form(&o, param[i].name);
		out_char(&o, '=');
		out_form(&o, param[i].value);
	}
	return out_str(&o);
}

bool
sample_task(struct cli *cli, struct task *t)
{
	const struct config	*c = cli_config(cli);
	struct sample_values	 v = { .sid = SAMPLE_SID,
				    .account = SAMPLE_ACCOUNT,
				    .body = "offhook destination test",
				    .time_ms = clock_now_ms() };
	struct param		 param[SAMPLE_MAX];
	struct form		 form = { param, 0 };

	if (c == NULL)
		return false;
	if (c->naccounts > 0)
		v.account = arena_cstr(&cli->arena,
		    c->accounts[c->default_account].sid);
	form.n = sample_form(&cli->arena, sample_find("message.inbound",
	    NULL), &v, param);
	*t = (struct task){ .event_at = v.time_ms, .routed_at = v.time_ms,
	    .account = str_from(v.account), .kind = STR("message.inbound"),
	    .sid = STR(SAMPLE_SID), .status = STR("received"),
	    .verdict = STR("applied"),
	    .from = form_get(&form, "From"), .to = form_get(&form, "To"),
	    .method = STR("POST"), .format = STR("form"),
	    .url = STR("https://example.invalid/twilio"),
	    .raw = encode(cli, param, form.n), .trigger = STR("initial"),
	    .info = STR("{}") };
	if (clock_uuid(v.time_ms, t->event_id))
		return true;
	cli_error("the system has no random numbers");
	return false;
}

/* The newest ones. */
static int
newest_ids(struct cli *cli, uint64_t limit, struct str **ids, size_t *n)
{
	struct str	 param = str_from(cli_printf(cli, "%llu",
			    (unsigned long long)limit));
	PGresult	*res = query_run(cli, QUERY_EVENTS, &param, 1);
	int		 i;

	if (res == NULL)
		return EXIT_FAILURE;
	*n = (size_t)PQntuples(res);
	*ids = cli_alloc(cli, *n + 1, sizeof(**ids));
	for (i = 0; i < PQntuples(res); i++)
		(*ids)[i] = arena_copy(&cli->arena, query_field(res, i, 0));
	PQclear(res);
	return 0;
}

int
stored_ids(struct cli *cli, size_t first, uint64_t otherwise,
    struct str **ids, size_t *n)
{
	const struct args	*a = &cli->args;
	size_t			 i;

	if (!cli_count(cli, "last", STORED_MOST, &otherwise))
		return EXIT_USAGE;
	*n = 0;
	if (a->noperands <= first)
		return newest_ids(cli, otherwise, ids, n);
	if (option_get(a, "last") != NULL)
		return cli_usage(cli, "--last and EVENT do not go together");
	*ids = cli_alloc(cli, a->noperands, sizeof(**ids));
	for (i = first; i < a->noperands; i++) {
		(*ids)[*n] = str_from(a->operand[i]);
		if (!query_is_event((*ids)[(*n)++]))
			return cli_usage(cli, "%s is not an event's id; see: "
			    "offhook event list", a->operand[i]);
	}
	return 0;
}
