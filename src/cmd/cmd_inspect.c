/*
 * offhook inspect: requests below a random path, shown as they arrive. The
 * responder keeps them (app/inspect.c) in a file that this makes, reads and
 * removes; its time is in it, so that nothing outlives a run that is killed.
 */
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../core/lint.h"
#include "../core/twiml.h"
#include "../edge/clock.h"
#include "../edge/inspector.h"
#include "inspected.h"
#include "mount.h"

#define POLL_MS 200
#define MAX_COUNT 1000000

const struct option options_inspect[] = {
	{ "for", "TIME", "how long: 90s, 10m (as without it), up to 1h",
	    false },
	{ "count", "N", "end after so many requests", false },
	{ "path", "PATH", "where offhook.fcgi is mounted (/twilio)", false },
	{ "reply", "TWIML|@FILE", "the answer, in place of an empty "
	    "<Response/>", false },
	{ NULL, NULL, NULL, false }
};

struct watch {
	struct cli		*cli;
	struct ring		 ring;
	struct inspector	 inspector;
	uint64_t		 next;		/* seq to be shown */
	uint64_t		 shown;
	uint64_t		 most;		/* --count */
	uint64_t		 missed;	/* overwritten before shown */
};

static volatile sig_atomic_t	stopped;

static void
stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

