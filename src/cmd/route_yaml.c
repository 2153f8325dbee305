/* Files of routes: YAML by libyaml's events. See route_yaml.h. */
#include <string.h>
#include <yaml.h>

#include "route_yaml.h"

#define MAX_DEPTH 8	/* a file of routes nests four deep */

struct reading {
	struct cli	*cli;
	const char	*file;
	struct str	 source;
	yaml_parser_t	 parser;
	yaml_event_t	 event;		/* the current one */
	bool		 there;		/* it has to be deleted */
	size_t		 index, byte;	/* the same place; it only grows */
};

static struct node	*read_node(struct reading *, size_t depth);

/* libyaml counts characters; this is the byte. */
static size_t
byte_of(struct reading *r, const yaml_mark_t *at)
{
	const char	*p = r->source.p;

	for (; r->index < at->index && r->byte < r->source.n; r->index++)
		do
			r->byte++;
		while (r->byte < r->source.n && (p[r->byte] & 0xc0) == 0x80);
	return r->byte;
}

/* False, for the caller to return. */
static bool
refuse(const struct reading *r, const yaml_mark_t *at, const char *what)
{
	cli_error("%s:%zu:%zu: %s", r->file, at->line + 1, at->column + 1,
	    what);
	return false;
}

/* What libyaml found; its own words, and ours where they do not help. */
static bool
refuse_syntax(struct reading *r)
{
	const yaml_parser_t	*p = &r->parser;
	const yaml_mark_t	*at = &p->problem_mark;
	const char		*what = p->problem != NULL ? p->problem :
				    "the memory is used up";
	size_t			 i;

	if (p->error == YAML_READER_ERROR) {
		cli_error("%s: byte %zu: %s; a file of routes is UTF-8",
		    r->file, p->problem_offset + 1, what);
		return false;
	}
	i = byte_of(r, at);
	if (i < r->source.n && r->source.p[i] == '@')
		what = "in YAML a text that begins with @ stands in quotes: "
		    "'@menu.xml'";
	else if (i < r->source.n && r->source.p[i] == '\t')
		what = "YAML is indented with blanks, not with tabs";
	else if (i > 0 && r->source.p[i - 1] == '*')
		what = "in YAML a text that begins with * stands in quotes: "
		    "'*'";
	else if (strcmp(what, "mapping values are not allowed in this context")
	    == 0)
		what = "a colon and a blank within a text: put the text in "
		    "quotes";
	return refuse(r, at, what);
}

static bool
next(struct reading *r)
{
	if (r->there)
		yaml_event_delete(&r->event);
	r->there = yaml_parser_parse(&r->parser, &r->event) != 0;
	return r->there || refuse_syntax(r);
}

/* What a route cannot use of YAML. */
static bool
refuse_extras(const struct reading *r, const yaml_char_t *anchor,
    const yaml_char_t *tag)
{
	if (anchor != NULL)
		return refuse(r, &r->event.start_mark, "anchors (&name) are "
		    "not supported: write the text where it is used, or keep "
		    "it in a file beside: '@menu.xml'");
	if (tag != NULL)
		return refuse(r, &r->event.start_mark, "tags (!name) are not "
		    "supported: every value is a text as it stands");
	return true;
}

static struct node *
new_node(struct reading *r, enum node_type type)
{
	const yaml_mark_t	*at = &r->event.start_mark;
	struct node		*n = cli_alloc(r->cli, 1, sizeof(*n));

	n->type = type;
	n->file = r->file;
	n->line = at->line + 1;
	n->column = at->column + 1;
	return n;
}

/* How many blanks the first line with something else begins with. */
static size_t
indent_of(struct str lines)
{
	struct str	line;
	size_t		i;

	while (str_cut(&lines, '\n', &line)) {
		for (i = 0; i < line.n && line.p[i] == ' '; i++)
			;
		if (i < line.n && line.p[i] != '\r')
			return i;
	}
	return 0;
}

/* Where the lines of a literal text are; of one in a single line, too. */
static void
place_text(struct reading *r, struct node *n)
{
	const yaml_event_t	*e = &r->event;
	yaml_scalar_style_t	 style = e->data.scalar.style;
	size_t			 from, own;

	if (style == YAML_LITERAL_SCALAR_STYLE) {
		from = str_find(r->source, '\n', byte_of(r,
		    &e->start_mark)) + 1;
		n->text_line = n->line + 1;
		n->indent = indent_of(str_sub(r->source, from, r->source.n));
		own = indent_of(n->text);
		n->indent -= own < n->indent ? own : n->indent;
	} else if (style != YAML_FOLDED_SCALAR_STYLE &&
	    e->start_mark.line == e->end_mark.line) {
		n->text_line = n->line;
		n->indent = n->column - (style == YAML_PLAIN_SCALAR_STYLE);
	}
}

static struct node *
read_text(struct reading *r)
{
	const yaml_event_t	*e = &r->event;
	struct node		*n = new_node(r, NODE_TEXT);

	if (!refuse_extras(r, e->data.scalar.anchor, e->data.scalar.tag))
		return NULL;
	if (e->data.scalar.length == 0 &&
	    e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
		(void)refuse(r, &e->start_mark,
		    "there is no value; an empty text is ''");
		return NULL;
	}
	n->text = arena_copy(&r->cli->arena, (struct str){
	    (const char *)e->data.scalar.value, e->data.scalar.length });
	if (n->text.p == NULL) {
		(void)refuse(r, &e->start_mark, "the memory is used up");
		return NULL;
	}
	place_text(r, n);
	return n;
}

