/*
 * Store an event and answer it. See turn.h.
 *
 * What is answered 2xx has been committed, but for two cases in which a 5xx
 * would do harm: see answer_not_stored().
 */
#include <string.h>

#include "../core/pre_action.h"
#include "../core/twiml.h"
#include "../core/utf8.h"
#include "../edge/clock.h"
#include "alert.h"
#include "redaction.h"
#include "route.h"
#include "turn.h"

/* Enough for routes to change between a fetch and its use. */
#define INGEST_TRIES 3

#define NO_ROUTE_VOICE \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" \
	"<Response><Say>Thank you for calling. This number is not set up " \
	"yet. Please try again later.</Say></Response>\n"

/* A URL without our secret in it, for a row. */
static struct str
masked(struct turn *t, struct str url)
{
	if (t->w->config->url_token.n == 0)
		return url;
	return url_mask_token(t->r->arena, url);
}

struct event_source
record_source(const struct turn *t)
{
	return (struct event_source){
		.sha256 = t->w->sig.sha256,
		.form = &t->form,
		.account = t->signer.account,
		.target = t->r->var[VAR_REQUEST_URI],
		.body = t->raw,		/* a GET's body is not signed */
		.token = t->r->var[VAR_TOKEN],
	};
}

struct store_ingest
record_common(struct turn *t)
{
	struct request	*r = t->r;

	return (struct store_ingest){
		.received_ms = t->now_ms,
		.account = t->signer.account,
		.event = &t->event,
		.method = r->var[VAR_REQUEST_METHOD],
		.url = utf8_clean(r->arena, masked(t, t->signer.url),
		    2048),
		.token = utf8_clean(r->arena, r->var[VAR_TOKEN], 256),
		.json = t->json,
		.routes = -1,
		.http = 204,
	};
}

bool
record_classify(struct turn *t)
{
	const struct event_source	src = record_source(t);
	struct request			*r = t->r;

	if (!event_classify(r->arena, &src, &t->event))
		return turn_refuse(t, REASON_UNAVAILABLE);
	t->in = record_common(t);
	t->in.raw = t->raw;
	if (r->method == METHOD_GET)
		t->in.raw = url_query(masked(t, r->var[VAR_REQUEST_URI]));
	memcpy(t->in.id, t->id, sizeof(t->in.id));
	if (!redaction(&t->w->config->redact, r->arena, &src, false,
	    &t->event, &t->in))
		return turn_refuse(t, REASON_UNAVAILABLE);
	return true;
}

static const struct store_route *
find_route(const struct turn *t)
{
	if (t->json)
		return NULL;
	return route_choose(t->routes, t->event.kind, t->event.route_to);
}

/*
 * What a webhook is answered that cannot be stored; returns what the log is
 * to say of it, or NULL. 503, and Twilio asks again or tries the fallback,
 * but for two:
 * - Conversations take a 5xx for a rejection, so that a database that is
 *   down would silence them all: published, unless its route says reject.
 * - The Debugger makes an alert of a 5xx: one about ourselves would never
 *   end.
 */
static const char *
answer_not_stored(struct turn *t)
{
	const struct store_route	*route;

	turn_unavailable(t);
	if (event_is_pre_action(t->event.kind)) {
		route = find_route(t);
		if (route != NULL && route->reject_in_trouble)
			return "rejected";
		*t->reply = (struct reply){ .status = 200,
		    .type = PRE_ACTION_TYPE, .body = STR(PRE_ACTION_PUBLISH) };
		return "published";
	}
	if (t->event.kind == EVENT_DEBUGGER_ALERT &&
	    alert_is_about_us(t->w->config, t->r->arena, &t->form,
	    t->signer.url)) {
		*t->reply = (struct reply){ .status = 204 };
		return "answered 204: an alert about our own URL";
	}
	return NULL;
}

static void
not_stored(struct turn *t, const char *why)
{
	const char		*how = answer_not_stored(t);
	char			 number[2][24];
	struct out		 status = out_init(number[0], 24);
	struct out		 code = out_init(number[1], 24);
	struct log_field	 f[7] = {
		{ "why", str_from(why) },
		{ "kind", t->event.name },
		{ "sid", t->event.sid },
	};
	size_t			 n = 3;

	out_int(&status, t->reply->status);
	out_int(&code, t->event.error);
	if (t->event.error != 0)
		f[n++] = (struct log_field){ "error_code", out_str(&code) };
	if (how != NULL)
		f[n++] = (struct log_field){ "in_trouble", str_from(how) };
	f[n++] = (struct log_field){ "status", out_str(&status) };
	f[n] = (struct log_field){ NULL, { NULL, 0 } };
	log_write(&t->w->log, LOG_ERROR, "not stored", f);
}

/* A broken route is trouble, too. */
static void
choose_json(struct store_ingest *in, const struct store_route *route)
{
	bool	broken = route != NULL && route->broken;

	in->type = PRE_ACTION_TYPE;
	in->reply = STR(PRE_ACTION_PUBLISH);
	if (broken && route->reject_in_trouble)
		in->http = 503;
	else if (route != NULL && !broken) {
		in->http = route->http;
		in->reply = route->reply;
	}
	if (in->http != 200)
		in->type = NULL;	/* nobody reads more than the status */
}

