/* One connection with a deadline of our own. See db.h. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"
#include "db.h"

#define DOUBT_MS 5000		/* after a deadline has passed, */
#define DOUBT_CONNECT_MS 1000	/* connecting must not take longer */

/* The first line of libpq's text, without its line end. */
static void
set_error(struct db_answer *a, const char *text)
{
	(void)snprintf(a->error, sizeof(a->error), "%.*s",
	    (int)strcspn(text, "\n"), text);
}

void
db_close(struct db *db)
{
	if (db->conn != NULL)
		PQfinish(db->conn);
	db->conn = NULL;
	PQclear(db->partial);
	db->partial = NULL;
	db->last = db->prepared = NULL;
	db->stage = DB_STEP_NONE;
}

/* Wait for the socket; DB_OK, DB_LATE, or DB_DOWN when poll fails. */
static enum db_result
wait_for(PGconn *conn, short events, int64_t deadline)
{
	struct pollfd	p = { .fd = PQsocket(conn), .events = events };
	int64_t		left;
	int		n;

	for (;;) {
		left = deadline - clock_monotonic_ms();
		if (left <= 0)
			return DB_LATE;
		n = poll(&p, 1, left > INT_MAX ? INT_MAX : (int)left);
		if (n > 0)
			return DB_OK;
		if (n < 0 && errno != EINTR)
			return DB_DOWN;
	}
}

static void
ignore_notice(void *data, const PGresult *res)
{
	(void)data;
	(void)res;
}

/* Drive PQconnectPoll until it has decided. */
static enum db_result
finish_connect(PGconn *conn, int64_t deadline)
{
	enum db_result	r;

	for (;;) {
		switch (PQconnectPoll(conn)) {
		case PGRES_POLLING_OK:
			return PQsetnonblocking(conn, 1) == 0 ? DB_OK : DB_DOWN;
		case PGRES_POLLING_READING:
			r = wait_for(conn, POLLIN, deadline);
			break;
		case PGRES_POLLING_WRITING:
			r = wait_for(conn, POLLOUT, deadline);
			break;
		case PGRES_POLLING_ACTIVE:
		case PGRES_POLLING_FAILED:
		default:
			return DB_DOWN;
		}
		if (r != DB_OK)
			return r;
	}
}

/* Begin to connect; false: there is an error on db->conn, or no memory. */
static bool
start_connect(struct db *db)
{
	static const char *const keys[] = { "dbname",
	    "fallback_application_name",
	    "client_encoding", NULL };
	const char	*values[] = { db->url, "offhook", "UTF8", NULL };

	if (values[0][0] == '\0')
		values[0] = NULL;
	db->conn = PQconnectStartParams(keys, values, 1);
	if (db->conn == NULL || PQstatus(db->conn) == CONNECTION_BAD)
		return false;
	PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
	return true;
}

static enum db_result
connect_db(struct db *db, int64_t deadline, struct db_answer *a)
{
	enum db_result	 r = DB_DOWN;

	if (start_connect(db)) {
		r = wait_for(db->conn, POLLOUT, deadline);
		if (r == DB_OK)
			r = finish_connect(db->conn, deadline);
	}
	if (r == DB_LATE)
		set_error(a, "connecting took longer than the deadline");
	else if (r != DB_OK)
		set_error(a, db->conn == NULL ? "out of memory" :
		    PQerrorMessage(db->conn));
	if (r != DB_OK)
		db_close(db);
	return r;
}

static enum db_result
flush(PGconn *conn, int64_t deadline)
{
	enum db_result	r;
	int		left;

	while ((left = PQflush(conn)) == 1) {
		r = wait_for(conn, POLLIN | POLLOUT, deadline);
		if (r != DB_OK)
			return r;
		if (PQconsumeInput(conn) == 0)
			return DB_DOWN;
	}
	return left == 0 ? DB_OK : DB_DOWN;
}

/* The last result, once the server says it is ready for the next query. */
static enum db_result
collect(PGconn *conn, int64_t deadline, PGresult **out)
{
	PGresult	*res;
	enum db_result	 r;

	for (;;) {
		while (PQisBusy(conn)) {
			r = wait_for(conn, POLLIN, deadline);
			if (r != DB_OK)
				return r;
			if (PQconsumeInput(conn) == 0)
				return DB_DOWN;
		}
		res = PQgetResult(conn);
		if (res == NULL)
			return *out == NULL ? DB_DOWN : DB_OK;
		PQclear(*out);
		*out = res;
	}
}

