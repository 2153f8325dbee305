/* Deliveries from the claim to the result. See jobs.h. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "../core/twiml.h"
#include "../edge/clock.h"
#include "jobs.h"

#define SCRATCH_BYTES ((size_t)512 << 10)
#define JOB_BYTES ((size_t)64 << 10)	/* to make one, beside its event's */
#define JOB_FACTOR 12
#define HELD_MS 5000	/* others may have a place sooner */

bool
jobs_open(struct jobs *j, const struct config *c, const struct log *log,
    size_t most, int64_t lease_ms)
{
	*j = (struct jobs){ .log = log, .version = -1, .lease_ms = lease_ms };
	results_open(&j->results);
	shares_open(&j->shares, most);
	j->children.fd = -1;
	j->pool.fd = -1;
	if (!clock_random((unsigned char *)&j->random, sizeof(j->random)))
		j->random = (uint64_t)clock_monotonic_ms();
	j->scratch.cap = SCRATCH_BYTES;
	j->scratch.base = malloc(SCRATCH_BYTES);
	j->spare = calloc(most, sizeof(*j->spare));
	if (j->scratch.base != NULL && j->spare != NULL &&
	    deliver_open(&j->deliver, c) && pool_open(&j->pool, most) &&
	    children_open(&j->children, SHARES_PROGRAMS))
		return true;
	log_say(log, LOG_ERROR, "worker cannot start", "why",
	    STR("libcurl, memory or file descriptors are missing"));
	return false;
}

/*
 * Memory to make one in: what served before serves again, as to get it and
 * to give it back costs the system more than all that is written there.
 */
static bool
take_arena(struct jobs *j, struct arena *a, size_t cap)
{
	if (j->nspare > 0) {
		*a = j->spare[--j->nspare];
		a->used = 0;
		a->full = false;
		if (a->cap >= cap)
			return true;
		free(a->base);
	}
	*a = (struct arena){ .base = malloc(cap), .cap = cap };
	return a->base != NULL;
}

static void
leave_arena(struct jobs *j, struct arena *a)
{
	if (a->base != NULL && a->cap <= 2 * JOB_BYTES &&
	    j->nspare < j->shares.most)
		j->spare[j->nspare++] = *a;
	else
		free(a->base);
	a->base = NULL;
}

/* Out of those that are held. */
static void
unhold(struct jobs *j, struct job *job)
{
	struct share	*s = job->share;
	struct job	**at = &s->first;

	while (*at != job)
		at = &(*at)->behind;
	*at = job->behind;
	if (s->end == &job->behind)
		s->end = at;
	s->held--;
	j->shares.held--;
}

/* Its place is free. */
static void
leave_place(struct jobs *j, const struct job *job)
{
	job->share->sent--;
	job->share->ended++;
	j->shares.sent--;
	if (job->to->url == NULL)
		j->shares.programs--;
}

/* Out of the lists, and freed. */
static void
job_end(struct jobs *j, struct job *job)
{
	if (job->stage == JOB_HELD)
		unhold(j, job);
	else
		leave_place(j, job);
	j->transforms -= job->stage == JOB_TRANSFORM;
	*job->before = job->next;
	if (job->next != NULL)
		job->next->before = job->before;
	j->n--;
	leave_arena(j, &job->arena);
	job_set_drop(job->set);
	free(job);
}

void
jobs_close(struct jobs *j)
{
	struct job	*job, *next;

	pool_close(&j->pool);
	children_close(&j->children);
	for (job = j->first; job != NULL; job = next) {
		next = job->next;
		job_end(j, job);
	}
	while (j->nspare > 0)
		free(j->spare[--j->nspare].base);
	free(j->spare);
	results_close(&j->results);
	shares_close(&j->shares);
	job_set_drop(j->set);
	deliver_close(&j->deliver);
	free(j->scratch.base);
}

bool
jobs_load(struct jobs *j, struct str text, int64_t version)
{
	struct job_set	*set = job_set_read(j->log, text);

	if (set == NULL)
		return false;
	job_set_drop(j->set);
	j->set = set;
	j->version = version;
	j->shares.alone = set->to.n <= 1;
	return true;
}

