/* Choose the route of an event. See route.h. */
#include "route.h"

static bool
matches(struct str pattern, struct str value, bool *exact)
{
	*exact = str_eq(pattern, value);
	return *exact || str_eq(pattern, STR("*"));
}

const struct store_route *
route_choose(const struct store_routes *routes, enum event_kind kind,
    struct str to)
{
	const struct store_route	*best = NULL, *r;
	struct str			 name = str_from(event_kind_name(kind));
	bool				 kind_is, to_is;
	int				 score, most = -1;
	size_t				 i;

	for (i = 0; i < routes->n; i++) {
		r = &routes->at[i];
		if (!matches(r->kind, name, &kind_is) ||
		    !matches(r->to, to, &to_is))
			continue;
		score = kind_is * 2 + to_is;
		if (score > most) {
			most = score;
			best = r;
		}
	}
	return best;
}
