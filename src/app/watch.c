/* What a worker looks after. See watch.h. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../core/message.h"
#include "../edge/clock.h"
#include "reject.h"
#include "watch.h"

#define KEY_DIGITS 32	/* a file of the spool begins with them: spool.h */

/* Reasons of which Twilio's own requests die when a setting is wrong. */
static const enum reason	wrong[] = {
	REASON_SIGNATURE_MISSING, REASON_SIGNATURE_MALFORMED,
	REASON_SIGNATURE_MISMATCH, REASON_ACCOUNT, REASON_URL_TOKEN,
	REASON_BODY_UNSIGNED, REASON_BODY_CHANGED
};

#define WRONG (sizeof(wrong) / sizeof(wrong[0]))

void
watch_open(struct watch *w, const struct config *c)
{
	*w = (struct watch){ .spool = c->spool };
	ring_open(&w->ring, c->state, c->max_body);
	w->arena.cap = w->ring.slot + 4096;
	if (gethostname(w->host, sizeof(w->host) - 1) != 0)
		(void)snprintf(w->host, sizeof(w->host), "unknown");
}

void
watch_close(struct watch *w)
{
	ring_close(&w->ring);
	free(w->arena.base);
	w->arena.base = NULL;
}

/* Which of the wrong ones it is; WRONG: another, or nothing of Twilio's. */
static size_t
reason_of(const struct message *m)
{
	struct str	name = message_header(m, "Offhook-Reason");
	size_t		i;

	/* Everybody's scanner sends requests without a signature. */
	if (!str_starts(message_header(m, "User-Agent"), STR("TwilioProxy")))
		return WRONG;
	for (i = 0; i < WRONG; i++)
		if (str_eq(name, str_from(reject_reason_name(wrong[i]))))
			break;
	return i;
}

static bool
entry(struct watch *w, uint64_t seq, struct ring_entry *e, size_t *reason)
{
	struct message	m;

	w->arena.used = 0;
	w->arena.full = false;
	if (!ring_get(&w->ring, &w->arena, seq, e) ||
	    message_parse(e->payload, &m) != MESSAGE_OK)
		return false;
	*reason = reason_of(&m);
	return *reason < WRONG;
}

static void
describe(struct watch *w, const size_t *count, size_t n)
{
	size_t		best = 0, i;
	struct out	o = out_init(w->detail, sizeof(w->detail) - 1);

	for (i = 1; i < WRONG; i++)
		if (count[i] > count[best])
			best = i;
	out_cstr(&o, "{\"reason\": \"");
	out_cstr(&o, reject_reason_name(wrong[best]));
	out_cstr(&o, "\", \"of\": \"");
	out_int(&o, (int64_t)count[best]);
	out_cstr(&o, " of ");
	out_int(&o, (int64_t)n);
	out_cstr(&o, "\", \"first\": \"");
	out_cstr(&o, w->first_at);
	out_cstr(&o, "\", \"last\": \"");
	out_cstr(&o, w->last_at);
	out_cstr(&o, "\", \"advice\": \"offhook signature explain last\"}");
	w->detail[o.n] = '\0';
}

/* The last failures, newest first; what is in the ring is of this machine. */
static void
look_at_ring(struct watch *w)
{
	struct ring_counts	c;
	struct ring_entry	e;
	size_t			count[WRONG] = { 0 }, reason, n = 0;
	int64_t			since = clock_now_ms() - WATCH_WITHIN_MS;
	uint64_t		seq;

	if (!ring_counts(&w->ring, &c) || c.last == w->last)
		return;
	if (w->arena.base == NULL)
		w->arena.base = malloc(w->arena.cap);
	if (w->arena.base == NULL)
		return;
	w->last = c.last;
	w->first_at[0] = w->last_at[0] = '\0';
	for (seq = c.last; seq > 0 && c.last - seq < RING_SLOTS &&
	    n < WATCH_FAILURES; seq--) {
		if (!entry(w, seq, &e, &reason) || e.time_ms < since)
			continue;
		count[reason]++;
		if (n++ == 0)
			clock_format(e.time_ms, w->last_at);
		if (n == WATCH_FAILURES)
			clock_format(e.time_ms, w->first_at);
	}
	w->failed = n > 0;
	describe(w, count, n);
}

/* Whether the spool has no file; false too when nobody can say. */
static bool
spool_is_empty(const char *folder)
{
	DIR		*d = folder == NULL ? NULL : opendir(folder);
	struct dirent	*e;
	bool		 empty = true;

	if (d == NULL)
		return folder == NULL || errno == ENOENT;
	while (empty && (e = readdir(d)) != NULL)
		empty = strspn(e->d_name, "0123456789abcdef") != KEY_DIGITS;
	(void)closedir(d);
	return empty;
}

static void
add_or_null(struct db_params *p, const char *text)
{
	if (text[0] == '\0')
		db_add_null(p);
	else
		db_add_text(p, text);
}

void
watch_send(struct watch *w, struct db *db, int64_t deadline_ms)
{
	static const char	 sql[] =
	    "select offhook.issue_settle($1::interval), "
	    "offhook.issue_signatures($2, $3::timestamptz, $4::timestamptz, "
	    "$5::jsonb), case when $6::boolean then "
	    "offhook.issue_over('spool.used', $2) end";
	struct db_params	 p = { .n = 0 };

	look_at_ring(w);
	db_add_text(&p, WATCH_PENDING);
	db_add_text(&p, w->host);
	add_or_null(&p, w->failed ? w->first_at : "");
	add_or_null(&p, w->failed ? w->last_at : "");
	add_or_null(&p, w->failed ? w->detail : "");
	db_add_text(&p, spool_is_empty(w->spool) ? "true" : "false");
	db_send(db, sql, &p, false, deadline_ms);
}

void
watch_heard(struct watch *w, const PGresult *res)
{
	if (PQntuples(res) == 1 && PQgetvalue(res, 0, 1)[0] == 't')
		w->failed = false;
}
