/* The worker's statements. See queue.h. */
#include <stdio.h>
#include <string.h>

#include "../core/version.h"
#include "clock.h"
#include "queue.h"

enum statement {
	STATEMENT_DESTINATIONS,
	STATEMENT_ROUTE,
	STATEMENT_TAKE,
	STATEMENT_REPLAY,
	STATEMENT_FINISH,
	STATEMENT_BEAT,
	STATEMENT_GONE
};

/* The columns of a task are in the order of enum column. */
#define TASK QUEUE_COLUMNS

static const char *const statements[] = {
	[STATEMENT_DESTINATIONS] = "select version, destinations "
	    "from offhook.worker_destinations($1::bigint)",
	[STATEMENT_ROUTE] = "select " TASK " from offhook.worker_route("
	    "$1::uuid, $2::integer, $3::integer, $4::integer, "
	    "$5::integer[])",
	[STATEMENT_TAKE] = "select " TASK " from offhook.worker_take("
	    "$1::uuid, $2::integer, $3::integer, $4::jsonb, $5::jsonb)",
	[STATEMENT_REPLAY] = "select offhook.worker_replay($1::uuid, "
	    "$2::integer)::bigint",
	[STATEMENT_FINISH] = "select id, verdict from offhook.worker_finish("
	    "$1::uuid, $2::jsonb)",
	[STATEMENT_BEAT] = "select offhook.worker_beat($1::uuid, $2, "
	    "$3::integer, $4, $5::bigint[], $6::uuid[], $7::integer)",
	[STATEMENT_GONE] = "select offhook.worker_gone($1::uuid)",
};

enum column {
	COLUMN_ID,
	COLUMN_LEASE,
	COLUMN_TRIES,
	COLUMN_DESTINATION,
	COLUMN_ROUTED_AT,
	COLUMN_EVENT_ID,
	COLUMN_EVENT_AT,
	COLUMN_ACCOUNT,
	COLUMN_KIND,
	COLUMN_SID,
	COLUMN_STATUS,
	COLUMN_VERDICT,
	COLUMN_ERROR_CODE,
	COLUMN_FROM,
	COLUMN_TO,
	COLUMN_PARENT,
	COLUMN_METHOD,
	COLUMN_FORMAT,
	COLUMN_TOKEN,
	COLUMN_URL,
	COLUMN_RAW,
	COLUMN_TRIGGER,
	COLUMN_INFO
};

/* PostgreSQL counts microseconds from 2000-01-01. */
#define YEAR_2000_MS 946684800000

/* Text parameters that live until they are sent. */
struct call {
	struct db_params	p;
	char			number[8][24];
	int			n;
};

static void
add_number(struct call *c, int64_t v)
{
	char	*text = c->number[c->n++];

	(void)snprintf(text, sizeof(c->number[0]), "%lld", (long long)v);
	db_add_text(&c->p, text);
}

static void
add_text(struct call *c, const char *text)
{
	if (text == NULL)
		db_add_null(&c->p);
	else
		db_add_text(&c->p, text);
}

static void
send_call(struct db *db, enum statement s, const struct call *c,
    const struct queue_worker *w)
{
	db_send(db, statements[s], &c->p, true,
	    clock_monotonic_ms() + w->deadline_ms);
}

/* A field's bytes; absent when it is null. */
static struct str
field(const PGresult *res, int row, int column)
{
	if (row >= PQntuples(res) || column >= PQnfields(res) ||
	    PQgetisnull(res, row, column))
		return (struct str){ NULL, 0 };
	return (struct str){ PQgetvalue(res, row, column),
	    (size_t)PQgetlength(res, row, column) };
}

/* A binary integer of any width; 0 for null. */
static int64_t
number(const PGresult *res, int row, int column)
{
	struct str	s = field(res, row, column);
	uint64_t	v = 0;
	size_t		i;

	if (s.n == 0 || s.n > sizeof(v))
		return 0;
	if ((unsigned char)s.p[0] & 0x80)
		v = UINT64_MAX;
	for (i = 0; i < s.n; i++)
		v = v << 8 | (unsigned char)s.p[i];
	return (int64_t)v;
}

static int64_t
time_ms(const PGresult *res, int row, int column)
{
	return number(res, row, column) / 1000 + YEAR_2000_MS;
}

/* jsonb's text, which stands behind the number of its format. */
static struct str
jsonb(const PGresult *res, int row, int column)
{
	struct str	s = field(res, row, column);

	return s.n == 0 ? (struct str){ NULL, 0 } : str_sub(s, 1, s.n);
}

static bool
uuid(const PGresult *res, int row, int column, unsigned char out[16])
{
	struct str	s = field(res, row, column);

	if (s.n != 16)
		return false;
	memcpy(out, s.p, 16);
	return true;
}

void
queue_send_destinations(struct db *db, const struct queue_worker *w,
    int64_t version)
{
	struct call	c = { .n = 0 };

	add_number(&c, version);
	send_call(db, STATEMENT_DESTINATIONS, &c, w);
}

