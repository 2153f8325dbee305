/*
 * The worker's loop. See worker.h.
 *
 * One connection to Postgres, on which one statement at a time is under way
 * while requests go out and answers come in: whatever has ended meanwhile is
 * told to Postgres by the next statement. So batches are as large as they
 * have to be, and nobody waits for one to fill. Each statement is a
 * transaction of its own; none needs the connection of the one before
 * (PgBouncer in transaction mode).
 *
 * When nothing is due it asks less and less often, down to IDLE_MS.
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

#include "../core/version.h"
#include "../edge/clock.h"
#include "../edge/notify.h"
#include "../edge/queue.h"
#include "drain.h"
#include "jobs.h"
#include "tell.h"
#include "transform.h"
#include "worker.h"

#define IDLE_MS 250		/* between two looks when nothing is due */
#define TAKE_IDLE_MS 1000	/* what is due later hurries less */
#define BUSY_MS 5
#define BEAT_MS 10000
#define DESTINATIONS_MS 2000	/* how old the known ones may be */
#define REPLAY_MS 1000
#define STATEMENT_MS 10000
#define RECONNECT_MS 100	/* doubled up to */
#define RECONNECT_CAP_MS 5000
#define GRACE_MS 20000		/* for what is under way at the end */
#define FILES 64		/* descriptors of ours and of programs, */
#define FILES_EACH 3		/* and of a delivery: curl resolves by two */
#define AWAY_MS 10000		/* "once" gives up without Postgres */
#define REPORT_MS 60000
#define ROUTE_MOST 500		/* events in one statement */
#define ROUTE_LEAST 32
#define REPLAY_MOST 500
#define RESULTS_MOST 500
#define RESULTS_BYTES ((size_t)2 << 20)
#define LISTS_BYTES ((size_t)128 << 10)
/* Draining holds up what comes in, so it takes small bites. */
#define DRAIN_MS 1000
#define DRAIN_BITE_MS 30
#define DRAIN_BITE 100		/* files */

/* What was asked of Postgres. */
enum asked {
	ASKED_NOTHING,
	ASKED_CONNECTION,
	ASKED_DESTINATIONS,
	ASKED_FINISH,
	ASKED_BEAT,
	ASKED_TAKE,
	ASKED_ROUTE,
	ASKED_REPLAY,
	ASKED_GONE
};

/* When something is to be asked again; the pause grows while it is idle. */
struct pace {
	int64_t	at_ms;
	int64_t	pause_ms;
	bool	idle;		/* the last time there was nothing */
};

