/* What a compiled template is made of; for the files of template.h only. */
#ifndef OFFHOOK_TEMPLATE_PARTS_H
#define OFFHOOK_TEMPLATE_PARTS_H

#include "template.h"

enum template_kind {
	TEMPLATE_LITERAL,
	TEMPLATE_VALUE,		/* {{name}} */
	TEMPLATE_SECTION,	/* {{#name}} */
	TEMPLATE_INVERTED,	/* {{^name}} */
	TEMPLATE_END		/* {{/name}} */
};

struct template_node {
	enum template_kind	 kind;
	bool			 in_tag;	/* section: of attributes */
	bool			 in_string;	/* JSON: within its quotes */
	size_t			 at;	/* where it stands in the source */
	struct str		 text;	/* the literal, or the name */
	const char		**part;	/* of the name, between its dots */
	size_t			 parts;	/* 0: the name is "." */
	size_t			 end;	/* section: the node of its end */
};

struct template {
	enum template_form	 form;
	struct str		 source;
	struct template_node	*node;
	size_t			 nodes;
};

/* A compilation: what is made, from where, and what is wrong with it. */
struct template_compiler {
	struct arena	*arena;
	struct template	*t;
	struct out	*why;
};

/* Cut the source into nodes: template_parse.c. */
bool	template_parse(struct template_compiler *);
/* Look where in the XML each of them stands: template_place.c. */
bool	template_place(struct template_compiler *);
/* Look which of them stand in strings of JSON: template_json.c. */
bool	template_place_json(struct template_compiler *);

/* Say "line L:C: WHAT" of a place in the source; always false. */
bool	template_fault(struct template_compiler *, size_t at,
	    const char *what);
/* The same of a tag: "line L:C: {{NAME}} WHAT". */
bool	template_fault_tag(struct template_compiler *, size_t at,
	    struct str tag, const char *what);

static inline bool
template_is_section(const struct template_node *n)
{
	return n->kind == TEMPLATE_SECTION || n->kind == TEMPLATE_INVERTED;
}

#endif
