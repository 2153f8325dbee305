/*
 * Where in the XML each tag stands. Refused is what could make a rendering
 * ill-formed: the literals are walked once, in the order of the source, and
 * what follows a section is judged by the worse of its two ends. That the
 * literals themselves are XML is left to libexpat, which is shown renderings
 * in which every one of them stands.
 */
#include "template_parts.h"

#define MAX_ATTRIBUTES 64	/* in one tag */

enum place {
	PLACE_CONTENT,	/* outside of tags */
	PLACE_TIGHT,	/* in a tag; the next attribute lacks its blank */
	PLACE_SPACE,	/* in a tag, behind a blank */
	PLACE_VALUE	/* of an attribute, within its quotes */
};

/* A section that is open, and where it began. */
struct opened {
	struct template_node	*node;
	enum place		 place;
	size_t			 depth;
};

struct attribute {
	struct str			 name;
	const struct template_node	*section;	/* in the tag; NULL */
};

struct walk {
	struct template_compiler	*c;
	struct str			 s;	/* the literal */
	size_t				 base;	/* its place in the source */
	size_t				 i;	/* what of it is done */
	enum place			 place;
	char				 quote;	/* of the value */
	size_t				 depth;	/* open elements */
	int				 brackets;	/* ] just before: 0-2 */
	struct opened			 open[TEMPLATE_MAX_DEPTH];
	size_t				 opens;
	struct attribute		 attribute[MAX_ATTRIBUTES];
	size_t				 attributes;	/* of this tag */
};

