/* Choose the route of an event. See choose.h. */
#include "../core/json.h"
#include "../core/route_value.h"
#include "../core/url.h"
#include "../edge/clock.h"
#include "../edge/regular.h"
#include "choose.h"

#define WHY_BYTES 256
#define SHOWN 48	/* bytes of a value in a line for people */

/* One event that is looking for its route. */
struct looking {
	struct arena			*arena;
	const struct subject		*s;
	const struct choose_trace	*trace;
	const struct route		*route;	/* that is looked at */
};

/* False, and the line for people: NAME: VALUE is none of ITEM, ITEM */
static bool
no(const struct looking *l, const char *name, struct str value,
    const char *says, const struct texts *items)
{
	char		buf[WHY_BYTES];
	struct out	why = out_init(buf, sizeof(buf));
	size_t		i;

	if (l->trace == NULL)
		return false;
	out_cstr(&why, name);
	out_cstr(&why, ": ");
	if (value.n == 0)
		out_cstr(&why, "nothing");
	out_printable(&why, str_sub(value, 0, SHOWN));
	out_cstr(&why, value.n > SHOWN ? "... " : " ");
	out_cstr(&why, says);
	for (i = 0; items != NULL && i < items->n && !why.overflow; i++) {
		out_cstr(&why, i == 0 ? " " : ", ");
		out_printable(&why, items->at[i]);
		if (items->at[i].n == 0)
			out_cstr(&why, "\"\"");
	}
	l->trace->say(l->trace->data, l->route, out_str(&why));
	return false;
}

static bool
items_suit(const struct looking *l, const char *name,
    const struct texts *items, struct str value)
{
	size_t	i;

	for (i = 0; i < items->n; i++)
		if (route_item_suits(items->at[i], value))
			return true;
	return items->n == 0 || no(l, name, value, "is none of", items);
}

