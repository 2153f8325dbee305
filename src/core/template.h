/*
 * Mustache as in Twilio's TwiML Bins: names, sections, inverted sections and
 * comments. What cannot be right in every rendering is refused at compile,
 * so that whatever the data is, a template of form TEMPLATE_XML gives
 * well-formed XML, and a parser reads back the values that were put in.
 * Not supported, and refused by name: raw values, partials, inheritance,
 * set delimiters, lambdas. Source: the mustache specification 1.4
 * (github.com/mustache/spec); XML 1.0 fifth edition. docs/templates.md is
 * for users.
 */
#ifndef OFFHOOK_TEMPLATE_H
#define OFFHOOK_TEMPLATE_H

#include "arena.h"
#include "out.h"
#include "str.h"

#define TEMPLATE_MAX_DEPTH 16	/* sections within sections */

enum template_form {
	TEMPLATE_XML,	/* an XML document; values are escaped */
	TEMPLATE_TEXT,	/* a plain text; values as they are */
	TEMPLATE_JSON,	/* values are escaped within "", else written as
			   JSON: in quotes, or null */
	TEMPLATE_FORM	/* values are percent-encoded */
};

struct template;

/* A text, or a piece of JSON that json_valid has passed; absent: none. */
struct template_value {
	bool		json;
	struct str	text;
};

/*
 * The outermost context. get is asked for the first part of a name: of
 * {{resource.status}} for resource; "." is the data as a whole, if any. It
 * must answer the same as long as one rendering goes on.
 */
struct template_data {
	struct template_value	(*get)(void *data, struct str name);
	void			*data;
};

/*
 * A template on the arena; it keeps no view of source. NULL: *why says
 * what, where (line:column) and how to mend it.
 */
const struct template	*template_compile(struct arena *, struct str source,
			    enum template_form, struct out *why);
/* Whether a name has that first part, as "session" in {{session.cart}}. */
bool	template_uses(const struct template *, const char *name);
/*
 * Fill it. Absent, empty, false, null and [] are falsy, all else is truthy.
 * In values of XML, bytes that are not UTF-8 become U+FFFD, and characters
 * that XML 1.0 excludes are dropped; in those of a text or of JSON, NUL
 * becomes U+FFFD too. Objects and lists are no text, but stand in JSON as
 * they are. Inside a tag, a section over a list stands for its first element
 * only. False when out, the arena or TWIML_MAX_BYTES is too small, or the
 * lists are too long to go through; what is in out is then no reply. The
 * arena is left as it was but for its flag.
 */
bool	template_render(const struct template *, const struct template_data *,
	    struct arena *, struct out *);
/*
 * What it may give, to be looked at before there is data: every value is
 * U+E000. sections: those of {{#name}} stand once and those of {{^name}}
 * do not; else the reverse, as with no data at all.
 */
bool	template_render_marked(const struct template *, bool sections,
	    struct out *);

#endif
