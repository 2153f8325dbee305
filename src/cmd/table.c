/* Print tables, for people or as JSON. See table.h. */
#include <ctype.h>

#include "../core/utf8.h"
#include "table.h"

void
table_init(struct table *t, struct arena *a, const char *const *column)
{
	*t = (struct table){ .arena = a, .column = column };
	while (column[t->ncolumns] != NULL)
		t->ncolumns++;
}

static void
add(struct table *t, enum cell_type type, struct str s)
{
	struct table_row	*row;

	if (t->last == NULL || t->filled == t->ncolumns) {
		row = arena_alloc(t->arena, 1, sizeof(*row));
		if (row == NULL)
			return;
		if (t->last == NULL)
			t->first = row;
		else
			t->last->next = row;
		t->last = row;
		t->filled = 0;
	}
	if (s.p == NULL)
		type = CELL_NULL;
	t->last->cell[t->filled++] = (struct cell){ type, s };
}

void
table_text(struct table *t, struct str s)
{
	add(t, CELL_TEXT, s);
}

void
table_cstr(struct table *t, const char *s)
{
	add(t, CELL_TEXT, str_from(s));
}

void
table_plain(struct table *t, struct str s)
{
	add(t, CELL_PLAIN, s);
}

void
table_int(struct table *t, int64_t v)
{
	char		digits[24];
	struct out	o = out_init(digits, sizeof(digits));

	out_int(&o, v);
	add(t, CELL_PLAIN, arena_copy(t->arena, out_str(&o)));
}

void
table_bool(struct table *t, bool v)
{
	add(t, CELL_PLAIN, v ? STR("true") : STR("false"));
}

/* Code points; wide and combining ones are not told apart. */
static size_t
width_of(struct str s)
{
	size_t	i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* The text as a terminal may show it, cut to max code points (0: whole). */
static struct str
shown(struct arena *a, const struct cell *c, size_t max)
{
	struct out	o;
	struct str	s = c->type == CELL_NULL ? STR("-") : c->text;
	size_t		i, n = 0;
	char		*p;

	if (max > 0)
		s = utf8_prefix(s, max * 4);
	p = arena_alloc(a, s.n * 4 + 4, 1);
	if (p == NULL)
		return STR("");
	o = out_init(p, s.n * 4 + 4);
	out_printable(&o, s);
	s = out_str(&o);
	if (max == 0 || width_of(s) <= max)
		return s;
	for (i = 0; i < s.n; i++) {
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
		if (n == max)
			break;
	}
	o.n = i;
	out_cstr(&o, "…");
	return out_str(&o);
}

static void
pad(struct out *o, size_t from, size_t to)
{
	for (; from < to; from++)
		out_char(o, ' ');
}

static void
measure(const struct table *t, size_t width[TABLE_MAX_COLUMNS])
{
	const struct table_row	*r;
	size_t			 i, w;

	for (i = 0; i < t->ncolumns; i++)
		width[i] = str_from(t->column[i]).n;
	for (r = t->first; r != NULL; r = r->next)
		for (i = 0; i < t->ncolumns; i++) {
			w = width_of(shown(t->arena, &r->cell[i],
			    TABLE_WIDTH));
			if (w > width[i])
				width[i] = w;
		}
}

static void
write_heading(struct out *o, const struct table *t, const size_t *width)
{
	const char	*p;
	size_t		 i;

	for (i = 0; i < t->ncolumns; i++) {
		for (p = t->column[i]; *p != '\0'; p++)
			out_char(o, *p == '_' ? ' ' :
			    (char)toupper((unsigned char)*p));
		if (i + 1 < t->ncolumns)
			pad(o, str_from(t->column[i]).n, width[i] + 2);
	}
	out_char(o, '\n');
}

static void
write_lines(struct out *o, const struct table *t)
{
	const struct table_row	*r;
	size_t			 i, width[TABLE_MAX_COLUMNS];
	struct str		 s;

	measure(t, width);
	write_heading(o, t, width);
	for (r = t->first; r != NULL; r = r->next) {
		for (i = 0; i < t->ncolumns; i++) {
			s = shown(t->arena, &r->cell[i], TABLE_WIDTH);
			out_bytes(o, s);
			if (i + 1 < t->ncolumns)
				pad(o, width_of(s), width[i] + 2);
		}
		out_char(o, '\n');
	}
}

static void
write_json_cell(struct out *o, const struct cell *c)
{
	switch (c->type) {
	case CELL_NULL:
		out_cstr(o, "null");
		break;
	case CELL_TEXT:
		out_json(o, c->text);
		break;
	case CELL_PLAIN:
		out_bytes(o, c->text);
		break;
	}
}

static void
write_json_row(struct out *o, const struct table *t,
    const struct table_row *r)
{
	size_t	i;

	out_char(o, '{');
	for (i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			out_cstr(o, ", ");
		out_json(o, str_from(t->column[i]));
		out_cstr(o, ": ");
		write_json_cell(o, &r->cell[i]);
	}
	out_char(o, '}');
}

void
table_write(struct out *o, const struct table *t, bool json)
{
	const struct table_row	*r;

	if (!json) {
		write_lines(o, t);
		return;
	}
	out_char(o, '[');
	for (r = t->first; r != NULL; r = r->next) {
		out_cstr(o, r == t->first ? "\n  " : ",\n  ");
		write_json_row(o, t, r);
	}
	out_cstr(o, "\n]\n");
}

/* Text of several lines stands below its name, indented. */
static void
write_block(struct out *o, struct arena *a, struct str text)
{
	struct cell	line = { CELL_TEXT, { NULL, 0 } };

	if (str_ends(text, STR("\n")))
		text.n--;
	while (str_cut(&text, '\n', &line.text)) {
		if (str_ends(line.text, STR("\r")))
			line.text.n--;
		out_cstr(o, "\n    ");
		out_bytes(o, shown(a, &line, 0));
	}
}

void
table_write_record(struct out *o, const struct table *t, bool json)
{
	const struct table_row	*r = t->first;
	size_t			 i, width = 0;

	if (r == NULL)
		return;
	if (json) {
		write_json_row(o, t, r);
		out_char(o, '\n');
		return;
	}
	for (i = 0; i < t->ncolumns; i++)
		if (str_from(t->column[i]).n > width)
			width = str_from(t->column[i]).n;
	for (i = 0; i < t->ncolumns; i++) {
		if (r->cell[i].type == CELL_NULL)
			continue;
		out_cstr(o, t->column[i]);
		if (str_find(r->cell[i].text, '\n', 0) < r->cell[i].text.n)
			write_block(o, t->arena, r->cell[i].text);
		else {
			pad(o, str_from(t->column[i]).n, width + 2);
			out_bytes(o, shown(t->arena, &r->cell[i], 0));
		}
		out_char(o, '\n');
	}
}
