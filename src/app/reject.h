/*
 * A refused request: its neutral answer, its place in the ring, its line
 * in the log. Nothing here costs a stranger's request more than that.
 */
#ifndef OFFHOOK_REJECT_H
#define OFFHOOK_REJECT_H

#include "webhook.h"

enum reason {
	REASON_METHOD,		/* 405 */
	REASON_TARGET,		/* 400: no target, or an absolute one */
	REASON_DOUBLED,		/* 400: a header that counts came twice */
	REASON_LENGTH,		/* 400: CONTENT_LENGTH is no number */
	REASON_SHORT,		/* 400: the body is shorter than announced */
	REASON_LARGE,		/* 413 */
	REASON_TYPE,		/* 415 */
	REASON_FORM,		/* 400: more parameters than are taken */
	REASON_BASIC,		/* 401: wrong user or password */
	REASON_URL_TOKEN,	/* 403 */
	REASON_SIGNATURE_MISSING,	/* 403, as are the rest */
	REASON_SIGNATURE_MALFORMED,
	REASON_SIGNATURE_MISMATCH,
	REASON_ACCOUNT,		/* signed for an account that is not set */
	REASON_BODY_UNSIGNED,
	REASON_BODY_CHANGED,
	REASON_FOREIGN,		/* the resource is another account's */
	REASON_UNAVAILABLE	/* libcrypto or memory failed */
};

/* Fill the reply and record the refusal. */
void	reject(struct webhook *, struct request *, int64_t now_ms,
	    enum reason, struct reply *);
/* The neutral answer alone: the first round of Basic auth. */
void	reject_ask_basic(struct reply *);
/* "signature-mismatch" and so on. */
const char	*reject_reason_name(enum reason);

#endif
