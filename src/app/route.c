/* Choose the route of an event. See route.h. */
#include "../core/pre_action.h"
#include "../core/twiml.h"
#include "route.h"

/* How well a route's kind suits an event's; 0: not at all. */
static int
kind_suits(struct str pattern, enum event_kind kind)
{
	if (str_eq(pattern, str_from(event_kind_name(kind))))
		return 3;
	if (kind == EVENT_CALL_REDIRECT && str_eq(pattern,
	    str_from(event_kind_name(EVENT_CALL_INBOUND))))
		return 2;
	return str_eq(pattern, STR("*")) && !event_is_pre_action(kind);
}

static int
to_suits(struct str pattern, struct str to)
{
	if (str_eq(pattern, to))
		return 2;
	return str_eq(pattern, STR("*"));
}

const struct store_route *
route_choose(const struct store_routes *routes, enum event_kind kind,
    struct str to)
{
	const struct store_route	*best = NULL, *r;
	int				 by_kind, by_to, most = 0;
	size_t				 i;

	for (i = 0; i < routes->n; i++) {
		r = &routes->at[i];
		by_kind = kind_suits(r->kind, kind);
		by_to = to_suits(r->to, to);
		if (by_kind == 0 || by_to == 0 || by_kind * 4 + by_to <= most)
			continue;
		most = by_kind * 4 + by_to;
		best = r;
	}
	return best;
}

bool
route_is_good(const struct store_route *r, struct arena *a, struct out *why)
{
	enum event_kind	kind;

	if (!event_kind_parse(r->kind, &kind) || !event_is_pre_action(kind))
		return twiml_check(r->reply, why);
	return r->http != 200 || pre_action_check(a, r->reply, why);
}