/* Sort an error: broken connections are down, the rest is an answer. */
static enum db_result
judge(struct db *db, struct db_answer *a)
{
	const char	*state, *hint;

	if (PQresultStatus(a->res) == PGRES_TUPLES_OK ||
	    PQresultStatus(a->res) == PGRES_COMMAND_OK)
		return DB_OK;
	state = PQresultErrorField(a->res, PG_DIAG_SQLSTATE);
	(void)snprintf(a->sqlstate, sizeof(a->sqlstate), "%s",
	    state == NULL ? "" : state);
	set_error(a, PQresultErrorMessage(a->res));
	hint = PQresultErrorField(a->res, PG_DIAG_MESSAGE_HINT);
	(void)snprintf(a->hint, sizeof(a->hint), "%s",
	    hint == NULL ? "" : hint);
	PQclear(a->res);	/* and with it state and hint */
	a->res = NULL;
	if (PQstatus(db->conn) != CONNECTION_OK || a->sqlstate[0] == '\0')
		return DB_DOWN;
	/*
	 * 57P01 and its kin: the server goes down; 08: a pooler lost it;
	 * 25006: it has become a standby, and another is the primary now.
	 */
	return strncmp(a->sqlstate, "57P", 3) == 0 ||
	    strncmp(a->sqlstate, "08", 2) == 0 ||
	    strcmp(a->sqlstate, "25006") == 0 ? DB_DOWN : DB_REFUSED;
}

/* Wait for the answer to what was sent; sent is libpq's 1 or 0. */
static enum db_result
finish(struct db *db, int sent, int64_t deadline, struct db_answer *a)
{
	enum db_result	r = sent == 1 ? DB_OK : DB_DOWN;

	if (r == DB_OK)
		r = flush(db->conn, deadline);
	if (r == DB_OK)
		r = collect(db->conn, deadline, &a->res);
	if (r == DB_OK)
		return judge(db, a);
	PQclear(a->res);
	a->res = NULL;
	set_error(a, r == DB_LATE ? "no answer before the deadline" :
	    PQerrorMessage(db->conn));
	return r;
}

/*
 * A name that stands for this text alone (FNV-1a): where a pooler hands
 * the connection to others, what they prepared under it is the same.
 */
static void
statement_name(const char *sql, char name[32])
{
	uint64_t	h = 14695981039346656037u;

	for (; *sql != '\0'; sql++)
		h = (h ^ (unsigned char)*sql) * 1099511628211u;
	(void)snprintf(name, 32, "offhook_%016llx", (unsigned long long)h);
}

/* Prepare at the second use; a refusal only means to do without. */
static enum db_result
prepare(struct db *db, const char *sql, const struct db_params *p,
    int64_t deadline, struct db_answer *a)
{
	enum db_result	r;

	if (!db->prepare || db->prepared == sql || db->last != sql)
		return DB_OK;
	statement_name(sql, db->name);
	r = finish(db, PQsendPrepare(db->conn, db->name, sql, p->n, p->type),
	    deadline, a);
	PQclear(a->res);
	a->res = NULL;
	if (r == DB_REFUSED && strcmp(a->sqlstate, "42P05") != 0) {
		db->prepare = false;
		return DB_OK;
	}
	if (r == DB_OK || r == DB_REFUSED) {	/* made, or there already */
		db->prepared = sql;
		return DB_OK;
	}
	return r;
}

static enum db_result
run_once(struct db *db, const char *sql, const struct db_params *p,
    bool binary, int64_t deadline, struct db_answer *a)
{
	enum db_result	r = prepare(db, sql, p, deadline, a);

	if (r != DB_OK)
		return r;
	a->sqlstate[0] = '\0';
	db->last = sql;
	if (db->prepared == sql) {
		r = finish(db, PQsendQueryPrepared(db->conn, db->name, p->n,
		    p->value, p->length, p->binary, binary), deadline, a);
		/* Not there (a pooler), or its result has changed. */
		if (r != DB_REFUSED || (strcmp(a->sqlstate, "26000") != 0 &&
		    strcmp(a->sqlstate, "0A000") != 0))
			return r;
		db->prepare = false;
		db->prepared = NULL;
		a->sqlstate[0] = '\0';
	}
	return finish(db, PQsendQueryParams(db->conn, sql, p->n, p->type,
	    p->value, p->length, p->binary, binary), deadline, a);
}

