/*
 * A destination: where deliveries go and how. Its spec is a JSON object, as
 * SQL keeps it (offhook.destination.spec) and offhook-destinations(5)
 * describes it; what it leaves out has the defaults below, in SQL too.
 */
#ifndef OFFHOOK_DESTINATION_H
#define OFFHOOK_DESTINATION_H

#include "arena.h"
#include "backoff.h"
#include "message.h"
#include "out.h"
#include "template.h"

#define DESTINATION_FIRST_MS 10000
#define DESTINATION_CAP_MS 3600000
#define DESTINATION_ATTEMPTS 12
#define DESTINATION_MAX_ATTEMPTS 1000
#define DESTINATION_AGE_MS 259200000	/* 3 days */
#define DESTINATION_MAX_AGE_MS 2592000000	/* 30 days */
#define DESTINATION_RETRY_ON "408 409 425 429 500-599"
#define DESTINATION_CONNECT_MS 5000
#define DESTINATION_FIRST_BYTE_MS 10000
#define DESTINATION_TIMEOUT_MS 15000
#define DESTINATION_MAX_TIMEOUT_MS 120000
#define DESTINATION_BREAKER_FAILURES 10
#define DESTINATION_BREAKER_COOL_MS 30000
#define DESTINATION_BREAKER_CAP_MS 600000
#define DESTINATION_RESPONSE 4096	/* bytes of a reply that are read */
#define DESTINATION_MAX_RESPONSE 65536
#define DESTINATION_MAX_HEADERS 16
#define DESTINATION_MAX_ARGUMENTS 32
#define DESTINATION_SECRETS 2		/* while rotating */

enum destination_body {
	DESTINATION_JSON,	/* the envelope: core/envelope.h */
	DESTINATION_FORM,	/* the request's body as it came */
	DESTINATION_BOTH	/* the envelope, with that as "form" */
};

struct destination {
	int32_t			 id;
	struct str		 name;
	struct str		 broken;	/* what is wrong with it;
						   absent: nothing */
	const char		*url;		/* NULL: it has exec */
	const char		*exec[DESTINATION_MAX_ARGUMENTS + 1];
	enum destination_body	 body;
	bool			 raw;		/* in the envelope, in base64 */
	bool			 standard;	/* signatures */
	bool			 twilio;
	struct header		 header[DESTINATION_MAX_HEADERS];
	size_t			 nheaders;
	const struct template	*template;	/* NULL: none */
	enum template_form	 template_form;	/* by the type */
	struct str		 transform_sql;	/* schema.function; absent */
	struct str		 type;		/* of a transform's result */
	struct backoff		 backoff;
	int64_t			 attempts;
	int64_t			 age_ms;
	struct backoff_statuses	 retry_on;
	int64_t			 connect_ms;
	int64_t			 first_byte_ms;
	int64_t			 timeout_ms;
	int64_t			 rate_n;	/* 0: no limit */
	int64_t			 rate_per_ms;
	int64_t			 concurrency;	/* 0: no limit */
	bool			 ordered;	/* by resource */
	bool			 hold;		/* a dead one holds its lane */
	int64_t			 breaker_failures;	/* 0: no breaker */
	int64_t			 breaker_cool_ms;
	int64_t			 breaker_cap_ms;
	int64_t			 response;
	struct str		 secret[DESTINATION_SECRETS];	/* newest
						   first: "whsec_..." */
	size_t			 nsecrets;
};

struct destinations {
	struct destination	*at;
	size_t			 n;
};

/*
 * Read one spec; views into the text, which must stay, the rest on the
 * arena. False: *why says which key, what is wrong with it and what it may
 * be. "filter" is SQL's and passed over.
 */
bool	destination_parse(struct arena *, struct str spec,
	    struct destination *, struct out *why);
/*
 * What worker_destinations() gives: [{"id", "name", "spec", "secrets"}]. One
 * whose spec cannot be read is there with broken set. False when the text is
 * no such array, or when the arena is full, which the arena tells.
 */
bool	destinations_load(struct arena *, struct str, struct destinations *);
/* The one of that id, or NULL. */
const struct destination *destinations_find(const struct destinations *,
	    int32_t id);

#endif
