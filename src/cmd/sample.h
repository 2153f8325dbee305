/*
 * The parameters that Twilio sends, in its order, with its empty ones.
 * Sources: docs/messaging/guides/webhook-request, docs/voice/twiml,
 * docs/voice/api/call-resource#statuscallback.
 */
#ifndef OFFHOOK_SAMPLE_H
#define OFFHOOK_SAMPLE_H

#include "../core/form.h"

enum sample {
	SAMPLE_SMS,
	SAMPLE_CALL,
	SAMPLE_MESSAGE_STATUS,
	SAMPLE_CALL_STATUS,
	SAMPLE_GATHER
};

/* What changes from one request to the next. */
struct sample_values {
	const char	*sid;
	const char	*account;
	const char	*from;
	const char	*to;
	const char	*body;
	const char	*digits;
	const char	*status;
	const char	*seq;
	const char	*error;		/* NULL: none */
	const char	*date;		/* RFC 2822 */
	const char	*carrier_date;	/* YYMMDDhhmm */
};

#define SAMPLE_MAX 64

/* Fills at most SAMPLE_MAX parameters; returns how many. */
size_t	sample_fill(enum sample, const struct sample_values *,
	    struct param *out);
/* A call's status after which nothing follows. */
bool	sample_is_final(const char *call_status);

#endif
