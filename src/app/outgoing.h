/*
 * A request to an application of the user's, as it is put together: for the
 * reply that it makes (ask_app.c) and for what is delivered (deliver.c). It
 * may carry a signature made for its URL, so that Twilio's helper library
 * there verifies it as Twilio's.
 */
#ifndef OFFHOOK_OUTGOING_H
#define OFFHOOK_OUTGOING_H

#include "../core/sig.h"
#include "../edge/config.h"
#include "../edge/http.h"

struct outgoing {
	struct arena		*arena;
	struct str		 url;	/* as it is signed and sent */
	struct http_request	 http;	/* its url is set by who sends it */
};

/*
 * Take the URL, without fragment; userinfo becomes Basic auth. False when
 * it is none.
 */
bool	outgoing_url(struct outgoing *, struct str url);
/* Append name and value to the query, behind what it has. */
void	outgoing_query(struct outgoing *, struct str name, struct str value);
/*
 * Add a header; not without a value, nor with a control character in it,
 * which could make it two.
 */
void	outgoing_header(struct outgoing *, const char *name,
	    struct str value);
/*
 * Add X-Twilio-Signature under the account's first token: of the URL and
 * the form's parameters; without a form, of the URL with the body's hash
 * appended as bodySHA256. False when it cannot be made: the account is NULL
 * or has no token, memory or libcrypto fails.
 * Source: Twilio, docs/usage/security#validating-requests.
 */
bool	outgoing_sign(struct outgoing *, struct sig *, const struct account *,
	    const struct form *);

#endif
