/*
 * A reply that takes time: the event is stored and the answer claimed, then
 * a function or an application is asked, and the answer is decided by one
 * compare-and-set. Whoever comes meanwhile with the same request waits, and
 * decides the fallback for all when his own time is up. See turn.h and
 * sql/functions/decide.sql.
 *
 * No transaction is open while anybody waits. When Postgres goes away
 * meanwhile, the spool's file is what all obey: who puts it there first.
 */
#include <stdio.h>
#include <string.h>

#include "../edge/clock.h"
#include "ask_app.h"
#include "turn.h"

#define DECIDE_MS 100
#define TWILIO_MS 14500		/* a little less than Twilio waits */
/* One that finds no place to wait does not wait longer. */
#define WAIT_WITHOUT_PLACE_MS 1000

static int
budget(const struct turn *t)
{
	if (t->route != NULL)
		return route_budget_ms(t->route, t->event.kind);
	return event_is_pre_action(t->event.kind) ? ROUTE_BUDGET_JSON_MS :
	    ROUTE_BUDGET_MS;
}

int64_t
claim_deadline(const struct turn *t)
{
	return t->begun_ms + budget(t);
}

/*
 * Who is asked has a little less, so that a fallback is on its way when the
 * budget ends: deciding takes its time when a hundred calls are late at once.
 */
int64_t
claim_ask_deadline(const struct turn *t)
{
	int	margin = budget(t) / 10;

	return claim_deadline(t) -
	    (margin < DECIDE_MS ? margin : DECIDE_MS);
}

/* What was said, and how it went. */
struct said {
	struct str	 type;
	struct str	 body;
	struct str	 session;	/* a function's, JSON; or absent */
	int64_t		 took_ms;
	int		 rejects;	/* the application's status; or 0 */
	const char	*issue;		/* NULL: it was said */
};

static void
ask_function(struct turn *t, struct said *said)
{
	char		id[37];
	int64_t		begun = clock_monotonic_ms();
	int64_t		left = claim_ask_deadline(t) - begun;
	struct str	event;

	clock_uuid_format(t->id, id);
	event = reply_event_json(t->r->arena, &t->subject, t->route, id);
	switch (store_reply_sql(&t->w->db, t->r->arena, t->route->name,
	    event, left > 1 ? left : 1, &said->body, t->why)) {
	case DB_OK:
		reply_split(t->r->arena, &t->subject, &said->body,
		    &said->session);
		break;
	case DB_LATE:
		said->issue = "reply.late";
		break;
	case DB_DOWN:
	case DB_REFUSED:
		said->issue = "reply.failed";
		break;
	}
	said->took_ms = clock_monotonic_ms() - begun;
}

/*
 * To a Conversations webhook that asks beforehand a 4xx is an answer: no.
 * (So is a 5xx to Twilio, but to us the application is broken; and 401 would
 * have Twilio ask again with a password. As functions/route_check.sql.)
 */
static bool
is_rejection(const struct turn *t, int http)
{
	return event_is_pre_action(t->event.kind) && http >= 400 &&
	    http <= 499 && http != 401;
}

static void
ask_application(struct turn *t, struct said *said)
{
	struct ask_answer	answer;

	switch (ask_app(t, t->route->reply, claim_ask_deadline(t), &answer)) {
	case ASK_OK:
		break;
	case ASK_LATE:
		said->issue = "reply.late";
		break;
	case ASK_FAILED:
		if (is_rejection(t, answer.http))
			said->rejects = answer.http;
		else
			said->issue = "reply.failed";
		break;
	}
	if (said->issue != NULL)
		(void)snprintf(t->why, sizeof(t->why), "%s", answer.why);
	said->type = answer.type.p == NULL ? STR("") : answer.type;
	said->body = answer.body;
	said->took_ms = answer.ms;
}

/* One that was late says how long it had. */
static void
say_late(struct turn *t)
{
	(void)snprintf(t->why, sizeof(t->why), "no answer within %d ms",
	    budget(t));
}

static struct store_decision
decision(const struct turn *t, struct answer answer)
{
	return (struct store_decision){
		.event = &t->event,
		.http = answer.http,
		.type = answer.type,
		.reply = answer.body,
		.route = t->in.route,
		.took_ms = -1,
		.budget_ms = budget(t),
	};
}

/* Postgres may take its time, but Twilio gives up after 15 s. */
static int64_t
store_deadline(const struct turn *t)
{
	const int64_t	now = clock_monotonic_ms();
	const int64_t	last = t->begun_ms + TWILIO_MS;

	if (last < now + DECIDE_MS)
		return now + DECIDE_MS;
	return last < now + STORE_DEADLINE_MS ? last :
	    now + STORE_DEADLINE_MS;
}

