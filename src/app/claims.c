/* What may be claimed, and what is. See claims.h. */
#include "claims.h"

#define ROUTE_MOST 500		/* events at once */
#define ROUTE_LEAST 32

void
claims_room(const struct jobs *j, struct out *o)
{
	size_t	i;

	out_char(o, '{');
	for (i = 0; j->set != NULL && i < j->set->to.n; i++) {
		out_cstr(o, i > 0 ? ",\"" : "\"");
		out_int(o, j->set->to.at[i].id);
		out_cstr(o, "\":");
		out_int(o, (int64_t)shares_room(&j->shares,
		    &j->set->to.at[i]));
	}
	out_char(o, '}');
	out_char(o, '\0');
}

/*
 * How many deliveries worker_route() may claim of it. Programs are few, and
 * worker_take() claims them one by one.
 */
static size_t
routable(const struct jobs *j, const struct destination *to)
{
	return to->url == NULL ? 0 : shares_room(&j->shares, to);
}

bool
claims_wanted(const struct jobs *j, bool routed)
{
	const struct destination	*to;
	size_t				 i;

	if (j->n == 0)
		return true;
	for (i = 0; shares_free(&j->shares) > 0 && i < j->set->to.n; i++) {
		to = &j->set->to.at[i];
		if ((!routed || routable(j, to) > 0) &&
		    shares_wants(&j->shares, to))
			return true;
	}
	return false;
}

/*
 * An event may become a delivery of each. Those that have room for few only
 * would make it a small step for all.
 */
size_t
claims_routable(const struct jobs *j, size_t *claims, struct out *skip)
{
	const struct destinations	*to = j->set == NULL ? NULL :
					    &j->set->to;
	size_t				 i, n, best = 0, least = ROUTE_MOST;

	for (i = 0; to != NULL && i < to->n; i++) {
		n = routable(j, &to->at[i]);
		best = n > best ? n : best;
	}
	*claims = 0;
	out_char(skip, '{');
	for (i = 0; to != NULL && i < to->n; i++) {
		n = routable(j, &to->at[i]);
		if (n > 0 && n >= best / 2) {
			*claims += n;
			least = n < least ? n : least;
			continue;
		}
		if (skip->n > 1)
			out_char(skip, ',');
		out_int(skip, to->at[i].id);
	}
	out_char(skip, '}');
	out_char(skip, '\0');
	n = shares_free(&j->shares);
	if (*claims > n)
		*claims = n;
	return least < ROUTE_LEAST ? ROUTE_LEAST : least;
}

void
claims_leases(const struct jobs *j, struct out *ids, struct out *leases)
{
	const struct job	*job;

	out_char(ids, '{');
	out_char(leases, '{');
	for (job = j->first; job != NULL; job = job->next) {
		if (job->gone)
			continue;
		if (ids->n > 1) {
			out_char(ids, ',');
			out_char(leases, ',');
		}
		out_int(ids, job->task.id);
		out_uuid(leases, job->task.lease);
	}
	out_cstr(ids, "}");
	out_cstr(leases, "}");
	out_char(ids, '\0');
	out_char(leases, '\0');
}
