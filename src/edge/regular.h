/*
 * Extended regular expressions of POSIX, in any case (of ASCII), by libc.
 * What is compiled is kept, so that a process that lives on compiles once.
 */
#ifndef OFFHOOK_REGULAR_H
#define OFFHOOK_REGULAR_H

#include "../core/out.h"

#define REGULAR_MAX_BYTES 256
#define REGULAR_MAX_SUBJECT 4096	/* bytes; what is behind is not seen */

/*
 * Whether the pattern may be used: it is one, has no back-references, and
 * its repetitions, written out, stay small. Otherwise *why says what.
 */
bool	regular_check(struct str pattern, struct out *why);
/* Whether it is found in the subject; never of a pattern that is refused. */
bool	regular_matches(struct str pattern, struct str subject);
/* Give back what was kept. */
void	regular_forget(void);

#endif
