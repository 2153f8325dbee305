/* What answers a probe in place of a responder. See doctor_probe.h. */
#include <inttypes.h>

#include "../edge/clock.h"
#include "doctor_probe.h"

#define MAX_TICKET_S 60

/* No reply at all: why, and what to do. */
static void
note_failure(struct doctor *d, const char *url, const struct http_reply *r)
{
	static const char *const mends[] = {
		[HTTP_FAILED] = "look into the web server's error log",
		[HTTP_NO_NAME] = "make its DNS record; what stands behind it "
		    "can be tested with --connect http://127.0.0.1:80",
		[HTTP_NO_CONNECTION] = "start the web server, open the port "
		    "in the firewall; from within its own network: --connect "
		    "http://127.0.0.1:80",
		[HTTP_BAD_CERTIFICATE] = "Twilio refuses it as well: install "
		    "a certificate of that name, not expired, with its whole "
		    "chain",
		[HTTP_NO_TLS] = "the port speaks no TLS, or an old one: look "
		    "at the server's TLS settings",
		[HTTP_TIMEOUT] = "the server waits for a free process, or "
		    "for the program: see its error log",
		[HTTP_CUT] = "the server closed the connection: see its "
		    "error log",
	};

	doctor_note(d, FINDING_BAD, "reach", cli_printf(d->cli, "%s: %s",
	    url, r->error), mends[r->failure]);
}

/* Our own refusal: the probe was not taken as one. */
static void
note_refused(struct doctor *d, const struct http_reply *r)
{
	int64_t	off = r->date_s == 0 ? 0 : r->date_s - clock_now_ms() / 1000;

	if (off > MAX_TICKET_S || off < -MAX_TICKET_S)
		doctor_note(d, FINDING_BAD, "reach", cli_printf(d->cli,
		    "offhook answers, but its clock differs by %" PRId64
		    " s, so that it takes no probe", off),
		    "keep both machines' clocks by NTP");
	else
		doctor_note(d, FINDING_BAD, "reach", cli_printf(d->cli,
		    "offhook answers (%ld), but takes no probe",
		    r->status), "its settings have another "
		    "TWILIO_AUTH_TOKEN than those read here (offhook config "
		    "show), or a proxy drops the header X-Offhook-Probe, or "
		    "it is older than this program (reload the server)");
}

struct answer {
	long		 status;
	const char	*body;		/* it begins so; "": whatever */
	const char	*found;
	const char	*mend;
};

/* What else answers in place of a responder of ours. */
static const struct answer answers[] = {
	{ 500, "offhook has no valid", "offhook has no valid settings",
	    "as the web server's user: offhook config check; the server's "
	    "error log names them" },
	{ 500, "", "the web server could not run the program",
	    "its error log says why (mode, owner, a library, settings)" },
	{ 404, "", "nothing is mounted at this path",
	    "mount it there (Apache: a2enconf offhook-fcgid), or say where "
	    "it is: --path PATH" },
	{ 405, "", "another program answers, which takes no POST",
	    "mount offhook.fcgi at this path" },
	{ 401, "", "the web server asks for a password itself",
	    "leave this path open (Require all granted): the signature "
	    "guards it; a password is OFFHOOK_BASIC_AUTH" },
	{ 403, "", "the web server refuses",
	    "allow the path (Require all granted), and the program to run "
	    "(Options +ExecCGI)" },
	{ 411, "", "a proxy asks for a length", "let it pass POST" },
	{ 502, "", "the web server gets no answer from the program",
	    "start its processes, and let the web server's user write to "
	    "their FastCGI socket (spawn-fcgi -M 0660 and its group); its "
	    "error log says which (nginx: not with error_log … crit)" },
	{ 503, "", "the web server has no process for it",
	    "start its processes, or allow more of them; let its user write "
	    "to their FastCGI socket; its error log says which" },
	{ 504, "", "the program does not answer in time",
	    "see the error log" },
};

/* The text before its query. */
static struct str
before_query(struct str s)
{
	return str_sub(s, 0, str_find(s, '?', 0));
}

/* To the same URL: only that --connect goes there in clear. */
static void
note_redirect(struct doctor *d, const char *url, const struct seen *s)
{
	struct cli	*cli = d->cli;
	struct str	 to = s->reply.location, http = STR("http://");
	struct str	 host = cli_option(cli, "connect");
	bool		 clear = str_starts(host, http);

	if (clear && str_eq(before_query(to), before_query(str_from(url)))) {
		host = str_sub(host, http.n, host.n);
		while (host.n > 0 && host.p[host.n - 1] != ':')
			host.n--;
		doctor_note(d, FINDING_BAD, "reach", cli_printf(cli,
		    "%s: you connected by http, and the server wants https "
		    "(%s)", url, seen_status(d, s)), cli_printf(cli,
		    "use --connect https://%.*s443", (int)host.n, host.p));
		return;
	}
	to = cli_masked(cli, to);
	doctor_note(d, FINDING_BAD, "reach", cli_printf(cli,
	    "%s redirects (%s) to %.*s", url, seen_status(d, s), (int)to.n,
	    to.n > 0 ? to.p : ""), "a redirect loses the POST: give Twilio "
	    "that URL, or end the redirect for this path");
}

static void
note_other(struct doctor *d, const char *url, const struct seen *s)
{
	const struct http_reply	*r = &s->reply;
	size_t			 i;

	if (r->status >= 300 && r->status < 400) {
		note_redirect(d, url, s);
		return;
	}
	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (answers[i].status == r->status && str_starts(r->body,
		    str_from(answers[i].body))) {
			doctor_note(d, FINDING_BAD, "reach",
			    cli_printf(d->cli, "%s: %s (%s)", url,
			    answers[i].found, seen_status(d, s)),
			    answers[i].mend);
			return;
		}
	doctor_note(d, FINDING_BAD, "reach", cli_printf(d->cli,
	    "%s: another program answers (%s)", url, seen_status(d, s)),
	    "mount offhook.fcgi at this path, or say where it is: --path "
	    "PATH");
}

void
doctor_unanswered(struct doctor *d, const char *url, const struct seen *s)
{
	struct str	body = s->reply.body;

	if (s->reply.status == 0)
		note_failure(d, url, &s->reply);
	else if ((s->reply.status == 403 && str_eq(body,
	    STR("Forbidden\n"))) || (s->reply.status == 401 &&
	    str_eq(body, STR("Authentication needed\n"))))
		note_refused(d, &s->reply);
	else
		note_other(d, url, s);
}
