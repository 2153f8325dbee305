/*
 * One request on its way through libcurl: what http.c, which waits for it,
 * and pool.c, which does not, have in common. Nobody else includes this.
 */
#ifndef OFFHOOK_EXCHANGE_H
#define OFFHOOK_EXCHANGE_H

#include "../core/out.h"
#include "clock.h"
#include "curl.h"
#include "http.h"

struct exchange {
	const struct curl	*k;
	const struct http_request *r;
	CURL			*curl;
	CURLM			*multi;		/* it has been added to */
	struct curl_slist	*headers;
	struct curl_slist	*connect;
	char			*buf;		/* the body's */
	struct out		 body;
	size_t			 sent;		/* bytes of r->body */
	bool			 too_large;
	bool			 refused;	/* an address, and none was
						   good yet */
	char			 address[64];	/* that one */
	enum http_phase		 phase;
	int64_t			 first_byte_by;	/* monotonic ms; 0: any time */
	char			 head[HTTP_MAX_HEAD];
	size_t			 head_n;
	char			 error[CURL_ERROR_SIZE];
};

/*
 * Make it ready to be added to a multi handle. A struct that is {NULL} or
 * was prepared before: its easy handle serves again. What the arena gets is
 * needed here only. False with the reason in the reply.
 */
bool	exchange_prepare(struct exchange *, struct arena *,
	    const struct http_request *, struct http_reply *);
/* What came of it; the reply's texts go onto the arena. */
void	exchange_finish(struct exchange *, struct arena *, CURLcode,
	    struct http_reply *);
void	exchange_dispose(struct exchange *);
void	exchange_fail(struct http_reply *, enum http_failure,
	    const char *why);

#endif
