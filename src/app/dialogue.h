/*
 * What a worker and Postgres have to say to each other: which deliveries it
 * gets, what became of them, that it lives. One connection, on which one
 * statement at a time is under way while requests go out and answers come in:
 * whatever has ended meanwhile is told by the next statement. So batches are
 * as large as they have to be, and nobody waits for one to fill. Each
 * statement is a transaction of its own; none needs the connection of the
 * one before (PgBouncer in transaction mode).
 *
 * When nothing is due it asks less and less often.
 */
#ifndef OFFHOOK_DIALOGUE_H
#define OFFHOOK_DIALOGUE_H

#include "../edge/queue.h"
#include "jobs.h"

#define DIALOGUE_STATEMENT_MS 10000

/* What was asked of Postgres. */
enum asked {
	ASKED_NOTHING,
	ASKED_CONNECTION,
	ASKED_DESTINATIONS,
	ASKED_FINISH,
	ASKED_BEAT,
	ASKED_TAKE,
	ASKED_ROUTE,
	ASKED_REPLAY,
	ASKED_GONE
};

/* When something is to be asked again; the pause grows while it is idle. */
struct pace {
	int64_t	at_ms;
	int64_t	pause_ms;
	bool	idle;		/* the last time there was nothing */
};

struct dialogue {
	const struct log	*log;
	struct jobs		*jobs;
	struct queue_worker	 self;
	char			 host[256];
	struct db		 db;
	enum asked		 asked;
	int64_t			 asked_ms;
	size_t			 asked_n;	/* results, or events */
	PGresult		*arrived;	/* tasks, not yet begun */
	int64_t			 arrived_ms;	/* when they were asked for */
	size_t			 finish_most;	/* results at once */
	struct pace		 route, take, replay;
	int64_t			 routed_ms;	/* asked for the last time */
	int64_t			 beat_ms, set_ms;
	int64_t			 finish_ms;	/* of the last results */
	int64_t			 connect_ms, connect_pause_ms;
	int64_t			 away_ms;	/* since when; 0: it is
						   there */
	int64_t			 turn_ms;	/* of the loop */
	bool			 stopping;	/* the caller's: get no more */
	bool			 known;		/* the beat was heard */
	bool			 refused;	/* it was not */
	bool			 finished;	/* asked last */
	bool			 hurried;	/* others may go then */
	bool			 took;		/* not routed, the last time */
	bool			 doubt;		/* leases may be lost: nothing
						   is to be sent */
	bool			 gone;		/* it has said good-bye */
	char			*low;		/* of worker_take, or NULL */
	char			*results;
	char			*lists[2];
};

/* url: of the database. False without memory or random bits. */
bool	dialogue_open(struct dialogue *, const char *url, struct jobs *,
	    const struct log *, int64_t lease_ms);
void	dialogue_close(struct dialogue *);
/* Hear what was answered, ask the next. Does not wait. */
void	dialogue_step(struct dialogue *, int64_t now);
/* When it wants to be called even if nothing comes on db_fd(). */
int64_t	dialogue_time(const struct dialogue *);
/* Nothing was due the last time; see worker_settings.once. */
bool	dialogue_is_idle(const struct dialogue *);
/* There are new events. */
void	dialogue_route_soon(struct dialogue *, int64_t now);

#endif
