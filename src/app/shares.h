/*
 * How the places of a worker are shared by destinations: how many of each it
 * has under way, which ones it holds until there is a place, and how many it
 * claims ahead. Here is only counting; jobs.c sends.
 *
 * Under way: no destination may have more places than are left for the
 * others, so that some that never answer leave room for one that does; the
 * only one there is need leave none.
 * Ahead: as many as it has ended in the last AHEAD_MS. So while Postgres looks
 * for the next ones there is something to send; a destination that is slow
 * holds hardly any; and what a worker has taken from the others it will have
 * sent in a moment.
 */
#ifndef OFFHOOK_SHARES_H
#define OFFHOOK_SHARES_H

#include "../core/destination.h"

/* Under way of one destination, where the worker's settings do not say less. */
#define SHARES_MOST_EACH 64
#define SHARES_PROGRAMS_EACH 8		/* that are processes */
#define SHARES_PROGRAMS 32		/* of all destinations */
#define SHARES_AHEAD 1024		/* of all destinations, */
#define SHARES_AHEAD_BYTES ((size_t)16 << 20)	/* fewer of large events */

struct job;

struct share {
	int32_t		  destination;
	size_t		  sent;		/* under way */
	size_t		  held;		/* in the list */
	struct job	 *first;
	struct job	**end;
	size_t		  ended;	/* since shares.since_ms */
	size_t		  pace;		/* in the AHEAD_MS before */
};

struct shares {
	struct share	**at;		/* by destination */
	size_t		  n, cap;
	size_t		  turn;		/* whose it is */
	size_t		  most;		/* under way, of all */
	size_t		  sent, held;	/* of all */
	size_t		  programs;	/* of sent */
	size_t		  bytes;	/* of an event, of late */
	bool		  alone;	/* there is one destination only */
	int64_t		  since_ms;
};

void	shares_open(struct shares *, size_t most);
void	shares_close(struct shares *);
/* That of a destination; NULL without memory. It stays. */
struct share	*shares_of(struct shares *, int32_t destination);
/* An event of so many bytes was claimed. */
void	shares_size(struct shares *, size_t bytes);
/* Call it now and then: counts how fast they are. */
void	shares_clock(struct shares *, int64_t now);
/* Whether one more of it may be under way. */
bool	shares_may_send(const struct shares *, const struct share *,
	    const struct destination *);
/* How many more of it may be claimed; of one that is broken none. */
size_t	shares_room(const struct shares *, const struct destination *);
/* Whether it is time to: half of what is claimed ahead has gone out. */
bool	shares_wants(const struct shares *, const struct destination *);
/* How many more of all. */
size_t	shares_free(const struct shares *);

#endif
