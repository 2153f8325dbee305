/*
 * What people write of a destination ("10/s", "5s 30s 2m", "500-599 !501")
 * as members of its spec, and back. What a member means, and what it is
 * without one, is core/destination.h's.
 */
#ifndef OFFHOOK_POLICY_H
#define OFFHOOK_POLICY_H

#include "arena.h"
#include "out.h"

/* One thing to be set. A table of them ends with an option of NULL. */
struct policy_term {
	const char	*option;	/* of the command line, without "--" */
	const char	*key;		/* of the spec */
	const char	*other;		/* a key that stands in its place, or
					   NULL */
	const char	*form;		/* how it is written, for messages */
	int64_t		 most;		/* of a number, or milliseconds */
	bool		(*read)(const struct policy_term *, struct str text,
			    struct out *members);
	void		(*write)(const struct policy_term *, struct str value,
			    struct arena *, struct out *text);
};

extern const struct policy_term	policy_terms[];

/*
 * Append the members that a text means, each as ', "key": value'. An empty
 * text means null, which is: as without it. False: the text is not of the
 * term's form, or out is too small.
 */
bool	policy_read(const struct policy_term *, struct str text,
	    struct out *members);
/*
 * What a spec (valid JSON) says of the term, as a text that policy_read
 * takes; the absent value when it says nothing, or the arena is full.
 */
struct str	policy_write(const struct policy_term *, struct str spec,
		    struct arena *);

/* The spec that says what destinations have without one. */
struct str	policy_defaults(void);

/*
 * An object with the members of another one in place of its own; null takes
 * one out (RFC 7396, of the outermost object only). The absent value when
 * one of them is no object, or the arena is full.
 */
struct str	policy_merge(struct arena *, struct str object,
		    struct str changes);

#endif
