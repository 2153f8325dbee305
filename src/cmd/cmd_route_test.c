/* offhook route test: which route a request takes, why, and its reply. */
#include <string.h>

#include "../app/reply.h"
#include "../core/json.h"
#include "../edge/clock.h"
#include "../edge/store.h"
#include "query.h"
#include "route_files.h"
#include "route_request.h"

#define WHY_BYTES 1024

const struct option options_route_test[] = {
	{ "event", "ID", "a stored event in place of KIND", false },
	{ "request", "FILE", "a captured request: its request line, headers, "
	    "a blank line, the body", false },
	{ "files", "PATH", "the routes of this folder or file, not those set; "
	    "needs no database; repeatable", true },
	{ "variant", "NAME", "which sample of KIND (its first one)", false },
	{ "from", "NUMBER", "who sends or calls (+15550101001)", false },
	{ "to", "NUMBER", "who is texted or called (+15550101002)", false },
	{ "body", "TEXT", "of a message", false },
	{ "digits", "KEYS", "of a gather (1)", false },
	{ "sid", "SID", "of the message or the call", false },
	{ "account", "SID", "AccountSid (TWILIO_ACCOUNT_SID)", false },
	{ "param", "NAME=VALUE", "set or add a parameter; NAME alone drops "
	    "it; repeatable", true },
	{ "path", "PATH", "of the URL, below the mount (/)", false },
	{ "at", "TIME", "when it comes (now; of an event: when it came)",
	    false },
	{ "session", "NAME=VALUE", "a session variable, in place of those "
	    "that are stored; repeatable", true },
	{ "known", NULL, "its sender is known", false },
	{ "opted-out", NULL, "its sender has opted out", false },
	{ "ask", NULL, "call the SQL function of the route", false },
	{ NULL, NULL, NULL, false }
};

/* A route that was looked at and not taken. */
struct passed {
	struct passed	*next;
	struct str	 name;
	struct str	 why;
};

struct test {
	struct cli		*cli;
	struct asked		 asked;
	struct routes		 routes;
	struct passed		*first, **last;
	const struct route	*route;		/* NULL: none */
	bool			 bad;		/* not sent as it stands */
	struct answer		 answer;
	struct str		 session;	/* what is done to it; JSON */
	const char		*note;		/* why there is no reply, or not
						   this one; or NULL */
	struct lint		 lint;
};

static void
pass(void *data, const struct route *route, struct str why)
{
	struct test	*t = data;
	struct passed	*p = cli_alloc(t->cli, 1, sizeof(*p));

	p->name = route->name;
	p->why = arena_copy(&t->cli->arena, why);
	*t->last = p;
	t->last = &p->next;
}

static bool
read_files(struct test *t)
{
	const char	*paths[ARGS_MAX_OPTIONS], *path;
	size_t		 n = 0, at = 0;

	while ((path = option_next(&t->cli->args, "files", &at)) != NULL)
		paths[n++] = path;
	return route_files_read(t->cli, paths, n, &t->routes);
}

static bool
read_stored(struct test *t)
{
	struct cli	*cli = t->cli;
	PGresult	*res = query_run(cli, QUERY_ROUTES, NULL, 0);
	struct str	 specs;
	bool		 good;

	if (res == NULL)
		return false;
	specs = arena_copy(&cli->arena, query_field(res, 0, 1));
	PQclear(res);
	good = routes_load(&cli->arena, specs, &t->routes);
	if (!good)
		cli_error("the routes cannot be read: %s", cli->arena.full ?
		    "the memory is used up" : "they are no JSON array");
	return good;
}

/* What must not go out, and what goes out in its place. */
static void
fall_back(struct test *t, const char *why)
{
	t->bad = true;
	t->note = why;
	t->answer = reply_fallback(&t->cli->arena, &t->asked.subject,
	    t->route);
}

/* A function's TwiML, or its {"twiml": ..., "session": ...}. */
static void
judge(struct test *t, struct str text)
{
	struct cli	*cli = t->cli;
	struct str	 session = { NULL, 0 };
	struct out	 why = out_init(cli_alloc(cli, WHY_BYTES, 1),
			    WHY_BYTES - 1);

	reply_split(&cli->arena, &t->asked.subject, &text, &session);
	if (!reply_judge(&cli->arena, &t->asked.subject, t->route,
	    (struct str){ NULL, 0 }, text, &t->answer, &why))
		fall_back(t, cli_printf(cli, "what the function returned is "
		    "not sent: %s", why.p));
	else
		t->session = reply_session(&cli->arena, &t->asked.subject,
		    t->route, session);
}

