/*
 * Programs that are run beside everything else: each gets bytes on its
 * standard input, leads a process group of its own, and has a time limit.
 * No shell; no file descriptors but 0, 1 and 2; no environment but the one
 * given.
 */
#ifndef OFFHOOK_CHILD_H
#define OFFHOOK_CHILD_H

#include "../core/arena.h"

#define CHILD_GRACE_MS 2000	/* between SIGTERM and SIGKILL */

struct child_request {
	const char *const	*argv;	/* argv[0]: an absolute path */
	const char *const	*env;	/* ends with NULL */
	struct str		 input;
	long			 timeout_ms;
	size_t			 max_output;	/* of 1 and 2 together; more
						   is read and dropped */
};

enum child_end {
	CHILD_EXITED,
	CHILD_KILLED,		/* by a signal */
	CHILD_TIMEOUT,		/* by us, at the time limit */
	CHILD_NOT_STARTED	/* error says why */
};

struct child_result {
	enum child_end	 end;
	int		 status;	/* of the exit, or the signal */
	struct str	 output;
	int64_t		 elapsed_us;
	char		 error[256];	/* unless it exited */
};

struct children {
	int		 fd;	/* -1: not open; readable: children_next may
				   have something to do */
	struct child	*at;
	size_t		 most;
	size_t		 n;	/* that are under way or not fetched yet */
};

/*
 * False when the system lacks memory or descriptors. SIGPIPE is ignored
 * from now on.
 */
bool	children_open(struct children *, size_t most);
/*
 * Start one; the request and all that it points to must stay until
 * children_next gives it back. False when most are under way. One that
 * cannot be started is given back as CHILD_NOT_STARTED.
 */
bool	children_add(struct children *, const struct child_request *,
	    void *who);
/*
 * How long at most, in ms, until children_next must be called even if fd
 * is not readable; -1: any time.
 */
int	children_timeout(const struct children *);
/*
 * Do what is due, without waiting, and take one that has ended; false when
 * there is none. Its output goes onto the arena.
 */
bool	children_next(struct children *, struct arena *, void **who,
	    struct child_result *);
/* Kill its group and forget it; nothing happens when it is not there. */
void	children_cancel(struct children *, const void *who);
/* Kill all that are under way. */
void	children_close(struct children *);
/*
 * Whether the program may be run: an absolute path without "." and "..",
 * below one of the folders (separated by blanks; absent: none), a regular
 * file that we may execute; neither it nor a folder on the way to it, from
 * that one on, is a link or may be written by others. False: error says why.
 */
bool	child_allowed(const char *program, struct str folders,
	    char error[256]);

#endif
