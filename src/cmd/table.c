/* Print tables: for people, as JSON, as CSV. See table.h. */
#include <ctype.h>
#include <string.h>

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

/* Widen the columns to what the rows need. */
static void
measure(const struct table *t, size_t width[TABLE_MAX_COLUMNS])
{
	const struct table_row	*r;
	size_t			 i, w;

	for (i = 0; i < t->ncolumns; i++)
		if (width[i] < str_from(t->column[i]).n)
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
write_lines(struct out *o, const struct table *t,
    size_t width[TABLE_MAX_COLUMNS])
{
	const struct table_row	*r;
	bool			 first = width[0] == 0;
	size_t			 i;
	struct str		 s;

	measure(t, width);
	if (first)
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
	size_t			 width[TABLE_MAX_COLUMNS] = { 0 };

	if (!json) {
		write_lines(o, t, width);
		return;
	}
	out_char(o, '[');
	for (r = t->first; r != NULL; r = r->next) {
		out_cstr(o, r == t->first ? "\n  " : ",\n  ");
		write_json_row(o, t, r);
	}
	out_cstr(o, "\n]\n");
}

/* Whether a spreadsheet would take it for a formula. */
static bool
is_formula(struct str s)
{
	size_t	i;

	if (s.n == 0 || strchr("=+-@\t\r\n", s.p[0]) == NULL)
		return false;
	if (s.n == 1 || (s.p[0] != '+' && s.p[0] != '-'))
		return true;
	for (i = 1; i < s.n; i++)
		if (!isdigit((unsigned char)s.p[i]) && s.p[i] != '.')
			return true;
	return false;
}

/* RFC 4180 section 2: quoted where it must be, quotes doubled. */
static void
write_csv_cell(struct out *o, const struct cell *c)
{
	bool	formula = c->type == CELL_TEXT && is_formula(c->text);
	bool	quoted = c->type == CELL_TEXT && (formula || c->text.n == 0);
	size_t	i;

	if (c->type == CELL_NULL)
		return;
	for (i = 0; i < c->text.n && !quoted; i++)
		quoted = strchr(",\"\r\n", c->text.p[i]) != NULL;
	if (quoted)
		out_char(o, '"');
	if (formula)
		out_char(o, '\'');
	for (i = 0; i < c->text.n; i++) {
		if (c->text.p[i] == '"')
			out_char(o, '"');
		out_char(o, c->text.p[i]);
	}
	if (quoted)
		out_char(o, '"');
}

static void
write_csv(struct out *o, const struct table *t, bool heading)
{
	const struct table_row	*r;
	size_t			 i;

	for (i = 0; i < t->ncolumns && heading; i++) {
		out_cstr(o, i > 0 ? "," : "");
		out_cstr(o, t->column[i]);
	}
	out_cstr(o, heading ? "\r\n" : "");
	for (r = t->first; r != NULL; r = r->next) {
		for (i = 0; i < t->ncolumns; i++) {
			out_cstr(o, i > 0 ? "," : "");
			write_csv_cell(o, &r->cell[i]);
		}
		out_cstr(o, "\r\n");
	}
}

void
table_write_more(struct out *o, const struct table *t, enum table_form form,
    size_t width[TABLE_MAX_COLUMNS])
{
	const struct table_row	*r;

	switch (form) {
	case TABLE_TEXT:
		if (t->first != NULL)
			write_lines(o, t, width);
		break;
	case TABLE_JSON:
		for (r = t->first; r != NULL; r = r->next) {
			write_json_row(o, t, r);
			out_char(o, '\n');
		}
		break;
	case TABLE_CSV:
		write_csv(o, t, width[0] == 0);
		width[0] = 1;
		break;
	}
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
