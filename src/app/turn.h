/*
 * One request on its way through src/app: webhook.c begins it and decides
 * whether it is Twilio's, record.c and batch.c store what it says and
 * answer it. Nobody else includes this.
 */
#ifndef OFFHOOK_TURN_H
#define OFFHOOK_TURN_H

#include "reject.h"
#include "verify.h"

struct turn {
	struct webhook		*w;
	struct request		*r;
	struct reply		*reply;
	int64_t			 now_ms;
	int64_t			 begun_ms;	/* monotonic */
	unsigned char		 id[16];
	bool			 json;
	bool			 probe;	/* only look: nothing is kept */
	enum reason		 refused;	/* the last refusal's */
	struct str		 raw;	/* what the parameters come from */
	struct form		 form;
	struct signer		 signer;
	struct event		 event;
	const struct store_routes *routes;
	struct store_routes	 fetched;	/* when none takes them */
	struct store_ingest	 in;
};

/* Refuse it; always false. */
bool	turn_refuse(struct turn *, enum reason);
/* Answer 503, and nothing else. */
void	turn_unavailable(struct turn *);

/* Say what kind of event it is and what is to be stored; or refuse. */
bool	record_classify(struct turn *);
/* What classifying needs, and what all events of a request have in common. */
struct event_source	record_source(const struct turn *);
struct store_ingest	record_common(struct turn *);
/* Store what was classified, and answer. */
void	record(struct turn *);
/* The line in the log of an event that was stored. */
void	record_log(const struct turn *, const struct store_verdict *);

/* Whether its body is a batch of Event Streams. */
bool	batch_is(const struct turn *);
/* Store each of its events, and answer. */
void	batch_record(struct turn *);

#endif
