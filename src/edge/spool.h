/*
 * The spool: requests that Postgres does not take, each a durable file in
 * OFFHOOK_SPOOL, until "offhook worker" or "offhook spool drain" brings them
 * there (spool_take.h).
 *
 *	KEY		32 hexadecimal digits: the idempotency key
 *	KEY.MS		one of a key whose window is over (core/event.h)
 *	.new.…		being written; swept when it is old
 *	usage		how many files and bytes there are
 *	away		Postgres was away when this was touched last
 *	late		a byte for each it was late with, since its time
 *	bad/		what cannot be drained, and why
 *
 * Written as temporary, fsync, rename that replaces nothing, fsync of the
 * folder: of two with the same key the first wins, and the other reads what
 * it says. The folder and the files are one user's alone.
 */
#ifndef OFFHOOK_SPOOL_H
#define OFFHOOK_SPOOL_H

#include <sys/stat.h>

#include "../core/spooled.h"

#define SPOOL_AWAY_MS 2000	/* then one process asks Postgres again */
#define SPOOL_PROBE_MS 1000	/* and waits for so long */
/* So many late ones in so long, and it is as good as away (a locked table). */
#define SPOOL_LATE 8
#define SPOOL_LATE_MS 3000

struct spool {
	const char	*folder;	/* NULL: there is none */
	int64_t		 max_bytes;
	int64_t		 max_files;
	bool		 probing;	/* this one asks whether it is back */
};

enum spool_result {
	SPOOL_PUT,
	SPOOL_FOUND,		/* another one of the key is there already */
	SPOOL_FULL,		/* one of the bounds is reached */
	SPOOL_FAILED		/* errno says why */
};

/*
 * Read the request of that key. False when there is none, or its window is
 * over. Without one it costs an open(2). It is on the disk when this returns.
 */
bool	spool_find(const struct spool *, struct arena *,
	    const unsigned char key[16], int64_t now_ms, struct spooled *);
/*
 * Put it on the disk; *first is the one that was there on SPOOL_FOUND. What
 * fails leaves nothing behind.
 */
enum spool_result	spool_put(const struct spool *, struct arena *,
			    const struct spooled *, struct spooled *first);

/*
 * Whether Postgres was away a moment ago, as any process found. When that was
 * SPOOL_AWAY_MS ago, one caller is told that it was not: it asks Postgres,
 * and says spool_went_away() again or spool_came_back(). One stat(2).
 */
bool	spool_is_away(struct spool *, int64_t now_ms);
void	spool_went_away(const struct spool *, int64_t now_ms);
void	spool_came_back(struct spool *);
/*
 * Postgres answers, but was late with this one: whether SPOOL_LATE were late
 * within SPOOL_LATE_MS, by all processes.
 */
bool	spool_was_late(const struct spool *, int64_t now_ms);

/* For spool_take.c: */

/* Files and bytes, shared by all processes. */
struct spool_usage {
	int64_t	files;
	int64_t	bytes;
};

/*
 * The open folder, made when it is missing and make is set; -1: errno says
 * why not, EPERM that it is another user's or others can write to it.
 */
int	spool_folder(const struct spool *, bool make);
/* NULL: errno. spool_unmap() lets go of it. */
struct spool_usage	*spool_map(int folder);
void	spool_unmap(struct spool_usage *);
void	spool_release(struct spool_usage *, int64_t bytes);
/* Whether it may be read: a regular file of this owner, and of nobody else. */
bool	spool_is_ours(const struct stat *, uid_t owner);
/* Who makes something in it as root makes it for the folder's owner. */
void	spool_give(int folder, int fd);
/* The whole open file, of the arena; absent when it cannot be had. */
struct str	spool_read(struct arena *, int fd, const struct stat *);

#endif
