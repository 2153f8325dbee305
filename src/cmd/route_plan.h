/*
 * What becomes of the routes when others take their place: which are added,
 * changed, removed, and which only come at another place in the order.
 */
#ifndef OFFHOOK_ROUTE_PLAN_H
#define OFFHOOK_ROUTE_PLAN_H

#include "../core/route.h"
#include "cmd.h"

enum action { ACTION_ADD, ACTION_CHANGE, ACTION_MOVE, ACTION_REMOVE };

#define ACTIONS (ACTION_REMOVE + 1)

struct change {
	enum action		 action;
	const struct route	*was;	/* NULL: it is added */
	const struct route	*is;	/* NULL: it is removed */
	size_t			 was_at, is_at;	/* place in the order, from 1 */
	bool			 moved;	/* among those that stay */
};

struct plan {
	int64_t		 version;	/* that it was made from */
	struct change	*at;
	size_t		 n;
	size_t		 count[ACTIONS];
};

/*
 * A list of one and a single text are the same, and the order of keys does
 * not count. As few routes as possible are said to have moved.
 */
void	route_plan_make(struct cli *, const struct routes *was,
	    const struct routes *is, struct plan *);
/* For people, or the members of a JSON object (without its braces). */
void	route_plan_write(struct cli *, const struct plan *);

#endif
