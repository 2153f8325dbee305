/* Bodies that functions of the user's make. See transform.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../edge/clock.h"
#include "transform.h"

#define CONNECT_MS 5000
#define PAUSE_MS 200		/* doubled up to */
#define PAUSE_CAP_MS 5000
#define MARGIN_MS 1000		/* between Postgres' limit and ours */

void
transform_open(struct transform *t, const char *url)
{
	*t = (struct transform){ .pause_ms = PAUSE_MS };
	t->db.url = url;
}

void
transform_close(struct transform *t)
{
	db_close(&t->db);
}

static int64_t
limit(const struct job *job)
{
	return job->to->timeout_ms < TRANSFORM_MOST_MS ?
	    job->to->timeout_ms : TRANSFORM_MOST_MS;
}

static void
away(struct transform *t, int64_t now)
{
	t->connect_ms = now + t->pause_ms;
	t->pause_ms = t->pause_ms * 2 < PAUSE_CAP_MS ? t->pause_ms * 2 :
	    PAUSE_CAP_MS;
}

/* The limit in the same round trip, as a pooler gives no other way. */
static void
ask(struct transform *t, struct jobs *j, struct job *job, int64_t now)
{
	struct str	 event = deliver_event(&job->arena, job->to,
			    &job->task);
	size_t		 cap = 192 + 2 * event.n;
	char		*sql = event.p == NULL ? NULL : malloc(cap);
	struct out	 o = out_init(sql, sql == NULL ? 0 : cap);

	out_cstr(&o, "set local statement_timeout = ");
	out_int(&o, limit(job));
	out_cstr(&o, "; select offhook.transform_sql(");
	out_int(&o, job->to->id);
	out_char(&o, ',');
	db_literal(&o, event);
	out_cstr(&o, "::pg_catalog.jsonb)");
	out_char(&o, '\0');
	if (sql == NULL || o.overflow)
		jobs_transformed(j, job, (struct str){ NULL, 0 },
		    "out of memory");
	else {
		t->job = job;
		job->asked = true;
		db_send_script(&t->db, sql, now + limit(job) + MARGIN_MS);
	}
	free(sql);
}

static void
heard(struct transform *t, struct jobs *j, enum db_result r,
    struct db_answer *a, int64_t now)
{
	struct job	*job = t->job;
	struct str	 body = { NULL, 0 };
	char		 why[300];

	t->job = NULL;
	if (job == NULL && r != DB_OK)
		away(t, now);
	if (job == NULL)
		return;
	job->asked = false;
	/*
	 * Without its word the connection broke: asked again on another, but
	 * not for ever: it may be what breaks them.
	 */
	if (r == DB_DOWN && a->sqlstate[0] == '\0' && !job->again &&
	    !job->gone) {
		job->again = true;
		away(t, now);
		return;
	}
	t->pause_ms = PAUSE_MS;
	if (r == DB_LATE || strcmp(a->sqlstate, "57014") == 0)
		(void)snprintf(why, sizeof(why), "no answer within %lld ms",
		    (long long)limit(job));
	else
		(void)snprintf(why, sizeof(why), "%s", a->error);
	if (r == DB_OK && PQntuples(a->res) == 1 &&
	    PQgetisnull(a->res, 0, 0) == 0)
		body = (struct str){ PQgetvalue(a->res, 0, 0),
		    (size_t)PQgetlength(a->res, 0, 0) };
	jobs_transformed(j, job, body, r == DB_OK ? NULL : why);
	PQclear(a->res);
}

void
transform_step(struct transform *t, struct jobs *j, int64_t now)
{
	struct db_answer	 a;
	enum db_result		 r;
	struct job		*job;

	if (db_is_busy(&t->db)) {
		if (!db_step(&t->db, &r, &a))
			return;
		heard(t, j, r, &a, now);
	}
	job = jobs_transform(j);
	if (job == NULL)
		return;
	if (t->db.conn != NULL)
		ask(t, j, job, now);
	else if (now >= t->connect_ms)
		db_begin(&t->db, now + CONNECT_MS);
}

int64_t
transform_time(const struct transform *t, const struct jobs *j, int64_t now)
{
	if (db_is_busy(&t->db))
		return t->db.deadline_ms;
	if (jobs_transform(j) == NULL)
		return INT64_MAX;
	return t->db.conn == NULL ? t->connect_ms : now;
}
