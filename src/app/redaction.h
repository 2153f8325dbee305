/*
 * Leave out of an event, before it is stored, what OFFHOOK_REDACT says
 * (core/redact.h): of its bytes, the URL, the columns and the facts. Its
 * key, kind, SID, status and what a route is chosen by stay those of the
 * whole request.
 */
#ifndef OFFHOOK_REDACTION_H
#define OFFHOOK_REDACTION_H

#include "../core/redact.h"
#include "../edge/store.h"

/*
 * event is in->event, classified from in->raw with the help of source, as a
 * form or as an event of a batch (cloud) or as no more than JSON. False when
 * the arena is full.
 */
bool	redaction(const struct redact *, struct arena *,
	    const struct event_source *, bool cloud, struct event *,
	    struct store_ingest *);

#endif