static struct node *
read_list(struct reading *r, size_t depth)
{
	struct node	*list = new_node(r, NODE_LIST), **last = &list->first;

	if (!refuse_extras(r, r->event.data.sequence_start.anchor,
	    r->event.data.sequence_start.tag))
		return NULL;
	for (;;) {
		if (!next(r))
			return NULL;
		if (r->event.type == YAML_SEQUENCE_END_EVENT)
			return list;
		*last = read_node(r, depth + 1);
		if (*last == NULL)
			return NULL;
		last = &(*last)->next;
	}
}

/* The key of the next member; absent after a message. */
static struct str
read_key(struct reading *r, const struct node *map)
{
	const yaml_event_t	*e = &r->event;
	const struct node	*other;
	struct str		 key = { NULL, 0 };

	if (e->type != YAML_SCALAR_EVENT || e->data.scalar.length == 0) {
		(void)refuse(r, &e->start_mark, "a key is a word");
		return key;
	}
	if (!refuse_extras(r, e->data.scalar.anchor, e->data.scalar.tag))
		return key;
	key = arena_copy(&r->cli->arena, (struct str){
	    (const char *)e->data.scalar.value, e->data.scalar.length });
	other = key.p == NULL ? NULL : node_get(map, key);
	if (other != NULL) {
		(void)refuse(r, &e->start_mark, cli_printf(r->cli, "%s was "
		    "given in line %zu already", key.p, other->key_line));
		key.p = NULL;
	}
	return key;
}

static struct node *
read_map(struct reading *r, size_t depth)
{
	struct node	*map = new_node(r, NODE_MAP), **last = &map->first;
	yaml_mark_t	 at;
	struct str	 key;

	if (!refuse_extras(r, r->event.data.mapping_start.anchor,
	    r->event.data.mapping_start.tag))
		return NULL;
	for (;;) {
		if (!next(r))
			return NULL;
		if (r->event.type == YAML_MAPPING_END_EVENT)
			return map;
		at = r->event.start_mark;
		key = read_key(r, map);
		if (key.p == NULL || !next(r))
			return NULL;
		*last = read_node(r, depth + 1);
		if (*last == NULL)
			return NULL;
		(*last)->key = key;
		(*last)->key_line = at.line + 1;
		(*last)->key_column = at.column + 1;
		last = &(*last)->next;
	}
}

/* The value that the current event begins. */
static struct node *
read_node(struct reading *r, size_t depth)
{
	if (depth > MAX_DEPTH)
		(void)refuse(r, &r->event.start_mark, "nested too deep");
	else if (r->event.type == YAML_SCALAR_EVENT)
		return read_text(r);
	else if (r->event.type == YAML_SEQUENCE_START_EVENT)
		return read_list(r, depth);
	else if (r->event.type == YAML_MAPPING_START_EVENT)
		return read_map(r, depth);
	else if (r->event.type == YAML_ALIAS_EVENT)
		(void)refuse(r, &r->event.start_mark, "aliases (*name) are "
		    "not supported; a text that begins with * stands in "
		    "quotes: '*'");
	return NULL;
}

/* Go on behind an event of that type, if it is the current one. */
static bool
skip(struct reading *r, yaml_event_type_t type)
{
	return r->event.type != type || next(r);
}

/* The events of a file: its beginning, one document, its end. */
static struct node *
read_stream(struct reading *r)
{
	struct node	*n;

	if (!next(r) || !skip(r, YAML_STREAM_START_EVENT))
		return NULL;
	if (r->event.type == YAML_STREAM_END_EVENT) {
		(void)refuse(r, &r->event.start_mark, "there is nothing in "
		    "it; a file without routes says so: []");
		return NULL;
	}
	if (!skip(r, YAML_DOCUMENT_START_EVENT))
		return NULL;
	n = read_node(r, 0);
	if (n == NULL || !next(r) || !skip(r, YAML_DOCUMENT_END_EVENT))
		return NULL;
	if (r->event.type == YAML_STREAM_END_EVENT)
		return n;
	(void)refuse(r, &r->event.start_mark, "a second document (---): a "
	    "file holds one list of routes");
	return NULL;
}

struct node *
route_yaml_read(struct cli *cli, const char *file, struct str text)
{
	struct reading	 r = { .cli = cli, .file = file };
	struct node	*n;

	/* libyaml would count a byte order mark as indentation. */
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	r.source = text;
	if (yaml_parser_initialize(&r.parser) == 0) {
		cli_error("the memory is used up");
		return NULL;
	}
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser,
	    (const unsigned char *)text.p, text.n);
	n = read_stream(&r);
	if (r.there)
		yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	return n;
}

struct node *
node_get(const struct node *map, struct str key)
{
	struct node	*n;

	for (n = map->type == NODE_MAP ? map->first : NULL; n != NULL;
	    n = n->next)
		if (str_eq(n->key, key))
			return n;
	return NULL;
}
