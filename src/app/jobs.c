/* Deliveries from the claim to the result. See jobs.h. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "../core/twiml.h"
#include "../edge/clock.h"
#include "jobs.h"

#define SCRATCH_BYTES ((size_t)512 << 10)
#define SPEC_FACTOR 24		/* of memory to the destinations' text, */
#define SPEC_FACTOR_MOST 1536	/* at most */
#define JOB_BYTES ((size_t)64 << 10)	/* beside its event's */
#define JOB_FACTOR 12

bool
jobs_open(struct jobs *j, const struct config *c, const struct log *log,
    size_t most)
{
	*j = (struct jobs){ .log = log, .version = -1, .most = most };
	j->results_end = &j->results;
	j->children.fd = -1;
	j->pool.fd = -1;
	j->scratch.cap = SCRATCH_BYTES;
	j->scratch.base = malloc(SCRATCH_BYTES);
	if (j->scratch.base != NULL && deliver_open(&j->deliver, c) &&
	    pool_open(&j->pool, most) &&
	    children_open(&j->children, JOBS_MOST_PROGRAMS))
		return true;
	log_say(log, LOG_ERROR, "worker cannot start", "why",
	    STR("libcurl, memory or file descriptors are missing"));
	return false;
}

static void
set_drop(struct job_set *set)
{
	if (set == NULL || --set->users > 0)
		return;
	free(set->arena.base);
	free(set);
}

static void
job_free(struct job *job)
{
	set_drop(job->set);
	free(job->arena.base);
	free(job);
}

/* Out of the list, and freed. */
static void
job_end(struct jobs *j, struct job *job)
{
	struct job	**at = &j->first;

	while (*at != job)
		at = &(*at)->next;
	*at = job->next;
	j->n--;
	job_free(job);
}

void
jobs_close(struct jobs *j)
{
	pool_close(&j->pool);
	children_close(&j->children);
	while (j->first != NULL)
		job_end(j, j->first);
	jobs_stored(j, j->nresults);
	set_drop(j->set);
	deliver_close(&j->deliver);
	free(j->scratch.base);
}

/* NULL: it does not fit (*full), or cannot be read. */
static struct job_set *
set_read(struct str text, size_t cap, bool *full)
{
	struct job_set	*set = calloc(1, sizeof(*set));
	struct str	 copy;

	*full = false;
	if (set == NULL)
		return NULL;
	set->users = 1;
	set->arena.cap = cap;
	set->arena.base = malloc(cap);
	if (set->arena.base != NULL) {
		copy = arena_copy(&set->arena, text);
		if (copy.p != NULL && destinations_load(&set->arena, copy,
		    &set->to))
			return set;
		*full = set->arena.full;
	}
	set_drop(set);
	return NULL;
}

static void
say_broken(const struct jobs *j)
{
	const struct destinations	*to = &j->set->to;
	size_t				 i;

	for (i = 0; i < to->n; i++)
		if (to->at[i].broken.p != NULL)
			log_write(j->log, LOG_ERROR, "destination is broken: "
			    "its deliveries wait", (struct log_field[]){
			    { "destination", to->at[i].name },
			    { "why", to->at[i].broken },
			    { NULL, { NULL, 0 } } });
}

bool
jobs_load(struct jobs *j, struct str text, int64_t version)
{
	struct job_set	*set = NULL;
	size_t		 factor;
	bool		 full = true;

	/* Of a template of nothing but tags much has to be kept. */
	for (factor = SPEC_FACTOR; full && factor <= SPEC_FACTOR_MOST;
	    factor *= 4)
		set = set_read(text, JOB_BYTES + text.n * factor, &full);
	if (set == NULL)
		return false;
	set_drop(j->set);
	j->set = set;
	j->version = version;
	say_broken(j);
	return true;
}

static uint64_t
random_bits(void)
{
	unsigned char	b[8];
	uint64_t	v = 0;
	size_t		i;

	if (!clock_random(b, sizeof(b)))
		return (uint64_t)clock_monotonic_ms();
	for (i = 0; i < sizeof(b); i++)
		v = v << 8 | b[i];
	return v;
}

static void
json_name(struct out *o, const char *name)
{
	out_cstr(o, ",\"");
	out_cstr(o, name);
	out_cstr(o, "\":");
}

static void
json_number(struct out *o, const char *name, int64_t v)
{
	json_name(o, name);
	out_int(o, v);
}

static void
json_text(struct out *o, const char *name, struct str v)
{
	if (v.p == NULL)
		return;
	json_name(o, name);
	out_json(o, v);
}