/* Signals end the wait, and then the run; the file goes in any case. */
static void
catch_signals(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction	 sa = { .sa_handler = stop };
	size_t			 i;

	(void)sigemptyset(&sa.sa_mask);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		(void)sigaction(signals[i], &sa, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

/* --reply; a status after a message. */
static int
take_reply(struct cli *cli, struct inspector *in)
{
	const char	*word = option_get(&cli->args, "reply");
	struct str	 text = str_from(word);
	char		 why[512];
	struct out	 o = out_init(why, sizeof(why));

	if (word == NULL)
		return 0;
	if (word[0] == '@')
		text = cli_file(cli, word + 1, INSPECTOR_REPLY);
	if (text.p == NULL)
		return EXIT_FAILURE;
	if (text.n > INSPECTOR_REPLY)
		return cli_usage(cli, "--reply is longer than %d bytes",
		    INSPECTOR_REPLY);
	if (!lint_check(&cli->arena, text, LINT_ANY, &o))
		return cli_usage(cli, "--reply: %.*s", (int)o.n, o.p);
	memcpy(in->reply, text.p, text.n);
	in->reply_n = text.n;
	return 0;
}

static int
take_options(struct watch *w)
{
	struct cli	*cli = w->cli;
	struct str	 time = cli_option(cli, "for");
	int64_t		 ms = 600000;

	w->most = UINT64_MAX;
	if (time.p != NULL && !cli_time(time, INSPECTOR_MAX_MS, &ms))
		return cli_usage(cli, "--for is a time from 1s to 1h, such "
		    "as 90s or 10m, not %s", time.p);
	if (!cli_number(cli, "count", MAX_COUNT, &w->most))
		return EXIT_USAGE;
	if (w->most == 0)
		return cli_usage(cli, "--count is 1 or more");
	w->inspector.expires_ms = clock_now_ms() + ms;
	return take_reply(cli, &w->inspector);
}

/*
 * Whose files the responder makes in that folder: it has to open ours, and
 * nobody else may. 0, or a status after a message.
 */
static int
check_user(struct cli *cli, const char *state)
{
	static const char *const made[] = { "rejected.ring", "routes", "." };
	const struct passwd	*pw;
	struct stat		 st;
	const char		*user;
	size_t			 i;

	if (stat(state, &st) != 0) {
		cli_error("OFFHOOK_STATE %s: %s; the responder needs it as "
		    "well: make it, of its user, mode 700", state,
		    strerror(errno));
		return EXIT_FAILURE;
	}
	for (i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		if (stat(cli_printf(cli, "%s/%s", state, made[i]), &st) == 0)
			break;
	if (st.st_uid == geteuid())
		return 0;
	pw = getpwuid(st.st_uid);
	user = pw != NULL ? pw->pw_name : cli_printf(cli, "'#%lu'",
	    (unsigned long)st.st_uid);
	cli_error("%s is the folder of user %s, who runs the responder: it "
	    "could not open the inspector of another one; run: "
	    "sudo -u %s offhook inspect", state, user, user);
	return EXIT_FAILURE;
}

/* Another run's that is in time and alive; one that was killed is not. */
static bool
is_taken(struct watch *w)
{
	struct inspector	other;
	char			time[25];

	if (!inspector_read(&w->ring, &other) ||
	    inspector_expired(&other, clock_now_ms()) ||
	    (kill((pid_t)other.pid, 0) != 0 && errno == ESRCH))
		return false;
	clock_format(other.expires_ms, time);
	cli_error("an inspector is there already, until %s; end it, "
	    "or: kill %lld", time, (long long)other.pid);
	return true;
}

static int
make(struct watch *w)
{
	const struct config	*c = &w->cli->config;
	unsigned char		 random[INSPECTOR_DIGITS / 2];
	struct out		 o = out_init(w->inspector.name,
				    INSPECTOR_DIGITS);
	int			 status;

	if (c->state == NULL) {
		cli_error("OFFHOOK_STATE is not set: the responder hands "
		    "requests over in that folder; set it in offhook.conf, "
		    "e.g. OFFHOOK_STATE=/var/lib/offhook");
		return EXIT_FAILURE;
	}
	status = check_user(w->cli, c->state);
	if (status != 0)
		return status;
	inspector_ring(&w->ring, c->state);
	if (is_taken(w))
		return EXIT_FAILURE;
	if (!clock_random(random, sizeof(random))) {
		cli_error("no randomness: %s", strerror(errno));
		return EXIT_FAILURE;
	}
	out_hex(&o, random, sizeof(random));
	w->inspector.pid = (int64_t)getpid();
	if (inspector_make(&w->ring, clock_now_ms(), &w->inspector))
		return 0;
	cli_error("%s/inspect: %s; run this as the user of the responder",
	    c->state, strerror(errno));
	return EXIT_FAILURE;
}

/* Write now what is usually written at the end; false: nobody reads. */
static bool
flush(struct cli *cli)
{
	bool	good = fwrite(cli->out.p, 1, cli->out.n, stdout) ==
		    cli->out.n && fflush(stdout) == 0;

	cli->out.n = 0;
	cli->out.overflow = false;
	return good;
}

static bool
announce(struct watch *w, const struct mount *m)
{
	struct cli	*cli = w->cli;
	struct out	*o = &cli->out;
	char		 time[25];
	const char	*url;
	size_t		 i;

	clock_format(w->inspector.expires_ms, time);
	out_cstr(o, cli->json ? "{\"type\": \"inspector\", \"until\": " :
	    "Whatever comes to this URL and below it is shown until ");
	out_cstr(o, cli_printf(cli, cli->json ? "\"%s\", \"urls\": [" :
	    "%s:\n", time));
	for (i = 0; i < m->nbases; i++) {
		url = cli_printf(cli, "%s/inspect-%.*s",
		    mount_url(cli, &m->bases[i], ""), INSPECTOR_DIGITS,
		    w->inspector.name);
		out_cstr(o, cli->json ? i > 0 ? ", " : "" : "    ");
		if (cli->json)
			out_json(o, str_from(url));
		else
			out_printable(o, str_from(url));
		out_cstr(o, cli->json ? "" : "\n");
	}
	out_cstr(o, cli->json ? "]}\n" : "It is answered 200 and stored "
	    "nowhere else. Ctrl-C ends this.\n");
	return flush(cli);
}

static void
show(struct watch *w, uint64_t seq)
{
	struct cli		*cli = w->cli;
	size_t			 mark = cli->arena.used;
	struct inspected	*x = cli_alloc(cli, 1, sizeof(*x));
	struct ring_entry	 e;

	if (!ring_get(&w->ring, &cli->arena, seq, &e) ||
	    !inspected_read(cli, &e, x))
		w->missed++;
	else {
		w->shown++;
		if (cli->json)
			inspected_json(cli, x);
		else
			inspected_text(cli, x);
	}
	/* The arena's memory is zeroed for whoever has it next. */
	cli->arena.used = mark;
}

/* Show what is new. False when the file is not ours (any more). */
static bool
look(struct watch *w)
{
	struct inspector	there;
	struct ring_counts	n;

	if (!inspector_read(&w->ring, &there) || memcmp(there.name,
	    w->inspector.name, INSPECTOR_DIGITS) != 0 ||
	    !ring_counts(&w->ring, &n))
		return false;
	if (n.last - w->next >= RING_SLOTS && n.last >= w->next) {
		w->missed += n.last - RING_SLOTS + 1 - w->next;
		w->next = n.last - RING_SLOTS + 1;
	}
	for (; w->next <= n.last && w->shown < w->most; w->next++) {
		show(w, w->next);
		if (!flush(w->cli))
			stopped = 1;
	}
	return true;
}

static void
pause_until(int64_t expires_ms)
{
	struct timespec	ts = { 0, 0 };
	int64_t		ms = expires_ms - clock_now_ms();

	if (ms <= 0)
		return;
	ts.tv_nsec = (ms < POLL_MS ? ms : POLL_MS) * 1000000;
	(void)nanosleep(&ts, NULL);
}

/* Until its time, its count or a signal; 0, or a status after an error. */
static int
run(struct watch *w)
{
	bool	expired;

	w->next = 1;
	while (!stopped) {
		expired = inspector_expired(&w->inspector, clock_now_ms());
		if (!look(w) && !expired) {
			cli_error("the inspector was removed or replaced "
			    "(%s/inspect)", w->cli->config.state);
			return EXIT_FAILURE;
		}
		if (expired || w->shown >= w->most)
			break;
		pause_until(w->inspector.expires_ms);
	}
	return 0;
}

/* Ours only: whoever has replaced it goes on. */
static void
end(struct watch *w)
{
	struct inspector	there;

	if (inspector_read(&w->ring, &there) && memcmp(there.name,
	    w->inspector.name, INSPECTOR_DIGITS) == 0)
		ring_remove(&w->ring);
	ring_close(&w->ring);
	if (w->missed > 0)
		cli_note("%llu more came faster than they could be shown.",
		    (unsigned long long)w->missed);
	if (!w->cli->json)
		cli_note("The inspector has ended: %llu request%s shown.",
		    (unsigned long long)w->shown, w->shown == 1 ? "" : "s");
}

int
cmd_inspect(struct cli *cli)
{
	struct watch	*w = cli_alloc(cli, 1, sizeof(*w));
	struct mount	 m;
	int		 status;

	w->cli = cli;
	status = take_options(w);
	if (status == 0)
		status = mount_find(cli, &m);
	if (status != 0)
		return status;
	catch_signals();
	status = make(w);
	if (status != 0)
		return status;
	if (announce(w, &m))
		status = run(w);
	end(w);
	return status;
}
