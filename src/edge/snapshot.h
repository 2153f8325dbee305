/*
 * The routes' snapshot: a versioned file in OFFHOOK_STATE, mapped read-only
 * (so that all processes share its pages). CGI has no memory between
 * requests and an outage must not take the routes away. Written as
 * temporary, fsync, rename; read back like a stranger's: its SHA-256
 * stands behind its first line.
 */
#ifndef OFFHOOK_SNAPSHOT_H
#define OFFHOOK_SNAPSHOT_H

#include "store.h"

struct snapshot {
	const char	*state;		/* folder; NULL: none */
	void		*map;		/* NULL: none */
	size_t		 size;
	struct store_routes routes;	/* version -1: nothing is known */
	uint64_t	 inode;		/* of the file mapped */
	int64_t		 mtime_ns;
};

void	snapshot_open(struct snapshot *, const char *state);
void	snapshot_close(struct snapshot *);
/*
 * Take the file's routes if it is another one than the last time. False
 * when there is none or it is damaged: the routes known stay.
 */
bool	snapshot_refresh(struct snapshot *);
/* Write these routes; false (errno set) when the folder does not take it. */
bool	snapshot_write(const struct snapshot *, const struct store_routes *,
	    struct arena *);

#endif
