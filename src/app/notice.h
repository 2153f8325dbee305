/*
 * What a channel is told of issues: as a mail for sendmail, or as JSON for a
 * webhook or a program. Made here, sent by tell.h.
 */
#ifndef OFFHOOK_NOTICE_H
#define OFFHOOK_NOTICE_H

#include "../edge/child.h"
#include "../edge/config.h"
#include "../edge/http.h"

#define NOTICE_MEMORY ((size_t)1 << 20)	/* bytes that notice_make needs */

/* A row of notice_take(); the texts must stay as long as the order. */
struct notice {
	struct str	id;		/* a UUID, new at each try */
	struct str	channel;
	struct str	type;		/* "mail", "webhook", "exec" */
	struct str	target;		/* JSON: a list of texts */
	struct str	secret;		/* of a webhook: "whsec_..." */
	struct str	items;		/* JSON: sql/functions/notice_items */
};

/* What is to be done: one or the other. */
struct notice_order {
	bool			run;	/* a program, of mail or exec */
	struct http_request	http;	/* not run: for pool_add */
	struct child_request	child;	/* run: for children_add */
	struct egress		egress;
};

/*
 * Put it together on the arena; order and arena must stay until it is done.
 * now_ms: since 1970. False: it cannot be sent, and why says so.
 */
bool	notice_make(struct arena *, const struct config *,
	    const struct notice *, int64_t now_ms, struct notice_order *,
	    char why[256]);
/* Whether it got through; else why says what happened. */
bool	notice_replied(const struct http_reply *, char why[256]);
bool	notice_ended(const struct child_result *, char why[256]);

#endif
