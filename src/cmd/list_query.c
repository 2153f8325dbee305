/*
 * The statement of a list. See list.h.
 *
 * It is put together from the fixed pieces below; the values are its
 * parameters. A list is found by an index, whatever the filters are: by the
 * kind and time, unless one of them has an index of its own (with the time).
 * Then "is true" keeps the kind's out, or the planner may walk through all
 * that is newer than what it looks for. A filter that has none is limited to
 * LIST_LOOK_BACK days, unless --since says how far.
 */
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "query.h"

#define STATEMENT 8192		/* bytes */
#define MAX_PARAMS DB_MAX_PARAMS	/* of two branches, 28 at most */

/*
 * What an option adds to the statement's conditions; '%' is its value. Which
 * one of "kind" and "kind=..." it is, variant() says.
 */
struct filter {
	const char	*option;
	const char	*sql;
	bool		 indexed;	/* by an index of its own */
};

struct column {
	const char	*name;
	const char	*sql;
	bool		 plain;		/* a number */
};

/* What is listed. The last column is the cursor. */
struct list {
	const char		*source;	/* a view, as r */
	const char		*base;		/* the first condition */
	const char		*unindexed;	/* the same without an index */
	const char		*time, *id;	/* columns that order it */
	const char		*id_type;
	bool			 by_id;		/* ordered by that alone */
	/* What came in the last % seconds, as r, and conditions. */
	const char		*recent;
	const char		*recent_order;
	const struct filter	*filters;
	struct column		 column[LIST_MAX_COLUMNS];
};

#define STAMP(column) "to_char(" column " at time zone 'UTC', " \
	"'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
#define CURSOR(time, id) "to_char(" time " at time zone 'UTC', " \
	"'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || '/' || " id

/*
 * A condition that the planner takes for true every other time: where it
 * believed in fewer rows it would fetch and sort all that an index finds,
 * in place of walking it backwards until the page is full.
 */
#define HALF(condition) "case when " condition " then true else false end"

static const struct filter resource_filters[] = {
	{ "from", "r.\"from\" = %", true },
	{ "to", "r.\"to\" = %", true },
	{ "error", "r.error_code = %::integer", true },
	{ "parent", "r.parent = %", true },
	{ "status", HALF("r.status = %"), false },
	{ "account", HALF("r.account = %"), false },
	{ "undecided", HALF("not r.terminal") " and r.first_seen <= now() - "
	    "%::integer * interval '1 minute'", false },
	{ NULL, NULL, false }
};

static const struct filter event_filters[] = {
	{ "sid", "r.sid = %", true },
	/* The index has all kinds but the commonest. */
	{ "kind", "r.kind = % and r.kind <> 'message.status'", true },
	{ "kind=message.status", "r.kind = %", false },
	{ "kind=*", HALF("starts_with(r.kind, %)"), false },
	{ "verdict", HALF("r.verdict = %"), false },
	{ "account", HALF("r.account = %"), false },
	{ NULL, NULL, false }
};

/* An option without a value, and numbers on either side. */
static const struct filter delivery_filters[] = {
	{ "undelivered", "(r.open or r.outcome in ('dead', 'expired'))",
	    true },
	{ "state", "r.outcome = %", true },
	{ "state=pending", "r.open and r.outcome = %", true },
	{ "state=open", "r.open and r.state = %", true },
	{ "destination", "r.destination = %", true },
	{ "event", "r.event_id = %::uuid", true },
	{ "replay", "r.replay = %::bigint", true },
	{ "sid", "r.sid = %", true },
	{ "kind", "r.kind = %", true },
	{ "kind=message.status", "r.kind = %", true },
	{ "kind=*", "starts_with(r.kind, %)", true },
	{ "number", "% in (r.\"from\", r.\"to\")", true },
	{ NULL, NULL, false }
};

/* One row a resource that something was told of. */
#define RECENT_RESOURCES \
	"(select distinct e.sid from offhook.events e where e.received_at >= " \
	"now() - %::integer * interval '1 second' and e.sid is not null) as " \
	"e cross join lateral (select x.* from offhook.resources x " \
	"where x.sid = e.sid limit 1) as r where true"