static void
ask_function(struct test *t)
{
	struct cli	*cli = t->cli;
	struct str	 text = { NULL, 0 }, event;
	unsigned char	 id[16] = { 0 };
	char		 digits[37], error[256];
	enum db_result	 r;

	(void)clock_uuid(clock_now_ms(), id);
	clock_uuid_format(id, digits);
	event = reply_event_json(&cli->arena, &t->asked.subject, t->route,
	    digits);
	r = store_reply_sql(&cli->db, &cli->arena, t->route->name, event,
	    route_budget_ms(t->route, t->asked.event.kind), &text, error);
	if (r == DB_OK)
		judge(t, text);
	else
		fall_back(t, cli_printf(cli, "%.*s: %s", (int)
		    t->route->reply.n, t->route->reply.p, error));
}

/* The reply of a route that has its reply from elsewhere. */
static void
ask(struct test *t)
{
	bool	app = t->route->source == ROUTE_APP;

	if (!app && option_get(&t->cli->args, "ask") != NULL) {
		ask_function(t);
		return;
	}
	t->answer = reply_fallback(&t->cli->arena, &t->asked.subject,
	    t->route);
	t->note = app ? "the application is asked by a real request alone "
	    "(offhook send); this is the fallback" :
	    "the function is called with --ask; this is the fallback";
}

static void
make_reply(struct test *t)
{
	struct cli	*cli = t->cli;
	struct subject	*s = &t->asked.subject;
	struct out	 why = out_init(cli_alloc(cli, WHY_BYTES, 1),
			    WHY_BYTES - 1);

	if (t->route == NULL)
		t->answer = reply_default(&cli->arena, s);
	else if (t->route->broken.p != NULL)
		fall_back(t, cli_printf(cli, "the route is broken: %s",
		    t->route->broken.p));
	else if (!route_check(&cli->arena, t->route, &why))
		fall_back(t, cli_printf(cli, "the route is broken: %s",
		    why.p));
	else if (t->route->source == ROUTE_APP || t->route->source ==
	    ROUTE_SQL)
		ask(t);
	else if (!reply_make(&cli->arena, s, t->route, NULL, false,
	    &t->answer, &why))
		fall_back(t, cli_printf(cli, "the reply cannot be made: %s",
		    why.p));
	else
		t->session = reply_session(&cli->arena, s, t->route,
		    (struct str){ NULL, 0 });
}

static void
check_reply(struct test *t)
{
	enum event_kind	kind = t->asked.event.kind;

	if (t->answer.http == 200 && !event_is_pre_action(kind))
		lint_twiml(&t->cli->arena, t->answer.body,
		    route_kind_document(kind), 0, &t->lint);
}

/* What was tested, as members of an object. */
static void
json_request(struct test *t)
{
	struct out	*o = &t->cli->out;
	struct asked	*q = &t->asked;
	char		 at[25];

	clock_format(q->subject.now_ms, at);
	out_cstr(o, "{\"kind\": ");
	out_json(o, q->event.name);
	cli_json_pair(o, "sid", q->event.sid);
	cli_json_pair(o, "account", q->subject.account);
	cli_json_pair(o, "from", q->event.from);
	cli_json_pair(o, "to", q->event.route_to);
	cli_json_pair(o, "path", q->subject.rest);
	cli_json_pair(o, "at", str_from(at));
}