static void
choose_twiml(struct store_ingest *in, const struct store_route *route,
    bool voice)
{
	in->type = TWIML_TYPE;
	if (route != NULL && !route->broken) {
		in->reply = route->reply;
		return;
	}
	in->reply = STR(TWIML_EMPTY);
	if (!voice)
		return;
	in->reply = STR(NO_ROUTE_VOICE);
	if (route == NULL)
		in->issue = "call.no_route";
}

/* The reply that the routes known now give this event. */
static void
choose_reply(struct turn *t)
{
	const struct store_route	*route;
	struct store_ingest		*in = &t->in;

	in->issue = NULL;
	if (event_is_notice(t->event.kind)) {
		in->http = 204;
		if (t->event.kind == EVENT_DEBUGGER_ALERT)
			in->issue = "twilio.alert";
		return;
	}
	in->http = 200;
	route = find_route(t);
	if (route != NULL && route->broken)
		in->issue = "route.broken";
	if (event_is_pre_action(t->event.kind))
		choose_json(in, route);
	else
		choose_twiml(in, route, event_is_voice_question(t->event.kind));
}

static void
mark_broken(struct webhook *w, struct store_routes *routes, struct arena *a)
{
	char			 why[256];
	struct store_route	*r;
	struct out		 o;
	size_t			 i;

	for (i = 0; i < routes->n; i++) {
		r = &routes->at[i];
		o = out_init(why, sizeof(why));
		r->broken = !route_is_good(r, a, &o);
		if (r->broken)
			log_write(&w->log, LOG_ERROR, "route is broken",
			    (struct log_field[]){ { "kind", r->kind },
			    { "to", r->to }, { "why", out_str(&o) },
			    { NULL, { NULL, 0 } } });
	}
}

/* Get the routes that Postgres has now; false when it does not answer. */
static bool
renew_routes(struct turn *t, int64_t deadline)
{
	struct webhook	*w = t->w;
	int64_t		 known = t->routes->version;
	char		 why[256];

	/* Another process may have written them already. */
	if (snapshot_refresh(&w->snapshot) &&
	    w->snapshot.routes.version != known) {
		t->routes = &w->snapshot.routes;
		return true;
	}
	if (!store_routes(&w->db, t->r->arena, deadline, &t->fetched, why)) {
		not_stored(t, why);
		return false;
	}
	mark_broken(w, &t->fetched, t->r->arena);
	t->routes = &t->fetched;
	if (snapshot_write(&w->snapshot, &t->fetched, t->r->arena) &&
	    snapshot_refresh(&w->snapshot))
		t->routes = &w->snapshot.routes;
	else
		log_say(&w->log, LOG_WARNING, "routes' snapshot cannot be "
		    "written; each request reads them from Postgres", "folder",
		    str_from(w->config->state == NULL ? "(OFFHOOK_STATE is not "
		    "set)" : w->config->state));
	return true;
}

void
record_log(const struct turn *t, const struct store_verdict *v)
{
	char			number[2][24];
	struct out		ms = out_init(number[0], sizeof(number[0]));
	struct out		http = out_init(number[1], sizeof(number[1]));
	struct log_field	f[] = {
		{ "kind", t->event.name },
		{ "sid", t->event.sid },
		{ "event", t->event.status },
		{ "verdict", v->verdict },
		{ "status", { NULL, 0 } },
		{ "ms", { NULL, 0 } },
		{ NULL, { NULL, 0 } },
	};

	out_int(&http, v->http);
	out_int(&ms, clock_monotonic_ms() - t->begun_ms);
	f[4].value = out_str(&http);
	f[5].value = out_str(&ms);
	log_write(&t->w->log, LOG_INFO, "accepted", f);
}

/* What was stored, by us or by the first delivery, is the answer. */
static void
answer(struct turn *t, const struct store_verdict *v)
{
	*t->reply = (struct reply){ .status = v->http, .body = v->reply };
	if (v->type.n > 0)
		t->reply->type = arena_cstr(t->r->arena, v->type);
	t->w->accepted = true;
	record_log(t, v);
}

void
record(struct turn *t)
{
	int64_t			deadline = clock_monotonic_ms() +
				    STORE_DEADLINE_MS;
	struct store_verdict	v;
	int			try;

	if (!event_is_notice(t->event.kind))
		(void)snapshot_refresh(&t->w->snapshot);
	t->routes = &t->w->snapshot.routes;
	for (try = 1; try <= INGEST_TRIES; try++) {
		choose_reply(t);
		/* 0 is no version: an unknown snapshot asks for the routes. */
		t->in.routes = t->routes->version < 0 ? 0 :
		    t->routes->version;
		if (t->in.http == 204 || t->json || try == INGEST_TRIES)
			t->in.routes = -1;
		switch (store_ingest(&t->w->db, t->r->arena, &t->in, deadline,
		    &v)) {
		case STORE_NEW:
		case STORE_DUPLICATE:
			answer(t, &v);
			return;
		case STORE_ROUTES:
			if (!renew_routes(t, deadline))
				return;
			break;
		case STORE_FOREIGN:
			(void)turn_refuse(t, REASON_FOREIGN);
			return;
		case STORE_DOWN:
			not_stored(t, v.error);
			return;
		}
	}
	not_stored(t, "the routes change all the time");
}

