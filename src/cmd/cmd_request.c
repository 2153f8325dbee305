/* offhook request: what arrived, accepted and rejected. */
#include <string.h>

#include "../core/form.h"
#include "../edge/clock.h"
#include "query.h"
#include "rejected.h"
#include "table.h"

#define DEFAULT_LIMIT 20
#define MAX_LIMIT 10000

const struct option options_request_list[] = {
	{ "rejected", NULL, "the rejected ones only (no database needed)",
	    false },
	{ "limit", "N", "at most so many (20)", false },
	OPTION_CSV, { NULL, NULL, NULL, false }
};

const struct option options_request_show[] = {
	{ NULL, NULL, NULL, false }
};

/* A row of the list, accepted or not. */
static const char *const list_columns[] = { "id", "received_at", "kind",
	"sid", "status", "http", "result", "from", "to", "duplicates", NULL };

/* The target with its secret parameter masked, right or wrong. */
static struct str
masked(struct cli *cli, struct str target)
{
	return url_mask_token(&cli->arena, target);
}

static struct str
or_null(struct str s)
{
	return s.n == 0 ? (struct str){ NULL, 0 } : s;
}

/* First value of these names, for a list. */
static struct str
first_of(const struct form *f, const char *a, const char *b)
{
	struct str	s = form_get(f, a);

	return or_null(s.n > 0 ? s : form_get(f, b));
}

static struct form
form_of(struct cli *cli, const struct message *m)
{
	struct form	f = { NULL, 0 };
	struct str	raw = str_eq(m->method, STR("GET")) ?
			    url_query(m->target) : m->body;

	if (form_decode(&cli->arena, raw, &f) != FORM_OK)
		f.n = 0;
	return f;
}

static void
add_rejected_row(struct cli *cli, struct table *t,
    const struct ring_entry *e, const struct message *m)
{
	struct form	f = form_of(cli, m);
	struct str	reason = message_header(m, "Offhook-Reason");
	char		time[25];

	clock_format(e->time_ms, time);
	table_cstr(t, cli_printf(cli, "r%llu", (unsigned long long)e->seq));
	table_text(t, arena_copy(&cli->arena, str_from(time)));
	table_cstr(t, "rejected");
	table_text(t, first_of(&f, "MessageSid", "CallSid"));
	table_text(t, first_of(&f, "MessageStatus", "CallStatus"));
	table_text(t, (struct str){ NULL, 0 });
	table_text(t, reason);
	table_text(t, or_null(form_get(&f, "From")));
	table_text(t, or_null(form_get(&f, "To")));
	table_text(t, (struct str){ NULL, 0 });
}

/* The next rejected entry at or below *seq; false when there is none. */
static bool
next_rejected(struct cli *cli, struct rejected *r, uint64_t *seq,
    struct ring_entry *e, struct message *m)
{
	uint64_t	oldest = r->last > RING_SLOTS ?
			    r->last - RING_SLOTS : 0;

	for (; *seq > oldest; --*seq)
		if (rejected_get(cli, r, *seq, e, m)) {
			--*seq;
			return true;
		}
	return false;
}

/* Whether the event's time (text) is later than the entry's. */
static bool
event_is_newer(const PGresult *res, int i, const struct ring_entry *e)
{
	char	time[25];

	clock_format(e->time_ms, time);
	return strcmp(PQgetvalue(res, i, 1), time) >= 0;
}

/* Merge both kinds, newest first. */
static void
fill_list(struct cli *cli, struct table *t, struct rejected *r,
    const PGresult *res, uint64_t limit)
{
	struct ring_entry	e;
	struct message		m;
	uint64_t		seq = r->last, n;
	int			i = 0, rows = res == NULL ? 0 :
				    PQntuples(res);
	bool			more = next_rejected(cli, r, &seq, &e, &m);

	for (n = 0; n < limit && (more || i < rows); n++) {
		if (i < rows && (!more || event_is_newer(res, i, &e)))
			query_add_row(t, res, i++);
		else {
			add_rejected_row(cli, t, &e, &m);
			more = next_rejected(cli, r, &seq, &e, &m);
		}
	}
}

int
cmd_request_list(struct cli *cli)
{
	bool		 only = option_get(&cli->args, "rejected") != NULL;
	uint64_t	 limit = DEFAULT_LIMIT;
	struct rejected	 r;
	struct table	 t;
	struct str	 param;
	PGresult	*res = NULL;

	if (!cli_count(cli, "limit", MAX_LIMIT, &limit))
		return EXIT_USAGE;
	if (!rejected_open(cli, &r))
		return EXIT_FAILURE;
	param = str_from(cli_printf(cli, "%llu", (unsigned long long)limit));
	if (!only)
		res = query_run(cli, QUERY_EVENTS, &param, 1);
	table_init(&t, &cli->arena, list_columns);
	fill_list(cli, &t, &r, res, limit);
	if (t.first != NULL || only || res != NULL || !cli_is_text(cli))
		cli_table(cli, &t, only ? "No request was rejected." :
		    "No request has come yet.");
	if (only && r.seen > r.last)
		cli_after(cli, "%llu more were only counted, not kept.",
		    (unsigned long long)(r.seen - r.last));
	rejected_close(&r);
	PQclear(res);
	return !only && res == NULL ? EXIT_FAILURE : 0;
}

