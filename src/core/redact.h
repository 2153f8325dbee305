/*
 * What is left out of storage, by the setting OFFHOOK_REDACT: rules
 * KIND:WHAT, separated by blanks. KIND is a kind of event, a beginning of
 * kinds with '*' behind it, or '*'; WHAT is
 *   body     what people wrote, said or keyed in, their names and places,
 *            becomes the empty string;
 *   numbers  numbers and addresses of people lose their end, see
 *            redact_number; city and zip become the empty string;
 *   all      both.
 * Which parameter is which stands in one table (redact.c).
 */
#ifndef OFFHOOK_REDACT_H
#define OFFHOOK_REDACT_H

#include "arena.h"

#define REDACT_MAX_RULES 64

#define REDACT_BODY 1u
#define REDACT_NUMBERS 2u

struct redact_rule {
	struct str	kind;	/* without the '*' */
	bool		prefix;	/* it ended with '*' */
	unsigned	what;	/* REDACT_BODY | REDACT_NUMBERS */
};

struct redact {
	struct redact_rule	rule[REDACT_MAX_RULES];
	size_t			n;
};

enum redact_result {
	REDACT_OK,
	REDACT_NO_PAIR,		/* no KIND:WHAT */
	REDACT_NO_KIND,		/* no kind is named or begins so */
	REDACT_NO_WHAT,		/* none of body, numbers, all */
	REDACT_TOO_MANY		/* more than REDACT_MAX_RULES */
};

const char	*redact_strerror(enum redact_result);
/* Add one rule, a view of the text. */
enum redact_result redact_add(struct redact *, struct str rule);
/*
 * What is left out of an event of this kind ("message.inbound",
 * "stream.com.twilio…"): of all rules that match it; 0: nothing.
 */
unsigned	redact_rules(const struct redact *, struct str kind);

/*
 * In what follows flags are redact_rules'; with 0 a text comes back as it
 * is. The absent value comes back when the arena is full.
 */

/*
 * A decoded parameter by its name. A value of another parameter that is a
 * JSON object or array (Payload, AddOns) or a URL with a query (RecordingUrl,
 * ErrorUrl) is rewritten as below.
 */
struct str	redact_value(struct arena *, struct str name,
		    struct str value, unsigned flags);
/* A form or a query string: byte for byte but for the values concerned. */
struct str	redact_form(struct arena *, struct str raw, unsigned flags);
/* A URL: its query as a form. */
struct str	redact_url(struct arena *, struct str url, unsigned flags);
/*
 * A JSON text, at any depth, likewise; all that is within a member concerned
 * is concerned. What is no JSON becomes the empty string: nobody can tell
 * what it holds.
 */
struct str	redact_json(struct arena *, struct str text, unsigned flags);
/*
 * A number or an address for a column: "+15550100123" is "+1555010xxxx",
 * "whatsapp:+15550100123" "whatsapp:+1555010xxxx", "sip:alice@example.com"
 * "sip:xxxx@example.com", any other text "xxxx"; empty and absent stay.
 */
struct str	redact_number(struct arena *, struct str);

#endif
