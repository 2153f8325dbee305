/*
 * The worker's care for issues: it looks after what may become one
 * (watch.h) and tells people by the channels (notice.h). On a connection of
 * its own, and never waiting for long: deliveries go first.
 */
#ifndef OFFHOOK_TELL_H
#define OFFHOOK_TELL_H

#include "../edge/log.h"
#include "../edge/pool.h"
#include "notice.h"
#include "watch.h"

#define TELL_MOST 4		/* notices under way at once */

enum tell_asked {
	TELL_NOTHING,
	TELL_CONNECTION,
	TELL_WATCH,
	TELL_TAKE,
	TELL_DONE
};

/* A notice that this process has. */
struct tell_job {
	bool			 used;
	bool			 ended;		/* why says how, "": well */
	char			 why[256];
	char			 id[16];	/* the channel's */
	char			 lease[40];
	char			 channel[64];	/* its name */
	struct arena		 arena;		/* all that it points to */
	struct notice_order	 order;
};

struct tell {
	const struct config	*config;
	const struct log	*log;
	struct db		 db;
	struct pool		 pool;		/* opened when first needed */
	struct children		 children;
	bool			 has_pool, has_children;
	struct watch		 watch;
	struct tell_job		 job[TELL_MOST];
	enum tell_asked		 asked;
	struct tell_job		*asked_job;
	int64_t			 connect_ms, pause_ms;
	int64_t			 watch_ms, take_ms;
	bool			 watched, looked;
	bool			 told;	/* that it was refused */
};

void	tell_open(struct tell *, const struct config *, const struct log *);
/*
 * Go on; now: clock_monotonic_ms. Takes some 30 ms at most. Returns in how
 * many ms to call it again at the latest.
 */
int	tell_step(struct tell *, int64_t now);
/*
 * Whether it has looked at everything since it was opened, and nothing is
 * under way: a worker that runs once may end.
 */
bool	tell_is_done(const struct tell *);
/* What is under way is broken off: told again when its lease is over. */
void	tell_close(struct tell *);

/* Send one and wait for what becomes of it; else why says it. */
bool	tell_now(const struct config *, struct arena *,
	    const struct notice *, char why[256]);

#endif