struct worker {
	const struct config		*config;
	const struct worker_settings	*settings;
	struct log			 log;
	struct queue_worker		 self;
	char				 host[256];
	struct db			 db;
	struct jobs			 jobs;
	struct drain			 drain;
	struct tell			 tell;
	struct transform		 transform;
	enum asked			 asked;
	int64_t				 asked_ms;
	size_t				 asked_n;	/* results, or events */
	size_t				 asked_room;	/* for deliveries */
	size_t				 finish_most;	/* results at once */
	size_t				 most;	/* deliveries at once */
	struct pace			 route, take, replay, drained;
	int64_t				 beat_ms, set_ms, report_ms;
	int64_t				 watchdog_ms, watchdog_every_ms;
	int64_t				 tell_ms;
	bool				 drain_told;	/* what hinders it */
	int64_t				 connect_ms, connect_pause_ms;
	int64_t				 away_ms;	/* since when; 0: it is
							   there */
	int64_t				 begun_ms;
	int64_t				 end_ms;	/* of the grace; 0: not
							   stopping */
	int64_t				 turn_ms;	/* of the loop */
	bool				 known;	/* the beat was heard */
	bool				 refused;	/* it was not */
	bool				 finished;	/* asked last */
	bool				 doubt;	/* leases may be lost */
	bool				 given_back;
	bool				 over;
	char				*low;	/* of worker_take, or NULL */
	char				*results;	/* RESULTS_BYTES */
	char				*lists[2];	/* LISTS_BYTES */
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

static void
pace_found(struct pace *p, int64_t now, bool some, int64_t idle_ms)
{
	p->idle = !some;
	if (some)
		p->pause_ms = BUSY_MS;
	else if (p->pause_ms < idle_ms)
		p->pause_ms = p->pause_ms * 2 > idle_ms ? idle_ms :
		    p->pause_ms * 2;
	p->at_ms = now + p->pause_ms;
}

static void
pace_soon(struct pace *p, int64_t now)
{
	if (p->at_ms > now)
		p->at_ms = now;
	p->pause_ms = BUSY_MS;
}

/* How many deliveries more this worker may hold. */
static size_t
free_places(const struct worker *w)
{
	return w->jobs.n < w->most ? w->most - w->jobs.n : 0;
}

/* One that has no place routes for the others, but in no hurry. */
static bool
may_route(const struct worker *w)
{
	return free_places(w) > 0 || w->route.pause_ms >= IDLE_MS;
}

static void
asked(struct worker *w, enum asked what, int64_t now)
{
	w->asked = what;
	w->asked_ms = now;
	w->finished = false;
}

static void
ask_connection(struct worker *w, int64_t now)
{
	if (now < w->connect_ms)
		return;
	db_begin(&w->db, now + STATEMENT_MS);
	asked(w, ASKED_CONNECTION, now);
}

static void
ask_finish(struct worker *w, int64_t now)
{
	struct out	o = out_init(w->results, RESULTS_BYTES);

	w->asked_n = jobs_results(&w->jobs, w->finish_most, &o);
	queue_send_finish(&w->db, &w->self, w->results);
	asked(w, ASKED_FINISH, now);
}

static void
ask_beat(struct worker *w, int64_t now)
{
	struct out	ids = out_init(w->lists[0], LISTS_BYTES - 1);
	struct out	leases = out_init(w->lists[1], LISTS_BYTES - 1);

	jobs_leases(&w->jobs, &ids, &leases);
	queue_send_beat(&w->db, &w->self, w->lists[0], w->lists[1]);
	asked(w, ASKED_BEAT, now);
}

static void
ask_take(struct worker *w, int64_t now)
{
	struct out	most = out_init(w->lists[0], LISTS_BYTES - 1);

	jobs_room(&w->jobs, &most);
	w->asked_n = free_places(w);
	queue_send_take(&w->db, &w->self, (int)w->asked_n, w->lists[0],
	    w->low);
	asked(w, ASKED_TAKE, now);
}

static void
ask_route(struct worker *w, int64_t now)
{
	struct out	full = out_init(w->lists[0], LISTS_BYTES - 1);
	size_t		room = free_places(w), limit = room;

	if (limit < ROUTE_LEAST)
		limit = ROUTE_LEAST;
	if (limit > ROUTE_MOST || w->jobs.set == NULL ||
	    w->jobs.set->to.n == 0)
		limit = ROUTE_MOST;
	jobs_full(&w->jobs, &full);
	w->asked_n = limit;
	w->asked_room = room;
	queue_send_route(&w->db, &w->self, (int)limit, (int)room,
	    w->lists[0]);
	asked(w, ASKED_ROUTE, now);
}

/*
 * Whether to get more before the next results are told: they come all the
 * time, and those who send should not have to wait.
 */
static bool
hungry(const struct worker *w, int64_t now)
{
	return w->finished && w->end_ms == 0 &&
	    free_places(w) > w->most / 2 && now < w->beat_ms &&
	    now < w->set_ms && (now >= w->take.at_ms ||
	    now >= w->route.at_ms);
}

/* The next thing to ask; nothing when it is too early for each. */
static void
ask(struct worker *w, int64_t now)
{
	bool	stopping = w->end_ms != 0;

	if (w->db.conn == NULL)
		ask_connection(w, now);
	else if (w->jobs.nresults > 0 && !hungry(w, now))
		ask_finish(w, now);
	else if (now >= w->beat_ms)
		ask_beat(w, now);
	else if (!stopping && (w->jobs.unknown || now >= w->set_ms)) {
		queue_send_destinations(&w->db, &w->self, w->jobs.version);
		asked(w, ASKED_DESTINATIONS, now);
	} else if (stopping) {
		if (w->jobs.n > 0)
			return;
		queue_send_gone(&w->db, &w->self);
		asked(w, ASKED_GONE, now);
	} else if (now >= w->take.at_ms && free_places(w) > 0)
		ask_take(w, now);
	else if (now >= w->route.at_ms && may_route(w))
		ask_route(w, now);
	else if (now >= w->replay.at_ms) {
		queue_send_replay(&w->db, &w->self, REPLAY_MOST);
		asked(w, ASKED_REPLAY, now);
	}
}

/* Begin what an answer has claimed. */
static void
begin_tasks(struct worker *w, const PGresult *res, int64_t now)
{
	bool		late = w->end_ms != 0 ||
			    now - w->asked_ms > w->self.lease_ms / 2;
	struct task	t;
	int		i, n = queue_tasks(res);

	if (n > 0)
		w->jobs.ahead_ms = queue_now(res) - now;
	for (i = 1; i <= n; i++)
		if (queue_task(res, i, &t))
			jobs_add(&w->jobs, &t, late);
}

static void
keep_low(struct worker *w, struct str low)
{
	char	*copy = low.p == NULL ? NULL : malloc(low.n + 1);

	if (copy == NULL)
		return;
	memcpy(copy, low.p, low.n);
	copy[low.n] = '\0';
	free(w->low);
	w->low = copy;
}

static void
heard_destinations(struct worker *w, const PGresult *res, int64_t now)
{
	int64_t		version;
	struct str	text = queue_destinations(res, &version);

	w->set_ms = now + DESTINATIONS_MS;
	w->jobs.unknown = false;
	if (text.p == NULL || jobs_load(&w->jobs, text, version))
		return;
	log_write(&w->log, LOG_ERROR, "the destinations do not fit into "
	    "memory", NULL);
	/* What it cannot send it would only give back, without an end. */
	w->route.at_ms = w->take.at_ms = w->set_ms;
}

static void
heard_finish(struct worker *w, const PGresult *res, int64_t now)
{
	int	i;
	char	id[24];

	for (i = 0; i < PQntuples(res); i++)
		if (queue_late(res, i) != 0) {
			(void)snprintf(id, sizeof(id), "%lld",
			    (long long)queue_late(res, i));
			log_say(&w->log, LOG_WARNING, "finished too late",
			    "delivery", str_from(id));
		}
	jobs_stored(&w->jobs, w->asked_n);
	w->finish_most = RESULTS_MOST;
	if (jobs_let_others_go(&w->jobs))
		pace_soon(&w->take, now);
	w->finished = true;
}

static void
heard_beat(struct worker *w, const PGresult *res, int64_t now)
{
	int	i;

	for (i = 0; i < PQntuples(res); i++)
		jobs_lose(&w->jobs, queue_id(res, i));
	w->beat_ms = now + BEAT_MS;
	w->doubt = false;
	if (!w->known) {
		log_say(&w->log, LOG_INFO, "worker is ready", "worker",
		    str_from(w->self.id));
		notify("STATUS=ready");
	}
	w->known = true;
}

/* A connection alone says little: one who may not call us connects, too. */
static void
heard_well(struct worker *w)
{
	w->connect_pause_ms = RECONNECT_MS;
	if (w->away_ms == 0)
		return;
	log_write(&w->log, LOG_INFO, "Postgres is back", NULL);
	notify("STATUS=ready");
	w->away_ms = 0;
	/* It may be another server, or an older state: look everywhere. */
	free(w->low);
	w->low = NULL;
}

/* Postgres did not answer, or not in time. */
static void
heard_nothing(struct worker *w, const char *why, int64_t now)
{
	if (w->away_ms == 0) {
		w->away_ms = now;
		log_say(&w->log, LOG_ERROR, "Postgres is away", "why",
		    str_from(why));
		notify("STATUS=Postgres is away; the log says why");
	}
	w->connect_ms = now + w->connect_pause_ms / 2 +
	    now % (w->connect_pause_ms / 2 + 1);
	w->connect_pause_ms *= 2;
	if (w->connect_pause_ms > RECONNECT_CAP_MS)
		w->connect_pause_ms = RECONNECT_CAP_MS;
}

/* What is usually to be done about a refusal. */
static struct str
advice(const struct db_answer *a)
{
	if (strcmp(a->sqlstate, "42501") == 0)
		return STR("the login of OFFHOOK_ADMIN_DATABASE_URL must be "
		    "in role offhook_worker or offhook_operator");
	if (strcmp(a->sqlstate, "42883") == 0 ||
	    strcmp(a->sqlstate, "42P01") == 0 ||
	    strcmp(a->sqlstate, "3F000") == 0)
		return STR("run sql/migrate on this database");
	return a->hint[0] != '\0' ? str_from(a->hint) :
	    STR("it is asked again");
}

/* An error that another try does not mend soon. */
static void
heard_refusal(struct worker *w, enum asked what, const struct db_answer *a,
    int64_t now)
{
	if (w->away_ms == 0)
		log_write(&w->log, LOG_ERROR, "Postgres refused",
		    (struct log_field[]){ { "why", str_from(a->error) },
		    { "sqlstate", str_from(a->sqlstate) },
		    { "advice", advice(a) }, { NULL, { NULL, 0 } } });
	/* Of results that it does not take, only the bad one is left out. */
	if (what != ASKED_FINISH || !db_refused_data(a->sqlstate)) {
		w->refused = !w->known;
		/* The line above says more than that it is away. */
		if (w->away_ms == 0)
			w->away_ms = now;
		heard_nothing(w, a->error, now);
	} else if (w->asked_n <= 1)
		jobs_stored(&w->jobs, w->asked_n);
	else
		w->finish_most = 1;
	db_close(&w->db);
}

static void
heard(struct worker *w, enum db_result r, struct db_answer *a, int64_t now)
{
	enum asked	what = w->asked;
	struct str	low;
	int64_t		n;

	w->asked = ASKED_NOTHING;
	if (r == DB_DOWN || r == DB_LATE) {
		heard_nothing(w, a->error, now);
		return;
	}
	if (r == DB_REFUSED) {
		heard_refusal(w, what, a, now);
		return;
	}
	if (what != ASKED_CONNECTION)
		heard_well(w);
	switch (what) {
	case ASKED_NOTHING:
	case ASKED_CONNECTION:
		break;
	case ASKED_DESTINATIONS:
		heard_destinations(w, a->res, now);
		break;
	case ASKED_FINISH:
		heard_finish(w, a->res, now);
		break;
	case ASKED_BEAT:
		heard_beat(w, a->res, now);
		break;
	case ASKED_TAKE:
		n = queue_count(a->res, &low);
		keep_low(w, low);
		begin_tasks(w, a->res, now);
		pace_found(&w->take, now, n > 0, TAKE_IDLE_MS);
		break;
	case ASKED_ROUTE:
		n = queue_count(a->res, &low);
		begin_tasks(w, a->res, now);
		pace_found(&w->route, now, n > 0, IDLE_MS);
		if (n >= (int64_t)w->asked_n)
			w->route.at_ms = now;
		/* Then there may be more than it had room for. */
		if (n > 0 && (n > queue_tasks(a->res) ||
		    (size_t)queue_tasks(a->res) >= w->asked_room))
			pace_soon(&w->take, now);
		break;
	case ASKED_REPLAY:
		n = queue_count(a->res, &low);
		pace_found(&w->replay, now, n > 0, REPLAY_MS);
		if (n > 0)
			pace_soon(&w->take, now);
		break;
	case ASKED_GONE:
		w->over = true;
		break;
	}
	PQclear(a->res);
}

/* Once a minute, if anything was done. */
static void
report(struct worker *w, int64_t now)
{
	char			number[4][24];
	const int64_t		v[4] = { w->jobs.counts.delivered,
				    w->jobs.counts.retried,
				    w->jobs.counts.dead,
				    (int64_t)w->jobs.n };
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
	pace_found(&w->drained, now, d.stored + d.bad > 0, DRAIN_MS);
	if (d.error[0] != '\0' && !w->drain_told)
		log_say(&w->log, LOG_ERROR, "the spool is not drained", "why",
		    str_from(d.error));
	w->drain_told = d.error[0] != '\0';
	if (d.stored > 0)
		pace_soon(&w->route, now);
}

/* What is done beside deliveries. */
static void
chores(struct worker *w, int64_t now)
{
	if (w->db.conn != NULL && w->known && w->end_ms == 0 &&
	    now >= w->drained.at_ms)
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

/* Whether it is time to end, or to give up. */
static void
ends(struct worker *w, int64_t now)
{
	const struct worker_settings	*s = w->settings;

	if (s->max_ms > 0 && now - w->begun_ms >= s->max_ms)
		stop(w, now);
	if (s->once && w->known && w->route.idle && w->take.idle &&
	    w->replay.idle && w->drained.idle &&
	    tell_is_done(&w->tell) && w->jobs.n == 0 && w->jobs.nresults == 0)
		stop(w, now);
	if (s->once && w->away_ms != 0 && (w->refused ||
	    now - w->away_ms > AWAY_MS))
		w->over = true;
	if (w->end_ms != 0 && w->db.conn == NULL && w->jobs.n == 0 &&
	    w->jobs.nresults == 0)
		w->over = true;
	if (w->end_ms == 0 || now < w->end_ms)
		return;
	if (!w->given_back)
		jobs_give_back(&w->jobs);
	w->given_back = true;
	/* They are told if Postgres is there; else their leases run out. */
	if (now >= w->end_ms + STATEMENT_MS || w->db.conn == NULL)
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

	if (!w->doubt)
		at = earlier(at, transform_time(&w->transform, &w->jobs, now));
	if (w->watchdog_every_ms > 0)
		at = earlier(at, w->watchdog_ms);
	if (w->end_ms > now)
		at = earlier(at, w->end_ms);
	if (db_is_busy(&w->db))
		return at;
	if (w->db.conn == NULL)
		return earlier(at, w->connect_ms);
	if (w->jobs.nresults > 0)
		return now;
	at = earlier(at, w->beat_ms);
	if (w->end_ms != 0)
		return at;
	at = earlier(earlier(at, w->set_ms), w->replay.at_ms);
	at = earlier(at, w->drained.at_ms);
	if (free_places(w) > 0)
		at = earlier(at, w->take.at_ms);
	return may_route(w) ? earlier(at, w->route.at_ms) : at;
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
	p[n].fd = db_fd(&w->db, &p[n].events);
	if (p[n].fd >= 0)
		n++;
	p[n].fd = w->doubt ? -1 : db_fd(&w->transform.db, &p[n].events);
	if (p[n].fd >= 0)
		n++;
	pool_wait(&w->jobs.pool, p, n, left > 0 ? (int)left : 0);
	if (p[0].revents != 0)
		signals_read(w);
}

/* Whoever was stopped for long asks whose its deliveries are by now. */
static void
slept(struct worker *w, int64_t now)
{
	if (w->turn_ms != 0 && now - w->turn_ms > w->self.lease_ms / 2) {
		w->doubt = true;
		w->beat_ms = now;
	}
	w->turn_ms = now;
}

static void
loop(struct worker *w)
{
	struct db_answer	a;
	enum db_result		r;
	int64_t			now;

	while (!w->over) {
		slept(w, clock_monotonic_ms());
		jobs_collect(&w->jobs);
		if (db_is_busy(&w->db) && db_step(&w->db, &r, &a))
			heard(w, r, &a, clock_monotonic_ms());
		now = clock_monotonic_ms();
		if (!w->doubt)
			transform_step(&w->transform, &w->jobs, now);
		ends(w, now);
		if (!db_is_busy(&w->db) && !w->over)
			ask(w, now);
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
	unsigned char	id[16];
	int64_t		now = clock_monotonic_ms();

	w->begun_ms = w->report_ms = now;
	w->report_ms += REPORT_MS;
	w->connect_pause_ms = RECONNECT_MS;
	w->finish_most = RESULTS_MOST;
	w->watchdog_every_ms = notify_watchdog_ms();
	w->drained.pause_ms = BUSY_MS;
	w->replay.pause_ms = w->route.pause_ms = w->take.pause_ms = BUSY_MS;
	w->log.json = w->config->log_json;
	w->db.url = w->config->admin_database_url;
	w->results = malloc(RESULTS_BYTES);
	w->lists[0] = calloc(1, LISTS_BYTES);	/* they end, come what may */
	w->lists[1] = calloc(1, LISTS_BYTES);
	if (gethostname(w->host, sizeof(w->host) - 1) != 0)
		(void)snprintf(w->host, sizeof(w->host), "unknown");
	if (!clock_uuid(clock_now_ms(), id) || w->results == NULL ||
	    w->lists[0] == NULL || w->lists[1] == NULL || !signals_open(w))
		return false;
	clock_uuid_format(id, w->self.id);
	w->self.host = w->host;
	w->self.pid = (int)getpid();
	w->self.lease_ms = WORKER_LEASE_MS;
	w->self.deadline_ms = STATEMENT_MS;
	drain_open(&w->drain, w->config);
	tell_open(&w->tell, w->config, &w->log);
	transform_open(&w->transform, w->config->admin_database_url);
	w->most = affordable(w);
	return jobs_open(&w->jobs, w->config, &w->log, w->most);
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
	db_close(&w.db);
	transform_close(&w.transform);
	jobs_close(&w.jobs);
	drain_close(&w.drain);
	tell_close(&w.tell);
	free(w.low);
	free(w.results);
	free(w.lists[0]);
	free(w.lists[1]);
	if (begun)
		log_write(&w.log, LOG_INFO, "worker ends", NULL);
	return begun && w.away_ms == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