static void
result_write(struct out *o, const struct task *t, const char *outcome,
    int64_t begun_ms, const struct deliver_verdict *v)
{
	char	lease[37];

	clock_uuid_format(t->lease, lease);
	out_cstr(o, "{\"id\":");
	out_int(o, t->id);
	json_text(o, "lease", str_from(lease));
	json_text(o, "outcome", str_from(outcome));
	if (v != NULL) {
		if (v->reason != NULL)
			json_text(o, "reason", str_from(v->reason));
		if (v->error != NULL)
			json_text(o, "error", str_from(v->error));
		if (v->status >= 0)
			json_number(o, "status", v->status);
		if (v->outcome == DELIVER_RETRY)
			json_number(o, "after_ms", v->after_ms);
		json_text(o, "head", v->head);
		json_number(o, "at", begun_ms);
		json_number(o, "ms", v->ms);
	}
	out_char(o, '}');
}

/*
 * Without memory for it the result is left out: the lease runs out, and the
 * delivery is made again.
 */
static void
result_add(struct jobs *j, const struct task *t, const char *outcome,
    int64_t begun_ms, const struct deliver_verdict *v)
{
	char			 buf[DELIVER_MAX_HEAD * 6 + 1024];
	struct out		 o = out_init(buf, sizeof(buf));
	struct job_result	*r;

	result_write(&o, t, outcome, begun_ms, v);
	r = o.overflow ? NULL : malloc(sizeof(*r) + o.n);
	if (r == NULL)
		return;
	r->next = NULL;
	r->n = o.n;
	memcpy(r->json, o.p, o.n);
	*j->results_end = r;
	j->results_end = &r->next;
	j->nresults++;
}

/* One that was not delivered is worth a line when it is the last try. */
static void
say_dead(const struct jobs *j, const struct job *job,
    const struct deliver_verdict *v)
{
	char	id[TASK_MAX_WIRE_ID];

	task_wire_id(&job->task, id);
	log_write(j->log, LOG_WARNING, "delivery is dead",
	    (struct log_field[]){ { "delivery", str_from(id) },
	    { "destination", job->to->name },
	    { "why", str_from(v->reason == NULL ? "" : v->reason) },
	    { NULL, { NULL, 0 } } });
}

static void
job_judged(struct jobs *j, struct job *job, const struct deliver_verdict *v)
{
	switch (v->outcome) {
	case DELIVER_DELIVERED:
		j->counts.delivered++;
		break;
	case DELIVER_RETRY:
		j->counts.retried++;
		break;
	case DELIVER_DEAD:
	case DELIVER_EXPIRED:
		j->counts.dead++;
		say_dead(j, job, v);
		break;
	}
	result_add(j, &job->task, deliver_outcome_name(v->outcome),
	    job->begun_ms, v);
	job_end(j, job);
}

static void
job_back(struct jobs *j, struct job *job)
{
	result_add(j, &job->task, "back", 0, NULL);
	job_end(j, job);
}

/*
 * Since 1970, by Postgres' clock: whose clock is wrong here shall not expire
 * what others have just routed, nor sign with another time.
 */
static int64_t
jobs_now(const struct jobs *j)
{
	return clock_monotonic_ms() + j->ahead_ms;
}

/* Make it ready and send it. */
static void
job_begin(struct jobs *j, struct job *job, struct str body)
{
	struct deliver_verdict	v;

	job->begun_ms = jobs_now(j);
	if (!deliver_make(&j->deliver, &job->arena, job->to, &job->task, body,
	    job->begun_ms, random_bits(), &job->order, &v)) {
		job_judged(j, job, &v);
		return;
	}
	job->stage = job->order.exec ? JOB_PROGRAM : JOB_HTTP;
	if (job->order.exec ? !children_add(&j->children, &job->order.child,
	    job) : !pool_add(&j->pool, &job->order.http, job))
		job_back(j, job);
}

static bool
copy_text(struct arena *a, struct str *s)
{
	if (s->p == NULL)
		return true;
	*s = arena_copy(a, *s);
	return s->p != NULL;
}

static bool
copy_task(struct arena *a, struct task *t)
{
	return copy_text(a, &t->account) && copy_text(a, &t->kind) &&
	    copy_text(a, &t->sid) && copy_text(a, &t->status) &&
	    copy_text(a, &t->verdict) && copy_text(a, &t->from) &&
	    copy_text(a, &t->to) && copy_text(a, &t->parent) &&
	    copy_text(a, &t->method) && copy_text(a, &t->format) &&
	    copy_text(a, &t->token) && copy_text(a, &t->url) &&
	    copy_text(a, &t->raw) && copy_text(a, &t->trigger) &&
	    copy_text(a, &t->info);
}