static int64_t
connect_deadline(struct db *db, int64_t deadline)
{
	int64_t	now = clock_monotonic_ms();

	if (db->late_ms != 0 && now - db->late_ms < DOUBT_MS &&
	    deadline > now + DOUBT_CONNECT_MS)
		return now + DOUBT_CONNECT_MS;
	db->late_ms = 0;
	return deadline;
}

static enum db_result
connect_and_run(struct db *db, const char *sql, const struct db_params *p,
    bool binary, int64_t deadline, struct db_answer *a)
{
	enum db_result	r = DB_DOWN;
	bool		fresh;
	int		try;

	for (try = 0; try < 2; try++) {
		memset(a, 0, sizeof(*a));
		fresh = db->conn == NULL;
		if (fresh && (r = connect_db(db, connect_deadline(db,
		    deadline), a)) != DB_OK)
			return r;
		r = run_once(db, sql, p, binary, deadline, a);
		if (r == DB_OK || r == DB_REFUSED)
			return r;
		/*
		 * Its state is open: never use it again. One that had died
		 * while it was idle, which asking before each statement would
		 * only tell earlier, ends here too, and a new one is tried.
		 */
		db_close(db);
		if (r == DB_LATE || fresh)
			return r;
	}
	return r;
}

/*
 * Classes 21 to 23 (cardinality, data, constraints), 54 (a limit), P0, OF; but
 * OF003 is the role's setting (sql/functions/ingest_guard.sql).
 */
bool
db_refused_data(const char *sqlstate)
{
	static const char *const own[] = { "21", "22", "23", "54", "P0", "OF" };
	size_t			 i;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strncmp(sqlstate, own[i], 2) == 0)
			return strcmp(sqlstate, "OF003") != 0;
	return false;
}

/*
 * Others' locks are 40 and 55, and 57014 is a time limit of the role. What is
 * neither, nor the statement's own data, is the server's: no room, no rights,
 * no such function.
 */
static void
set_trouble(struct db *db, enum db_result r, const char *state)
{
	db->trouble = r == DB_OK ? DB_TROUBLE_NONE : r == DB_LATE ?
	    DB_TROUBLE_SLOW : DB_TROUBLE_AWAY;
	if (r != DB_REFUSED)
		return;
	if (db_refused_data(state))
		db->trouble = DB_TROUBLE_STATEMENT;
	if (strncmp(state, "40", 2) == 0 || strncmp(state, "55", 2) == 0 ||
	    strcmp(state, "57014") == 0)
		db->trouble = DB_TROUBLE_SLOW;
}

enum db_result
db_run(struct db *db, const char *sql, const struct db_params *p,
    bool binary, int64_t deadline, struct db_answer *a)
{
	int64_t		begun = clock_monotonic_ms();
	enum db_result	r = connect_and_run(db, sql, p, binary, deadline, a);

	db->ran_ms = clock_monotonic_ms() - begun;
	set_trouble(db, r, a->sqlstate);

	if (r == DB_LATE && db->late_ms == 0)
		db->late_ms = clock_monotonic_ms();
	else if (r != DB_LATE)
		db->late_ms = 0;
	return r;
}

enum db_result
db_script(struct db *db, const char *sql, int64_t deadline,
    struct db_answer *a)
{
	enum db_result	r;

	memset(a, 0, sizeof(*a));
	if (db->conn == NULL && (r = connect_db(db, connect_deadline(db,
	    deadline), a)) != DB_OK)
		return r;
	r = finish(db, PQsendQuery(db->conn, sql), deadline, a);
	/* A function that may only read wrote: no standby says so here. */
	if (r == DB_DOWN && strcmp(a->sqlstate, "25006") == 0)
		r = DB_REFUSED;
	if (r == DB_DOWN || r == DB_LATE)
		db_close(db);
	return r;
}

bool
db_is_busy(const struct db *db)
{
	return db->stage != DB_STEP_NONE;
}

int
db_fd(const struct db *db, short *events)
{
	*events = db->events;
	return db->stage == DB_STEP_NONE || db->conn == NULL ? -1 :
	    PQsocket(db->conn);
}

void
db_begin(struct db *db, int64_t deadline)
{
	db_close(db);
	(void)start_connect(db);	/* db_step finds what is wrong */
	db->stage = DB_STEP_CONNECTING;
	db->events = POLLOUT;
	db->deadline_ms = deadline;
}