#define RESOURCES \
	.source = "offhook.resources", \
	.time = "r.first_seen", .id = "r.sid", .id_type = "text", \
	.recent = RECENT_RESOURCES, \
	.recent_order = "r.updated_at, r.sid", \
	.filters = resource_filters
#define RESOURCE_COLUMNS \
	{ "first_seen", STAMP("r.first_seen"), false }, \
	{ "sid", "r.sid", false }, \
	{ "status", "r.status", false }, \
	{ "error_code", "r.error_code", true }, \
	{ "from", "r.\"from\"", false }, \
	{ "to", "r.\"to\"", false }
#define RESOURCE_TAIL \
	{ "updated_at", STAMP("r.updated_at"), false }, \
	{ "account", "r.account", false }, \
	{ "cursor", CURSOR("r.first_seen", "r.sid"), false }

const struct list list_messages = {
	RESOURCES,
	.base = "r.kind = 'message'",
	.unindexed = "(r.kind = 'message') is true",
	.column = { RESOURCE_COLUMNS,
	    { "num_media", "r.num_media", true }, RESOURCE_TAIL },
};

const struct list list_calls = {
	RESOURCES,
	.base = "r.kind = 'call'",
	.unindexed = "(r.kind = 'call') is true",
	.column = { RESOURCE_COLUMNS,
	    { "direction", "r.facts ->> 'direction'", false },
	    { "duration_seconds", "case when r.facts ->> 'duration_seconds' "
		"~ '^[0-9]{1,9}$' then (r.facts ->> 'duration_seconds')"
		"::integer end", true },
	    { "answered_by", "r.facts ->> 'answered_by'", false },
	    { "parent", "r.parent", false }, RESOURCE_TAIL },
};

const struct list list_events = {
	.source = "offhook.events",
	.base = "true", .unindexed = "true",
	.time = "r.received_at", .id = "r.id", .id_type = "uuid",
	.recent = "offhook.events r where r.received_at >= now() - "
	    "%::integer * interval '1 second'",
	.recent_order = "r.received_at, r.id",
	.filters = event_filters,
	.column = { { "received_at", STAMP("r.received_at"), false },
	    { "kind", "r.kind", false }, { "sid", "r.sid", false },
	    { "status", "r.status", false },
	    { "verdict", "r.verdict", false },
	    { "error_code", "r.error_code", true },
	    { "from", "r.\"from\"", false }, { "to", "r.\"to\"", false },
	    { "id", "r.id", false }, { "account", "r.account", false },
	    { "cursor", CURSOR("r.received_at", "r.id"), false } },
};

/* By their ids, which ascend in the order of routing. */
const struct list list_deliveries = {
	.source = "offhook.deliveries",
	.base = "true", .unindexed = "true",
	.time = "r.routed_at", .id = "r.id", .id_type = "bigint",
	.by_id = true,
	.filters = delivery_filters,
	.column = { { "id", "r.id", true },
	    { "routed_at", STAMP("r.routed_at"), false },
	    { "destination", "r.destination", false },
	    { "kind", "r.kind", false }, { "sid", "r.sid", false },
	    { "state", "r.state", false }, { "reason", "r.reason", false },
	    { "attempts", "r.attempts", true },
	    { "status", "r.status", true }, { "error", "r.error", false },
	    { "next_at", STAMP("r.next_at"), false },
	    { "event_id", "r.event_id", false },
	    { "from", "r.\"from\"", false }, { "to", "r.\"to\"", false },
	    { "replay", "r.replay", true },
	    { "cursor", "r.id", true } },
};

/* A statement under construction. */
struct query_text {
	struct cli	*cli;
	struct out	 sql;
	struct str	 param[MAX_PARAMS];
	size_t		 nparams;
};

static void
query_begin(struct query_text *q, struct cli *cli)
{
	q->cli = cli;
	q->sql = out_init(cli_alloc(cli, STATEMENT, 1), STATEMENT - 1);
	q->nparams = 0;
}

