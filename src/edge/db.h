/*
 * One connection to Postgres with a deadline of our own: a stopped server
 * answers no statement_timeout, so every wait is a poll() (libpq's own
 * timeouts are per host and in whole seconds). One statement a call,
 * autocommit: right behind PgBouncer in transaction mode.
 */
#ifndef OFFHOOK_DB_H
#define OFFHOOK_DB_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "../core/out.h"
#include "../core/str.h"

struct db {
	const char	*url;	/* conninfo or URI; "" for libpq's defaults */
	PGconn		*conn;	/* NULL: not connected */
	/*
	 * Set by who runs one statement again and again: it is prepared at
	 * its second use on a connection, which saves Postgres about a fifth of
	 * its work. Cleared for good when a pooler between loses statements.
	 */
	bool		 prepare;
	const char	*last;		/* statement run last on conn */
	const char	*prepared;	/* statement prepared on conn */
	char		 name[32];	/* the prepared one's */
	int64_t		 late_ms;	/* when a whole deadline passed, or 0 */
	int64_t		 ran_ms;	/* how long db_run took last */
	/* What its last result says of the server: */
	enum {
		DB_TROUBLE_NONE,
		DB_TROUBLE_STATEMENT,	/* it refused what this one says */
		DB_TROUBLE_SLOW,	/* a lock may be why, or all is slow */
		DB_TROUBLE_AWAY		/* nobody is served now */
	}		 trouble;
	/* Of db_begin and db_send: */
	enum {
		DB_STEP_NONE,
		DB_STEP_CONNECTING,
		DB_STEP_FLUSHING,
		DB_STEP_READING
	}		 stage;
	short		 events;	/* to poll for */
	int64_t		 deadline_ms;
	PGresult	*partial;
};

#define DB_MAX_PARAMS 32

struct db_params {
	int		 n;
	const char	*value[DB_MAX_PARAMS];	/* NULL: null */
	int		 length[DB_MAX_PARAMS];
	int		 binary[DB_MAX_PARAMS];	/* 1: bytes as they are */
	Oid		 type[DB_MAX_PARAMS];	/* 0, as added: inferred */
};

enum db_result {
	DB_OK,
	DB_DOWN,	/* no connection, or it broke: try again or later */
	DB_LATE,	/* the deadline passed; whether it was done is open */
	DB_REFUSED	/* the server answered an error: see sqlstate */
};

struct db_answer {
	PGresult	*res;		/* on OK; the caller clears it */
	char		 sqlstate[6];	/* on REFUSED; "" otherwise */
	char		 error[256];	/* one line for the log */
	char		 hint[256];	/* on REFUSED, our SQL's; or "" */
};

/*
 * Run one statement before the deadline (clock_monotonic_ms). Connects if
 * needed; a connection found dead is replaced once within the deadline
 * (only idempotent statements may be run: it may have been executed).
 * For 5 s after a deadline has passed, connecting anew is given 1 s: those
 * who queue behind a server that stands still learn of it soon.
 * binary asks for results in binary form.
 */
enum db_result	db_run(struct db *, const char *sql, const struct db_params *,
		    bool binary, int64_t deadline_ms, struct db_answer *);
/*
 * Whether SQLSTATE says that what was sent is refused for its own data, which
 * another try does not mend.
 */
bool		db_refused_data(const char *sqlstate);
/*
 * Run several statements, separated by semicolons and without parameters, in
 * one round trip and transaction; the answer is the last one's, as text. It
 * is sent once: a connection found dead is an error.
 */
enum db_result	db_script(struct db *, const char *sql, int64_t deadline_ms,
		    struct db_answer *);
void		db_close(struct db *);

/*
 * The same for who has other things to do meanwhile: begin, wait for db_fd
 * with poll(), and db_step until it is true: then there is a result. After
 * DB_DOWN and DB_LATE the connection is closed.
 */
/* Begin to connect; db_step says when it stands. */
void		db_begin(struct db *, int64_t deadline_ms);
/*
 * Send one statement on a connection that stands and is idle. The parameters
 * need not outlive the call.
 */
void		db_send(struct db *, const char *sql, const struct db_params *,
		    bool binary, int64_t deadline_ms);
/* Send several, as db_script has them; the last one's answer, as text. */
void		db_send_script(struct db *, const char *sql,
		    int64_t deadline_ms);
bool		db_step(struct db *, enum db_result *, struct db_answer *);
/* Whether something was begun and is not finished. */
bool		db_is_busy(const struct db *);
/* What to wait for: fd (-1: nothing), and events for poll(). */
int		db_fd(const struct db *, short *events);

/* A text as a literal of SQL, for db_script. */
void		db_literal(struct out *, struct str);

/* Append a parameter: text (terminated), a counted text, bytes, null. */
void		db_add_text(struct db_params *, const char *);
void		db_add_bytes(struct db_params *, struct str);
void		db_add_null(struct db_params *);

#endif
