/*
 * What a worker looks after beside deliveries: whether something is pending
 * for too long, whether this machine's responder refuses one request after
 * another for its signature, whether its spool is empty again. What it finds
 * are issues; what is over is resolved (sql/functions/issue_settle.sql).
 */
#ifndef OFFHOOK_WATCH_H
#define OFFHOOK_WATCH_H

#include "../edge/config.h"
#include "../edge/db.h"
#include "../edge/ring.h"

#define WATCH_PENDING "15 minutes"	/* older is an issue, pending.old */
#define WATCH_FAILURES 10		/* refused in a row, */
#define WATCH_WITHIN_MS 3600000		/* within so long */

struct watch {
	const char	*spool;		/* folder; NULL: there is none */
	char		 host[256];	/* the issues' subject */
	struct ring	 ring;
	struct arena	 arena;		/* one of its entries */
	uint64_t	 last;		/* entry that was looked at */
	bool		 failed;	/* what follows is to be told */
	char		 first_at[25];	/* "": not enough for an issue */
	char		 last_at[25];
	char		 detail[512];
};

void	watch_open(struct watch *, const struct config *);
void	watch_close(struct watch *);
/*
 * Look at this machine (a few ms), and send the one statement that looks at
 * the database and tells it what was seen. The connection stands.
 */
void	watch_send(struct watch *, struct db *, int64_t deadline_ms);
/* Its answer. */
void	watch_heard(struct watch *, const PGresult *);

#endif
