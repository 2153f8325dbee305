/*
 * The doctor's look at one URL through its web server. See doctor.h.
 *
 * The first probe is unsigned: what does not answer it as offhook never
 * gets a signed one, which an older responder would store.
 */
#include <inttypes.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>

#include "../core/version.h"
#include "../edge/clock.h"
#include "doctor_probe.h"

#define SLOW_MS 1000
#define MAX_CLOCK_MS 2000
#define SOON_S (14 * (int64_t)86400)	/* before a certificate ends */

static bool
same_file(const char *a, const char *b)
{
	struct stat	x, y;

	if (strcmp(a, b) == 0)
		return true;
	return stat(a, &x) == 0 && stat(b, &y) == 0 &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Whether the path lies in the folder. */
static bool
is_below(struct str path, struct str folder)
{
	while (folder.n > 1 && folder.p[folder.n - 1] == '/')
		folder.n--;
	return folder.n > 1 && path.p != NULL && path.n > folder.n &&
	    str_starts(path, folder) && path.p[folder.n] == '/';
}

static void
check_settings_file(struct doctor *d, const struct seen *s)
{
	struct cli	*cli = d->cli;
	struct str	 theirs = seen_text(d, s, "config");
	struct str	 state = seen_text(d, s, "state");
	const char	*ours = d->config->file;

	if (theirs.p != NULL && ours != NULL && !same_file(theirs.p, ours))
		doctor_note(d, FINDING_WARN, "program", cli_printf(cli,
		    "it reads %s, and this command %s", theirs.p, ours),
		    cli_printf(cli, "offhook doctor --config %s", theirs.p));
	if (is_below(theirs, d->docroot))
		doctor_note(d, FINDING_BAD, "settings", cli_printf(cli,
		    "%s lies below the document root %s: a mistake in the "
		    "server's configuration shows it to everybody",
		    theirs.p, d->docroot.p), "move it out of there, and name "
		    "it in OFFHOOK_CONFIG");
	if (is_below(state, d->docroot))
		doctor_note(d, FINDING_BAD, "state", cli_printf(cli,
		    "%s lies below the document root %s", state.p,
		    d->docroot.p), "set OFFHOOK_STATE to a folder outside");
}

/* What a responder has read stays, whatever the file says by now. */
static void
check_age(struct doctor *d, const struct seen *s)
{
	d->old = seen_is(d, s, "settings", "old");
	if (d->old)
		doctor_note(d, FINDING_WARN, "responder", cli_printf(d->cli,
		    "its settings are older than %s, which was changed since",
		    seen_text(d, s, "config").p), DOCTOR_RESTART);
}

/*
 * Settings read at another time, another user, HOME or PG*: the connection
 * that counts is the responder's.
 */
static const char *
database_mend(struct doctor *d, const struct seen *s)
{
	if (!d->connected)
		return "see `database` above";
	if (seen_is(d, s, "settings", "old"))
		return DOCTOR_RESTART;
	if (seen_is(d, s, "transport", "cgi"))
		return "this command's works: what differs is its environment "
		    "(user, HOME, PG*); write all of it into DATABASE_URL";
	return "this command's works: " DOCTOR_RESTART "; if it stays, its "
	    "environment differs (user, HOME, PG*): write all of it into "
	    "DATABASE_URL";
}

static void
check_own_database(struct doctor *d, const char *url)
{
	struct ask	ask = { .url = url, .method = "POST",
			    .body = STR("probe=1"), .probe = true,
			    .database = true };
	struct seen	s;
	struct str	found;
	bool		good;

	if (!probe_send(d, &ask, &s)) {
		doctor_note(d, FINDING_BAD, "responder", cli_printf(d->cli,
		    "its own connection to the database could not be tried: "
		    "%s", seen_status(d, &s)), "it is older than this "
		    "program, or stands still: " DOCTOR_RESTART);
		return;
	}
	found = seen_text(d, &s, "database");
	if (found.p == NULL)
		found = STR("not tried (do the clocks differ?)");
	good = str_eq(found, STR("ok"));
	doctor_judge(d, good ? FINDING_OK : FINDING_BAD, "responder",
	    good ? "its own connection to the database works" :
	    cli_printf(d->cli, "its own connection to the database fails: "
	    "%.*s", (int)found.n, found.p), database_mend(d, &s));
}

static const char *
user_name(struct doctor *d, int64_t uid)
{
	const struct passwd	*pw = getpwuid((uid_t)uid);

	return pw != NULL ? cli_printf(d->cli, "%s", pw->pw_name) :
	    cli_printf(d->cli, "%" PRId64, uid);
}

static void
check_program(struct doctor *d, const char *url, const struct seen *s)
{
	struct cli	*cli = d->cli;
	struct str	 version = seen_text(d, s, "version");
	struct str	 server = seen_text(d, s, "SERVER_SOFTWARE");
	int64_t		 uid = seen_number(d, s, "uid");

	doctor_note(d, FINDING_OK, "reach", cli_printf(cli,
	    "%s: offhook %.*s, %.*s, as %s, by %.*s",
	    cli_masked(cli, str_from(url)).p, (int)version.n, version.p,
	    (int)seen_text(d, s, "transport").n,
	    seen_text(d, s, "transport").p, user_name(d, uid), (int)server.n,
	    server.n > 0 ? server.p : ""), NULL);
	if (!str_eq(version, STR(OFFHOOK_VERSION)) ||
	    str_ends(d->program, STR(" (deleted)")))
		doctor_note(d, FINDING_WARN, "program", cli_printf(cli,
		    "%.*s, version %.*s, was replaced since it was started",
		    (int)d->program.n, d->program.p, (int)version.n,
		    version.p), "reload the web server (or its pool), so "
		    "that it starts the new one");
	if (uid == 0)
		doctor_note(d, FINDING_WARN, "program", "it runs as root",
		    "let the server run it as a user of its own");
	check_settings_file(d, s);
	check_age(d, s);
}

/* The clock of the machine that verifies probes and stamps events. */
static void
check_clock(struct doctor *d, const struct seen *s)
{
	int64_t	off = seen_number(d, s, "now_ms") - (clock_now_ms() -
		    s->reply.reply_us / 2000);
	bool	good = off < MAX_CLOCK_MS && off > -MAX_CLOCK_MS;

	doctor_judge(d, good ? FINDING_OK : FINDING_WARN, "clock",
	    cli_printf(d->cli, "the responder's differs by %" PRId64 " ms",
	    off), "keep both machines' clocks by NTP");
}

static void
check_certificate(struct doctor *d, const struct http_reply *r)
{
	char	until[25];
	int64_t	left;

	if (r->expires_s <= 0)
		return;
	left = r->expires_s - clock_now_ms() / 1000;
	clock_format(r->expires_s * 1000, until);
	doctor_judge(d, left > SOON_S ? FINDING_OK : FINDING_WARN,
	    "certificate", cli_printf(d->cli, "valid until %.10s", until),
	    "renew it: Twilio refuses an expired one");
}

static void
check_header(struct doctor *d, const struct seen *s, const char *name,
    enum finding f, const char *mend)
{
	struct str	how = seen_text(d, s, name);

	if (!str_eq(how, STR("yes")))
		doctor_note(d, f, "headers", cli_printf(d->cli, "%s %s",
		    name, str_eq(how, STR("no")) ? "does not arrive" :
		    "arrives twice"), mend);
}

static void
check_headers(struct doctor *d, const struct seen *s)
{
	const struct table_row	*before = d->table.last;

	check_header(d, s, "X-Twilio-Signature", FINDING_BAD,
	    "a proxy or the server drops it: pass all X- headers");
	check_header(d, s, "I-Twilio-Idempotency-Token", FINDING_WARN,
	    "pass it: without it a repeated question is known only by its "
	    "URL and body within a minute");
	check_header(d, s, "Content-Type", FINDING_BAD,
	    "pass it (nginx: fastcgi_param CONTENT_TYPE $content_type)");
	if (d->config->basic_auth.p != NULL)
		check_header(d, s, "Authorization", FINDING_BAD,
		    "OFFHOOK_BASIC_AUTH needs it. Apache: CGIPassAuth On in "
		    "the <Location>, or for mod_fcgid FcgidPassHeader "
		    "Authorization at the top level");
	if (d->table.last == before)
		doctor_note(d, FINDING_OK, "headers", d->config->basic_auth.p
		    != NULL ? "signature, token, type and authorization "
		    "arrive" : "signature, token and type arrive", NULL);
}

/* Path and query of a URL. */
static struct str
target_of(const char *url)
{
	struct str	s = str_from(url);
	size_t		at = str_find(s, ':', 0) + 3;

	for (; at < s.n && s.p[at] != '/' && s.p[at] != '?'; at++)
		;
	return at < s.n ? str_sub(s, at, s.n) : STR("/");
}

/* The target was changed on its way: how. */
static void
note_target(struct doctor *d, struct str sent, struct str got)
{
	struct cli	*cli = d->cli;
	const char	*p = cli_masked(cli, sent).p;
	const char	*q = cli_masked(cli, got).p;
	struct str	 more;

	if (got.n < sent.n && str_ends(sent, got)) {
		more = str_sub(sent, 0, sent.n - got.n);
		doctor_note(d, FINDING_BAD, "path", cli_printf(cli,
		    "a proxy strips %.*s: %s arrives as %s", (int)more.n,
		    more.p, p, q), cli_printf(cli, "let it pass the path as "
		    "it is, or write OFFHOOK_PUBLIC_URL=https://HOST%.*s and "
		    "call offhook url and doctor with --path %.*s",
		    (int)more.n, more.p, (int)str_find(got, '?', 0), got.p));
	} else if (sent.n < got.n && str_ends(got, sent)) {
		more = str_sub(got, 0, got.n - sent.n);
		doctor_note(d, FINDING_BAD, "path", cli_printf(cli,
		    "a proxy puts %.*s before it: %s arrives as %s",
		    (int)more.n, more.p, p, q), "let it pass the path as it "
		    "is (nginx: proxy_pass without a path; Apache: the same "
		    "path on both sides of ProxyPass)");
	} else
		doctor_note(d, FINDING_BAD, "path", cli_printf(cli,
		    "%s arrives as %s", p, q), "Twilio signed what was sent: "
		    "no rewriting of this path, neither in the server nor in "
		    "a proxy (nocanon, merge_slashes off)");
}

/* A signed probe that would have been refused: why. */
static void
note_refusal(struct doctor *d, const char *url, const struct seen *s)
{
	struct cli	*cli = d->cli;
	struct str	 sent = target_of(url);
	struct str	 got = seen_text(d, s, "REQUEST_URI");
	struct str	 why = seen_text(d, s, "refused");
	struct str	 host = seen_text(d, s, "HTTP_HOST");
	bool		 https = seen_is(d, s, "HTTPS", "on");

	if (!str_eq(sent, got))
		note_target(d, sent, got);
	else if (d->config->nbases == 0)
		doctor_note(d, FINDING_BAD, "signature", cli_printf(cli,
		    "refused (%.*s): the responder takes its URL for "
		    "%s://%.*s", (int)why.n, why.p, https ? "https" : "http",
		    (int)host.n, host.n > 0 ? host.p : ""),
		    "set OFFHOOK_PUBLIC_URL=https://host as Twilio is told");
	else
		doctor_note(d, FINDING_BAD, "signature", cli_printf(cli,
		    "a signed request would be refused: %.*s", (int)why.n,
		    why.p), str_eq(why, STR("signature-mismatch")) ?
		    "its scheme, host and port must be those of one of "
		    "OFFHOOK_PUBLIC_URL (offhook config show)" :
		    str_eq(why, STR("url-token")) ? "the URL needs ?token= "
		    "as offhook url --secrets prints it" :
		    "see the reasons in offhook.fcgi(8)");
}

/*
 * A request as Twilio would send it, but for its having no effect; whether
 * it would be accepted.
 */
static bool
check_signed(struct doctor *d, const char *url)
{
	struct str	body = str_from(cli_printf(d->cli,
			    "AccountSid=%.*s&Body=Test+of+caf%%C3%%A9+%%26+co",
			    (int)d->config->accounts[
			    d->config->default_account].sid.n,
			    d->config->accounts[
			    d->config->default_account].sid.p));
	struct ask	ask = { .url = url, .method = "POST", .body = body,
			    .sign = true, .probe = true };
	struct seen	s;
	int64_t		ms;

	if (!probe_send(d, &ask, &s)) {
		doctor_unanswered(d, cli_masked(d->cli, str_from(url)).p, &s);
		return false;
	}
	check_headers(d, &s);
	if (!seen_is(d, &s, "body", "whole") ||
	    seen_number(d, &s, "body_bytes") != (int64_t)body.n)
		doctor_note(d, FINDING_BAD, "body", cli_printf(d->cli,
		    "of %zu bytes %" PRId64 " arrive", body.n,
		    seen_number(d, &s, "body_bytes")),
		    "let the server pass the POST's body as it is");
	else if (!seen_is(d, &s, "accepted", "true"))
		note_refusal(d, url, &s);
	else
		doctor_note(d, FINDING_OK, "signature",
		    "a signed request would be accepted", NULL);
	ms = s.reply.reply_us / 1000;
	doctor_judge(d, ms < SLOW_MS ? FINDING_OK : FINDING_WARN, "speed",
	    cli_printf(d->cli, "answered in %" PRId64 " ms (nothing "
	    "stored)", ms), "Twilio waits too: look at the number of free "
	    "processes, and at the proxies before it");
	return seen_is(d, &s, "accepted", "true");
}

void
doctor_server(struct doctor *d, const char *url)
{
	struct ask	ask = { .url = url, .method = "POST",
			    .body = STR("probe=1"), .probe = true };
	struct seen	s;

	if (!probe_send(d, &ask, &s)) {
		doctor_unanswered(d, cli_masked(d->cli, str_from(url)).p, &s);
		return;
	}
	d->reached = url;
	d->program = seen_text(d, &s, "program");
	d->docroot = seen_text(d, &s, "DOCUMENT_ROOT");
	check_program(d, url, &s);
	check_certificate(d, &s.reply);
	check_clock(d, &s);
	check_own_database(d, url);
	doctor_limits(d, url, check_signed(d, url));
}
