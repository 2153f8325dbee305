/*
 * What becomes of a request while Postgres is away, full, read-only or slow
 * beyond the deadline: it goes into the spool, and is answered as if it were
 * stored. See turn.h and edge/spool.h.
 *
 * The reply comes from the snapshot of the routes. What needs Postgres (a
 * function, the sender's state or session) gets the route's fallback; an
 * application is asked as ever. What is really sent stands in the file: who
 * asks again gets it from there, and Postgres when the spool is drained.
 */
#include <errno.h>
#include <string.h>

#include "../edge/clock.h"
#include "turn.h"

/* Whether one statement was late or all are is asked for so long. */
#define STILL_THERE_MS 300
/*
 * What fails sooner costs less than to be told of it; and of a server that
 * takes no more connections those that have one may go on.
 */
#define CHEAP_MS 100

static void
log_spooled(const struct turn *t, enum log_level level, const char *what,
    struct str why, int64_t http)
{
	char			number[2][24];
	struct out		ms = out_init(number[0], sizeof(number[0]));
	struct out		status = out_init(number[1],
				    sizeof(number[1]));
	struct log_field	f[8] = {
		{ "kind", t->event.name },
		{ "sid", t->event.sid },
		{ "event", t->event.status },
	};
	size_t			n = 3;

	out_int(&status, http);
	out_int(&ms, clock_monotonic_ms() - t->begun_ms);
	if (t->in.route.p != NULL)
		f[n++] = (struct log_field){ "route", t->in.route };
	if (why.p != NULL)
		f[n++] = (struct log_field){ "why", why };
	f[n++] = (struct log_field){ "status", out_str(&status) };
	f[n++] = (struct log_field){ "ms", out_str(&ms) };
	f[n] = (struct log_field){ NULL, { NULL, 0 } };
	log_write(&t->w->log, level, what, f);
}

/* What the file says is what all are answered. */
static void
answer(struct turn *t, const struct spooled *s)
{
	*t->reply = (struct reply){ .status = (int)s->http, .body = s->reply };
	if (s->type.n > 0)
		t->reply->type = arena_cstr(t->r->arena, s->type);
	t->w->accepted = true;
}

bool
outage_knows(struct turn *t)
{
	struct spooled	s;

	if (!spool_find(&t->w->spool, t->r->arena, t->event.key,
	    t->in.received_ms, &s) || !str_eq(s.account, t->in.account))
		return false;
	answer(t, &s);
	log_spooled(t, LOG_INFO, "spooled duplicate", (struct str){ NULL, 0 },
	    s.http);
	return true;
}

bool
outage_goes_on(struct turn *t)
{
	t->w->db.trouble = DB_TROUBLE_NONE;
	t->away = t->away || spool_is_away(&t->w->spool, t->now_ms);
	return t->away;
}

void
outage_tell(struct turn *t)
{
	if (!t->away && t->w->db.trouble != DB_TROUBLE_AWAY &&
	    t->w->db.trouble != DB_TROUBLE_SLOW)
		spool_came_back(&t->w->spool);
}

/* One statement was late: whether another one is answered. */
static bool
is_there(struct turn *t)
{
	char	why[256];

	return store_ping(&t->w->db, clock_monotonic_ms() + STILL_THERE_MS,
	    why);
}

bool
outage_begins(struct turn *t)
{
	bool	away = t->w->db.trouble == DB_TROUBLE_AWAY;
	bool	slow = t->w->db.trouble == DB_TROUBLE_SLOW;

	if (t->w->spool.folder == NULL || (!away && !slow))
		return false;
	t->away = true;
	if (t->w->db.ran_ms < CHEAP_MS)
		spool_came_back(&t->w->spool);
	else if (away || !is_there(t) ||
	    spool_was_late(&t->w->spool, clock_now_ms()))
		spool_went_away(&t->w->spool, clock_now_ms());
	return true;
}

/* Make the answer of what is known here. */
static void
make_answer(struct turn *t)
{
	char	why[256];

	if (t->ready) {
		/* The session may be another one when this is drained. */
		if (t->in.session.p != NULL && t->subject.state.there) {
			t->subject.state.there = false;
			t->in.session = reply_session(t->r->arena,
			    &t->subject, t->route, (struct str){ NULL, 0 });
		}
		return;
	}
	(void)prepare(t, 0, why);	/* which does without Postgres */
	if (t->in.ask_ms > 0)
		claim_ask(t);
	t->ready = true;
}

static struct spooled
spooled_of(const struct turn *t, const char *why)
{
	const struct store_ingest	*in = &t->in;
	const struct event		*e = &t->event;
	struct spooled			 s = {
		.bucket = e->bucket,
		.received_ms = in->received_ms,
		.window = e->window ? EVENT_WINDOW_S : -1,
		.account = in->account,
		.kind = e->name,
		.resource = str_from(e->resource),
		.sid = e->sid,
		.parent = e->parent,
		.status = e->status,
		.seq = e->seq,
		.clock = e->clock,
		.error = e->error,
		.from = e->from,
		.to = e->to,
		.facts = e->facts,
		.method = in->method,
		.url = in->url,
		.token = in->token,
		.json = in->json,
		.raw = in->raw,
		.http = in->http,
		.type = str_from(in->type),
		.route = in->route,
		.reason = str_from(in->reason),
		.issue = str_from(in->issue),
		.session = in->session,
		.took_ms = t->took_ms,
		.budget_ms = t->budget_ms,
		.why = str_from(why),
	};

	if (in->type != NULL)	/* a status alone has no body */
		s.reply = in->reply;
	memcpy(s.id, in->id, sizeof(s.id));
	memcpy(s.key, e->key, sizeof(s.key));
	return s;
}

bool
outage_keep(struct turn *t, const char *why)
{
	struct spooled	s, first;

	if (t->w->spool.folder == NULL)
		return false;
	make_answer(t);
	s = spooled_of(t, why);
	switch (spool_put(&t->w->spool, t->r->arena, &s, &first)) {
	case SPOOL_PUT:
		answer(t, &s);
		log_spooled(t, LOG_WARNING, "spooled", s.why, s.http);
		record_fallback(t, t->in.reason);
		return true;
	case SPOOL_FOUND:
		answer(t, &first);
		log_spooled(t, LOG_INFO, "spooled duplicate", first.why,
		    first.http);
		return true;
	case SPOOL_FULL:
		log_say(&t->w->log, LOG_ERROR, "the spool is full", "folder",
		    str_from(t->w->spool.folder));
		return false;
	case SPOOL_FAILED:
		log_write(&t->w->log, LOG_ERROR, "the spool fails",
		    (struct log_field[]){ { "folder",
		    str_from(t->w->spool.folder) }, { "why", str_from(
		    errno == EPERM ? "it is another user's, or others can "
		    "write to it" : strerror(errno)) },
		    { NULL, { NULL, 0 } } });
		return false;
	}
	return false;
}
