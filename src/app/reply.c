/* What a route answers. See reply.h. */
#include <string.h>

#include "../core/lint.h"
#include "../core/json.h"
#include "../core/pre_action.h"
#include "../core/twiml.h"
#include "../edge/clock.h"
#include "reply.h"

#define CALL_EXPIRES_S (4 * 3600)
#define THREAD_EXPIRES_S (24 * 3600)

#define SAY_NO_ROUTE \
	"Thank you for calling. This number is not set up yet. " \
	"Please try again later."
#define SAY_TROUBLE \
	"We are sorry, there is a problem at our end. " \
	"Please try again in a few minutes."

/* The data of a template. */
struct context {
	const struct subject	*subject;
	const struct route	*route;
};

static struct template_value
get(void *data, struct str name)
{
	const struct context	*c = data;
	const struct state	*state = &c->subject->state;

	if (str_eq(name, STR("session")))
		return (struct template_value){ true, state->session };
	if (str_eq(name, STR("resource")))
		return (struct template_value){ true, state->resource };
	if (str_eq(name, STR("const")))
		return (struct template_value){ true,
		    json_get(c->route->spec, "const") };
	return (struct template_value){ false,
	    form_value(c->subject->form, name) };
}

static bool
fill(struct arena *a, const struct subject *s, const struct route *route,
    const struct template *t, struct out *o)
{
	struct context		c = { s, route };
	struct template_data	data = { get, &c };

	return template_render(t, &data, a, o);
}

static bool
has_tags(struct str text)
{
	return str_search(text, STR("{{")) < text.n;
}

static bool
looks_at_state(const struct template *t)
{
	return t != NULL && (template_uses(t, "session") ||
	    template_uses(t, "resource"));
}

/* A session's variables may be made of others. */
static bool
set_looks_at_state(struct arena *a, const struct route *route)
{
	char		 why[128];
	struct out	 o = out_init(why, sizeof(why));
	size_t		 i;

	for (i = 0; i < route->set.n; i++)
		if (has_tags(route->set.at[i].value) &&
		    looks_at_state(template_compile(a, route->set.at[i].value,
		    TEMPLATE_TEXT, &o)))
			return true;
	return false;
}

bool
reply_needs_state(struct arena *a, const struct route *route,
    const struct template *compiled)
{
	return route->source == ROUTE_SQL || looks_at_state(compiled) ||
	    set_looks_at_state(a, route);
}

/*
 * TwiML that was not made by construction. What Twilio would not execute is
 * never sent; what it would warn of only where the route says so.
 */
static bool
may_be_sent(struct arena *a, const struct subject *s,
    const struct route *route, struct str body, struct out *why)
{
	enum lint_document	kind = route_kind_document(s->event->kind);
	struct lint		found;

	if (lint_check(a, body, kind, why))
		return true;
	if (!route->warnings)
		return false;
	lint_twiml(a, body, kind, 0, &found);
	if (found.worst > LINT_WARNING)
		return false;
	why->n = 0;
	return true;
}

static void
answer_twiml(struct answer *answer, struct str body)
{
	*answer = (struct answer){ 200, TWIML_TYPE, body };
}

/*
 * Little memory at first: what a request takes beyond ARENA_KEPT of serve.c
 * is given back after it, and costs the next one its page faults.
 */
static bool
fill_growing(struct arena *a, const struct subject *s,
    const struct route *route, const struct template *t, struct out *o)
{
	size_t	 room;
	char	*buf;

	for (room = 4096; room <= TWIML_MAX_BYTES + 1; room *= 4) {
		buf = arena_alloc(a, room - 1, 1);
		if (buf == NULL)
			return false;
		*o = out_init(buf, room - 1);
		if (fill(a, s, route, t, o))
			return true;
	}
	return false;
}

static bool
make_template(struct arena *a, const struct subject *s,
    const struct route *route, const struct template *t, bool settled,
    struct answer *answer, struct out *why)
{
	struct out	o;

