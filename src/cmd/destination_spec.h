/*
 * A destination's spec by the options of destination add and set, and by the
 * words for its URL or program.
 */
#ifndef OFFHOOK_DESTINATION_SPEC_H
#define OFFHOOK_DESTINATION_SPEC_H

#include "cmd.h"

/*
 * What the options and the operands from the second one on change in a spec:
 * members to be set; null takes one out. "{}": nothing. 0, or the exit status
 * after a message.
 */
int	destination_changes(struct cli *, struct str spec,
	    struct str *changes);
/* Whether the changed spec can be; false after a message. */
bool	destination_check(struct cli *, struct str spec, struct str changes,
	    struct str *merged);
/* The spec of the destination of that name; absent after a message. */
struct str	destination_spec(struct cli *, const char *name);
/* Its filter; that of one without is "{}". */
struct str	destination_filter(struct str spec);
/* A text, @FILE or "-"; the absent value after a message. */
struct str	destination_text(struct cli *, const char *word, size_t max);

#endif
