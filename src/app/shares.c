/* Places of destinations. See shares.h. */
#include <stdlib.h>
#include <string.h>

#include "shares.h"

#define AHEAD_MS 250

void
shares_open(struct shares *s, size_t most)
{
	*s = (struct shares){ .most = most };
}

void
shares_close(struct shares *s)
{
	size_t	i;

	for (i = 0; i < s->n; i++)
		free(s->at[i]);
	free(s->at);
	*s = (struct shares){ .n = 0 };
}

/* Where it is, or would be. */
static size_t
find(const struct shares *s, int32_t destination)
{
	size_t	low = 0, high = s->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (s->at[middle]->destination < destination)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct share *
known(const struct shares *s, int32_t destination)
{
	size_t	i = find(s, destination);

	return i < s->n && s->at[i]->destination == destination ? s->at[i] :
	    NULL;
}

static bool
grow(struct shares *s)
{
	size_t		 cap = s->cap == 0 ? 16 : s->cap * 2;
	struct share	**at;

	if (s->n < s->cap)
		return true;
	at = realloc(s->at, cap * sizeof(struct share *));
	if (at == NULL)
		return false;
	s->at = at;
	s->cap = cap;
	return true;
}

struct share *
shares_of(struct shares *s, int32_t destination)
{
	size_t		 i = find(s, destination);
	struct share	*one;

	if (i < s->n && s->at[i]->destination == destination)
		return s->at[i];
	one = grow(s) ? calloc(1, sizeof(*one)) : NULL;
	if (one == NULL)
		return NULL;
	one->destination = destination;
	one->end = &one->first;
	memmove(&s->at[i + 1], &s->at[i], (s->n - i) *
	    sizeof(struct share *));
	s->at[i] = one;
	s->n++;
	return one;
}

void
shares_clock(struct shares *s, int64_t now)
{
	int64_t	past = now - s->since_ms;
	size_t	i;

	if (past < AHEAD_MS)
		return;
	for (i = 0; i < s->n; i++) {
		s->at[i]->pace = s->at[i]->ended * AHEAD_MS / (size_t)past;
		s->at[i]->ended = 0;
	}
	s->since_ms = now;
}

void
shares_size(struct shares *s, size_t bytes)
{
	s->bytes = (s->bytes * 7 + bytes) / 8;
}

/* Ahead, of all. */
static size_t
most_ahead(const struct shares *s)
{
	size_t	n = SHARES_AHEAD_BYTES / (s->bytes + 1);

	return n < SHARES_AHEAD ? n : SHARES_AHEAD;
}

/* What one may have where so many are others', of a whole. */
static size_t
fair(const struct shares *s, size_t most, size_t whole, size_t others)
{
	size_t	left = others < whole ? whole - others : 0;

	if (!s->alone)
		left = (left + 1) / 2;
	return left < most ? left : most;
}

/* How many of it may be under way. */
static size_t
places(const struct shares *s, size_t sent, const struct destination *to)
{
	size_t	n = fair(s, SHARES_MOST_EACH, s->most, s->sent - sent), few;

	if (to->url != NULL)
		return n;
	few = fair(s, SHARES_PROGRAMS_EACH, SHARES_PROGRAMS,
	    s->programs - sent);
	return few < n ? few : n;
}

bool
shares_may_send(const struct shares *s, const struct share *one,
    const struct destination *to)
{
	return one->sent < places(s, one->sent, to);
}

/*
 * What is limited, by Postgres for all workers together or by the number of
 * processes here, is claimed when it can be sent.
 */
static size_t
ahead(const struct shares *s, const struct share *one,
    const struct destination *to)
{
	size_t	pace = one->pace > one->ended ? one->pace : one->ended;
	size_t	most = most_ahead(s);

	if (to->url == NULL || to->transform_sql.p != NULL ||
	    to->concurrency > 0 || to->rate_n > 0)
		return 0;
	return pace < most ? pace : most;
}

size_t
shares_room(const struct shares *s, const struct destination *to)
{
	static const struct share	 none;
	const struct share		*one = known(s, to->id);
	size_t				 most;

	if (to->broken.p != NULL)
		return 0;
	if (one == NULL)
		one = &none;
	most = places(s, one->sent, to) + ahead(s, one, to);
	return one->sent + one->held < most ? most - one->sent - one->held :
	    0;
}

bool
shares_wants(const struct shares *s, const struct destination *to)
{
	const struct share	*one = known(s, to->id);

	return shares_room(s, to) > 0 && (one == NULL ||
	    one->held * 2 <= ahead(s, one, to));
}

size_t
shares_free(const struct shares *s)
{
	size_t	n = s->sent + s->held, most = s->most + most_ahead(s);

	return n < most ? most - n : 0;
}