/* Append a fixed piece; each '%' in it is the same parameter. */
static void
query_add(struct query_text *q, const char *piece, struct str value)
{
	bool	used = false;

	for (; *piece != '\0'; piece++) {
		if (*piece != '%') {
			out_char(&q->sql, *piece);
			continue;
		}
		if (!used && q->nparams < MAX_PARAMS)
			q->param[q->nparams++] = value;
		used = true;
		out_char(&q->sql, '$');
		out_int(&q->sql, (int64_t)q->nparams);
	}
}

static void
query_text(struct query_text *q, const char *piece)
{
	out_cstr(&q->sql, piece);
}

static PGresult *
query_rows(struct query_text *q)
{
	q->sql.p[q->sql.n] = '\0';
	return query_run_text(q->cli, q->sql.p, q->param, q->nparams);
}

/* Which of several filters an option's value takes. */
static const char *
variant(const char *option, struct str value)
{
	if (strcmp(option, "kind") == 0)
		return str_ends(value, STR("*")) ? "kind=*" :
		    str_eq(value, STR("message.status")) ?
		    "kind=message.status" : option;
	if (strcmp(option, "state") == 0)
		return str_eq(value, STR("pending")) ? "state=pending" :
		    str_eq(value, STR("sending")) ||
		    str_eq(value, STR("waiting")) ? "state=open" : option;
	return option;
}

/* The value that an option gives to a filter; absent: it is not given. */
static struct str
filter_value(const struct cli *cli, const struct filter *f)
{
	char		option[32];
	struct str	value;

	(void)snprintf(option, sizeof(option), "%.*s",
	    (int)strcspn(f->option, "="), f->option);
	value = cli_option(cli, option);
	if (value.p == NULL || strcmp(variant(option, value), f->option) != 0)
		return (struct str){ NULL, 0 };
	return strcmp(f->option, "kind=*") == 0 ?
	    str_sub(value, 0, value.n - 1) : value;
}

/* Append " and CONDITION" for each filter that was given. */
static void
add_filters(struct query_text *q, const struct list_run *r)
{
	const struct filter	*f;
	struct str		 value;

	for (f = r->list->filters; f->option != NULL; f++) {
		value = filter_value(r->cli, f);
		if (value.p == NULL)
			continue;
		query_text(q, " and ");
		query_add(q, f->sql, value);
	}
}

/* The same for the time and the cursor. */
static void
add_period(struct query_text *q, const struct list_run *r)
{
	const struct list	*l = r->list;

	if (r->since.p != NULL)
		query_add(q, cli_printf(r->cli, " and %s >= %%::timestamptz",
		    l->time), r->since);
	if (r->until.p != NULL)
		query_add(q, cli_printf(r->cli, " and %s < %%::timestamptz",
		    l->time), r->until);
	if (r->after_id.p == NULL)
		return;
	if (l->by_id) {
		query_add(q, cli_printf(r->cli, " and %s < %%::%s", l->id,
		    l->id_type), r->after_id);
		return;
	}
	query_add(q, cli_printf(r->cli, " and %s <= %%::timestamptz and "
	    "(%s, %s) < (%%::timestamptz, ", l->time, l->time, l->id),
	    r->after_time);
	query_add(q, cli_printf(r->cli, "%%::%s)", l->id_type), r->after_id);
}

/* " order by ... limit N", of one row more than are shown. */
static const char *
page_order(const struct list_run *r)
{
	const struct list	*l = r->list;
	unsigned long long	 rows = (unsigned long long)r->limit + 1;

	if (l->by_id)
		return cli_printf(r->cli, " order by %s desc limit %llu",
		    l->id, rows);
	return cli_printf(r->cli, " order by %s desc, %s desc limit %llu",
	    l->time, l->id, rows);
}

/* The numbers of --with, absent ones at the end; how many there are. */
static size_t
with_numbers(const struct list_run *r, struct str number[2])
{
	size_t	at = 0, n = 0;

	for (n = 0; n < 2; n++) {
		number[n] = str_from(option_next(&r->cli->args, "with", &at));
		if (number[n].p == NULL)
			break;
	}
	if (n < 2)
		number[1] = (struct str){ NULL, 0 };
	return n;
}

/* A page of what came from a number, to one, not from one; or absent. */
static void
add_branch(struct query_text *q, const struct list_run *r, struct str from,
    struct str to, struct str not_from)
{
	const struct list	*l = r->list;

