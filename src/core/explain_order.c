/* Faults of how parameters are put in a row. See explain_state.h. */
#include <stdlib.h>
#include <string.h>

#include "explain_state.h"

static int
by_name(const void *va, const void *vb)
{
	const struct param	*a = va, *b = vb;
	int			 c = str_cmp(a->name, b->name);

	return c != 0 ? c : str_cmp(a->value, b->value);
}

static char
byte_at(const struct param *p, size_t i)
{
	return i < p->name.n ? p->name.p[i] : p->value.p[i - p->name.n];
}

/* Name and value as one text: "ReasonX" + "a" before "Reason" + "Zx". */
static int
by_text(const void *va, const void *vb)
{
	const struct param	*a = va, *b = vb;
	size_t			 na = a->name.n + a->value.n;
	size_t			 nb = b->name.n + b->value.n, i;
	unsigned char		 x, y;

	for (i = 0; i < na && i < nb; i++) {
		x = (unsigned char)byte_at(a, i);
		y = (unsigned char)byte_at(b, i);
		if (x != y)
			return x < y ? -1 : 1;
	}
	return na < nb ? -1 : na > nb;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int
without_case(const void *va, const void *vb)
{
	const struct param	*a = va, *b = vb;
	size_t			 i;

	for (i = 0; i < a->name.n && i < b->name.n; i++)
		if (lower(a->name.p[i]) != lower(b->name.p[i]))
			return lower(a->name.p[i]) < lower(b->name.p[i]) ?
			    -1 : 1;
	return a->name.n < b->name.n ? -1 : a->name.n > b->name.n;
}

/* The parameters one behind the other, sorted so (or as they came). */
static bool
serialise(struct world *w, struct state *s,
    int (*compare)(const void *, const void *))
{
	struct param	*p = arena_alloc(w->arena, s->form.n, sizeof(*p));
	struct str	*parts = arena_alloc(w->arena, s->form.n,
			    2 * sizeof(*parts));
	size_t		 i;

	if (s->form.n < 2 || p == NULL || parts == NULL)
		return false;
	memcpy(p, s->form.at, s->form.n * sizeof(*p));
	if (compare != NULL)
		qsort(p, s->form.n, sizeof(*p), compare);
	for (i = 0; i < s->form.n; i++) {
		parts[2 * i] = p[i].name;
		parts[2 * i + 1] = p[i].value;
	}
	s->params = arena_join(w->arena, parts, 2 * s->form.n);
	return s->params.p != NULL &&
	    !str_eq(s->params, sig_params(w->arena, &s->form));
}

static bool
order_other(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	(void)detail;
	switch (way) {
	case 0:
		return serialise(w, s, NULL);
	case 1:
		return serialise(w, s, without_case);
	default:
		return serialise(w, s, by_text);
	}
}

static bool
not_merged(struct world *w, struct state *s, size_t way, struct str *detail)
{
	(void)way;
	(void)detail;
	return serialise(w, s, by_name);
}

/* How the values of one name are put together. */
enum merge { MERGE_FIRST, MERGE_LAST, MERGE_COMMA, MERGE_COMMA_BLANK,
	MERGE_JOINED };

static struct str
joined(struct world *w, struct str a, struct str b, enum merge how)
{
	struct str	parts[3];

	switch (how) {
	case MERGE_FIRST:
		return a;
	case MERGE_LAST:
		return b;
	case MERGE_COMMA:
	case MERGE_COMMA_BLANK:
	case MERGE_JOINED:
		break;
	}
	parts[0] = a;
	parts[1] = how == MERGE_COMMA ? STR(",") :
	    how == MERGE_COMMA_BLANK ? STR(", ") : STR("");
	parts[2] = b;
	return arena_join(w->arena, parts, 3);
}

/* Each name once; repeated ones merged in their order of arrival. */
static bool
repeated_merged(struct world *w, struct state *s, size_t way,
    struct str *detail)
{
	struct param	*p = arena_alloc(w->arena, s->form.n, sizeof(*p));
	size_t		 i, j, n = 0;

	if (p == NULL || s->form.n == 0)
		return false;
	if (way == MERGE_JOINED) {	/* sorted by value before (Ruby) */
		struct param	*q = arena_alloc(w->arena, s->form.n,
				    sizeof(*q));

		if (q == NULL)
			return false;
		memcpy(q, s->form.at, s->form.n * sizeof(*q));
		qsort(q, s->form.n, sizeof(*q), by_name);
		s->form.at = q;
	}
	for (i = 0; i < s->form.n; i++) {
		for (j = 0; j < n; j++)
			if (str_eq(p[j].name, s->form.at[i].name))
				break;
		if (j == n) {
			p[n++] = s->form.at[i];
			continue;
		}
		*detail = p[j].name;
		p[j].value = joined(w, p[j].value, s->form.at[i].value,
		    (enum merge)way);
	}
	if (n == s->form.n)
		return false;
	s->form = (struct form){ p, n };
	return true;
}

#define ORDER_MEND \
    "Twilio sorts names by their bytes and signs each value of a repeated " \
    "name, sorted, each one once. Correct the program that signs (see: " \
    "offhook signature sign), or stop what changes the body on its way."

const struct fault explain_order_faults[] = {
	{ "Of a parameter that is sent several times not every value was "
	    "signed on its own.", ORDER_MEND, 5, 0, repeated_merged },
	{ "A value that is sent twice was signed twice.", ORDER_MEND, 1, 0,
	    not_merged },
	{ "The parameters were signed in another order.", ORDER_MEND, 3, 0,
	    order_other },
	{ NULL, NULL, 0, 0, NULL }
};
