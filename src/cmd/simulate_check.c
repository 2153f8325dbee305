/* What must have come of a plan. See simulate.h. */
#include <stdio.h>
#include <string.h>

#include "query.h"
#include "simulate.h"

#define SIDS_AT_ONCE 1000	/* in one statement */

/* What the database must hold of one SID. */
struct expected {
	char		 sid[40];
	const char	*status;	/* NULL: no row */
	const char	*error;		/* NULL: none */
	size_t		 events;
	bool		 found;		/* as it must be, the row */
	size_t		 stored;
};

struct expectations {
	struct expected	*at;
	size_t		 n;
};

/* A row of the verdict; what it returns is whether all is well. */
static bool
judge(struct table *t, const char *scenario, const char *check,
    size_t wanted, size_t seen, bool each)
{
	bool	good = wanted == seen && each;

	table_cstr(t, scenario);
	table_cstr(t, check);
	table_int(t, (int64_t)wanted);
	table_int(t, (int64_t)seen);
	table_bool(t, good);
	return good;
}

static bool
as_wanted(const struct step *s, const struct shot *shot)
{
	switch (s->want) {
	case WANT_TWIML:
		return shot->status == 200 && (shot->kind == SHOT_TWIML ||
		    shot->kind == SHOT_EMPTY_TWIML);
	case WANT_NOTHING:
		return (shot->status == 204 || shot->status == 200) &&
		    (shot->kind == SHOT_EMPTY ||
		    shot->kind == SHOT_EMPTY_TWIML);
	case WANT_FORBIDDEN:
		return shot->status == 403;
	}
	return false;
}

/* The first one that is wrong, in words. */
static void
tell(const struct plan *p, const struct step *s, const struct shot *shot)
{
	static const char *const bodies[] = {
		[SHOT_EMPTY] = "nothing",
		[SHOT_EMPTY_TWIML] = "an empty Response",
		[SHOT_TWIML] = "TwiML",
		[SHOT_OTHER] = "no TwiML",
	};
	char	sid[40];

	plan_sid(p, s, sid);
	if (shot->status == 0)
		cli_note("%s (%s): no reply", sid, s->sample->kind);
	else
		cli_note("%s (%s): %ld with %s", sid, s->sample->kind,
		    shot->status, bodies[shot->kind]);
}

static bool
check_wanted(struct table *t, const char *scenario, const struct plan *p,
    const struct shot *shots, enum want want)
{
	static const char *const names[] = {
		[WANT_TWIML] = "questions: 200 with TwiML",
		[WANT_NOTHING] = "notices: 204 or an empty Response",
		[WANT_FORBIDDEN] = "another token: 403",
	};
	size_t	i, wanted = 0, seen = 0;
	bool	told = false;

	for (i = 0; i < p->nsteps; i++) {
		if (p->step[i].want != want)
			continue;
		wanted++;
		if (as_wanted(&p->step[i], &shots[i]))
			seen++;
		else if (!told) {
			tell(p, &p->step[i], &shots[i]);
			told = true;
		}
	}
	return wanted == 0 || judge(t, scenario, names[want], wanted, seen,
	    true);
}

/* Every delivery of one request gets the bytes of its first one. */
static bool
check_duplicates(struct table *t, const char *scenario, const struct plan *p,
    const struct shot *shots)
{
	size_t	*first = cli_alloc(p->cli, p->numbers + 1, sizeof(*first));
	size_t	 i, k, wanted = 0, seen = 0;

	for (i = 0; i < p->nsteps; i++) {
		k = first[p->step[i].number];
		if (k == 0) {
			first[p->step[i].number] = i + 1;
			continue;
		}
		wanted++;
		seen += shots[i].status != 0 &&
		    shots[i].status == shots[k - 1].status &&
		    memcmp(shots[i].body, shots[k - 1].body,
		    sizeof(shots[i].body)) == 0;
	}
	return wanted == 0 || judge(t, scenario,
	    "duplicates: the first reply again", wanted, seen, true);
}

bool
check_replies(struct table *t, const char *scenario, const struct plan *p,
    const struct shot *shots)
{
	bool	good;

	good = check_wanted(t, scenario, p, shots, WANT_TWIML);
	good = check_wanted(t, scenario, p, shots, WANT_NOTHING) && good;
	good = check_wanted(t, scenario, p, shots, WANT_FORBIDDEN) && good;
	return check_duplicates(t, scenario, p, shots) && good;
}

static int
compare_sid(const void *a, const void *b)
{
	return strcmp(((const struct expected *)a)->sid,
	    ((const struct expected *)b)->sid);
}

static struct expected *
find(const struct expectations *e, const char *sid)
{
	struct expected	key = { .sid = "" };

	(void)snprintf(key.sid, sizeof(key.sid), "%s", sid);
	return bsearch(&key, e->at, e->n, sizeof(key), compare_sid);
}

