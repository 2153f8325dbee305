/* What doctor finds, and its checks of the database. */
#ifndef OFFHOOK_DOCTOR_H
#define OFFHOOK_DOCTOR_H

#include "query.h"
#include "table.h"

enum finding { FINDING_OK, FINDING_WARN, FINDING_BAD };

struct doctor {
	struct cli		*cli;
	const struct config	*config;
	struct table		 table;
	bool			 bad;
};

/* Note one: what was looked at, what was found, how to mend it (or NULL). */
void	doctor_note(struct doctor *, enum finding, const char *check,
	    const char *found, const char *mend);
/* All checks of the database. */
void	doctor_database(struct doctor *);

#endif
