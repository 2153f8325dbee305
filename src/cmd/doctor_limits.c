/* What a web server does to odd, large and many requests. See doctor.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/ticket.h"
#include "../core/url.h"
#include "doctor_probe.h"

#define CROWD 24		/* requests at once, unless --at-once */
#define MOST_CROWDS 3
#define HOLD_MS 200		/* for which each holds its process */
#define STALL_MS 1000		/* mod_fcgid's step, when none is free */
#define MOST_BODY 2097152	/* that OFFHOOK_MAX_BODY may be */

struct odd {
	const char	*what;
	const char	*path;		/* behind the path */
	const char	*query;		/* behind the query */
	enum finding	 finding;
	const char	*mend;
};

#define NO_REWRITE "Twilio signed what was sent: no rewriting of this URL, " \
    "neither in the server nor in a proxy"

static const struct odd odds[] = {
	{ "a query", "", "a=%27b%27&c=d+e%20f&g=%7E&h=caf%C3%A9&i=",
	    FINDING_BAD, NO_REWRITE },
	{ "%2F in the path", "/a%2Fb", "", FINDING_WARN,
	    "Apache: AllowEncodedSlashes NoDecode in this virtual host (and "
	    "nocanon at a ProxyPass to http)" },
	{ "// in the path", "//a", "", FINDING_WARN,
	    "nginx: merge_slashes off, proxy_pass without a path" },
	{ "%7E and %20 in the path", "/%7Ea%20b", "", FINDING_WARN,
	    NO_REWRITE " (Apache's ProxyPass to http: nocanon)" },
	{ "UTF-8 in the path", "/caf%C3%A9", "", FINDING_WARN, NO_REWRITE },
};

/* The URL with more behind its path and its query. */
static const char *
odd_url(struct cli *cli, const char *url, const struct odd *odd)
{
	struct str	path = url_path(str_from(url));
	struct str	query = url_query(str_from(url));
	bool		both = query.n > 0 && odd->query[0] != '\0';
	bool		any = query.n > 0 || odd->query[0] != '\0';

	return cli_printf(cli, "%.*s%s%s%.*s%s%s", (int)path.n, path.p,
	    odd->path, any ? "?" : "", (int)query.n,
	    query.n > 0 ? query.p : "", both ? "&" : "", odd->query);
}

static void
note_odd(struct doctor *d, const struct odd *odd, const struct seen *s)
{
	struct str	uri = seen_text(d, s, "REQUEST_URI");

	uri = cli_masked(d->cli, uri);
	doctor_note(d, odd->finding, "odd URLs", s->json.p == NULL ?
	    cli_printf(d->cli, "%s is refused: %s", odd->what,
	    seen_status(d, s)) : cli_printf(d->cli,
	    "%s does not arrive as sent, but as %.*s", odd->what,
	    (int)uri.n, uri.p), odd->mend);
}

static void
check_odd(struct doctor *d, const char *url)
{
	const struct table_row	*before = d->table.last;
	struct ask		 ask = { .method = "POST", .sign = true,
				    .body = STR("probe=1"), .probe = true };
	struct seen		 s;
	size_t			 i;

	for (i = 0; i < sizeof(odds) / sizeof(odds[0]); i++) {
		ask.url = odd_url(d->cli, url, &odds[i]);
		if (!probe_send(d, &ask, &s) ||
		    !seen_is(d, &s, "accepted", "true"))
			note_odd(d, &odds[i], &s);
	}
	if (d->table.last == before)
		doctor_note(d, FINDING_OK, "odd URLs",
		    "%2F, //, %7E, UTF-8 and queries arrive as sent", NULL);
}

/* Which setting refused a large body, by who refused it and how. */
static const char *
body_mend(const struct seen *s)
{
	struct str	server = s->reply.server;

	if (str_starts(server, STR("nginx")))
		return "nginx: client_max_body_size 1m";
	if (str_starts(server, STR("lighttpd")))
		return "lighttpd: server.max-request-size = 1024 (kB)";
	if (s->reply.status == 500)
		return "mod_fcgid: FcgidMaxRequestLen 1048576 (it answers "
		    "500 above it, and Twilio tries again for nothing)";
	return "Apache: LimitRequestBody 1048576, mod_fcgid: "
	    "FcgidMaxRequestLen 1048576; nginx: client_max_body_size 1m; "
	    "lighttpd: server.max-request-size = 1024";
}

static void
check_body(struct doctor *d, const char *url, size_t bytes)
{
	struct cli	*cli = d->cli;
	char		*p = cli_alloc(cli, bytes + 1, 1);
	struct ask	 ask = { .url = url, .method = "POST",
			    .body = { p, bytes }, .probe = true };
	struct seen	 s;

	memset(p, 'a', bytes);
	memcpy(p, "p=", bytes < 2 ? bytes : 2);
	if (!probe_send(d, &ask, &s))
		doctor_note(d, FINDING_BAD, "body", cli_printf(cli,
		    "one of %zu bytes (OFFHOOK_MAX_BODY) is not let "
		    "through: %s", bytes, seen_status(d, &s)),
		    body_mend(&s));
	else if (!seen_is(d, &s, "body", "whole") ||
	    seen_number(d, &s, "body_bytes") != (int64_t)bytes)
		doctor_note(d, FINDING_BAD, "body", cli_printf(cli,
		    "of %zu bytes %" PRId64 " arrive", bytes,
		    seen_number(d, &s, "body_bytes")), body_mend(&s));
	else
		doctor_note(d, FINDING_OK, "body", cli_printf(cli,
		    "%zu bytes (OFFHOOK_MAX_BODY) arrive", bytes), NULL);
}

struct crowd {
	size_t		 answered;
	size_t		 processes;
	size_t		 old;		/* of them, their settings */
	int64_t		 slowest_ms;
	const struct seen *failed;	/* one that was not answered */
};

