/*
 * Rows and columns, printed as an aligned table, as JSON or as CSV; text that
 * came from outside cannot steer the terminal, break the JSON or become a
 * formula of a spreadsheet.
 */
#ifndef OFFHOOK_TABLE_H
#define OFFHOOK_TABLE_H

#include "../core/arena.h"
#include "../core/out.h"

#define TABLE_MAX_COLUMNS 24
#define TABLE_WIDTH 72		/* of a cell; what is longer is cut there */

enum table_form { TABLE_TEXT, TABLE_JSON, TABLE_CSV };

enum cell_type { CELL_NULL, CELL_TEXT, CELL_PLAIN };

struct cell {
	enum cell_type	type;
	struct str	text;	/* PLAIN: a number or JSON as it stands */
};

struct table_row {
	struct table_row	*next;
	struct cell		 cell[TABLE_MAX_COLUMNS];
};

struct table {
	struct arena		 *arena;
	const char *const	 *column;	/* ends with NULL */
	size_t			  ncolumns;
	struct table_row	 *first;
	struct table_row	 *last;
	size_t			  filled;	/* cells of the last row */
};

void	table_init(struct table *, struct arena *, const char *const *column);
/* Fill the rows cell by cell; behind the last column a new row begins. */
void	table_text(struct table *, struct str);	/* absent: null */
void	table_cstr(struct table *, const char *);
void	table_int(struct table *, int64_t);
void	table_bool(struct table *, bool);
/* Digits, or a JSON value that is known to be valid. Absent: null. */
void	table_plain(struct table *, struct str);

/* All rows: a heading and aligned lines, or a JSON array of objects. */
void	table_write(struct out *, const struct table *, bool json);
/*
 * Some rows of a list that may go on; width is all 0 at first. TABLE_TEXT:
 * before the first rows a heading, columns never get narrower again.
 * TABLE_JSON: an object a line. TABLE_CSV: RFC 4180, a heading first; no value
 * and an empty text differ ("" is the latter), and a text that a spreadsheet
 * would take for a formula gets a ' in front, unless it is a number (+1555).
 */
void	table_write_more(struct out *, const struct table *, enum table_form,
	    size_t width[TABLE_MAX_COLUMNS]);
/* The first row alone: "name  value" lines, or a JSON object. */
void	table_write_record(struct out *, const struct table *, bool json);

#endif
