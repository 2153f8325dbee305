/*
 * Asks the functions of the user's that make deliveries' bodies
 * (offhook.transform_sql()), one at a time and on a connection of its own:
 * a slow one holds up its own destination's deliveries and no other's.
 */
#ifndef OFFHOOK_TRANSFORM_H
#define OFFHOOK_TRANSFORM_H

#include "../edge/db.h"
#include "jobs.h"

#define TRANSFORM_MOST_MS 10000	/* or the destination's time-out, if less */

struct transform {
	struct db	 db;
	struct job	*job;		/* whose function is being asked */
	int64_t		 connect_ms;	/* not before */
	int64_t		 pause_ms;
};

void	transform_open(struct transform *, const char *url);
void	transform_close(struct transform *);
/* Take what came, and ask the next one. Does not wait. */
void	transform_step(struct transform *, struct jobs *, int64_t now);
/* When it wants to be called even if nothing comes on db_fd(). */
int64_t	transform_time(const struct transform *, const struct jobs *,
	    int64_t now);

#endif
