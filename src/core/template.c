/* Compile and fill Mustache templates. See template.h. */
#include "json.h"
#include "template_parts.h"
#include "twiml.h"
#include "xml.h"

/*
 * How much one rendering may do: bytes of JSON looked through, and some for
 * each node. Lists within lists could else keep it busy without an output.
 */
#define WORK_BYTES (8u << 20)
#define WORK_NODE 128u

static const char marker[] = "\xee\x80\x80";	/* U+E000 */

/* Which sections a rendering without data shows, each once. */
enum marked {
	MARKED_ON,		/* {{#name}} */
	MARKED_OFF,		/* {{^name}} */
	MARKED_ALL,		/* both, but in tags {{#name}} */
	MARKED_ALL_INVERTED	/* both, but in tags {{^name}} */
};

struct context {
	struct template_value	 value;
	const struct context	*up;	/* NULL: the data itself */
};

struct render {
	const struct template		*t;
	const struct template_data	*data;
	struct arena			*arena;
	struct out			*o;
	size_t				 work;	/* that is left */
};

static bool	render_range(struct render *, size_t, size_t,
		    const struct context *);

static void
say_where(struct template_compiler *c, size_t at)
{
	struct str	s = str_sub(c->t->source, 0, at);
	size_t		i, begin = 0;
	int64_t		line = 1, column = 1;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == '\n') {
			line++;
			begin = i + 1;
		}
	for (i = begin; i < s.n; i++)
		column += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	out_cstr(c->why, "line ");
	out_int(c->why, line);
	out_char(c->why, ':');
	out_int(c->why, column);
	out_cstr(c->why, ": ");
}

bool
template_fault(struct template_compiler *c, size_t at, const char *what)
{
	say_where(c, at);
	out_cstr(c->why, what);
	return false;
}

bool
template_fault_tag(struct template_compiler *c, size_t at, struct str tag,
    const char *what)
{
	say_where(c, at);
	out_cstr(c->why, "{{");
	out_printable(c->why, str_sub(tag, 0, 64));
	out_cstr(c->why, "}} ");
	out_cstr(c->why, what);
	return false;
}

static bool
is_shown(const struct template_node *n, enum marked marked)
{
	switch (marked) {
	case MARKED_ON:
		return n->kind == TEMPLATE_SECTION;
	case MARKED_OFF:
		return n->kind == TEMPLATE_INVERTED;
	case MARKED_ALL:
		return !n->in_tag || n->kind == TEMPLATE_SECTION;
	case MARKED_ALL_INVERTED:
		return !n->in_tag || n->kind == TEMPLATE_INVERTED;
	}
	return false;
}

/*
 * Render without data, up to the byte stop of the result; the place in the
 * source where that one came from.
 */
static size_t
render_marked(const struct template *t, enum marked marked, size_t stop,
    struct out *o)
{
	const struct template_node	*n;
	size_t				 i, before, at = 0;

	for (i = 0; i < t->nodes && o->n <= stop; i++) {
		n = &t->node[i];
		before = o->n;
		at = n->at;
		if (template_is_section(n) && !is_shown(n, marked))
			i = n->end;
		else if (n->kind == TEMPLATE_LITERAL)
			out_bytes(o, n->text);
		else if (n->kind == TEMPLATE_VALUE)
			out_cstr(o, marker);
		if (n->kind == TEMPLATE_LITERAL && o->n > stop)
			at += stop - before;
	}
	return at;
}

bool
template_render_marked(const struct template *t, bool sections, struct out *o)
{
	(void)render_marked(t, sections ? MARKED_ON : MARKED_OFF, SIZE_MAX, o);
	return !o->overflow;
}

/* Values are UTF-8 in XML 1.0, so the text must not say otherwise. */
static void XMLCALL
on_declaration(void *data, const XML_Char *version, const XML_Char *encoding,
    int standalone)
{
	const char	**fault = data;

	(void)standalone;
	if (version != NULL && !str_eq(str_from(version), STR("1.0")))
		*fault = "XML must be of version 1.0 (Twilio 12101)";
	else if (encoding != NULL &&
	    !str_ieq(str_from(encoding), STR("utf-8")))
		*fault = "the encoding must be UTF-8; write "
		    "encoding=\"UTF-8\", or nothing";
}

/* Whether libexpat reads the rendering. */
static bool
check_rendering(struct template_compiler *c, enum marked marked,
    struct out *o)
{
	XML_Parser	 parser;
	enum XML_Error	 error;
	const char	*fault = NULL;
	size_t		 at, used = c->arena->used;

