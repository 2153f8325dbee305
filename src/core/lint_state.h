/* What the files lint*.c share; nobody else includes it. See lint.h. */
#ifndef OFFHOOK_LINT_STATE_H
#define OFFHOOK_LINT_STATE_H

#include "grammar.h"
#include "lint.h"
#include "utf8.h"
#include "xml.h"

/* An element that is open. */
struct lint_element {
	const struct grammar_type	*type;
	const struct grammar_type	*parent;	/* NULL: the root */
	size_t		 at;		/* of its '<' in the text */
	size_t		 kept;		/* where its text begins in run.kept */
	size_t		 chars;		/* of its text, from the first ink */
	size_t		 blanks;	/* of these, at the end */
	size_t		 before;	/* blanks before the first ink */
	size_t		 children;
	size_t		 counted;	/* children of type->count */
	bool		 ink;		/* has text that is not blank */
	bool		 unknown;	/* holds a template's value */
	bool		 told;		/* that it may not have text */
	bool		 alone;		/* has a child that stands alone */
	bool		 satisfied;	/* has type->needs_attribute */
	uint64_t	 had;		/* a bit for each of type->child */
	const struct grammar_type	*hollow; /* an empty child that one
					    beside it excuses, or NULL */
	size_t		 hollow_at;
};

struct lint_run {
	struct arena		*arena;
	struct str		 text;	/* with what stands before it */
	size_t			 base;	/* where the document begins */
	struct lint		*out;
	XML_Parser		 parser;
	enum grammar_kind	 kind;
	bool			 undecided;	/* which kind it is */
	bool			 marked;	/* LINT_MARKED */
	struct lint_element	 element[LINT_MAX_DEPTH];
	size_t			 depth;		/* of element */
	size_t			 skip;		/* within what is not checked */
	bool			 seen;		/* the root's start */
	size_t			 bad_root;	/* its place + 1; 0: good */
	char			*kept;		/* text that is checked whole */
	size_t			 nkept;
};

/* A text in a message, cut where it is long: for "%.*s". */
#define LINT_WORD(s) (int)utf8_prefix((s), 60).n, (s).p

/* Add what was found at a place of the text, with the level of its code. */
void	lint_say(struct lint_run *, size_t at, int code, const char *fmt, ...)
	    __attribute__((format(printf, 4, 5)));
/* The same as advice, whatever the code. */
void	lint_advise(struct lint_run *, size_t at, int code, const char *fmt,
	    ...) __attribute__((format(printf, 4, 5)));
/* The document is lost: what was said before does not count any more. */
void	lint_fatal(struct lint_run *, size_t at, int code, const char *fmt,
	    ...) __attribute__((format(printf, 4, 5)));
/* Whether a further finding would only be counted. */
bool	lint_full(const struct lint_run *);
/* Twilio's words for a code. */
const char	*lint_words(int code);

/* All but the arena and the rest of these arguments is set to nothing. */
void	lint_begin(struct lint_run *, struct arena *, struct str text,
	    enum lint_document, struct lint *);
/* Check run->text from run->base on. */
void	lint_run(struct lint_run *);
/* The same when it is known to be UTF-8 and not too large. */
void	lint_parse(struct lint_run *);
/* Put the findings in order and turn their places into lines and columns. */
void	lint_finish(struct lint_run *);

/* A child that may not stand where it stands. */
void	lint_misplaced(struct lint_run *, const struct lint_element *parent,
	    struct str name, size_t at);
/* The attributes of an element that has just begun, as expat gives them. */
void	lint_attributes(struct lint_run *, struct lint_element *,
	    const char **);
/* One value, or each of a list. */
void	lint_value(struct lint_run *, const struct lint_element *,
	    const struct grammar_attribute *, struct str value);
/* An element at its end: its text, and what it must not be without. */
void	lint_content(struct lint_run *, struct lint_element *);

/* Whether a value of a template is in it. */
bool	lint_is_unknown(const struct lint_run *, struct str);
/*
 * A name as it is written: expat's "URI\nLOCAL\nPREFIX" as PREFIX:LOCAL, in
 * the buffer. *foreign: it is in a namespace other than XML's own.
 */
struct str	lint_name(const char *expat, char buf[128], bool *foreign);

/* A URL that Twilio is to ask. */
enum lint_url {
	LINT_URL_GOOD,
	LINT_URL_PLAIN,		/* http: */
	LINT_URL_BAD
};
enum lint_url	lint_url(struct str);

/* The nearest of n names, or NULL when none is near. */
struct lint_near {
	struct str	 wanted;
	const char	*name;
	size_t		 distance;
};
void	lint_near_try(struct lint_near *, const char *name);

#endif
