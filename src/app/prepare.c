/*
 * Which route a request takes, and what is known of its answer before it is
 * stored. See turn.h.
 */
#include <stdio.h>

#include "../edge/clock.h"
#include "turn.h"

/* A GET's form has the token of the URL: for no template or function. */
static void
hide_token(struct turn *t)
{
	size_t	i;

	if (t->r->method != METHOD_GET || t->w->config->url_token.n == 0)
		return;
	for (i = 0; i < t->form.n; i++)
		if (str_eq(t->form.at[i].name, STR("token")))
			t->form.at[i].value = STR("***");
}

static void
look_at(struct turn *t)
{
	struct str	path = url_path(t->r->var[VAR_REQUEST_URI]);

	hide_token(t);

	t->subject.event = &t->event;
	t->subject.form = &t->form;
	t->subject.account = t->signer.account;
	t->subject.now_ms = t->now_ms;
	t->subject.path = path;
	t->subject.rest = choose_rest(path, request_variable(t->r,
	    "SCRIPT_NAME"), request_variable(t->r, "PATH_INFO"));
}

/* Ask Postgres what it knows beforehand. */
static bool
know_state(struct turn *t, int64_t deadline, char error[256])
{
	struct state	*s = &t->subject.state;
	struct arena	*a = t->r->arena;
	struct str	 json;

	if (s->there)
		return true;
	if (!store_state(&t->w->db, a, &t->event, t->signer.account,
	    t->subject.thread, deadline, &json, error))
		return false;
	if (choose_read_state(json, s))
		return true;
	(void)snprintf(error, 256, "offhook.state answered no JSON; run "
	    "sql/migrate of the same version");
	return false;
}

/* Routes that no file took are checked each time. */
static const struct route_memo *
memo_of(struct turn *t, struct route_memo *own)
{
	struct arena	*a = t->r->arena;
	char		*buf;
	struct out	 why;

	if (t->routes == &t->w->snapshot.routes)
		return snapshot_memo(&t->w->snapshot, t->route);
	buf = arena_alloc(a, WHY_BYTES, 1);
	why = out_init(buf, buf == NULL ? 0 : WHY_BYTES);
	*own = (struct route_memo){ .checked = true };
	own->good = route_check(a, t->route, &why);
	own->why = out_str(&why);
	if (own->good && t->route->source == ROUTE_TEMPLATE)
		own->compiled = template_compile(a, t->route->reply,
		    TEMPLATE_XML, &why);
	return own;
}

static bool
find_route(struct turn *t, int64_t deadline, char error[256])
{
	struct arena	*a = t->r->arena;

	t->route = NULL;
	look_at(t);
	t->blind = choose(a, t->routes, &t->subject, NULL, &t->route) ==
	    CHOICE_ASK_STATE;
	if (!t->blind || t->away)
		return true;
	t->blind = false;
	if (!know_state(t, deadline, error))
		return false;
	(void)choose(a, t->routes, &t->subject, NULL, &t->route);
	return true;
}

bool
prepare_rejects(struct turn *t)
{
	if (t->routes == NULL || t->json)
		return false;
	look_at(t);
	/* One that would look at the state, which cannot be known, counts. */
	return choose(t->r->arena, t->routes, &t->subject, NULL, &t->route) !=
	    CHOICE_NONE && t->route->reject_in_trouble;
}

static void
put(struct store_ingest *in, struct answer answer)
{
	in->http = answer.http;
	in->type = answer.type;
	in->reply = answer.body;
}

/* The fallback goes out: why, for the event, and the issue that it opens. */
static void
fall_back(struct turn *t, const char *issue, const char *reason)
{
	put(&t->in, reply_fallback(t->r->arena, &t->subject, t->route));
	t->in.issue = issue;
	t->in.reason = reason;
}

static bool
several_apps(const struct routes *routes)
{
	const struct route	*first = NULL;
	size_t			 i;

	for (i = 0; i < routes->n; i++) {
		if (routes->at[i].source != ROUTE_APP)
			continue;
		if (first == NULL)
			first = &routes->at[i];
		else if (!str_eq(url_origin(first->reply),
		    url_origin(routes->at[i].reply)))
			return true;
	}
	return false;
}

