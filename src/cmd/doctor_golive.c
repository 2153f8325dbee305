/* The production checklist of Twilio's guides. See doctor.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/twiml.h"
#include "../edge/clock.h"
#include "doctor_probe.h"
#include "shoot.h"

#define PROBES 20
#define LIMIT_MS 5000		/* what a reply should take at the very most */
#define NEAR_MS 2500		/* offhook's own deadline for the database */
#define WRONG_SIGNATURE "AAAAAAAAAAAAAAAAAAAAAAAAAAA="

/* An ordinary request, not a probe, with that signature (or none). */
static long
send_forged(struct doctor *d, const char *signature, struct http_reply *r)
{
	struct cli		*cli = d->cli;
	struct http_request	 q = { .method = "POST", .url = d->reached,
				    .connect = option_get(&cli->args,
				    "connect"), .body = STR("Body=forged"),
				    .timeout_ms = PROBE_TIMEOUT_MS };

	q.header[q.nheaders++] =
	    "Content-Type: application/x-www-form-urlencoded";
	if (d->config->basic_auth.p != NULL)
		q.header[q.nheaders++] = shoot_basic(cli,
		    d->config->basic_auth);
	if (signature != NULL)
		q.header[q.nheaders++] = cli_printf(cli,
		    "X-Twilio-Signature: %s", signature);
	(void)http_run(&cli->arena, &q, r);
	return r->status;
}

static void
check_signature(struct doctor *d)
{
	struct http_reply	r;
	long			none = send_forged(d, NULL, &r);
	long			forged = send_forged(d, WRONG_SIGNATURE, &r);

	doctor_judge(d, none == 403 && forged == 403 ? FINDING_OK :
	    FINDING_BAD, "signature", cli_printf(d->cli,
	    "sent without one: %ld; with a forged one: %ld (both are now "
	    "among the rejected requests)", none, forged),
	    "both must be 403: what answers there is not offhook, or it is "
	    "in trouble (see its log)");
}

static int
compare(const void *va, const void *vb)
{
	const int64_t	*a = va, *b = vb;

	return *a < *b ? -1 : *a > *b;
}

static void
judge_times(struct doctor *d, int64_t *ms, size_t n, const char *what)
{
	int64_t	most, late;

	qsort(ms, n, sizeof(*ms), compare);
	most = ms[n - 1];
	late = ms[n - 1 - n / 100];
	doctor_judge(d, most < NEAR_MS ? FINDING_OK : late < LIMIT_MS ?
	    FINDING_WARN : FINDING_BAD, "reply time", cli_printf(d->cli,
	    "%s: median %" PRId64 " ms, 99 %% within %" PRId64
	    " ms, at most %" PRId64 " ms", what, ms[n / 2], late, most),
	    "below 5 s is asked: see `processes` and `database` above");
}

/* The "ms" of an accepted line of the log, text or JSON; -1: none. */
static int64_t
logged_ms(struct str line)
{
	static const struct str	keys[] = { { " ms=", 4 },
				    { "\"ms\":\"", 6 } };
	int64_t			ms = 0;
	size_t			at = line.n, i;

	if (str_search(line, STR("accepted")) == line.n ||
	    str_search(line, STR("verdict")) == line.n)
		return -1;
	for (i = 0; at == line.n && i < sizeof(keys) / sizeof(keys[0]); i++)
		if ((at = str_search(line, keys[i])) < line.n)
			at += keys[i].n;
	if (at >= line.n || line.p[at] < '0' || line.p[at] > '9')
		return -1;
	for (; at < line.n && line.p[at] >= '0' && line.p[at] <= '9' &&
	    ms < 1000000; at++)
		ms = 10 * ms + (line.p[at] - '0');
	return ms;
}

