/*
 * Draining: what was spooled while Postgres was away (edge/spool.h) is
 * brought there, with its own time of arrival and the reply that was sent.
 *
 * A file goes when its event is on Postgres's disk; a crash between the two
 * only brings a duplicate. One that cannot be read, or that Postgres refuses
 * for what it says, goes into bad/, and issue spool.bad counts it.
 * Signatures are not verified again: tokens rotate.
 */
#ifndef OFFHOOK_DRAIN_H
#define OFFHOOK_DRAIN_H

#include "../edge/config.h"
#include "../edge/db.h"
#include "../edge/log.h"
#include "../edge/spool_take.h"

#define DRAIN_BATCH 64		/* files at once wait for Postgres's disk */

struct drain {
	struct spool		 spool;
	struct db		 db;
	struct log		 log;
	struct arena		 arena;	/* of one file */
	struct spool_list	 list;	/* to be drained; read anew when done */
	size_t			 next;
	size_t			 passed;	/* of it, for now */
	struct spool_hold	 hold[DRAIN_BATCH];	/* stored, and to be */
	size_t			 holds;			/* on the disk there */
	bool			 told;	/* issue spool.used, since it was
					   empty last */
};

struct drained {
	size_t	 stored;
	size_t	 bad;		/* set aside */
	size_t	 left;		/* files in the spool, as far as known */
	bool	 away;		/* Postgres is; nothing more was tried */
	bool	 busy;		/* another one drains this folder */
	char	 error[256];	/* what went wrong last, or "" */
};

void	drain_open(struct drain *, const struct config *);
void	drain_close(struct drain *);
/*
 * Drain at most limit files, beginning none after deadline_ms
 * (clock_monotonic_ms). It blocks for at most STORE_DEADLINE_MS more. Cheap
 * when there is nothing to do: one readdir, and no connection.
 */
void	drain_step(struct drain *, size_t limit, int64_t deadline_ms,
	    struct drained *);

#endif
