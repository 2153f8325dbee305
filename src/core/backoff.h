/*
 * When a delivery that failed is tried again, and after which statuses it
 * is: all a function of its arguments.
 */
#ifndef OFFHOOK_BACKOFF_H
#define OFFHOOK_BACKOFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "out.h"
#include "str.h"

#define BACKOFF_MAX_STEPS 64
#define BACKOFF_MAX_MS 604800000	/* 7 days: of any one pause */
#define BACKOFF_MAX_STATUSES 32
#define BACKOFF_MAX_RETRY_AFTER_MS 86400000	/* a day */

/*
 * A list of pauses, the last of which repeats; or, without one, pauses at
 * random from 0 to a limit that doubles from first_ms to cap_ms (full
 * jitter).
 */
struct backoff {
	int64_t	step_ms[BACKOFF_MAX_STEPS];
	size_t	steps;
	int64_t	first_ms;
	int64_t	cap_ms;
};

/*
 * The pause after the attempt of that number, from 1; random: any number of
 * 64 random bits.
 */
int64_t	backoff_delay(const struct backoff *, int attempt, uint64_t random);

struct backoff_range {
	int	from, to;	/* both included */
	bool	not;
};

/* Which statuses are tried again. */
struct backoff_statuses {
	struct backoff_range	at[BACKOFF_MAX_STATUSES];
	size_t			n;
};

/*
 * "408 429 500-599 !501": statuses and ranges between blanks or commas; the
 * last one that has a status decides, and one behind ! excludes. When the
 * first one excludes, a status that none has is retried, else not. False:
 * *why says what is wrong.
 */
bool	backoff_statuses_parse(struct str, struct backoff_statuses *,
	    struct out *why);
bool	backoff_statuses_has(const struct backoff_statuses *, long status);
/*
 * Retry-After (RFC 9110 section 10.2.3), seconds or an HTTP-date, as ms from
 * now on, 0 to BACKOFF_MAX_RETRY_AFTER_MS; -1 when it is absent or neither.
 */
int64_t	backoff_retry_after(struct str, int64_t now_ms);

#endif
