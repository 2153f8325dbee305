/*
 * Read routes. See route.h. Each key has a line in the table; what its
 * values may be is said there, once, for the check and for the message.
 */
#include "json.h"
#include "route_value.h"
#include "twiml.h"

#define SHOWN 64	/* bytes of a wrong value in a message */
#define WHY_BYTES 512	/* of struct route's broken */

/* One spec that is being read; of its faults the first one is told. */
struct reading {
	struct arena	*arena;
	struct route	*route;
	struct out	*why;
	bool		 faulty;
	uint64_t	 seen;		/* keys, by their place in the table */
	unsigned	 replies;	/* keys that say what is answered */
};

struct key {
	struct str	 name;
	bool		(*read)(struct reading *, const struct key *,
			    struct str json);
	size_t		 at;		/* of its field in struct route */
	bool		(*good)(struct str);	/* one text of it */
	const char	*may_be;	/* completes "... is not " */
	bool		 condition;
	enum route_source source;	/* of a reply */
	const char	*words[3];	/* of a choice; NULL ends them */
};

static bool
fault(struct reading *r, const char *name, const char *what)
{
	if (r->faulty)
		return false;
	r->faulty = true;
	if (name != NULL) {
		out_cstr(r->why, name);
		out_cstr(r->why, ": ");
	}
	out_cstr(r->why, what);
	return false;
}

/* KEY: "TEXT" is not WHAT IT MAY BE */
static bool
bad_text(struct reading *r, const struct key *k, struct str text)
{
	if (r->faulty)
		return false;
	(void)fault(r, k->name.p, "\"");
	out_printable(r->why, str_sub(text, 0, SHOWN));
	out_cstr(r->why, text.n > SHOWN ? "...\" is not " : "\" is not ");
	out_cstr(r->why, k->may_be);
	return false;
}

/* Room for n objects of size bytes in the arena. */
static void *
room(struct reading *r, size_t n, size_t size)
{
	void	*p = arena_alloc(r->arena, n, size);

	if (p == NULL)
		(void)fault(r, NULL, "there is not enough memory for it");
	return p;
}

static bool
get_string(struct reading *r, const struct key *k, struct str json,
    struct str *out)
{
	if (json_type(json) != JSON_STRING)
		return fault(r, k->name.p, "it must be a text (in quotes)");
	*out = json_text(r->arena, json);
	if (out->p == NULL)
		return fault(r, NULL, "there is not enough memory for it");
	return k->good == NULL || k->good(*out) || bad_text(r, k, *out);
}

static void *
field(const struct reading *r, const struct key *k)
{
	return (char *)r->route + k->at;
}

static bool
read_text(struct reading *r, const struct key *k, struct str json)
{
	return get_string(r, k, json, field(r, k));
}

/* How many items an array or object has. */
static size_t
count_items(struct str json)
{
	struct json_walk	w;
	struct json_item	item;
	size_t			n = 0;

	if (json_open(json, &w))
		while (json_next(&w, &item))
			n++;
	return n;
}

/* One text is a list of one. */
static bool
get_texts(struct reading *r, const struct key *k, struct str json,
    struct texts *out)
{
	const bool		single = json_type(json) == JSON_STRING;
	const size_t		n = single ? 1 : count_items(json);
	struct json_walk	w;
	struct json_item	item = { .value = json };

	if (!single && json_type(json) != JSON_ARRAY)
		return fault(r, k->name.p, "it must be a text or a list of "
		    "texts");
	if (n == 0 || n > ROUTE_MAX_ITEMS)
		return fault(r, k->name.p, n == 0 ? "the list is empty" :
		    "the list is longer than 1000");
	out->at = room(r, n, sizeof(*out->at));
	if (out->at == NULL)
		return false;
	if (!single)
		(void)json_open(json, &w);
	while (out->n < n && (single || json_next(&w, &item)))
		if (!get_string(r, k, item.value, &out->at[out->n++]))
			return false;
	return true;
}

static bool
read_texts(struct reading *r, const struct key *k, struct str json)
{
	return get_texts(r, k, json, field(r, k));
}

static bool
read_kind(struct reading *r, const struct key *k, struct str json)
{
	struct texts	*kinds = &r->route->kind;
	enum event_kind	 kind;
	size_t		 i;

	if (!get_texts(r, k, json, kinds))
		return false;
	for (i = 0; i < kinds->n; i++) {
		if (!event_kind_parse(kinds->at[i], &kind) ||
		    event_is_notice(kind))
			return bad_text(r, k, kinds->at[i]);
		r->route->kinds |= (uint64_t)1 << kind;
	}
	return true;
}

