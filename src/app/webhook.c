/*
 * A webhook from its first byte to its reply. See webhook.h.
 *
 * Each step either goes on or refuses; what is refused has no effect
 * beyond the ring. What is answered 2xx has been committed.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../core/twiml.h"
#include "../core/utf8.h"
#include "../edge/clock.h"
#include "inspect.h"
#include "probe.h"
#include "reject.h"
#include "route.h"
#include "verify.h"

/* Enough for routes to change between a fetch and its use. */
#define INGEST_TRIES 3

#define NO_ROUTE_VOICE \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" \
	"<Response><Say>Thank you for calling. This number is not set up " \
	"yet. Please try again later.</Say></Response>\n"

/* Everything of one request. */
struct turn {
	struct webhook		*w;
	struct request		*r;
	struct reply		*reply;
	int64_t			 now_ms;
	int64_t			 begun_ms;	/* monotonic */
	unsigned char		 id[16];
	bool			 json;
	bool			 probe;	/* only look: nothing is kept */
	enum reason		 refused;	/* the last refusal's */
	struct str		 raw;	/* what the parameters come from */
	struct form		 form;
	struct signer		 signer;
	struct event		 event;
	const struct store_routes *routes;
	struct store_routes	 fetched;	/* when none takes them */
	struct store_ingest	 in;
};

bool
webhook_open(struct webhook *w, const struct config *c)
{
	*w = (struct webhook){ .config = c };
	w->log.json = c->log_json;
	w->db.url = c->database_url;
	if (c->state != NULL)
		(void)mkdir(c->state, 0700);
	ring_open(&w->ring, c->state, c->max_body);
	snapshot_open(&w->snapshot, c->state);
	return sig_open(&w->sig);
}

void
webhook_close(struct webhook *w)
{
	db_close(&w->db);
	ring_close(&w->ring);
	snapshot_close(&w->snapshot);
	sig_close(&w->sig);
}

static bool
refuse(struct turn *t, enum reason reason)
{
	t->refused = reason;
	if (!t->probe)
		reject(t->w, t->r, t->now_ms, reason, t->reply);
	return false;
}

static void
unavailable(struct turn *t, const char *what, const char *why)
{
	log_say(&t->w->log, LOG_ERROR, what, "why", str_from(why));
	*t->reply = (struct reply){ .status = 503,
	    .type = "text/plain; charset=utf-8",
	    .body = STR("Unavailable\n") };
}

/* The media type without its parameters; its case does not count. */
static bool
type_is(struct str content_type, struct str wanted)
{
	struct str	type;

	return str_cut(&content_type, ';', &type) &&
	    str_ieq(str_trim(type), wanted);
}

static bool
check_shape(struct turn *t)
{
	static const enum variable single[] = { VAR_REQUEST_URI,
	    VAR_CONTENT_TYPE, VAR_TOKEN, VAR_AUTHORIZATION, VAR_SIGNATURE };
	const struct request	*r = t->r;
	struct str		 target = r->var[VAR_REQUEST_URI];
	size_t			 i;

	if (r->method == METHOD_OTHER)
		return refuse(t, REASON_METHOD);
	if (target.n == 0 || target.p[0] != '/')
		return refuse(t, REASON_TARGET);
	switch (r->body_state) {
	case BODY_WHOLE:
		break;
	case BODY_SHORT:
		return refuse(t, REASON_SHORT);
	case BODY_TOO_LARGE:
		return refuse(t, REASON_LARGE);
	case BODY_BAD_LENGTH:
		return refuse(t, REASON_LENGTH);
	}
	for (i = 0; i < sizeof(single) / sizeof(single[0]); i++)
		if (r->doubled[single[i]])
			return refuse(t, single[i] == VAR_SIGNATURE ?
			    REASON_SIGNATURE_MALFORMED : REASON_DOUBLED);
	return true;
}

/* Decode the parameters once: of the body, or of a GET's query. */
static bool
decode(struct turn *t)
{
	struct str	type = t->r->var[VAR_CONTENT_TYPE];

	t->raw = t->r->body;
	if (t->r->method == METHOD_GET)
		t->raw = url_query(t->r->var[VAR_REQUEST_URI]);
	else if (type_is(type, STR("application/json")))
		t->json = true;
	else if (!type_is(type, STR("application/x-www-form-urlencoded")) &&
	    (type.n > 0 || t->raw.n > 0))	/* nothing needs no type */
		return refuse(t, REASON_TYPE);
	if (t->json)
		return true;
	switch (form_decode(t->r->arena, t->raw, &t->form)) {
	case FORM_OK:
		return true;
	case FORM_TOO_MANY:
		return refuse(t, REASON_FORM);
	case FORM_NO_MEMORY:
		break;
	}
	return refuse(t, REASON_UNAVAILABLE);
}

/* The signature decides alone; Basic auth only comes before it. */
static bool
verify(struct turn *t)
{
	const struct config	*c = t->w->config;
	enum reason		 why;

	switch (verify_basic(c, t->r)) {
	case BASIC_OK:
		break;
	case BASIC_ASK:
		/* Twilio's first round comes without: no trace of it. */
		t->refused = REASON_BASIC;
		reject_ask_basic(t->reply);
		return false;
	case BASIC_WRONG:
		return refuse(t, REASON_BASIC);
	}
	if (!verify_signature(c, &t->w->sig, t->r, &t->form, t->json,
	    &t->signer, &why))
		return refuse(t, why);
	return true;
}

/* Text for a column: valid UTF-8, at most max bytes. */
static struct str
column(struct arena *a, struct str s, size_t max)
{
	struct out	o;
	char		*p;

	s = str_sub(s, 0, max);
	if (s.p == NULL || utf8_ascii(s, 0) == s.n)
		return s;
	p = arena_alloc(a, 3 * s.n, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, 3 * s.n);
	out_utf8(&o, s);
	return out_str(&o);
}

