/*
 * The worker's door to the database: what it sends, and how it reads the
 * answer, of each SQL function of the queue (sql/functions/worker_*.sql).
 * Every send is one statement of its own transaction, begun with db_send:
 * the caller waits with db_step. A connection that stands is assumed.
 */
#ifndef OFFHOOK_QUEUE_H
#define OFFHOOK_QUEUE_H

#include "../core/task.h"
#include "db.h"

/* What of type offhook.task the functions below read. */
#define QUEUE_COLUMNS "id, lease, tries, destination, routed_at, event_id, " \
	"event_at, account, kind, sid, status, verdict, error_code, from_, " \
	"to_, parent, method, format, token, url, raw, trigger, info"

struct queue_worker {
	char		id[37];		/* a random UUID for each start */
	const char	*host;
	int		 pid;
	int64_t		 lease_ms;
	int64_t		 deadline_ms;	/* of a statement, from its start */
};

/* version: of the destinations that are known; -1: none are. */
void	queue_send_destinations(struct db *, const struct queue_worker *,
	    int64_t version);
/*
 * The destinations' specs as a JSON array, a view of the answer; absent when
 * version is still theirs.
 */
struct str	queue_destinations(const PGresult *, int64_t *version);

/*
 * Route at most limit events; claim at most room of the deliveries. skip:
 * "{1,2}", destinations that nothing shall be claimed of.
 */
void	queue_send_route(struct db *, const struct queue_worker *, int limit,
	    int room, const char *skip);
/*
 * Claim at most room deliveries that are due. most: {"destination": n} as
 * JSON; low: where to look from, as an earlier answer said, or NULL for
 * everywhere.
 */
void	queue_send_take(struct db *, const struct queue_worker *, int room,
	    const char *most, const char *low);
/* Make the next deliveries of running replays, at most limit. */
void	queue_send_replay(struct db *, const struct queue_worker *,
	    int limit);
/*
 * How many events were routed, or deliveries claimed or made: what the
 * answer's first row says. *low: see queue_send_take; absent: none.
 */
int64_t	queue_count(const PGresult *, struct str *low);
/*
 * Of worker_take(): ms until one more may be claimed that a destination's
 * rate held back; 0: there is none.
 */
int64_t	queue_wait(const PGresult *);
/* Of worker_route(): how many deliveries are due, and were not claimed. */
int64_t	queue_left(const PGresult *);
/* Postgres' time in ms since 1970, as the answer's first row says. */
int64_t	queue_now(const PGresult *);
/* The number of tasks of an answer, which begin at row 1. */
int	queue_tasks(const PGresult *);
/* A task; its texts are views of the answer. False: a broken row. */
bool	queue_task(const PGresult *, int row, struct task *);

/* results: a JSON array, see sql/functions/worker_finish.sql. */
void	queue_send_finish(struct db *, const struct queue_worker *,
	    const char *results);
/* The id of a delivery that somebody else has meanwhile; 0: it is done. */
int64_t	queue_late(const PGresult *, int row);
/*
 * A destination that takes nothing for now, so that what is claimed of it and
 * not sent has to go back; 0: the row says something else.
 */
int32_t	queue_closed(const PGresult *, int row);

/*
 * Say that this worker lives, and keep the leases ("{id,...}", "{uuid,
 * ...}"). The answer has the ids of those that are lost: queue_id.
 */
void	queue_send_beat(struct db *, const struct queue_worker *,
	    const char *ids, const char *leases);
int64_t	queue_id(const PGresult *, int row);
/* Say that it ends. */
void	queue_send_gone(struct db *, const struct queue_worker *);

#endif
