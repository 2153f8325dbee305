/* Send one request, or the same one many times at once, and count. */
#ifndef OFFHOOK_SHOOT_H
#define OFFHOOK_SHOOT_H

#include "../edge/http.h"
#include "cmd.h"

/* One request's outcome, as it comes back from a child process. */
struct shot {
	int64_t		elapsed_us;
	long		status;		/* 0: no reply */
	unsigned char	body[32];	/* its SHA-256 */
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

#endif
