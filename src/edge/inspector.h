/*
 * The request inspector: while `offhook inspect` runs, requests below one
 * random path are kept in a ring of their own in OFFHOOK_STATE ("inspect"),
 * of fixed size, and shown. Its file says until when: after that, and
 * without a file, there is none. Names and times come from the caller.
 */
#ifndef OFFHOOK_INSPECTOR_H
#define OFFHOOK_INSPECTOR_H

#include "../core/out.h"
#include "ring.h"

#define INSPECTOR_BODY 65536	/* bytes kept of a request's body */
#define INSPECTOR_REPLY 3000	/* bytes of a reply of the operator's own */
#define INSPECTOR_DIGITS 32	/* of its name: 128 bits, hexadecimal */
#define INSPECTOR_MAX_MS ((int64_t)3600 * 1000)

struct inspector {
	char		name[INSPECTOR_DIGITS];	/* lower case, no NUL */
	int64_t		expires_ms;
	int64_t		pid;			/* of the command line */
	char		reply[INSPECTOR_REPLY];
	size_t		reply_n;		/* 0: an empty <Response/> */
};

void	inspector_ring(struct ring *, const char *state);
/*
 * The name that the target asks for: the digits of its first path segment
 * "inspect-DIGITS". False for every ordinary request: then no file is
 * looked at.
 */
bool	inspector_asked(struct str target, struct str *name);
/* The inspector of the file that is there, whatever its time. */
bool	inspector_read(struct ring *, struct inspector *);
/* Whether its time has come; a clock that was set back ends it, too. */
bool	inspector_expired(const struct inspector *, int64_t now_ms);
/*
 * The inspector of that name, in time. The name is compared in constant
 * time; a file that has expired is removed.
 */
bool	inspector_find(struct ring *, struct str name, int64_t now_ms,
	    struct inspector *);
/* Make it the one that is there; false with errno set. */
bool	inspector_make(struct ring *, int64_t now_ms,
	    const struct inspector *);

#endif
