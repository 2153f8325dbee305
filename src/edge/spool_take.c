/* The spool, as who drains it sees it. See spool_take.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "spool_take.h"

#define TEMPORARY ".new."
#define OLD_MS 600000		/* nobody writes for so long */
#define FIRST_ENTRIES 64

/* KEY or KEY.MS */
static bool
is_spooled_name(struct str name)
{
	uint64_t	ms;
	size_t		i;

	if (name.n >= SPOOL_NAME)
		return false;
	for (i = 0; i < 32; i++)
		if (i >= name.n || hex_value(name.p[i]) < 0)
			return false;
	return name.n == 32 || (name.p[32] == '.' &&
	    str_to_uint(str_sub(name, 33, name.n), INT64_MAX, &ms));
}

static int64_t
mtime_ms(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000 +
	    st->st_mtim.tv_nsec / 1000000;
}

static bool
append(struct spool_list *list, size_t *cap, const char *name,
    const struct stat *st)
{
	struct spool_entry	*more;

	if (list->n == *cap) {
		*cap = *cap == 0 ? FIRST_ENTRIES : 2 * *cap;
		more = realloc(list->at, *cap * sizeof(*more));
		if (more == NULL)
			return false;
		list->at = more;
	}
	more = &list->at[list->n++];
	(void)snprintf(more->name, sizeof(more->name), "%.*s",
	    (int)sizeof(more->name) - 1, name);
	more->bytes = st->st_size;
	more->at_ms = mtime_ms(st);
	list->bytes += st->st_size;
	return true;
}

static int
older(const void *a, const void *b)
{
	const struct spool_entry	*x = a, *y = b;

	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* A second descriptor, because a DIR closes its own. */
static DIR *
open_dir(int folder, const char *name)
{
	int	fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
		    O_CLOEXEC);
	DIR	*dir = fd == -1 ? NULL : fdopendir(fd);

	if (dir == NULL && fd != -1)
		(void)close(fd);
	return dir;
}

static size_t
count_bad(int folder)
{
	const struct dirent	*e;
	size_t			 n = 0;
	DIR			*dir = open_dir(folder, "bad");

	while (dir != NULL && (e = readdir(dir)) != NULL)
		n += e->d_name[0] != '.' && !str_ends(str_from(e->d_name),
		    STR(".why"));
	if (dir != NULL)
		(void)closedir(dir);
	return n;
}

