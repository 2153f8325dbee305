/*
 * What Twilio would send: lives of messages and calls as status callbacks,
 * and inbound messages, signed. Made and signed here without a line of
 * src/, so that an error there cannot hide. The same seed makes the same.
 */
#ifndef OFFHOOK_TRAFFIC_H
#define OFFHOOK_TRAFFIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRAFFIC_SID_SIZE 35	/* two letters, 32 digits, NUL */
#define TRAFFIC_REQUEST_SIZE 4096

enum traffic_kind {
	TRAFFIC_MESSAGE,	/* a status callback of a message */
	TRAFFIC_CALL,		/* of a call */
	TRAFFIC_SMS,		/* an inbound message */
	TRAFFIC_RING		/* an inbound call, which asks what to do */
};

#define TRAFFIC_KINDS (TRAFFIC_RING + 1)

struct traffic_options {
	uint64_t	 seed;
	const char	*account;
	const char	*token;
	const char	*base;		/* of the signed URL: https://host */
	const char	*target;	/* path and query */
	bool		 close;		/* ask for Connection: close */
	uint32_t	 things[TRAFFIC_KINDS];	/* how many of each */
	uint32_t	 copies;	/* of what comes in; 1 or more */
	unsigned	 duplicates;	/* percent of the requests, sent twice */
	uint32_t	 window;	/* shuffled over so many; 0: over all */
};

/* One request to send; twelve bytes, as there may be very many. */
struct traffic_item {
	uint32_t	thing;
	uint8_t		kind;
	uint8_t		step;
	uint32_t	order;
};

/* What an item says, in the columns of a journal. */
struct traffic_facts {
	char		 sid[TRAFFIC_SID_SIZE];
	const char	*kind;		/* message.status ... */
	const char	*status;
	int		 seq;		/* -1: none */
	int		 error;		/* 0: none */
};

/* All items in the order of sending; NULL without memory. */
struct traffic_item	*traffic_plan(const struct traffic_options *,
			    size_t *n);
void			 traffic_facts(const struct traffic_options *,
			    const struct traffic_item *,
			    struct traffic_facts *);
/* The bytes of an HTTP/1.1 request; 0 when they do not fit. */
size_t			 traffic_request(const struct traffic_options *,
			    const struct traffic_item *, char *buf,
			    size_t size);

#endif