/* It has to be asked for: that takes time, and for an application a slot. */
static void
plan_asking(struct turn *t)
{
	const int64_t	now = clock_monotonic_ms();
	int64_t		left = claim_deadline(t) - now;

	if (claim_ask_deadline(t) <= now) {
		(void)snprintf(t->why, sizeof(t->why), "it came too late to "
		    "ask: %lld ms after the web server had it",
		    (long long)(now - t->begun_ms));
		fall_back(t, "reply.late", t->why);
		return;
	}
	if (t->route->source == ROUTE_APP && !t->slot)
		t->slot = slots_take(&t->w->slots,
		    url_origin(t->route->reply), !several_apps(t->routes));
	if (t->route->source == ROUTE_APP && !t->slot)
		fall_back(t, "reply.busy", "half of the processes wait for "
		    "applications already");
	else
		t->in.ask_ms = (left > 0 ? left : 0) + LEASE_MARGIN_MS;
}

/* Whether the route has its answer while Postgres is away. */
static bool
can_do_without(struct turn *t, const struct route_memo *memo)
{
	return t->route->source != ROUTE_SQL && !t->blind &&
	    (t->subject.state.there ||
	    !reply_needs_state(t->r->arena, t->route, memo->compiled));
}

static bool
take_route(struct turn *t, int64_t deadline, char error[256])
{
	struct arena			*a = t->r->arena;
	struct route_memo		 own;
	const struct route_memo		*memo = memo_of(t, &own);
	struct answer			 answer;
	struct out			 why;

	t->in.route = t->route->name;
	if (!memo->good) {
		why = out_init(t->why, sizeof(t->why) - 1);
		out_cstr(&why, "the route is broken: ");
		out_utf8(&why, str_sub(memo->why, 0, WHY_BYTES));
		t->why[why.n] = '\0';
		fall_back(t, "route.broken", t->why);
		return true;
	}
	if (t->away && !can_do_without(t, memo)) {
		fall_back(t, "reply.failed", "the route needs Postgres, which "
		    "was away");
		return true;
	}
	if (reply_needs_state(a, t->route, memo->compiled) &&
	    !know_state(t, deadline, error))
		return false;
	if (t->route->source == ROUTE_APP || t->route->source == ROUTE_SQL) {
		plan_asking(t);
		return true;
	}
	why = out_init(t->why, sizeof(t->why) - 1);
	if (!reply_make(a, &t->subject, t->route, memo->compiled,
	    memo->settled, &answer, &why)) {
		t->why[why.n] = '\0';
		fall_back(t, "reply.invalid", t->why);
		return true;
	}
	put(&t->in, answer);
	if (t->last || t->away)
		t->subject.state.there = false;	/* no revision is asked for */
	t->in.session = reply_session(a, &t->subject, t->route,
	    (struct str){ NULL, 0 });
	return true;
}

/* What an event without a route is answered: a caller hears a sentence. */
static void
take_none(struct turn *t)
{
	look_at(t);
	put(&t->in, reply_default(t->r->arena, &t->subject));
	if (event_is_voice_question(t->event.kind) && t->routes->version >= 0)
		t->in.issue = "call.no_route";
}

bool
prepare(struct turn *t, int64_t deadline, char error[256])
{
	struct store_ingest	*in = &t->in;

	in->issue = in->reason = NULL;
	in->route = in->session = (struct str){ NULL, 0 };
	in->ask_ms = 0;
	t->blind = false;
	if (event_is_notice(t->event.kind)) {
		put(in, (struct answer){ .http = 204 });
		if (t->event.kind == EVENT_DEBUGGER_ALERT)
			in->issue = "twilio.alert";
		return true;
	}
	t->route = NULL;
	if (!t->json && !find_route(t, deadline, error))
		return false;
	if (t->route == NULL)
		take_none(t);
	else if (!take_route(t, deadline, error))
		return false;
	if (t->w->broken && in->issue == NULL)
		in->issue = "route.broken";
	return true;
}
