/*
 * The routes' snapshot: a versioned file in OFFHOOK_STATE, mapped read-only
 * (so that all processes share its pages). CGI has no memory between
 * requests and an outage must not take the routes away. Written as
 * temporary, fsync, rename; read back like a stranger's: its SHA-256
 * stands behind its first line.
 */
#ifndef OFFHOOK_SNAPSHOT_H
#define OFFHOOK_SNAPSHOT_H

#include "../core/route.h"
#include "../core/template.h"

/* What is found out about a route when it is first taken. */
struct route_memo {
	bool		checked;
	bool		good;		/* route_check() lets it be sent */
	struct str	why;		/* not; absent when it is good */
	const struct template *compiled;	/* NULL: it has no template */
	bool		settled;	/* see route_is_settled */
	void		*memory;	/* of the two above */
};

struct snapshot {
	const char	*state;		/* folder; NULL: none */
	void		*map;		/* NULL: none */
	size_t		 size;
	struct routes	 routes;	/* version -1: nothing is known */
	void		*memory;	/* of routes */
	struct route_memo *memos;	/* one for each route */
	uint64_t	 inode;		/* of the file mapped */
	int64_t		 mtime_ns;
};

void	snapshot_open(struct snapshot *, const char *state);
void	snapshot_close(struct snapshot *);
/*
 * Take the file's routes if it is another one than the last time. False
 * when there is none or it is damaged: the routes known stay. A route that
 * cannot be read is there, with broken set (core/route.h).
 */
bool	snapshot_refresh(struct snapshot *);
/*
 * Write these routes, a JSON array of specs; false (errno set) when the
 * folder does not take it.
 */
bool	snapshot_write(const struct snapshot *, int64_t version,
	    struct str specs);
/*
 * Whether one of its own routes may be sent, found out at the first call;
 * valid until the snapshot is closed or another file is taken.
 */
const struct route_memo	*snapshot_memo(struct snapshot *,
			    const struct route *);

#endif
