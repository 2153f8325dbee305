/*
 * Which reply an event gets: the most specific route of the snapshot wins,
 * (kind, To) before (kind, *) before (*, To) before (*, *).
 *
 * A call.redirect that has no route of its own has that of call.inbound: a
 * <Redirect> to the same URL plays the same menu again. A Conversations
 * webhook that asks beforehand takes no route of kind '*'.
 */
#ifndef OFFHOOK_ROUTE_H
#define OFFHOOK_ROUTE_H

#include "../core/event.h"
#include "../edge/store.h"

/* NULL when no route matches. */
const struct store_route	*route_choose(const struct store_routes *,
				    enum event_kind, struct str to);
/* Whether its reply may be sent; why says what is wrong with it. */
bool	route_is_good(const struct store_route *, struct arena *,
	    struct out *why);

#endif
