/* The routes that are set, as the command line looks at them. */
#ifndef OFFHOOK_ROUTE_STORED_H
#define OFFHOOK_ROUTE_STORED_H

#include "../core/route.h"
#include "cmd.h"

/* What a key of a spec is for. */
enum key_use { KEY_NAME, KEY_CONDITION, KEY_REPLY, KEY_MORE };

struct route_key {
	const char	*name;	/* NULL ends the table */
	enum key_use	 use;
};

/* In the order in which a person reads a route. */
extern const struct route_key	route_keys[];

/*
 * Those of the database, with name and spec alone: what is wrong with one
 * does not matter to who replaces it. False after a message.
 */
bool	route_stored(struct cli *, struct routes *);
/* The same of a JSON array of specs, which is copied. */
void	route_stored_list(struct cli *, struct str specs, struct routes *);

#endif
