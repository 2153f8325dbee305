/*
 * A request as it really arrived, the same struct whichever server sent it
 * and over whichever transport. Nothing behind this file knows which.
 * RFC 3875 names the variables; servers differ in what they leave out.
 */
#ifndef OFFHOOK_REQUEST_H
#define OFFHOOK_REQUEST_H

#include "../core/arena.h"

enum method { METHOD_GET, METHOD_POST, METHOD_HEAD, METHOD_OTHER };

/* Variables taken; each at most once, a second one is remembered. */
enum variable {
	VAR_REQUEST_METHOD,
	VAR_REQUEST_URI,
	VAR_CONTENT_TYPE,
	VAR_CONTENT_LENGTH,
	VAR_TRANSFER_ENCODING,
	VAR_SIGNATURE,		/* X-Twilio-Signature */
	VAR_TOKEN,		/* I-Twilio-Idempotency-Token */
	VAR_AUTHORIZATION,
	VAR_HOST,
	VAR_FORWARDED_PROTO,
	VAR_FORWARDED_HOST,
	VAR_FORWARDED_PORT,
	VAR_USER_AGENT,
	VAR_REMOTE_ADDR,
	VAR_HTTPS,
	VAR_REQUEST_SCHEME,
	VAR_SERVER_NAME,
	VAR_SERVER_PORT,
	VAR_PROBE,		/* X-Offhook-Probe: see app/probe.h */
	VAR_RECEIVED,		/* X-Offhook-Received: see app/webhook.c */
	VAR_OFFHOOK_CONFIG	/* the one setting taken from a request */
};

#define VARIABLES (VAR_OFFHOOK_CONFIG + 1)

enum body_state {
	BODY_WHOLE,
	BODY_SHORT,	/* less than CONTENT_LENGTH, or it stalled: 400 */
	BODY_TOO_LARGE,	/* above the limit: 413 */
	BODY_BAD_LENGTH	/* CONTENT_LENGTH is no number: 400 */
};

struct request {
	struct arena	*arena;
	char *const	*env;			/* all that came, as it came */
	struct str	 var[VARIABLES];	/* absent: not sent */
	bool		 doubled[VARIABLES];
	enum method	 method;
	struct str	 body;
	enum body_state	 body_state;
};

/* Where a body comes from: bytes read, 0 at its end, -1 on error. */
struct source {
	long	(*read)(void *, char *, size_t);
	void	*data;
	bool	 ends;	/* FastCGI's stream has an end of its own */
};

/* The name=value pairs of environ or of FastCGI, which must stay. */
void	request_variables(struct request *, char *const *env);
/* A variable by its name, whether or not it has a number; or absent. */
struct str	request_variable(const struct request *, const char *name);
/*
 * Read the body of at most max bytes; what is larger is drained up to a
 * bound, so that the answer reaches the client (a CGI server breaks the
 * pipe of one that answers early).
 */
void	request_body(struct request *, const struct source *, size_t max);

#endif
