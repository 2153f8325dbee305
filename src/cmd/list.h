/*
 * The lists: message|call|event|delivery list. What is listed and how it is
 * found (list_query.c), the options and pages (cmd_list.c), what comes from
 * now on (list_follow.c).
 */
#ifndef OFFHOOK_LIST_H
#define OFFHOOK_LIST_H

#include "cmd.h"
#include "table.h"

#define LIST_MAX_COLUMNS 16
#define LIST_LOOK_BACK 3	/* days, of a filter that has no index */

struct list;

struct list_run {
	struct cli		*cli;
	const struct list	*list;
	uint64_t		 limit;
	struct str		 since;		/* RFC 3339, or absent */
	struct str		 until;
	struct str		 after_time;	/* of --after, or absent */
	struct str		 after_id;
	bool			 indexed;	/* list_is_slow() says */
	size_t			 ncolumns;
	const char		*column[LIST_MAX_COLUMNS + 1];
	size_t			 width[TABLE_MAX_COLUMNS];
};

extern const struct list	list_messages;
extern const struct list	list_calls;
extern const struct list	list_events;
extern const struct list	list_deliveries;

/*
 * An option that is a time or how long ago it was, as RFC 3339 has it; absent
 * without the option. EXIT_USAGE after a message, else 0.
 */
int		 list_time(struct cli *, const char *option, struct str *);
/*
 * --since and --until; EXIT_USAGE after a message, also when nothing can be
 * between them.
 */
int		 list_period(struct cli *, struct str *since,
		    struct str *until);
/* Whether --after is an id alone. */
bool		 list_by_id(const struct list_run *);

/* The columns' names, the last of which is the cursor. */
void		 list_columns(struct list_run *);
/* Whether a text can be the id of a row. */
bool		 list_is_id(const struct list_run *, struct str);
/* Whether there are filters, none of which has an index; sets indexed. */
bool		 list_is_slow(struct list_run *);
/* A page, newest first, and one row more; NULL after a message. */
PGresult	*list_page(struct list_run *);
/* What was told in the last seconds, oldest first; NULL likewise. */
PGresult	*list_recent(struct list_run *, int64_t seconds);
/* Append a row of a result to a table. */
void		 list_add_row(struct table *, const struct list_run *,
		    const PGresult *, int row);
enum table_form	 list_form(const struct cli *);
/* --follow: until Ctrl-C; a status. */
int		 list_follow(struct list_run *);

#endif
