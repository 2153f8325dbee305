/*
 * The candidates of the URL that Twilio signed for a request: from the
 * public URLs if there are any (HTTP_HOST only chooses among them), else
 * from what the server says of itself; X-Forwarded-* count only from a
 * trusted proxy.
 */
#ifndef OFFHOOK_SIGNED_URL_H
#define OFFHOOK_SIGNED_URL_H

#include "../edge/config.h"
#include "../edge/request.h"

void	signed_url_candidates(const struct config *, struct request *,
	    struct candidates *);

#endif
