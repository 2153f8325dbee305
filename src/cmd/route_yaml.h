/*
 * The part of YAML that files of routes are written in: lists, mappings
 * and texts. Every scalar is a text as it stands, so a number keeps its
 * "+" and its zeros and "no" is no boolean. Anchors, aliases, tags, complex
 * keys and several documents in one file are refused by name.
 */
#ifndef OFFHOOK_ROUTE_YAML_H
#define OFFHOOK_ROUTE_YAML_H

#include "cmd.h"

enum node_type { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
	struct node	*next;		/* in the same list or mapping */
	struct node	*first;		/* of a list or a mapping */
	const char	*file;		/* that the value stands in */
	enum node_type	 type;
	struct str	 key;		/* in a mapping; else absent */
	struct str	 text;		/* of a NODE_TEXT */
	size_t		 line, column;	/* of the value, from 1 */
	size_t		 key_line, key_column;
	/*
	 * Where the text's own first line stands, and how many characters
	 * precede each of its lines. 0: its lines are not those of the file.
	 */
	size_t		 text_line;
	size_t		 indent;
};

/*
 * The only document of the text; of an empty one an empty list. NULL after
 * messages FILE:LINE:COLUMN: what, and how to mend it.
 */
struct node	*route_yaml_read(struct cli *, const char *file,
		    struct str text);
/* A member of a mapping, or NULL. */
struct node	*node_get(const struct node *map, struct str key);

#endif
