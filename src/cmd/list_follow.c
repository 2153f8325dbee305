/*
 * --follow: what comes from now on. See list.h.
 *
 * A row may be committed later than the time that it carries says: as much
 * as ingest may take, and as web servers' clocks may differ. So each poll
 * reads the last OVERLAP_S seconds again, and what was seen by the poll
 * before is not shown twice. Resources have no index by the time of their
 * last change (which would cost each webhook): the events tell which changed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../edge/clock.h"
#include "list.h"

#define POLL_MS 1000
#define OVERLAP_S 15

/* Rows seen by the last poll, by a hash; sorted. */
struct seen {
	uint64_t	*hash;
	size_t		 n;
};

/* FNV-1a over a row: any change of it is something new. */
static uint64_t
row_hash(const PGresult *res, int row)
{
	uint64_t	 h = 14695981039346656037u;
	const char	*p;
	int		 j, i;

	for (j = 0; j < PQnfields(res); j++) {
		p = PQgetvalue(res, row, j);
		for (i = 0; i <= PQgetlength(res, row, j); i++)
			h = (h ^ (unsigned char)p[i]) * 1099511628211u;
	}
	return h;
}

static int
compare_hashes(const void *a, const void *b)
{
	uint64_t	x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

static bool
was_seen(const struct seen *s, uint64_t hash)
{
	return s->n > 0 && bsearch(&hash, s->hash, s->n, sizeof(hash),
	    compare_hashes) != NULL;
}

/* Remember these rows, and the ones already there if they are to stay. */
static bool
remember(struct seen *s, const PGresult *res, bool keep)
{
	size_t		 rows = (size_t)PQntuples(res), i;
	size_t		 old = keep ? s->n : 0;
	uint64_t	*hash = realloc(s->hash,
			    (old + rows + 1) * sizeof(*hash));

	if (hash == NULL) {
		cli_error("out of memory");
		return false;
	}
	for (i = 0; i < rows; i++)
		hash[old + i] = row_hash(res, (int)i);
	s->hash = hash;
	s->n = old + rows;
	qsort(hash, s->n, sizeof(*hash), compare_hashes);
	return true;
}

/* Write now what is usually written at the end; false: nobody reads. */
static bool
flush(struct cli *cli)
{
	bool	good = !cli->out.overflow && fwrite(cli->out.p, 1,
		    cli->out.n, stdout) == cli->out.n && fflush(stdout) == 0;

	cli->out.n = 0;
	return good;
}

/* Print the rows that were not seen yet; false: nobody reads. */
static bool
show_new(struct list_run *r, struct seen *s, const PGresult *res)
{
	struct table	t;
	int		i;

	table_init(&t, &r->cli->arena, r->column);
	for (i = 0; i < PQntuples(res); i++)
		if (!was_seen(s, row_hash(res, i)))
			list_add_row(&t, r, res, i);
	table_write_more(&r->cli->out, &t, list_form(r->cli), r->width);
	return flush(r->cli);
}

/* The rows of the past, the oldest first. */
static int
begin_follow(struct list_run *r, struct seen *s)
{
	PGresult	*before = list_recent(r, OVERLAP_S);
	PGresult	*res = NULL;
	struct table	 t;
	int		 i, status = EXIT_FAILURE;

	if (before != NULL)
		res = list_page(r);
	if (res == NULL || !remember(s, before, false) ||
	    !remember(s, res, true))
		goto out;
	table_init(&t, &r->cli->arena, r->column);
	i = PQntuples(res);
	if ((uint64_t)i > r->limit)
		i = (int)r->limit;
	while (i > 0)
		list_add_row(&t, r, res, --i);
	table_write_more(&r->cli->out, &t, list_form(r->cli), r->width);
	if (flush(r->cli))
		status = 0;
out:
	PQclear(before);
	PQclear(res);
	return status;
}

int
list_follow(struct list_run *r)
{
	struct seen	 s = { NULL, 0 };
	int64_t		 last = clock_monotonic_ms(), now;
	size_t		 mark = r->cli->arena.used;
	PGresult	*res;
	int		 status = begin_follow(r, &s);
	bool		 good = status == 0;

	while (good) {
		r->cli->arena.used = mark;
		clock_sleep_ms(POLL_MS);
		now = clock_monotonic_ms();
		res = list_recent(r, OVERLAP_S + (now - last) / 1000);
		if (res == NULL)
			continue;	/* an outage, which was told */
		good = show_new(r, &s, res) && remember(&s, res, false);
		PQclear(res);
		last = now;
	}
	free(s.hash);
	return status;
}

