/*
 * The log: one line a fact on standard error, written with one write(2),
 * as text (time level id what key=value…) or as JSON. Input cannot forge a
 * line: control bytes are escaped.
 */
#ifndef OFFHOOK_LOG_H
#define OFFHOOK_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "../core/str.h"

enum log_level { LOG_INFO, LOG_WARNING, LOG_ERROR };

struct log {
	bool	json;
	char	id[37];	/* the request's id, "" outside a request */
};

/* A fact's details; the last one has key NULL. */
struct log_field {
	const char	*key;
	struct str	 value;
};

void	log_write(const struct log *, enum log_level, const char *what,
	    const struct log_field *);
/* The same with one detail. */
void	log_say(const struct log *, enum log_level, const char *what,
	    const char *key, struct str value);
/*
 * For what a stranger can cause where a process remembers nothing (CGI):
 * whether this fact, not said within the last second by any process of this
 * user, may be said now. By a stamp in /tmp; what the fact says must not
 * come from the request.
 */
bool	log_allows(int64_t now_ms, struct str fact);

#endif