	if (t == NULL)
		t = template_compile(a, route->reply, TEMPLATE_XML, why);
	if (t == NULL)
		return false;
	if (!fill_growing(a, s, route, t, &o)) {
		out_cstr(why, "the filled template has 64 kB or more, or "
		    "its lists are too long to go through");
		return false;
	}
	answer_twiml(answer, out_str(&o));
	return (settled && o.n <= ROUTE_SETTLED_BYTES) ||
	    may_be_sent(a, s, route, answer->body, why);
}

/* <Response> with one verb around a text. */
static struct str
one_verb(struct arena *a, const char *verb, struct str text)
{
	size_t		 cap = 160 + 6 * text.n;
	char		*buf = arena_alloc(a, cap, 1);
	struct twiml	 w;
	struct out	 o;

	if (buf == NULL)
		return STR(TWIML_EMPTY);
	o = out_init(buf, cap);
	twiml_begin(&w, &o);
	twiml_open(&w, "Response");
	twiml_open(&w, verb);
	twiml_text(&w, text);
	twiml_close(&w);
	twiml_close(&w);
	return twiml_end(&w) ? out_str(&o) : STR(TWIML_EMPTY);
}

bool
reply_make(struct arena *a, const struct subject *s,
    const struct route *route, const struct template *compiled,
    bool settled, struct answer *answer, struct out *why)
{
	switch (route->source) {
	case ROUTE_TWIML:
		answer_twiml(answer, route->reply);
		return true;
	case ROUTE_TEMPLATE:
		return make_template(a, s, route, compiled, settled, answer,
		    why);
	case ROUTE_REDIRECT:
		answer_twiml(answer, one_verb(a, "Redirect", route->reply));
		return true;
	case ROUTE_JSON:
		*answer = (struct answer){ 200, PRE_ACTION_TYPE,
		    route->reply };
		return true;
	case ROUTE_REJECT:
		*answer = (struct answer){ .http = route->http };
		return true;
	case ROUTE_SQL:
	case ROUTE_APP:
		break;
	}
	out_cstr(why, "it has to be asked for");
	return false;
}

/* The types that Twilio reads as TwiML; text/plain would be read aloud. */
static bool
is_twiml_type(struct str content_type)
{
	static const char *const types[] = { "text/xml", "application/xml",
	    "text/html" };
	struct str	type;
	size_t		i;

	if (!str_cut(&content_type, ';', &type))
		return false;
	type = str_trim(type);
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_ieq(type, str_from(types[i])))
			return true;
	return false;
}

bool
reply_judge(struct arena *a, const struct subject *s,
    const struct route *route, struct str type, struct str body,
    struct answer *answer, struct out *why)
{
	if (event_is_pre_action(s->event->kind)) {
		*answer = (struct answer){ 200, PRE_ACTION_TYPE, body };
		return pre_action_check(a, body, why);
	}
	if (type.p != NULL && !is_twiml_type(type)) {
		out_cstr(why, type.n == 0 ? "there is no Content-Type" :
		    "Content-Type ");
		out_printable(why, str_sub(type, 0, 80));
		out_cstr(why, type.n == 0 ? "; TwiML's is text/xml (Twilio "
		    "12300)" : " is not TwiML's, text/xml (Twilio 12300)");
		return false;
	}
	answer_twiml(answer, body);
	return may_be_sent(a, s, route, body, why);
}

void
reply_split(struct arena *a, const struct subject *s, struct str *body,
    struct str *session)
{
	struct str	text = str_trim(*body);

	if (event_is_pre_action(s->event->kind) || text.n == 0 ||
	    text.p[0] != '{' || !json_valid(text))
		return;
	*body = json_text(a, json_get(text, "twiml"));
	*session = json_get(text, "session");
}

