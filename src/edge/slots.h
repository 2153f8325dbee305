/*
 * How many processes may wait on applications at once: locks on bytes of
 * one file in OFFHOOK_STATE, which the kernel frees when a process dies.
 * Of `processes` (OFFHOOK_PROCESSES) at most half may wait (one at least),
 * and at most half of these on one application where there are several. A
 * quarter more may wait for what one of these is asking already.
 */
#ifndef OFFHOOK_SLOTS_H
#define OFFHOOK_SLOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "../core/str.h"

struct slots {
	const char	*state;		/* folder; NULL: no limit is known */
	size_t		 processes;
	int		 fd;		/* -1: not open */
};

/* Nothing is opened before the first slots_take. */
void	slots_open(struct slots *, const char *state, size_t processes);
void	slots_close(struct slots *);
/*
 * Take a slot for an application (its scheme://host:port); alone says that
 * the routes know no other. False: none is free. True too, without a
 * limit, where the file cannot be had: callers are not refused for that.
 */
bool	slots_take(struct slots *, struct str origin, bool alone);
/* Take a place to wait for another process's answer. */
bool	slots_wait(struct slots *);
/* Give back whatever was taken. */
void	slots_give(struct slots *);

#endif
