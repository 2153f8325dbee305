/* One bounded outbound HTTP request, by libcurl. The command line's. */
#ifndef OFFHOOK_HTTP_H
#define OFFHOOK_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "../core/arena.h"

#define HTTP_MAX_HEADERS 16
#define HTTP_MAX_REPLY 1048576	/* bytes kept of a reply's body */

struct http_request {
	const char	*method;	/* "GET" or "POST" */
	const char	*url;		/* sent byte for byte */
	const char	*connect;	/* [http[s]://]HOST:PORT to send to in
					   place of the URL's; or NULL */
	const char	*header[HTTP_MAX_HEADERS];	/* "Name: value" */
	size_t		 nheaders;
	struct str	 body;
	long		 timeout_ms;
};

struct http_reply {
	long		 status;	/* 0: none came */
	struct str	 type;
	struct str	 body;
	int64_t		 elapsed_us;
	char		 error[256];	/* why none came */
};

/*
 * False when no reply came. Redirects are not followed, and a proxy that
 * the environment names is not asked.
 */
bool	http_run(struct arena *, const struct http_request *,
	    struct http_reply *);

#endif
