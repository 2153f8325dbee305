/* See file.h. */
#include <errno.h>
#include <unistd.h>

#include "file.h"

bool
file_write(int fd, struct str s)
{
	ssize_t	n;

	while (s.n > 0) {
		n = write(fd, s.p, s.n);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}
