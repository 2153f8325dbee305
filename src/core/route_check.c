/* Check what a route sends. See route.h. */
#include "pre_action.h"
#include "route.h"
#include "template.h"
#include "twiml.h"

#define NO_MEMORY "there is not enough memory for it"

/* One route whose texts are looked at. */
struct checking {
	struct arena		*arena;
	const struct route	*route;
	struct out		*why;
};

static bool
bad(struct out *why, const char *key, const char *what)
{
	out_cstr(why, key);
	out_cstr(why, ": ");
	out_cstr(why, what);
	return false;
}

enum lint_document
route_kind_document(enum event_kind kind)
{
	const char	*resource = kind_get(kind)->resource;

	if (event_is_voice_question(kind))
		return LINT_VOICE;
	if (resource != NULL && strcmp(resource, "message") == 0)
		return LINT_MESSAGING;
	return LINT_ANY;
}

enum lint_document
route_document(const struct route *route)
{
	enum lint_document	all = LINT_ANY, d;
	bool			first = true;
	enum event_kind		k;

	for (k = 0; k < EVENT_KINDS; k++) {
		if ((route->kinds & (uint64_t)1 << k) == 0)
			continue;
		d = route_kind_document(k);
		if (!first && d != all)
			return LINT_ANY;
		all = d;
		first = false;
	}
	return all;
}

static bool
check_twiml(const struct checking *c, const char *key, struct str text,
    unsigned flags)
{
	const enum lint_level	most = c->route->warnings ? LINT_WARNING :
				    LINT_ADVICE;
	struct lint		lint;

	lint_twiml(c->arena, text, route_document(c->route), flags, &lint);
	if (lint.worst <= most)
		return true;
	(void)bad(c->why, key, "");
	lint_tell(&lint, c->why);
	return false;
}

static bool
compile(const struct checking *c, const char *key, struct str text,
    enum template_form form, const struct template **t)
{
	const size_t	n = c->why->n;

	(void)bad(c->why, key, "");
	*t = template_compile(c->arena, text, form, c->why);
	if (*t == NULL)
		return false;
	c->why->n = n;
	return true;
}

/* In the renderings that there are before there is data. */
static bool
check_marked(const struct checking *c, const char *key,
    const struct template *t)
{
	const size_t	room = TWIML_MAX_BYTES + 1;
	char		*p = arena_alloc(c->arena, room, 1);
	struct out	text;
	int		sections;

	if (p == NULL)
		return bad(c->why, key, NO_MEMORY);
	for (sections = 0; sections < 2; sections++) {
		text = out_init(p, room);
		if (!template_render_marked(t, sections != 0, &text))
			return bad(c->why, key, "it gives more than 64 kB");
		if (!check_twiml(c, key, out_str(&text), LINT_MARKED))
			return false;
	}
	return true;
}

static bool
check_template(const struct checking *c, const char *key, struct str text)
{
	const struct template	*t;

	return compile(c, key, text, TEMPLATE_XML, &t) &&
	    check_marked(c, key, t);
}

/* It goes out when there may be no state to fill it from. */
static bool
check_fallback(const struct checking *c)
{
	const struct str	 text = c->route->fallback;
	const struct template	*t;

	if (text.p == NULL)
		return true;
	if (!compile(c, "fallback", text, TEMPLATE_XML, &t) ||
	    !check_marked(c, "fallback", t))
		return false;
	return !(template_uses(t, "session") ||
	    template_uses(t, "resource")) || bad(c->why, "fallback",
	    "it must not use session or resource: they may not be at hand "
	    "when it is needed");
}

static bool
check_set(const struct checking *c)
{
	const struct pairs	*set = &c->route->set;
	const struct template	*t;
	size_t			 i;

	for (i = 0; i < set->n; i++)
		if (!compile(c, "set", set->at[i].value, TEMPLATE_TEXT, &t))
			return false;
	return true;
}

static bool
check_redirect(const struct checking *c)
{
	const size_t	room = 16 * 1024;	/* a URL, each byte escaped */
	char		*p = arena_alloc(c->arena, room, 1);
	struct out	o = out_init(p, p == NULL ? 0 : room);
	struct twiml	t;

	twiml_begin(&t, &o);
	twiml_open(&t, "Response");
	twiml_open(&t, "Redirect");
	twiml_text(&t, c->route->reply);
	twiml_close(&t);
	twiml_close(&t);
	if (!twiml_end(&t))
		return bad(c->why, "redirect", NO_MEMORY);
	return check_twiml(c, "redirect", out_str(&o), 0);
}

static bool
check_json(const struct checking *c, const char *key)
{
	const size_t	n = c->why->n;

	(void)bad(c->why, key, "");
	if (!pre_action_check(c->arena, c->route->reply, c->why))
		return false;
	c->why->n = n;
	return true;
}

static bool
check_reply(const struct checking *c)
{
	const struct str	 reply = c->route->reply;
	const char		*key = route_source_name(c->route->source);

	switch (c->route->source) {
	case ROUTE_TWIML:
		return check_twiml(c, key, reply, 0);
	case ROUTE_TEMPLATE:
		return check_template(c, key, reply);
	case ROUTE_JSON:
		return check_json(c, key);
	case ROUTE_REDIRECT:
		return check_redirect(c);
	case ROUTE_REJECT:
	case ROUTE_SQL:
	case ROUTE_APP:
		break;
	}
	return true;
}

bool
route_check(struct arena *a, const struct route *route, struct out *why)
{
	const struct checking	c = { a, route, why };
	const size_t		used = a->used;
	bool			ok;

	if (route->broken.p != NULL) {
		out_bytes(why, route->broken);
		return false;
	}
	ok = check_reply(&c) && check_fallback(&c) && check_set(&c);
	a->used = used;
	return ok;
}

static struct template_value
nothing(void *data, struct str name)
{
	(void)data;
	(void)name;
	return (struct template_value){ false, { NULL, 0 } };
}

/* The marked rendering is the same with its sections and without. */
static bool
has_no_sections(const struct template *t, struct out *with,
    struct out *without)
{
	return template_render_marked(t, true, with) &&
	    template_render_marked(t, false, without) &&
	    str_eq(out_str(with), out_str(without));
}

bool
route_is_settled(struct arena *a, const struct route *route,
    const struct template *t)
{
	const enum lint_document	document = route_document(route);
	const struct template_data	none = { nothing, NULL };
	const size_t			used = a->used;
	const size_t			room = ROUTE_SETTLED_BYTES;
	char				*p = arena_alloc(a, room, 2);
	struct out			text[2];
	struct lint			lint;
	bool				good = false;

	if (p != NULL && document != LINT_ANY) {
		text[0] = out_init(p, room);
		text[1] = out_init(p + room, room);
		good = has_no_sections(t, &text[0], &text[1]);
		if (good) {
			lint_twiml(a, out_str(&text[0]), document,
			    LINT_MARKED, &lint);
			good = lint.worst <= LINT_ADVICE && !lint.open;
		}
		text[1].n = 0;
		good = good && template_render(t, &none, a, &text[1]);
		if (good) {
			lint_twiml(a, out_str(&text[1]), document, 0, &lint);
			good = lint.worst <= LINT_ADVICE;
		}
	}
	a->used = used;
	return good;
}
