/*
 * Ask the user's application for a reply: the request that came, sent on to
 * the application's own URL with a signature made for it, so that Twilio's
 * helper library there verifies it as Twilio's.
 */
#ifndef OFFHOOK_ASK_APP_H
#define OFFHOOK_ASK_APP_H

#include "turn.h"

enum ask_result {
	ASK_OK,
	ASK_LATE,	/* the deadline passed */
	ASK_FAILED	/* no connection, TLS, a status, a redirect ... */
};

struct ask_answer {
	int		 http;		/* 200 to 299 on OK; 0: none came */
	struct str	 type;		/* Content-Type, as it came, or none */
	struct str	 body;		/* at most TWIML_MAX_BYTES */
	int64_t		 ms;		/* that it took */
	char		 why[256];	/* unless OK: one line for people */
};

/*
 * deadline: clock_monotonic_ms. The slot is taken by the caller.
 *
 * What is asked: the method, the body and its Content-Type as they came; a
 * GET's query behind the URL's own, without OFFHOOK_URL_TOKEN's parameter.
 * User-Agent, Accept, X-Home-Region and Twilio's own headers as they came;
 * I-Twilio-Idempotency-Token is the event's key where none came, so that it
 * is the same when asked again. X-Twilio-Signature is made with the first
 * token of the account that signed. X-Offhook-Event is the event's id. A
 * URL's userinfo becomes Basic auth, and is not signed; nor its fragment,
 * which is not sent.
 * Source: Twilio, docs/usage/security#validating-requests.
 */
enum ask_result	ask_app(struct turn *, struct str url, int64_t deadline_ms,
		    struct ask_answer *);

#endif
