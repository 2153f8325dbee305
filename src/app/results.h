/*
 * What became of deliveries, until Postgres has been told: the elements of
 * worker_finish()'s array, in the order in which they came.
 */
#ifndef OFFHOOK_RESULTS_H
#define OFFHOOK_RESULTS_H

#include "deliver.h"

struct results {
	struct result	 *first;
	struct result	**end;
	size_t		  n;
};

void	results_open(struct results *);
void	results_close(struct results *);
/*
 * Keep one. verdict: NULL when nothing was sent. Without memory for it it is
 * left out: the lease runs out, and the delivery is made again.
 */
void	results_add(struct results *, const struct task *,
	    const char *outcome, int64_t begun_ms,
	    const struct deliver_verdict *);
/* The first ones, at most max of them, as a JSON array; how many. */
size_t	results_json(const struct results *, size_t max, struct out *);
/* Forget the first n: they are stored. */
void	results_drop(struct results *, size_t n);

#endif
