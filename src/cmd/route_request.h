/*
 * A request that is not there: what routes would look at if it came. It is
 * the sample of a kind, a stored event, or a file.
 */
#ifndef OFFHOOK_ROUTE_REQUEST_H
#define OFFHOOK_ROUTE_REQUEST_H

#include "../app/choose.h"
#include "sending.h"

struct asked {
	struct cli	*cli;
	bool		 offline;	/* neither settings nor database */
	struct param	 param[SENDING_MAX_PARAMS];
	struct form	 form;
	struct event	 event;
	struct subject	 subject;
	struct str	 target;	/* path and query */
	struct str	 token;		/* I-Twilio-Idempotency-Token */
};

/*
 * By the operand KIND, --event or --request, and the options that change it;
 * cli and offline are set. 0, or the exit status after a message.
 */
int	route_request(struct asked *);
/* What is known of it beforehand: by the options, else the database. */
int	route_request_state(struct asked *);

#endif
