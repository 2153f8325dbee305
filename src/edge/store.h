/*
 * The door to the database: one C function for each SQL function that the
 * responder calls. One struct in, one verdict out, nothing held between.
 */
#ifndef OFFHOOK_STORE_H
#define OFFHOOK_STORE_H

#include "../core/event.h"
#include "db.h"

#define STORE_DEADLINE_MS 2500	/* for all a request asks of Postgres */

/* What ingest is told: see sql/functions/ingest.sql. */
struct store_ingest {
	unsigned char		 id[16];
	int64_t			 received_ms;
	struct str		 account;
	const struct event	*event;
	struct str		 method;
	struct str		 url;		/* UTF-8, secrets masked */
	struct str		 token;		/* UTF-8 */
	bool			 json;		/* else a form */
	struct str		 raw;		/* body, or a GET's query */
	int64_t			 routes;	/* version; -1: do not check */
	const char		*issue;		/* NULL: none */
	int			 http;
	const char		*type;		/* NULL: none */
	struct str		 reply;
	struct str		 route;		/* its name; absent: none */
	const char		*reason;	/* of a fallback, or NULL */
	struct str		 session;	/* a patch (JSON), or absent */
	int64_t			 ask_ms;	/* the reply is to be made
						   within; 0: it is here */
	bool			 spooled;	/* need not be on the disk
						   before store_flush() */
};

enum store_result {
	STORE_NEW,
	STORE_DUPLICATE,	/* its first answer is in the verdict */
	STORE_ASK,		/* ours to be made and decided */
	STORE_PENDING,		/* somebody else is making it */
	STORE_ROUTES,		/* the snapshot is old; nothing was written */
	STORE_SESSION,		/* the session has changed; likewise */
	STORE_FOREIGN,		/* the resource is another account's */
	STORE_DOWN		/* not stored, as far as we know */
};

struct store_verdict {
	struct str	 verdict;	/* SQL's word, for the log */
	int		 http;
	struct str	 type;		/* absent: none */
	struct str	 reply;
	char		 error[256];	/* on STORE_DOWN */
};

/* Texts of the verdict are copied into the arena. */
enum store_result	store_ingest(struct db *, struct arena *,
			    const struct store_ingest *, int64_t deadline_ms,
			    struct store_verdict *);

/* Whether all that was spooled and is stored is on Postgres's disk now. */
bool	store_flush(struct db *, int64_t deadline_ms, char error[256]);

/*
 * What became of an answer that is being made: STORE_PENDING, STORE_DUPLICATE
 * with the answer, or STORE_ASK: who made it is gone, and it is ours for
 * lease_ms; 0: we do not take it.
 */
enum store_result	store_await(struct db *, struct arena *,
			    const struct event *, int64_t lease_ms,
			    int64_t deadline_ms, struct store_verdict *);

/* An answer for offhook.decide(). */
struct store_decision {
	const struct event	*event;
	int			 http;
	const char		*type;		/* NULL: none */
	struct str		 reply;
	const char		*reason;	/* of a fallback, or NULL */
	const char		*issue;		/* NULL: none */
	struct str		 route;
	int64_t			 took_ms;	/* -1: nobody was asked */
	int64_t			 budget_ms;
	struct str		 session;	/* a patch (JSON), or absent */
};

/*
 * Offer an answer. The verdict has the one that all send: STORE_NEW, ours,
 * or STORE_DUPLICATE, somebody else's.
 */
enum store_result	store_decide(struct db *, struct arena *,
			    const struct store_decision *,
			    int64_t deadline_ms, struct store_verdict *);

/*
 * What is known of an event's sender, session and resource: the JSON of
 * offhook.state(). False when Postgres did not answer.
 */
bool	store_state(struct db *, struct arena *, const struct event *,
	    struct str account, struct str thread, int64_t deadline_ms,
	    struct str *json, char error[256]);

/*
 * Call the function that a route names, for at most limit_ms; *text is what
 * it returned. DB_LATE also when Postgres stopped it in time.
 */
enum db_result	store_reply_sql(struct db *, struct arena *, struct str route,
		    struct str event, int64_t limit_ms, struct str *text,
		    char error[256]);

/* The one row of offhook.routes(). */
struct store_routes {
	int64_t		version;
	struct str	specs;	/* a JSON array: core/route.h */
};

/* False when Postgres did not answer: error says why. */
bool	store_routes(struct db *, struct arena *, int64_t deadline_ms,
	    struct store_routes *, char error[256]);

/*
 * Whether a call of store_ingest would be let through, as far as can be told
 * without one; error says why not. Nothing is written.
 */
bool	store_ping(struct db *, int64_t deadline_ms, char error[256]);

#endif
