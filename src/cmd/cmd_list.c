/*
 * offhook message|call|event|delivery list: the options, and a page. See
 * list.h.
 */
#include "../core/date.h"
#include "../core/sid.h"
#include "../edge/clock.h"
#include "list.h"
#include "query.h"
#include "word.h"

#define DEFAULT_LIMIT 50
#define FOLLOW_LIMIT 10		/* rows of the past that --follow begins with */
#define MAX_LIMIT 10000
#define LIST_LOOK_BACK_MS ((int64_t)LIST_LOOK_BACK * 86400 * 1000)
#define STAMP_US 27		/* "2026-01-31T23:59:59.123456Z" */

#define COMMON_OPTIONS \
	{ "account", "AC...", "of this account", false }, \
	{ "since", "TIME|DURATION", "not older: 15m, 24h, 7d, an RFC 3339 " \
	    "time or a date", false }, \
	{ "until", "TIME|DURATION", "only older", false }, \
	{ "limit", "N", "at most so many (50; with --follow 10)", false }, \
	{ "after", "CURSOR", "the next page: what stood behind next:", \
	    false }, \
	{ "follow", NULL, "go on with what comes from now on, until Ctrl-C", \
	    false }, \
	{ "explain", NULL, "run it and print Postgres's plan instead", \
	    false }, \
	OPTION_CSV, { NULL, NULL, NULL, false }
#define RESOURCE_OPTIONS \
	{ "from", "NUMBER", "from this number", false }, \
	{ "to", "NUMBER", "to this number", false }, \
	{ "with", "NUMBER", "from or to this number; twice: between two", \
	    true }, \
	{ "status", "WORD", "that has this status now", false }, \
	{ "error", "CODE", "with this ErrorCode", false }, \
	{ "undecided", "MINUTES", "not ended so long after it began", false }

const struct option options_message_list[] = {
	RESOURCE_OPTIONS, COMMON_OPTIONS
};

const struct option options_call_list[] = {
	RESOURCE_OPTIONS,
	{ "parent", "CA...", "that this call made", false },
	COMMON_OPTIONS
};

const struct option options_event_list[] = {
	{ "kind", "KIND", "of this kind; conversation.* is each that begins "
	    "so", false },
	{ "sid", "SID", "of this resource", false },
	{ "verdict", "WORD", "applied, stale, unknown, recorded or replay",
	    false },
	COMMON_OPTIONS
};

const struct option options_delivery_list[] = {
	{ "undelivered", NULL, "pending, dead and expired ones", false },
	{ "state", "WORD", "pending (of these: sending, waiting), delivered, "
	    "dead, expired or cancelled", false },
	{ "destination", "NAME", "to this destination", false },
	{ "kind", "KIND", "of events of this kind; 'call.*' is each that "
	    "begins so", false },
	{ "number", "NUMBER", "of events from or to this number", false },
	{ "sid", "SID", "of events of this resource", false },
	{ "event", "ID", "of this event", false },
	{ "replay", "N", "made by this replay", false },
	{ "since", "TIME|DURATION", "routed not before: 15m, 24h, 7d, an RFC "
	    "3339 time or a date", false },
	{ "until", "TIME|DURATION", "routed before", false },
	{ "limit", "N", "at most so many (50)", false },
	{ "after", "CURSOR", "the next page: what stood behind next:",
	    false },
	{ "explain", NULL, "run it and print Postgres's plan instead",
	    false },
	OPTION_CSV, { NULL, NULL, NULL, false }
};

int
list_time(struct cli *cli, const char *name, struct str *out)
{
	struct str	s = cli_option(cli, name), day[2];
	char		time[25];
	int64_t		ms;

	*out = (struct str){ NULL, 0 };
	if (s.p == NULL)
		return 0;
	day[0] = s;
	day[1] = STR("T00:00:00Z");
	if (cli_time(s, INT64_MAX, &ms))
		ms = clock_now_ms() - ms;
	else if (!date_parse(s, &ms) &&
	    !date_parse(arena_join(&cli->arena, day, 2), &ms))
		return cli_usage(cli, "--%s is a duration (15m, 24h, 7d), a "
		    "date (2026-01-31) or a time (2026-01-31T23:59:59Z), not "
		    "%s", name, s.p);
	clock_format(ms, time);
	*out = arena_copy(&cli->arena, str_from(time));
	return 0;
}

