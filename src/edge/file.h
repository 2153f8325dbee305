/* What durable files have in common. */
#ifndef OFFHOOK_FILE_H
#define OFFHOOK_FILE_H

#include <stdbool.h>

#include "../core/str.h"

/* Write all of it, or fail with errno. */
bool	file_write(int fd, struct str);

#endif