/* Good enough to spread retries (splitmix64); the first is from the system. */
static uint64_t
random_bits(struct jobs *j)
{
	uint64_t	v = j->random += 0x9e3779b97f4a7c15u;

	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9u;
	v = (v ^ v >> 27) * 0x94d049bb133111ebu;
	return v ^ v >> 31;
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

/*
 * Whether one that has ended may let others go: of a lane, of a destination
 * that has so many at once, or of programs.
 */
static bool
lets_others_go(const struct destination *to)
{
	return to->ordered || to->concurrency > 0 || to->rate_n > 0 ||
	    to->url == NULL;
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
	results_add(&j->results, &job->task,
	    deliver_outcome_name(v->outcome), job->begun_ms, v);
	j->hurry = j->hurry || lets_others_go(job->to);
	job_end(j, job);
}

static void
task_back(struct jobs *j, const struct task *t)
{
	results_add(&j->results, t, "back", 0, NULL);
}

static void
job_back(struct jobs *j, struct job *job)
{
	task_back(j, &job->task);
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
job_make(struct jobs *j, struct job *job, struct str body)
{
	struct deliver_verdict	v;

	job->begun_ms = jobs_now(j);
	if (!deliver_make(&j->deliver, &job->arena, job->to, &job->task, body,
	    job->begun_ms, random_bits(j), &job->order, &v)) {
		job_judged(j, job, &v);
		return;
	}
	j->transforms--;
	job->stage = job->order.exec ? JOB_PROGRAM : JOB_HTTP;
	if (job->order.exec ? !children_add(&j->children, &job->order.child,
	    job) : !pool_add(&j->pool, &job->order.http, job))
		job_back(j, job);
}

/*
 * Its destination as it is known by now: what was changed meanwhile holds for
 * what was not sent. False: it is gone.
 */
static bool
job_renew(const struct jobs *j, struct job *job)
{
	const struct destination	*to = job->to;

	if (job->set == j->set)
		return true;
	to = destinations_find(&j->set->to, to->id);
	if (to == NULL || to->broken.p != NULL)
		return false;
	job_set_drop(job->set);
	job->set = job_set_keep(j->set);
	job->to = to;
	return true;
}

/* It gets a place. */
static void
job_begin(struct jobs *j, struct job *job)
{
	const struct destination	*to = job->to;
	size_t				 cap = JOB_BYTES + job->task.raw.n *
					    JOB_FACTOR;

	if (to->template != NULL || to->transform_sql.p != NULL)
		cap += 2 * TWIML_MAX_BYTES;
	unhold(j, job);
	job->stage = JOB_TRANSFORM;
	j->transforms++;
	job->share->sent++;
	j->shares.sent++;
	if (to->url == NULL)
		j->shares.programs++;
	if (!take_arena(j, &job->arena, cap))
		job_back(j, job);
	else if (to->transform_sql.p == NULL)
		job_make(j, job, (struct str){ NULL, 0 });
}

/* Whether somebody else may have it before it would be done. */
static bool
is_late(const struct jobs *j, const struct job *job, int64_t now)
{
	int64_t	since = job->leased_ms > j->kept_ms ? job->leased_ms :
		    j->kept_ms;

	return now - since > j->lease_ms / 2;
}

/* Of the destination whose turn it is, the first; NULL: none may go. */
static struct job *
next_held(struct jobs *j)
{
	struct shares	*s = &j->shares;
	struct share	*one;
	size_t		 i;

	for (i = 0; i < s->n && s->held > 0; i++) {
		if (++s->turn >= s->n)
			s->turn = 0;
		one = s->at[s->turn];
		if (one->held > 0 && shares_may_send(s, one, one->first->to))
			return one->first;
	}
	return NULL;
}

/* A receiver that was quick may be so no more. */
static void
put_back_old(struct jobs *j, int64_t now)
{
	struct shares	*s = &j->shares;
	size_t		 i;

	for (i = 0; i < s->n && s->held > 0; i++)
		while (s->at[i]->held > 0 &&
		    now - s->at[i]->first->leased_ms > HELD_MS)
			job_back(j, s->at[i]->first);
}

void
jobs_send(struct jobs *j, int64_t now)
{
	struct job	*job;

	shares_clock(&j->shares, now);
	while (j->shares.sent < j->shares.most &&
	    (job = next_held(j)) != NULL) {
		if (is_late(j, job, now) || !job_renew(j, job))
			job_back(j, job);
		else
			job_begin(j, job);
	}
	put_back_old(j, now);
}

/* The texts of a task. */
#define TEXTS 15

static void
texts_of(struct task *t, struct str *of[TEXTS])
{
	struct str *const	all[TEXTS] = { &t->account, &t->kind, &t->sid,
		&t->status, &t->verdict, &t->from, &t->to, &t->parent,
		&t->method, &t->format, &t->token, &t->url, &t->raw,
		&t->trigger, &t->info };

	memcpy(of, all, sizeof(all));
}

/* A copy that has its texts behind it, each with a NUL; NULL: no memory. */
static struct job *
job_new(const struct task *task)
{
	struct task	 t = *task;
	struct str	*text[TEXTS];
	struct job	*job;
	size_t		 i, n = 0;

	texts_of(&t, text);
	for (i = 0; i < TEXTS; i++)
		n += text[i]->n + 1;
	job = malloc(sizeof(*job) + n);
	if (job == NULL)
		return NULL;
	*job = (struct job){ .task = t };
	texts_of(&job->task, text);
	for (n = 0, i = 0; i < TEXTS; i++) {
		if (text[i]->p == NULL)
			continue;
		memcpy(job->text + n, text[i]->p, text[i]->n);
		text[i]->p = job->text + n;
		n += text[i]->n;
		job->text[n++] = '\0';
	}
	return job;
}

void
jobs_add(struct jobs *j, const struct task *t, int64_t leased_ms)
{
	const struct destination	*to = j->set == NULL ? NULL :
					    destinations_find(&j->set->to,
					    t->destination);
	struct share			*share = NULL;
	struct job			*job = NULL;

	if (to == NULL)
		j->unknown = true;
	else if (to->broken.p == NULL)
		share = shares_of(&j->shares, to->id);
	if (share != NULL)
		job = job_new(t);
	if (job == NULL) {
		task_back(j, t);
		return;
	}
	job->leased_ms = leased_ms;
	job->set = job_set_keep(j->set);
	job->to = to;
	job->share = share;
	job->next = j->first;
	job->before = &j->first;
	if (j->first != NULL)
		j->first->before = &job->next;
	j->first = job;
	j->n++;
	shares_size(&j->shares, t->raw.n);
	*share->end = job;
	share->end = &job->behind;
	share->held++;
	j->shares.held++;
}

struct job *
jobs_transform(const struct jobs *j)
{
	struct job	*job = j->transforms > 0 ? j->first : NULL;

	for (; job != NULL; job = job->next)
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
		results_add(&j->results, &job->task, "cancelled", jobs_now(j),
		    &(struct deliver_verdict){ .reason = "transform",
		    .status = -1 });
		job_end(j, job);
	} else if (error == NULL)
		job_make(j, job, copy);
	else {
		j->scratch.used = 0;
		job->begun_ms = jobs_now(j);
		deliver_judge_own(&j->scratch, job->to, &job->task,
		    "TRANSFORM_FAILED", str_from(error), job->begun_ms,
		    random_bits(j), &v);
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
		    jobs_now(j), random_bits(j), &v);
		job_judged(j, job, &v);
	}
	for (; children_next(&j->children, &j->scratch, &who, &end);
	    j->scratch.used = 0) {
		job = who;
		deliver_judge_child(&j->scratch, job->to, &job->task, &end,
		    jobs_now(j), random_bits(j), &v);
		job_judged(j, job, &v);
	}
	j->scratch.full = false;
}

/* Break off what is under way; whether it was. */
static void
job_break_off(struct jobs *j, struct job *job)
{
	switch (job->stage) {
	case JOB_HELD:
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

	if (job->stage == JOB_HELD || job->stage == JOB_TRANSFORM)
		task_back(j, &job->task);
	else
		results_add(&j->results, &job->task,
		    deliver_outcome_name(DELIVER_RETRY), job->begun_ms,
		    &stopped);
}

void
jobs_put_back(struct jobs *j, int32_t destination)
{
	struct shares	*s = &j->shares;
	size_t		 i;

	for (i = 0; i < s->n; i++)
		while (s->at[i]->held > 0 && (destination == 0 ||
		    s->at[i]->destination == destination))
			job_back(j, s->at[i]->first);
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
jobs_poll(const struct jobs *j, struct pollfd *p, int *timeout_ms)
{
	*timeout_ms = children_timeout(&j->children);
	*p = (struct pollfd){ .fd = j->children.fd, .events = POLLIN };
	return 1;
}