static void
send_crowd(struct doctor *d, const char *url, size_t n, unsigned hold_ms,
    struct crowd *c)
{
	struct ask	 ask = { .url = url, .method = "POST",
			    .body = STR("probe=1"), .probe = true,
			    .hold_ms = hold_ms };
	struct seen	*s = cli_alloc(d->cli, n, sizeof(*s));
	int64_t		 pid[3 * DOCTOR_MOST_AT_ONCE];
	size_t		 i, j;

	*c = (struct crowd){ .answered = probe_send_many(d, &ask, n, s) };
	for (i = 0; i < n; i++) {
		if (s[i].reply.reply_us / 1000 > c->slowest_ms)
			c->slowest_ms = s[i].reply.reply_us / 1000;
		if (s[i].json.p == NULL) {
			c->failed = &s[i];
			continue;
		}
		pid[c->processes] = seen_number(d, &s[i], "pid");
		for (j = 0; pid[j] != pid[c->processes]; j++)
			;
		if (j < c->processes)
			continue;
		c->processes++;
		c->old += seen_is(d, &s[i], "settings", "old");
	}
}

static const char *
crowd_mend(struct doctor *d, const struct seen *first, size_t n,
    const struct crowd *c)
{
	struct str	server = seen_text(d, first, "SERVER_SOFTWARE");

	if (seen_is(d, first, "transport", "cgi"))
		return "plain CGI starts a process for each: the host limits "
		    "them (CloudLinux: entry processes), or is slow; "
		    "FastCGI needs fewer";
	if (c->processes >= n)
		return "there are enough processes: look at the machine's "
		    "load, and at limits of the server and of proxies before "
		    "it";
	if (str_starts(server, STR("lighttpd")))
		return "lighttpd: a greater max-procs";
	/* mod_proxy_fcgi has its path there. */
	if (str_starts(server, STR("Apache")) && str_eq(d->program,
	    seen_text(d, first, "SCRIPT_FILENAME")))
		return "mod_fcgid: FcgidMaxProcessesPerClass and "
		    "FcgidMinProcessesPerClass (OFFHOOK_PROCESSES in our "
		    "configuration) as many as requests may come at once: "
		    "when all are busy it waits in steps of a second";
	return "more processes in the pool (packaging/README: offhook.target "
	    "of systemd, or multiwatch -f)";
}

/*
 * mod_fcgid starts a process only for a request that has found none free
 * at its coming and again a second later: crowds of short requests stay
 * a second late for ever. So a first crowd that was late by a step is
 * followed by one that is greater and slower, and then looked at again.
 * Returns how late the first one was.
 */
static int64_t
settle(struct doctor *d, const char *url, size_t n, struct crowd *c)
{
	int64_t	cold;
	size_t	round;

	send_crowd(d, url, n, HOLD_MS, c);
	cold = c->slowest_ms;
	for (round = 0; round < MOST_CROWDS && (c->answered < n ||
	    c->slowest_ms >= HOLD_MS + STALL_MS) &&
	    c->slowest_ms < HOLD_MS + 3 * STALL_MS; round++) {
		send_crowd(d, url, 3 * n, TICKET_MAX_HOLD_MS, c);
		send_crowd(d, url, n, HOLD_MS, c);
	}
	return cold;
}

/* Some of a pool were restarted, others not. */
static void
check_old(struct doctor *d, const struct crowd *c)
{
	if (c->old > 0 && !d->old)
		doctor_note(d, FINDING_WARN, "responder", cli_printf(d->cli,
		    "the settings of %zu of %zu processes are older than "
		    "their file", c->old, c->processes), DOCTOR_RESTART);
}

static void
check_crowd(struct doctor *d, const char *url, size_t n,
    const struct seen *first)
{
	struct cli	*cli = d->cli;
	struct crowd	 c = { .processes = 0 };
	int64_t		 cold = settle(d, url, n, &c);
	bool		 good = c.slowest_ms < HOLD_MS + STALL_MS;

	check_old(d, &c);
	if (c.answered < n)
		doctor_note(d, FINDING_BAD, "processes", cli_printf(cli,
		    "of %zu requests at once %zu got no answer: %s", n,
		    n - c.answered, seen_status(d, c.failed)),
		    crowd_mend(d, first, n, &c));
	else
		doctor_judge(d, good ? FINDING_OK : FINDING_WARN,
		    "processes", cli_printf(cli, "%zu requests at once, of "
		    "%d ms each: %zu processes, the slowest %" PRId64 " ms%s",
		    n, HOLD_MS, c.processes, c.slowest_ms,
		    good && cold != c.slowest_ms ? cli_printf(cli,
		    " (%" PRId64 " ms before they were started)", cold) : ""),
		    crowd_mend(d, first, n, &c));
}

void
doctor_limits(struct doctor *d, const char *url, bool accepted)
{
	struct ask	ask = { .url = url, .method = "GET", .probe = true };
	struct seen	first;
	uint64_t	crowd = CROWD;
	int64_t		bytes;

	if (!probe_send(d, &ask, &first)) {
		doctor_note(d, FINDING_WARN, "reach", cli_printf(d->cli,
		    "a GET is not let through: %s", seen_status(d, &first)),
		    "allow GET and POST");
		return;
	}
	if (accepted)
		check_odd(d, url);
	bytes = seen_number(d, &first, "max_body");
	check_body(d, url, bytes > 0 && bytes <= MOST_BODY ? (size_t)bytes :
	    d->config->max_body);
	if (cli_number(d->cli, "at-once", DOCTOR_MOST_AT_ONCE, &crowd) &&
	    crowd > 0)
		check_crowd(d, url, (size_t)crowd, &first);
}
