/*
 * The ticket of a probe: the header X-Offhook-Probe, which only a holder
 * of an AuthToken can make: NONCE.SECONDS.HOLD.MAC
 *   NONCE    32 lower-case hexadecimal digits
 *   SECONDS  when it was made, since 1970 UTC
 *   HOLD     milliseconds that the answer shall wait, 0 to 500; "db": not
 *            at all, but for a try of the responder's own database
 *   MAC      64 digits: HMAC-SHA256, key = the AuthToken, over
 *            "offhook-probe:NONCE.SECONDS.HOLD"
 * X-Twilio-Signature is HMAC-SHA1: a ticket can never serve as one.
 */
#ifndef OFFHOOK_TICKET_H
#define OFFHOOK_TICKET_H

#include "out.h"
#include "str.h"

#define TICKET_VALID_S 60	/* before and after its SECONDS */
#define TICKET_MAX_HOLD_MS 500
#define TICKET_MAC_BYTES 32
#define TICKET_MAX 160		/* bytes of its text */

struct ticket {
	struct str	nonce;
	uint64_t	seconds;
	uint64_t	hold_ms;
	bool		database;	/* HOLD is "db" */
	struct str	text;	/* NONCE.SECONDS.HOLD */
	unsigned char	mac[TICKET_MAC_BYTES];
};

/* Views into the text; false when it is not of that form. */
bool	ticket_parse(struct str, struct ticket *);
/* The distance of its time from now, in either direction. */
int64_t	ticket_age_ms(const struct ticket *, int64_t now_ms);
/* Not older, and not newer, than TICKET_VALID_S. */
bool	ticket_fresh(const struct ticket *, int64_t now_ms);
/* Whether this token made it; in constant time. */
bool	ticket_check(const struct ticket *, struct str token);
/*
 * Append a ticket of that HOLD; false when libcrypto fails or it does not
 * fit.
 */
bool	ticket_make(struct out *, struct str token,
	    const unsigned char nonce[16], uint64_t seconds, const char *hold);

#endif
