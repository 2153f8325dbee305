/*
 * What an accepted request says: its kind, resource, status and the key
 * under which it is the same request again. Everything a kind means stands
 * in one table (event.c); ranks of statuses are SQL's.
 */
#ifndef OFFHOOK_EVENT_H
#define OFFHOOK_EVENT_H

#include <openssl/evp.h>

#include "arena.h"
#include "form.h"

enum event_kind {
	EVENT_MESSAGE_INBOUND,
	EVENT_MESSAGE_STATUS,
	EVENT_CALL_INBOUND,
	EVENT_CALL_OUTBOUND,
	EVENT_CALL_STATUS,
	EVENT_CALL_GATHER,
	EVENT_OTHER
};

#define EVENT_KINDS (EVENT_OTHER + 1)

/* Longest values that go into columns of their own; raw keeps the rest. */
#define EVENT_MAX_SID 64
#define EVENT_MAX_TEXT 256

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
	const char	*resource;	/* "message", "call"; NULL: none */
	struct str	 sid;		/* absent: none */
	struct str	 status;	/* absent: none */
	int32_t		 seq;		/* SequenceNumber, -1: none */
	int32_t		 error;		/* a notice's ErrorCode, 0: none */
	struct str	 from;
	struct str	 to;
	unsigned char	 key[16];	/* sha256 of the kind's recipe */
	bool		 window;	/* key is good for EVENT_WINDOW_S */
	uint16_t	 bucket;	/* of sid, or of the key without one */
};

const char	*event_kind_name(enum event_kind);
/* False when there is no such kind. */
bool		 event_kind_parse(struct str, enum event_kind *);
/* Answered 204: a positively recognised notice that takes no reply. */
bool		 event_is_notice(enum event_kind);
/* A caller is on the line and hears the reply. */
bool		 event_is_voice_question(enum event_kind);
/*
 * Texts in *out are valid UTF-8 without NUL, cut to the limits above.
 * False when the arena is full.
 */
bool		 event_classify(struct arena *, const struct event_source *,
		    struct event *out);

#endif
