/* Routes as YAML: what route_files_read() reads back as the same routes. */
#ifndef OFFHOOK_ROUTE_EMIT_H
#define OFFHOOK_ROUTE_EMIT_H

#include "../core/route.h"
#include "cmd.h"

/* All of them, as one list; false after a message. */
bool	route_emit(struct cli *, const struct routes *, struct out *);

#endif
