/* A destination as the workers know it, its secrets included. */
#ifndef OFFHOOK_DESTINATION_KNOWN_H
#define OFFHOOK_DESTINATION_KNOWN_H

#include "../core/destination.h"
#include "../core/task.h"
#include "cmd.h"

/*
 * The one of that name; NULL after a message, also when its spec cannot be
 * read.
 */
const struct destination	*destination_known(struct cli *,
				    const char *name);
/*
 * What its transform_sql makes of the event, which runs: absent without one.
 * False after a message, also when it gives nothing: then no delivery is
 * made.
 */
bool	destination_transform(struct cli *, const struct destination *,
	    const struct task *, struct str *body);

#endif
