/* One C function for each SQL function. See store.h. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "store.h"

enum statement { STATEMENT_INGEST, STATEMENT_ROUTES };

static const char *const statements[] = {
	[STATEMENT_INGEST] =
	    "select verdict, http, ctype, reply from offhook.ingest("
	    "$1::smallint, $2::uuid, $3::uuid, $4::timestamptz, $5::text, "
	    "$6::text, $7::text, $8::text, $9::text, $10::integer, "
	    "null::bigint, $11::integer, $12::text, $13::text, $14::text, "
	    "$15::text, $16::text, $17::text, $18::bytea, $19::integer, "
	    "$20::bigint, $21::text, $22::smallint, $23::text, $24::bytea)",
	[STATEMENT_ROUTES] =
	    "select version, kind, to_, twiml from offhook.routes()",
};

/* Numbers and ids of a call as text; lives as long as the call. */
struct texts {
	char	bucket[8], key[37], id[37], at[25], seq[16], error[16];
	char	window[16], routes[24], http[8];
};

static void
add_str(struct db_params *p, struct arena *a, struct str s)
{
	db_add_text(p, s.p == NULL ? NULL : arena_cstr(a, s));
}

static void
fill_texts(struct texts *t, const struct store_ingest *in)
{
	const struct event	*e = in->event;

	(void)snprintf(t->bucket, sizeof(t->bucket), "%u", e->bucket);
	clock_uuid_format(e->key, t->key);
	clock_uuid_format(in->id, t->id);
	clock_format(in->received_ms, t->at);
	(void)snprintf(t->seq, sizeof(t->seq), "%d", (int)e->seq);
	(void)snprintf(t->error, sizeof(t->error), "%d", (int)e->error);
	(void)snprintf(t->window, sizeof(t->window), "%d", EVENT_WINDOW_S);
	(void)snprintf(t->routes, sizeof(t->routes), "%lld",
	    (long long)in->routes);
	(void)snprintf(t->http, sizeof(t->http), "%d", in->http);
}

/* In the order of the statement. */
static void
add_ingest(struct db_params *p, struct arena *a,
    const struct store_ingest *in, const struct texts *t)
{
	const struct event	*e = in->event;

	db_add_text(p, t->bucket);
	db_add_text(p, t->key);
	db_add_text(p, t->id);
	db_add_text(p, t->at);
	add_str(p, a, in->account);
	db_add_text(p, event_kind_name(e->kind));
	db_add_text(p, e->resource);
	add_str(p, a, e->sid);
	add_str(p, a, e->status);
	db_add_text(p, e->seq < 0 ? NULL : t->seq);
	db_add_text(p, e->error == 0 ? NULL : t->error);
	add_str(p, a, e->from);
	add_str(p, a, e->to);
	add_str(p, a, in->method);
	add_str(p, a, in->url);
	add_str(p, a, in->token);
	db_add_text(p, in->json ? "json" : "form");
	db_add_bytes(p, in->raw.p == NULL ? STR("") : in->raw);
	db_add_text(p, e->window ? t->window : NULL);
	db_add_text(p, in->routes < 0 ? NULL : t->routes);
	db_add_text(p, in->issue);
	db_add_text(p, t->http);
	db_add_text(p, in->type);
	if (in->type == NULL)
		db_add_null(p);
	else
		db_add_bytes(p, in->reply);
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

static int
small_number(const PGresult *res, int column)
{
	uint16_t	v = 0;

	if (!PQgetisnull(res, 0, column) && PQgetlength(res, 0, column) == 2)
		memcpy(&v, PQgetvalue(res, 0, column), sizeof(v));
	return ntohs(v);
}

static enum store_result
read_verdict(struct arena *a, const PGresult *res, struct store_verdict *v)
{
	if (PQntuples(res) != 1 || PQnfields(res) != 4)
		goto odd;
	v->verdict = field(a, res, 0, 0);
	v->http = small_number(res, 1);
	v->type = field(a, res, 0, 2);
	v->reply = field(a, res, 0, 3);
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
	struct texts		 t;
	enum store_result	 r;

	memset(v, 0, sizeof(*v));
	fill_texts(&t, in);
	add_ingest(&p, a, in, &t);
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

	if (rows < 1 || PQnfields(res) != 4 || PQgetlength(res, 0, 0) != 8)
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
			.twiml = field(a, res, i, 3),
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
