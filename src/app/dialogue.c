/* What a worker and Postgres say to each other. See dialogue.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../edge/clock.h"
#include "../edge/notify.h"
#include "claims.h"
#include "dialogue.h"

#define IDLE_MS 250		/* between two looks when nothing is due */
#define TAKE_IDLE_MS 1000	/* what is due later hurries less */
#define BUSY_MS 5
#define BEAT_MS 10000
#define DESTINATIONS_MS 2000	/* how old the known ones may be */
#define REPLAY_MS 1000
#define RECONNECT_MS 100	/* doubled up to */
#define RECONNECT_CAP_MS 5000
#define REPLAY_MOST 500
#define FINISH_MS 20		/* between two, unless there are many, */
#define FINISH_MANY 250		/* or somebody waits for them */
#define RESULTS_MOST 500
#define RESULTS_BYTES ((size_t)2 << 20)
#define LISTS_BYTES ((size_t)1 << 20)	/* of 50,000 destinations */

bool
dialogue_open(struct dialogue *d, const char *url, struct jobs *jobs,
    const struct log *log, int64_t lease_ms)
{
	unsigned char	id[16];

	*d = (struct dialogue){ .log = log, .jobs = jobs,
	    .finish_most = RESULTS_MOST, .connect_pause_ms = RECONNECT_MS };
	d->db.url = url;
	d->replay.pause_ms = d->route.pause_ms = d->take.pause_ms = BUSY_MS;
	d->results = malloc(RESULTS_BYTES);
	d->lists[0] = calloc(1, LISTS_BYTES);	/* they end, come what may */
	d->lists[1] = calloc(1, LISTS_BYTES);
	if (gethostname(d->host, sizeof(d->host) - 1) != 0)
		(void)snprintf(d->host, sizeof(d->host), "unknown");
	if (!clock_uuid(clock_now_ms(), id) || d->results == NULL ||
	    d->lists[0] == NULL || d->lists[1] == NULL)
		return false;
	clock_uuid_format(id, d->self.id);
	d->self.host = d->host;
	d->self.pid = (int)getpid();
	d->self.lease_ms = lease_ms;
	d->self.deadline_ms = DIALOGUE_STATEMENT_MS;
	return true;
}

