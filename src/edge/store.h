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
};

enum store_result {
	STORE_NEW,
	STORE_DUPLICATE,	/* its first answer is in the verdict */
	STORE_ROUTES,		/* the snapshot is old; nothing was written */
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

/* One row of offhook.routes(). */
struct store_route {
	struct str	kind;	/* "*": any */
	struct str	to;	/* "*": any */
	struct str	reply;	/* TwiML, or JSON of Conversations */
	int		http;
	bool		reject_in_trouble;	/* see app/route.h */
	bool		broken;	/* its check refused it; see app/webhook */
};

struct store_routes {
	int64_t			 version;
	struct store_route	*at;
	size_t			 n;
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