int
list_period(struct cli *cli, struct str *since, struct str *until)
{
	int	status = list_time(cli, "since", since);

	if (status == 0)
		status = list_time(cli, "until", until);
	if (status == 0 && since->p != NULL && until->p != NULL &&
	    str_cmp(*since, *until) >= 0)
		return cli_usage(cli, "--until is not later than --since: "
		    "nothing is between them");
	return status;
}

/* --after: a time with microseconds, '/' and an id; or the id alone. */
static int
take_cursor(struct list_run *r)
{
	struct str	s = cli_option(r->cli, "after");
	bool		good = true;
	int64_t		ms;

	if (s.p == NULL)
		return 0;
	r->after_id = s;
	if (!list_by_id(r)) {
		good = s.n >= STAMP_US + 2 && s.p[STAMP_US] == '/' &&
		    date_parse(str_sub(s, 0, STAMP_US), &ms);
		r->after_time = str_sub(s, 0, STAMP_US);
		r->after_id = str_sub(s, STAMP_US + 1, s.n);
	}
	return good && list_is_id(r, r->after_id) ? 0 :
	    cli_usage(r->cli, "--after is what a list printed as next: or "
	    "cursor, not %s", s.p);
}

/* The options that are words and ids; a status after a message. */
static int
take_words(const struct cli *cli)
{
	struct str	account = cli_option(cli, "account");
	struct str	event = cli_option(cli, "event");

	if (!word_kinds(cli, "kind", false) ||
	    !word_option(cli, "verdict", word_verdicts, false) ||
	    !word_option(cli, "state", word_states, false))
		return EXIT_USAGE;
	if (option_get(&cli->args, "undelivered") != NULL &&
	    option_get(&cli->args, "state") != NULL)
		return cli_usage(cli, "--undelivered and --state do not go "
		    "together");
	if (account.p != NULL && !sid_valid(account, "AC"))
		return cli_usage(cli, "--account is AC and 32 hexadecimal "
		    "digits, not %s", account.p);
	if (event.p != NULL && !query_is_event(event))
		return cli_usage(cli, "%s is not an event's id; see: offhook "
		    "event list", event.p);
	return 0;
}

/* The options that are numbers; false after a message. */
static bool
take_numbers(struct list_run *r)
{
	struct cli	*cli = r->cli;
	uint64_t	 n;

	r->limit = option_get(&cli->args, "follow") != NULL ? FOLLOW_LIMIT :
	    DEFAULT_LIMIT;
	return cli_count(cli, "limit", MAX_LIMIT, &r->limit) &&
	    cli_number(cli, "error", INT32_MAX, &n) &&
	    cli_number(cli, "replay", INT64_MAX, &n) &&
	    cli_number(cli, "undecided", 1000000, &n);
}

/* How far to look back where nothing else would limit what is read. */
static void
limit_period(struct list_run *r)
{
	char	time[25];

	if (!list_is_slow(r) || r->since.p != NULL)
		return;
	clock_format(clock_now_ms() - LIST_LOOK_BACK_MS, time);
	r->since = arena_copy(&r->cli->arena, str_from(time));
	cli_note("Looking back %d days; --since says how far.",
	    LIST_LOOK_BACK);
}

static int
take_options(struct list_run *r)
{
	static const char *const past[] = { "until", "after", "undecided",
	    "explain" };
	struct cli	*cli = r->cli;
	size_t		 i, n = 0;
	int		 status;

	if (option_get(&cli->args, "follow") != NULL)
		for (i = 0; i < sizeof(past) / sizeof(past[0]); i++)
			if (option_get(&cli->args, past[i]) != NULL)
				return cli_usage(cli, "--follow and --%s do "
				    "not go together", past[i]);
	if (!take_numbers(r))
		return EXIT_USAGE;
	for (i = 0; option_next(&cli->args, "with", &i) != NULL; n++)
		if (n == 2)
			return cli_usage(cli, "--with is given twice at most");
	status = list_period(cli, &r->since, &r->until);
	if (status == 0)
		status = take_words(cli);
	if (status == 0)
		status = take_cursor(r);
	if (status == 0)
		limit_period(r);
	return status;
}

