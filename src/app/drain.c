/* Bring what was spooled to Postgres. See drain.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../edge/clock.h"
#include "../edge/store.h"
#include "drain.h"

#define ARENA_BYTES ((size_t)32 << 20)	/* a file, and copies of its parts */
#define PING_MS 1000

enum outcome {
	OUTCOME_STORED,
	OUTCOME_BAD,
	OUTCOME_LATER,		/* this one only */
	OUTCOME_AWAY		/* all of them */
};

void
drain_open(struct drain *d, const struct config *c)
{
	*d = (struct drain){ .spool = { .folder = c->spool,
	    .max_bytes = c->spool_bytes, .max_files = c->spool_files } };
	d->db.url = c->admin_database_url;
	d->db.prepare = true;
	d->log.json = c->log_json;
}

void
drain_close(struct drain *d)
{
	db_close(&d->db);
	spool_list_free(&d->list);
	free(d->arena.base);
	d->arena = (struct arena){ .base = NULL };
}

static const char *
cstr(struct arena *a, struct str s)
{
	return s.p == NULL ? NULL : arena_cstr(a, s);
}

static struct event
event_of(struct arena *a, const struct spooled *s)
{
	struct event	e = {
		.name = s->kind,
		.resource = cstr(a, s->resource),
		.sid = s->sid,
		.parent = s->parent,
		.status = s->status,
		.seq = (int32_t)s->seq,
		.clock = s->clock,
		.error = (int32_t)s->error,
		.from = s->from,
		.to = s->to,
		.facts = s->facts,
		.window = s->window >= 0,
		.bucket = (uint16_t)s->bucket,
	};

	memcpy(e.key, s->key, sizeof(e.key));
	return e;
}

static struct store_ingest
ingest_of(struct arena *a, const struct spooled *s, const struct event *e)
{
	struct store_ingest	in = {
		.received_ms = s->received_ms,
		.account = s->account,
		.event = e,
		.method = s->method,
		.url = s->url,
		.token = s->token,
		.json = s->json,
		.raw = s->raw,
		.routes = -1,
		.issue = cstr(a, s->issue),
		.http = (int)s->http,
		.type = cstr(a, s->type),
		.reply = s->reply,
		.route = s->route,
		.reason = cstr(a, s->reason),
		.session = s->session,
		.spooled = true,
	};

	memcpy(in.id, s->id, sizeof(in.id));
	return in;
}

/* The first delivery was claimed, and is still without an answer: this. */
static enum store_result
decide(struct drain *d, const struct spooled *s,
    const struct store_ingest *in, struct store_verdict *v)
{
	const struct store_decision	decision = {
		.event = in->event,
		.http = in->http,
		.type = in->type,
		.reply = in->reply,
		.reason = in->reason,
		.issue = in->issue,
		.route = in->route,
		.took_ms = s->took_ms,
		.budget_ms = s->budget_ms,
		.session = in->session,
	};

	return store_decide(&d->db, &d->arena, &decision,
	    clock_monotonic_ms() + STORE_DEADLINE_MS, v);
}

/*
 * It was answered: so it is kept without what cannot be, its resource when
 * that is another account's, its variables when they cannot be set.
 */
static enum store_result
store(struct drain *d, const struct spooled *s, struct store_verdict *v)
{
	struct event		e = event_of(&d->arena, s);
	struct store_ingest	in = ingest_of(&d->arena, s, &e);
	enum store_result	r = STORE_DOWN;
	int			try;

	for (try = 0; try < 3; try++) {
		r = store_ingest(&d->db, &d->arena, &in,
		    clock_monotonic_ms() + STORE_DEADLINE_MS, v);
		if (r == STORE_FOREIGN)
			e.resource = NULL;
		else if (r == STORE_SESSION)
			in.session = (struct str){ NULL, 0 };
		else
			break;
	}
	if (r == STORE_ASK || r == STORE_PENDING)
		r = decide(d, s, &in, v);
	return r;
}

static enum outcome
judge(struct drain *d, enum store_result r)
{
	char	error[256];

	if (r == STORE_NEW || r == STORE_DUPLICATE)
		return OUTCOME_STORED;
	switch (d->db.trouble) {
	case DB_TROUBLE_STATEMENT:
		return OUTCOME_BAD;
	case DB_TROUBLE_SLOW:
		return store_ping(&d->db, clock_monotonic_ms() + PING_MS,
		    error) ? OUTCOME_LATER : OUTCOME_AWAY;
	case DB_TROUBLE_NONE:	/* it answers what we do not expect */
	case DB_TROUBLE_AWAY:
		break;
	}
	return OUTCOME_AWAY;
}

/* Count an issue; false when Postgres does not answer. */
static bool
count_issue(struct drain *d, const char *type, const char *file,
    const char *why)
{
	static const char	sql[] =
	    "select offhook.spool_issue($1, $2, $3)";
	char			host[256] = "", buf[1024];
	struct out		detail = out_init(buf, sizeof(buf) - 1);
	struct db_params	p = { .n = 0 };
	struct db_answer	a;
	enum db_result		r;

	(void)gethostname(host, sizeof(host) - 1);
	out_cstr(&detail, "{\"folder\":");
	out_json(&detail, str_sub(str_from(d->spool.folder), 0, 256));
	if (file != NULL) {
		out_cstr(&detail, ",\"file\":");
		out_json(&detail, str_from(file));
		out_cstr(&detail, ",\"why\":");
		out_json(&detail, str_from(why));
	}
	out_char(&detail, '}');
	buf[detail.n] = '\0';
	db_add_text(&p, type);
	db_add_text(&p, host);
	db_add_text(&p, detail.overflow ? "{}" : buf);
	r = db_run(&d->db, sql, &p, false,
	    clock_monotonic_ms() + STORE_DEADLINE_MS, &a);
	if (r == DB_OK)
		PQclear(a.res);
	else
		log_say(&d->log, LOG_ERROR, "the issue cannot be counted",
		    "why", str_from(a.error));
	return r == DB_OK || r == DB_REFUSED;
}