static bool
read_hours(struct reading *r, const struct key *k, struct str json)
{
	struct texts	 texts = { NULL, 0 };
	struct route	*route = r->route;

	if (!get_texts(r, k, json, &texts))
		return false;
	route->hours = room(r, texts.n, sizeof(*route->hours));
	if (route->hours == NULL)
		return false;
	for (; route->nhours < texts.n; route->nhours++)
		if (!hours_parse(texts.at[route->nhours],
		    &route->hours[route->nhours]))
			return bad_text(r, k, texts.at[route->nhours]);
	return true;
}

static bool
read_session(struct reading *r, const struct key *k, struct str json)
{
	struct texts	 texts = { NULL, 0 };
	struct route	*route = r->route;

	if (!get_texts(r, k, json, &texts))
		return false;
	route->session = room(r, texts.n, sizeof(*route->session));
	if (route->session == NULL)
		return false;
	for (; route->nsession < texts.n; route->nsession++)
		if (!session_condition_parse(texts.at[route->nsession],
		    &route->session[route->nsession]))
			return bad_text(r, k, texts.at[route->nsession]);
	return true;
}

/* An object of texts; its names are variables. */
static bool
read_pairs(struct reading *r, const struct key *k, struct str json)
{
	struct pairs		*out = field(r, k);
	const size_t		 n = count_items(json);
	struct json_walk	 w;
	struct json_item	 item;
	struct pair		*p;

	if (json_type(json) != JSON_OBJECT)
		return fault(r, k->name.p, "it must be an object of names and "
		    "texts");
	if (n > ROUTE_MAX_VARIABLES)
		return fault(r, k->name.p, "there are more than 64 names");
	out->at = room(r, n, sizeof(*out->at));
	if (out->at == NULL)
		return false;
	(void)json_open(json, &w);
	while (out->n < n && json_next(&w, &item)) {
		p = &out->at[out->n++];
		if (!get_string(r, k, item.name, &p->name))
			return false;
		if (json_type(item.value) != JSON_STRING)
			return fault(r, k->name.p, "its values must be texts "
			    "(in quotes)");
		p->value = json_text(r->arena, item.value);
	}
	return !r->arena->full;
}

static bool
set_choice(struct route *route, size_t at, int which)
{
	switch (at) {
	case offsetof(struct route, sender):
		route->sender = which == 0 ? SENDER_NEW : SENDER_KNOWN;
		return true;
	case offsetof(struct route, opted_out):
		route->opted_out = which == 0 ? CHOICE_NO : CHOICE_YES;
		return true;
	}
	*(bool *)((char *)route + at) = which != 0;
	return true;
}

/* One of two words; in a field that is a bool, the second one is true. */
static bool
read_choice(struct reading *r, const struct key *k, struct str json)
{
	struct str	text;
	int		i;

	if (!get_string(r, k, json, &text))
		return false;
	for (i = 0; i < 2; i++)
		if (k->words[i] != NULL &&
		    str_eq(text, str_from(k->words[i])))
			return set_choice(r->route, k->at, i);
	return bad_text(r, k, text);
}

static bool
read_reply(struct reading *r, const struct key *k, struct str json)
{
	r->replies++;
	r->route->source = k->source;
	r->route->http = 200;
	return read_text(r, k, json);
}

static bool
read_reject(struct reading *r, const struct key *k, struct str json)
{
	uint64_t	status;

	if (!read_reply(r, k, json))
		return false;
	if (!str_to_uint(r->route->reply, 499, &status) || status < 400 ||
	    status == 401)
		return bad_text(r, k, r->route->reply);
	r->route->http = (int)status;
	r->route->reply = STR("");
	return true;
}

static bool
read_budget(struct reading *r, const struct key *k, struct str json)
{
	struct str	text;
	int64_t		ms;

	if (!get_string(r, k, json, &text))
		return false;
	if (!duration_parse(text, ROUTE_MAX_BUDGET_MS, &ms))
		return bad_text(r, k, text);
	r->route->budget_ms = (int)ms;
	return true;
}

static bool
read_expires(struct reading *r, const struct key *k, struct str json)
{
	struct str	text;
	int64_t		ms;

	if (!get_string(r, k, json, &text))
		return false;
	if (!duration_parse(text, ROUTE_MAX_EXPIRES_MS, &ms) || ms < 1000)
		return bad_text(r, k, text);
	r->route->expires_s = ms / 1000;
	return true;
}

static bool
is_name(struct str s)
{
	return is_item(s) && s.n <= ROUTE_MAX_NAME;
}

static bool
is_account(struct str s)
{
	return str_starts(s, STR("AC")) && is_item(s);
}

