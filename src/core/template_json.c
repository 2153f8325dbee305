/*
 * Where in the JSON each tag stands: within the quotes of a string, or in
 * the place of a value. That the rest is JSON depends on the data (of the
 * elements of a list, somebody must set the commas), and is for whoever has
 * the result.
 */
#include "template_parts.h"

#define BEHIND_BACKSLASH 5	/* in the place of those digits */

struct walk {
	struct template_compiler	*c;
	bool		 in_string;
	unsigned	 escape;	/* digits that \u lacks */
	bool		 open[TEMPLATE_MAX_DEPTH];	/* sections: begun in
							   a string */
	size_t		 opens;
};

static void
walk_literal(struct walk *w, struct str s)
{
	size_t	i;

	for (i = 0; i < s.n; i++) {
		if (w->escape == BEHIND_BACKSLASH)
			w->escape = s.p[i] == 'u' ? 4 : 0;
		else if (w->escape > 0)
			w->escape--;
		else if (s.p[i] == '\\' && w->in_string)
			w->escape = BEHIND_BACKSLASH;
		else if (s.p[i] == '"')
			w->in_string = !w->in_string;
	}
}

static bool
walk_tag(struct walk *w, struct template_node *n)
{
	if (w->escape > 0)
		return template_fault_tag(w->c, n->at, n->text,
		    "stands within an escape; write \\\\ for a backslash");
	n->in_string = w->in_string;
	if (template_is_section(n))
		w->open[w->opens++] = w->in_string;
	if (n->kind == TEMPLATE_END && w->open[--w->opens] != w->in_string)
		return template_fault_tag(w->c, n->at, n->text, "ends in "
		    "another place than it begins; a section holds a part "
		    "of one string, or whole strings");
	return true;
}

bool
template_place_json(struct template_compiler *c)
{
	struct walk	 w = { .c = c };
	size_t		 i;

	for (i = 0; i < c->t->nodes; i++) {
		if (c->t->node[i].kind == TEMPLATE_LITERAL)
			walk_literal(&w, c->t->node[i].text);
		else if (!walk_tag(&w, &c->t->node[i]))
			return false;
	}
	return true;
}
