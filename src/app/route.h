/*
 * Which reply an event gets: the most specific route of the snapshot wins,
 * (kind, To) before (kind, *) before (*, To) before (*, *).
 */
#ifndef OFFHOOK_ROUTE_H
#define OFFHOOK_ROUTE_H

#include "../core/event.h"
#include "../edge/store.h"

/* NULL when no route matches. */
const struct store_route	*route_choose(const struct store_routes *,
				    enum event_kind, struct str to);

#endif