static bool
is_service(struct str s)
{
	return str_starts(s, STR("MG")) && is_item(s);
}

static bool
is_path(struct str s)
{
	return str_starts(s, STR("/")) && is_item(s);
}

static bool
is_item_or_empty(struct str s)
{
	return s.n == 0 || is_item(s);
}

static bool
is_keyword(struct str s)
{
	return is_item_or_empty(s) && str_find(s, ' ', 0) == s.n;
}

static bool
is_pattern(struct str s)
{
	return s.n > 0 && s.n <= ROUTE_MAX_TEXT;
}

static bool
is_body(struct str s)
{
	return s.n > 0 && s.n <= TWIML_MAX_BYTES;
}

#define AT(x) .at = offsetof(struct route, x)
#define CONDITION(word, x, reader, is_good, says) { .name = STR(word), AT(x), \
	.read = (reader), .good = (is_good), .may_be = (says), \
	.condition = true }
#define REPLY(word, from, is_good, says) { .name = STR(word), AT(reply), \
	.read = read_reply, .source = (from), .good = (is_good), \
	.may_be = (says) }
#define CHOICE(word, x, no, yes, says, is_condition) { \
	.name = STR(word), AT(x), \
	.read = read_choice, .words = { (no), (yes), NULL }, \
	.may_be = (says), .condition = (is_condition) }
#define VARIABLES "a name: letters, digits and '_', not a digit first, 64 " \
	"bytes at most"
#define BODY "1 to 65535 bytes"
#define NUMBER "an exact value or a beginning with '*' behind it, 256 bytes " \
	"at most, without control characters"

static const struct key keys[] = {
	{ .name = STR("name"), AT(name), .read = read_text, .good = is_name,
	    .may_be = "1 to 80 bytes without control characters" },
	CONDITION("kind", kind, read_kind, NULL,
	    "a kind of event that takes a reply, such as message.inbound or "
	    "call.gather"),
	CONDITION("account", account, read_texts, is_account,
	    "an account's SID, AC..., or a beginning with '*' behind it"),
	CONDITION("to", to, read_texts, is_item, NUMBER),
	CONDITION("from", from, read_texts, is_item, NUMBER),
	CONDITION("messaging_service", messaging_service, read_texts,
	    is_service, "a Messaging Service's SID, MG..., or a beginning "
	    "with '*' behind it"),
	CONDITION("keyword", keyword, read_texts, is_keyword,
	    "one word, 256 bytes at most; \"\" is a message without words"),
	CONDITION("body", body, read_texts, is_pattern,
	    "a pattern of 1 to 256 bytes"),
	CONDITION("speech", speech, read_texts, is_pattern,
	    "a pattern of 1 to 256 bytes"),
	CONDITION("digits", digits, read_texts, is_item_or_empty,
	    NUMBER "; \"\" is none"),
	CONDITION("path", path, read_texts, is_path,
	    "a path that begins with '/', or a beginning with '*' behind it"),
	CONDITION("hours", hours, read_hours, NULL,
	    "days (Sun to Sat), times, or both: \"Mon-Fri 09:00-17:30\", "
	    "\"Sat,Sun\", \"22:00-06:00\""),
	CONDITION("zone", zone, read_text, is_zone,
	    "the name of a time zone, such as Europe/Berlin"),
	CHOICE("sender", sender, "new", "known", "new or known", true),
	CHOICE("opted_out", opted_out, "no", "yes", "yes or no", true),
	CONDITION("session", session, read_session, NULL,
	    "a condition such as step=q2, lang!=de, tries>=3, tries<3, lang "
	    "or !lang"),
	REPLY("twiml", ROUTE_TWIML, is_body, BODY),
	REPLY("template", ROUTE_TEMPLATE, is_body, BODY),
	REPLY("json", ROUTE_JSON, is_body, BODY),
	{ .name = STR("reject"), AT(reply), .read = read_reject,
	    .source = ROUTE_REJECT,
	    .may_be = "a status from 400 to 499, except 401" },
	REPLY("sql", ROUTE_SQL, is_function,
	    "schema.function in lower case"),
	REPLY("app", ROUTE_APP, is_app_url,
	    "a URL https://... or http://..., without userinfo and '#'"),
	REPLY("redirect", ROUTE_REDIRECT, is_redirect_url,
	    "a URL https://... or http://..., without userinfo, or a path "
	    "/..."),
	{ .name = STR("const"), AT(constants), .read = read_pairs,
	    .good = is_variable, .may_be = VARIABLES },
	{ .name = STR("fallback"), AT(fallback), .read = read_text,
	    .good = is_body, .may_be = BODY },
	{ .name = STR("budget"), .read = read_budget,
	    .may_be = "a time such as 8s or 2500ms, 14s at most" },
	CHOICE("warnings", warnings, NULL, "allow", "allow", false),
	CHOICE("in_trouble", reject_in_trouble, "publish", "reject",
	    "publish or reject", false),
	{ .name = STR("set"), AT(set), .read = read_pairs, .good = is_variable,
	    .may_be = VARIABLES },
	{ .name = STR("count"), AT(count), .read = read_texts,
	    .good = is_variable, .may_be = VARIABLES },
	{ .name = STR("clear"), AT(clear), .read = read_texts,
	    .good = is_variable, .may_be = VARIABLES },
	CHOICE("end", end, NULL, "yes", "yes", false),
	{ .name = STR("expires"), .read = read_expires,
	    .may_be = "a time such as 30m, 4h or 1d, 1s to 365d" },
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))
_Static_assert(KEYS <= 64, "a bit for each");
_Static_assert(EVENT_KINDS <= 64, "a bit for each");

