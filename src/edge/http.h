/*
 * One bounded outbound HTTP request, by libcurl: in time whatever happens,
 * no redirect followed, no proxy of the environment's asked, TLS verified.
 */
#ifndef OFFHOOK_HTTP_H
#define OFFHOOK_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "../core/arena.h"
#include "egress.h"

#define HTTP_MAX_HEADERS 48
#define HTTP_MAX_REPLY 1048576	/* bytes of a reply's body, unless told */

/*
 * What lasts from one request to the next: connections, looked-up names and
 * the certificates trusted. {NULL} is one that has nothing yet.
 */
struct http_client {
	void	*multi;
};

/*
 * Open libcurl and what lasts, which takes some 10 ms the first time: who has
 * a deadline does it before he looks at the clock. Optional; what is wrong
 * is said by http_run.
 */
void	http_open(struct http_client *);
/* At the process's end, or when the settings change. */
void	http_close(struct http_client *);

struct http_request {
	const char	*method;	/* "GET", "HEAD" or "POST" */
	const char	*url;		/* sent byte for byte */
	const char	*connect;	/* [http[s]://]HOST:PORT to send to in
					   place of the URL's; or NULL */
	/* "Name: value"; "Name:" sends none where libcurl would */
	const char	*header[HTTP_MAX_HEADERS];
	size_t		 nheaders;
	struct str	 body;
	long		 timeout_ms;	/* of all of it, the name's look-up
					   included */
	long		 connect_ms;	/* until it may be sent; 0: no other */
	long		 first_byte_ms;	/* from when it may be sent to the
					   reply's first byte; 0: no other.
					   Only in a pool */
	size_t		 max_body;	/* bytes; 0: HTTP_MAX_REPLY */
	bool		 cut;		/* a longer body is no failure: the
					   rest of it is not read */
	const struct egress *egress;	/* NULL: any address is good */
	struct http_client *client;	/* NULL: a connection of its own */
};

/* Why no reply came, as far as it asks for different things to do. */
enum http_failure {
	HTTP_FAILED,		/* none of these */
	HTTP_NO_NAME,		/* the host's name has no address */
	HTTP_NO_CONNECTION,
	HTTP_BAD_CERTIFICATE,
	HTTP_NO_TLS,
	HTTP_TIMEOUT,
	HTTP_CUT,		/* connected, then closed before a reply */
	HTTP_TOO_LARGE,		/* its body is above max_body */
	HTTP_PRIVATE,		/* egress_allows() none of the addresses */
	HTTP_NO_LIBRARY		/* see curl.h */
};

/* How far it came. */
enum http_phase {
	HTTP_CONNECTING,	/* the name's look-up and TLS included */
	HTTP_SENDING,		/* connected; nothing of a reply came */
	HTTP_ANSWERING
};

#define HTTP_MAX_HEAD 2048

struct http_reply {
	long		 status;	/* 0: none came */
	struct str	 head;		/* status line and headers as they
					   came, HTTP_MAX_HEAD bytes of them;
					   also of a reply that broke off */
	struct str	 type;
	struct str	 retry_after;
	struct str	 location;	/* its headers: absent, not sent */
	struct str	 server;
	struct str	 body;
	int64_t		 date_s;	/* its Date, since 1970; 0: none */
	int64_t		 expires_s;	/* the certificate's end; 0: no TLS */
	int64_t		 elapsed_us;	/* of all of it */
	int64_t		 reply_us;	/* since the connection and its TLS
					   stood */
	enum http_failure failure;
	enum http_phase	 phase;
	int		 os_error;	/* errno of a connection not made */
	bool		 cut;		/* the body is not all of it */
	char		 error[256];	/* why none came */
};

/*
 * False when no reply came. What is sent is sent once: a connection that a
 * client uses again (within two seconds, for what has a body) may break, and
 * then it is tried anew only if nothing of the body had been sent.
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
