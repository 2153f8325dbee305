/* offhook simulate: whole lives of messages and calls, sent and judged. */
#include <string.h>

#include "../edge/clock.h"
#include "sending.h"
#include "simulate.h"

#define MAX_PARALLEL 256
#define USUAL_MESSAGES 1000
#define USUAL_PARALLEL 8	/* of a storm */

const struct option options_simulate[] = {
	{ "messages", "N", "messages of the storm (1000; 100 with all)",
	    false },
	{ "shuffle", NULL, "send the storm in no order", false },
	{ "duplicates", "PERCENT", "send so many of it twice (0; 5 with all)",
	    false },
	{ "drop", "PERCENT", "leave out so many (0)", false },
	{ "rate", "N", "requests a second (as fast as it can)", false },
	{ "parallel", "N", "so many at once in the storm (8)", false },
	{ "pace", "real|fast", "with the times that Twilio takes (fast)",
	    false },
	{ "seed", "N", "repeat a run: the same SIDs, tokens and order",
	    false },
	{ "no-database", NULL, "check the replies alone", false },
	{ "from", "NUMBER", "who sends or calls", false },
	{ "to", "NUMBER", "who is texted or called", false },
	{ "account", "SID", "AccountSid (TWILIO_ACCOUNT_SID)", false },
	{ "auth-token", "TOKEN", "sign with this one; no settings are read",
	    false },
	{ "header", "'NAME: VALUE'", "add a header; repeatable", true },
	{ "get", NULL, "send GETs, with the parameters in the URL", false },
	{ "connect", "HOST:PORT", "sign URL, but send it there; with "
	    "http:// before it, in clear", false },
	{ NULL, NULL, NULL, false }
};

struct simulation {
	struct cli	*cli;
	struct plan	 plan;
	struct storm	 storm;
	struct sending	 sending;
	struct table	 checks;
	struct table	 figures;
	uint64_t	 seed;
	uint64_t	 parallel;
	bool		 real;		/* pace */
	bool		 timed;		/* this scenario's steps are */
	bool		 rows;		/* are looked at */
	bool		 good;		/* all checks so far */
};

/* "5%", "5" or "0.5%" as a part of one; false after a message. */
static bool
percent(struct cli *cli, const char *name, double *out)
{
	const char	*s = option_get(&cli->args, name);
	char		*end;
	double		 v;

	if (s == NULL)
		return true;
	v = strtod(s, &end);
	if (end == s || (*end != '\0' && strcmp(end, "%") != 0) ||
	    !(v >= 0 && v <= 100)) {
		(void)cli_usage(cli, "--%s is a percentage from 0 to 100, "
		    "not %s", name, s);
		return false;
	}
	*out = v / 100;
	return true;
}

static bool
take_pace(struct simulation *sim)
{
	struct str	pace = cli_option(sim->cli, "pace");

	sim->real = str_eq(pace, STR("real"));
	if (pace.p == NULL || sim->real || str_eq(pace, STR("fast")))
		return true;
	(void)cli_usage(sim->cli, "--pace is real or fast, not %s", pace.p);
	return false;
}

/* False after a message. */
static bool
take_options(struct simulation *sim, bool all)
{
	struct cli	*cli = sim->cli;
	unsigned char	 random[8] = { 0 };
	size_t		 i;

	sim->storm = (struct storm){ .messages = all ? 100 : USUAL_MESSAGES,
	    .duplicates = all ? 0.05 : 0,
	    .shuffle = all || option_get(&cli->args, "shuffle") != NULL };
	sim->parallel = USUAL_PARALLEL;
	(void)clock_random(random, sizeof(random));
	for (i = 0; i < 4; i++)	/* short enough to be typed again */
		sim->seed = sim->seed << 8 | random[i];
	return sending_headers(cli) &&
	    cli_count(cli, "messages", SIMULATE_MAX_MESSAGES,
	    &sim->storm.messages) &&
	    cli_number(cli, "rate", 100000, &sim->storm.rate) &&
	    cli_count(cli, "parallel", MAX_PARALLEL, &sim->parallel) &&
	    cli_number(cli, "seed", INT64_MAX, &sim->seed) &&
	    percent(cli, "duplicates", &sim->storm.duplicates) &&
	    percent(cli, "drop", &sim->storm.drop) && take_pace(sim);
}

/* Whose token, and whether there is a database to look at. */
static bool
take_settings(struct simulation *sim)
{
	struct cli	*cli = sim->cli;

	if (!key_choose(cli, NULL, false, &sim->sending.key))
		return false;
	sim->rows = cli->config_read &&
	    option_get(&cli->args, "no-database") == NULL;
	if (!sim->rows)
		cli_note("The replies alone are checked, not the database.");
	return true;
}

/* Request i of the plan, for shoot_list; in a process of its own. */
static bool
make_step(void *data, size_t i, struct http_request *r, struct str *user,
    int64_t *due_ms)
{
	struct simulation	*sim = data;
	struct plan		*p = &sim->plan;
	const struct step	*step = &p->step[i];
	struct sending		*s = &sim->sending;
	struct str		 token = s->key.token[0];
	const struct life	*life = &p->life[step->life];
	char			 sid[40], id[40];
	bool			 good;

	plan_sid(p, step, sid);
	plan_token(p, step, id);
	s->sample = step->sample;
	s->v.sid = sid;
	s->v.other = life->other[0] == '\0' ? NULL : life->other;
	s->v.status = step->status;
	s->v.error = step->error;
	s->v.seq = step->seq;
	s->v.time_ms = p->time_ms;
	s->token_header = id;
	if (step->want == WANT_FORBIDDEN)
		s->key.token[0] = STR("a token of somebody else");
	good = sending_make(s);
	s->key.token[0] = token;
	*r = s->request;
	*user = s->user;
	*due_ms = sim->timed ? step->due_ms : 0;
	return good;
}

