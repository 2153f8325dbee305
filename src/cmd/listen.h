/*
 * offhook listen: what the run knows (cmd_listen.c forwards), its options
 * (listen_options.c), and what is printed (listen_show.c).
 */
#ifndef OFFHOOK_LISTEN_H
#define OFFHOOK_LISTEN_H

#include "../app/deliver.h"
#include "../edge/pool.h"
#include "cmd.h"

#define LISTEN_PAGE 20		/* events in one look */
#define LISTEN_MAX_CURSOR 65536
#define LISTEN_HEART_MS 30000	/* between two signs of life */

/* An event under way. */
struct shot {
	bool			 done;
	struct task		 task;
	struct deliver_order	 order;
	struct deliver_verdict	 verdict;
};

struct listen {
	struct cli		*cli;
	struct destination	 to;
	struct deliver		 deliver;
	struct pool		 pool;
	const char		*filter;	/* JSON; NULL: none */
	const char		*since;		/* NULL: from now on */
	const char		*resume;	/* FILE; NULL: none */
	char			 cursor[LISTEN_MAX_CURSOR];	/* "": none */
	uint64_t		 limit, parallel;
	bool			 once, verbose;
	uint64_t		 begun, shown, failed;	/* not answered 2xx */
	struct shot		 shot[LISTEN_PAGE];
	size_t			 flying;
	int64_t			 last_ms;	/* event, since 1970; 0: none */
	int64_t			 heart_ms;	/* monotonic, as the next two */
	int64_t			 away_ms;	/* since when; 0: it is there */
	int64_t			 mono_ms;	/* and the wall clock then */
	int64_t			 wall_ms;
	bool			 unwritten;	/* nobody reads, or no room */
	bool			 unreadable;	/* what the database says */
};

/* All options and the URL; a status after a message. */
int	listen_options(struct listen *);
/* One that was answered, or that was not. */
void	listen_show(struct listen *, const struct shot *);

#endif
