/*
 * The grammar of TwiML as tables: which element may stand where, with which
 * attributes, values and text. grammar_table.c is made from
 * grammar/twiml.json by tools/grammar; there each rule has its source.
 * Names in a table are in the order of their bytes.
 */
#ifndef OFFHOOK_GRAMMAR_H
#define OFFHOOK_GRAMMAR_H

#include "str.h"

/* Of an attribute's value, or of the text in an element. */
enum grammar_check {
	GRAMMAR_ANY,
	GRAMMAR_ENUM,
	GRAMMAR_INTEGER,	/* of 31 bits, from min on */
	GRAMMAR_PATTERN,
	GRAMMAR_URL,		/* relative, or http or https */
	GRAMMAR_LENGTH,		/* max characters */
	GRAMMAR_JSON
};

struct grammar_values {
	const char *const	*at;
	size_t			 n;
	const char		*open;	/* a pattern of values that may be */
	bool			 tag;	/* those are language tags */
};

struct grammar_attribute {
	const char			*name;
	const char			*pattern;
	const struct grammar_values	*values;
	const struct grammar_values	*more;	/* good, not in the SDK */
	const char	*unless;	/* not required in this parent */
	int		 min, max;
	int		 code;		/* of a bad value */
	int		 required;	/* the code when it is missing; 0 */
	enum grammar_check check;
	bool		 list;		/* several values between blanks */
	bool		 beyond;	/* not in the SDK */
	bool		 advised;	/* better not left out */
};

struct grammar_type;

struct grammar_child {
	const char			*name;
	const struct grammar_type	*type;	/* NULL: not checked */
	bool				 beyond;	/* not in the SDK */
};

/* What an element may not be without: one of these. */
#define GRAMMAR_NEEDS_TEXT	1u
#define GRAMMAR_NEEDS_CHILD	2u

struct grammar_type {
	const char			*name;	/* of the element */
	const struct grammar_child	*child;
	size_t				 nchildren;
	const struct grammar_attribute	*attribute;
	size_t				 nattributes;
	bool		 text;		/* may have text */
	enum grammar_check text_check;
	const char	*text_pattern;
	int		 text_code;
	int		 text_max;	/* characters; 0: no limit */
	int		 text_max_code;
	unsigned	 needs;
	const char	*needs_attribute;	/* or this one */
	const char	*needs_beside;	/* nothing beside this child */
	int		 needs_code;
	int		 nesting_code;	/* of a wrong child; 0: 12200 */
	int		 nesting_and;	/* and this beside it */
	int		 text_or_child;	/* the code when both; 0 */
	const char	*alone;		/* a child that stands alone */
	int		 alone_code;
	const struct grammar_type *count;	/* a child with a limit */
	int		 count_max;
	int		 count_code;
	bool		 empty_advised;	/* empty is good, but looks odd */
};

enum grammar_kind {
	GRAMMAR_VOICE,
	GRAMMAR_MESSAGING,
	GRAMMAR_FAX,
	GRAMMAR_KINDS
};

struct grammar_code {
	int		 code;
	bool		 error;		/* Twilio's level; else WARNING */
	const char	*text;
};

struct grammar_document {
	const struct grammar_type	*type;
	size_t				 ntypes;
	const struct grammar_type	*root;
};

extern const struct grammar_document	grammar_document[GRAMMAR_KINDS];
extern const struct grammar_code	grammar_code[];
extern const size_t			grammar_ncodes;
/* Words between blanks, one before the first and one behind the last, too. */
extern const char			grammar_languages[];
extern const char			grammar_regions[];

const struct grammar_child	*grammar_child(const struct grammar_type *,
				    struct str name);
const struct grammar_attribute	*grammar_attribute(
				    const struct grammar_type *,
				    struct str name);
bool	grammar_has_value(const struct grammar_values *, struct str);
/* NULL when Twilio's list does not have it. */
const struct grammar_code	*grammar_find_code(int code);
/* Whether the language and the region of a tag like en-US exist. */
bool	grammar_is_tag(struct str);

#endif