static struct answer
default_of(struct arena *a, const struct subject *s, const char *say)
{
	struct answer	answer = { 200, PRE_ACTION_TYPE,
			    STR(PRE_ACTION_PUBLISH) };

	if (event_is_pre_action(s->event->kind))
		return answer;
	answer_twiml(&answer, STR(TWIML_EMPTY));
	if (event_is_voice_question(s->event->kind))
		answer.body = one_verb(a, "Say", str_from(say));
	return answer;
}

struct answer
reply_default(struct arena *a, const struct subject *s)
{
	return default_of(a, s, SAY_NO_ROUTE);
}

struct answer
reply_fallback(struct arena *a, const struct subject *s,
    const struct route *route)
{
	char			 buf[256];
	struct out		 why = out_init(buf, sizeof(buf));
	struct route		 own;
	struct answer		 answer;

	if (route != NULL && route->reject_in_trouble)
		return (struct answer){ .http = 503 };
	if (route != NULL && route->fallback.n > 0) {
		own = *route;
		own.reply = route->fallback;
		if (make_template(a, s, &own, NULL, false, &answer, &why))
			return answer;
	}
	return default_of(a, s, SAY_TROUBLE);
}

static void
out_name(struct out *o, bool *first, struct str name)
{
	out_char(o, *first ? '{' : ',');
	*first = false;
	out_json(o, name);
	out_char(o, ':');
}

/* The route's variables, filled, as members of an object. */
static void
out_set(struct arena *a, const struct subject *s, const struct route *route,
    struct out *o, bool *first)
{
	const struct template	*t;
	char			 buf[REPLY_MAX_VARIABLE], why[128];
	struct out		 value, w;
	size_t			 i;

	for (i = 0; i < route->set.n; i++) {
		value = out_init(buf, sizeof(buf));
		w = out_init(why, sizeof(why));
		if (!has_tags(route->set.at[i].value))
			out_bytes(&value, route->set.at[i].value);
		else {
			t = template_compile(a, route->set.at[i].value,
			    TEMPLATE_TEXT, &w);
			if (t == NULL || !fill(a, s, route, t, &value))
				continue;
		}
		if (value.overflow)
			continue;
		out_name(o, first, route->set.at[i].name);
		out_json(o, out_str(&value));
	}
}

/* What a SQL function sets goes after, and wins. */
static void
out_more(struct arena *a, struct str more, struct out *o, bool *first)
{
	struct json_walk	walk;
	struct json_item	item;
	struct str		value;
	size_t			n = 0;

	if (!json_open(more, &walk) || !walk.object)
		return;
	while (n++ < REPLY_MAX_VARIABLES && json_next(&walk, &item)) {
		value = json_text(a, item.value);
		if (value.p == NULL || value.n > REPLY_MAX_VARIABLE)
			continue;
		out_name(o, first, json_text(a, item.name));
		out_json(o, value);
	}
}

static void
out_list(struct out *o, const char *name, const struct texts *list)
{
	size_t	i;

	if (list->n == 0)
		return;
	out_cstr(o, ",\"");
	out_cstr(o, name);
	out_cstr(o, "\":");
	for (i = 0; i < list->n; i++) {
		out_char(o, i == 0 ? '[' : ',');
		out_json(o, list->at[i]);
	}
	out_char(o, ']');
}

/* Its revision counts where the reply was made of what the state said. */
static void
out_patch(struct arena *a, const struct subject *s,
    const struct route *route, struct str more, struct out *o)
{
	bool	first = true;
	bool	call = event_is_voice_question(s->event->kind);
	int64_t	expires = call ? CALL_EXPIRES_S : THREAD_EXPIRES_S;

	out_cstr(o, "{\"thread\":");
	out_json(o, s->thread);
	if (s->state.there && more.p == NULL) {
		out_cstr(o, ",\"revision\":");
		out_int(o, s->state.revision);
	}
	out_cstr(o, ",\"expires\":");
	out_int(o, route->expires_s > 0 ? route->expires_s : expires);
	out_cstr(o, ",\"set\":");
	out_set(a, s, route, o, &first);
	out_more(a, more, o, &first);
	out_cstr(o, first ? "{}" : "}");
	out_list(o, "count", &route->count);
	out_list(o, "clear", &route->clear);
	out_cstr(o, route->end ? ",\"end\":true}" : "}");
}

