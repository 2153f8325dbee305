/*
 * The worker: routes what the front door has stored into deliveries, makes
 * those that are due, drains the spool, and tells of issues. Any number may
 * run, on many machines: Postgres decides who has what (sql/functions/
 * worker_*.sql), and a worker that dies is replaced when its leases end.
 */
#ifndef OFFHOOK_WORKER_H
#define OFFHOOK_WORKER_H

#include "../edge/config.h"

#define WORKER_MOST 128		/* deliveries at once, unless told */
#define WORKER_MAX_MOST 1024
#define WORKER_LEASE_MS 45000

struct worker_settings {
	bool	 once;		/* until nothing is due any more */
	int64_t	 max_ms;	/* begin nothing after that; 0: no limit */
	size_t	 most;		/* deliveries at once */
};

/*
 * Run until SIGTERM or SIGINT, or as the settings say. What is under way
 * then is finished, or given back after some seconds. Returns the exit
 * status: not 0 when it could not begin, or Postgres was away at the end.
 */
int	worker_run(const struct config *, const struct worker_settings *);

#endif
