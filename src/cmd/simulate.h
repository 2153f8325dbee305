/*
 * Whole lives of messages and calls, as a plan of requests, and what must
 * have come of them. simulate_plan.c makes the plan, cmd_simulate.c sends
 * it, simulate_check.c judges.
 */
#ifndef OFFHOOK_SIMULATE_H
#define OFFHOOK_SIMULATE_H

#include "sample.h"
#include "shoot.h"
#include "table.h"

#define SIMULATE_MAX_MESSAGES 20000

/* What the reply must be. */
enum want {
	WANT_TWIML,		/* 200, TwiML that is well-formed */
	WANT_NOTHING,		/* 204, or 200 and an empty Response */
	WANT_FORBIDDEN		/* 403: the signature is of another token */
};

/* One message or call, or one leg of a call. */
struct life {
	char		 digits[33];	/* of its SIDs, behind the letters */
	char		 other[35];	/* SID of the other leg; "": none */
	const char	*prefix;	/* of the row's SID; NULL: no row */
	const char	*status;	/* the row's at the end; NULL: no row */
	const char	*error;		/* its error code; NULL: none */
};

/* One request. */
struct step {
	const struct sample	*sample;
	size_t			 life;
	size_t			 number;	/* of its token; a duplicate
						   has that of its first */
	int64_t			 due_ms;	/* after the beginning */
	const char		*status;	/* NULL: the sample's */
	const char		*error;
	const char		*seq;
	enum want		 want;
};

struct plan {
	struct cli	*cli;
	struct step	*step;
	size_t		 nsteps;
	size_t		 max_steps;
	struct life	*life;
	size_t		 nlives;
	size_t		 numbers;	/* given so far */
	uint64_t	 random;	/* state of the generator */
	uint64_t	 tokens;	/* from which tokens are made */
	int64_t		 time_ms;	/* of the beginning, since 1970 */
};

/* How a storm differs from its lives told one after the other. */
struct storm {
	uint64_t	messages;
	uint64_t	rate;		/* a second; 0: as fast as it can */
	double		duplicates;	/* 0 to 1 */
	double		drop;
	bool		shuffle;
};

/*
 * The plan of a scenario; false when there is none of that name. Equal
 * random states make equal plans.
 */
bool	plan_make(struct plan *, const char *scenario, const struct storm *);
/* The next scenario's name of "all", from at = 0; NULL behind the last. */
const char	*plan_scenario(size_t at);
/* The SID of a step's sample, and the step's token, at most 40 bytes. */
void	plan_sid(const struct plan *, const struct step *, char out[40]);
void	plan_token(const struct plan *, const struct step *, char out[40]);

/*
 * Add a row a check to a table with the columns scenario, check, wanted,
 * seen, ok. True when all are.
 */
bool	check_replies(struct table *, const char *scenario,
	    const struct plan *, const struct shot *);
/* The same of the rows in the database. */
bool	check_rows(struct table *, const char *scenario,
	    const struct plan *);

#endif
