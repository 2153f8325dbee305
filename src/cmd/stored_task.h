/*
 * Events as deliveries that nobody has made: to be sent, filtered or
 * transformed by hand.
 */
#ifndef OFFHOOK_STORED_TASK_H
#define OFFHOOK_STORED_TASK_H

#include "../core/task.h"
#include "cmd.h"

#define STORED_MOST 1000	/* of --last */

/* A stored event; false after a message. */
bool	stored_task(struct cli *, struct str id, struct task *);
/* An inbound message that never was; false after a message. */
bool	sample_task(struct cli *, struct task *);
/*
 * The ids that the operands from that one on name, else the newest ones,
 * --last of them (otherwise so many). 0, or the exit status after a message.
 */
int	stored_ids(struct cli *, size_t first, uint64_t otherwise,
	    struct str **ids, size_t *n);

#endif
