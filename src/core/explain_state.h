/*
 * The inside of explain: a request as it may have been signed, and the
 * faults that change it. Not for other files than explain*.c.
 */
#ifndef OFFHOOK_EXPLAIN_STATE_H
#define OFFHOOK_EXPLAIN_STATE_H

#include "explain.h"

#define STATE_MAX_TOKENS 256

struct state {
	struct base		 base;
	struct str		 target;
	struct str		 raw;	/* the form as it is sent */
	struct form		 form;
	struct str		 params;	/* absent: those of form */
	struct str		 signature;
	struct str		 account;	/* whose; may be absent */
	const struct str	*token;
	size_t			 ntokens;
};

struct world {
	const struct explain_input	*in;
	struct arena			*arena;
	bool				 is_form;	/* by Content-Type */
};

/*
 * A fault: one of several ways in which what was signed differs from what
 * arrived. apply changes the state to what would have been signed; false
 * when this way changes nothing here. Detail may be left absent.
 */
struct fault {
	const char	*what;
	const char	*mend;
	size_t		 ways;		/* way = 0 … ways - 1 */
	size_t		 pair_ways;	/* tried with another; 0: all */
	bool		 (*apply)(struct world *, struct state *, size_t way,
			    struct str *detail);
};

/* Ended by what == NULL; applied in the order header, url, form, key. */
extern const struct fault	explain_header_faults[];
extern const struct fault	explain_url_faults[];
extern const struct fault	explain_path_faults[];
extern const struct fault	explain_query_faults[];
extern const struct fault	explain_form_faults[];
extern const struct fault	explain_order_faults[];
extern const struct fault	explain_key_faults[];

/* A text builder of cap bytes in the arena; without memory of none. */
struct out	explain_text(struct world *, size_t cap);
/* Take the new text; false when it is the same (or there is no memory). */
bool		explain_set(struct str *, struct str);
/* The target with another path, or another query (absent: none). */
struct str	explain_with_path(struct world *, struct str target,
		    struct str path);
struct str	explain_with_query(struct world *, struct str target,
		    struct str query);
/* Every %XX decoded; '+' stays. */
struct str	explain_decoded(struct world *, struct str);
/* The digits of every %XX in upper or in lower case. */
struct str	explain_hex_case(struct world *, struct str, bool upper);
/* ASCII letters in lower (or upper) case. */
struct str	explain_case(struct world *, struct str, bool upper);
/* host[:port] of a header into a base; false when it is none. */
bool		explain_host(struct world *, struct str, struct base *);

#endif
