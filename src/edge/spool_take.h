/*
 * The spool, as who drains or shows it sees it: see spool.h. What is read is
 * checked like a stranger's: regular file, owner, mode, size, checksum.
 */
#ifndef OFFHOOK_SPOOL_TAKE_H
#define OFFHOOK_SPOOL_TAKE_H

#include "spool.h"

#define SPOOL_NAME 64

struct spool_entry {
	char	name[SPOOL_NAME];
	int64_t	bytes;
	int64_t	at_ms;		/* when it was written */
};

struct spool_list {
	struct spool_entry	*at;	/* the oldest first */
	size_t			 n;
	int64_t			 bytes;	/* of all */
	size_t			 bad;	/* files set aside in bad/ */
};

/* The spooled requests; false: errno. spool_list_free() in either case. */
bool	spool_list(int folder, struct spool_list *);
void	spool_list_free(struct spool_list *);

/*
 * Lock the folder for draining: false when another one does it. Closing the
 * folder unlocks it.
 */
bool	spool_lock(int folder);
/*
 * What drain does now and then: sets the usage to what is there, and removes
 * temporaries that nobody writes any more.
 */
void	spool_sweep(int folder, int64_t now_ms, const struct spool_list *);

enum spool_taken {
	SPOOL_TAKEN,
	SPOOL_GONE,		/* somebody else has it, or had it */
	SPOOL_BAD		/* *why says what is wrong */
};

/* One that was taken is the caller's until it is let go. */
struct spool_hold {
	int			 folder;
	int			 fd;
	int64_t			 bytes;
	const char		*name;
};

/* On SPOOL_TAKEN and SPOOL_BAD the hold is to be let go. */
enum spool_taken	spool_take(int folder, const char *name,
			    struct arena *, struct spool_hold *,
			    struct spooled *, const char **why);
/* Let it go: it stays, it is done with, or it goes into bad/ with a reason. */
void	spool_let(struct spool_hold *);
bool	spool_drop(struct spool_hold *);
bool	spool_set_bad(struct spool_hold *, const char *why);

#endif
