/*
 * What a worker asks Postgres for, by the places it has: the arguments of
 * worker_take(), worker_route() and worker_beat().
 */
#ifndef OFFHOOK_CLAIMS_H
#define OFFHOOK_CLAIMS_H

#include "jobs.h"

/* {"destination": how many more it may have}, as worker_take() gets it. */
void	claims_room(const struct jobs *, struct out *);
/* Whether it is time to claim more; routed: of what is routed just then. */
bool	claims_wanted(const struct jobs *, bool routed);
/*
 * For worker_route(): how many events it may claim deliveries of, *claims:
 * how many of these, and {destination,...} that it must not claim of.
 */
size_t	claims_routable(const struct jobs *, size_t *claims, struct out *skip);
/* "{id,...}" and "{lease,...}" of all. */
void	claims_leases(const struct jobs *, struct out *ids, struct out *leases);

#endif
