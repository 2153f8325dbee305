/*
 * Values that are one of a few words: a slip of the pen is refused, with
 * EXIT_USAGE, in place of finding nothing.
 */
#ifndef OFFHOOK_WORD_H
#define OFFHOOK_WORD_H

#include "cmd.h"

/* Lists of words end with NULL. */
extern const char *const	word_issue_types[];
extern const char *const	word_states[];	/* of a delivery */
extern const char *const	word_verdicts[];

/*
 * Whether all values of an option (none: true) are of the words; false after
 * a message. With commas a value may be several.
 */
bool	word_option(const struct cli *, const char *option,
	    const char *const *words, bool commas);
/* The same of kinds of events, where "call.*" is all that begin so. */
bool	word_kinds(const struct cli *, const char *option, bool commas);
/* The same of types of issues, as kinds. */
bool	word_issues(const struct cli *, const char *option);
/* The same of a word that is no option's; what: "TYPE". */
bool	word_is(const struct cli *, const char *what, struct str,
	    const char *const *words);

#endif
