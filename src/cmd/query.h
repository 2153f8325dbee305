/*
 * What the command line asks of the database: an enumerated list of
 * statements, which use nothing but offhook's views and functions.
 */
#ifndef OFFHOOK_QUERY_H
#define OFFHOOK_QUERY_H

#include "cmd.h"

enum query {
	QUERY_EVENTS,		/* limit */
	QUERY_EVENT,		/* id, first and last moment it can be of */
	QUERY_RESOURCE,		/* sid */
	QUERY_TIMELINE,		/* sid */
	QUERY_ROUTES,
	QUERY_ROUTE_SET,	/* kind, to, twiml */
	QUERY_ROUTE_DELETE,	/* kind, to */
	QUERY_SERVER,
	QUERY_SCHEMA,
	QUERY_RIGHTS,		/* user */
	QUERY_LOGIN,
	QUERY_MIGRATIONS,
	QUERY_PARTITIONS,
	QUERY_ISSUES,
	QUERY_ROLE,
	QUERY_TWICE		/* always fails: OF900 and what it saw */
};

#define QUERIES (QUERY_TWICE + 1)

/*
 * Run one with text parameters (absent: null). The rows, valid until
 * PQclear; NULL after a message that says what to do.
 */
PGresult	*query_run(struct cli *, enum query, const struct str *params,
		    size_t nparams);
/* The same on another connection, without a message: error gets it. */
PGresult	*query_try(struct cli *, struct db *, enum query,
		    const struct str *params, size_t nparams,
		    struct db_answer *);
/* A field, or the absent value for null. */
struct str	 query_field(const PGresult *, int row, int column);

#endif
