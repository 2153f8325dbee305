/* A folder for targets that read files; removed when the program exits. */
#ifndef OFFHOOK_FUZZ_DIR_H
#define OFFHOOK_FUZZ_DIR_H

#include <fcntl.h>
#include <unistd.h>

#include "fuzz.h"

static char		fuzz_path[128];
static const char	*fuzz_name;

static void
fuzz_dir_remove(void)
{
	char	file[192];

	(void)snprintf(file, sizeof(file), "%s/%s", fuzz_path, fuzz_name);
	(void)unlink(file);
	(void)rmdir(fuzz_path);
}

/* The folder in which one file of that name will be. */
static inline const char *
fuzz_dir(const char *name)
{
	const char	*base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" :
			    "/tmp";

	if (fuzz_path[0] != '\0')
		return fuzz_path;
	(void)snprintf(fuzz_path, sizeof(fuzz_path), "%s/offhook-fuzz.XXXXXX",
	    base);
	must(mkdtemp(fuzz_path) != NULL);
	fuzz_name = name;
	(void)atexit(fuzz_dir_remove);
	return fuzz_path;
}

/* The file anew, open for writing. */
static inline int
fuzz_file(const char *name)
{
	char	file[192];
	int	fd;

	(void)snprintf(file, sizeof(file), "%s/%s", fuzz_dir(name), name);
	fd = open(file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	must(fd != -1);
	return fd;
}

#endif
