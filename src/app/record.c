/*
 * Store an event and answer it. See turn.h.
 *
 * What is answered 2xx has been committed or spooled (outage.c), but for two
 * cases in which a 5xx would do harm: see answer_not_stored().
 */
#include <string.h>

#include "../core/pre_action.h"
#include "../core/utf8.h"
#include "../edge/clock.h"
#include "alert.h"
#include "redaction.h"
#include "turn.h"

/*
 * Routes may change between a fetch and its use, and many messages of one
 * thread may come at once, each of which changes its session.
 */
#define INGEST_TRIES 8

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

/*
 * What is masked stands for ten thousand people, and no two of them may share
 * a session: then the thread is a hash that only the account's token makes.
 */
static bool
mask_thread(struct turn *t)
{
	const struct account	*account = config_account(t->w->config,
				    t->signer.account);
	struct str		 thread = choose_thread(t->r->arena, &t->event,
				    t->signer.account);
	struct str		 parts[3] = { t->signer.account, STR(" ") };
	char			 hash[SIG_LENGTH];

	if (str_eq(thread, t->subject.thread))
		return true;
	if (account == NULL || account->ntokens == 0 ||
	    !sig_make(&t->w->sig, account->token[0], STR("offhook session "),
	    t->subject.thread, hash))
		return false;
	parts[2] = (struct str){ hash, SIG_LENGTH };
	t->subject.thread = arena_join(t->r->arena, parts, 3);
	return true;
}

bool
record_classify(struct turn *t)
{
	const struct event_source	src = record_source(t);
	struct request			*r = t->r;

	if (!event_classify(r->arena, &src, &t->event))
		return turn_refuse(t, REASON_UNAVAILABLE);
	t->subject.thread = choose_thread(r->arena, &t->event,
	    t->signer.account);
	t->in = record_common(t);
	t->in.raw = t->raw;
	if (r->method == METHOD_GET)
		t->in.raw = url_query(masked(t, r->var[VAR_REQUEST_URI]));
	memcpy(t->in.id, t->id, sizeof(t->in.id));
	if (!redaction(&t->w->config->redact, r->arena, &src, false,
	    &t->event, &t->in) || (!t->probe && !mask_thread(t)))
		return turn_refuse(t, REASON_UNAVAILABLE);
	return true;
}

/*
 * What a webhook is answered that cannot be stored or spooled; returns what
 * the log is to say of it, or NULL. 503, and Twilio asks again or tries the
 * fallback, but for two:
 * - Conversations take a 5xx for a rejection, so that a database that is
 *   down would silence them all: published, unless its route says reject.
 * - The Debugger makes an alert of a 5xx: one about ourselves would never
 *   end.
 */