static void
json_passed(struct test *t)
{
	struct out	*o = &t->cli->out;
	struct passed	*p;

	out_cstr(o, ", \"passed\": [");
	for (p = t->first; p != NULL; p = p->next) {
		out_cstr(o, p == t->first ? "{\"name\": " : ", {\"name\": ");
		out_json(o, p->name);
		cli_json_pair(o, "why", p->why);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
json_findings(struct test *t)
{
	struct out			*o = &t->cli->out;
	const struct lint_finding	*f = t->lint.at;
	size_t				 i;

	out_cstr(o, ", \"findings\": [");
	for (i = 0; i < t->lint.n; i++, f++) {
		out_cstr(o, cli_printf(t->cli, "%s{\"line\": %zu, "
		    "\"column\": %zu, \"code\": %d", i == 0 ? "" : ", ",
		    f->line, f->column, f->code));
		cli_json_pair(o, "level", str_from(lint_level_name(
		    f->level)));
		cli_json_pair(o, "message", f->message);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
write_json(struct test *t)
{
	struct out	*o = &t->cli->out;
	struct str	 none = { NULL, 0 };

	json_request(t);
	json_passed(t);
	cli_json_pair(o, "route", t->route == NULL ? none : t->route->name);
	cli_json_pair(o, "source", t->route == NULL ? none :
	    str_from(route_source_name(t->route->source)));
	cli_json_pair(o, "note", str_from(t->note));
	out_cstr(o, cli_printf(t->cli, ", \"http\": %d", t->answer.http));
	cli_json_pair(o, "type", str_from(t->answer.type));
	cli_json_pair(o, "reply", t->answer.body);
	out_cstr(o, ", \"session\": ");
	out_bytes(o, t->session.p == NULL ? STR("null") : t->session);
	json_findings(t);
	out_cstr(o, "}\n");
}

/* "WORD   text" */
static void
line(struct out *o, const char *word, struct str text)
{
	out_cstr(o, word);
	out_printable(o, text);
	out_char(o, '\n');
}

static void
write_lines(struct out *o, struct str text)
{
	struct str	one;

	while (text.n > 0 && str_cut(&text, '\n', &one))
		line(o, "  ", one);
}

static void
write_request(struct test *t)
{
	struct asked	*q = &t->asked;
	struct out	*o = &t->cli->out;
	char		 at[25];

	clock_format(q->subject.now_ms, at);
	line(o, "request  ", q->event.name);
	if (q->event.sid.p != NULL)
		line(o, "sid      ", q->event.sid);
	if (q->event.from.p != NULL)
		line(o, "from     ", q->event.from);
	if (q->event.route_to.p != NULL)
		line(o, "to       ", q->event.route_to);
	line(o, "path     ", q->subject.rest);
	line(o, "at       ", str_from(at));
}

/* Why not the others; those for other kinds are only counted. */
static void
write_passed(struct test *t)
{
	struct out	*o = &t->cli->out;
	struct passed	*p;
	size_t		 n = 0;

	for (p = t->first; p != NULL; p = p->next) {
		if (str_starts(p->why, STR("kind:"))) {
			n++;
			continue;
		}
		out_cstr(o, "not      ");
		out_printable(o, p->name);
		line(o, ": ", p->why);
	}
	if (n > 0)
		out_cstr(o, cli_printf(t->cli, "not      %zu for other "
		    "kinds\n", n));
}

static void
write_route(struct test *t)
{
	struct out	*o = &t->cli->out;

	write_passed(t);
	out_cstr(o, "route    ");
	if (t->route == NULL) {
		out_cstr(o, "none: this is what its kind is answered "
		    "without\n");
		return;
	}
	out_printable(o, t->route->name);
	out_cstr(o, " (");
	out_cstr(o, route_source_name(t->route->source));
	if (t->route->source >= ROUTE_SQL) {
		out_char(o, ' ');
		out_printable(o, t->route->reply);
	}
	out_cstr(o, ")\n");
}

static void
write_reply(struct test *t)
{
	const struct lint_finding	*f = t->lint.at;
	struct out			*o = &t->cli->out;
	size_t				 i;

	if (t->note != NULL)
		line(o, "note     ", str_from(t->note));
	line(o, "reply    ", str_from(cli_printf(t->cli, "%d %s",
	    t->answer.http, t->answer.type == NULL ? "" : t->answer.type)));
	write_lines(o, t->answer.body);
	if (t->session.p != NULL)
		line(o, "session  ", t->session);
	for (i = 0; i < t->lint.n; i++, f++) {
		out_cstr(o, cli_printf(t->cli, "%-9s%zu:%zu: ",
		    lint_level_name(f->level), f->line, f->column));
		if (f->code != 0)
			out_cstr(o, cli_printf(t->cli, "%d: ", f->code));
		line(o, "", f->message);
	}
}

/* The route, its reply and what is to be said of it; or a status. */
static int
run(struct test *t)
{
	const struct choose_trace	trace = { pass, t };
	struct subject			*s = &t->asked.subject;
	int				 status;

	status = route_request(&t->asked);
	if (status != 0)
		return status;
	if (event_is_notice(t->asked.event.kind))
		return cli_usage(t->cli, "%.*s is a notice: it is answered "
		    "204 and takes no route", (int)t->asked.event.name.n,
		    t->asked.event.name.p);
	if (!(t->asked.offline ? read_files(t) : read_stored(t)))
		return EXIT_FAILURE;
	status = route_request_state(&t->asked);
	if (status != 0)
		return status;
	if (choose(&t->cli->arena, &t->routes, s, &trace, &t->route) !=
	    CHOICE_TAKEN)
		t->route = NULL;
	make_reply(t);
	check_reply(t);
	return 0;
}

int
cmd_route_test(struct cli *cli)
{
	struct test	*t = cli_alloc(cli, 1, sizeof(*t));
	int		 status;

	t->cli = t->asked.cli = cli;
	t->last = &t->first;
	t->asked.offline = option_get(&cli->args, "files") != NULL;
	if (t->asked.offline && (option_get(&cli->args, "ask") != NULL ||
	    option_get(&cli->args, "event") != NULL))
		return cli_usage(cli, "--ask and --event need the database, "
		    "which --files does without");
	status = run(t);
	if (status != 0)
		return status;
	if (cli->json)
		write_json(t);
	else {
		write_request(t);
		write_route(t);
		write_reply(t);
	}
	return t->bad || t->lint.worst > LINT_ADVICE ? EXIT_FAILURE : 0;
}
