/* One request that came to the inspector, for people or as JSON. */
#ifndef OFFHOOK_INSPECTED_H
#define OFFHOOK_INSPECTED_H

#include "../core/explain.h"
#include "../core/form.h"
#include "../edge/ring.h"
#include "cmd.h"

struct inspected {
	uint64_t		 number;	/* 1, 2, 3 … */
	int64_t			 time_ms;
	struct message		 m;
	struct str		 verdict;	/* "accepted", "head", or why
						   it would be refused */
	struct str		 account;	/* that signed it; absent */
	uint64_t		 body_bytes;	/* that came; m.body is kept */
	struct form		 form;		/* of a form or a query */
	bool			 has_form;
	struct explain_fault	 why[EXPLAIN_MAX_FAULTS];
	size_t			 nwhy;
};

/* Take the entry apart and find out why; false when it is unreadable. */
bool	inspected_read(struct cli *, const struct ring_entry *,
	    struct inspected *);
/* Appended to cli->out; no byte of it can steer a terminal. */
void	inspected_text(struct cli *, const struct inspected *);
/* The same as one line. */
void	inspected_json(struct cli *, const struct inspected *);

#endif
