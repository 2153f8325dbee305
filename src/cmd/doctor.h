/*
 * What doctor finds. Each file doctor_*.c looks at one thing, and notes
 * each finding with its fix.
 */
#ifndef OFFHOOK_DOCTOR_H
#define OFFHOOK_DOCTOR_H

#include "query.h"
#include "table.h"

#define DOCTOR_MOST_AT_ONCE 64	/* of --at-once */
#define DOCTOR_RESTART "restart it (docs/lifecycle.md)"

enum finding { FINDING_OK, FINDING_WARN, FINDING_BAD };

struct doctor {
	struct cli		*cli;
	const struct config	*config;
	struct table		 table;
	bool			 bad;
	bool			 connected;	/* to the database */
	bool			 old;		/* settings: it was told */
	struct str		 log;		/* --log's text, or absent */
	const char		*reached;	/* a URL that offhook answers */
	struct str		 program;	/* of the responder's reached */
	struct str		 docroot;	/* of its server; or absent */
};

/* Note one: what was looked at, what was found, how to mend it (or NULL). */
void	doctor_note(struct doctor *, enum finding, const char *check,
	    const char *found, const char *mend);
/* The same; ok leaves the mend out. */
void	doctor_judge(struct doctor *, enum finding, const char *check,
	    const char *found, const char *mend);

/*
 * As root: go on as the user of the responder, whose rights count. From
 * then on the process has no right but that user's.
 */
void	doctor_user(struct doctor *);
/* The settings' file, the public URLs, the state folder, libpq's files. */
void	doctor_settings(struct doctor *);
/* The folder for requests while Postgres is away, and what is in it. */
void	doctor_spool(struct doctor *);
/* All checks of the database. */
void	doctor_database(struct doctor *);
/* Destinations, what waits for them, and the workers. */
void	doctor_deliveries(struct doctor *, struct db *admin);
/* Where deliveries go, and whether a worker may go there. */
void	doctor_destinations(struct doctor *, struct db *admin);
/* Libraries: there, and without known holes. */
void	doctor_system(struct doctor *);
/*
 * A URL as pasted into Twilio, by its looks alone. Whether it may be asked:
 * not where it is a stranger's, who would get the password and signatures.
 */
bool	doctor_pasted(struct doctor *, const char *url);
/*
 * Everything behind one URL, by probes through its web server. Sets
 * d->reached and what comes with it when offhook answers.
 */
void	doctor_server(struct doctor *, const char *url);
/*
 * Its limits: odd targets (if a plain signed request would be accepted),
 * the largest body, many requests at once.
 */
void	doctor_limits(struct doctor *, const char *url, bool accepted);
/* The production checklist (--go-live). */
void	doctor_golive(struct doctor *);
/* AuthTokens where they must not be: arguments, programs, documents. */
void	doctor_leaks(struct doctor *);

#endif