/* What would have been decided is what goes out, and into the spool. */
static void
adopt(struct turn *t, const struct store_decision *d)
{
	t->in.http = d->http;
	t->in.type = d->type;
	t->in.reply = d->reply;
	t->in.reason = d->reason;
	t->in.issue = d->issue;
	t->in.session = d->session;
	t->took_ms = d->took_ms;
	t->budget_ms = d->budget_ms;
	t->ready = true;
}

/* Decide, and send what was decided. */
static void
decide(struct turn *t, const struct store_decision *d)
{
	struct store_verdict	v;

	adopt(t, d);
	if (t->away) {
		record_not_stored(t, "Postgres was away meanwhile");
		return;
	}
	switch (store_decide(&t->w->db, t->r->arena, d, store_deadline(t),
	    &v)) {
	case STORE_NEW:
		record_fallback(t, d->reason);
		record_answer(t, &v);
		break;
	case STORE_DUPLICATE:
		record_answer(t, &v);
		break;
	default:
		record_not_stored(t, v.error[0] != '\0' ? v.error :
		    "the answer could not be decided");
	}
}

/* Ask, and judge what was said. */
static struct store_decision
make(struct turn *t)
{
	struct said		 said = { .took_ms = -1 };
	struct store_decision	 d;
	struct answer		 answer;
	struct out		 why;

	if (t->route->source == ROUTE_SQL)
		ask_function(t, &said);
	else
		ask_application(t, &said);
	if (said.issue != NULL && strcmp(said.issue, "reply.late") == 0)
		say_late(t);
	else if (said.rejects != 0)
		answer = (struct answer){ .http = said.rejects };
	else if (said.issue == NULL) {
		why = out_init(t->why, sizeof(t->why) - 1);
		if (!reply_judge(t->r->arena, &t->subject, t->route,
		    said.type, said.body, &answer, &why))
			said.issue = "reply.invalid";
		t->why[why.n] = '\0';
	}
	if (said.issue != NULL)
		answer = reply_fallback(t->r->arena, &t->subject, t->route);
	d = decision(t, answer);
	d.took_ms = said.took_ms;
	d.issue = said.issue;
	if (said.issue != NULL)
		d.reason = t->why;
	else {
		t->subject.state.there = false;	/* no revision is asked for */
		d.session = reply_session(t->r->arena, &t->subject, t->route,
		    said.session);
	}
	return d;
}

void
claim(struct turn *t)
{
	const struct store_decision	d = make(t);

	decide(t, &d);
}

void
claim_ask(struct turn *t)
{
	const struct store_decision	d = make(t);

	adopt(t, &d);
}

/* This request's own time is up. */
static void
give_up(struct turn *t)
{
	struct answer		answer = { t->in.http, t->in.type,
				    t->in.reply };
	struct store_decision	d;

	if (t->in.ask_ms > 0)
		answer = reply_fallback(t->r->arena, &t->subject, t->route);
	d = decision(t, answer);
	d.reason = "the reply to an earlier delivery of it was still being "
	    "made";
	d.issue = "reply.late";
	decide(t, &d);
}

/* What has become of it: true when it is answered. */
static bool
look(struct turn *t, int64_t lease_ms)
{
	struct store_verdict	v;

	/* Who makes it here puts it into the spool. */
	if (t->away)
		return outage_knows(t);
	switch (store_await(&t->w->db, t->r->arena, &t->event, lease_ms,
	    store_deadline(t), &v)) {
	case STORE_PENDING:
		return false;
	case STORE_ASK:
		claim(t);
		return true;
	case STORE_NEW:
	case STORE_DUPLICATE:
		record_answer(t, &v);
		return true;
	default:
		if (outage_begins(t))
			return false;
		record_not_stored(t, v.error);
		return true;
	}
}

void
claim_wait(struct turn *t)
{
	bool	may_ask = t->in.ask_ms > 0;
	int64_t	now = clock_monotonic_ms();
	int64_t	limit = claim_deadline(t), pause = 10;

	if (!may_ask)
		t->slot = slots_wait(&t->w->slots);
	if (!may_ask && !t->slot && limit > now + WAIT_WITHOUT_PLACE_MS)
		limit = now + WAIT_WITHOUT_PLACE_MS;
	for (; now < limit; now = clock_monotonic_ms()) {
		if (look(t, may_ask ? limit - now + LEASE_MARGIN_MS : 0))
			return;
		clock_sleep_ms(pause < limit - now ? pause : limit - now);
		if (pause < 100)
			pause += 10;
	}
	give_up(t);
}
