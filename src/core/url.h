/*
 * The URL that Twilio signed, rebuilt from what the operator configured
 * and the raw request target (RFC 9112 section 3.2.1), byte for byte.
 * Rules: Twilio, "Validating requests" (docs/usage/security).
 */
#ifndef OFFHOOK_URL_H
#define OFFHOOK_URL_H

#include "arena.h"
#include "str.h"

/* scheme://host[:port][/prefix], without userinfo, query or fragment. */
struct base {
	struct str	scheme;		/* "http" or "https", lower case */
	struct str	host;		/* as written; IPv6 in its brackets */
	uint16_t	port;		/* 0: none was given */
	struct str	prefix;		/* "" or "/x/y", no slash at its end */
};

enum url_result {
	URL_OK,
	URL_NO_SCHEME,		/* does not begin with http:// or https:// */
	URL_NO_HOST,
	URL_BAD_HOST,		/* a byte that no host has */
	URL_BAD_PORT
};

const char	*url_strerror(enum url_result);
/* Userinfo, query and fragment are dropped; views into the text given. */
enum url_result	 url_parse_base(struct str, struct base *);
/* 443 for https, 80 for http. */
uint16_t	 url_default_port(struct str scheme);

/*
 * How Twilio may have spelled the URL; every candidate names the same
 * resource, so none widens what a stranger could do.
 */
/* 8 bases, 2 prefixes, 2 ports, 4 spellings: none is ever left out. */
#define URL_MAX_CANDIDATES 128

struct candidates {
	struct str	url[URL_MAX_CANDIDATES];
	size_t		n;
	bool		no_memory;
};

/*
 * Add the candidates of one base for this target (which begins with '/'):
 * without a port and with one (the base's, else the scheme's); the same
 * with %27 as ' and the reverse in the query; without the path where it
 * is exactly "/". A base whose prefix the target repeats is also tried
 * without it ("https://h/twilio" pasted with the mount path). What is
 * there already is not added twice.
 */
void	url_candidates(struct arena *, const struct base *, struct str target,
	    struct candidates *);

/* "scheme://host[:port]" of an absolute URL; the text itself of another. */
struct str	url_origin(struct str url);
/* Everything behind the first '?', or the absent value. */
struct str	url_query(struct str target);
/* Everything before the first '?'. */
struct str	url_path(struct str target);
/* The text with each from replaced by to, in a fresh copy. */
struct str	url_replace(struct arena *, struct str, struct str from,
		    struct str to);
/*
 * The URL or target with the value of each query parameter "token"
 * replaced by "***", for rows and for people; without its query when the
 * arena is full.
 */
struct str	url_mask_token(struct arena *, struct str target);

#endif
