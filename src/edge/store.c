/* One C function for each SQL function. See store.h. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "../core/out.h"
#include "../core/utf8.h"
#include "clock.h"
#include "store.h"

enum statement {
	STATEMENT_INGEST,
	STATEMENT_SPOOL,
	STATEMENT_FLUSH,
	STATEMENT_AWAIT,
	STATEMENT_DECIDE,
	STATEMENT_STATE,
	STATEMENT_ROUTES,
	STATEMENT_PING
};

/*
 * Neither casts nor columns: Postgres parses this text at each call, and
 * types told beside it, and one composite value, cost a third less of that.
 */
static const char *const statements[] = {
	[STATEMENT_INGEST] =
	    "select offhook.ingest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
	    "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, "
	    "$24, $25, $26, $27, $28, $29, $30, $31)",
	[STATEMENT_SPOOL] =
	    "select offhook.spool_ingest($1, $2, $3, $4, $5, $6, $7, $8, $9, "
	    "$10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, "
	    "$23, $24, $25, $26, $27, $28, $29, $30, $31)",
	[STATEMENT_FLUSH] = "select offhook.spool_flush()",
	[STATEMENT_AWAIT] = "select offhook.await($1, $2, $3)",
	[STATEMENT_DECIDE] =
	    "select offhook.decide($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
	    "$11)",
	[STATEMENT_STATE] = "select offhook.state($1, $2, $3, $4, $5, $6, $7)",
	[STATEMENT_ROUTES] = "select version, specs from offhook.routes()",
	/* What is wrong, or ''. */
	[STATEMENT_PING] =
	    "select case when current_setting('transaction_read_only') = 'on' "
	    "then 'its transactions cannot write' "
	    "when to_regnamespace('offhook') is null "
	    "then 'the schema offhook is not in ' || current_database() "
	    "when has_schema_privilege(to_regnamespace('offhook')::oid, "
	    "'usage') and exists (select from pg_proc p "
	    "where p.pronamespace = to_regnamespace('offhook') and "
	    "p.proname = 'ingest' and has_function_privilege(p.oid, "
	    "'execute')) then '' "
	    "else current_user || ' may not call offhook.ingest' end",
};

/* Types by their numbers, which never change (PostgreSQL's pg_type.dat). */
enum type {
	TYPE_BYTEA = 17,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_TIMESTAMPTZ = 1184,
	TYPE_UUID = 2950,
	TYPE_JSONB = 3802
};

/* A call's numbers as Postgres sends and takes them: most significant first. */
struct numbers {
	unsigned char	bucket[2], at[8], seq[4], clock[8], error[4], window[4];
	unsigned char	routes[8], http[2], ask[4];
};

#define MAX_REASON 1280		/* bytes; a finding of lint fits */

/* PostgreSQL counts microseconds from 2000-01-01. */
#define YEAR_2000_MS 946684800000

static void
put_number(unsigned char *p, size_t n, int64_t v)
{
	for (; n > 0; v >>= 8)
		p[--n] = (unsigned char)(v & 0xff);
}

static void
fill_numbers(struct numbers *b, const struct store_ingest *in)
{
	const struct event	*e = in->event;

	put_number(b->bucket, sizeof(b->bucket), e->bucket);
	put_number(b->at, sizeof(b->at),
	    (in->received_ms - YEAR_2000_MS) * 1000);
	put_number(b->seq, sizeof(b->seq), e->seq);
	put_number(b->clock, sizeof(b->clock), e->clock);
	put_number(b->error, sizeof(b->error), e->error);
	put_number(b->window, sizeof(b->window), EVENT_WINDOW_S);
	put_number(b->routes, sizeof(b->routes), in->routes);
	put_number(b->http, sizeof(b->http), in->http);
	put_number(b->ask, sizeof(b->ask), in->ask_ms);
}

/* Null, of a type. */
static void
add_null(struct db_params *p, enum type type)
{
	db_add_null(p);
	p->type[p->n - 1] = type;
}

/*
 * Parameters go as bytes: no text is made here and none is parsed there, and
 * texts need no end. They have no NUL, which Postgres refuses.
 */
static void
add(struct db_params *p, enum type type, struct str bytes)
{
	db_add_bytes(p, bytes);
	p->type[p->n - 1] = type;
}

static void
add_str(struct db_params *p, struct str s)
{
	if (s.p == NULL)
		add_null(p, TYPE_TEXT);
	else
		add(p, TYPE_TEXT, s);
}

static void
add_number(struct db_params *p, enum type type, const unsigned char *b,
    size_t n)
{
	add(p, type, (struct str){ (const char *)b, n });
}

static void
add_number_if(struct db_params *p, bool known, enum type type,
    const unsigned char *b, size_t n)
{
	if (known)
		add_number(p, type, b, n);
	else
		add_null(p, type);
}

