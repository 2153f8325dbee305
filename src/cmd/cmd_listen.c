/*
 * offhook listen: events of the database, forwarded to an application under
 * development. Which events there are, and that each comes once, is
 * sql/functions/events_after.sql's; what is sent is app/deliver's, as to a
 * destination that nobody has made. Nothing is written but --resume's file.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../app/deliver.h"
#include "../core/json.h"
#include "../edge/clock.h"
#include "../edge/pool.h"
#include "../edge/queue.h"
#include "list.h"
#include "query.h"

#define PAGE 20			/* events in one look */
#define MAX_LIMIT 1000000000
#define MAX_PARALLEL 32
#define POLL_MS 500
#define DEADLINE_MS 5000	/* of one look */
#define PAUSE_CAP_MS 5000	/* between two, while the database is away */
#define HEART_MS 30000
#define JUMP_MS 10000		/* of the wall clock: this machine has slept */
#define MAX_CURSOR 65536

const struct option options_listen[] = {
	{ "kind", "KIND", "only events of this kind, such as message.inbound "
	    "or 'call.*'", true },
	{ "from", "NUMBER", "only from this number", false },
	{ "to", "NUMBER", "only to this number", false },
	{ "filter", "JSON", "only those that pass this filter, as of a "
	    "destination", false },
	{ "since", "TIME", "those of the past first: 10m, 24h, or a time",
	    false },
	{ "once", NULL, "end when what is there was forwarded", false },
	{ "limit", "N", "end after so many", false },
	{ "json", NULL, "as JSON, signed as Standard Webhooks has it", false },
	{ "secret", "SECRET", "for --json: whsec_...; without it one is made",
	    false },
	{ "parallel", "N", "so many at once, in any order (1)", false },
	{ "resume", "FILE", "go on where the run before, with the same FILE, "
	    "has ended", false },
	{ "verbose", NULL, "show what is sent and answered, too", false },
	{ NULL, NULL, NULL, false }
};

/* An event under way. */
struct shot {
	bool			 done;
	struct task		 task;
	struct deliver_order	 order;
	struct deliver_verdict	 verdict;
};

struct listen {
	struct cli		*cli;
	struct destination	 to;
	struct deliver		 deliver;
	struct pool		 pool;
	const char		*filter;	/* JSON; NULL: none */
	const char		*since;		/* NULL: from now on */
	const char		*resume;	/* FILE; NULL: none */
	char			 cursor[MAX_CURSOR];	/* "": none yet */
	uint64_t		 limit, parallel;
	bool			 once, verbose;
	uint64_t		 begun, shown;
	struct shot		 shot[PAGE];
	size_t			 flying;
	int64_t			 last_ms;	/* event, since 1970; 0: none */
	int64_t			 heart_ms;	/* monotonic, as the next two */
	int64_t			 away_ms;	/* since when; 0: it is there */
	int64_t			 mono_ms;	/* and the wall clock then */
	int64_t			 wall_ms;
	bool			 unwritten;	/* nobody reads, or no room */
};

static volatile sig_atomic_t	stopped;

static void
stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

