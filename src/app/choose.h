/*
 * Which route an event gets: the first in order that suits it.
 *
 * A call.redirect looks among the routes that name its kind first, then
 * among those of call.inbound and of any kind: a <Redirect> to the same URL
 * plays the same menu again. A Conversations webhook that asks beforehand
 * takes only routes that name its kind.
 */
#ifndef OFFHOOK_CHOOSE_H
#define OFFHOOK_CHOOSE_H

#include "../core/event.h"
#include "../core/route.h"

/* What Postgres knows of it beforehand: sql/functions/state.sql. */
struct state {
	bool		 there;		/* it was asked for */
	bool		 known;		/* its sender wrote or called before */
	bool		 opted_out;
	int64_t		 revision;	/* of the session; 0: there is none */
	struct str	 session;	/* JSON object of strings */
	struct str	 resource;	/* JSON object */
};

/* What routes look at. */
struct subject {
	const struct event	*event;
	const struct form	*form;
	struct str		 account;
	struct str		 thread;	/* of the session */
	struct str		 path;	/* of the URL, without its query */
	struct str		 rest;	/* what of it lies below the mount */
	int64_t			 now_ms;
	struct state		 state;
};

enum choice {
	CHOICE_TAKEN,
	CHOICE_NONE,
	CHOICE_ASK_STATE	/* one that may suit looks at the state */
};

/* Read the JSON of offhook.state(); false when it is none. */
bool		choose_read_state(struct str json, struct state *);

/* One line a route for people: why it was not taken; NULL: nobody asks. */
struct choose_trace {
	void	(*say)(void *, const struct route *, struct str why);
	void	*data;
};

enum choice	choose(struct arena *, const struct routes *,
		    const struct subject *, const struct choose_trace *,
		    const struct route **);
/* Whether this machine can use its patterns and its zone; or why not. */
bool		choose_check(const struct route *, struct out *why);
/* Below the mount: PATH_INFO when the path ends so, else behind SCRIPT_NAME. */
struct str	choose_rest(struct str path, struct str script_name,
		    struct str path_info);
/*
 * The thread of session variables: the call's SID; of messages account,
 * sender and number; else the resource's SID. Absent: none.
 */
struct str	choose_thread(struct arena *, const struct event *,
		    struct str account);

#endif