/* jsonb's own form: a version, then the text. */
static void
add_json(struct db_params *p, struct arena *a, struct str json)
{
	struct str	parts[2] = { STR("\1"), json };

	if (json.p == NULL)
		add_null(p, TYPE_JSONB);
	else
		add(p, TYPE_JSONB, arena_join(a, parts, 2));
}

/* A reply's type and its bytes; a status alone has neither. */
static void
add_reply(struct db_params *p, const char *type, struct str reply)
{
	add_str(p, str_from(type));
	if (type == NULL)
		add_null(p, TYPE_BYTEA);
	else
		add(p, TYPE_BYTEA, reply);
}

/* What others said, which may have been cut within a character. */
static void
add_reason(struct db_params *p, struct arena *a, const char *reason)
{
	if (reason == NULL)
		add_null(p, TYPE_TEXT);
	else
		add_str(p, utf8_clean(a, str_from(reason), MAX_REASON));
}

/* In the order of the statement. */
static void
add_ingest(struct db_params *p, struct arena *a,
    const struct store_ingest *in, const struct numbers *b)
{
	const struct event	*e = in->event;

	add_number(p, TYPE_INT2, b->bucket, sizeof(b->bucket));
	add_number(p, TYPE_UUID, e->key, sizeof(e->key));
	add_number(p, TYPE_UUID, in->id, sizeof(in->id));
	add_number(p, TYPE_TIMESTAMPTZ, b->at, sizeof(b->at));
	add_str(p, in->account);
	add_str(p, e->name);
	add_str(p, str_from(e->resource));
	add_str(p, e->sid);
	add_str(p, e->status);
	add_number_if(p, e->seq >= 0, TYPE_INT4, b->seq, sizeof(b->seq));
	add_number_if(p, e->clock >= 0, TYPE_INT8, b->clock,
	    sizeof(b->clock));
	add_number_if(p, e->error != 0, TYPE_INT4, b->error,
	    sizeof(b->error));
	add_str(p, e->from);
	add_str(p, e->to);
	add_str(p, in->method);
	add_str(p, in->url);
	add_str(p, in->token);
	add_str(p, in->json ? STR("json") : STR("form"));
	add(p, TYPE_BYTEA, in->raw.p == NULL ? STR("") : in->raw);
	add_number_if(p, e->window, TYPE_INT4, b->window, sizeof(b->window));
	add_number_if(p, in->routes >= 0, TYPE_INT8, b->routes,
	    sizeof(b->routes));
	add_str(p, str_from(in->issue));
	add_number_if(p, in->ask_ms == 0, TYPE_INT2, b->http,
	    sizeof(b->http));
	add_reply(p, in->ask_ms == 0 ? in->type : NULL, in->reply);
	add_str(p, e->parent);
	add_json(p, a, e->facts);
	add_number_if(p, in->ask_ms > 0, TYPE_INT4, b->ask, sizeof(b->ask));
	add_str(p, in->route);
	add_reason(p, a, in->reason);
	add_json(p, a, in->session);
}

/* A field of a binary result, copied; absent for null. */
static struct str
field(struct arena *a, const PGresult *res, int row, int column)
{
	struct str	s;

	if (PQgetisnull(res, row, column))
		return (struct str){ NULL, 0 };
	s.p = PQgetvalue(res, row, column);
	s.n = (size_t)PQgetlength(res, row, column);
	return arena_copy(a, s);
}

static bool
take_number(struct str *rest, uint32_t *out)
{
	if (rest->n < sizeof(*out))
		return false;
	memcpy(out, rest->p, sizeof(*out));
	*out = ntohl(*out);
	*rest = str_sub(*rest, sizeof(*out), rest->n);
	return true;
}

/* The next field of a composite value (record_send): type, n, n bytes. */
static bool
take_field(struct str *rest, struct str *out)
{
	uint32_t	type, n;

	if (!take_number(rest, &type) || !take_number(rest, &n))
		return false;
	*out = (struct str){ NULL, 0 };
	if (n == UINT32_MAX)	/* -1: null */
		return true;
	if (n > rest->n)
		return false;
	*out = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return true;
}

/* offhook.answer: verdict, http, ctype, reply. */
static bool
take_answer(const PGresult *res, struct str out[4])
{
	struct str	rest;
	uint32_t	count;
	size_t		i;

	if (PQntuples(res) != 1 || PQnfields(res) != 1 ||
	    PQgetisnull(res, 0, 0))
		return false;
	rest.p = PQgetvalue(res, 0, 0);
	rest.n = (size_t)PQgetlength(res, 0, 0);
	if (!take_number(&rest, &count) || count != 4)
		return false;
	for (i = 0; i < count; i++)
		if (!take_field(&rest, &out[i]))
			return false;
	return rest.n == 0;
}