/* A URL without our secret in it, for a row. */
static struct str
masked(struct turn *t, struct str url)
{
	if (t->w->config->url_token.n == 0)
		return url;
	return url_mask_token(t->r->arena, url);
}

static bool
classify(struct turn *t)
{
	struct request		*r = t->r;
	struct event_source	 src = {
		.sha256 = t->w->sig.sha256,
		.form = &t->form,
		.account = t->signer.account,
		.target = r->var[VAR_REQUEST_URI],
		.body = t->raw,		/* a GET's body is not signed */
		.token = r->var[VAR_TOKEN],
	};

	if (!event_classify(r->arena, &src, &t->event))
		return refuse(t, REASON_UNAVAILABLE);
	t->in = (struct store_ingest){
		.received_ms = t->now_ms,
		.account = t->signer.account,
		.event = &t->event,
		.method = r->var[VAR_REQUEST_METHOD],
		.url = column(r->arena, masked(t, t->signer.url), 2048),
		.token = column(r->arena, r->var[VAR_TOKEN], 256),
		.json = t->json,
		.raw = t->raw,
	};
	if (r->method == METHOD_GET)
		t->in.raw = url_query(masked(t, r->var[VAR_REQUEST_URI]));
	memcpy(t->in.id, t->id, sizeof(t->in.id));
	return true;
}

/*
 * What would be said of a request to the inspector. Basic auth is not asked
 * of it: the first round, which comes without, would be all there is.
 */
static void
look(struct turn *t, struct inspection *in)
{
	bool	ok = check_shape(t) && decode(t) && classify(t);

	if (ok) {
		in->kind = event_kind_name(t->event.kind);
		ok = verify_signature(t->w->config, &t->w->sig, t->r,
		    &t->form, t->json, &t->signer, &t->refused);
		in->account = t->signer.account;
	}
	if (!ok && t->r->method != METHOD_HEAD)
		in->verdict = reject_reason_name(t->refused);
}

/* The reply that the routes known now give this event. */
static void
choose_reply(struct turn *t)
{
	const struct store_route	*route = NULL;
	struct store_ingest		*in = &t->in;

	in->issue = NULL;
	if (event_is_notice(t->event.kind)) {
		in->http = 204;
		return;
	}
	in->http = 200;
	in->type = TWIML_TYPE;
	if (!t->json)
		route = route_choose(t->routes, t->event.kind, t->event.to);
	if (route != NULL && !route->broken) {
		in->reply = route->twiml;
		return;
	}
	in->reply = STR(TWIML_EMPTY);
	if (route != NULL)
		in->issue = "route.broken";
	if (!event_is_voice_question(t->event.kind))
		return;
	in->reply = STR(NO_ROUTE_VOICE);
	if (route == NULL)
		in->issue = "call.no_route";
}

static void
mark_broken(struct webhook *w, struct store_routes *routes)
{
	char		why[256];
	struct out	o;
	size_t		i;

	for (i = 0; i < routes->n; i++) {
		o = out_init(why, sizeof(why));
		routes->at[i].broken = !twiml_check(routes->at[i].twiml, &o);
		if (routes->at[i].broken)
			log_say(&w->log, LOG_ERROR, "route is broken", "why",
			    out_str(&o));
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
		unavailable(t, "routes cannot be read", why);
		return false;
	}
	mark_broken(w, &t->fetched);
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

static void
log_accepted(const struct turn *t, struct str verdict, int status)
{
	char			number[2][24];
	struct out		ms = out_init(number[0], sizeof(number[0]));
	struct out		http = out_init(number[1], sizeof(number[1]));
	struct log_field	f[] = {
		{ "kind", str_from(event_kind_name(t->event.kind)) },
		{ "sid", t->event.sid },
		{ "event", t->event.status },
		{ "verdict", verdict },
		{ "status", { NULL, 0 } },
		{ "ms", { NULL, 0 } },
		{ NULL, { NULL, 0 } },
	};

	out_int(&http, status);
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
	log_accepted(t, v->verdict, v->http);
}

static void
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
			(void)refuse(t, REASON_FOREIGN);
			return;
		case STORE_DOWN:
			unavailable(t, "not stored", v.error);
			return;
		}
	}
	unavailable(t, "not stored", "the routes change all the time");
}

void
webhook_handle(struct webhook *w, struct request *r, struct reply *reply)
{
	struct turn		t = { .w = w, .r = r, .reply = reply };
	struct inspection	in;

	w->accepted = false;
	w->log.id[0] = '\0';
	t.now_ms = clock_now_ms();
	t.begun_ms = clock_monotonic_ms();
	if (!clock_uuid(t.now_ms, t.id)) {
		unavailable(&t, "no randomness", "getrandom failed");
		return;
	}
	clock_uuid_format(t.id, w->log.id);
	t.probe = r->var[VAR_PROBE].n > 0 && probe_is_ours(w, r, t.now_ms);
	if (t.probe)
		probe_answer(w, r, check_shape(&t) && decode(&t) &&
		    verify(&t) ? NULL : reject_reason_name(t.refused), reply);
	else if (inspect_begin(&in, w->config, r, t.now_ms)) {
		t.probe = true;
		look(&t, &in);
		inspect_finish(&in, w, r, t.now_ms, reply);
	} else if (r->method == METHOD_HEAD)
		*reply = (struct reply){ .status = 200, .type = TWIML_TYPE };
	else if (check_shape(&t) && decode(&t) && verify(&t) &&
	    classify(&t))
		record(&t);
}
