/* A folder of the test's own, removed at its end with what is in it. */
#ifndef OFFHOOK_TEMPDIR_H
#define OFFHOOK_TEMPDIR_H

#include "../../src/core/str.h"

/* Made at the first call; the path lives as long as the program. */
const char	*tempdir(void);
/* "folder/name" in a buffer that the next call uses again. */
const char	*temppath(const char *name);
/* Write that file anew with this mode. Exits when it cannot. */
void		 tempfile(const char *name, struct str text, unsigned mode);

#endif