static int
small_number(struct str s)
{
	uint16_t	v = 0;

	if (s.n == sizeof(v))
		memcpy(&v, s.p, sizeof(v));
	return ntohs(v);
}

static struct str
copy(struct arena *a, struct str s)
{
	return s.p == NULL ? s : arena_copy(a, s);
}

static bool
is(struct str verdict, const char *word)
{
	return str_eq(verdict, str_from(word));
}

/* The answer of any function that returns offhook.answer. */
static enum store_result
read_verdict(struct arena *a, const PGresult *res, struct store_verdict *v)
{
	struct str	f[4];

	if (!take_answer(res, f))
		goto odd;
	v->verdict = copy(a, f[0]);
	v->http = small_number(f[1]);
	v->type = copy(a, f[2]);
	v->reply = copy(a, f[3]);
	if (is(v->verdict, "routes"))
		return STORE_ROUTES;
	if (is(v->verdict, "ask"))
		return STORE_ASK;
	if (is(v->verdict, "pending"))
		return STORE_PENDING;
	if (v->http < 200 || v->http > 599 || a->full)
		goto odd;
	return is(v->verdict, "duplicate") ? STORE_DUPLICATE : STORE_NEW;
odd:
	(void)snprintf(v->error, sizeof(v->error),
	    "Postgres answered something else than this program expects;"
	    " run sql/migrate of the same version");
	return STORE_DOWN;
}

/* Run a statement that returns offhook.answer. */
static enum store_result
run(struct db *db, struct arena *a, enum statement statement,
    const struct db_params *p, int64_t deadline_ms, struct store_verdict *v)
{
	struct db_answer	answer;
	enum store_result	r;

	memset(v, 0, sizeof(*v));
	if (a->full) {
		db->trouble = DB_TROUBLE_STATEMENT;
		(void)snprintf(v->error, sizeof(v->error),
		    "the request's memory is used up");
		return STORE_DOWN;
	}
	if (db_run(db, statements[statement], p, true, deadline_ms,
	    &answer) == DB_OK) {
		r = read_verdict(a, answer.res, v);
		PQclear(answer.res);
		return r;
	}
	memcpy(v->error, answer.error, sizeof(v->error));
	if (strcmp(answer.sqlstate, "OF002") == 0)
		return STORE_FOREIGN;
	return strcmp(answer.sqlstate, "OF004") == 0 ? STORE_SESSION :
	    STORE_DOWN;
}

enum store_result
store_ingest(struct db *db, struct arena *a, const struct store_ingest *in,
    int64_t deadline_ms, struct store_verdict *v)
{
	struct db_params	p = { .n = 0 };
	struct numbers		b;

	fill_numbers(&b, in);
	add_ingest(&p, a, in, &b);
	return run(db, a, in->spooled ? STATEMENT_SPOOL : STATEMENT_INGEST,
	    &p, deadline_ms, v);
}

/* The two that name a row of offhook.once. */
static void
add_key(struct db_params *p, const struct event *e, unsigned char bucket[2])
{
	put_number(bucket, 2, e->bucket);
	add_number(p, TYPE_INT2, bucket, 2);
	add_number(p, TYPE_UUID, e->key, sizeof(e->key));
}

enum store_result
store_await(struct db *db, struct arena *a, const struct event *e,
    int64_t lease_ms, int64_t deadline_ms, struct store_verdict *v)
{
	struct db_params	p = { .n = 0 };
	unsigned char		bucket[2], lease[4];

	add_key(&p, e, bucket);
	put_number(lease, sizeof(lease), lease_ms);
	add_number_if(&p, lease_ms > 0, TYPE_INT4, lease, sizeof(lease));
	return run(db, a, STATEMENT_AWAIT, &p, deadline_ms, v);
}

enum store_result
store_decide(struct db *db, struct arena *a, const struct store_decision *d,
    int64_t deadline_ms, struct store_verdict *v)
{
	struct db_params	p = { .n = 0 };
	unsigned char		bucket[2], http[2], took[4], budget[4];

	add_key(&p, d->event, bucket);
	put_number(http, sizeof(http), d->http);
	put_number(took, sizeof(took), d->took_ms);
	put_number(budget, sizeof(budget), d->budget_ms);
	add_number(&p, TYPE_INT2, http, sizeof(http));
	add_reply(&p, d->type, d->reply);
	add_reason(&p, a, d->reason);
	add_str(&p, str_from(d->issue));
	add_str(&p, d->route);
	add_number_if(&p, d->took_ms >= 0, TYPE_INT4, took, sizeof(took));
	add_number(&p, TYPE_INT4, budget, sizeof(budget));
	add_json(&p, a, d->session);
	return run(db, a, STATEMENT_DECIDE, &p, deadline_ms, v);
}

