/*
 * Read one value of a flat JSON object: strings, numbers, true, false and
 * null (RFC 8259), no arrays and no objects within. It is what a responder
 * answers to a probe; as a stranger's server may answer too, whatever is
 * not that is nothing.
 */
#ifndef OFFHOOK_FLAT_H
#define OFFHOOK_FLAT_H

#include "arena.h"

/* Whether the text is one flat object and nothing else. */
bool		flat_valid(struct str json);
/*
 * The value of a name: a string decoded into the arena, other values as
 * they stand, the absent value for null and for a name that is not there.
 * The object must be valid.
 */
struct str	flat_get(struct arena *, struct str json, const char *name);

#endif
