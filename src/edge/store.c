/* One C function for each SQL function. See store.h. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "store.h"

enum statement { STATEMENT_INGEST, STATEMENT_ROUTES, STATEMENT_PING };

/*
 * Neither casts nor columns: Postgres parses this text at each call, and
 * types told beside it, and one composite value, cost a third less of that.
 */
static const char *const statements[] = {
	[STATEMENT_INGEST] =
	    "select offhook.ingest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
	    "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, "
	    "$24, $25, $26, $27)",
	[STATEMENT_ROUTES] =
	    "select version, kind, to_, twiml, http, in_trouble "
	    "from offhook.routes()",
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
	unsigned char	routes[8], http[2];
};

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
	add_number(p, TYPE_INT2, b->http, sizeof(b->http));
	add_str(p, str_from(in->type));
	if (in->type == NULL)
		add_null(p, TYPE_BYTEA);
	else
		add(p, TYPE_BYTEA, in->reply);
	add_str(p, e->parent);
	add_json(p, a, e->facts);
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
	if (str_eq(v->verdict, STR("routes")))
		return STORE_ROUTES;
	if (v->http < 200 || v->http > 599 || a->full)
		goto odd;
	return str_eq(v->verdict, STR("duplicate")) ? STORE_DUPLICATE :
	    STORE_NEW;
odd:
	(void)snprintf(v->error, sizeof(v->error),
	    "offhook.ingest answered something else than this program expects;"
	    " run sql/migrate of the same version");
	return STORE_DOWN;
}

enum store_result
store_ingest(struct db *db, struct arena *a, const struct store_ingest *in,
    int64_t deadline_ms, struct store_verdict *v)
{
	struct db_params	 p = { .n = 0 };
	struct db_answer	 answer;
	struct numbers		 b;
	enum store_result	 r;

	memset(v, 0, sizeof(*v));
	fill_numbers(&b, in);
	add_ingest(&p, a, in, &b);
	if (a->full) {
		(void)snprintf(v->error, sizeof(v->error),
		    "the request's memory is used up");
		return STORE_DOWN;
	}
	if (db_run(db, statements[STATEMENT_INGEST], &p, true, deadline_ms,
	    &answer) == DB_OK) {
		r = read_verdict(a, answer.res, v);
		PQclear(answer.res);
		return r;
	}
	memcpy(v->error, answer.error, sizeof(v->error));
	return strcmp(answer.sqlstate, "OF002") == 0 ? STORE_FOREIGN :
	    STORE_DOWN;
}

static bool
read_routes(struct arena *a, const PGresult *res, struct store_routes *out)
{
	uint32_t	half[2];
	int		i, rows = PQntuples(res);

	if (rows < 1 || PQnfields(res) != 6 || PQgetlength(res, 0, 0) != 8)
		return false;
	memcpy(half, PQgetvalue(res, 0, 0), sizeof(half));
	out->version = (int64_t)((uint64_t)ntohl(half[0]) << 32 |
	    ntohl(half[1]));
	out->n = 0;
	out->at = arena_alloc(a, (size_t)rows, sizeof(*out->at));
	if (out->at == NULL)
		return false;
	for (i = 0; i < rows; i++) {
		if (PQgetisnull(res, i, 1))
			continue;	/* only the version: no routes */
		out->at[out->n++] = (struct store_route){
			.kind = field(a, res, i, 1),
			.to = field(a, res, i, 2),
			.reply = field(a, res, i, 3),
			.http = small_number((struct str){
			    PQgetvalue(res, i, 4),
			    (size_t)PQgetlength(res, i, 4) }),
			.reject_in_trouble = str_eq(STR("reject"),
			    field(a, res, i, 5)),
		};
	}
	return !a->full;
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
