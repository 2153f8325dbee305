/*
 * One request on its way through src/app: webhook.c begins it and decides
 * whether it is Twilio's, record.c and batch.c store what it says and
 * answer it; prepare.c says what with, claim.c asks for a reply that takes
 * time, and outage.c does without Postgres. Nobody else includes this.
 */
#ifndef OFFHOOK_TURN_H
#define OFFHOOK_TURN_H

#include "reject.h"
#include "reply.h"
#include "verify.h"

/* A lease outlives the time of who holds it by so much. */
#define LEASE_MARGIN_MS 500
#define TWILIO_WAITS_MS 15000	/* webhooks, voice and messages alike */
#define WHY_BYTES 1280		/* a finding of lint fits */

struct turn {
	struct webhook		*w;
	struct request		*r;
	struct reply		*reply;
	int64_t			 now_ms;
	int64_t			 begun_ms;	/* monotonic: when the web
						   server had it */
	int64_t			 waited_ms;	/* since then, for us */
	unsigned char		 id[16];
	bool			 json;
	bool			 probe;	/* only look: nothing is kept */
	enum reason		 refused;	/* the last refusal's */
	struct str		 raw;	/* what the parameters come from */
	struct form		 form;
	struct signer		 signer;
	struct event		 event;
	const struct routes	*routes;
	struct routes		 fetched;	/* when no file takes them */
	const struct route	*route;		/* that it takes, or NULL */
	struct subject		 subject;
	struct store_ingest	 in;
	bool			 last;		/* try: store it, whatever
						   has changed meanwhile */
	bool			 slot;		/* it may wait: edge/slots.h */
	bool			 ready;		/* in has an answer to send */
	bool			 away;		/* Postgres is: do without */
	bool			 blind;		/* choosing a route needs it */
	int64_t			 took_ms;	/* the asked one; -1: nobody */
	int64_t			 budget_ms;	/* that it had; or 0 */
	char			 why[WHY_BYTES + 32];	/* in.reason, when
						   made here */
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
/* The line in the log of a fallback that goes out; reason may be NULL. */
void	record_fallback(const struct turn *, const char *reason);
/* Send what was decided; or, when Postgres is away, what trouble has. */
void	record_answer(struct turn *, const struct store_verdict *);
void	record_not_stored(struct turn *, const char *why);

/*
 * Fill in.http, type, reply, issue and so on by the routes known now. False
 * when Postgres had to be asked and did not answer: error says why. When it
 * is away nothing is asked of it: a route that needs it gets its fallback.
 */
bool	prepare(struct turn *, int64_t deadline_ms, char error[256]);
/* Whether its route rejects what cannot be stored (Conversations). */
bool	prepare_rejects(struct turn *);

/* Make the reply that ingest let us claim, decide it and answer. */
void	claim(struct turn *);
/* Wait until somebody else's is decided, at worst by us, and answer. */
void	claim_wait(struct turn *);
/* When this request's time is up: clock_monotonic_ms. */
int64_t	claim_deadline(const struct turn *);
/* Until when somebody may be asked for its reply; likewise. */
int64_t	claim_ask_deadline(const struct turn *);
/* Make the reply of a route that asks an application, into in. */
void	claim_ask(struct turn *);

/*
 * Whether the spool has this request: then it is answered as it was. In: the
 * event, in.received_ms.
 */
bool	outage_knows(struct turn *);
/* Whether Postgres was away a moment ago: then it need not be asked. */
bool	outage_goes_on(struct turn *);
/* What Postgres did is known: for those who come next. */
void	outage_tell(struct turn *);
/*
 * Postgres has failed just now: whether it is, or may be, away for more than
 * this statement, and there is a spool. Sets away.
 */
bool	outage_begins(struct turn *);
/*
 * Put the request into the spool, and answer it as if it were stored: with
 * what is ready, or else is made of what is known here. False when the spool
 * does not take it.
 */
bool	outage_keep(struct turn *, const char *why);

/* Whether its body is a batch of Event Streams. */
bool	batch_is(const struct turn *);
/* Store each of its events, and answer. */
void	batch_record(struct turn *);

#endif
