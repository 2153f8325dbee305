/*
 * Mustache: from the source to nodes. What is refused is refused here by its
 * sigil or its name; what a tag may do to XML is template_place.c's.
 * Source: the mustache specification 1.4, of which "standalone" is a word.
 */
#include "template_parts.h"
#include "utf8.h"

struct parser {
	struct template_compiler	*c;
	struct str			 source;
	size_t				 at;	/* what is done ends here */
	size_t				 open[TEMPLATE_MAX_DEPTH];
	size_t				 depth;
};

/* What stands between the braces, and how much of the source it takes. */
struct tag {
	size_t		from, to;	/* to: behind its braces */
	struct str	text;		/* as it stands */
	char		sigil;		/* '\0': a value */
	struct str	name;
};

/* Mustache that is not for us, by the sigil. */
static const struct {
	char		 sigil;
	const char	*says;
} refused[] = {
	{ '{', "is a raw value, which could break the XML; write it with "
	    "two braces, {{name}}" },
	{ '&', "is a raw value, which could break the XML; write {{name}}" },
	{ '>', "is a partial; partials are not supported, write the text "
	    "here" },
	{ '=', "sets delimiters, which is not supported; tags are {{…}}" },
	{ '$', "is a block of template inheritance, which is not supported" },
	{ '<', "is a parent template; inheritance is not supported" },
};

static bool
refuse(struct parser *p, const struct tag *tag, const char *what)
{
	return template_fault_tag(p->c, tag->from, tag->text, what);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	    (unsigned char)c >= 0x80;
}

/* The next node; the array has room for all (see node_count). */
static struct template_node *
add(struct parser *p, enum template_kind kind, size_t at, struct str text)
{
	struct template_node	*n = &p->c->t->node[p->c->t->nodes++];

	n->kind = kind;
	n->at = at;
	n->text = text;
	return n;
}

static bool
check_name(struct parser *p, const struct tag *tag)
{
	struct str	name = tag->name;
	size_t		i;

	if (str_eq(name, STR(".")))
		return true;
	if (name.n == 0)
		return refuse(p, tag, "has no name");
	for (i = 0; i < name.n; i++) {
		if (is_space(name.p[i]))
			return refuse(p, tag, "has a blank in its name; "
			    "helpers such as {{#if x}} are not Mustache, "
			    "write {{#x}}");
		if (name.p[i] == '.' && i > 0 && i + 1 < name.n &&
		    name.p[i + 1] != '.')
			continue;
		if (!is_name_char(name.p[i]))
			return refuse(p, tag, "is no name; names are letters, "
			    "digits, _ and -, with single dots between them");
	}
	return true;
}

/* The name cut at its dots. */
static bool
set_name(struct parser *p, struct template_node *n, struct str name)
{
	struct str	rest = name, part;
	size_t		i, dots = 0;

	n->text = name;
	if (str_eq(name, STR(".")))
		return true;
	for (i = 0; i < name.n; i++)
		dots += name.p[i] == '.';
	n->part = arena_alloc(p->c->arena, dots + 1, sizeof(*n->part));
	while (n->part != NULL && str_cut(&rest, '.', &part)) {
		n->part[n->parts] = arena_cstr(p->c->arena, part);
		if (n->part[n->parts++] == NULL)
			return false;
	}
	return n->part != NULL;
}

/*
 * A tag that is alone on its line takes the line with it: blanks before it,
 * and behind it blanks and the line's end. *from and *to grow to that.
 */
static void
stand_alone(struct str s, size_t *from, size_t *to)
{
	size_t	a = *from, b = *to;

	while (a > 0 && (s.p[a - 1] == ' ' || s.p[a - 1] == '\t'))
		a--;
	while (b < s.n && (s.p[b] == ' ' || s.p[b] == '\t'))
		b++;
	if (a > 0 && s.p[a - 1] != '\n')
		return;
	if (b < s.n && s.p[b] == '\r' && b + 1 < s.n && s.p[b + 1] == '\n')
		b++;
	if (b < s.n && s.p[b] != '\n')
		return;
	*from = a;
	*to = b < s.n ? b + 1 : b;
}

