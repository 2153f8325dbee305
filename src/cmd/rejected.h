/* The rejected requests, as the commands show and explain them. */
#ifndef OFFHOOK_REJECTED_H
#define OFFHOOK_REJECTED_H

#include "../core/explain.h"
#include "../edge/ring.h"
#include "cmd.h"

struct rejected {
	struct ring	ring;
	bool		there;	/* a ring exists: something was rejected */
	uint64_t	last;
	uint64_t	seen;	/* all, also those that were only counted */
};

/* Open OFFHOOK_STATE's ring; false after a message (settings, rights). */
bool	rejected_open(struct cli *, struct rejected *);
void	rejected_close(struct rejected *);
/* Entry number seq, parsed; false when it is gone or unreadable. */
bool	rejected_get(struct cli *, struct rejected *, uint64_t seq,
	    struct ring_entry *, struct message *);
/* "r12", "12" or "last" as a number; 0 when it is none of them. */
uint64_t	rejected_number(const struct rejected *, struct str word);
/* What explain() asks for: the settings as core knows them. */
void	rejected_explain_input(struct cli *, const struct config *,
	    const struct message *, struct explain_input *);

#endif
