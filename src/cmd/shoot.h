/* Send one request, one many times at once, or a list of them; and count. */
#ifndef OFFHOOK_SHOOT_H
#define OFFHOOK_SHOOT_H

#include "../edge/http.h"
#include "cmd.h"

/* What a reply's body is, by its bytes and, for TwiML, its type. */
enum shot_body {
	SHOT_EMPTY,		/* none */
	SHOT_EMPTY_TWIML,	/* a Response without content */
	SHOT_TWIML,		/* well-formed, and said to be XML */
	SHOT_OTHER
};

/* One request's outcome, as it comes back from a child process. */
struct shot {
	int64_t		elapsed_us;
	long		status;		/* 0: no reply */
	size_t		index;		/* which one of a list */
	enum shot_body	kind;
	unsigned char	body[32];	/* its SHA-256 */
};

/* Requests that are made one by one, just before they are sent. */
struct shot_list {
	size_t	 n;
	size_t	 parallel;	/* processes; i is sent by process i % it */
	void	*data;
	/*
	 * Request i, whose Basic auth is *user; it is sent *due_ms after the
	 * beginning, or at once when that is over. False: leave it out.
	 */
	bool	(*make)(void *data, size_t i, struct http_request *,
		    struct str *user, int64_t *due_ms);
};

/* The header line of Basic auth for "user:password". */
const char	*shoot_basic(struct cli *, struct str user);
/*
 * As Twilio sends it: without Authorization at first, with it (if user is
 * not absent) after a 401. False when no reply came.
 */
bool	shoot_once(struct cli *, const struct http_request *,
	    struct str user, struct http_reply *);
/*
 * The same request count times from parallel processes; fills shots and
 * returns how many came back.
 */
size_t	shoot_many(struct cli *, const struct http_request *,
	    struct str user, size_t count, size_t parallel,
	    struct shot *shots);
/*
 * Each request of a list; its outcome in shots[i], with status 0 where none
 * came. What make allocates is given back after each.
 */
void		 shoot_list(struct cli *, const struct shot_list *,
		    struct shot *shots);

#endif
