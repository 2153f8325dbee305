/*
 * What a delivery sends, and what becomes of it by what came back. No
 * database and no waiting here: the worker asks (edge/pool.h, edge/child.h)
 * and stores.
 */
#ifndef OFFHOOK_DELIVER_H
#define OFFHOOK_DELIVER_H

#include "../core/destination.h"
#include "../core/sig.h"
#include "../core/task.h"
#include "../edge/child.h"
#include "../edge/config.h"
#include "../edge/http.h"

#define DELIVER_MAX_HEAD 2048	/* bytes of a reply that are stored */

struct deliver {
	const struct config	*config;
	struct sig		 sig;
	struct egress		 egress;	/* what the config allows */
};

/* False when libcrypto cannot sign. */
bool	deliver_open(struct deliver *, const struct config *);
void	deliver_close(struct deliver *);

enum deliver_outcome {
	DELIVER_DELIVERED,
	DELIVER_RETRY,
	DELIVER_DEAD,
	DELIVER_EXPIRED
};

/* What worker_finish() is told. Texts live on the arena or are constant. */
struct deliver_verdict {
	enum deliver_outcome	 outcome;
	const char		*reason;	/* "status 410", "attempts";
						   NULL: none */
	int64_t			 after_ms;	/* until the next attempt */
	long			 status;	/* HTTP's or of an exit; -1:
						   none */
	const char		*error;		/* "TIMEOUT_CONNECT"; NULL:
						   none */
	struct str		 head;		/* of headers and body, or of
						   output: valid UTF-8, at most
						   DELIVER_MAX_HEAD bytes */
	int64_t			 ms;		/* that it took */
};

/* "delivered", "retry", "dead", "expired". */
const char	*deliver_outcome_name(enum deliver_outcome);

/* What is to be done: one or the other. */
struct deliver_order {
	bool			exec;
	struct http_request	http;	/* not exec: for pool_add */
	struct child_request	child;	/* exec: for children_add */
};

/*
 * Put it together, on the arena; the destination and the task must stay as
 * long as the order. body is the result of the destination's transform_sql
 * when it has one, else absent. False: it cannot be sent, and *verdict says
 * what becomes of it.
 *
 * Sent are: the body (core/envelope.h, the request's own bytes, or what the
 * template or function made of them); Content-Type; User-Agent; webhook-id,
 * webhook-timestamp and webhook-signature (core/standard.h); X-Twilio-
 * Signature for the URL, as ask_app.h has it, with the first token of the
 * event's account; I-Twilio-Idempotency-Token as it came with the event, or
 * the event's id; X-Offhook-Event, X-Offhook-Delivery (the same as
 * webhook-id), X-Offhook-Attempt (from 1), X-Offhook-Kind; the
 * destination's own headers, which replace ours but the signatures.
 */
bool	deliver_make(struct deliver *, struct arena *,
	    const struct destination *, const struct task *, struct str body,
	    int64_t now_ms, uint64_t random, struct deliver_order *,
	    struct deliver_verdict *);
/* The event as transform_sql() gets it: the envelope; absent: arena full. */
struct str	deliver_event(struct arena *, const struct destination *,
		    const struct task *);
/* What becomes of it. random: any number of 64 random bits. */
void	deliver_judge(struct arena *, const struct destination *,
	    const struct task *, const struct http_reply *, int64_t now_ms,
	    uint64_t random, struct deliver_verdict *);
void	deliver_judge_child(struct arena *, const struct destination *,
	    const struct task *, const struct child_result *, int64_t now_ms,
	    uint64_t random, struct deliver_verdict *);
/*
 * An attempt that failed for a reason of ours, such as a transform_sql()
 * that raised: tried again as the schedule says. error is a constant, why
 * is for people.
 */
void	deliver_judge_own(struct arena *, const struct destination *,
	    const struct task *, const char *error, struct str why,
	    int64_t now_ms, uint64_t random, struct deliver_verdict *);

#endif