/* What is under way is finished; the second one ends the process. */
static void
catch_signals(void)
{
	struct sigaction	sa = { .sa_handler = stop,
				    .sa_flags = (int)SA_RESETHAND };

	(void)sigemptyset(&sa.sa_mask);
	(void)sigaction(SIGINT, &sa, NULL);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGHUP, &sa, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static void
nap(int64_t ms)
{
	struct timespec	ts = { ms / 1000, ms % 1000 * 1000000 };

	if (!stopped)
		(void)nanosleep(&ts, NULL);
}

/* --kind, --from, --to and --filter as one filter. */
static bool
take_filter(struct listen *l)
{
	struct cli	*cli = l->cli;
	struct str	 from = cli_option(cli, "from"), more;
	struct str	 to = cli_option(cli, "to");
	char		*p = cli_alloc(cli, 65536, 1);
	struct out	 o = out_init(p, 65535);
	const char	*kind;
	size_t		 at = 0, n = 0;

	out_cstr(&o, "{\"and\": [{\"kind\": [");
	while ((kind = option_next(&cli->args, "kind", &at)) != NULL) {
		out_cstr(&o, n++ == 0 ? "" : ", ");
		out_json(&o, str_from(kind));
	}
	if (n == 0) {
		o.n = 0;
		out_cstr(&o, "{\"and\": [{\"kind\": [\"*\"");
	}
	out_cstr(&o, "]");
	if (from.p != NULL)
		cli_json_pair(&o, "from", from);
	if (to.p != NULL)
		cli_json_pair(&o, "to", to);
	out_cstr(&o, "}");
	more = cli_option(cli, "filter");
	if (more.p != NULL && !json_valid(more)) {
		cli_error("--filter is no JSON: %s", more.p);
		return false;
	}
	if (more.p != NULL) {
		out_cstr(&o, ", ");
		out_bytes(&o, more);
	}
	out_cstr(&o, "]}");
	if (n > 0 || from.p != NULL || to.p != NULL || more.p != NULL)
		l->filter = p;
	if (o.overflow)
		cli_error("the filter is too long");
	return !o.overflow;
}

static const char *
make_secret(struct cli *cli)
{
	unsigned char	 random[32];
	char		*p = cli_alloc(cli, 64, 1);
	struct out	 o = out_init(p, 63);

	if (!clock_random(random, sizeof(random)))
		return "";
	out_cstr(&o, "whsec_");
	out_base64(&o, random, sizeof(random));
	return p;
}

/* A destination of this run's own. */
static int
take_destination(struct listen *l)
{
	struct cli	*cli = l->cli;
	bool		 json = option_get(&cli->args, "json") != NULL;
	const char	*secret = option_get(&cli->args, "secret");
	char		 why[512];
	struct out	 spec = out_init(cli_alloc(cli, 16384, 1), 16383);
	struct out	 o = out_init(why, sizeof(why));

	if (secret != NULL && !json)
		return cli_usage(cli, "--secret is for --json");
	out_cstr(&spec, "{\"url\": ");
	out_json(&spec, str_from(cli->args.operand[0]));
	out_cstr(&spec, json ? ", \"body\": \"json\", \"sign\": "
	    "[\"standard\"]" : ", \"body\": \"form\", \"sign\": [\"twilio\"]");
	out_cstr(&spec, ", \"response\": 65536, \"first_byte_ms\": 15000}");
	if (spec.overflow || !destination_parse(&cli->arena, out_str(&spec),
	    &l->to, &o))
		return cli_usage(cli, "%.*s", (int)o.n, o.p);
	if (!json)
		return 0;
	if (secret == NULL) {
		secret = make_secret(cli);
		cli_note("Signed with the secret %s", secret);
	}
	l->to.secret[0] = str_from(secret);
	l->to.nsecrets = 1;
	return 0;
}

/* The cursor of the run before, if there was one. */
static bool
read_cursor(struct listen *l)
{
	struct str	text;

	l->resume = option_get(&l->cli->args, "resume");
	if (l->resume == NULL || (access(l->resume, F_OK) != 0 &&
	    errno == ENOENT))
		return true;
	text = str_trim(cli_file(l->cli, l->resume, MAX_CURSOR - 1));
	if (text.p == NULL)
		return false;
	memcpy(l->cursor, text.p, text.n);
	l->cursor[text.n] = '\0';
	return true;
}

static int
take_options(struct listen *l)
{
	struct cli	*cli = l->cli;
	struct str	 since;

	l->limit = UINT64_MAX;
	l->parallel = 1;
	l->once = option_get(&cli->args, "once") != NULL;
	l->verbose = option_get(&cli->args, "verbose") != NULL;
	if (!cli_number(cli, "limit", MAX_LIMIT, &l->limit) ||
	    !cli_number(cli, "parallel", MAX_PARALLEL, &l->parallel))
		return EXIT_USAGE;
	if (l->parallel == 0 || l->parallel > PAGE)
		return cli_usage(cli, "--parallel is 1 to %d", PAGE);
	if (list_time(cli, "since", &since) != 0)
		return EXIT_USAGE;
	if (since.p != NULL)
		l->since = arena_cstr(&cli->arena, since);
	if (!take_filter(l) || !read_cursor(l))
		return EXIT_FAILURE;
	return take_destination(l);
}

/* Keep where it is: after what was forwarded, for --resume. */
static void
keep_cursor(struct listen *l, struct str cursor)
{
	const char	*new;
	FILE		*f;
	bool		 good;

	if (cursor.n == 0 || cursor.n >= MAX_CURSOR)
		return;
	memcpy(l->cursor, cursor.p, cursor.n);
	l->cursor[cursor.n] = '\0';
	if (l->resume == NULL || l->unwritten)
		return;
	new = cli_printf(l->cli, "%s.new", l->resume);
	f = fopen(new, "w");
	good = f != NULL && fprintf(f, "%s\n", l->cursor) > 0;
	if (f != NULL && fclose(f) != 0)
		good = false;
	if (good && rename(new, l->resume) == 0)
		return;
	cli_error("%s: %s", l->resume, strerror(errno));
	l->unwritten = true;
}

/* Write now what is usually written at the end. */
static void
flush(struct listen *l)
{
	struct cli	*cli = l->cli;

	if (fwrite(cli->out.p, 1, cli->out.n, stdout) != cli->out.n ||
	    fflush(stdout) != 0)
		l->unwritten = true;
	cli->out.n = 0;
	cli->out.overflow = false;
}

/* The text's lines, indented, with nothing that steers a terminal. */
static void
show_lines(struct out *o, struct str text)
{
	struct str	line;

	text = str_trim(text);
	while (text.n > 0 && str_cut(&text, '\n', &line)) {
		out_cstr(o, "    ");
		out_printable(o, str_trim(line));
		out_char(o, '\n');
	}
}

static void
show_text(struct listen *l, const struct shot *s, const char *time)
{
	struct out		*o = &l->cli->out;
	const struct task	*t = &s->task;
	const char		*error = s->verdict.error;

	out_cstr(o, cli_printf(l->cli, "%s  %-22.*s  %-34.*s  ", time,
	    (int)t->kind.n, t->kind.n == 0 ? "" : t->kind.p,
	    (int)t->sid.n, t->sid.n == 0 ? "" : t->sid.p));
	if (s->verdict.status > 0)
		out_int(o, s->verdict.status);
	else
		out_cstr(o, error == NULL ? "?" : error);
	out_cstr(o, "  ");
	out_int(o, s->verdict.ms);
	out_cstr(o, " ms\n");
	if (!l->verbose && s->verdict.status > 0)
		return;
	if (l->verbose) {
		show_lines(o, s->order.http.body);
		out_cstr(o, "  --\n");
	}
	show_lines(o, s->verdict.head);
}

static void
show_json(struct listen *l, const struct shot *s, const char *time)
{
	struct out	*o = &l->cli->out;
	char		 id[37];

	clock_uuid_format(s->task.event_id, id);
	out_cstr(o, "{\"received_at\": ");
	out_json(o, str_from(time));
	cli_json_pair(o, "event", str_from(id));
	cli_json_pair(o, "kind", s->task.kind);
	cli_json_pair(o, "sid", s->task.sid);
	out_cstr(o, ", \"status\": ");
	if (s->verdict.status > 0)
		out_int(o, s->verdict.status);
	else
		out_cstr(o, "null");
	cli_json_pair(o, "error", str_from(s->verdict.error));
	out_cstr(o, ", \"ms\": ");
	out_int(o, s->verdict.ms);
	cli_json_pair(o, "request", s->order.http.body);
	cli_json_pair(o, "answer", s->verdict.head);
	out_cstr(o, "}\n");
}

static void
show(struct listen *l, const struct shot *s)
{
	char	time[25];

	clock_format(s->task.event_at, time);
	if (l->cli->json)
		show_json(l, s, time);
	else
		show_text(l, s, time);
	l->shown++;
	l->last_ms = clock_now_ms();
	l->heart_ms = clock_monotonic_ms() + HEART_MS;
	flush(l);
}

/* Send one on its way; what cannot be sent is shown at once. */
static void
launch(struct listen *l, const PGresult *res, int row)
{
	struct shot	*s = &l->shot[row - 1];
	struct str	 none = { NULL, 0 };

	*s = (struct shot){ .done = false };
	l->begun++;
	if (!queue_task(res, row, &s->task))
		return;
	s->task.id = 0;		/* no delivery's */
	if (deliver_make(&l->deliver, &l->cli->arena, &l->to, &s->task, none,
	    clock_now_ms(), 0, &s->order, &s->verdict)) {
		s->order.http.egress = NULL;	/* it is this user's */
		if (pool_add(&l->pool, &s->order.http, s)) {
			l->flying++;
			return;
		}
		s->verdict.error = "FAILED";
	}
	s->done = true;
	show(l, s);
}

static void
land(struct listen *l)
{
	struct http_reply	 reply;
	struct shot		*s;
	void			*who;

	pool_wait(&l->pool, NULL, 0, 1000);
	while (pool_next(&l->pool, &l->cli->arena, &who, &reply)) {
		s = who;
		deliver_judge(&l->cli->arena, &l->to, &s->task, &reply,
		    clock_now_ms(), 0, &s->verdict);
		s->done = true;
		l->flying--;
		show(l, s);
	}
}

static bool
is_over(const struct listen *l)
{
	return stopped || l->unwritten || l->begun >= l->limit;
}

/*
 * Forward a page, in order; the cursor follows what is done. True: all of it
 * was.
 */
static bool
forward(struct listen *l, const PGresult *res)
{
	int	n = queue_tasks(res), next = 1, kept = 1;

	while (l->flying > 0 || (next <= n && !is_over(l))) {
		while (next <= n && l->flying < l->parallel && !is_over(l))
			launch(l, res, next++);
		if (l->flying > 0)
			land(l);
		for (; kept < next && l->shot[kept - 1].done; kept++)
			keep_cursor(l, l->shot[kept - 1].task.info);
	}
	return kept > n;
}

/* Whether an error of the server's passes: it is stopped, full, starting. */
static bool
passes(const struct db_answer *a)
{
	static const char *const	classes[] = { "08", "40", "53", "55",
		"57", "58" };
	size_t				i;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strncmp(a->sqlstate, classes[i], 2) == 0)
			return true;
	return false;
}