void
jobs_add(struct jobs *j, const struct task *t, bool late)
{
	const struct destination	*to = j->set == NULL ? NULL :
					    destinations_find(&j->set->to,
					    t->destination);
	struct job			*job;

	if (to == NULL)
		j->unknown = true;
	if (to == NULL || to->broken.p != NULL || late) {
		result_add(j, t, "back", 0, NULL);
		return;
	}
	job = calloc(1, sizeof(*job));
	if (job == NULL) {
		result_add(j, t, "back", 0, NULL);
		return;
	}
	job->arena.cap = JOB_BYTES + t->raw.n * JOB_FACTOR +
	    (to->template != NULL || to->transform_sql.p != NULL ?
	    2 * TWIML_MAX_BYTES : 0);
	job->arena.base = malloc(job->arena.cap);
	job->task = *t;
	job->set = j->set;
	job->set->users++;
	job->to = to;
	job->next = j->first;
	j->first = job;
	j->n++;
	if (job->arena.base == NULL || !copy_task(&job->arena, &job->task))
		job_back(j, job);
	else if (to->transform_sql.p != NULL)
		job->stage = JOB_TRANSFORM;
	else
		job_begin(j, job, (struct str){ NULL, 0 });
}

struct job *
jobs_transform(const struct jobs *j)
{
	struct job	*job;

	for (job = j->first; job != NULL; job = job->next)
		if (job->stage == JOB_TRANSFORM && !job->asked)
			return job;
	return NULL;
}

void
jobs_transformed(struct jobs *j, struct job *job, struct str body,
    const char *error)
{
	struct deliver_verdict	v;
	struct str		copy = { NULL, 0 };

	/* As much as a template may make. */
	if (error == NULL && body.p != NULL && body.n <= TWIML_MAX_BYTES)
		copy = arena_copy(&job->arena, body);
	if (error == NULL && body.p != NULL && copy.p == NULL)
		error = "the function's result is larger than 64 kB";
	if (job->gone)
		job_end(j, job);
	else if (error == NULL && body.p == NULL) {
		result_add(j, &job->task, "cancelled", jobs_now(j),
		    &(struct deliver_verdict){ .reason = "transform",
		    .status = -1 });
		job_end(j, job);
	} else if (error == NULL)
		job_begin(j, job, copy);
	else {
		j->scratch.used = 0;
		job->begun_ms = jobs_now(j);
		deliver_judge_own(&j->scratch, job->to, &job->task,
		    "TRANSFORM_FAILED", str_from(error), job->begun_ms,
		    random_bits(), &v);
		job_judged(j, job, &v);
	}
}

void
jobs_collect(struct jobs *j)
{
	struct http_reply	 reply;
	struct child_result	 end;
	struct deliver_verdict	 v;
	struct job		*job;
	void			*who;

	for (j->scratch.used = 0; pool_next(&j->pool, &j->scratch, &who,
	    &reply); j->scratch.used = 0) {
		job = who;
		deliver_judge(&j->scratch, job->to, &job->task, &reply,
		    jobs_now(j), random_bits(), &v);
		job_judged(j, job, &v);
	}
	for (; children_next(&j->children, &j->scratch, &who, &end);
	    j->scratch.used = 0) {
		job = who;
		deliver_judge_child(&j->scratch, job->to, &job->task, &end,
		    jobs_now(j), random_bits(), &v);
		job_judged(j, job, &v);
	}
	j->scratch.full = false;
}

/* Break off what is under way; whether it was. */
static void
job_break_off(struct jobs *j, struct job *job)
{
	switch (job->stage) {
	case JOB_TRANSFORM:
		break;
	case JOB_HTTP:
		pool_cancel(&j->pool, job);
		break;
	case JOB_PROGRAM:
		children_cancel(&j->children, job);
		break;
	}
}

/* One whose function is being asked stays until that has answered. */
static void
job_drop(struct jobs *j, struct job *job)
{
	if (job->asked)
		job->gone = true;
	else
		job_end(j, job);
}

/* One that has gone out is an attempt, whatever would have come of it. */
static void
job_give_back(struct jobs *j, struct job *job)
{
	const struct deliver_verdict	stopped = {
		.outcome = DELIVER_RETRY,
		.error = "STOPPED",
		.status = -1,
		.ms = jobs_now(j) - job->begun_ms,
	};

	if (job->stage == JOB_TRANSFORM)
		result_add(j, &job->task, "back", 0, NULL);
	else
		result_add(j, &job->task, deliver_outcome_name(DELIVER_RETRY),
		    job->begun_ms, &stopped);
}