static int
compare_time(const void *va, const void *vb)
{
	const int64_t	*a = va, *b = vb;

	return *a < *b ? -1 : *a > *b;
}

/* How long the replies took; those of this scenario. */
static void
add_figures(struct simulation *sim, const char *name,
    const struct shot *shots, int64_t took_ms)
{
	size_t	 n = sim->plan.nsteps, i, good = 0;
	int64_t	*us = cli_alloc(sim->cli, n + 1, sizeof(*us));

	for (i = 0; i < n; i++) {
		us[i] = shots[i].elapsed_us;
		good += shots[i].status >= 200 && shots[i].status < 300;
	}
	qsort(us, n, sizeof(*us), compare_time);
	table_cstr(&sim->figures, name);
	table_int(&sim->figures, (int64_t)n);
	table_int(&sim->figures, (int64_t)good);
	table_int(&sim->figures, n == 0 ? 0 : us[n / 2] / 1000);
	table_int(&sim->figures, n == 0 ? 0 : us[n * 99 / 100] / 1000);
	table_int(&sim->figures, n == 0 ? 0 : us[n - 1] / 1000);
	table_int(&sim->figures, (int64_t)n * 1000 /
	    (took_ms > 0 ? took_ms : 1));
}

/* False when there is no such scenario. */
static bool
play(struct simulation *sim, const char *name)
{
	struct shot_list	 list = { .data = sim, .make = make_step };
	struct shot		*shots;
	int64_t			 began_ms;
	bool			 storm = strcmp(name, "storm") == 0;

	if (!plan_make(&sim->plan, name, &sim->storm))
		return false;
	list.n = sim->plan.nsteps;
	if (list.n == 0) {
		cli_error("%s: nothing was sent, so nothing was seen", name);
		sim->good = false;
	}
	/* A life has an order; only a storm has none. */
	list.parallel = storm ? (size_t)sim->parallel : 1;
	sim->timed = sim->real || (storm && sim->storm.rate > 0);
	shots = cli_alloc(sim->cli, list.n + 1, sizeof(*shots));
	began_ms = clock_monotonic_ms();
	shoot_list(sim->cli, &list, shots);
	add_figures(sim, name, shots, clock_monotonic_ms() - began_ms);
	if (!check_replies(&sim->checks, name, &sim->plan, shots))
		sim->good = false;
	if (sim->rows && !check_rows(&sim->checks, name, &sim->plan))
		sim->good = false;
	return true;
}

static void
print_verdict(struct simulation *sim)
{
	struct out	*o = &sim->cli->out;

	if (sim->cli->json) {
		out_cstr(o, sim->good ? "{\"ok\": true" : "{\"ok\": false");
		out_cstr(o, ", \"seed\": ");
		out_int(o, (int64_t)sim->seed);
		out_cstr(o, sim->rows ? ", \"database\": true" :
		    ", \"database\": false");
		out_cstr(o, ", \"checks\": ");
		table_write(o, &sim->checks, true);
		out_cstr(o, ", \"figures\": ");
		table_write(o, &sim->figures, true);
		out_cstr(o, "}\n");
		return;
	}
	table_write(o, &sim->checks, false);
	out_char(o, '\n');
	table_write(o, &sim->figures, false);
	out_cstr(o, sim->good ? "\nAll is as it must be (--seed " :
	    "\nNot all is as it must be (--seed ");
	out_int(o, (int64_t)sim->seed);
	out_cstr(o, " repeats it).\n");
}

static void
prepare(struct simulation *sim)
{
	static const char *const checks[] = { "scenario", "check", "wanted",
	    "seen", "ok", NULL };
	static const char *const figures[] = { "scenario", "sent",
	    "answered_2xx", "ms_median", "ms_p99", "ms_max", "per_second",
	    NULL };
	struct cli	*cli = sim->cli;
	struct sending	*s = &sim->sending;

	table_init(&sim->checks, &cli->arena, checks);
	table_init(&sim->figures, &cli->arena, figures);
	s->cli = cli;
	s->url = cli->args.operand[1];
	s->v.account = s->key.account.n > 0 ? arena_cstr(&cli->arena,
	    s->key.account) : SENDING_TEST_ACCOUNT;
	s->v.from = option_get(&cli->args, "from");
	s->v.to = option_get(&cli->args, "to");
	sim->plan.cli = cli;
	sim->plan.random = sim->seed;
	sim->plan.time_ms = clock_now_ms();
	sim->good = true;
}

int
cmd_simulate(struct cli *cli)
{
	struct simulation	*sim = cli_alloc(cli, 1, sizeof(*sim));
	const char		*wanted = cli->args.operand[0];
	bool			 all = strcmp(wanted, "all") == 0;
	size_t			 i;

	sim->cli = cli;
	if (!take_options(sim, all))
		return EXIT_USAGE;
	for (i = 0; !all && plan_scenario(i) != NULL; i++)
		if (strcmp(plan_scenario(i), wanted) == 0)
			break;
	if (!all && plan_scenario(i) == NULL)
		return cli_usage(cli, "there is no scenario %s", wanted);
	if (!take_settings(sim))
		return EXIT_FAILURE;
	prepare(sim);
	if (!all)
		(void)play(sim, wanted);
	for (i = 0; all && plan_scenario(i) != NULL; i++)
		(void)play(sim, plan_scenario(i));
	print_verdict(sim);
	return sim->good ? 0 : EXIT_FAILURE;
}
