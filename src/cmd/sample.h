/*
 * What Twilio sends, kind by kind: its parameters in its order, with its
 * empty ones. The texts stand in sample_*.c, each beside the page that it
 * follows; numbers are of the range that nobody has (+1 555 010 xxxx).
 */
#ifndef OFFHOOK_SAMPLE_H
#define OFFHOOK_SAMPLE_H

#include "../core/form.h"

/*
 * The text is one "Name=value" a line; or, when it begins with '[', the JSON
 * of an Event Streams batch. In it stand
 *   {name}		a value of struct sample_values; a line whose value is
 *			not there is left out
 *   {name:default}	the same, with what stands there without a value
 *   {XX}		two capitals: the SID with this prefix whose digits are
 *			those of {sid}, so that what belongs together shows
 * Any other brace is a brace.
 */
struct sample {
	const char	*kind;		/* NULL ends a table */
	const char	*variant;	/* a kind's first is its usual one */
	const char	*prefix;	/* of {sid} */
	const char	*text;
};

/* What changes from one request to the next; NULL: not given. */
struct sample_values {
	const char	*sid;		/* always given */
	const char	*account;	/* always given */
	const char	*other;		/* another call: parent or child */
	const char	*from;
	const char	*to;
	const char	*body;
	const char	*digits;
	const char	*status;
	const char	*seq;
	const char	*error;
	int64_t		 time_ms;	/* of the event, since 1970 */
};

#define SAMPLE_MAX 96		/* parameters */

/* The tables, in the order in which they are listed; NULL ends them. */
extern const struct sample *const	sample_tables[];
extern const struct sample		samples_message[];
extern const struct sample		samples_call[];
extern const struct sample		samples_voice[];
extern const struct sample		samples_conversation[];
extern const struct sample		samples_other[];

/* Variant NULL: the kind's usual one. NULL when there is none such. */
const struct sample	*sample_find(const char *kind, const char *variant);
/* The kind whose name is near to a word, or NULL. */
const char	*sample_nearest(const char *kind);
bool		 sample_is_json(const struct sample *);
/*
 * The parameters of a form, at most SAMPLE_MAX into out, and how many; the
 * texts live in the arena.
 */
size_t		 sample_form(struct arena *, const struct sample *,
		    const struct sample_values *, struct param *out);
/* The body of a JSON sample; absent when the arena is full. */
struct str	 sample_json(struct arena *, const struct sample *,
		    const struct sample_values *);

#endif