/* One entry a SID, with the number of different requests about it. */
static void
list_sids(const struct plan *p, struct expectations *e)
{
	bool	*counted = cli_alloc(p->cli, p->numbers + 1, sizeof(*counted));
	size_t	 i, n = 0;

	e->at = cli_alloc(p->cli, p->nsteps + 1, sizeof(*e->at));
	for (i = 0; i < p->nsteps; i++) {
		plan_sid(p, &p->step[i], e->at[i].sid);
		e->at[i].events = p->step[i].want != WANT_FORBIDDEN &&
		    !counted[p->step[i].number];
		counted[p->step[i].number] = true;
	}
	qsort(e->at, p->nsteps, sizeof(*e->at), compare_sid);
	for (i = 0; i < p->nsteps; i++) {
		if (n > 0 && strcmp(e->at[n - 1].sid, e->at[i].sid) == 0)
			e->at[n - 1].events += e->at[i].events;
		else
			e->at[n++] = e->at[i];
	}
	e->n = n;
}

static void
expect_rows(const struct plan *p, struct expectations *e)
{
	const struct life	*l;
	struct expected		*x;
	char			 sid[40];
	size_t			 i;

	for (i = 0; i < p->nlives; i++) {
		l = &p->life[i];
		if (l->prefix == NULL)
			continue;
		(void)snprintf(sid, sizeof(sid), "%s%s", l->prefix,
		    l->digits);
		x = find(e, sid);
		if (x == NULL)
			continue;
		x->status = l->status;
		x->error = l->error;
	}
}

/* A text array of the SIDs from..to. */
static struct str
sid_array(struct cli *cli, const struct expectations *e, size_t from,
    size_t to)
{
	size_t		cap = 42 * (to - from) + 3, i;
	struct out	o = out_init(cli_alloc(cli, cap, 1), cap);

	out_char(&o, '{');
	for (i = from; i < to; i++) {
		if (i > from)
			out_char(&o, ',');
		out_cstr(&o, e->at[i].sid);
	}
	out_char(&o, '}');
	return out_str(&o);
}

static bool
same_text(const char *wanted, const PGresult *res, int row, int column)
{
	if (wanted == NULL)
		return PQgetisnull(res, row, column) == 1;
	return strcmp(wanted, PQgetvalue(res, row, column)) == 0;
}

static void
take_status(struct expectations *e, const PGresult *res, int row)
{
	struct expected	*x = find(e, PQgetvalue(res, row, 0));

	if (x == NULL)
		return;
	x->found = x->status != NULL && same_text(x->status, res, row, 1) &&
	    same_text(x->error, res, row, 2);
	if (!x->found)
		cli_note("%s is %s (error %s), not %s (%s)", x->sid,
		    PQgetvalue(res, row, 1), PQgetvalue(res, row, 2),
		    x->status == NULL ? "absent" : x->status,
		    x->error == NULL ? "none" : x->error);
}

static void
take_count(struct expectations *e, const PGresult *res, int row)
{
	struct expected	*x = find(e, PQgetvalue(res, row, 0));

	if (x != NULL)
		x->stored = (size_t)strtoul(PQgetvalue(res, row, 1), NULL,
		    10);
}

/* Ask about all SIDs, some at once; false after a message. */
static bool
ask(struct cli *cli, struct expectations *e, enum query q,
    void (*take)(struct expectations *, const PGresult *, int))
{
	struct str	 sids;
	PGresult	*res;
	size_t		 from, to, mark;
	int		 i;

	for (from = 0; from < e->n; from = to) {
		to = from + SIDS_AT_ONCE < e->n ? from + SIDS_AT_ONCE : e->n;
		mark = cli->arena.used;
		sids = sid_array(cli, e, from, to);
		res = query_run(cli, q, &sids, 1);
		cli->arena.used = mark;
		if (res == NULL)
			return false;
		for (i = 0; i < PQntuples(res); i++)
			take(e, res, i);
		PQclear(res);
	}
	return true;
}

bool
check_rows(struct table *t, const char *scenario, const struct plan *p)
{
	struct expectations	 e;
	const struct expected	*x;
	size_t			 rows = 0, right = 0, events = 0, once = 0;
	bool			 good, each = true;

	list_sids(p, &e);
	expect_rows(p, &e);
	if (!ask(p->cli, &e, QUERY_STATUSES, take_status) ||
	    !ask(p->cli, &e, QUERY_EVENT_COUNTS, take_count))
		return judge(t, scenario, "the database answers", 1, 0, true);
	for (x = e.at; x < e.at + e.n; x++) {
		rows += x->status != NULL;
		right += x->found;
		events += x->events;
		once += x->stored;
		if (x->stored == x->events)
			continue;
		if (each)
			cli_note("%s: %zu events stored, not %zu", x->sid,
			    x->stored, x->events);
		each = false;
	}
	good = rows == 0 || judge(t, scenario,
	    "rows with exactly their status", rows, right, true);
	return judge(t, scenario, "events stored, each once", events, once,
	    each) && good;
}