struct str
reply_session(struct arena *a, const struct subject *s,
    const struct route *route, struct str more)
{
	const struct str	 none = { NULL, 0 };
	size_t			 cap;
	char			*buf;
	struct out		 o;

	if (route->set.n + route->count.n + route->clear.n == 0 &&
	    !route->end && route->expires_s == 0 && more.n == 0)
		return none;
	if (s->thread.n == 0)
		return none;
	cap = 1024 + 6 * more.n + (route->set.n + route->count.n +
	    route->clear.n) * 6 * (REPLY_MAX_VARIABLE + 128);
	buf = arena_alloc(a, cap, 1);
	if (buf == NULL)
		return none;
	o = out_init(buf, cap);
	out_patch(a, s, route, more, &o);
	return o.overflow ? none : out_str(&o);
}

static void
out_member(struct out *o, bool *first, const char *name, struct str value)
{
	if (value.p == NULL)
		return;
	out_name(o, first, str_from(name));
	out_json(o, value);
}

static void
out_object(struct out *o, bool *first, const char *name, struct str json)
{
	out_name(o, first, str_from(name));
	out_bytes(o, json.n == 0 ? STR("{}") : json);
}

/* A name that comes more than once has an array, as in offhook.params(). */
static void
out_params(struct out *o, const struct form *form)
{
	size_t	i, k, n;
	bool	first = true;

	for (i = 0; i < form->n; i++) {
		for (k = 0; k < i; k++)
			if (str_eq(form->at[k].name, form->at[i].name))
				break;
		if (k < i)
			continue;
		out_name(o, &first, form->at[i].name);
		for (k = i + 1, n = 1; k < form->n; k++)
			n += str_eq(form->at[k].name, form->at[i].name);
		if (n > 1)
			out_char(o, '[');
		out_json(o, form->at[i].value);
		for (k = i + 1; n > 1 && k < form->n; k++)
			if (str_eq(form->at[k].name, form->at[i].name)) {
				out_char(o, ',');
				out_json(o, form->at[k].value);
			}
		if (n > 1)
			out_char(o, ']');
	}
	out_cstr(o, first ? "{}" : "}");
}

struct str
reply_event_json(struct arena *a, const struct subject *s,
    const struct route *route, const char *id)
{
	const struct event	*e = s->event;
	size_t			 i, cap = 4096 + s->state.session.n +
				    s->state.resource.n + route->spec.n;
	char			*buf, received[25];
	bool			 first = true;
	struct out		 o;

	for (i = 0; i < s->form->n; i++)
		cap += 16 + 6 * (s->form->at[i].name.n +
		    s->form->at[i].value.n);
	cap += 6 * (e->name.n + e->sid.n + e->status.n + s->account.n +
	    e->from.n + e->to.n);
	buf = arena_alloc(a, cap, 1);
	if (buf == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(buf, cap);
	out_member(&o, &first, "id", str_from(id));
	out_member(&o, &first, "kind", e->name);
	out_member(&o, &first, "sid", e->sid);
	out_member(&o, &first, "status", e->status);
	out_member(&o, &first, "account", s->account);
	out_member(&o, &first, "from", e->from);
	out_member(&o, &first, "to", e->to);
	clock_format(s->now_ms, received);
	out_member(&o, &first, "received_at", str_from(received));
	out_object(&o, &first, "session", s->state.session);
	out_object(&o, &first, "resource", s->state.resource);
	out_object(&o, &first, "const", json_get(route->spec, "const"));
	out_name(&o, &first, STR("params"));
	out_params(&o, s->form);
	out_char(&o, '}');
	return o.overflow ? (struct str){ NULL, 0 } : out_str(&o);
}