	(void)render_marked(c->t, marked, SIZE_MAX, o);
	parser = xml_open(c->arena);
	if (parser == NULL)
		return false;
	XML_SetUserData(parser, &fault);
	XML_SetXmlDeclHandler(parser, on_declaration);
	(void)XML_Parse(parser, o->p, (int)o->n, XML_TRUE);
	error = XML_GetErrorCode(parser);
	at = (size_t)XML_GetCurrentByteIndex(parser);
	xml_close(parser);
	c->arena->used = used;
	if (error == XML_ERROR_NO_MEMORY)
		return false;
	if (error != XML_ERROR_NONE && fault == NULL)
		fault = XML_ErrorString(error);
	if (fault == NULL)
		return true;
	o->n = 0;
	at = render_marked(c->t, marked, at < o->cap ? at : o->cap - 1, o);
	return template_fault(c, at, fault);
}

static bool
has_inverted_in_tag(const struct template *t)
{
	size_t	i;

	for (i = 0; i < t->nodes; i++)
		if (t->node[i].kind == TEMPLATE_INVERTED &&
		    t->node[i].in_tag)
			return true;
	return false;
}

/*
 * In one of the renderings that are looked at stands every literal, and what
 * is between two of them has been found to make no difference.
 */
static bool
check_xml(struct template_compiler *c)
{
	size_t		used = c->arena->used, cap = c->t->source.n;
	char		*buf;	/* {{x}} is longer than the marker */
	struct out	o;
	bool		good;

	if (!template_place(c))
		return false;
	buf = arena_alloc(c->arena, cap, 1);
	if (buf == NULL)
		return false;
	o = out_init(buf, cap);
	good = check_rendering(c, MARKED_ALL, &o);
	if (good && has_inverted_in_tag(c->t)) {
		o = out_init(buf, cap);
		good = check_rendering(c, MARKED_ALL_INVERTED, &o);
	}
	c->arena->used = used;
	return good;
}

static bool
check_form(struct template_compiler *c)
{
	switch (c->t->form) {
	case TEMPLATE_XML:
		return check_xml(c);
	case TEMPLATE_JSON:
		return template_place_json(c);
	case TEMPLATE_TEXT:
	case TEMPLATE_FORM:
		break;
	}
	return true;
}

static bool
check_size(struct template_compiler *c, struct str source)
{
	if (c->t->form == TEMPLATE_XML && str_trim(source).n == 0)
		out_cstr(c->why, "it is empty; the least is <Response/>");
	else if (source.n > TWIML_MAX_BYTES)
		out_cstr(c->why, "it has 64 kB or more (Twilio 11750); "
		    "shorten it");
	else
		return true;
	return false;
}

const struct template *
template_compile(struct arena *a, struct str source, enum template_form form,
    struct out *why)
{
	struct template_compiler	 c = { .arena = a, .why = why };
	size_t				 said = why->n;

	c.t = arena_alloc(a, 1, sizeof(*c.t));
	if (c.t != NULL) {
		c.t->form = form;
		if (!check_size(&c, source))
			return NULL;
		c.t->source = arena_copy(a, source);
		if (c.t->source.p != NULL && template_parse(&c) &&
		    check_form(&c))
			return c.t;
	}
	if (why->n == said && !why->overflow)
		out_cstr(why, "out of memory");
	return NULL;
}

bool
template_uses(const struct template *t, const char *name)
{
	size_t	i;

	for (i = 0; i < t->nodes; i++)
		if (t->node[i].parts > 0 &&
		    str_eq(str_from(t->node[i].part[0]), str_from(name)))
			return true;
	return false;
}

/* Take from what may be done; false when nothing is left. */
static bool
spend(struct render *r, size_t work)
{
	if (work > r->work) {
		r->work = 0;
		return false;
	}
	r->work -= work;
	return true;
}

static bool
is_json(struct template_value v, enum json_type type)
{
	return v.json && json_type(v.text) == type;
}

static struct template_value
member(struct render *r, struct template_value v, const char *name)
{
	struct template_value	m = { .json = true };

	if (is_json(v, JSON_OBJECT) && spend(r, v.text.n))
		m.text = json_get(v.text, name);
	return m;
}

/*
 * The innermost context that has the first part decides; the other parts
 * are looked for in what it has there, and nowhere else.
 */
static struct template_value
look_up(struct render *r, const struct template_node *n,
    const struct context *context)
{
	struct template_value	v = { .json = false };
	size_t			i;

	if (n->parts == 0 && context != NULL)
		return context->value;
	for (; context != NULL && v.text.p == NULL; context = context->up)
		v = member(r, context->value, n->part[0]);
	if (v.text.p == NULL)
		v = r->data->get(r->data->data,
		    n->parts == 0 ? STR(".") : str_from(n->part[0]));
	for (i = 1; i < n->parts; i++)
		v = member(r, v, n->part[i]);
	return v;
}