bool
spool_list(int folder, struct spool_list *list)
{
	const struct dirent	*e;
	struct stat		 st;
	size_t			 cap = 0;
	bool			 ok = true;
	DIR			*dir = open_dir(folder, ".");

	*list = (struct spool_list){ .n = 0 };
	if (dir == NULL)
		return false;
	while (ok && (e = readdir(dir)) != NULL)
		if (is_spooled_name(str_from(e->d_name)) &&
		    fstatat(folder, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			ok = append(list, &cap, e->d_name, &st);
	(void)closedir(dir);
	if (list->n > 0)
		qsort(list->at, list->n, sizeof(*list->at), older);
	list->bad = count_bad(folder);
	return ok;
}

void
spool_list_free(struct spool_list *list)
{
	free(list->at);
	*list = (struct spool_list){ .n = 0 };
}

bool
spool_lock(int folder)
{
	return flock(folder, LOCK_EX | LOCK_NB) == 0;
}

void
spool_sweep(int folder, int64_t now_ms, const struct spool_list *list)
{
	struct spool_usage	*u = spool_map(folder), now = { 0, 0 };
	const struct dirent	*e;
	struct stat		 st;
	DIR			*dir = open_dir(folder, ".");

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (strncmp(e->d_name, TEMPORARY, strlen(TEMPORARY)) != 0 ||
		    fstatat(folder, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (mtime_ms(&st) < now_ms - OLD_MS)
			(void)unlinkat(folder, e->d_name, 0);
		else {
			now.files++;
			now.bytes += st.st_size;
		}
	}
	if (dir != NULL)
		(void)closedir(dir);
	if (u == NULL)
		return;
	__atomic_store_n(&u->files, now.files + (int64_t)list->n,
	    __ATOMIC_RELAXED);
	__atomic_store_n(&u->bytes, now.bytes + list->bytes,
	    __ATOMIC_RELAXED);
	spool_unmap(u);
}

/* What is wrong with the open file, or NULL. */
static const char *
read_checked(int folder, int fd, struct arena *a, struct spooled *s,
    struct spool_hold *hold)
{
	struct stat		dir, st;
	struct str		bytes;
	enum spooled_result	r;

	if (fstat(folder, &dir) != 0 || fstat(fd, &st) != 0)
		return "it cannot be looked at";
	hold->bytes = st.st_size;
	if (!spool_is_ours(&st, dir.st_uid))
		return "it is no regular file that the folder's owner alone "
		    "can read and write";
	bytes = spool_read(a, fd, &st);
	if (bytes.p == NULL)
		return "it cannot be read";
	r = spooled_decode(bytes, s);
	return r == SPOOLED_OK ? NULL : spooled_strerror(r);
}

/* Still the one of that name, and locked: set_aside() in spool.c. */
static bool
lock_named(int folder, const char *name, int fd)
{
	struct stat	open_one, named;

	return flock(fd, LOCK_EX | LOCK_NB) == 0 &&
	    fstat(fd, &open_one) == 0 &&
	    fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	    open_one.st_ino == named.st_ino &&
	    open_one.st_dev == named.st_dev;
}

enum spool_taken
spool_take(int folder, const char *name, struct arena *a,
    struct spool_hold *hold, struct spooled *s, const char **why)
{
	*hold = (struct spool_hold){ .folder = folder, .name = name };
	hold->fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_CLOEXEC);
	if (hold->fd == -1) {
		*why = "it cannot be opened";
		return errno == ENOENT ? SPOOL_GONE : SPOOL_BAD;
	}
	if (!lock_named(folder, name, hold->fd)) {
		spool_let(hold);
		return SPOOL_GONE;
	}
	*why = read_checked(folder, hold->fd, a, s, hold);
	return *why == NULL ? SPOOL_TAKEN : SPOOL_BAD;
}

void
spool_let(struct spool_hold *hold)
{
	if (hold->fd != -1)
		(void)close(hold->fd);
	hold->fd = -1;
}

static void
forget(struct spool_hold *hold)
{
	struct spool_usage	*u = spool_map(hold->folder);

	if (u != NULL) {
		spool_release(u, hold->bytes);
		spool_unmap(u);
	}
}

bool
spool_drop(struct spool_hold *hold)
{
	bool	ok = unlinkat(hold->folder, hold->name, 0) == 0;

	if (ok)
		forget(hold);
	spool_let(hold);
	return ok;
}

/* The reason beside it; nothing depends on it. */
static void
write_why(int folder, int bad, const char *name, const char *why)
{
	char	path[SPOOL_NAME + 8];
	int	fd;

	(void)snprintf(path, sizeof(path), "%s.why", name);
	fd = openat(bad, path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	if (fd == -1)
		return;
	spool_give(folder, fd);
	(void)dprintf(fd, "%s\n", why);
	(void)close(fd);
}

static int
open_bad(int folder)
{
	bool	made = mkdirat(folder, "bad", 0700) == 0;
	int	fd = openat(folder, "bad", O_RDONLY | O_DIRECTORY |
		    O_NOFOLLOW | O_CLOEXEC);

	if (made && fd != -1)
		spool_give(folder, fd);
	return fd;
}

bool
spool_set_bad(struct spool_hold *hold, const char *why)
{
	int	bad = open_bad(hold->folder);
	bool	ok = false;

	if (bad != -1) {
		write_why(hold->folder, bad, hold->name, why);
		ok = renameat(hold->folder, hold->name, bad,
		    hold->name) == 0;
		(void)close(bad);
	}
	if (ok)
		forget(hold);
	spool_let(hold);
	return ok;
}
