/*
 * What an accepted request says: its kind, resource, status and the key
 * under which it is the same request again. Everything a kind means stands
 * in one table (event.c); ranks of statuses are SQL's.
 */
#ifndef OFFHOOK_EVENT_H
#define OFFHOOK_EVENT_H

#include <openssl/evp.h>

#include "cloud.h"
#include "kind.h"

/* Longest values that go into columns of their own; raw keeps the rest. */
#define EVENT_MAX_SID 80
#define EVENT_MAX_KIND 128
#define EVENT_MAX_TEXT 256
#define EVENT_MAX_FACT 1024	/* a longer value is in raw alone */
#define EVENT_MAX_MEDIA 4096	/* ten media with their types */

/* A question without a token is the same one for so many seconds. */
#define EVENT_WINDOW_S 60

/* What event_classify needs of a request. */
struct event_source {
	EVP_MD_CTX		*sha256;	/* of struct sig */
	const struct form	*form;	/* decoded once; empty for JSON */
	struct str		 account;	/* whose token signed it */
	struct str		 target;	/* raw path and query */
	struct str		 body;		/* raw */
	struct str		 token;	/* I-Twilio-Idempotency-Token */
};

struct event {
	enum event_kind	 kind;
	struct str	 name;		/* of the kind; "stream.TYPE" in full */
	const char	*resource;	/* "message", "call" ...; NULL: none */
	struct str	 sid;		/* absent: none */
	struct str	 parent;	/* SID that it belongs to; or absent */
	struct str	 status;	/* absent: none */
	int32_t		 seq;		/* SequenceNumber, -1: none */
	int64_t		 clock;		/* Twilio's, ms since 1970, -1: none */
	int32_t		 error;		/* a notice's ErrorCode, 0: none */
	struct str	 from;
	struct str	 to;
	struct str	 route_to;	/* what a route is chosen by: To, or
					   ChatServiceSid of Conversations */
	struct str	 facts;		/* JSON: sql/functions/facts_at.sql;
					   absent: none */
	unsigned char	 key[16];	/* sha256 of the kind's recipe */
	bool		 window;	/* key is good for EVENT_WINDOW_S */
	uint16_t	 bucket;	/* of sid, or of the key without one */
};

/*
 * Texts in *out are valid UTF-8 without NUL, cut to the limits above.
 * False when the arena is full.
 */
bool		 event_classify(struct arena *, const struct event_source *,
		    struct event *out);
/*
 * The same for an element of Event Streams: kind "stream.TYPE", folded into
 * the resource that it is about; its id alone makes it the same one again.
 */
bool		 event_classify_cloud(struct arena *,
		    const struct event_source *, const struct cloud_event *,
		    struct event *out);

#endif
