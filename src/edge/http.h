/* One bounded outbound HTTP request, by libcurl. The command line's. */
#ifndef OFFHOOK_HTTP_H
#define OFFHOOK_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "../core/arena.h"

#define HTTP_MAX_HEADERS 16
#define HTTP_MAX_REPLY 1048576	/* bytes kept of a reply's body */

struct http_request {
	const char	*method;	/* "GET", "HEAD" or "POST" */
	const char	*url;		/* sent byte for byte */
	const char	*connect;	/* [http[s]://]HOST:PORT to send to in
					   place of the URL's; or NULL */
	const char	*header[HTTP_MAX_HEADERS];	/* "Name: value" */
	size_t		 nheaders;
	struct str	 body;
	long		 timeout_ms;
};

/* Why no reply came, as far as it asks for different things to do. */
enum http_failure {
	HTTP_FAILED,		/* none of these */
	HTTP_NO_NAME,		/* the host's name has no address */
	HTTP_NO_CONNECTION,
	HTTP_BAD_CERTIFICATE,
	HTTP_NO_TLS,
	HTTP_TIMEOUT,
	HTTP_CUT		/* connected, then closed before a reply */
};

struct http_reply {
	long		 status;	/* 0: none came */
	struct str	 type;
	struct str	 location;	/* its headers: absent, not sent */
	struct str	 server;
	struct str	 body;
	int64_t		 date_s;	/* its Date, since 1970; 0: none */
	int64_t		 expires_s;	/* the certificate's end; 0: no TLS */
	int64_t		 elapsed_us;	/* of all of it */
	int64_t		 reply_us;	/* since the connection and its TLS
					   stood */
	enum http_failure failure;
	char		 error[256];	/* why none came */
};

/*
 * False when no reply came. Redirects are not followed, and a proxy that
 * the environment names is not asked.
 */
bool	http_run(struct arena *, const struct http_request *,
	    struct http_reply *);
/*
 * The same request n times at once, each on a connection of its own; the
 * certificates trusted are read once for all of them.
 */
void	http_run_many(struct arena *, const struct http_request *, size_t n,
	    struct http_reply *);

#endif
