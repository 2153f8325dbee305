/*
 * X-Twilio-Signature: base64 of HMAC-SHA1, key = the AuthToken, over the
 * URL and, for a form, each distinct name in byte order followed by its
 * distinct values in byte order, each preceded by the name.
 * Source: Twilio, docs/usage/security#validating-requests.
 */
#ifndef OFFHOOK_SIG_H
#define OFFHOOK_SIG_H

#include <openssl/evp.h>

#include "arena.h"
#include "form.h"
#include "url.h"

#define SIG_LENGTH 28	/* base64 of 20 bytes; the last one is '=' */

/*
 * The digests of a process, searched for in libcrypto once; ctx is NULL
 * when it refused.
 */
struct sig {
	EVP_MAC_CTX	*ctx;
	EVP_MD_CTX	*sha256;	/* for event_classify */
};

/* False when libcrypto lacks HMAC-SHA1 or SHA-256: nothing can be verified. */
bool		sig_open(struct sig *);
void		sig_close(struct sig *);

/* The parameters as they are signed; {NULL, 0} when the arena is full. */
struct str	sig_params(struct arena *, const struct form *);

/* Sign url followed by params; false when libcrypto fails. */
bool		sig_make(struct sig *, struct str token, struct str url,
		    struct str params, char out[SIG_LENGTH]);

enum sig_verdict {
	SIG_VALID,
	SIG_MISSING,		/* no X-Twilio-Signature */
	SIG_MALFORMED,		/* not 28 base64 characters (or sent twice) */
	SIG_MISMATCH,
	SIG_BODY_UNSIGNED,	/* not a form, and no bodySHA256 */
	SIG_BODY_CHANGED,	/* bodySHA256 is not the body's hash */
	SIG_UNAVAILABLE		/* libcrypto or memory failed: refuse */
};

#define SIG_VERDICTS (SIG_UNAVAILABLE + 1)

/* A word for logs and tables, such as "mismatch". */
const char	*sig_verdict_name(enum sig_verdict);

struct sig_match {
	size_t	token;		/* index into the tokens */
	size_t	candidate;	/* index into the candidates */
};

/*
 * Compare with every candidate under every token, in constant time and
 * without stopping at a hit: what it costs tells nothing. *match is valid
 * only on SIG_VALID. params is "" for GET and for bodies that are no form.
 */
enum sig_verdict sig_check(struct sig *, struct str signature,
		    const struct candidates *, struct str params,
		    const struct str *tokens, size_t ntokens,
		    struct sig_match *match);

/*
 * A body that is no form is signed by its hash in the URL's query:
 * SIG_VALID, SIG_BODY_UNSIGNED or SIG_BODY_CHANGED. 64 lower-case digits;
 * repeated equal ones are accepted, differing ones are not.
 */
enum sig_verdict sig_body(struct str query, struct str body);

#endif