void
db_send(struct db *db, const char *sql, const struct db_params *p,
    bool binary, int64_t deadline)
{
	if (PQsendQueryParams(db->conn, sql, p->n, p->type, p->value,
	    p->length, p->binary, binary) != 1)
		(void)shutdown(PQsocket(db->conn), SHUT_RDWR);
	db->stage = DB_STEP_FLUSHING;
	db->events = POLLOUT;
	db->deadline_ms = deadline;
}

void
db_send_script(struct db *db, const char *sql, int64_t deadline)
{
	if (PQsendQuery(db->conn, sql) != 1)
		(void)shutdown(PQsocket(db->conn), SHUT_RDWR);
	db->stage = DB_STEP_FLUSHING;
	db->events = POLLOUT;
	db->deadline_ms = deadline;
}

/* Each step is true when there is a result. */
static bool
step_connecting(struct db *db, enum db_result *result)
{
	struct pollfd	p = { .events = db->events };

	*result = DB_DOWN;
	if (db->conn == NULL || PQstatus(db->conn) == CONNECTION_BAD)
		return true;
	p.fd = PQsocket(db->conn);
	if (poll(&p, 1, 0) == 0)	/* PQconnectPoll would wait */
		return false;
	switch (PQconnectPoll(db->conn)) {
	case PGRES_POLLING_OK:
		if (PQsetnonblocking(db->conn, 1) == 0)
			*result = DB_OK;
		return true;
	case PGRES_POLLING_READING:
		db->events = POLLIN;
		return false;
	case PGRES_POLLING_WRITING:
		db->events = POLLOUT;
		return false;
	case PGRES_POLLING_ACTIVE:
	case PGRES_POLLING_FAILED:
	default:
		return true;
	}
}

static bool
step_flushing(struct db *db, enum db_result *result)
{
	int	left = PQflush(db->conn);

	*result = DB_DOWN;
	db->events = left == 1 ? POLLIN | POLLOUT : POLLIN;
	if (left == 0)
		db->stage = DB_STEP_READING;
	return left < 0;
}

static bool
step_reading(struct db *db, enum db_result *result, struct db_answer *a)
{
	PGresult	*res;

	*result = DB_DOWN;
	while (PQisBusy(db->conn) == 0) {
		res = PQgetResult(db->conn);
		if (res == NULL) {
			a->res = db->partial;
			db->partial = NULL;
			if (a->res != NULL)
				*result = judge(db, a);
			return true;
		}
		PQclear(db->partial);
		db->partial = res;
	}
	return false;
}

bool
db_step(struct db *db, enum db_result *result, struct db_answer *a)
{
	bool	done;

	memset(a, 0, sizeof(*a));
	*result = DB_DOWN;
	if (db->stage == DB_STEP_CONNECTING)
		done = step_connecting(db, result);
	else
		done = PQconsumeInput(db->conn) == 0 ||
		    (db->stage == DB_STEP_FLUSHING &&
		    step_flushing(db, result)) ||
		    (db->stage == DB_STEP_READING &&
		    step_reading(db, result, a));
	if (!done && clock_monotonic_ms() < db->deadline_ms)
		return false;
	if (!done) {
		*result = DB_LATE;
		set_error(a, "no answer before the deadline");
	} else if (*result == DB_DOWN && a->error[0] == '\0')
		set_error(a, db->conn == NULL ? "out of memory" :
		    PQerrorMessage(db->conn));
	db->stage = DB_STEP_NONE;
	if (*result == DB_LATE || *result == DB_DOWN)
		db_close(db);
	return true;
}

/* Quotes doubled, backslashes too. */
void
db_literal(struct out *o, struct str s)
{
	size_t	i;

	out_cstr(o, " E'");
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\'' || s.p[i] == '\\')
			out_char(o, s.p[i]);
		out_char(o, s.p[i]);
	}
	out_cstr(o, "'");
}

static int
add(struct db_params *p, const char *value, size_t n, int binary)
{
	int	i = p->n;

	if (i >= DB_MAX_PARAMS || n > INT_MAX)
		return -1;
	p->value[i] = value;
	p->length[i] = (int)n;
	p->binary[i] = binary;
	p->type[i] = 0;
	return p->n++;
}

void
db_add_text(struct db_params *p, const char *s)
{
	(void)add(p, s, 0, 0);
}

void
db_add_bytes(struct db_params *p, struct str s)
{
	(void)add(p, s.p, s.n, 1);
}

void
db_add_null(struct db_params *p)
{
	(void)add(p, NULL, 0, 0);
}
