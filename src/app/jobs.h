/*
 * The deliveries that a worker has claimed: each is held until there is a
 * place for it, made ready, sent, judged, and becomes a result that Postgres
 * has yet to be told. See worker.c, whose loop calls these; nothing here
 * waits or asks Postgres.
 */
#ifndef OFFHOOK_JOBS_H
#define OFFHOOK_JOBS_H

#include "../edge/log.h"
#include "../edge/pool.h"
#include "deliver.h"
#include "job_set.h"
#include "results.h"
#include "shares.h"

enum job_stage {
	JOB_HELD,
	JOB_TRANSFORM,	/* waits for the destination's function */
	JOB_HTTP,
	JOB_PROGRAM
};

struct job {
	struct job			*next, **before;	/* of all */
	struct job			*behind;	/* in its share */
	enum job_stage			 stage;
	bool				 asked;	/* its function is being */
	bool				 gone;	/* nobody waits for that */
	bool				 again;	/* it was cut off once */
	struct job_set			*set;
	const struct destination	*to;
	struct share			*share;
	int64_t				 leased_ms;	/* its claim was asked
							   for, monotonic */
	struct task			 task;
	struct deliver_order		 order;
	struct arena			 arena;	/* unless it is held */
	int64_t				 begun_ms;	/* of the attempt, since
							   1970 */
	char				 text[];	/* of task */
};

struct job_counts {
	int64_t	delivered, retried, dead;
};

struct jobs {
	const struct log	*log;
	struct deliver		 deliver;
	struct pool		 pool;
	struct children		 children;
	struct arena		 scratch;
	struct arena		*spare;		/* of those that were sent */
	size_t			 nspare;
	struct job_set		*set;		/* NULL: none is known */
	int64_t			 version;	/* its; -1 */
	struct job		*first;
	size_t			 n;
	size_t			 transforms;	/* of n, in that stage */
	struct shares		 shares;
	struct results		 results;
	bool			 hurry;	/* somebody waits for one of them;
					   the caller sets false */
	struct job_counts	 counts;	/* since the caller set 0 */
	uint64_t		 random;	/* the state of its generator */
	int64_t			 lease_ms;
	int64_t			 kept_ms;	/* when the leases of all were
						   asked to go on */
	int64_t			 ahead_ms;	/* Postgres' clock, less
						   clock_monotonic_ms() */
	bool			 unknown;	/* a destination of another
						   version was met */
};

/* False when the system lacks something: said in the log. */
bool	jobs_open(struct jobs *, const struct config *, const struct log *,
	    size_t most, int64_t lease_ms);
void	jobs_close(struct jobs *);
/* Take the destinations of this version; false when they cannot be read. */
bool	jobs_load(struct jobs *, struct str destinations, int64_t version);
/*
 * Hold a delivery whose claim was asked for at leased_ms; its texts are
 * copied.
 */
void	jobs_add(struct jobs *, const struct task *, int64_t leased_ms);
/*
 * Send those that are held and have a place: each destination in its turn.
 * One whose lease may end before it is done goes back, and one that has
 * waited for some seconds: another worker may have a place.
 */
void	jobs_send(struct jobs *, int64_t now);
/* Judge what has ended. */
void	jobs_collect(struct jobs *);
/* The next one whose function has to be asked, or NULL. */
struct job	*jobs_transform(const struct jobs *);
/*
 * What its function said: an absent body without an error: it wants no
 * delivery; error: why it failed.
 */
void	jobs_transformed(struct jobs *, struct job *, struct str body,
	    const char *error);
/* Give back what is held, of one destination or of all (0). */
void	jobs_put_back(struct jobs *, int32_t destination);
/* Give all back that are not done; unless those under way may go on. */
void	jobs_give_back(struct jobs *);
/* Somebody else has it: break it off. */
void	jobs_lose(struct jobs *, int64_t id);

/* What its loop waits for, at most 1 of n; the time until then in ms. */
size_t	jobs_poll(const struct jobs *, struct pollfd *, int *timeout_ms);

#endif