static bool
unknown_key(struct reading *r, struct str name)
{
	size_t	i, d, best = KEYS, least = 4;

	r->route->unreadable = true;
	if (r->faulty)
		return false;
	for (i = 0; i < KEYS; i++) {
		d = str_distance(name, keys[i].name);
		if (d < least) {
			least = d;
			best = i;
		}
	}
	(void)fault(r, NULL, "there is no key \"");
	out_printable(r->why, str_sub(name, 0, SHOWN));
	out_char(r->why, '"');
	if (best < KEYS) {
		out_cstr(r->why, "; did you mean ");
		out_bytes(r->why, keys[best].name);
		out_char(r->why, '?');
	}
	return false;
}

static void
read_item(struct reading *r, const struct json_item *item)
{
	struct str	name = json_text(r->arena, item->name);
	const struct key *k;
	size_t		i;

	for (i = 0; i < KEYS; i++)
		if (str_eq(name, keys[i].name))
			break;
	if (i == KEYS) {
		(void)unknown_key(r, name);
		return;
	}
	k = &keys[i];
	if ((r->seen & (uint64_t)1 << i) != 0)
		(void)fault(r, k->name.p, "it is there twice");
	else if (k->read(r, k, item->value)) {
		r->seen |= (uint64_t)1 << i;
		return;
	}
	if (k->condition)
		r->route->unreadable = true;
}

static bool
has(const struct reading *r, const char *name)
{
	size_t	i;

	for (i = 0; i < KEYS; i++)
		if (str_eq(keys[i].name, str_from(name)))
			break;
	return i < KEYS && (r->seen & (uint64_t)1 << i) != 0;
}

/* Keys that only one of the two forms of reply has. */
static void
check_form(struct reading *r)
{
	static const struct {
		const char	*key;
		bool		 json;
	} only[] = {
		{ "json", true }, { "reject", true }, { "in_trouble", true },
		{ "twiml", false }, { "template", false },
		{ "redirect", false }, { "fallback", false },
		{ "warnings", false },
	};
	const bool	json = route_is_json(r->route);
	size_t		i;

	for (i = 0; i < sizeof(only) / sizeof(only[0]); i++)
		if (only[i].json != json && has(r, only[i].key))
			(void)fault(r, only[i].key, only[i].json ?
			    "only kinds of Conversations that ask beforehand "
			    "have it, such as conversation.onMessageAdd: name "
			    "them in kind" :
			    "Conversations are not answered with TwiML");
}

/* What no key can say alone. */
static void
check_whole(struct reading *r)
{
	const struct route	*route = r->route;
	uint64_t		 left = route->kinds;
	enum event_kind		 k;

	if (!has(r, "name"))
		(void)fault(r, "name", "it is missing");
	if (r->replies != 1)
		(void)fault(r, NULL, r->replies == 0 ?
		    "it has no reply: one of twiml, template, json, reject, "
		    "sql, app and redirect" : "it has more than one reply of "
		    "twiml, template, json, reject, sql, app and redirect");
	for (k = 0; k < EVENT_KINDS; k++)
		if (event_is_pre_action(k) == route_is_json(route))
			left &= ~((uint64_t)1 << k);
	if (left != 0)
		(void)fault(r, "kind", "kinds that are answered with TwiML "
		    "and those that are answered with JSON need routes of "
		    "their own");
	check_form(r);
	if (has(r, "zone") && !has(r, "hours"))
		(void)fault(r, "zone", "it is of no use without hours");
	if (route->set.n + route->count.n + route->clear.n >
	    ROUTE_MAX_VARIABLES)
		(void)fault(r, NULL, "set, count and clear name more than 64 "
		    "variables");
}

