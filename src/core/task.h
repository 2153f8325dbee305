/*
 * A delivery that this process holds: a row of the SQL type offhook.task,
 * with the event that it is about. Texts are views of what the database
 * sent, or of a copy of it; absent where the column is null.
 */
#ifndef OFFHOOK_TASK_H
#define OFFHOOK_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

#define TASK_MAX_WIRE_ID 64	/* bytes of task_wire_id, its NUL included */

struct task {
	int64_t		id;
	unsigned char	lease[16];
	int		tries;		/* attempts made so far */
	int32_t		destination;
	int64_t		routed_at;	/* ms since 1970, as event_at */
	unsigned char	event_id[16];
	int64_t		event_at;	/* when the request was received */
	struct str	account;
	struct str	kind;
	struct str	sid;
	struct str	status;
	struct str	verdict;
	int32_t		error_code;	/* 0: null */
	struct str	from;
	struct str	to;
	struct str	parent;
	struct str	method;		/* "POST", "GET" */
	struct str	format;		/* "form", "json" */
	struct str	token;		/* I-Twilio-Idempotency-Token */
	struct str	url;
	struct str	raw;		/* the body; of a GET, its query */
	struct str	trigger;	/* "initial", "retry", "replay" */
	struct str	info;		/* JSON */
};

/*
 * "dlv_UUID_NUMBER", of the event and of the delivery: what receivers know
 * it by, the same in every attempt.
 */
void	task_wire_id(const struct task *, char out[TASK_MAX_WIRE_ID]);

#endif
