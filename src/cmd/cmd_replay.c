/* offhook replay: send stored events again, after a plan that says how many. */
#include <string.h>

#include "../core/json.h"
#include "../core/policy.h"
#include "destination_spec.h"
#include "list.h"
#include "query.h"
#include "word.h"

#define MAX_FILTER ((size_t)16384)
#define PLAN_BYTES 65536

#define PLAN_OPTIONS \
	{ "destination", "NAME", "where they went before, and go again", \
	    false }, \
	{ "to", "NAME", "another destination to send them to", false }, \
	{ "outcome", "WORD", "what became of them there: delivered, dead, " \
	    "expired, cancelled, never or filtered; repeatable", true }, \
	{ "since", "TIME|DURATION", "events that came not before: 15m, 24h, " \
	    "7d, an RFC 3339 time or a date", false }, \
	{ "until", "TIME|DURATION", "events that came before", false }, \
	{ "kind", "KIND", "of this kind, or 'call.*'; repeatable", true }, \
	{ "number", "NUMBER", "from or to this number", false }, \
	{ "sid", "SID", "of this resource", false }, \
	{ "event", "ID", "this event alone", false }, \
	{ "filter", "JSON|@FILE", "that this filter lets through", false }, \
	{ "rate", "N/TIME", "not more often: 50/s, 600/m", false }

static const char *const outcomes[] = { "delivered", "dead", "expired",
    "cancelled", "never", "filtered", NULL };

const struct option options_replay_plan[] = {
	PLAN_OPTIONS, { NULL, NULL, NULL, false }
};

const struct option options_replay_run[] = {
	{ "yes", NULL, "without ID: make the plan by these options, and run "
	    "it", false },
	PLAN_OPTIONS, { NULL, NULL, NULL, false }
};

static void
add(struct out *o, const char *key, struct str text)
{
	if (text.p == NULL)
		return;
	out_cstr(o, o->n == 1 ? "" : ", ");
	out_json(o, str_from(key));
	out_cstr(o, ": ");
	out_json(o, text);
}

/* All values of an option, as a list. */
static void
add_list(struct cli *cli, struct out *o, const char *option)
{
	struct str	rest, one;
	const char	*word;
	size_t		 at = 0, n = 0;

	if (option_get(&cli->args, option) == NULL)
		return;
	out_cstr(o, o->n == 1 ? "" : ", ");
	out_json(o, str_from(option));
	out_cstr(o, ": [");
	while ((word = option_next(&cli->args, option, &at)) != NULL)
		for (rest = str_from(word); str_cut(&rest, ',', &one);) {
			out_cstr(o, n++ == 0 ? "" : ", ");
			out_json(o, str_trim(one));
		}
	out_char(o, ']');
}

static int
add_filter(struct cli *cli, struct out *o)
{
	const char	*word = option_get(&cli->args, "filter");
	struct str	 filter;

	if (word == NULL)
		return 0;
	filter = destination_text(cli, word, MAX_FILTER);
	if (filter.p == NULL)
		return EXIT_FAILURE;
	if (!json_valid(filter))
		return cli_usage(cli, "--filter is JSON, such as "
		    "{\"kind\": \"message.inbound\"}, or @FILE");
	out_cstr(o, o->n == 1 ? "\"filter\": " : ", \"filter\": ");
	out_bytes(o, filter);
	return 0;
}

/* --rate in deliveries a second; absent: none. */
static int
take_rate(struct cli *cli, struct str *rate)
{
	const struct policy_term	*t = policy_terms;
	struct str	 word = cli_option(cli, "rate"), value;
	char		 buf[256];
	struct out	 o = out_init(buf, sizeof(buf));
	uint64_t	 n = 0, ms = 1;

	*rate = (struct str){ NULL, 0 };
	if (word.p == NULL)
		return 0;
	while (strcmp(t->option, "rate") != 0)
		t++;
	if (word.n == 0 || !policy_read(t, word, &o))
		return cli_usage(cli, "--rate is %s, not %s", t->form,
		    word.p);
	value = str_from(cli_printf(cli, "{%.*s}", (int)o.n - 2, buf + 2));
	value = json_get(value, "rate");
	(void)str_to_uint(json_get(value, "n"), INT64_MAX, &n);
	(void)str_to_uint(json_get(value, "per_ms"), INT64_MAX, &ms);
	*rate = str_from(cli_printf(cli, "%.9g", (double)n * 1000 /
	    (double)ms));
	return 0;
}