/* The one text of an answer, copied and terminated. */
static bool
take_text(struct arena *a, struct db_answer *answer, struct str *text,
    char error[256])
{
	bool	ok = PQntuples(answer->res) == 1 &&
		    PQnfields(answer->res) == 1;

	*text = (struct str){ NULL, 0 };
	if (ok)
		*text = field(a, answer->res, 0, 0);
	if (!ok || a->full)
		(void)snprintf(error, 256, "the answer does not fit into "
		    "memory, or is not one text");
	PQclear(answer->res);
	return ok && !a->full;
}

bool
store_state(struct db *db, struct arena *a, const struct event *e,
    struct str account, struct str thread, int64_t deadline_ms,
    struct str *json, char error[256])
{
	struct db_params	p = { .n = 0 };
	struct db_answer	answer;

	add_str(&p, account);
	add_str(&p, e->name);
	add_str(&p, e->from);
	add_str(&p, e->to);
	add_str(&p, str_from(e->resource));
	add_str(&p, e->sid);
	add_str(&p, thread);
	if (db_run(db, statements[STATEMENT_STATE], &p, true, deadline_ms,
	    &answer) != DB_OK) {
		memcpy(error, answer.error, sizeof(answer.error));
		return false;
	}
	return take_text(a, &answer, json, error);
}

/*
 * Two statements in one: the limit must be set in the same transaction, and
 * a pooler gives no other way than the same round trip.
 */
enum db_result
store_reply_sql(struct db *db, struct arena *a, struct str route,
    struct str event, int64_t limit_ms, struct str *text, char error[256])
{
	size_t			 cap = 160 + 2 * (route.n + event.n);
	char			*sql = arena_alloc(a, cap + 1, 1);
	struct db_answer	 answer;
	enum db_result		 r;
	struct out		 o;

	*text = (struct str){ NULL, 0 };
	(void)snprintf(error, 256, "the request's memory is used up");
	if (sql == NULL)
		return DB_REFUSED;
	o = out_init(sql, cap);
	out_cstr(&o, "set local statement_timeout = ");
	out_int(&o, limit_ms);
	out_cstr(&o, "; select offhook.reply_sql(");
	db_literal(&o, route);
	out_char(&o, ',');
	db_literal(&o, event);
	out_char(&o, ')');
	r = db_script(db, sql, clock_monotonic_ms() + limit_ms + 200,
	    &answer);
	if (r == DB_OK)
		return take_text(a, &answer, text, error) ? DB_OK :
		    DB_REFUSED;
	memcpy(error, answer.error, sizeof(answer.error));
	return strcmp(answer.sqlstate, "57014") == 0 ? DB_LATE : r;
}

static bool
read_routes(struct arena *a, const PGresult *res, struct store_routes *out)
{
	uint32_t	half[2];

	if (PQntuples(res) != 1 || PQnfields(res) != 2 ||
	    PQgetlength(res, 0, 0) != 8)
		return false;
	memcpy(half, PQgetvalue(res, 0, 0), sizeof(half));
	out->version = (int64_t)((uint64_t)ntohl(half[0]) << 32 |
	    ntohl(half[1]));
	out->specs = field(a, res, 0, 1);
	return out->specs.p != NULL;
}

bool
store_routes(struct db *db, struct arena *a, int64_t deadline_ms,
    struct store_routes *out, char error[256])
{
	struct db_params	p = { .n = 0 };
	struct db_answer	answer;
	bool			ok;

	if (db_run(db, statements[STATEMENT_ROUTES], &p, true, deadline_ms,
	    &answer) != DB_OK) {
		memcpy(error, answer.error, sizeof(answer.error));
		return false;
	}
	ok = read_routes(a, answer.res, out);
	if (!ok)
		(void)snprintf(error, 256, "the routes do not fit into memory "
		    "(16 MB with the request)");
	PQclear(answer.res);
	return ok;
}

bool
store_flush(struct db *db, int64_t deadline_ms, char error[256])
{
	struct db_params	p = { .n = 0 };
	struct db_answer	answer;

	if (db_run(db, statements[STATEMENT_FLUSH], &p, false, deadline_ms,
	    &answer) != DB_OK) {
		memcpy(error, answer.error, sizeof(answer.error));
		return false;
	}
	PQclear(answer.res);
	return true;
}

bool
store_ping(struct db *db, int64_t deadline_ms, char error[256])
{
	struct db_params	p = { .n = 0 };
	struct db_answer	answer;

	if (db_run(db, statements[STATEMENT_PING], &p, false, deadline_ms,
	    &answer) != DB_OK) {
		memcpy(error, answer.error, sizeof(answer.error));
		return false;
	}
	(void)snprintf(error, 256, "%s", PQgetvalue(answer.res, 0, 0));
	PQclear(answer.res);
	return error[0] == '\0';
}
