/*
 * A route: which events it takes and what they are answered. Its spec is a
 * JSON object of strings, lists of strings and objects of strings, as SQL
 * keeps it (offhook.route.spec); docs/routes.md has every key.
 *
 * A list suits when one of its items does; a route suits when all of its
 * lists do. Items of account, to, from, messaging_service, digits and path
 * are exact, or a beginning followed by '*'.
 */
#ifndef OFFHOOK_ROUTE_SPEC_H
#define OFFHOOK_ROUTE_SPEC_H

#include "arena.h"
#include "kind.h"
#include "lint.h"
#include "out.h"

#define ROUTE_MAX_NAME 80	/* bytes */
#define ROUTE_MAX_ITEMS 1000	/* of one list */
#define ROUTE_MAX_TEXT 256	/* bytes of an item, also of a pattern */
#define ROUTE_MAX_VARIABLE 64	/* bytes of a variable's or constant's name */
#define ROUTE_MAX_VARIABLES 64	/* of set, count and clear together */
#define ROUTE_BUDGET_MS 10000	/* of voice and messages */
#define ROUTE_BUDGET_JSON_MS 3000	/* Conversations wait 5 s */
#define ROUTE_MAX_BUDGET_MS 14000	/* Twilio gives up after 15 s */
#define ROUTE_MAX_EXPIRES_MS 31536000000	/* 365 days */

/* Where the reply comes from; exactly one of these keys is in a spec. */
enum route_source {
	ROUTE_TWIML,		/* "twiml": as it stands */
	ROUTE_TEMPLATE,		/* "template": core/template.h */
	ROUTE_JSON,		/* "json": of Conversations, as it stands */
	ROUTE_REJECT,		/* "reject": of Conversations, a status */
	ROUTE_SQL,		/* "sql": schema.function */
	ROUTE_APP,		/* "app": a URL that is asked */
	ROUTE_REDIRECT		/* "redirect": a URL for <Redirect> */
};

enum route_sender { SENDER_ANY, SENDER_NEW, SENDER_KNOWN };
enum route_choice { CHOICE_ANY, CHOICE_YES, CHOICE_NO };

struct texts {
	struct str	*at;
	size_t		 n;
};

struct pair {
	struct str	name;
	struct str	value;
};

struct pairs {
	struct pair	*at;
	size_t		 n;
};

/* "Mon-Fri 09:00-17:30" in minutes; over midnight when to <= from. */
struct hours {
	unsigned	days;		/* bit 0: Sunday */
	int		from, to;	/* minutes of the day, 0 to 1440 */
};

enum session_test {
	SESSION_SET,		/* "name": it is there and not empty */
	SESSION_UNSET,		/* "!name" */
	SESSION_EQUAL,		/* "name=value" */
	SESSION_DIFFERENT,	/* "name!=value"; also when it is unset */
	SESSION_AT_LEAST,	/* "name>=3"; unset, or no number, is 0 */
	SESSION_BELOW		/* "name<3" */
};

struct session_condition {
	struct str		name;
	enum session_test	test;
	struct str		value;
	int64_t			number;
};

struct route {
	struct str	name;
	struct str	spec;		/* the JSON that it was read from */
	struct str	broken;		/* what is wrong; absent: nothing */
	bool		unreadable;	/* a condition is: it never suits */
	/* Conditions; an empty list takes all. */
	struct texts	account, kind, to, from, messaging_service;
	uint64_t	kinds;		/* 1 << enum event_kind; 0: any that
					   is answered with TwiML */
	struct texts	keyword;	/* Body's first word, in any case */
	struct texts	body, speech;	/* extended regular expressions */
	struct texts	digits, path;
	struct hours	*hours;
	size_t		nhours;
	struct str	zone;		/* of hours; absent: UTC */
	enum route_sender sender;
	enum route_choice opted_out;
	struct session_condition *session;	/* all of them must hold */
	size_t		nsession;
	/* The reply. */
	enum route_source source;
	struct str	reply;		/* text, URL or function */
	int		http;		/* 200, or of a rejection */
	struct str	fallback;	/* template; absent: the default */
	struct pairs	constants;	/* {{const.NAME}} */
	int		budget_ms;	/* 0: the kind's */
	bool		warnings;	/* TwiML that Twilio warns of is sent */
	bool		reject_in_trouble;
	/* What it does to the session of its call or thread. */
	struct pairs	set;		/* values are templates of text */
	struct texts	count;		/* one more each */
	struct texts	clear;
	bool		end;
	int64_t		expires_s;	/* 0: a call's 4 h, a thread's day */
};

struct routes {
	int64_t		 version;	/* -1: nothing is known */
	struct route	*at;		/* the first that suits is taken */
	size_t		 n;
};

/*
 * Read one spec. Views into the text, which must stay; the rest is the
 * arena's. False: *why says which key, what is wrong with it and what it
 * may be. Everything that needs neither grammar, time zones, regular
 * expressions (app/choose.h has those two) nor database is checked.
 */
bool	route_parse(struct arena *, struct str spec, struct route *,
	    struct out *why);
/*
 * A JSON array of specs, in their order, with names of their own. False at
 * the first fault: *why says which route.
 */
bool	routes_parse(struct arena *, struct str specs, struct routes *,
	    struct out *why);
/*
 * The same for whoever answers with them: a spec that has a fault takes no
 * other away, and names are not compared. Its route is there with broken
 * set, and suits as far as its conditions could be read; a key that is not
 * known may be a condition. What broken says lies in the arena. False when
 * the text is no such array, or when the arena is full, which the arena
 * tells.
 */
bool	routes_load(struct arena *, struct str specs, struct routes *);
/*
 * Whether its texts may be sent: lint of TwiML (a template with its values
 * marked), JSON of Conversations, templates of the session. *why names the
 * key. What Twilio only warns of is no fault where warnings says so. The
 * arena is left as it was.
 */
bool	route_check(struct arena *, const struct route *, struct out *why);
/*
 * Whether its template, compiled, needs no lint once it is filled and has at
 * most ROUTE_SETTLED_BYTES: it has no sections, its values stand in running
 * text alone, and it is good with all of them empty. The arena is left as it
 * was.
 */
#define ROUTE_SETTLED_BYTES LINT_OPEN_BYTES
struct template;
bool	route_is_settled(struct arena *, const struct route *,
	    const struct template *);
/* The document that a kind is answered with; LINT_ANY of "other". */
enum lint_document	route_kind_document(enum event_kind);
/* The document that its kinds are answered with; LINT_ANY when they differ. */
enum lint_document	route_document(const struct route *);
/* Whether it answers Conversations webhooks that ask beforehand. */
bool	route_is_json(const struct route *);
/* Its budget, else that of the kind. */
int	route_budget_ms(const struct route *, enum event_kind);
/* "twiml", "template" ... */
const char	*route_source_name(enum route_source);
/* Exact, or a beginning followed by '*'. */
bool	route_item_suits(struct str item, struct str value);

#endif