/* Headers as a JSON object; the names come from outside as well. */
static struct str
headers_json(struct cli *cli, const struct message *m)
{
	struct out	o;
	size_t		i, cap = 16;

	for (i = 0; i < m->nheaders; i++)
		cap += 6 * (m->header[i].name.n + m->header[i].value.n) + 16;
	o = out_init(cli_alloc(cli, cap, 1), cap);
	out_char(&o, '{');
	for (i = 0; i < m->nheaders; i++) {
		out_cstr(&o, i == 0 ? "" : ", ");
		out_json(&o, m->header[i].name);
		out_cstr(&o, ": ");
		out_json(&o, m->header[i].value);
	}
	out_char(&o, '}');
	return out_str(&o);
}

/* Headers as lines; Authorization is masked already when it is kept. */
static struct str
headers_text(struct cli *cli, const struct message *m)
{
	struct out	o;
	size_t		i, cap = 16;

	for (i = 0; i < m->nheaders; i++)
		cap += m->header[i].name.n + m->header[i].value.n + 4;
	o = out_init(cli_alloc(cli, cap, 1), cap);
	for (i = 0; i < m->nheaders; i++) {
		out_bytes(&o, m->header[i].name);
		out_cstr(&o, ": ");
		out_bytes(&o, m->header[i].value);
		out_char(&o, '\n');
	}
	return out_str(&o);
}

/* Parameters as "name = value" lines. */
static struct str
params_text(struct cli *cli, const struct form *f)
{
	struct out	o;
	size_t		i, cap = 16;

	for (i = 0; i < f->n; i++)
		cap += f->at[i].name.n + f->at[i].value.n + 4;
	o = out_init(cli_alloc(cli, cap, 1), cap);
	for (i = 0; i < f->n; i++) {
		out_bytes(&o, f->at[i].name);
		out_cstr(&o, " = ");
		out_bytes(&o, f->at[i].value);
		out_char(&o, '\n');
	}
	return or_null(out_str(&o));
}

static void
mask_authorization(struct message *m)
{
	size_t	i;

	for (i = 0; i < m->nheaders; i++)
		if (str_ieq(m->header[i].name, STR("Authorization")))
			m->header[i].value = STR("***");
}

static int
show_rejected(struct cli *cli, struct str id)
{
	static const char *const columns[] = { "id", "received_at", "reason",
	    "method", "target", "headers", "params", "body", NULL };
	struct rejected		r;
	struct ring_entry	e;
	struct message		m;
	struct form		f;
	struct table		t;
	char			time[25];

	if (!rejected_open(cli, &r))
		return EXIT_FAILURE;
	if (!rejected_get(cli, &r, rejected_number(&r, id), &e, &m)) {
		cli_error("there is no rejected request %s (any more: the "
		    "last %d are kept); see: offhook request list --rejected",
		    id.p, RING_SLOTS);
		rejected_close(&r);
		return EXIT_FAILURE;
	}
	rejected_close(&r);
	f = form_of(cli, &m);
	mask_authorization(&m);
	clock_format(e.time_ms, time);
	table_init(&t, &cli->arena, columns);
	table_cstr(&t, cli_printf(cli, "r%llu", (unsigned long long)e.seq));
	table_cstr(&t, time);
	table_text(&t, message_header(&m, "Offhook-Reason"));
	table_text(&t, m.method);
	table_text(&t, masked(cli, m.target));
	if (cli->json)
		table_plain(&t, headers_json(cli, &m));
	else
		table_text(&t, headers_text(cli, &m));
	table_text(&t, cli->json ? (struct str){ NULL, 0 } :
	    params_text(cli, &f));
	table_text(&t, or_null(m.body));
	table_write_record(&cli->out, &t, cli->json);
	if (!cli->json)
		cli_after(cli, "Why: offhook signature explain r%llu",
		    (unsigned long long)e.seq);
	return 0;
}

static int
show_event(struct cli *cli, struct str id)
{
	static const char *const columns[] = { "id", "received_at", "kind",
	    "sid", "status", "verdict", "account", "duplicates", "method",
	    "url", "idempotency_token", "params", "http", "reply_type",
	    "reply", "route", "reason", NULL };
	PGresult	*res = query_event(cli, id);
	struct table	 t;
	int		 j;

	if (res == NULL)
		return EXIT_FAILURE;
	table_init(&t, &cli->arena, columns);
	for (j = 0; j < PQnfields(res); j++) {
		if (j == 7 || j == 11 || j == 12)
			table_plain(&t, query_field(res, 0, j));
		else
			table_text(&t, query_field(res, 0, j));
	}
	table_write_record(&cli->out, &t, cli->json);
	PQclear(res);
	return 0;
}

int
cmd_request_show(struct cli *cli)
{
	struct str	id = str_from(cli->args.operand[0]);

	if (query_is_event(id))
		return show_event(cli, id);
	if (id.n == 34 && id.p[0] >= 'A' && id.p[0] <= 'Z')
		return cli_usage(cli, "%s is a SID; see: offhook resource "
		    "show %s", id.p, id.p);
	if (id.n > 0 && (id.p[0] == 'r' || str_eq(id, STR("last"))))
		return show_rejected(cli, id);
	return cli_usage(cli, "%s is neither r and a number nor an event's "
	    "id", id.p);
}