/* Real traffic, as the responder has logged it; false: there is none. */
static bool
check_logged_times(struct doctor *d)
{
	struct str	 rest = d->log, line;
	int64_t		*ms, one;
	size_t		 n = 0;

	if (d->log.n == 0)
		return false;
	ms = cli_alloc(d->cli, d->log.n / 64 + 1, sizeof(*ms));
	while (str_cut(&rest, '\n', &line))
		if (line.n > 64 && n < d->log.n / 64 &&
		    (one = logged_ms(line)) >= 0)
			ms[n++] = one;
	if (n == 0) {
		doctor_note(d, FINDING_WARN, "reply time",
		    "--log has no accepted request", "name the web server's "
		    "error log, where the responder writes");
		return false;
	}
	judge_times(d, ms, n, cli_printf(d->cli,
	    "of %zu real requests in --log, within the responder", n));
	return true;
}

static void
check_probe_times(struct doctor *d)
{
	struct ask	ask = { .url = d->reached, .method = "POST",
			    .body = STR("probe=1"), .probe = true };
	struct seen	s;
	int64_t		ms[PROBES];
	size_t		i, n = 0;

	for (i = 0; i < PROBES; i++)
		if (probe_send(d, &ask, &s))
			ms[n++] = s.reply.reply_us / 1000;
	if (n > 0)
		judge_times(d, ms, n, cli_printf(d->cli, "measured by %zu "
		    "probes, which store nothing (for real traffic: --log "
		    "ERROR-LOG)", n));
}

/*
 * Two deliveries of one request within one statement, which then undoes
 * itself: nothing is left. The answer comes as the error's text.
 */
static void
check_twice(struct doctor *d)
{
	struct db		 db = { .url = d->config->database_url };
	int64_t			 began, ms;
	struct db_answer	 answer;
	bool			 good;

	PQclear(query_try(d->cli, &db, QUERY_LOGIN, NULL, 0, &answer));
	began = clock_monotonic_ms();
	PQclear(query_try(d->cli, &db, QUERY_TWICE, NULL, 0, &answer));
	ms = clock_monotonic_ms() - began;
	good = strcmp(answer.sqlstate, "OF900") == 0 &&
	    strstr(answer.error, "recorded duplicate same") != NULL;
	doctor_judge(d, good ? FINDING_OK : FINDING_BAD, "idempotency",
	    good ? cli_printf(d->cli, "the same request twice, in a "
	    "transaction that was undone: stored once, answered the same, "
	    "%" PRId64 " ms", ms) : answer.error,
	    "run sql/migrate; see `database` and `rights` above");
	db_close(&db);
}

/* The body of an inbound message with a SID of its own. */
static struct str
test_message(struct doctor *d, const char *sid)
{
	struct str	account = d->config->accounts[
			    d->config->default_account].sid;

	return str_from(cli_printf(d->cli, "MessageSid=%s&SmsSid=%s"
	    "&AccountSid=%.*s&From=%%2B15550101001&To=%%2B15550101002"
	    "&Body=Test+by+offhook+doctor&SmsStatus=received&NumMedia=0"
	    "&NumSegments=1&ApiVersion=2010-04-01", sid, sid,
	    (int)account.n, account.p));
}

/* --send-test: a message that stays, sent twice through the web server. */
static void
send_twice(struct doctor *d)
{
	struct cli	*cli = d->cli;
	unsigned char	 id[16] = { 0 };
	char		 sid[35] = "SM";
	struct out	 o = out_init(sid + 2, 32);
	struct ask	 ask = { .url = d->reached, .method = "POST",
			    .sign = true };
	struct seen	 one, two;
	bool		 good;

	(void)clock_uuid(clock_now_ms(), id);
	out_hex(&o, id, sizeof(id));
	ask.body = test_message(d, sid);
	(void)probe_send(d, &ask, &one);
	(void)probe_send(d, &ask, &two);
	good = one.reply.status == 200 && two.reply.status == 200 &&
	    str_eq(one.reply.body, two.reply.body);
	doctor_judge(d, good ? FINDING_OK : FINDING_BAD, "idempotency",
	    good ? cli_printf(cli, "message %s sent twice: answered the "
	    "same; it stays in offhook.events", sid) : cli_printf(cli,
	    "message %s sent twice: %s, then %s", sid, seen_status(d, &one),
	    seen_status(d, &two)), "offhook signature explain last, and see "
	    "the responder's log");
}

