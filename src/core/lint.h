/*
 * The grammar of TwiML, checked: what Twilio would say of a reply, before it
 * is sent. Tables from grammar/twiml.json, on libexpat; nothing outside is
 * ever read, no entity is expanded.
 * Sources: Twilio's error list and pages, the npm package twilio, XML 1.0
 * fifth edition, Namespaces in XML 1.0. grammar/twiml.json says of each rule
 * which one it has.
 */
#ifndef OFFHOOK_LINT_H
#define OFFHOOK_LINT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "out.h"
#include "str.h"

#define LINT_MAX_FINDINGS 100	/* of one document; the rest is counted */
#define LINT_MAX_BYTES 65536	/* "larger than 64 kB" is Twilio's 11750 */
#define LINT_OPEN_BYTES 1600	/* the least limit of a long text (14103) */
#define LINT_MAX_DEPTH 64	/* elements in elements */

/* What the reply answers. */
enum lint_document {
	LINT_VOICE,
	LINT_MESSAGING,
	LINT_FAX,
	LINT_ANY	/* the one of the three that its verbs belong to */
};

/* In the order of their weight. */
enum lint_level {
	LINT_CLEAN,
	LINT_ADVICE,	/* works, but look at it; Twilio says nothing */
	LINT_WARNING,	/* as Twilio's debugger calls it */
	LINT_ERROR
};

/*
 * The text is a template in which U+E000 stands for each value: of what holds
 * one, the value is not known, so only its place is checked.
 */
#define LINT_MARKED 1u

struct lint_finding {
	size_t		line, column;	/* from 1; columns count characters */
	int		code;		/* Twilio's; 0: none of Twilio's */
	enum lint_level	level;
	struct str	message;	/* one line, in the arena */
};

struct lint {
	struct lint_finding	*at;
	size_t			 n;
	size_t			 more;	/* found beyond the n that are kept */
	enum lint_level		 worst;	/* of all of them */
	bool			 lost;	/* Twilio would execute none of it */
	bool			 open;	/* a marked value stands where it
					   counts which one it is, even if all
					   has LINT_OPEN_BYTES at most */
};

/* "clean", "advice", "warning", "error". */
const char	*lint_level_name(enum lint_level);

/*
 * Check a TwiML document. Findings are in the order of the text. When the
 * arena has no room for the check, that is an error without a code; a clean
 * text leaves the arena as it was.
 */
void	lint_twiml(struct arena *, struct str text, enum lint_document,
	    unsigned flags, struct lint *);

/* Whether the text begins as an HTTP or CGI response, not as a document. */
bool	lint_is_response(struct str text);
/*
 * Check a whole response: status line or Status:, headers (Content-Type:
 * Twilio's 12300), a blank line, the document. Lines are those of the text.
 */
void	lint_response(struct arena *, struct str response,
	    enum lint_document, struct lint *);

/* The first of the worst findings: "line 3:7: WHAT (Twilio 13314)". */
void	lint_tell(const struct lint *, struct out *why);
/* True when nothing is worse than advice; otherwise *why is told. */
bool	lint_check(struct arena *, struct str text, enum lint_document,
	    struct out *why);

/* Whether Twilio would execute none of it, whatever it answers. */
bool	lint_is_lost(struct arena *, struct str text);

#endif
