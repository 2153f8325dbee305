/*
 * What a route answers an event: the text itself, its fallback, and what it
 * does to the session. Nothing here asks Postgres or an application; the
 * responder and "offhook route test" make the same reply of the same data.
 */
#ifndef OFFHOOK_REPLY_H
#define OFFHOOK_REPLY_H

#include "../core/template.h"
#include "choose.h"

#define REPLY_MAX_VARIABLE 1024	/* bytes of a session variable */
#define REPLY_MAX_VARIABLES 64	/* that a function sets at once */

struct answer {
	int		 http;
	const char	*type;	/* NULL: a status alone */
	struct str	 body;
};

/*
 * Whether the route's reply or its session has to know the state (see
 * choose.h). compiled is its template, or NULL when it has none.
 */
bool	reply_needs_state(struct arena *, const struct route *,
	    const struct template *compiled);
/*
 * The reply of a route that asks nobody. compiled is its template, or NULL:
 * then it is compiled here; settled as of route_is_settled, or false. False:
 * *why says what is wrong with the reply.
 */
bool	reply_make(struct arena *, const struct subject *,
	    const struct route *, const struct template *compiled,
	    bool settled, struct answer *, struct out *why);
/*
 * The same of what a function or an application said: type is its
 * Content-Type, absent when a function said it.
 */
bool	reply_judge(struct arena *, const struct subject *,
	    const struct route *, struct str type, struct str body,
	    struct answer *, struct out *why);
/*
 * A function's text: TwiML, or {"twiml": ..., "session": {...}}, of which
 * *body becomes the first and *session the second.
 */
void	reply_split(struct arena *, const struct subject *, struct str *body,
	    struct str *session);
/*
 * What goes out when there is no other: the route's own, else what its kind
 * has: a sentence for a caller, no message, publish (or 503 where the route
 * says reject). route may be NULL.
 */
struct answer	reply_fallback(struct arena *, const struct subject *,
		    const struct route *);
/* What an event without any route is answered. */
struct answer	reply_default(struct arena *, const struct subject *);
/*
 * The patch of the session for offhook.ingest(), absent when the route does
 * nothing to it. more, or absent, is a JSON object of strings to set beside.
 */
struct str	reply_session(struct arena *, const struct subject *,
		    const struct route *, struct str more);
/* The event as the user's SQL function gets it; absent when it is too much. */
struct str	reply_event_json(struct arena *, const struct subject *,
		    const struct route *, const char *id);

#endif
