/*
 * A probe: a request that asks the responder what it sees, and has no
 * effect. Only a holder of an AuthToken can make one (core/ticket.h); a
 * header that is forged or stale changes nothing, so that a stranger
 * learns nothing, not even that there are probes. For `offhook doctor`.
 */
#ifndef OFFHOOK_PROBE_H
#define OFFHOOK_PROBE_H

#include "webhook.h"

/* Whether a token of ours made the request's ticket within a minute. */
bool	probe_is_ours(const struct webhook *, struct request *,
	    int64_t now_ms);
/*
 * Fill the reply, after what the ticket asks for, a wait or a try of the
 * responder's own database (which may last for as long as a request's): 200
 * and a flat JSON object, whatever else is wrong with the request. refused is
 * why it would have been refused, as a word; NULL: it would have been accepted.
 */
void	probe_answer(struct webhook *, struct request *,
	    const char *refused, struct reply *);

#endif