/* The database is away: say it once. False: there is no use in waiting. */
static bool
wait_for_database(struct listen *l, enum db_result r,
    const struct db_answer *a)
{
	int64_t	now = clock_monotonic_ms(), ms;

	if (l->cursor[0] == '\0' || (r == DB_REFUSED && !passes(a))) {
		query_error(a);
		return false;
	}
	if (l->away_ms == 0) {
		l->away_ms = now;
		cli_note("Cut off from the database: %s", a->error);
	}
	ms = (now - l->away_ms) / 4 + POLL_MS;
	nap(ms < PAUSE_CAP_MS ? ms : PAUSE_CAP_MS);
	return true;
}

static void
say_back(struct listen *l)
{
	if (l->away_ms != 0)
		cli_note("The database is there again after %lld s; going on "
		    "where it was.", (long long)(clock_monotonic_ms() -
		    l->away_ms) / 1000);
	l->away_ms = 0;
}

/* Look for what is new; NULL: see wait_for_database. */
static PGresult *
look(struct listen *l, enum db_result *r, struct db_answer *a)
{
	struct db_params	p = { .n = 0 };
	char			page[16];

	(void)snprintf(page, sizeof(page), "%d", PAGE);
	if (l->cursor[0] == '\0')
		db_add_null(&p);
	else
		db_add_text(&p, l->cursor);
	if (l->since == NULL)
		db_add_null(&p);
	else
		db_add_text(&p, l->since);
	if (l->filter == NULL)
		db_add_null(&p);
	else
		db_add_text(&p, l->filter);
	db_add_text(&p, page);
	*r = db_run(&l->cli->db, "select * from offhook.events_after("
	    "$1::jsonb, $2::timestamptz, $3::jsonb, $4::integer)", &p, true,
	    clock_monotonic_ms() + DEADLINE_MS, a);
	return *r == DB_OK ? a->res : NULL;
}