	query_text(q, cli_printf(r->cli, "(select r.* from %s r where %s",
	    l->source, r->indexed ? l->unindexed : l->base));
	if (from.p != NULL)
		query_add(q, " and r.\"from\" = %", from);
	if (to.p != NULL)
		query_add(q, " and r.\"to\" = %", to);
	if (not_from.p != NULL)
		query_add(q, " and r.\"from\" is distinct from %", not_from);
	add_filters(q, r);
	add_period(q, r);
	query_text(q, page_order(r));
	query_text(q, ")");
}

static void
add_columns(struct query_text *q, const struct list_run *r)
{
	const struct column	*c;

	query_text(q, "select ");
	for (c = r->list->column; c->name != NULL; c++) {
		query_text(q, c == r->list->column ? "" : ", ");
		query_text(q, c->sql);
	}
	query_text(q, " from ");
}

/* The statement of one page, of one row more than are shown. */
static void
page_query(struct query_text *q, const struct list_run *r)
{
	const struct str	 any = { NULL, 0 };
	struct str		 with[2];

	if (option_get(&r->cli->args, "explain") != NULL)
		query_text(q, r->cli->json ? "explain (analyze, timing off, "
		    "format json) " : "explain (analyze, timing off) ");
	add_columns(q, r);
	query_text(q, "(");
	if (with_numbers(r, with) == 0)
		add_branch(q, r, any, any, any);
	else {
		add_branch(q, r, with[0], with[1], any);
		query_text(q, " union all ");
		add_branch(q, r, with[1], with[0], with[0]);
	}
	query_text(q, ") as r");
	query_text(q, page_order(r));
}

/* The statement of what came in the last seconds. */
static void
recent_query(struct query_text *q, const struct list_run *r, int64_t seconds)
{
	const struct list	*l = r->list;
	struct str		 with[2];
	size_t			 i, n = with_numbers(r, with);

	add_columns(q, r);
	query_add(q, l->recent, str_from(cli_printf(r->cli, "%lld",
	    (long long)seconds)));
	query_text(q, " and ");
	query_text(q, l->base);
	add_filters(q, r);
	for (i = 0; i < n; i++)
		query_add(q, " and % in (r.\"from\", r.\"to\")", with[i]);
	query_text(q, " order by ");
	query_text(q, l->recent_order);
}

bool
list_is_slow(struct list_run *r)
{
	const struct filter	*f;
	bool			 slow = false;

	r->indexed = cli_option(r->cli, "with").p != NULL;
	for (f = r->list->filters; f->option != NULL; f++)
		if (filter_value(r->cli, f).p != NULL) {
			r->indexed = r->indexed || f->indexed;
			slow = slow || !f->indexed;
		}
	return slow && !r->indexed;
}

bool
list_by_id(const struct list_run *r)
{
	return r->list->by_id;
}

bool
list_is_id(const struct list_run *r, struct str id)
{
	uint64_t	n;

	if (r->list->by_id)
		return str_to_uint(id, INT64_MAX, &n);
	return strcmp(r->list->id_type, "uuid") != 0 || query_is_event(id);
}

void
list_columns(struct list_run *r)
{
	const struct column	*c = r->list->column;

	r->ncolumns = 0;
	for (; c->name != NULL; c++)
		r->column[r->ncolumns++] = c->name;
}

void
list_add_row(struct table *t, const struct list_run *r, const PGresult *res,
    int row)
{
	size_t	j;

	for (j = 0; j < r->ncolumns; j++) {
		if (r->list->column[j].plain)
			table_plain(t, query_field(res, row, (int)j));
		else
			table_text(t, query_field(res, row, (int)j));
	}
}

PGresult *
list_page(struct list_run *r)
{
	struct query_text	q;

	query_begin(&q, r->cli);
	page_query(&q, r);
	return query_rows(&q);
}

PGresult *
list_recent(struct list_run *r, int64_t seconds)
{
	struct query_text	q;

	query_begin(&q, r->cli);
	recent_query(&q, r, seconds);
	return query_rows(&q);
}