void
jobs_give_back(struct jobs *j)
{
	struct job	*job, *next;

	for (job = j->first; job != NULL; job = next) {
		next = job->next;
		if (job->gone)
			continue;
		job_break_off(j, job);
		job_give_back(j, job);
		job_drop(j, job);
	}
}

void
jobs_lose(struct jobs *j, int64_t id)
{
	struct job	*job;
	char		 wire[TASK_MAX_WIRE_ID];

	for (job = j->first; job != NULL && job->task.id != id;)
		job = job->next;
	if (job == NULL || job->gone)
		return;
	task_wire_id(&job->task, wire);
	log_say(j->log, LOG_WARNING, "lease is lost", "delivery",
	    str_from(wire));
	job_break_off(j, job);
	job_drop(j, job);
}

size_t
jobs_results(const struct jobs *j, size_t max, struct out *o)
{
	const struct job_result	*r;
	size_t			 n = 0, before = 0;

	out_char(o, '[');
	for (r = j->results; r != NULL && n < max; r = r->next) {
		before = o->n;
		if (n > 0)
			out_char(o, ',');
		out_bytes(o, (struct str){ r->json, r->n });
		/* room for the end */
		if (o->overflow || o->cap - o->n < 2)
			break;
		n++;
	}
	if (r != NULL && n < max) {
		o->n = before;
		o->overflow = false;
	}
	out_char(o, ']');
	out_char(o, '\0');
	return n;
}

void
jobs_stored(struct jobs *j, size_t n)
{
	struct job_result	*r;

	for (; n > 0 && j->results != NULL; n--) {
		r = j->results;
		j->results = r->next;
		j->nresults--;
		free(r);
	}
	if (j->results == NULL)
		j->results_end = &j->results;
}

/* How many more a destination may have; a broken one has to wait. */
static size_t
room(const struct jobs *j, const struct destination *to)
{
	size_t			 most = j->most < JOBS_MOST_EACH ? j->most :
				    JOBS_MOST_EACH;
	const struct job	*job;
	size_t			 n = 0, programs = 0;

	for (job = j->first; job != NULL; job = job->next) {
		n += job->to->id == to->id;
		programs += job->to->url == NULL;
	}
	if (to->url == NULL) {
		n = programs;
		most = JOBS_MOST_PROGRAMS;
	}
	if (to->broken.p != NULL)
		return 0;
	return n < most ? most - n : 0;
}

bool
jobs_let_others_go(const struct jobs *j)
{
	const struct destination	*to;
	size_t				 i;

	for (i = 0; j->set != NULL && i < j->set->to.n; i++) {
		to = &j->set->to.at[i];
		if (to->ordered || to->concurrency > 0 || to->rate_n > 0 ||
		    to->url == NULL)
			return true;
	}
	return false;
}

void
jobs_room(const struct jobs *j, struct out *o)
{
	size_t	i;

	out_char(o, '{');
	for (i = 0; j->set != NULL && i < j->set->to.n; i++) {
		out_cstr(o, i > 0 ? ",\"" : "\"");
		out_int(o, j->set->to.at[i].id);
		out_cstr(o, "\":");
		out_int(o, (int64_t)room(j, &j->set->to.at[i]));
	}
	out_char(o, '}');
	out_char(o, '\0');
}

void
jobs_full(const struct jobs *j, struct out *o)
{
	const struct destination	*to;
	size_t				 i;

	out_char(o, '{');
	for (i = 0; j->set != NULL && i < j->set->to.n; i++) {
		to = &j->set->to.at[i];
		/* Programs are few, and claimed one by one. */
		if (to->url != NULL && room(j, to) > 0)
			continue;
		if (o->n > 1)
			out_char(o, ',');
		out_int(o, to->id);
	}
	out_char(o, '}');
	out_char(o, '\0');
}

void
jobs_leases(const struct jobs *j, struct out *ids, struct out *leases)
{
	const struct job	*job;
	char			 lease[37];

	out_char(ids, '{');
	out_char(leases, '{');
	for (job = j->first; job != NULL; job = job->next) {
		if (job->gone)
			continue;
		if (ids->n > 1) {
			out_char(ids, ',');
			out_char(leases, ',');
		}
		clock_uuid_format(job->task.lease, lease);
		out_int(ids, job->task.id);
		out_cstr(leases, lease);
	}
	out_cstr(ids, "}");
	out_cstr(leases, "}");
	out_char(ids, '\0');
	out_char(leases, '\0');
}

size_t
jobs_poll(const struct jobs *j, struct pollfd *p, int *timeout_ms)
{
	*timeout_ms = children_timeout(&j->children);
	*p = (struct pollfd){ .fd = j->children.fd, .events = POLLIN };
	return 1;
}
