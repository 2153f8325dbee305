/*
 * Many HTTP/1.1 connections from one thread, each sending its next request
 * when it has the answer to the last one. What to send and what became of
 * it is the handler's business.
 */
#ifndef OFFHOOK_CLIENT_H
#define OFFHOOK_CLIENT_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#define CLIENT_TIMEOUT_MS 15000	/* Twilio's */

enum client_next {
	CLIENT_SEND,
	CLIENT_LATER,	/* nothing now: ask again soon */
	CLIENT_END	/* nothing any more */
};

struct client_outcome {
	int		 http;		/* 0: no answer; see why */
	const char	*why;
	int64_t		 us;		/* from the wish to send to the end */
	const char	*type;		/* Content-Type, or "" */
	const char	*body;
	size_t		 body_n;
};

struct client_handler {
	/* Fill buf with the next request and *n with its length. */
	enum client_next	(*next)(void *, size_t *id, char *buf,
				    size_t size, size_t *n);
	void			(*done)(void *, size_t id,
				    const struct client_outcome *);
	void			*data;
};

/*
 * To 127.0.0.1:port until the handler ends it, *stop becomes true or so
 * many seconds have passed (0: no limit); what is under way is awaited.
 * 0, or -1 when there is no memory or no descriptor.
 */
int	client_run(const struct client_handler *, uint16_t port,
	    unsigned connections, double seconds,
	    const volatile sig_atomic_t *stop);
int64_t	client_now_us(void);

#endif