static enum outcome
set_bad(struct drain *d, struct spool_hold *hold, const char *why)
{
	/* First, so that nobody has to find the file by chance. */
	if (!count_issue(d, "spool.bad", hold->name, why)) {
		spool_let(hold);
		return OUTCOME_AWAY;
	}
	log_write(&d->log, LOG_ERROR, "a spooled request is set aside",
	    (struct log_field[]){ { "file", str_from(hold->name) },
	    { "why", str_from(why) }, { NULL, { NULL, 0 } } });
	return spool_set_bad(hold, why) ? OUTCOME_BAD : OUTCOME_LATER;
}

static enum outcome
drain_file(struct drain *d, int folder, const char *name, char error[256])
{
	struct spool_hold	hold;
	struct store_verdict	v;
	struct spooled		s;
	enum outcome		o;
	const char		*why;

	d->arena.used = 0;
	d->arena.full = false;
	switch (spool_take(folder, name, &d->arena, &hold, &s, &why)) {
	case SPOOL_GONE:
		return OUTCOME_LATER;
	case SPOOL_BAD:
		return set_bad(d, &hold, why);
	case SPOOL_TAKEN:
		break;
	}
	o = judge(d, store(d, &s, &v));
	if (o != OUTCOME_STORED)
		(void)snprintf(error, 256, "%s", v.error);
	if (o == OUTCOME_BAD)
		return set_bad(d, &hold, error);
	if (o == OUTCOME_STORED)
		d->hold[d->holds++] = hold;
	else
		spool_let(&hold);
	return o;
}

/* What was stored is on the disk there now, and goes here; or it stays. */
static void
finish_batch(struct drain *d, struct drained *r)
{
	bool	flushed = d->holds > 0 && store_flush(&d->db,
		    clock_monotonic_ms() + STORE_DEADLINE_MS, r->error);
	size_t	i;

	r->away = r->away || (d->holds > 0 && !flushed);
	for (i = 0; i < d->holds; i++)
		if (!flushed) {
			spool_let(&d->hold[i]);
			d->passed++;
		} else if (spool_drop(&d->hold[i]))
			r->stored++;
		else {
			d->passed++;
			(void)snprintf(r->error, sizeof(r->error), "%s: %s",
			    d->spool.folder, strerror(errno));
		}
	d->holds = 0;
}

/* The names, when those known are used up. */
static bool
list(struct drain *d, int folder, char error[256])
{
	if (d->next < d->list.n)
		return true;
	spool_list_free(&d->list);
	d->next = d->passed = 0;
	if (!spool_list(folder, &d->list)) {
		(void)snprintf(error, 256, "%s: %s", d->spool.folder,
		    strerror(errno));
		return false;
	}
	if (d->list.n > 0)
		spool_sweep(folder, clock_now_ms(), &d->list);
	return true;
}

static bool
have_arena(struct drain *d)
{
	if (d->arena.base == NULL)
		d->arena = (struct arena){ .base = malloc(ARENA_BYTES),
		    .cap = ARENA_BYTES };
	return d->arena.base != NULL;
}

static void
drain_files(struct drain *d, int folder, size_t limit, int64_t deadline_ms,
    struct drained *r)
{
	size_t	n;

	for (n = 0; n < limit && d->next < d->list.n && !r->away &&
	    clock_monotonic_ms() < deadline_ms; n++) {
		switch (drain_file(d, folder, d->list.at[d->next].name,
		    r->error)) {
		case OUTCOME_STORED:
			break;
		case OUTCOME_BAD:
			r->bad++;
			break;
		case OUTCOME_LATER:
			d->passed++;
			break;
		case OUTCOME_AWAY:
			r->away = true;
			continue;	/* it is tried again */
		}
		d->next++;
		if (d->holds == DRAIN_BATCH)
			finish_batch(d, r);
	}
	finish_batch(d, r);
}

void
drain_step(struct drain *d, size_t limit, int64_t deadline_ms,
    struct drained *r)
{
	int	folder = spool_folder(&d->spool, false);

	*r = (struct drained){ .stored = 0 };
	if (folder == -1) {
		if (errno != ENOENT && errno != ENOTDIR)
			(void)snprintf(r->error, sizeof(r->error), "%s: %s",
			    d->spool.folder, errno == EPERM ? "it is another "
			    "user's, or others can write to it" :
			    strerror(errno));
		return;
	}
	if (!spool_lock(folder))
		r->busy = true;
	else if (list(d, folder, r->error) && d->list.n > 0 &&
	    have_arena(d)) {
		drain_files(d, folder, limit, deadline_ms, r);
		if (r->stored > 0 && !d->told)
			d->told = count_issue(d, "spool.used", NULL, NULL);
		if (r->stored > 0)
			(void)fsync(folder);
	} else {
		d->told = false;
		db_close(&d->db);
	}
	r->left = d->list.n - d->next + d->passed;
	(void)close(folder);
}