/* The tag that begins at from. */
static bool
read_tag(struct parser *p, size_t from, struct tag *tag)
{
	struct str	inner = str_sub(p->source, from + 2, p->source.n);
	size_t		n = str_search(inner, STR("}}")), i;

	*tag = (struct tag){ .from = from, .to = from + 2 + n + 2 };
	if (n == inner.n)
		return template_fault(p->c, from,
		    "{{ is not closed; }} is missing");
	tag->text = str_sub(inner, 0, n);
	tag->name = str_trim(tag->text);
	if (tag->name.n == 0)
		return refuse(p, tag, "has no name");
	if (tag->name.p[0] != '.' && !is_name_char(tag->name.p[0])) {
		tag->sigil = tag->name.p[0];
		tag->name = str_trim(str_sub(tag->name, 1, tag->name.n));
	}
	if (tag->sigil == '{' && n + 2 < inner.n && inner.p[n + 2] == '}')
		tag->text.n++;	/* {{{ has three to show */
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (tag->sigil == refused[i].sigil)
			return refuse(p, tag, refused[i].says);
	return tag->sigil == '!' || check_name(p, tag);
}

static bool
begin_section(struct parser *p, const struct tag *tag)
{
	struct template_node	*n;

	if (tag->sigil == '#' && str_eq(tag->name, STR("e164")))
		return refuse(p, tag, "is a lambda of Twilio's; lambdas are "
		    "not supported, numbers are E.164 as they come");
	if (p->depth == TEMPLATE_MAX_DEPTH)
		return refuse(p, tag, "is more than 16 sections deep");
	p->open[p->depth++] = p->c->t->nodes;
	n = add(p, tag->sigil == '#' ? TEMPLATE_SECTION : TEMPLATE_INVERTED,
	    tag->from, tag->name);
	return set_name(p, n, tag->name);
}

static bool
end_section(struct parser *p, const struct tag *tag)
{
	struct template_node	*begin;

	if (p->depth == 0)
		return refuse(p, tag, "ends a section that has not begun");
	begin = &p->c->t->node[p->open[--p->depth]];
	if (!str_eq(begin->text, tag->name)) {
		(void)refuse(p, tag, "does not end the innermost section, ");
		out_printable(p->c->why, begin->text);
		return false;
	}
	begin->end = p->c->t->nodes;
	add(p, TEMPLATE_END, tag->from, tag->name)->end = p->open[p->depth];
	return true;
}

static bool
add_tag(struct parser *p, const struct tag *tag)
{
	switch (tag->sigil) {
	case '!':
		return true;
	case '#':
	case '^':
		return begin_section(p, tag);
	case '/':
		return end_section(p, tag);
	case '\0':
		return set_name(p, add(p, TEMPLATE_VALUE, tag->from,
		    tag->name), tag->name);
	}
	return refuse(p, tag, "is no name; names are letters, digits, _ "
	    "and -, with single dots between them");
}

/* The literal before the tag, and the tag. */
static bool
take(struct parser *p, size_t from)
{
	struct tag	tag;
	size_t		to;

	if (!read_tag(p, from, &tag))
		return false;
	to = tag.to;
	if (tag.sigil != '\0')
		stand_alone(p->source, &from, &to);
	if (from > p->at)
		(void)add(p, TEMPLATE_LITERAL, p->at,
		    str_sub(p->source, p->at, from));
	p->at = to;
	return add_tag(p, &tag);
}

/* At most: a literal before every tag, the tags, and the last literal. */
static size_t
node_count(struct str s)
{
	size_t	at, tags = 0;

	for (at = 0; at + 1 < s.n; at++)
		if (s.p[at] == '{' && s.p[at + 1] == '{') {
			tags++;
			at++;
		}
	return 2 * tags + 1;
}

static bool
check_utf8(struct template_compiler *c)
{
	struct str	s = c->t->source;
	size_t		i, n;

	for (i = 0; i < s.n; i += n) {
		n = utf8_sequence(str_sub(s, i, s.n));
		if (n == 0)
			return template_fault(c, i, "this is not UTF-8; save "
			    "the template as UTF-8");
	}
	return true;
}

bool
template_parse(struct template_compiler *c)
{
	struct parser	p = { .c = c, .source = c->t->source };
	size_t		n;

	if (!check_utf8(c))
		return false;
	c->t->node = arena_alloc(c->arena, node_count(p.source),
	    sizeof(*c->t->node));
	if (c->t->node == NULL)
		return false;
	for (;;) {
		n = str_search(str_sub(p.source, p.at, p.source.n), STR("{{"));
		if (p.at + n == p.source.n)
			break;
		if (!take(&p, p.at + n))
			return false;
	}
	if (p.depth > 0)
		return template_fault_tag(c, c->t->node[p.open[p.depth - 1]].at,
		    c->t->node[p.open[p.depth - 1]].text,
		    "begins a section that is not ended; {{/…}} is missing");
	if (p.at < p.source.n)
		(void)add(&p, TEMPLATE_LITERAL, p.at,
		    str_sub(p.source, p.at, p.source.n));
	return true;
}
