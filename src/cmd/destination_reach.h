/* Whether a worker with the settings of here is let where deliveries go. */
#ifndef OFFHOOK_DESTINATION_REACH_H
#define OFFHOOK_DESTINATION_REACH_H

#include "../core/destination.h"
#include "cmd.h"

enum reach {
	REACH_GOOD,
	REACH_UNKNOWN,		/* there is no such host, or it was not asked */
	REACH_PRIVATE,		/* an address that must be allowed */
	REACH_PROGRAM		/* one that is not run */
};

/* dns: whether names are looked up, which may take a while. why: in words. */
enum reach	destination_reach(struct cli *, const struct destination *,
		    bool dns, char why[512]);

#endif
