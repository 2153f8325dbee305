/*
 * Form bodies and query strings (application/x-www-form-urlencoded).
 *
 * Decoded exactly once: '+' is a space, %XX a byte; an escape that is not
 * two hexadecimal digits stays as it stands, and the signature decides.
 * Values are counted bytes: NUL and invalid UTF-8 survive.
 */
#ifndef OFFHOOK_FORM_H
#define OFFHOOK_FORM_H

#include "arena.h"
#include "str.h"

#define FORM_MAX_PARAMS 2048	/* Twilio sends about 100 at most */

struct param {
	struct str	name;
	struct str	value;
};

/* Parameters in the order of arrival. */
struct form {
	struct param	*at;
	size_t		 n;
};

enum form_result {
	FORM_OK,
	FORM_TOO_MANY,	/* more than FORM_MAX_PARAMS */
	FORM_NO_MEMORY
};

/*
 * Empty pieces between '&' are passed over; a piece without '=' is a name
 * with an empty value; an empty name is kept. *out is valid only on OK.
 */
enum form_result form_decode(struct arena *, struct str raw, struct form *out);
const char	*form_strerror(enum form_result);
/* First value of that name, or the absent value. */
struct str	 form_get(const struct form *, const char *name);
struct str	 form_value(const struct form *, struct str name);
/* Whether the name occurs, empty value included. */
bool		 form_has(const struct form *, const char *name);
/* Its decimal digits, 0 to INT32_MAX; otherwise when it is no such number. */
int32_t		 form_number(const struct form *, const char *name,
		    int32_t otherwise);
/* One decoding of a piece, as above. */
struct str	 form_unescape(struct arena *, struct str);

#endif