/* False when something is wrong with it; the text is valid JSON. */
static bool
read_route(struct arena *a, struct str spec, struct route *route,
    struct out *why)
{
	struct reading		r = { .arena = a, .route = route, .why = why };
	struct json_walk	w;
	struct json_item	item;

	*route = (struct route){ .spec = spec };
	if (json_type(spec) != JSON_OBJECT || !json_open(spec, &w)) {
		route->unreadable = true;
		return fault(&r, NULL, "a route is an object, such as "
		    "{\"name\": ..., \"twiml\": ...}");
	}
	while (json_next(&w, &item))
		read_item(&r, &item);
	check_whole(&r);
	return !r.faulty && !a->full;
}

bool
route_parse(struct arena *a, struct str spec, struct route *route,
    struct out *why)
{
	if (json_valid(spec))
		return read_route(a, spec, route, why);
	*route = (struct route){ .spec = spec, .unreadable = true };
	out_cstr(why, "this is not JSON");
	return false;
}

static void
load_route(struct arena *a, struct str spec, struct routes *routes)
{
	struct route	*route = &routes->at[routes->n];
	char		 buf[WHY_BYTES];
	struct out	 why = out_init(buf, sizeof(buf));

	if (!read_route(a, spec, route, &why))
		route->broken = arena_copy(a, out_str(&why));
	routes->n++;
}

bool
routes_load(struct arena *a, struct str specs, struct routes *routes)
{
	struct json_walk	w;
	struct json_item	item;

	*routes = (struct routes){ .version = -1 };
	if (!json_valid(specs) || json_type(specs) != JSON_ARRAY)
		return false;
	routes->at = arena_alloc(a, count_items(specs), sizeof(*routes->at));
	if (routes->at == NULL || !json_open(specs, &w))
		return false;
	while (json_next(&w, &item))
		load_route(a, item.value, routes);
	return !a->full;
}

/* A name that a route before it has. */
static bool
is_repeated(const struct routes *routes, size_t at)
{
	size_t	i;

	for (i = 0; i < at; i++)
		if (str_eq(routes->at[i].name, routes->at[at].name))
			return true;
	return false;
}

static void
say_route(struct out *why, const struct routes *routes, size_t at)
{
	const struct str	name = routes->at[at].name;

	out_cstr(why, "route ");
	out_int(why, (int64_t)at + 1);
	if (name.n > 0) {
		out_cstr(why, " (");
		out_printable(why, str_sub(name, 0, ROUTE_MAX_NAME));
		out_char(why, ')');
	}
	out_cstr(why, ": ");
}

bool
routes_parse(struct arena *a, struct str specs, struct routes *routes,
    struct out *why)
{
	const struct route	*route;
	size_t			 i;

	if (!routes_load(a, specs, routes)) {
		out_cstr(why, a->full ? "there is not enough memory for the "
		    "routes" : "this is no JSON array of routes");
		return false;
	}
	for (i = 0; i < routes->n; i++) {
		route = &routes->at[i];
		if (route->broken.p == NULL && !is_repeated(routes, i))
			continue;
		say_route(why, routes, i);
		if (route->broken.p != NULL)
			out_bytes(why, route->broken);
		else
			out_cstr(why, "name: a route before it has the same");
		return false;
	}
	return true;
}

bool
route_is_json(const struct route *route)
{
	enum event_kind	k;

	for (k = 0; k < EVENT_KINDS; k++)
		if ((route->kinds & (uint64_t)1 << k) != 0)
			return event_is_pre_action(k);
	return false;
}

int
route_budget_ms(const struct route *route, enum event_kind kind)
{
	if (route->budget_ms > 0)
		return route->budget_ms;
	return event_is_pre_action(kind) ? ROUTE_BUDGET_JSON_MS :
	    ROUTE_BUDGET_MS;
}

const char *
route_source_name(enum route_source source)
{
	static const char	*const names[] = {
		[ROUTE_TWIML] = "twiml",
		[ROUTE_TEMPLATE] = "template",
		[ROUTE_JSON] = "json",
		[ROUTE_REJECT] = "reject",
		[ROUTE_SQL] = "sql",
		[ROUTE_APP] = "app",
		[ROUTE_REDIRECT] = "redirect",
	};

	return names[source];
}

bool
route_item_suits(struct str item, struct str value)
{
	if (item.n > 0 && item.p[item.n - 1] == '*')
		return str_starts(value, str_sub(item, 0, item.n - 1));
	return str_eq(item, value);
}
