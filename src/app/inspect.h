/*
 * A request to the inspector (edge/inspector.h): kept to be shown, with
 * what the responder would have said of it, and answered 200. It has no
 * other effect: no row, no place among the rejected ones.
 */
#ifndef OFFHOOK_INSPECT_H
#define OFFHOOK_INSPECT_H

#include "../edge/inspector.h"
#include "webhook.h"

struct inspection {
	struct ring		 ring;
	struct inspector	 inspector;
	const char		*verdict;	/* a reason's name, or one of
						   inspect.c */
	const char		*kind;		/* NULL: it has none */
	struct str		 account;	/* that signed it; absent */
};

/* Whether the request is the inspector's; true needs inspect_finish. */
bool	inspect_begin(struct inspection *, const struct config *,
	    const struct request *, int64_t now_ms);
/* Keep it, log a line at times, fill the reply. */
void	inspect_finish(struct inspection *, struct webhook *,
	    struct request *, int64_t now_ms, struct reply *);

#endif