static bool
path_suits(const struct looking *l)
{
	const struct texts	*items = &l->route->path;
	size_t			 i;

	for (i = 0; i < items->n; i++)
		if (route_item_suits(items->at[i], l->s->path) ||
		    (l->s->rest.n > 0 &&
		    route_item_suits(items->at[i], l->s->rest)))
			return true;
	return items->n == 0 || no(l, "path", l->s->path, "is none of",
	    items);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ASCII that is neither letter nor digit. */
static bool
is_punctuation(char c)
{
	return (c > ' ' && c < '0') || (c > '9' && c < 'A') ||
	    (c > 'Z' && c < 'a') || (c > 'z' && c <= '~');
}

static struct str
without_punctuation(struct str s)
{
	while (s.n > 0 && is_punctuation(s.p[0]))
		s = str_sub(s, 1, s.n);
	while (s.n > 0 && is_punctuation(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* The first word as it stands, or without the punctuation around it. */
static bool
keyword_suits(const struct looking *l)
{
	const struct texts	*items = &l->route->keyword;
	struct str		 word, bare;
	size_t			 i, n = 0;

	if (items->n == 0)
		return true;
	word = str_trim(form_get(l->s->form, "Body"));
	while (n < word.n && !is_blank(word.p[n]))
		n++;
	word = str_sub(word, 0, n);
	bare = without_punctuation(word);
	for (i = 0; i < items->n; i++)
		if (str_ieq(items->at[i], word) ||
		    (bare.n > 0 && str_ieq(items->at[i], bare)))
			return true;
	return no(l, "keyword", word, "is none of", items);
}

static bool
patterns_suit(const struct looking *l, const char *name,
    const struct texts *items, const char *parameter)
{
	struct str	value;
	size_t		i;

	if (items->n == 0)
		return true;
	value = form_get(l->s->form, parameter);
	for (i = 0; i < items->n; i++)
		if (regular_matches(items->at[i], value))
			return true;
	return no(l, name, value, "matches none of", items);
}

/* Over midnight, the day is the one on which it begins. */
static bool
is_within(const struct hours *h, int day, int minute)
{
	const bool	today = (h->days >> day & 1) != 0;
	const bool	yesterday = (h->days >> (day + 6) % 7 & 1) != 0;

	if (h->from < h->to)
		return today && minute >= h->from && minute < h->to;
	return (today && minute >= h->from) || (yesterday && minute < h->to);
}

static bool
hours_suit(const struct looking *l)
{
	static const char	*const days[] = { "Sun", "Mon", "Tue", "Wed",
				    "Thu", "Fri", "Sat" };
	const struct route	*route = l->route;
	char			 buf[16];
	struct out		 now = out_init(buf, sizeof(buf));
	int			 day, minute;
	size_t			 i;

	if (route->nhours == 0)
		return true;
	if (!clock_local(route->zone, l->s->now_ms, &day, &minute))
		return no(l, "zone", route->zone, "is not known here", NULL);
	for (i = 0; i < route->nhours; i++)
		if (is_within(&route->hours[i], day, minute))
			return true;
	out_cstr(&now, days[day]);
	out_char(&now, ' ');
	out_int(&now, minute / 60);
	out_cstr(&now, minute % 60 < 10 ? ":0" : ":");
	out_int(&now, minute % 60);
	return no(l, "hours", out_str(&now), "is outside of them", NULL);
}

/* What needs nothing but the request; its sender as it came. */
static bool
request_suits(const struct looking *l)
{
	const struct route	*r = l->route;
	const struct form	*form = l->s->form;
	struct str		 from = form_get(form, "From");

	if (from.p == NULL)
		from = l->s->event->from;
	return items_suit(l, "account", &r->account, l->s->account) &&
	    items_suit(l, "to", &r->to, l->s->event->route_to) &&
	    items_suit(l, "from", &r->from, from) &&
	    items_suit(l, "messaging_service", &r->messaging_service,
	    form_get(form, "MessagingServiceSid")) &&
	    items_suit(l, "digits", &r->digits, form_get(form, "Digits")) &&
	    path_suits(l) && keyword_suits(l) && hours_suit(l) &&
	    patterns_suit(l, "body", &r->body, "Body") &&
	    patterns_suit(l, "speech", &r->speech, "SpeechResult");
}

static bool
needs_state(const struct route *r)
{
	return r->sender != SENDER_ANY || r->opted_out != CHOICE_ANY ||
	    r->nsession > 0;
}

static bool
session_holds(const struct session_condition *c, struct str value)
{
	int64_t	n = 0;

	(void)number_parse(value, &n);
	switch (c->test) {
	case SESSION_SET:
		return value.n > 0;
	case SESSION_UNSET:
		return value.n == 0;
	case SESSION_EQUAL:
		return str_eq(value, c->value);
	case SESSION_DIFFERENT:
		return !str_eq(value, c->value);
	case SESSION_AT_LEAST:
		return n >= c->number;
	case SESSION_BELOW:
		return n < c->number;
	}
	return false;
}

/* "session: step is q2, which does not suit" without the rest of the state. */
static bool
session_suits(const struct looking *l)
{
	const struct route	*r = l->route;
	const char		*name;
	struct str		 value;
	size_t			 i;

	for (i = 0; i < r->nsession; i++) {
		name = arena_cstr(l->arena, r->session[i].name);
		if (name == NULL)
			return false;
		value = json_text(l->arena,
		    json_get(l->s->state.session, name));
		if (!session_holds(&r->session[i], value))
			return no(l, name, value, "is not what session asks "
			    "for", NULL);
	}
	return true;
}

static bool
state_suits(const struct looking *l)
{
	const struct state	*state = &l->s->state;
	const struct route	*r = l->route;

	if (r->sender != SENDER_ANY &&
	    (r->sender == SENDER_KNOWN) != state->known)
		return no(l, "sender", state->known ? STR("known") :
		    STR("new"), "does not suit", NULL);
	if (r->opted_out != CHOICE_ANY &&
	    (r->opted_out == CHOICE_YES) != state->opted_out)
		return no(l, "opted_out", state->opted_out ? STR("yes") :
		    STR("no"), "does not suit", NULL);
	return session_suits(l);
}

static bool
names_kind(const struct route *r, enum event_kind kind)
{
	return (r->kinds & (uint64_t)1 << kind) != 0;
}

/*
 * In the second round, a call.redirect looks at the routes that did not
 * name it.
 */
static bool
kind_suits(const struct looking *l, int round)
{
	const enum event_kind	kind = l->s->event->kind;
	const struct route	*r = l->route;

	if (r->unreadable)
		return round == 1 && no(l, "broken", r->broken, "", NULL);
	if (names_kind(r, kind))
		return round == 1;
	if (kind == EVENT_CALL_REDIRECT) {
		if (round == 1)
			return false;
		if (names_kind(r, EVENT_CALL_INBOUND))
			return true;
	}
	if (r->kinds == 0)
		return !event_is_pre_action(kind) || no(l, "kind",
		    l->s->event->name, "must be named", NULL);
	return no(l, "kind", l->s->event->name, "is none of", &r->kind);
}

static enum choice
look(struct looking *l, const struct routes *routes, int round,
    const struct route **out)
{
	size_t	i;

	for (i = 0; i < routes->n; i++) {
		l->route = *out = &routes->at[i];
		if (!kind_suits(l, round) || !request_suits(l))
			continue;
		if (!needs_state(l->route))
			return CHOICE_TAKEN;
		if (!l->s->state.there)
			return CHOICE_ASK_STATE;
		if (state_suits(l))
			return CHOICE_TAKEN;
	}
	*out = NULL;
	return CHOICE_NONE;
}

enum choice
choose(struct arena *a, const struct routes *routes, const struct subject *s,
    const struct choose_trace *trace, const struct route **out)
{
	struct looking	l = { .arena = a, .s = s, .trace = trace };
	enum choice	choice;

	*out = NULL;
	if (event_is_notice(s->event->kind))
		return CHOICE_NONE;
	choice = look(&l, routes, 1, out);
	if (choice == CHOICE_NONE && s->event->kind == EVENT_CALL_REDIRECT)
		choice = look(&l, routes, 2, out);
	return choice;
}

static bool
patterns_good(const char *name, const struct texts *items, struct out *why)
{
	size_t	i, n;

	for (i = 0; i < items->n; i++) {
		n = why->n;
		out_cstr(why, name);
		out_cstr(why, ": \"");
		out_printable(why, str_sub(items->at[i], 0, SHOWN));
		out_cstr(why, "\": ");
		if (!regular_check(items->at[i], why))
			return false;
		why->n = n;
	}
	return true;
}

bool
choose_check(const struct route *r, struct out *why)
{
	if (!patterns_good("body", &r->body, why) ||
	    !patterns_good("speech", &r->speech, why))
		return false;
	if (clock_zone_known(r->zone))
		return true;
	out_cstr(why, "zone: this machine does not know the time zone ");
	out_printable(why, r->zone);
	return false;
}

struct str
choose_rest(struct str path, struct str script_name, struct str path_info)
{
	if (path_info.n > 0 && str_ends(path, path_info))
		return path_info;
	if (!str_starts(path, script_name))
		return (struct str){ NULL, 0 };
	path = str_sub(path, script_name.n, path.n);
	if (path.n == 0)
		return STR("/");
	/* "/twilioX" does not lie below "/twilio". */
	return path.p[0] == '/' ? path : (struct str){ NULL, 0 };
}

static bool
is_message(const struct event *e)
{
	const char	*resource = kind_get(e->kind)->resource;

	return resource != NULL && strcmp(resource, "message") == 0;
}

struct str
choose_thread(struct arena *a, const struct event *e, struct str account)
{
	if (is_message(e) && e->from.n > 0)
		return arena_join(a, (struct str[]){ account, STR(" "),
		    e->from, STR(" "), e->to }, 5);
	return e->sid;
}

static bool
is_true(struct str json)
{
	return str_eq(json, STR("true"));
}

bool
choose_read_state(struct str json, struct state *s)
{
	uint64_t	revision = 0;

	if (!json_valid(json))
		return false;
	(void)str_to_uint(json_get(json, "revision"), INT64_MAX, &revision);
	*s = (struct state){
		.there = true,
		.known = is_true(json_get(json, "known")),
		.opted_out = is_true(json_get(json, "opted_out")),
		.revision = (int64_t)revision,
		.session = json_get(json, "session"),
		.resource = json_get(json, "resource"),
	};
	return true;
}