/* The plan's JSON by the options. */
static int
take_plan(struct cli *cli, struct str params[2])
{
	struct out	o = out_init(cli_alloc(cli, PLAN_BYTES, 1),
			    PLAN_BYTES - 1);
	struct str	since, until;
	int		status = list_period(cli, &since, &until);

	if (status == 0 && (!word_option(cli, "outcome", outcomes, true) ||
	    !word_kinds(cli, "kind", true)))
		status = EXIT_USAGE;
	if (status == 0)
		status = take_rate(cli, &params[1]);
	if (status != 0)
		return status;
	out_char(&o, '{');
	add(&o, "destination", cli_option(cli, "destination"));
	add(&o, "to", cli_option(cli, "to"));
	add(&o, "since", since);
	add(&o, "until", until);
	add(&o, "number", cli_option(cli, "number"));
	add(&o, "sid", cli_option(cli, "sid"));
	add(&o, "event", cli_option(cli, "event"));
	add_list(cli, &o, "outcome");
	add_list(cli, &o, "kind");
	status = add_filter(cli, &o);
	out_char(&o, '}');
	params[0] = out_str(&o);
	if (status == 0 && o.n == 2)
		return cli_usage(cli, "it needs --destination NAME or --to "
		    "NAME, and which events");
	return status;
}

static const char *const plan_columns[] = { "id", "events", "deliveries",
    "oldest_at", "newest_at", "seconds", "without_body", NULL };

/* "3m", "2h 5m": as people say it. */
static const char *
duration(struct cli *cli, const char *seconds)
{
	long	s = strtol(seconds, NULL, 10);

	if (s < 120)
		return cli_printf(cli, "%ld s", s);
	if (s < 7200)
		return cli_printf(cli, "%ld min", (s + 59) / 60);
	return cli_printf(cli, "%ld h %ld min", s / 3600, s / 60 % 60);
}

static void
say_plan(struct cli *cli, const PGresult *res, bool run)
{
	const char	*rate = option_get(&cli->args, "rate");

	out_cstr(&cli->out, cli_printf(cli, "plan %s: %s events suit, %s "
	    "deliveries to %s\n", PQgetvalue(res, 0, 0),
	    PQgetvalue(res, 0, 1), PQgetvalue(res, 0, 2),
	    option_get(&cli->args, "to") != NULL ?
	    option_get(&cli->args, "to") :
	    option_get(&cli->args, "destination")));
	if (!PQgetisnull(res, 0, 3))
		out_cstr(&cli->out, cli_printf(cli, "from %s to %s\n",
		    PQgetvalue(res, 0, 3), PQgetvalue(res, 0, 4)));
	if (rate != NULL)
		out_cstr(&cli->out, cli_printf(cli, "in about %s, at %s\n",
		    duration(cli, PQgetvalue(res, 0, 5)), rate));
	if (strcmp(PQgetvalue(res, 0, 6), "0") != 0)
		out_cstr(&cli->out, cli_printf(cli, "%s of them have lost "
		    "their bodies (offhook house show)\n",
		    PQgetvalue(res, 0, 6)));
	if (!run)
		out_cstr(&cli->out, cli_printf(cli, "Nothing is sent yet: "
		    "offhook replay run %s\n", PQgetvalue(res, 0, 0)));
}