/* HEAD has no effect, and the headers that a reply would have. */
static void
check_type(struct doctor *d)
{
	struct ask	ask = { .url = d->reached, .method = "HEAD" };
	struct seen	s;
	bool		good;

	(void)probe_send(d, &ask, &s);
	good = s.reply.status == 200 &&
	    str_eq(s.reply.type, str_from(TWIML_TYPE));
	doctor_judge(d, good ? FINDING_OK : FINDING_BAD, "type",
	    cli_printf(d->cli, "the Content-Type of replies is %.*s (asked "
	    "by HEAD)", (int)s.reply.type.n, s.reply.type.n > 0 ?
	    s.reply.type.p : ""), "let the server pass " TWIML_TYPE);
}

static void
check_exact_urls(struct doctor *d)
{
	const struct config	*c = d->config;
	bool			 https = c->nbases > 0;
	size_t			 i;

	for (i = 0; i < c->nbases; i++)
		https = https && str_eq(c->bases[i].scheme, STR("https"));
	doctor_judge(d, https ? FINDING_OK : FINDING_BAD, "exact URL",
	    c->nbases == 0 ? "no OFFHOOK_PUBLIC_URL" : https ?
	    "OFFHOOK_PUBLIC_URL has the scheme https" :
	    "OFFHOOK_PUBLIC_URL is not https",
	    "set OFFHOOK_PUBLIC_URL=https://host as Twilio is told");
	if (d->cli->args.noperands == 0)
		doctor_note(d, FINDING_WARN, "retries", "no URL was given to "
		    "look for #rc=…&rp=…", "copy them from Twilio's console: "
		    "offhook doctor --go-live 'URL'...");
}

static bool
is_local(const char *host)
{
	return host == NULL || host[0] == '\0' || host[0] == '/' ||
	    host[0] == '@' || strcmp(host, "localhost") == 0 ||
	    strncmp(host, "127.", 4) == 0 || strcmp(host, "::1") == 0;
}

static void
check_database_tls(struct doctor *d)
{
	struct db		 db = { .url = d->config->database_url };
	struct db_answer	 answer;
	PQconninfoOption	*all, *o;
	const char		*mode = "";
	bool			 tls, full;

	PQclear(query_try(d->cli, &db, QUERY_LOGIN, NULL, 0, &answer));
	if (db.conn == NULL)
		return;		/* it has been told */
	all = PQconninfo(db.conn);
	for (o = all; o != NULL && o->keyword != NULL; o++)
		if (strcmp(o->keyword, "sslmode") == 0 && o->val != NULL)
			mode = o->val;
	tls = PQsslInUse(db.conn) != 0;
	full = strcmp(mode, "verify-full") == 0;
	if (is_local(PQhost(db.conn)))
		doctor_note(d, FINDING_OK, "db TLS", cli_printf(d->cli,
		    "the database is on this machine (%s)",
		    PQhost(db.conn)), NULL);
	else
		doctor_judge(d, tls && full ? FINDING_OK : tls ?
		    FINDING_WARN : FINDING_BAD, "db TLS", cli_printf(d->cli,
		    "%s, %s, sslmode=%s", PQhost(db.conn), tls ? "encrypted" :
		    "NOT encrypted", mode), "add sslmode=verify-full and "
		    "sslrootcert=/absolute/path to DATABASE_URL");
	PQconninfoFree(all);
	db_close(&db);
}

void
doctor_golive(struct doctor *d)
{
	struct cli	*cli = d->cli;

	if (d->reached == NULL)
		doctor_note(d, FINDING_BAD, "go-live", "no URL is answered "
		    "by offhook: signature, reply time and type could not be "
		    "tested", "mend `reach` above");
	else
		check_signature(d);
	doctor_leaks(d);
	if (!check_logged_times(d) && d->reached != NULL)
		check_probe_times(d);
	check_twice(d);
	if (d->reached != NULL && option_get(&cli->args, "send-test") != NULL)
		send_twice(d);
	if (d->reached != NULL)
		check_type(d);
	check_exact_urls(d);
	check_database_tls(d);
}
