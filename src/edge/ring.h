/*
 * The ring of rejected requests: the last RING_SLOTS in full, in one sparse
 * file of fixed size in OFFHOOK_STATE, shared by all processes. Nothing that
 * a stranger sends makes it grow, and a budget bounds how often it is
 * written: what is beyond is only counted. The inspector (inspector.h) has
 * a ring of its own, without a budget: the command line prepares it.
 */
#ifndef OFFHOOK_RING_H
#define OFFHOOK_RING_H

#include <stdbool.h>
#include <stdint.h>

#include "../core/arena.h"

#define RING_SLOTS 64
#define RING_HEAD_BYTES 16384	/* room for a request's head in a slot */
#define RING_BURST 64		/* entries at once, then one a second */
#define RING_LABEL_BYTES 3072	/* what a prepared ring says of itself */

struct ring {
	int		 fd;		/* -1: not open */
	const char	*state;		/* folder; NULL: none */
	const char	*file;		/* in it: "rejected.ring" */
	bool		 prepared;	/* by ring_prepare: a put never makes
					   it, has no budget, and waits for
					   the lock (up to 100 ms) */
	size_t		 slot;		/* bytes of one slot's payload */
	int64_t		 pause_until;	/* ms; within it nothing is tried */
	uint64_t	 unwritten;	/* counted by this process meanwhile */
};

struct ring_entry {
	uint64_t	seq;	/* 1, 2, 3 … */
	int64_t		time_ms;
	struct str	payload;	/* a message (core/message.h) */
};

struct ring_counts {
	uint64_t	seen;	/* rejected requests, written or only counted */
	uint64_t	last;	/* seq of the newest entry */
};

/* max_body sets the slot's size; a file of another size is begun anew. */
void	ring_open(struct ring *, const char *state, size_t max_body);
void	ring_close(struct ring *);
/*
 * Put a rejected request in. Returns how many rejections a log line should
 * speak for: 0 says no line now (another was written within a second).
 */
uint64_t	ring_put(struct ring *, int64_t now_ms, struct str payload);
/*
 * Read entry seq into the arena; false when it is gone, damaged or not
 * there. For the command line.
 */
bool	ring_get(struct ring *, struct arena *, uint64_t seq,
	    struct ring_entry *);
/* False when there is no ring (nothing was ever rejected). */
bool	ring_counts(struct ring *, struct ring_counts *);
/*
 * Make a prepared ring's file anew, with this label, in place of any other;
 * false with errno set. ring_label reads the label of the file that is
 * there; false when it is none, or not this process's user's.
 */
bool	ring_prepare(struct ring *, int64_t now_ms,
	    const unsigned char label[RING_LABEL_BYTES]);
bool	ring_label(struct ring *, unsigned char label[RING_LABEL_BYTES]);
/*
 * Remove the file that ring_label has opened: emptied for whoever has it
 * open, unlinked unless another one has taken its place.
 */
void	ring_remove(struct ring *);

#endif