static int
run_id(struct cli *cli, struct str id)
{
	PGresult	*res = query_run(cli, QUERY_REPLAY_RUN, &id, 1);

	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	if (cli->json)
		out_cstr(&cli->out, cli_printf(cli, "{\"id\": %s, \"state\": "
		    "\"running\"}\n", id.p));
	else
		out_cstr(&cli->out, cli_printf(cli, "replay %s runs; see: "
		    "offhook replay status %s\n", id.p, id.p));
	return 0;
}

/* Make the plan; run it, too, if asked. */
static int
plan(struct cli *cli, bool run)
{
	struct str	 params[2], id;
	PGresult	*res;
	struct table	 t;
	int		 status = take_plan(cli, params);

	if (status != 0)
		return status;
	res = query_run(cli, QUERY_REPLAY_PLAN, params, 2);
	if (res == NULL)
		return EXIT_FAILURE;
	id = arena_copy(&cli->arena, query_field(res, 0, 0));
	if (cli->json && !run) {
		table_init(&t, &cli->arena, plan_columns);
		query_add_row(&t, res, 0);
		table_write_record(&cli->out, &t, true);
	} else if (!cli->json)
		say_plan(cli, res, run);
	PQclear(res);
	return run ? run_id(cli, id) : 0;
}

/* 0, or EXIT_USAGE: the operand is no number. */
static int
take_id(struct cli *cli, struct str *id)
{
	uint64_t	n;

	*id = cli->args.noperands == 0 ? (struct str){ NULL, 0 } :
	    str_from(cli->args.operand[0]);
	if (id->p == NULL || str_to_uint(*id, INT64_MAX, &n))
		return 0;
	return cli_usage(cli, "%s is no replay: its number is what replay "
	    "plan and replay status print", id->p);
}

int
cmd_replay_plan(struct cli *cli)
{
	return plan(cli, false);
}

int
cmd_replay_run(struct cli *cli)
{
	struct str	id;
	bool		yes = option_get(&cli->args, "yes") != NULL;
	int		status = take_id(cli, &id);

	if (status != 0)
		return status;
	if ((id.p != NULL) == yes)
		return cli_usage(cli, "it needs the ID of a plan (offhook "
		    "replay plan), or --yes and the options of one");
	if (id.p != NULL && cli->args.ngiven > (size_t)cli->json +
	    (cli->config_path != NULL))
		return cli_usage(cli, "plan %s is made: it takes no options",
		    id.p);
	return id.p != NULL ? run_id(cli, id) : plan(cli, true);
}

int
cmd_replay_status(struct cli *cli)
{
	static const char *const columns[] = { "id", "state", "destination",
	    "deliveries", "made", "pending", "delivered", "dead", "expired",
	    "cancelled", "seconds_left", "started_at", "finished_at",
	    "created_by", "plan", NULL };
	struct str	 id;
	PGresult	*res;
	struct table	 t;

	if (take_id(cli, &id) != 0)
		return EXIT_USAGE;
	res = id.p != NULL ? query_replay(cli, id) :
	    query_run(cli, QUERY_REPLAY_STATUS, &id, 1);
	if (res == NULL)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, columns);
	query_add_rows(&t, res);
	if (id.p != NULL && !cli->csv)
		table_write_record(&cli->out, &t, cli->json);
	else
		cli_table(cli, &t, "There is no replay.");
	PQclear(res);
	return 0;
}

int
cmd_replay_cancel(struct cli *cli)
{
	struct str	 id;
	PGresult	*res;
	int		 status = take_id(cli, &id);

	if (status != 0)
		return status;
	res = query_run(cli, QUERY_REPLAY_CANCEL, &id, 1);
	if (res == NULL)
		return EXIT_FAILURE;
	PQclear(res);
	if (cli->json)
		out_cstr(&cli->out, cli_printf(cli, "{\"id\": %s, \"state\": "
		    "\"cancelled\"}\n", id.p));
	else
		out_cstr(&cli->out, "cancelled: what it has not sent yet is "
		    "not sent\n");
	return 0;
}
