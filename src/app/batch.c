/*
 * Event Streams: a batch is stored event by event, each idempotent by its
 * own id. See turn.h. Source: Twilio, docs/events/event-streams: delivered
 * at least once, in no order, repeated for up to four hours until it is
 * answered 2xx.
 */
#include <stdio.h>
#include <string.h>

#include "../edge/clock.h"
#include "redaction.h"
#include "turn.h"

bool
batch_is(const struct turn *t)
{
	struct cloud	batch;

	return t->json && cloud_open(t->raw, &batch);
}

/* The first one has the request's id, each other one the next: in order. */
static void
identify(struct turn *t, size_t number)
{
	size_t	i = sizeof(t->id);

	while (number > 1 && i > 9 && ++t->id[--i] == 0)
		;
	memcpy(t->in.id, t->id, sizeof(t->in.id));
	clock_uuid_format(t->id, t->w->log.id);
}

/* What is no event among events is kept, as other; its bytes are its id. */
static bool
classify_odd(struct turn *t, const struct event_source *src, struct str raw)
{
	const struct form	 none = { NULL, 0 };
	struct event_source	 of = *src;

	of.form = &none;
	of.token = raw;
	t->in.raw = raw;
	/* Its text is nobody's but the database's: the log has the id. */
	log_say(&t->w->log, LOG_WARNING, "kept as other", "why",
	    STR("an element of the batch is no event"));
	return event_classify(t->r->arena, &of, &t->event) &&
	    redaction(&t->w->config->redact, t->r->arena, &of, false,
	    &t->event, &t->in);
}

static bool
classify(struct turn *t, const struct event_source *src,
    const struct cloud_event *element)
{
	struct arena	*a = t->r->arena;

	if (element->id.n == 0)
		return classify_odd(t, src, element->raw);
	if (!event_classify_cloud(a, src, element, &t->event))
		return false;
	t->in.raw = element->raw;
	t->in.issue = t->event.resource != NULL &&
	    strcmp(t->event.resource, "alert") == 0 ? "twilio.alert" : NULL;
	return redaction(&t->w->config->redact, a, src, true, &t->event,
	    &t->in);
}

/*
 * An event about another account's resource is kept, but not folded: a
 * refusal would bring the whole batch again for hours.
 */
static enum store_result
store(struct turn *t, int64_t deadline, struct store_verdict *v)
{
	enum store_result	r;

	r = store_ingest(&t->w->db, t->r->arena, &t->in, deadline, v);
	if (r != STORE_FOREIGN)
		return r;
	log_say(&t->w->log, LOG_WARNING, "another account's resource: kept "
	    "without it", "sid", t->event.sid);
	t->event.resource = NULL;
	return store_ingest(&t->w->db, t->r->arena, &t->in, deadline, v);
}

/* NULL, or why it is neither stored nor spooled. */
static const char *
take(struct turn *t, const struct event_source *src, size_t number,
    const struct cloud_event *element, int64_t deadline,
    struct store_verdict *v)
{
	const char	*why = "Postgres was away a moment ago";

	identify(t, number);
	if (!classify(t, src, element))
		return "the request's memory is used up";
	t->ready = true;	/* it is told, and asks nothing */
	if (outage_knows(t))
		return NULL;
	if (!outage_goes_on(t)) {
		switch (store(t, deadline, v)) {
		case STORE_NEW:
		case STORE_DUPLICATE:
			outage_tell(t);
			record_log(t, v);
			return NULL;
		default:
			why = v->error[0] != '\0' ? v->error : "refused";
		}
		if (!outage_begins(t))
			return why;
	}
	return outage_keep(t, why) ? NULL : why;
}

/* What was stored before it is a duplicate when the batch comes again. */
static void
fail(struct turn *t, size_t number, size_t n, const char *why)
{
	char			place[64];
	struct log_field	f[] = {
		{ "why", str_from(why) },
		{ "kind", t->event.name },
		{ "sid", t->event.sid },
		{ "element", { place, 0 } },
		{ "status", STR("503") },
		{ NULL, { NULL, 0 } },
	};

	f[3].value.n = (size_t)snprintf(place, sizeof(place), "%zu of %zu",
	    number, n);
	log_write(&t->w->log, LOG_ERROR, "not stored", f);
	turn_unavailable(t);
}

void
batch_record(struct turn *t)
{
	const struct event_source	src = record_source(t);
	int64_t				deadline = clock_monotonic_ms() +
					    STORE_DEADLINE_MS;
	const struct store_ingest	common = record_common(t);
	struct arena			*a = t->r->arena;
	size_t				 used = a->used, number = 0;
	struct cloud			 batch;
	struct cloud_event		 element;
	struct store_verdict		 v;
	enum cloud_result		 r;
	const char			*why;

	(void)cloud_open(t->raw, &batch);
	while ((r = cloud_next(a, &batch, &element)) == CLOUD_OK ||
	    r == CLOUD_ODD) {
		t->in = common;
		why = take(t, &src, ++number, &element, deadline, &v);
		if (why != NULL) {
			fail(t, number, batch.n, why);
			return;
		}
		a->used = used;
	}
	if (r == CLOUD_NO_MEMORY) {
		fail(t, number + 1, batch.n, "the request's memory is used up");
		return;
	}
	*t->reply = (struct reply){ .status = 204 };
	t->w->accepted = true;
}
