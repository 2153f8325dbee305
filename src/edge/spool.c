/* The spool, as the responder sees it. See spool.h. */
#define _GNU_SOURCE	/* renameat2 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "file.h"
#include "spool.h"

#define KEY_CHARS 33		/* and a NUL */
#define NAME_CHARS 80
#define PATH_CHARS 4096
#define PUT_TRIES 4

static void
key_name(const unsigned char key[16], char name[KEY_CHARS])
{
	struct out	o = out_init(name, KEY_CHARS);

	out_hex(&o, key, 16);
	name[KEY_CHARS - 1] = '\0';
}

static bool
make_path(const struct spool *s, const char *name, char path[PATH_CHARS])
{
	int	n;

	if (s->folder == NULL)
		return false;
	n = snprintf(path, PATH_CHARS, "%s/%s", s->folder, name);
	return n > 0 && n < PATH_CHARS;
}

bool
spool_is_ours(const struct stat *st, uid_t owner)
{
	return S_ISREG(st->st_mode) && st->st_uid == owner &&
	    (st->st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

struct str
spool_read(struct arena *a, int fd, const struct stat *st)
{
	const struct str	 none = { NULL, 0 };
	size_t			 size = (size_t)st->st_size, n = 0;
	ssize_t			 got;
	char			*buf;

	if (st->st_size <= 0 || size > SPOOLED_MAX_BYTES + SPOOLED_FIRST_LINE)
		return none;
	buf = arena_alloc(a, size, 1);
	while (buf != NULL && n < size) {
		got = read(fd, buf + n, size - n);
		if (got == -1 && errno == EINTR)
			continue;
		if (got <= 0)
			return none;
		n += (size_t)got;
	}
	return buf == NULL ? none : (struct str){ buf, size };
}

static bool
read_spooled(struct arena *a, int fd, struct spooled *out)
{
	struct stat	st;
	struct str	bytes;

	if (fstat(fd, &st) != 0 || !spool_is_ours(&st, geteuid()))
		return false;
	bytes = spool_read(a, fd, &st);
	return bytes.p != NULL && spooled_decode(bytes, out) == SPOOLED_OK;
}

static bool
is_over(const struct spooled *s, int64_t now_ms)
{
	return s->window >= 0 && s->received_ms <= now_ms - s->window * 1000;
}

bool
spool_find(const struct spool *s, struct arena *a,
    const unsigned char key[16], int64_t now_ms, struct spooled *out)
{
	char	name[KEY_CHARS], path[PATH_CHARS];
	bool	found;
	int	fd, folder;

	key_name(key, name);
	if (!make_path(s, name, path))
		return false;
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1)
		return false;
	found = read_spooled(a, fd, out) && !is_over(out, now_ms);
	(void)close(fd);
	if (!found)
		return false;
	/* Who put it may not have come so far yet. */
	folder = spool_folder(s, false);
	found = folder != -1 && fsync(folder) == 0;
	if (folder != -1)
		(void)close(folder);
	return found;
}

/* A folder that was just made is on the disk with its parent. */
static void
sync_parent(int fd)
{
	int	up = fd == -1 ? -1 : openat(fd, "..",
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (up == -1)
		return;
	(void)fsync(up);
	(void)close(up);
}

int
spool_folder(const struct spool *s, bool make)
{
	const int	how = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	struct stat	st;
	int		fd;

	if (s->folder == NULL) {
		errno = ENOENT;
		return -1;
	}
	fd = open(s->folder, how);
	if (fd == -1 && errno == ENOENT && make &&
	    (mkdir(s->folder, 0700) == 0 || errno == EEXIST)) {
		fd = open(s->folder, how);
		sync_parent(fd);
	}
	if (fd == -1)
		return -1;
	if (fstat(fd, &st) == 0 && (st.st_mode & (S_IWGRP | S_IWOTH)) == 0 &&
	    (st.st_uid == geteuid() || geteuid() == 0))
		return fd;
	(void)close(fd);
	errno = EPERM;
	return -1;
}

void
spool_give(int folder, int fd)
{
	struct stat	dir;

	if (geteuid() == 0 && fstat(folder, &dir) == 0 && dir.st_uid != 0)
		(void)!fchown(fd, dir.st_uid, dir.st_gid);
}

/* It must have its bytes on the disk: writing to a hole of a map may kill. */
static bool
fill_usage(int fd)
{
	const struct spool_usage	none = { 0, 0 };
	struct stat			st;
	bool				ok;

	if (fstat(fd, &st) != 0)
		return false;
	if (st.st_size >= (off_t)sizeof(none))
		return true;
	if (flock(fd, LOCK_EX) != 0)
		return false;
	ok = fstat(fd, &st) == 0 && (st.st_size >= (off_t)sizeof(none) ||
	    pwrite(fd, &none, sizeof(none), 0) == (ssize_t)sizeof(none));
	(void)flock(fd, LOCK_UN);
	return ok;
}

struct spool_usage *
spool_map(int folder)
{
	void	*map = MAP_FAILED;
	int	 fd = openat(folder, "usage", O_RDWR | O_CREAT | O_NOFOLLOW |
		    O_CLOEXEC, 0600);

	if (fd == -1)
		return NULL;
	spool_give(folder, fd);
	if (fill_usage(fd))
		map = mmap(NULL, sizeof(struct spool_usage),
		    PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	(void)close(fd);
	return map == MAP_FAILED ? NULL : map;
}

void
spool_unmap(struct spool_usage *u)
{
	(void)munmap(u, sizeof(*u));
}

void
spool_release(struct spool_usage *u, int64_t bytes)
{
	(void)__atomic_sub_fetch(&u->files, 1, __ATOMIC_RELAXED);
	(void)__atomic_sub_fetch(&u->bytes, bytes, __ATOMIC_RELAXED);
}

static bool
reserve(const struct spool *s, struct spool_usage *u, int64_t bytes)
{
	int64_t	files = __atomic_add_fetch(&u->files, 1, __ATOMIC_RELAXED);
	int64_t	all = __atomic_add_fetch(&u->bytes, bytes, __ATOMIC_RELAXED);

	if (files <= s->max_files && all <= s->max_bytes)
		return true;
	spool_release(u, bytes);
	return false;
}

/* A whole file of that name, on the disk; or none, and errno. */
static bool
write_new(int folder, const char *name, struct str bytes)
{
	int	saved, fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL |
		    O_NOFOLLOW | O_CLOEXEC, 0600);
	bool	ok;

	if (fd == -1)
		return false;
	ok = file_write(fd, bytes) && fsync(fd) == 0;
	saved = errno;
	if (close(fd) != 0 && ok) {
		saved = errno;
		ok = false;
	}
	if (!ok) {
		(void)unlinkat(folder, name, 0);
		errno = saved;
	}
	return ok;
}

/* Rename, but replace nothing; also where the file system cannot say so. */
static bool
rename_new(int folder, const char *from, const char *to)
{
	if (renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	if (linkat(folder, from, folder, to, 0) != 0)
		return false;
	(void)unlinkat(folder, from, 0);
	return true;
}

/*
 * One whose window is over, or that cannot be read, makes room. The lock and
 * the second look keep two from moving away each other's: who drains holds it
 * too.
 */
static bool
set_aside(int folder, const char *name, int fd, int64_t ms)
{
	struct stat	open_one, named;
	char		aside[NAME_CHARS];
	bool		ok = true;

	(void)snprintf(aside, sizeof(aside), "%s.%lld", name, (long long)ms);
	if (flock(fd, LOCK_EX) != 0)
		return false;
	if (fstat(fd, &open_one) == 0 &&
	    fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	    open_one.st_ino == named.st_ino &&
	    open_one.st_dev == named.st_dev)
		ok = rename_new(folder, name, aside);
	(void)flock(fd, LOCK_UN);
	return ok;
}

/* Who has the name: read into *first; or it is out of the way: try again. */
static enum spool_result
look_at_first(int folder, struct arena *a, const char *name, int64_t now_ms,
    struct spooled *first)
{
	int	fd = openat(folder, name, O_RDONLY | O_NOFOLLOW |
		    O_NONBLOCK | O_CLOEXEC);
	bool	readable;
	enum spool_result r = SPOOL_FOUND;

	if (fd == -1)
		return errno == ENOENT ? SPOOL_PUT : SPOOL_FAILED;
	readable = read_spooled(a, fd, first);
	if (!readable || is_over(first, now_ms))
		r = set_aside(folder, name, fd, readable ?
		    first->received_ms : now_ms) ? SPOOL_PUT : SPOOL_FAILED;
	(void)close(fd);
	return r;
}

/* Give the written file its name, unless there is one. */
static enum spool_result
name_it(int folder, struct arena *a, const char *temporary,
    const struct spooled *s, struct spooled *first)
{
	char			name[KEY_CHARS];
	enum spool_result	r;
	int			try;

	key_name(s->key, name);
	for (try = 0; try < PUT_TRIES; try++) {
		if (rename_new(folder, temporary, name))
			return SPOOL_PUT;
		if (errno != EEXIST)
			return SPOOL_FAILED;
		r = look_at_first(folder, a, name, s->received_ms, first);
		if (r != SPOOL_PUT)
			return r;
	}
	errno = EEXIST;
	return SPOOL_FAILED;
}

static enum spool_result
put(int folder, struct arena *a, const struct spooled *s, struct str bytes,
    struct spooled *first)
{
	char			id[KEY_CHARS], temporary[NAME_CHARS];
	enum spool_result	r;
	int			saved;

	key_name(s->id, id);
	(void)snprintf(temporary, sizeof(temporary), ".new.%s.%ld", id,
	    (long)getpid());
	if (!write_new(folder, temporary, bytes))
		return SPOOL_FAILED;
	r = name_it(folder, a, temporary, s, first);
	saved = errno;
	if (r != SPOOL_PUT)
		(void)unlinkat(folder, temporary, 0);
	errno = saved;
	if (r != SPOOL_FAILED && fsync(folder) != 0)
		r = SPOOL_FAILED;
	return r;
}

enum spool_result
spool_put(const struct spool *s, struct arena *a, const struct spooled *sp,
    struct spooled *first)
{
	struct str		 bytes = spooled_encode(a, sp);
	int			 folder = spool_folder(s, true), saved;
	struct spool_usage	*u = NULL;
	enum spool_result	 r = SPOOL_FAILED;

	if (folder == -1)
		return SPOOL_FAILED;
	if (bytes.p == NULL || bytes.n > SPOOLED_MAX_BYTES)
		errno = bytes.p == NULL ? ENOMEM : EFBIG;
	else if ((u = spool_map(folder)) != NULL &&
	    !reserve(s, u, (int64_t)bytes.n))
		r = SPOOL_FULL;
	else if (u != NULL) {
		r = put(folder, a, sp, bytes, first);
		saved = errno;
		if (r != SPOOL_PUT)
			spool_release(u, (int64_t)bytes.n);
		errno = saved;
	}
	saved = errno;
	if (u != NULL)
		spool_unmap(u);
	(void)close(folder);
	errno = saved;
	return r;
}

static int64_t
time_of(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000 +
	    st->st_mtim.tv_nsec / 1000000;
}

static bool
is_fresh(const struct stat *st, int64_t now_ms)
{
	int64_t	age = now_ms - time_of(st);

	return age >= 0 && age < SPOOL_AWAY_MS;
}

static bool
touch(int fd, int64_t now_ms)
{
	struct timespec	t[2];

	t[0].tv_sec = (time_t)(now_ms / 1000);
	t[0].tv_nsec = (long)(now_ms % 1000) * 1000000;
	t[1] = t[0];
	return futimens(fd, t) == 0;
}

/* Of those who find it too old, one gets the lock and finds it so still. */
static bool
begin_probe(const char *path, int64_t now_ms)
{
	struct stat	st;
	bool		ours;
	int		fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);

	if (fd == -1)
		return errno == ENOENT || errno == EACCES;
	ours = flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 &&
	    !is_fresh(&st, now_ms) && touch(fd, now_ms);
	(void)close(fd);
	return ours;
}

bool
spool_is_away(struct spool *s, int64_t now_ms)
{
	char		path[PATH_CHARS];
	struct stat	st;

	s->probing = false;
	if (!make_path(s, "away", path) || stat(path, &st) != 0)
		return false;
	if (is_fresh(&st, now_ms))
		return true;
	s->probing = begin_probe(path, now_ms);
	return !s->probing;
}

/* A file that all processes share; -1: it is not to be had. */
static int
open_shared(const struct spool *s, const char *name)
{
	int	fd, folder = spool_folder(s, true);

	if (folder == -1)
		return -1;
	fd = openat(folder, name, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	(void)close(folder);
	return fd;
}

void
spool_went_away(const struct spool *s, int64_t now_ms)
{
	int	fd = open_shared(s, "away");

	if (fd == -1)
		return;
	(void)touch(fd, now_ms);
	(void)close(fd);
}

bool
spool_was_late(const struct spool *s, int64_t now_ms)
{
	int		fd = open_shared(s, "late");
	int64_t		since;
	struct stat	st;
	bool		many = false;

	if (fd == -1)
		return false;
	if (flock(fd, LOCK_EX) == 0 && fstat(fd, &st) == 0) {
		since = time_of(&st);
		if (st.st_size == 0 || since > now_ms ||
		    now_ms - since >= SPOOL_LATE_MS) {
			since = now_ms;
			st.st_size = 0;
			(void)!ftruncate(fd, 0);
		}
		many = write(fd, "x", 1) == 1 && touch(fd, since) &&
		    st.st_size + 1 >= SPOOL_LATE;
	}
	(void)close(fd);
	return many;
}

void
spool_came_back(struct spool *s)
{
	char	path[PATH_CHARS];

	if (s->probing && make_path(s, "away", path))
		(void)unlink(path);
	s->probing = false;
}
