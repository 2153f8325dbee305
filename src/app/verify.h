/*
 * Is a request Twilio's, and whose? Fails closed, in constant time, and at
 * one price: an unknown account costs what a known one does.
 */
#ifndef OFFHOOK_VERIFY_H
#define OFFHOOK_VERIFY_H

#include "../core/sig.h"
#include "../edge/config.h"
#include "../edge/request.h"
#include "reject.h"

enum basic { BASIC_OK, BASIC_ASK, BASIC_WRONG };

/* Basic auth (RFC 7617), if it is asked: on top of the signature. */
enum basic	verify_basic(const struct config *, struct request *);

struct signer {
	struct str	account;	/* whose token signed it */
	struct str	url;		/* as it was signed */
};

/*
 * The signature, the body's hash (JSON), and the URL's token on top. The
 * form is empty for JSON. False with the reason when any of them fails;
 * the signer is known whenever the signature itself is right.
 */
bool	verify_signature(const struct config *, struct sig *,
	    struct request *, const struct form *, bool json,
	    struct signer *, enum reason *why);

#endif
