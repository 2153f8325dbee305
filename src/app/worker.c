/*
 * The worker's loop: beside the dialogue with Postgres (dialogue.h) and the
 * deliveries (jobs.h) it drains the spool, tells of issues, and ends. See
 * worker.h.
 */
#include <sys/resource.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../edge/clock.h"
#include "../edge/notify.h"
#include "dialogue.h"
#include "drain.h"
#include "tell.h"
#include "transform.h"
#include "worker.h"

#define GRACE_MS 20000		/* for what is under way at the end */
#define FILES 64		/* descriptors of ours, */
#define FILES_EACH 3		/* and of a delivery: curl resolves by two, a
				   program has two pipes */
#define AWAY_MS 10000		/* "once" gives up without Postgres */
#define REPORT_MS 60000
/* Draining holds up what comes in, so it takes small bites. */
#define DRAIN_BUSY_MS 5
#define DRAIN_MS 1000
#define DRAIN_BITE_MS 30
#define DRAIN_BITE 100		/* files */

struct worker {
	const struct config		*config;
	const struct worker_settings	*settings;
	struct log			 log;
	struct dialogue			 dialogue;
	struct jobs			 jobs;
	struct drain			 drain;
	struct tell			 tell;
	struct transform		 transform;
	int64_t				 report_ms;
	int64_t				 watchdog_ms, watchdog_every_ms;
	int64_t				 tell_ms;
	int64_t				 drain_ms, drain_pause_ms;
	bool				 drained;	/* there was nothing */
	bool				 drain_told;	/* what hinders it */
	int64_t				 begun_ms;
	int64_t				 end_ms;	/* of the grace; 0: not
							   stopping */
	bool				 given_back;
	bool				 over;
	int				 signals[2];
};

static int	signal_pipe = -1;

static void
on_signal(int number)
{
	int	saved = errno;
	char	c = (char)number;

	(void)!write(signal_pipe, &c, 1);
	errno = saved;
}

