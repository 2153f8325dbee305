/* An event as JSON. See envelope.h. */
#include "envelope.h"
#include "facts.h"
#include "json.h"
#include "out.h"
#include "utf8.h"

bool
envelope_is_json(const struct task *t)
{
	return str_eq(t->format, STR("json"));
}

/* Whether a JSON string can hold all of it. */
static bool
is_text(struct str s)
{
	size_t	i, n;

	for (i = 0; i < s.n; i += n) {
		n = utf8_ascii(s, i);
		if (n == 0)
			n = s.p[i] == '\0' ? 0 :
			    utf8_sequence(str_sub(s, i, s.n));
		if (n == 0)
			return false;
	}
	return true;
}

bool
envelope_open(struct arena *a, const struct task *t, const char *at,
    struct envelope *e)
{
	*e = (struct envelope){ .task = t, .at = at };
	return envelope_is_json(t) ||
	    form_decode(a, t->raw, &e->params) == FORM_OK;
}

static void
put_name(struct out *o, const char *name)
{
	if (o->n > 0 && o->p[o->n - 1] != '{')
		out_char(o, ',');
	out_json(o, str_from(name));
	out_char(o, ':');
}

static void
put_text(struct out *o, const char *name, struct str value)
{
	put_name(o, name);
	if (value.p == NULL)
		out_cstr(o, "null");
	else
		out_json(o, value);
}

static void
put_base64(struct out *o, const char *name, struct str value)
{
	put_name(o, name);
	out_char(o, '"');
	out_base64(o, (const unsigned char *)value.p, value.n);
	out_char(o, '"');
}

static void
put_ids(struct out *o, const struct task *t)
{
	char	wire[TASK_MAX_WIRE_ID];

	task_wire_id(t, wire);
	put_name(o, "id");
	out_char(o, '"');
	out_uuid(o, t->event_id);
	out_char(o, '"');
	put_text(o, "delivery", str_from(wire));
}

/* Whether an earlier one has its name. */
static bool
came_before(const struct form *f, size_t i)
{
	size_t	j;

	for (j = 0; j < i; j++)
		if (str_eq(f->at[j].name, f->at[i].name))
			return true;
	return false;
}

static size_t
how_often(const struct form *f, size_t first)
{
	size_t	i, n = 0;

	for (i = first; i < f->n; i++)
		n += str_eq(f->at[i].name, f->at[first].name);
	return n;
}

static void
put_values(struct out *o, const struct form *f, size_t first)
{
	size_t	i;
	char	before = '[';

	if (how_often(f, first) == 1) {
		out_json(o, f->at[first].value);
		return;
	}
	for (i = first; i < f->n; i++)
		if (str_eq(f->at[i].name, f->at[first].name)) {
			out_char(o, before);
			out_json(o, f->at[i].value);
			before = ',';
		}
	out_char(o, ']');
}

static void
put_params(struct out *o, const struct form *f)
{
	size_t	i;
	char	before = '{';

	put_name(o, "params");
	for (i = 0; i < f->n; i++) {
		if (came_before(f, i))
			continue;
		out_char(o, before);
		out_json(o, f->at[i].name);
		out_char(o, ':');
		put_values(o, f, i);
		before = ',';
	}
	out_cstr(o, before == '{' ? "{}" : "}");
}

/* Whether what stands in the JSON is all that came. */
static bool
is_whole(const struct envelope *e)
{
	size_t	i;

	if (envelope_is_json(e->task))
		return json_valid(e->task->raw);
	for (i = 0; i < e->params.n; i++)
		if (!is_text(e->params.at[i].name) ||
		    !is_text(e->params.at[i].value))
			return false;
	return e->params.n > 0 || e->task->raw.n == 0;
}

static void
put_body(struct out *o, const struct envelope *e, struct str media)
{
	const struct task	*t = e->task;
	bool			 whole = is_whole(e);

	if (!envelope_is_json(t))
		put_params(o, &e->params);
	else if (whole) {
		put_name(o, "json");
		out_bytes(o, str_trim(t->raw));
	}
	if (media.p != NULL) {
		put_name(o, "media");
		out_bytes(o, media);
	}
	if (e->form)
		put_text(o, "form", t->raw.p == NULL ? STR("") : t->raw);
	if (e->raw || !whole || (e->form && !is_text(t->raw)))
		put_base64(o, "raw", t->raw);
}

static void
put_data(struct out *o, const struct envelope *e)
{
	const struct task	*t = e->task;

	put_ids(o, t);
	put_text(o, "account", t->account);
	put_text(o, "sid", t->sid);
	put_text(o, "status", t->status);
	put_text(o, "from", t->from);
	put_text(o, "to", t->to);
	put_name(o, "error_code");
	if (t->error_code == 0)
		out_cstr(o, "null");
	else
		out_int(o, t->error_code);
	put_text(o, "parent", t->parent);
	put_text(o, "verdict", t->verdict);
	put_text(o, "method", t->method);
	put_text(o, "url", t->url);
}

/* Keep what was written into the arena's rest. */
static struct str
keep(struct arena *a, const struct out *o)
{
	if (o->overflow) {
		a->full = true;
		return (struct str){ NULL, 0 };
	}
	arena_keep(a, o->n);
	return out_str(o);
}

static struct out
begin(struct arena *a)
{
	size_t	n;
	char	*p = arena_rest(a, &n);

	return out_init(p, n);
}

struct str
envelope_make(struct arena *a, const struct envelope *e)
{
	struct str	media = facts_media(a, &e->params);
	struct out	o = begin(a);

	out_char(&o, '{');
	put_text(&o, "type", e->task->kind);
	put_text(&o, "timestamp", str_from(e->at));
	put_name(&o, "data");
	out_char(&o, '{');
	put_data(&o, e);
	put_body(&o, e, media);
	out_cstr(&o, "}}");
	return keep(a, &o);
}

struct str
envelope_event(struct arena *a, const struct envelope *e)
{
	struct str	media = facts_media(a, &e->params);
	struct out	o = begin(a);

	out_char(&o, '{');
	put_text(&o, "kind", e->task->kind);
	put_text(&o, "timestamp", str_from(e->at));
	put_data(&o, e);
	put_body(&o, e, media);
	out_char(&o, '}');
	return keep(a, &o);
}
