/*
 * What the command line asks of the database: an enumerated list of
 * statements, which use nothing but offhook's views and functions.
 */
#ifndef OFFHOOK_QUERY_H
#define OFFHOOK_QUERY_H

#include "cmd.h"
#include "table.h"

enum query {
	QUERY_EVENTS,		/* limit */
	QUERY_EVENT,		/* id, first and last moment it can be of */
	QUERY_RESOURCE,		/* sid */
	QUERY_RELATED,		/* sid */
	QUERY_TIMELINE,		/* sid */
	QUERY_ROUTES,		/* their version, and all specs */
	QUERY_ROUTE_LIST,
	QUERY_ROUTE_SET,	/* kind, to, reply, http, in trouble,
				   whether it is a template */
	QUERY_ROUTE_DELETE,	/* kind, to */
	QUERY_ROUTE_DROP,	/* name */
	QUERY_ROUTE_APPLY,	/* specs, comment, version they replace */
	QUERY_ROUTE_HISTORY,	/* limit */
	QUERY_ROUTE_VERSION,	/* version */
	QUERY_ROUTE_PREVIOUS,	/* the version before the last one */
	QUERY_ROUTE_ROLLBACK,	/* version, comment */
	QUERY_SERVER,
	QUERY_SCHEMA,
	QUERY_RIGHTS,		/* user */
	QUERY_LOGIN,
	QUERY_MIGRATIONS,
	QUERY_PARTITIONS,
	QUERY_ISSUES,
	QUERY_ISSUE_LIST,	/* state, type, limit */
	QUERY_ISSUE_SHOW,	/* id, or type and subject */
	QUERY_CHANNEL_SET,	/* name, changes */
	QUERY_CHANNEL_LIST,
	QUERY_CHANNEL_DELETE,	/* name */
	QUERY_CHANNEL_TARGET,	/* name */
	QUERY_ROLE,
	QUERY_STATUSES,		/* array of SIDs */
	QUERY_EVENT_COUNTS,	/* array of SIDs */
	QUERY_HOUSE_MAKE,	/* months ahead */
	QUERY_HOUSE_MOVE,	/* pages */
	QUERY_HOUSE_DROP,
	QUERY_HOUSE_STRIP,	/* pages */
	QUERY_HOUSE_PURGE,	/* table, pages */
	QUERY_HOUSE_DONE,
	QUERY_HOUSE_PLAN,	/* months ahead */
	QUERY_HOUSE_PERIODS,
	QUERY_HOUSE_SET,	/* what, period */
	QUERY_HOUSE_STATUS,
	QUERY_DESTINATION_LIST,
	QUERY_DESTINATION_SHOW,	/* name */
	QUERY_DESTINATION_SPEC,	/* name */
	QUERY_DESTINATIONS_KNOWN, /* version */
	QUERY_DESTINATION_ADD,	/* name, spec, secret */
	QUERY_DESTINATION_SET,	/* name, changes */
	QUERY_DESTINATION_PENDING, /* name */
	QUERY_DESTINATION_DELETE, /* name */
	QUERY_DESTINATION_PAUSE, /* name */
	QUERY_DESTINATION_RESUME, /* name */
	QUERY_DESTINATION_ROTATE, /* name, how long the old one is kept */
	QUERY_DESTINATION_DROP_OLD, /* name */
	QUERY_DESTINATION_FILTER, /* name, event */
	QUERY_FILTER_CHECK,	/* filter */
	QUERY_FILTER_TEST,	/* filter; as QUERY_EVENT */
	QUERY_TRANSFORM,	/* destination's id, event */
	QUERY_TRANSFORM_CHECK,	/* function */
	QUERY_TASK,		/* as QUERY_EVENT */
	QUERY_DELIVERY,		/* id */
	QUERY_DELIVERY_WAITS,	/* id */
	QUERY_DELIVERIES_OF,	/* event */
	QUERY_ATTEMPTS,		/* delivery's id */
	QUERY_DELIVERY_RETRY,	/* id */
	QUERY_DELIVERY_CANCEL,	/* id, reason */
	QUERY_DLQ_LIST,		/* destination, reason, kind, number, since,
				   until */
	QUERY_DLQ_COUNT,	/* the same */
	QUERY_DLQ_RETRY,	/* the same */
	QUERY_DLQ_PURGE,	/* the same */
	QUERY_NOW,
	QUERY_STATUS_NAMES,	/* "message" or "call" */
	QUERY_REPLAY_PLAN,	/* plan, deliveries a second */
	QUERY_REPLAY_RUN,	/* id */
	QUERY_REPLAY_STATUS,	/* id; null: the last ones */
	QUERY_REPLAY_CANCEL,	/* id */
	QUERY_WORK,		/* our own version */
	QUERY_RESTING,
	QUERY_DEAD,
	QUERY_TWICE		/* always fails: OF900 and what it saw */
};

#define QUERIES (QUERY_TWICE + 1)

extern const char *const	query_statements[QUERIES];

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
/* The same with a statement put together from fixed pieces. */
PGresult	*query_run_text(struct cli *, const char *sql,
		    const struct str *params, size_t nparams);
/*
 * Run one and print its rows as a list, as cli_table does; 0, or EXIT_FAILURE
 * after a message.
 */
int		 query_list(struct cli *, enum query, const struct str *params,
		    size_t nparams, const char *const *columns,
		    const char *none);
/* Whether it has the form of an event's id. */
bool		 query_is_event(struct str id);
/* An event's id, and the first and last moment that it can be of. */
void		query_event_time(struct cli *, struct str id,
		    struct str params[3]);
/* QUERY_EVENT of one; NULL after a message, also when there is none. */
PGresult	*query_event(struct cli *, struct str id);
/* Say that there is no such event. */
void		 query_no_event(struct str id);
/* QUERY_REPLAY_STATUS of one; likewise. */
PGresult	*query_replay(struct cli *, struct str id);
/* What query_run says of a failure: the error, and what to do. */
void		 query_error(const struct db_answer *);
/* Whether the destination is there; false after a message. */
bool		 query_destination(struct cli *, struct str name);
/* A field, or the absent value for null. */
struct str	 query_field(const PGresult *, int row, int column);
/* Whether a column's type is an integer. */
bool		 query_is_number(const PGresult *, int column);
/* A row, or all of them, as cells; numbers, booleans and JSON by their type. */
void		 query_add_row(struct table *, const PGresult *, int row);
void		 query_add_rows(struct table *, const PGresult *);

#endif
