/* A folder of the test's own. See tempdir.h. */
#include <sys/stat.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tempdir.h"

static char path[256];

static void
remove_it(void)
{
	DIR		*d = opendir(path);
	struct dirent	*e;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			(void)unlinkat(dirfd(d), e->d_name, 0);
	if (d != NULL)
		(void)closedir(d);
	(void)rmdir(path);
}

static void
bail(const char *what)
{
	printf("Bail out! %s in %s\n", what, path);
	exit(1);
}

const char *
tempdir(void)
{
	const char	*base = getenv("TMPDIR");

	if (path[0] != '\0')
		return path;
	(void)snprintf(path, sizeof(path), "%s/offhook-unit.XXXXXX",
	    base == NULL ? "/tmp" : base);
	if (mkdtemp(path) == NULL)
		bail("no temporary folder");
	(void)atexit(remove_it);
	return path;
}

const char *
temppath(const char *name)
{
	static char	full[512];

	(void)snprintf(full, sizeof(full), "%s/%s", tempdir(), name);
	return full;
}

void
tempfile(const char *name, struct str text, unsigned mode)
{
	const char	*p = temppath(name);
	int		 fd;

	(void)unlink(p);
	fd = open(p, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd == -1 || write(fd, text.p, text.n) != (ssize_t)text.n ||
	    fchmod(fd, (mode_t)mode) == -1 || close(fd) == -1)
		bail("no file can be written");
}