/* That time has passed without us is seen by the two clocks. */
static void
check_clocks(struct listen *l)
{
	int64_t	mono = clock_monotonic_ms(), wall = clock_now_ms();
	int64_t	jump = wall - l->wall_ms - (mono - l->mono_ms);

	if (l->mono_ms != 0 && (jump > JUMP_MS || jump < -JUMP_MS)) {
		cli_note("This machine has slept, or its clock was set, by "
		    "%lld s; going on where it was.", (long long)jump / 1000);
		db_close(&l->cli->db);	/* the other side has long gone */
	}
	l->mono_ms = mono;
	l->wall_ms = wall;
}

static void
say_alive(struct listen *l)
{
	int64_t	now = clock_monotonic_ms();
	int64_t	ago = (clock_now_ms() - l->last_ms) / 1000;

	if (now < l->heart_ms || isatty(STDERR_FILENO) != 1)
		return;
	l->heart_ms = now + HEART_MS;
	if (l->last_ms == 0)
		cli_note("Still listening; no event yet.");
	else if (ago < 120)
		cli_note("Still listening; last event %lld s ago.",
		    (long long)ago);
	else
		cli_note("Still listening; last event %lld min ago.",
		    (long long)ago / 60);
}

/* One look and what it brings; false: it is over, *status says how. */
static bool
step(struct listen *l, int *status)
{
	struct db_answer	 a;
	enum db_result		 r;
	struct str		 info, more;
	size_t			 mark = l->cli->arena.used;
	PGresult		*res;
	bool			 idle = false;

	check_clocks(l);
	res = look(l, &r, &a);
	if (res == NULL) {
		*status = EXIT_FAILURE;
		return wait_for_database(l, r, &a) && !stopped;
	}
	*status = 0;
	say_back(l);
	(void)queue_count(res, &info);
	more = json_get(info, "more");
	if (forward(l, res)) {
		keep_cursor(l, json_get(info, "cursor"));
		idle = !str_eq(more, STR("true"));
	}
	PQclear(res);
	/* The arena's memory is zeroed for whoever has it next. */
	l->cli->arena.used = mark;
	l->cli->arena.full = false;
	if (is_over(l) || (idle && l->once))
		return false;
	say_alive(l);
	if (idle)
		nap(POLL_MS);
	return true;
}

int
cmd_listen(struct cli *cli)
{
	struct listen	*l = cli_alloc(cli, 1, sizeof(*l));
	int		 status;

	l->cli = cli;
	status = take_options(l);
	if (status != 0)
		return status;
	if (cli_config(cli) == NULL)
		return EXIT_FAILURE;
	cli->db.url = cli->config.admin_database_url;
	if (!deliver_open(&l->deliver, &cli->config) ||
	    !pool_open(&l->pool, PAGE)) {
		cli_error("libcurl or libcrypto cannot be opened");
		return EXIT_FAILURE;
	}
	catch_signals();
	l->heart_ms = clock_monotonic_ms() + HEART_MS;
	while (step(l, &status))
		;
	pool_close(&l->pool);
	deliver_close(&l->deliver);
	if (!cli->json)
		cli_note("%llu event%s forwarded.",
		    (unsigned long long)l->shown, l->shown == 1 ? "" : "s");
	return l->unwritten ? EXIT_FAILURE : status;
}