struct str
queue_destinations(const PGresult *res, int64_t *version)
{
	*version = number(res, 0, 0);
	return field(res, 0, 1);
}

void
queue_send_route(struct db *db, const struct queue_worker *w, int limit,
    int room, const char *skip)
{
	struct call	c = { .n = 0 };

	add_text(&c, w->id);
	add_number(&c, limit);
	add_number(&c, room);
	add_number(&c, w->lease_ms);
	add_text(&c, skip);
	send_call(db, STATEMENT_ROUTE, &c, w);
}

void
queue_send_take(struct db *db, const struct queue_worker *w, int room,
    const char *most, const char *low)
{
	struct call	c = { .n = 0 };

	add_text(&c, w->id);
	add_number(&c, room);
	add_number(&c, w->lease_ms);
	add_text(&c, most);
	add_text(&c, low);
	send_call(db, STATEMENT_TAKE, &c, w);
}

void
queue_send_replay(struct db *db, const struct queue_worker *w, int limit)
{
	struct call	c = { .n = 0 };

	add_text(&c, w->id);
	add_number(&c, limit);
	send_call(db, STATEMENT_REPLAY, &c, w);
}

int64_t
queue_count(const PGresult *res, struct str *low)
{
	*low = (struct str){ NULL, 0 };
	if (PQnfields(res) == 1)
		return number(res, 0, 0);
	*low = jsonb(res, 0, COLUMN_INFO);
	return number(res, 0, COLUMN_TRIES);
}

int64_t
queue_wait(const PGresult *res)
{
	return number(res, 0, COLUMN_ERROR_CODE);
}

int64_t
queue_left(const PGresult *res)
{
	return number(res, 0, COLUMN_ERROR_CODE);
}

int64_t
queue_now(const PGresult *res)
{
	return time_ms(res, 0, COLUMN_ROUTED_AT);
}

int
queue_tasks(const PGresult *res)
{
	return PQnfields(res) == 1 || PQntuples(res) == 0 ? 0 :
	    PQntuples(res) - 1;
}

bool
queue_task(const PGresult *res, int row, struct task *t)
{
	*t = (struct task){
		.id = number(res, row, COLUMN_ID),
		.tries = (int)number(res, row, COLUMN_TRIES),
		.destination = (int32_t)number(res, row, COLUMN_DESTINATION),
		.routed_at = time_ms(res, row, COLUMN_ROUTED_AT),
		.event_at = time_ms(res, row, COLUMN_EVENT_AT),
		.account = field(res, row, COLUMN_ACCOUNT),
		.kind = field(res, row, COLUMN_KIND),
		.sid = field(res, row, COLUMN_SID),
		.status = field(res, row, COLUMN_STATUS),
		.verdict = field(res, row, COLUMN_VERDICT),
		.error_code = (int32_t)number(res, row, COLUMN_ERROR_CODE),
		.from = field(res, row, COLUMN_FROM),
		.to = field(res, row, COLUMN_TO),
		.parent = field(res, row, COLUMN_PARENT),
		.method = field(res, row, COLUMN_METHOD),
		.format = field(res, row, COLUMN_FORMAT),
		.token = field(res, row, COLUMN_TOKEN),
		.url = field(res, row, COLUMN_URL),
		.raw = field(res, row, COLUMN_RAW),
		.trigger = field(res, row, COLUMN_TRIGGER),
		.info = jsonb(res, row, COLUMN_INFO),
	};
	return t->id != 0 && uuid(res, row, COLUMN_LEASE, t->lease) &&
	    uuid(res, row, COLUMN_EVENT_ID, t->event_id);
}

void
queue_send_finish(struct db *db, const struct queue_worker *w,
    const char *results)
{
	struct call	c = { .n = 0 };

	add_text(&c, w->id);
	add_text(&c, results);
	send_call(db, STATEMENT_FINISH, &c, w);
}

int64_t
queue_late(const PGresult *res, int row)
{
	return str_eq(field(res, row, 1), STR("late")) ? number(res, row, 0) :
	    0;
}

int32_t
queue_closed(const PGresult *res, int row)
{
	return str_eq(field(res, row, 1), STR("closed")) ?
	    (int32_t)number(res, row, 0) : 0;
}

void
queue_send_beat(struct db *db, const struct queue_worker *w, const char *ids,
    const char *leases)
{
	struct call	c = { .n = 0 };

	add_text(&c, w->id);
	add_text(&c, w->host);
	add_number(&c, w->pid);
	add_text(&c, OFFHOOK_VERSION);
	add_text(&c, ids);
	add_text(&c, leases);
	add_number(&c, w->lease_ms);
	send_call(db, STATEMENT_BEAT, &c, w);
}

int64_t
queue_id(const PGresult *res, int row)
{
	return number(res, row, 0);
}

void
queue_send_gone(struct db *db, const struct queue_worker *w)
{
	struct call	c = { .n = 0 };

	add_text(&c, w->id);
	send_call(db, STATEMENT_GONE, &c, w);
}
