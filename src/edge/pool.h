/*
 * Many HTTP requests at once, in one thread: what is said of one in http.h
 * holds for each. Connections are kept and used again, names looked up
 * without holding up the others. HTTP/1.1 alone: libcurl's HTTP/2 (7.88)
 * lost requests under load, and one connection's end is then that of many.
 */
#ifndef OFFHOOK_POOL_H
#define OFFHOOK_POOL_H

#include <poll.h>

#include "http.h"

#define POOL_MAX_OTHERS 14

struct pool {
	struct pool_slot	*slot;
	struct pool_slot	*free;		/* list */
	struct pool_slot	*done;		/* list, in the order of ends */
	struct pool_slot	**done_end;
	size_t			 most;
	size_t			 n;	/* under way, or not fetched yet */
	void			*multi;
	int			 fd;	/* epoll; -1: not open */
	int64_t			 timer_ms;	/* libcurl's, monotonic */
	char			*scratch;
};

/* False when libcurl or memory is missing. */
bool	pool_open(struct pool *, size_t most);
/*
 * Begin one; the request and all that it points to must stay until
 * pool_next gives it back or it is cancelled. Its client is not used. False
 * when most are under way. One that cannot be begun is given back with the
 * failure.
 */
bool	pool_add(struct pool *, const struct http_request *, void *who);
/*
 * Go on with all, and wait for it until something happens: to one of ours,
 * to one of the n others (at most POOL_MAX_OTHERS; as with poll(2), revents
 * are set), or until the time is up. Not at all when one has ended already.
 * A negative timeout is for ever.
 */
void	pool_wait(struct pool *, struct pollfd *others, size_t n,
	    int timeout_ms);
/*
 * Take one that has ended; false when there is none. Its texts go onto the
 * arena.
 */
bool	pool_next(struct pool *, struct arena *, void **who,
	    struct http_reply *);
/* Break it off and forget it; nothing happens when it is not there. */
void	pool_cancel(struct pool *, const void *who);
/* Break off all. */
void	pool_close(struct pool *);

#endif