static bool
is_truthy(struct template_value v)
{
	struct json_walk	w;
	struct json_item	item;

	if (!v.json)
		return v.text.n > 0;
	switch (json_type(v.text)) {
	case JSON_NULL:
		return false;
	case JSON_BOOL:
		return str_starts(str_trim(v.text), STR("true"));
	case JSON_STRING:
		return str_trim(v.text).n > 2;
	case JSON_ARRAY:
		return json_open(v.text, &w) && json_next(&w, &item);
	case JSON_NUMBER:
	case JSON_OBJECT:
		return true;
	}
	return false;
}

/* Within the quotes that the template has. */
static void
put_json_inside(struct out *o, struct str s)
{
	size_t	begin = o->n;

	out_json(o, s);
	if (o->overflow)
		return;
	o->n -= 2;
	memmove(o->p + begin, o->p + begin + 1, o->n - begin);
}

static void
put_json(struct render *r, struct template_value v, struct str text,
    bool in_string)
{
	bool	container = is_json(v, JSON_OBJECT) || is_json(v, JSON_ARRAY);

	if (in_string)
		put_json_inside(r->o, container ? str_trim(v.text) : text);
	else if (v.text.p == NULL)
		out_cstr(r->o, "null");
	else if (v.json)
		out_bytes(r->o, str_trim(v.text));
	else
		out_json(r->o, text);
}

static void
put_value(struct render *r, const struct template_node *n,
    struct template_value v)
{
	size_t		used = r->arena->used;
	struct str	s = v.json ?
			    json_text(r->arena, str_trim(v.text)) : v.text;

	switch (r->t->form) {
	case TEMPLATE_XML:
		out_xml(r->o, s);
		break;
	case TEMPLATE_TEXT:
		out_utf8(r->o, s);
		break;
	case TEMPLATE_JSON:
		put_json(r, v, s, n->in_string);
		break;
	case TEMPLATE_FORM:
		out_form(r->o, s);
		break;
	}
	r->arena->used = used;
}

/* The section's inside, for each element of a list, else once. */
static bool
render_section(struct render *r, size_t at, struct template_value v,
    const struct context *up)
{
	const struct template_node	*n = &r->t->node[at];
	struct context			 context = { { .json = true }, up };
	struct json_walk		 w;
	struct json_item		 item;

	if (!is_json(v, JSON_ARRAY)) {
		context.value = v;
		return render_range(r, at + 1, n->end, &context);
	}
	if (!spend(r, v.text.n) || !json_open(v.text, &w))
		return false;
	while (json_next(&w, &item)) {
		context.value.text = item.value;
		if (!render_range(r, at + 1, n->end, &context))
			return false;
		if (n->in_tag)	/* an attribute cannot stand twice */
			break;
	}
	return true;
}

/* One node; *at becomes the last one of what it was. */
static bool
render_node(struct render *r, size_t *at, const struct context *context)
{
	const struct template_node	*n = &r->t->node[*at];
	struct template_value		 v;
	size_t				 begin = *at;

	switch (n->kind) {
	case TEMPLATE_LITERAL:
		out_bytes(r->o, n->text);
		return true;
	case TEMPLATE_VALUE:
		put_value(r, n, look_up(r, n, context));
		return true;
	case TEMPLATE_SECTION:
		*at = n->end;
		v = look_up(r, n, context);
		return !is_truthy(v) || render_section(r, begin, v, context);
	case TEMPLATE_INVERTED:
		*at = n->end;
		return is_truthy(look_up(r, n, context)) ||
		    render_range(r, begin + 1, n->end, context);
	case TEMPLATE_END:
		break;
	}
	return true;
}

/* As deep as sections are: TEMPLATE_MAX_DEPTH. */
static bool
render_range(struct render *r, size_t from, size_t to,
    const struct context *context)
{
	size_t	at;

	for (at = from; at < to; at++)
		if (!spend(r, WORK_NODE) || r->o->overflow ||
		    !render_node(r, &at, context))
			return false;
	return true;
}

bool
template_render(const struct template *t, const struct template_data *data,
    struct arena *a, struct out *o)
{
	struct render	r = { t, data, a, o, WORK_BYTES };
	size_t		begin = o->n;
	bool		was_full = a->full, good;

	a->full = false;
	good = render_range(&r, 0, t->nodes, NULL) && r.work > 0 &&
	    !a->full && !o->overflow && o->n - begin <= TWIML_MAX_BYTES;
	a->full = a->full || was_full;
	return good;
}
