/*
 * The destinations of one version, as a worker knows them. A delivery keeps
 * those that it was begun with, whatever becomes of them meanwhile.
 */
#ifndef OFFHOOK_JOB_SET_H
#define OFFHOOK_JOB_SET_H

#include "../core/destination.h"
#include "../edge/log.h"

struct job_set {
	struct destinations	 to;
	struct arena		 arena;
	size_t			 users;
};

/*
 * Read worker_destinations()'s text; its only user is the caller. NULL when
 * it cannot be read. One that alone cannot be is there with broken set: said
 * in the log.
 */
struct job_set	*job_set_read(const struct log *, struct str);
struct job_set	*job_set_keep(struct job_set *);
/* NULL is nothing. */
void		 job_set_drop(struct job_set *);

#endif