static bool
fault(struct walk *w, const char *what)
{
	return template_fault(w->c, w->base + w->i, what);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
in_tag(enum place place)
{
	return place == PLACE_TIGHT || place == PLACE_SPACE;
}

/* The innermost section, when it began in such a place; or NULL. */
static const struct opened *
innermost(const struct walk *w, bool wanted(enum place))
{
	const struct opened	*o;

	if (w->opens == 0)
		return NULL;
	o = &w->open[w->opens - 1];
	return wanted(o->place) ? o : NULL;
}

static bool
in_value(enum place place)
{
	return place == PLACE_VALUE;
}

static bool
in_content(enum place place)
{
	return place == PLACE_CONTENT;
}

/*
 * Over what begins with so many bytes and must stand whole within one
 * literal, to the end of its end.
 */
static bool
skip_over(struct walk *w, size_t begin, const char *end, const char *what)
{
	struct str	rest = str_sub(w->s, w->i + begin, w->s.n);
	struct str	e = str_from(end);
	size_t		n = str_search(rest, e);

	if (n == rest.n)
		return fault(w, what);
	w->i += begin + n + e.n;
	return true;
}

/* An & and what follows it; which references there are, expat knows. */
static bool
take_reference(struct walk *w)
{
	return skip_over(w, 1, ";", "& begins no reference that ends before "
	    "the next {{; in text write & as &amp;");
}

static bool
leave_element(struct walk *w)
{
	const struct opened	*o = innermost(w, in_content);

	if (o != NULL && o->depth == w->depth)
		return fault(w, "this ends an element that began outside of "
		    "its section; a section holds whole elements");
	if (w->depth > 0)	/* else expat finds it */
		w->depth--;
	return skip_over(w, 2, ">", "a {{tag}} cannot stand in an end tag");
}

/* What begins with < in content. */
static bool
take_markup(struct walk *w)
{
	struct str	rest = str_sub(w->s, w->i, w->s.n);

	if (str_starts(rest, STR("<!--")))
		return skip_over(w, 4, "-->", "a comment of XML must end "
		    "before the next {{; use {{! … }} for comments");
	if (str_starts(rest, STR("<![CDATA[")))
		return skip_over(w, 9, "]]>", "a {{tag}} cannot stand in "
		    "CDATA; values are escaped without it");
	if (str_starts(rest, STR("<?")))
		return skip_over(w, 2, "?>", "a {{tag}} cannot stand in a "
		    "processing instruction");
	if (str_starts(rest, STR("<!")))
		return fault(w, "a DOCTYPE has no place in TwiML; remove it");
	if (str_starts(rest, STR("</")))
		return leave_element(w);
	w->i++;
	while (w->i < w->s.n && !is_space(w->s.p[w->i]) &&
	    w->s.p[w->i] != '/' && w->s.p[w->i] != '>')
		w->i++;
	if (w->i == w->s.n && rest.n == 1)
		return fault(w, "a {{tag}} cannot stand for an element's "
		    "name; in text write < as &lt;");
	w->place = PLACE_TIGHT;
	w->attributes = 0;
	return true;
}

static bool
take_content(struct walk *w)
{
	char	c = w->s.p[w->i];

	if (c == '<') {
		w->brackets = 0;
		return take_markup(w);
	}
	if (c == '&') {
		w->brackets = 0;
		return take_reference(w);
	}
	/* ]]> is forbidden, and its ] may come from a value. */
	if (c == '>' && w->brackets == 2)
		return fault(w, "write > as &gt; behind a {{tag}} or ]]");
	w->brackets = c != ']' ? 0 : w->brackets < 2 ? w->brackets + 1 : 2;
	w->i++;
	return true;
}

/* Two of one name are only good when the data cannot choose both. */
static bool
exclusive(const struct template_node *a, const struct template_node *b)
{
	return a != NULL && b != NULL && a->kind != b->kind &&
	    str_eq(a->text, b->text);
}

static bool
add_attribute(struct walk *w, struct str name)
{
	const struct opened	*o = innermost(w, in_tag);
	struct attribute	*a = &w->attribute[w->attributes];
	size_t			 i;

	if (w->attributes == MAX_ATTRIBUTES)
		return fault(w, "a tag has more than 64 attributes");
	if (str_starts(name, STR("xmlns")))
		return fault(w, "TwiML has no namespaces; remove xmlns");
	*a = (struct attribute){ name, o == NULL ? NULL : o->node };
	for (i = 0; i < w->attributes; i++)
		if (str_eq(w->attribute[i].name, name) &&
		    !exclusive(w->attribute[i].section, a->section))
			return fault(w, "this attribute could stand twice in "
			    "its tag; choose by {{#x}}…{{/x}}{{^x}}…{{/x}}");
	w->attributes++;
	return true;
}

/* A name, = and a quote, all in one literal. */
static bool
take_attribute(struct walk *w)
{
	size_t		at = w->i, n;
	struct str	name;

	while (at < w->s.n && !is_space(w->s.p[at]) &&
	    str_find(STR("=/>\"'<&"), w->s.p[at], 0) == 7)
		at++;
	name = str_sub(w->s, w->i, at);
	while (at < w->s.n && is_space(w->s.p[at]))
		at++;
	n = at;
	if (at < w->s.n && w->s.p[at] == '=')
		at++;
	while (at < w->s.n && is_space(w->s.p[at]))
		at++;
	if (name.n == 0 || at == n || at == w->s.n ||
	    (w->s.p[at] != '"' && w->s.p[at] != '\''))
		return fault(w, "an attribute is name=\"value\", and a "
		    "{{tag}} may only stand within its quotes");
	if (!add_attribute(w, name))
		return false;
	w->quote = w->s.p[at];
	w->i = at + 1;
	w->place = PLACE_VALUE;
	return true;
}

static bool
leave_tag(struct walk *w)
{
	if (innermost(w, in_tag) != NULL)
		return fault(w, "this tag ends within a section that began "
		    "in it; in a tag, a section holds whole attributes");
	if (w->s.p[w->i] == '>')
		w->depth++;
	w->place = PLACE_CONTENT;
	w->brackets = 0;
	return skip_over(w, 0, ">", "/ must be followed by >");
}

static bool
take_in_tag(struct walk *w)
{
	char	c = w->s.p[w->i];

	if (c == '>' || (c == '/' && w->i + 1 < w->s.n &&
	    w->s.p[w->i + 1] == '>'))
		return leave_tag(w);
	if (is_space(c)) {
		w->place = PLACE_SPACE;
		w->i++;
		return true;
	}
	if (w->place == PLACE_TIGHT)
		return fault(w, "a blank must stand before an attribute");
	return take_attribute(w);
}

static bool
take_value(struct walk *w)
{
	char	c = w->s.p[w->i];

	if (c == '&')
		return take_reference(w);
	w->i++;
	if (c != w->quote)
		return true;
	if (innermost(w, in_value) != NULL) {
		w->i--;
		return fault(w, "this value ends within a section that began "
		    "in it");
	}
	w->place = PLACE_TIGHT;
	return true;
}

static bool
walk_literal(struct walk *w, const struct template_node *n)
{
	bool	good = true;

	w->s = n->text;
	w->base = n->at;
	for (w->i = 0; good && w->i < w->s.n;) {
		switch (w->place) {
		case PLACE_CONTENT:
			good = take_content(w);
			break;
		case PLACE_TIGHT:
		case PLACE_SPACE:
			good = take_in_tag(w);
			break;
		case PLACE_VALUE:
			good = take_value(w);
			break;
		}
	}
	return good;
}

/* A value or a section outside of the root element. */
static bool
outside(const struct walk *w)
{
	return w->place == PLACE_CONTENT && w->depth == 0;
}

static bool
walk_value(struct walk *w, const struct template_node *n)
{
	if (outside(w))
		return template_fault_tag(w->c, n->at, n->text,
		    "stands outside of <Response>…</Response>");
	if (in_tag(w->place))
		return template_fault_tag(w->c, n->at, n->text,
		    "stands for a part of a tag; a value may stand in text "
		    "and within the quotes of an attribute");
	w->brackets = 2;
	return true;
}

static bool
walk_begin(struct walk *w, struct template_node *n)
{
	if (outside(w))
		return template_fault_tag(w->c, n->at, n->text,
		    "begins a section outside of <Response>…</Response>");
	n->in_tag = in_tag(w->place);
	if (n->in_tag && innermost(w, in_tag) != NULL)
		return template_fault_tag(w->c, n->at, n->text,
		    "begins a section of attributes within another one");
	w->open[w->opens++] = (struct opened){ n, w->place, w->depth };
	w->brackets = 2;
	return true;
}

static bool
walk_end(struct walk *w, const struct template_node *n)
{
	const struct opened	*o = &w->open[--w->opens];

	if (o->depth != w->depth || in_tag(o->place) != in_tag(w->place) ||
	    in_value(o->place) != in_value(w->place))
		return template_fault_tag(w->c, n->at, n->text, "ends in "
		    "another place of the XML than it begins; a section "
		    "holds whole elements, whole attributes, or a part of "
		    "one value");
	if (o->place == PLACE_TIGHT)
		w->place = PLACE_TIGHT;
	w->brackets = 2;
	return true;
}

bool
template_place(struct template_compiler *c)
{
	struct walk	 w = { .c = c };
	bool		 good = true;
	size_t		 i;

	for (i = 0; good && i < c->t->nodes; i++) {
		switch (c->t->node[i].kind) {
		case TEMPLATE_LITERAL:
			good = walk_literal(&w, &c->t->node[i]);
			break;
		case TEMPLATE_VALUE:
			good = walk_value(&w, &c->t->node[i]);
			break;
		case TEMPLATE_SECTION:
		case TEMPLATE_INVERTED:
			good = walk_begin(&w, &c->t->node[i]);
			break;
		case TEMPLATE_END:
			good = walk_end(&w, &c->t->node[i]);
			break;
		}
	}
	return good;
}
