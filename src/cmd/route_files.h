/*
 * Routes as files: routes/NAME.yaml, each a list of routes with the keys of
 * a route's spec (docs/routes.md). The order is that of the files' names,
 * and within a file that of its lines.
 */
#ifndef OFFHOOK_ROUTE_FILES_H
#define OFFHOOK_ROUTE_FILES_H

#include "../core/route.h"
#include "cmd.h"

/*
 * Read and check all routes of these files and folders ("-": standard
 * input; none: the folder "routes"). False after messages, one for each
 * fault that was found: FILE:LINE:COLUMN: what, and how to mend it.
 */
bool	route_files_read(struct cli *, const char *const *paths, size_t npaths,
	    struct routes *);
/* The specs as one JSON array, in their order. */
struct str	route_specs(struct cli *, const struct routes *);

#endif