void
dialogue_close(struct dialogue *d)
{
	db_close(&d->db);
	PQclear(d->arrived);
	free(d->low);
	free(d->results);
	free(d->lists[0]);
	free(d->lists[1]);
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

void
dialogue_route_soon(struct dialogue *d, int64_t now)
{
	pace_soon(&d->route, now);
}

bool
dialogue_is_idle(const struct dialogue *d)
{
	return d->known && d->route.idle && d->take.idle && d->replay.idle;
}

/* When to route. One that has no place does it for the others, in no hurry. */
static int64_t
route_time(const struct dialogue *d)
{
	return claims_wanted(d->jobs, true) ? d->route.at_ms :
	    d->routed_ms + IDLE_MS;
}

static void
asked(struct dialogue *d, enum asked what, int64_t now)
{
	d->asked = what;
	d->asked_ms = now;
	d->finished = false;
}

static void
ask_connection(struct dialogue *d, int64_t now)
{
	if (now < d->connect_ms)
		return;
	db_begin(&d->db, now + DIALOGUE_STATEMENT_MS);
	asked(d, ASKED_CONNECTION, now);
}

static void
ask_finish(struct dialogue *d, int64_t now)
{
	struct out	o = out_init(d->results, RESULTS_BYTES);

	d->asked_n = results_json(&d->jobs->results, d->finish_most, &o);
	queue_send_finish(&d->db, &d->self, d->results);
	asked(d, ASKED_FINISH, now);
	d->finish_ms = now;
	d->hurried = d->jobs->hurry;
	d->jobs->hurry = false;
}

static void
ask_beat(struct dialogue *d, int64_t now)
{
	struct out	ids = out_init(d->lists[0], LISTS_BYTES - 1);
	struct out	leases = out_init(d->lists[1], LISTS_BYTES - 1);

	claims_leases(d->jobs, &ids, &leases);
	queue_send_beat(&d->db, &d->self, d->lists[0], d->lists[1]);
	asked(d, ASKED_BEAT, now);
}

static void
ask_take(struct dialogue *d, int64_t now)
{
	struct out	most = out_init(d->lists[0], LISTS_BYTES - 1);

	claims_room(d->jobs, &most);
	d->asked_n = shares_free(&d->jobs->shares);
	queue_send_take(&d->db, &d->self, (int)d->asked_n, d->lists[0],
	    d->low);
	asked(d, ASKED_TAKE, now);
	d->took = true;
}

static void
ask_route(struct dialogue *d, int64_t now)
{
	struct out	skip = out_init(d->lists[0], LISTS_BYTES - 1);
	size_t		room;

	d->asked_n = claims_routable(d->jobs, &room, &skip);
	queue_send_route(&d->db, &d->self, (int)d->asked_n,
	    (int)room, d->lists[0]);
	asked(d, ASKED_ROUTE, now);
	d->routed_ms = now;
	d->took = false;
}

static bool
may_take(const struct dialogue *d, int64_t now)
{
	return now >= d->take.at_ms && claims_wanted(d->jobs, false);
}

/*
 * Whether to get more before the next results are told: they come all the
 * time, and those who send should not have to wait.
 */
static bool
hungry(const struct dialogue *d, int64_t now)
{
	return d->finished && !d->stopping && (may_take(d, now) ||
	    (now >= d->route.at_ms && claims_wanted(d->jobs, true)));
}

/* When results are to be told: a statement costs as much as some of them. */
static int64_t
finish_time(const struct dialogue *d)
{
	const struct jobs	*j = d->jobs;

	return j->results.n >= FINISH_MANY || j->results.n >= j->n ||
	    j->hurry ? 0 : d->finish_ms + FINISH_MS;
}

/*
 * What hurries less than results; nothing when it is too early for each. By
 * turns, as there may be enough of either for ever.
 */
static void
ask_more(struct dialogue *d, int64_t now)
{
	bool	route = now >= route_time(d);

	if (may_take(d, now) && !(route && d->took))
		ask_take(d, now);
	else if (route)
		ask_route(d, now);
	else if (now >= d->replay.at_ms) {
		queue_send_replay(&d->db, &d->self, REPLAY_MOST);
		asked(d, ASKED_REPLAY, now);
	}
}

/* The next thing to ask. */
static void
ask(struct dialogue *d, int64_t now)
{
	bool	results = d->jobs->results.n > 0 && now >= finish_time(d);

	if (d->db.conn == NULL)
		ask_connection(d, now);
	else if (d->arrived != NULL) {
		/* How much room there is, is not known yet. */
		if (results)
			ask_finish(d, now);
	} else if (now >= d->beat_ms)
		ask_beat(d, now);
	else if (!d->stopping && (d->jobs->unknown || now >= d->set_ms)) {
		queue_send_destinations(&d->db, &d->self, d->jobs->version);
		asked(d, ASKED_DESTINATIONS, now);
	} else if (results && !hungry(d, now))
		ask_finish(d, now);
	else if (!d->stopping)
		ask_more(d, now);
	else if (d->jobs->n == 0) {
		queue_send_gone(&d->db, &d->self);
		asked(d, ASKED_GONE, now);
	}
}

/* Hold what an answer has claimed. */
static void
begin_tasks(struct dialogue *d)
{
	const PGresult	*res = d->arrived;
	struct task	 t;
	int		 i, n = queue_tasks(res);

	for (i = 1; i <= n; i++)
		if (queue_task(res, i, &t))
			jobs_add(d->jobs, &t, d->arrived_ms);
	PQclear(d->arrived);
	d->arrived = NULL;
	if (d->stopping)
		jobs_put_back(d->jobs, 0);
}

static void
keep_low(struct dialogue *d, struct str low)
{
	char	*copy = low.p == NULL ? NULL : malloc(low.n + 1);

	if (copy == NULL)
		return;
	memcpy(copy, low.p, low.n);
	copy[low.n] = '\0';
	free(d->low);
	d->low = copy;
}

static void
heard_destinations(struct dialogue *d, const PGresult *res, int64_t now)
{
	int64_t		version;
	struct str	text = queue_destinations(res, &version);

	d->set_ms = now + DESTINATIONS_MS;
	d->jobs->unknown = false;
	if (text.p == NULL || jobs_load(d->jobs, text, version))
		return;
	log_write(d->log, LOG_ERROR, "the destinations do not fit into "
	    "memory", NULL);
	/* What it cannot send it would only give back, without an end. */
	d->route.at_ms = d->take.at_ms = d->set_ms;
}

static void
heard_finish(struct dialogue *d, const PGresult *res, int64_t now)
{
	int	i;
	char	id[24];

	for (i = 0; i < PQntuples(res); i++) {
		if (queue_closed(res, i) != 0)
			jobs_put_back(d->jobs, queue_closed(res, i));
		if (queue_late(res, i) == 0)
			continue;
		(void)snprintf(id, sizeof(id), "%lld",
		    (long long)queue_late(res, i));
		log_say(d->log, LOG_WARNING, "finished too late", "delivery",
		    str_from(id));
	}
	results_drop(&d->jobs->results, d->asked_n);
	d->finish_most = RESULTS_MOST;
	if (d->hurried)
		pace_soon(&d->take, now);
	d->finished = true;
}

static void
heard_beat(struct dialogue *d, const PGresult *res, int64_t now)
{
	int	i;

	for (i = 0; i < PQntuples(res); i++)
		jobs_lose(d->jobs, queue_id(res, i));
	d->beat_ms = now + BEAT_MS;
	d->jobs->kept_ms = d->asked_ms;
	d->doubt = false;
	if (!d->known) {
		log_say(d->log, LOG_INFO, "worker is ready", "worker",
		    str_from(d->self.id));
		notify("STATUS=ready");
	}
	d->known = true;
}

/* A connection alone says little: one who may not call us connects, too. */
static void
heard_well(struct dialogue *d)
{
	d->connect_pause_ms = RECONNECT_MS;
	if (d->away_ms == 0)
		return;
	log_write(d->log, LOG_INFO, "Postgres is back", NULL);
	notify("STATUS=ready");
	d->away_ms = 0;
	/* It may be another server, or an older state: look everywhere. */
	free(d->low);
	d->low = NULL;
}

/* Postgres did not answer, or not in time. */
static void
heard_nothing(struct dialogue *d, const char *why, int64_t now)
{
	if (d->away_ms == 0) {
		d->away_ms = now;
		log_say(d->log, LOG_ERROR, "Postgres is away", "why",
		    str_from(why));
		notify("STATUS=Postgres is away; the log says why");
	}
	d->connect_ms = now + d->connect_pause_ms / 2 +
	    now % (d->connect_pause_ms / 2 + 1);
	d->connect_pause_ms *= 2;
	if (d->connect_pause_ms > RECONNECT_CAP_MS)
		d->connect_pause_ms = RECONNECT_CAP_MS;
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
heard_refusal(struct dialogue *d, enum asked what, const struct db_answer *a,
    int64_t now)
{
	if (d->away_ms == 0)
		log_write(d->log, LOG_ERROR, "Postgres refused",
		    (struct log_field[]){ { "why", str_from(a->error) },
		    { "sqlstate", str_from(a->sqlstate) },
		    { "advice", advice(a) }, { NULL, { NULL, 0 } } });
	/* Of results that it does not take, only the bad one is left out. */
	if (what != ASKED_FINISH || !db_refused_data(a->sqlstate)) {
		d->refused = !d->known;
		/* The line above says more than that it is away. */
		if (d->away_ms == 0)
			d->away_ms = now;
		heard_nothing(d, a->error, now);
	} else if (d->asked_n <= 1)
		results_drop(&d->jobs->results, d->asked_n);
	else
		d->finish_most = 1;
	db_close(&d->db);
}

/* Its tasks are begun when the next thing was asked. */
static void
keep_tasks(struct dialogue *d, PGresult *res, int64_t now)
{
	if (queue_tasks(res) > 0)
		d->jobs->ahead_ms = queue_now(res) - now;
	d->arrived = res;
	d->arrived_ms = d->asked_ms;
}

static void
heard_take(struct dialogue *d, PGresult *res, int64_t now)
{
	struct str	low;
	int64_t		n = queue_count(res, &low), wait = queue_wait(res);

	keep_low(d, low);
	pace_found(&d->take, now, n > 0, TAKE_IDLE_MS);
	if (wait > 0 && d->take.at_ms > now + wait)
		d->take.at_ms = now + wait;
	keep_tasks(d, res, now);
}

static void
heard_route(struct dialogue *d, PGresult *res, int64_t now)
{
	struct str	low;
	int64_t		n = queue_count(res, &low);

	pace_found(&d->route, now, n > 0, IDLE_MS);
	if (n >= (int64_t)d->asked_n)
		d->route.at_ms = now;
	if (queue_left(res) > 0)
		pace_soon(&d->take, now);
	keep_tasks(d, res, now);
}

static void
heard(struct dialogue *d, enum db_result r, struct db_answer *a, int64_t now)
{
	enum asked	what = d->asked;
	struct str	low;
	int64_t		n;

	d->asked = ASKED_NOTHING;
	if (r == DB_DOWN || r == DB_LATE) {
		heard_nothing(d, a->error, now);
		return;
	}
	if (r == DB_REFUSED) {
		heard_refusal(d, what, a, now);
		return;
	}
	if (what != ASKED_CONNECTION)
		heard_well(d);
	switch (what) {
	case ASKED_NOTHING:
	case ASKED_CONNECTION:
		break;
	case ASKED_DESTINATIONS:
		heard_destinations(d, a->res, now);
		break;
	case ASKED_FINISH:
		heard_finish(d, a->res, now);
		break;
	case ASKED_BEAT:
		heard_beat(d, a->res, now);
		break;
	case ASKED_TAKE:
		heard_take(d, a->res, now);
		return;
	case ASKED_ROUTE:
		heard_route(d, a->res, now);
		return;
	case ASKED_REPLAY:
		n = queue_count(a->res, &low);
		pace_found(&d->replay, now, n > 0, REPLAY_MS);
		if (n > 0)
			pace_soon(&d->take, now);
		break;
	case ASKED_GONE:
		d->gone = true;
		break;
	}
	PQclear(a->res);
}

/* Whoever was stopped for long asks whose its deliveries are by now. */
static void
slept(struct dialogue *d, int64_t now)
{
	if (d->turn_ms != 0 && now - d->turn_ms > d->self.lease_ms / 2) {
		d->doubt = true;
		d->beat_ms = now;
	}
	d->turn_ms = now;
}

void
dialogue_step(struct dialogue *d, int64_t now)
{
	struct db_answer	a;
	enum db_result		r;

	slept(d, now);
	if (db_is_busy(&d->db) && db_step(&d->db, &r, &a))
		heard(d, r, &a, now);
	if (!db_is_busy(&d->db) && !d->gone)
		ask(d, now);
	if (d->arrived != NULL)
		begin_tasks(d);
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t
dialogue_time(const struct dialogue *d)
{
	int64_t	at;

	if (db_is_busy(&d->db))
		return INT64_MAX;
	if (d->db.conn == NULL)
		return d->connect_ms;
	at = d->beat_ms;
	if (d->jobs->results.n > 0)
		at = earlier(at, finish_time(d));
	if (d->stopping)
		return d->jobs->n == 0 ? 0 : at;
	at = earlier(at, earlier(d->set_ms, d->replay.at_ms));
	if (claims_wanted(d->jobs, false))
		at = earlier(at, d->take.at_ms);
	return earlier(at, route_time(d));
}