static bool
signals_open(struct worker *w)
{
	struct sigaction	sa = { .sa_handler = on_signal };
	int			i;

	if (pipe(w->signals) == -1)
		return false;
	for (i = 0; i < 2; i++) {
		(void)fcntl(w->signals[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(w->signals[i], F_SETFL, O_NONBLOCK);
	}
	signal_pipe = w->signals[1];
	(void)sigemptyset(&sa.sa_mask);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGINT, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &sa, NULL);
	return true;
}

static void
stop(struct worker *w, int64_t now)
{
	if (w->end_ms != 0)
		return;
	w->end_ms = now + GRACE_MS;
	w->dialogue.stopping = true;
	jobs_put_back(&w->jobs, 0);
	notify("STOPPING=1");
}

static void
signals_read(struct worker *w)
{
	char	c[16];

	if (read(w->signals[0], c, sizeof(c)) <= 0)
		return;
	/* A second one means: at once. */
	if (w->end_ms != 0)
		w->end_ms = clock_monotonic_ms();
	else
		log_write(&w->log, LOG_INFO, "worker stops", NULL);
	stop(w, clock_monotonic_ms());
}

/* Once a minute, if anything was done. */
static void
report(struct worker *w, int64_t now)
{
	char			number[4][24];
	const int64_t		v[4] = { w->jobs.counts.delivered,
				    w->jobs.counts.retried,
				    w->jobs.counts.dead,
				    (int64_t)w->jobs.shares.sent };
	static const char *const name[4] = { "delivered", "to_retry", "dead",
	    "in_flight" };
	struct log_field	f[5];
	size_t			i;

	w->report_ms = now + REPORT_MS;
	if (v[0] + v[1] + v[2] == 0)
		return;
	for (i = 0; i < 4; i++) {
		(void)snprintf(number[i], sizeof(number[i]), "%lld",
		    (long long)v[i]);
		f[i] = (struct log_field){ name[i], str_from(number[i]) };
	}
	f[4] = (struct log_field){ NULL, { NULL, 0 } };
	log_write(&w->log, LOG_INFO, "deliveries", f);
	w->jobs.counts = (struct job_counts){ 0 };
}

/* Of what was spooled, the next; only where Postgres is known to be there. */
static void
drain(struct worker *w, int64_t now)
{
	struct drained	d;

	drain_step(&w->drain, DRAIN_BITE, now + DRAIN_BITE_MS, &d);
	w->drained = d.stored + d.bad == 0;
	w->drain_pause_ms = !w->drained ? DRAIN_BUSY_MS :
	    w->drain_pause_ms * 2 < DRAIN_MS ? w->drain_pause_ms * 2 :
	    DRAIN_MS;
	w->drain_ms = now + w->drain_pause_ms;
	if (d.error[0] != '\0' && !w->drain_told)
		log_say(&w->log, LOG_ERROR, "the spool is not drained", "why",
		    str_from(d.error));
	w->drain_told = d.error[0] != '\0';
	if (d.stored > 0)
		dialogue_route_soon(&w->dialogue, now);
}

/* What is done beside deliveries. */
static void
chores(struct worker *w, int64_t now)
{
	if (w->dialogue.db.conn != NULL && w->dialogue.known &&
	    w->end_ms == 0 && now >= w->drain_ms)
		drain(w, now);
	if (now >= w->tell_ms)
		w->tell_ms = now + tell_step(&w->tell, now);
	if (w->watchdog_every_ms > 0 && now >= w->watchdog_ms) {
		notify("WATCHDOG=1");
		w->watchdog_ms = now + w->watchdog_every_ms;
	}
	if (now >= w->report_ms)
		report(w, now);
}

/* Nothing is held, under way, or to be told. */
static bool
is_empty(const struct worker *w)
{
	return w->jobs.n == 0 && w->jobs.results.n == 0;
}

/* Whether it is time to end, or to give up. */
static void
ends(struct worker *w, int64_t now)
{
	const struct worker_settings	*s = w->settings;
	const struct dialogue		*d = &w->dialogue;

	if (s->max_ms > 0 && now - w->begun_ms >= s->max_ms)
		stop(w, now);
	if (s->once && dialogue_is_idle(d) && w->drained &&
	    tell_is_done(&w->tell) && is_empty(w))
		stop(w, now);
	if (s->once && d->away_ms != 0 && (d->refused ||
	    now - d->away_ms > AWAY_MS))
		w->over = true;
	if (d->gone || (w->end_ms != 0 && d->db.conn == NULL && is_empty(w)))
		w->over = true;
	if (w->end_ms == 0 || now < w->end_ms)
		return;
	if (!w->given_back)
		jobs_give_back(&w->jobs);
	w->given_back = true;
	/* They are told if Postgres is there; else their leases run out. */
	if (now >= w->end_ms + DIALOGUE_STATEMENT_MS || d->db.conn == NULL)
		w->over = true;
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* When the loop has to run again even if nothing comes. */
static int64_t
next_time(const struct worker *w, int64_t now)
{
	int64_t	at = earlier(w->tell_ms, w->report_ms);

	at = earlier(at, dialogue_time(&w->dialogue));
	if (!w->dialogue.doubt)
		at = earlier(at, transform_time(&w->transform, &w->jobs, now));
	if (w->watchdog_every_ms > 0)
		at = earlier(at, w->watchdog_ms);
	if (w->end_ms > now)
		return earlier(at, w->end_ms);
	return w->dialogue.db.conn == NULL ? at : earlier(at, w->drain_ms);
}

static void
wait_for_something(struct worker *w, int64_t now)
{
	struct pollfd	p[4] = { { .fd = w->signals[0], .events = POLLIN } };
	int64_t		left = next_time(w, now) - now;
	int		children_ms;
	size_t		n = 1;

	n += jobs_poll(&w->jobs, &p[n], &children_ms);
	if (children_ms >= 0 && children_ms < left)
		left = children_ms;
	p[n].fd = db_fd(&w->dialogue.db, &p[n].events);
	if (p[n].fd >= 0)
		n++;
	p[n].fd = w->dialogue.doubt ? -1 : db_fd(&w->transform.db,
	    &p[n].events);
	if (p[n].fd >= 0)
		n++;
	pool_wait(&w->jobs.pool, p, n, left > 0 ? (int)left : 0);
	if (p[0].revents != 0)
		signals_read(w);
}

static void
loop(struct worker *w)
{
	int64_t	now;

	while (!w->over) {
		jobs_collect(&w->jobs);
		dialogue_step(&w->dialogue, clock_monotonic_ms());
		now = clock_monotonic_ms();
		if (!w->dialogue.doubt) {
			jobs_send(&w->jobs, now);
			transform_step(&w->transform, &w->jobs, now);
		}
		ends(w, now);
		chores(w, now);
		if (!w->over)
			wait_for_something(w, now);
	}
}

/*
 * How many deliveries at once the descriptors are enough for: one for which
 * there is none would be a failed attempt, as if the receiver were away.
 */
static size_t
affordable(const struct worker *w)
{
	size_t		most = w->settings->most;
	rlim_t		need = FILES + FILES_EACH * most;
	struct rlimit	l;

	if (getrlimit(RLIMIT_NOFILE, &l) == -1 || l.rlim_cur >= need)
		return most;
	l.rlim_cur = l.rlim_max < need ? l.rlim_max : need;
	(void)setrlimit(RLIMIT_NOFILE, &l);
	if (l.rlim_cur >= need)
		return most;
	log_write(&w->log, LOG_WARNING, "too few file descriptors for that "
	    "many deliveries at once: ulimit -n", NULL);
	return l.rlim_cur < FILES + FILES_EACH ? 1 :
	    (size_t)(l.rlim_cur - FILES) / FILES_EACH;
}

static bool
begin(struct worker *w)
{
	int64_t	now = clock_monotonic_ms();

	w->begun_ms = now;
	w->report_ms = now + REPORT_MS;
	w->watchdog_every_ms = notify_watchdog_ms();
	w->drain_pause_ms = DRAIN_BUSY_MS;
	w->log.json = w->config->log_json;
	if (!signals_open(w))
		return false;
	drain_open(&w->drain, w->config);
	tell_open(&w->tell, w->config, &w->log);
	transform_open(&w->transform, w->config->admin_database_url);
	return dialogue_open(&w->dialogue, w->config->admin_database_url,
	    &w->jobs, &w->log, WORKER_LEASE_MS) &&
	    jobs_open(&w->jobs, w->config, &w->log, affordable(w),
	    WORKER_LEASE_MS);
}

int
worker_run(const struct config *c, const struct worker_settings *s)
{
	struct worker	w = { .config = c, .settings = s,
			    .signals = { -1, -1 } };
	bool		begun = begin(&w);

	if (begun) {
		notify("READY=1");	/* Postgres may be away: it waits */
		loop(&w);
	} else
		log_write(&w.log, LOG_ERROR, "worker cannot start", NULL);
	report(&w, clock_monotonic_ms());
	dialogue_close(&w.dialogue);
	transform_close(&w.transform);
	jobs_close(&w.jobs);
	drain_close(&w.drain);
	tell_close(&w.tell);
	if (begun)
		log_write(&w.log, LOG_INFO, "worker ends", NULL);
	return begun && w.dialogue.away_ms == 0 ? EXIT_SUCCESS :
	    EXIT_FAILURE;
}
