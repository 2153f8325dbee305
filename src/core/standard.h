/*
 * Signatures of Standard Webhooks: HMAC-SHA256 over "ID.SECONDS.BODY", in
 * base64 behind "v1,"; of several secrets one each, between blanks. A
 * secret is base64 behind "whsec_".
 * Source: github.com/standard-webhooks/standard-webhooks, spec 1.0.0.
 */
#ifndef OFFHOOK_STANDARD_H
#define OFFHOOK_STANDARD_H

#include "out.h"
#include "str.h"

#define STANDARD_SECRETS 2
#define STANDARD_SIGNATURE 47	/* bytes of "v1," and 32 bytes in base64 */
#define STANDARD_MAX 96		/* of the header with both */
#define STANDARD_MAX_SECRET 64	/* bytes of a secret, decoded */

/* Whether it is "whsec_" and base64 of 24 to 64 bytes. */
bool	standard_secret_good(struct str secret);
/*
 * Append the value of webhook-signature for n secrets (1 to
 * STANDARD_SECRETS). False when a secret is none, when libcrypto fails, or
 * when it does not fit.
 */
bool	standard_sign(struct out *, const struct str *secrets, size_t n,
	    struct str id, int64_t seconds, struct str body);

#endif