static const char *
answer_not_stored(struct turn *t)
{
	turn_unavailable(t);
	if (event_is_pre_action(t->event.kind)) {
		if (prepare_rejects(t))
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
refuse(struct turn *t, const char *why)
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

void
record_not_stored(struct turn *t, const char *why)
{
	if ((!t->away && !outage_begins(t)) || !outage_keep(t, why))
		refuse(t, why);
}

/* Without a file that takes them, the routes live as long as the request. */
static bool
keep_fetched(struct turn *t, const struct store_routes *routes)
{
	log_say(&t->w->log, LOG_WARNING, "routes' snapshot cannot be "
	    "written; each request reads them from Postgres", "folder",
	    str_from(t->w->config->state == NULL ? "(OFFHOOK_STATE is not "
	    "set)" : t->w->config->state));
	if (!routes_load(t->r->arena, routes->specs, &t->fetched)) {
		record_not_stored(t, "the routes do not fit into memory "
		    "(16 MB with the request)");
		return false;
	}
	t->fetched.version = routes->version;
	t->routes = &t->fetched;
	return true;
}

/* Tell of routes that never suit or may not be sent, once a new version. */
static void
tell_broken(struct turn *t)
{
	const struct route	*r;
	char			 buf[256];
	struct out		 why;
	size_t			 i;

	for (i = 0; i < t->routes->n; i++) {
		r = &t->routes->at[i];
		why = out_init(buf, sizeof(buf));
		if (r->broken.p != NULL)
			out_bytes(&why, str_sub(r->broken, 0, sizeof(buf)));
		else if (choose_check(r, &why))
			continue;
		t->w->broken = true;
		log_write(&t->w->log, LOG_ERROR, "route is broken",
		    (struct log_field[]){ { "route", r->name },
		    { "why", out_str(&why) }, { NULL, { NULL, 0 } } });
	}
}

/* Get the routes that Postgres has now; false when it does not answer. */
static bool
renew_routes(struct turn *t, int64_t deadline)
{
	struct webhook		*w = t->w;
	struct store_routes	 routes;
	int64_t			 known = t->routes->version;
	char			 why[256];

	/* Another process may have written them already. */
	if (!snapshot_refresh(&w->snapshot) ||
	    w->snapshot.routes.version == known) {
		if (!store_routes(&w->db, t->r->arena, deadline, &routes,
		    why)) {
			record_not_stored(t, why);
			return false;
		}
		if (!snapshot_write(&w->snapshot, routes.version,
		    routes.specs) || !snapshot_refresh(&w->snapshot) ||
		    w->snapshot.routes.version != routes.version)
			return keep_fetched(t, &routes);
	}
	t->routes = &w->snapshot.routes;
	tell_broken(t);
	return true;
}

/* In the web server; what is less is in ms alone. */
#define WAITED_LOGGED_MS 100

void
record_log(const struct turn *t, const struct store_verdict *v)
{
	char			number[3][24];
	struct out		ms = out_init(number[0], sizeof(number[0]));
	struct out		http = out_init(number[1], sizeof(number[1]));
	struct out		waited = out_init(number[2], sizeof(number[2]));
	struct log_field	f[9] = {
		{ "kind", t->event.name },
		{ "sid", t->event.sid },
		{ "event", t->event.status },
		{ "verdict", v->verdict },
	};
	size_t			n = 4;

	out_int(&http, v->http);
	out_int(&ms, clock_monotonic_ms() - t->begun_ms);
	out_int(&waited, t->waited_ms);
	if (t->in.route.p != NULL)
		f[n++] = (struct log_field){ "route", t->in.route };
	f[n++] = (struct log_field){ "status", out_str(&http) };
	f[n++] = (struct log_field){ "ms", out_str(&ms) };
	if (t->waited_ms >= WAITED_LOGGED_MS)
		f[n++] = (struct log_field){ "waited", out_str(&waited) };
	f[n] = (struct log_field){ NULL, { NULL, 0 } };
	log_write(&t->w->log, LOG_INFO, "accepted", f);
}

void
record_fallback(const struct turn *t, const char *reason)
{
	if (reason != NULL)
		log_write(&t->w->log, LOG_WARNING, "fallback",
		    (struct log_field[]){ { "route", t->in.route },
		    { "why", str_from(reason) }, { NULL, { NULL, 0 } } });
}

/* What was stored, by us or by the first delivery, is the answer. */
void
record_answer(struct turn *t, const struct store_verdict *v)
{
	*t->reply = (struct reply){ .status = v->http, .body = v->reply };
	if (v->type.n > 0)
		t->reply->type = arena_cstr(t->r->arena, v->type);
	t->w->accepted = true;
	record_log(t, v);
}

/* Which routes an answer was chosen from; -1: it does not depend on them. */
static int64_t
version_to_check(const struct turn *t)
{
	if (event_is_notice(t->event.kind) || t->json || t->last)
		return -1;
	/* 0 is no version: an unknown snapshot asks for the routes. */
	return t->routes->version < 0 ? 0 : t->routes->version;
}

/* Store it once; false when that is to be tried again. */
static bool
store(struct turn *t, int64_t deadline)
{
	struct store_verdict	v;

	switch (store_ingest(&t->w->db, t->r->arena, &t->in, deadline, &v)) {
	case STORE_NEW:
		if (t->in.issue != NULL &&
		    strcmp(t->in.issue, "route.broken") == 0)
			t->w->broken = false;
		record_fallback(t, t->in.reason);
		record_answer(t, &v);
		return true;
	case STORE_DUPLICATE:
		record_answer(t, &v);
		return true;
	case STORE_ASK:
		claim(t);
		return true;
	case STORE_PENDING:
		claim_wait(t);
		return true;
	case STORE_ROUTES:
		return !renew_routes(t, deadline);
	case STORE_SESSION:
		t->subject.state.there = false;
		return false;
	case STORE_FOREIGN:
		(void)turn_refuse(t, REASON_FOREIGN);
		return true;
	case STORE_DOWN:
		break;
	}
	record_not_stored(t, v.error);
	return true;
}

/* Ask Postgres. */
static void
record_stored(struct turn *t)
{
	int64_t	deadline = clock_monotonic_ms() + (t->w->spool.probing ?
		    SPOOL_PROBE_MS : STORE_DEADLINE_MS);
	char	why[256];
	bool	done = false;
	int	try;

	for (try = 1; try <= INGEST_TRIES && !done; try++) {
		t->last = try == INGEST_TRIES;
		t->ready = false;
		if (!prepare(t, deadline, why)) {
			record_not_stored(t, why);
			break;
		}
		t->ready = t->in.ask_ms == 0;
		t->in.routes = version_to_check(t);
		done = store(t, deadline);
	}
	if (!done && try > INGEST_TRIES)
		record_not_stored(t, "the routes or the session change all "
		    "the time");
	outage_tell(t);
}

void
record(struct turn *t)
{
	if (outage_knows(t))
		return;
	if (!event_is_notice(t->event.kind))
		(void)snapshot_refresh(&t->w->snapshot);
	t->routes = &t->w->snapshot.routes;
	if (outage_goes_on(t))
		record_not_stored(t, "Postgres was away a moment ago");
	else
		record_stored(t);
	if (t->slot)
		slots_give(&t->w->slots);
}
