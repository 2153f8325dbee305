/*
 * The deliveries that a worker holds: each is made ready, sent, judged, and
 * becomes a result that Postgres has yet to be told. See worker.c, whose
 * loop calls these; nothing here waits or asks Postgres.
 */
#ifndef OFFHOOK_JOBS_H
#define OFFHOOK_JOBS_H

#include "../edge/log.h"
#include "../edge/pool.h"
#include "deliver.h"

/* What one destination may have of a worker at once, unless it says less. */
#define JOBS_MOST_EACH 64
#define JOBS_MOST_PROGRAMS 8	/* processes, of all destinations */

/* The destinations of one version; those who use it keep it. */
struct job_set {
	struct destinations	 to;
	struct arena		 arena;
	size_t			 users;
};

enum job_stage {
	JOB_TRANSFORM,	/* waits for the destination's function */
	JOB_HTTP,
	JOB_PROGRAM
};

struct job {
	struct job			*next;
	enum job_stage			 stage;
	bool				 asked;	/* its function is being */
	bool				 gone;	/* nobody waits for that */
	bool				 again;	/* it was cut off once */
	struct job_set			*set;
	const struct destination	*to;
	struct task			 task;
	struct deliver_order		 order;
	struct arena			 arena;
	int64_t				 begun_ms;	/* of the attempt, since
							   1970 */
};

/* An element of worker_finish()'s array. */
struct job_result {
	struct job_result	*next;
	size_t			 n;
	char			 json[];
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
	struct job_set		*set;		/* NULL: none is known */
	int64_t			 version;	/* its; -1 */
	struct job		*first;
	size_t			 n, most;
	struct job_result	*results;	/* in the order they came */
	struct job_result	**results_end;
	size_t			 nresults;
	struct job_counts	 counts;	/* since the caller set 0 */
	int64_t			 ahead_ms;	/* Postgres' clock, less
						   clock_monotonic_ms() */
	bool			 unknown;	/* a destination of another
						   version was met */
};

/* False when the system lacks something: said in the log. */
bool	jobs_open(struct jobs *, const struct config *, const struct log *,
	    size_t most);
void	jobs_close(struct jobs *);
/*
 * Take the destinations of this version; false when they cannot be read. One
 * that alone cannot be gets nothing, as if it were paused: said in the log.
 */
bool	jobs_load(struct jobs *, struct str destinations, int64_t version);
/*
 * Begin a delivery that was claimed; its texts are copied. late: its lease
 * may be over before it is done, so it goes back.
 */
void	jobs_add(struct jobs *, const struct task *, bool late);
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
/* Give all back that are not done; unless those under way may go on. */
void	jobs_give_back(struct jobs *);
/* Somebody else has it: break it off. */
void	jobs_lose(struct jobs *, int64_t id);

/* The first results, at most max of them, as a JSON array; how many. */
size_t	jobs_results(const struct jobs *, size_t max, struct out *);
/* Forget the first n: they are stored. */
void	jobs_stored(struct jobs *, size_t n);
/*
 * Whether one that has ended may let others go: of a lane, of a destination
 * that has so many at once, or of programs.
 */
bool	jobs_let_others_go(const struct jobs *);
/* {"destination": how many more it may have}, as worker_take() gets it. */
void	jobs_room(const struct jobs *, struct out *);
/* {destination,...} that worker_route() must not claim of. */
void	jobs_full(const struct jobs *, struct out *);
/* "{id,...}" and "{lease,...}" of all. */
void	jobs_leases(const struct jobs *, struct out *ids, struct out *leases);
/* What its loop waits for, at most 1 of n; the time until then in ms. */
size_t	jobs_poll(const struct jobs *, struct pollfd *, int *timeout_ms);

#endif