/* The table shows the cursor below it, not in each row. */
static void
take_columns(struct list_run *r)
{
	list_columns(r);
	if (cli_is_text(r->cli))
		r->column[--r->ncolumns] = NULL;
}

enum table_form
list_form(const struct cli *cli)
{
	return cli->json ? TABLE_JSON : cli->csv ? TABLE_CSV : TABLE_TEXT;
}

static void
show_plan(struct cli *cli, const PGresult *res)
{
	int	i;

	for (i = 0; i < PQntuples(res); i++) {
		out_bytes(&cli->out, query_field(res, i, 0));
		out_char(&cli->out, '\n');
	}
}

static void
show_page(struct list_run *r, const PGresult *res)
{
	struct cli	*cli = r->cli;
	struct table	 t;
	int		 i, rows = PQntuples(res);
	bool		 more = (uint64_t)rows > r->limit;

	if (more)
		rows = (int)r->limit;
	table_init(&t, &cli->arena, r->column);
	for (i = 0; i < rows; i++)
		list_add_row(&t, r, res, i);
	if (cli->json)
		table_write(&cli->out, &t, true);
	else
		table_write_more(&cli->out, &t, list_form(cli), r->width);
	if (!cli_is_text(cli))
		return;
	if (rows == 0)
		cli_note("Nothing was found.");
	else if (more)
		out_cstr(&cli->out, cli_printf(cli, "\nnext: %s\n",
		    PQgetvalue(res, rows - 1, PQnfields(res) - 1)));
}

/* A status that offhook does not know: one of messages, say. */
static int
no_status(struct cli *cli, struct str word)
{
	struct str	  noun = str_from(cli->command->noun);
	PGresult	 *res = query_run(cli, QUERY_STATUS_NAMES, &noun, 1);
	const char	**names;
	int		  i, n;
	bool		  good;

	if (res == NULL)
		return EXIT_FAILURE;
	n = PQntuples(res);
	names = cli_alloc(cli, (size_t)n + 1, sizeof(*names));
	for (i = 0; i < n; i++)
		names[i] = PQgetvalue(res, i, 0);
	good = word_is(cli, "--status", word, names);
	PQclear(res);
	return good ? 0 : EXIT_USAGE;
}

/* Nothing was found: because what was named is not there? */
static int
why_none(struct cli *cli)
{
	struct str	 name = cli_option(cli, "destination");
	struct str	 event = cli_option(cli, "event");
	struct str	 replay = cli_option(cli, "replay");
	struct str	 status = cli_option(cli, "status");
	PGresult	*res = NULL;
	bool		 good = true;

	if (name.p != NULL)
		good = query_destination(cli, name);
	if (good && (event.p != NULL || replay.p != NULL)) {
		res = event.p != NULL ? query_event(cli, event) :
		    query_replay(cli, replay);
		good = res != NULL;
		PQclear(res);
	}
	if (good && status.p != NULL)
		return no_status(cli, status);
	return good ? 0 : EXIT_FAILURE;
}

static int
print_page(struct list_run *r)
{
	PGresult	*res = list_page(r);
	int		 status;

	if (res == NULL)
		return EXIT_FAILURE;
	status = PQntuples(res) == 0 ? why_none(r->cli) : 0;
	if (status != 0) {
		PQclear(res);
		return status;
	}
	if (option_get(&r->cli->args, "explain") != NULL)
		show_plan(r->cli, res);
	else
		show_page(r, res);
	PQclear(res);
	return 0;
}

static int
run(struct cli *cli, const struct list *l)
{
	struct list_run	r = { .cli = cli, .list = l };
	int		status = take_options(&r);

	if (status != 0)
		return status;
	take_columns(&r);
	if (option_get(&cli->args, "follow") != NULL)
		return list_follow(&r);
	return print_page(&r);
}

int
cmd_message_list(struct cli *cli)
{
	return run(cli, &list_messages);
}

int
cmd_call_list(struct cli *cli)
{
	return run(cli, &list_calls);
}

int
cmd_event_list(struct cli *cli)
{
	return run(cli, &list_events);
}

int
cmd_delivery_list(struct cli *cli)
{
	return run(cli, &list_deliveries);
}
