/*
 * The doctor's probes: requests through the web server that have no effect
 * (app/probe.h), and what the responder says that it saw.
 */
#ifndef OFFHOOK_DOCTOR_PROBE_H
#define OFFHOOK_DOCTOR_PROBE_H

#include "../edge/http.h"
#include "doctor.h"

#define PROBE_TIMEOUT_MS 15000	/* Twilio's own */

struct ask {
	const char	*url;		/* without userinfo and fragment */
	const char	*method;
	struct str	 body;		/* of a POST; a form */
	bool		 sign;		/* as Twilio would, with our token */
	bool		 probe;		/* else it is an ordinary request */
	unsigned	 hold_ms;
	bool		 database;	/* try its own, in place of a hold */
};

struct seen {
	struct http_reply	 reply;
	struct str		 json;	/* absent: no responder's answer */
};

/* The URL without userinfo and fragment. */
const char	*probe_url(struct doctor *, const char *url);
/*
 * Send one; true when a responder of ours has answered it as a probe. Sign
 * only where an unsigned one was answered: a server that drops the probe's
 * header would make it an ordinary request, which is stored.
 */
bool		 probe_send(struct doctor *, const struct ask *,
		    struct seen *);
/* The same n times at once; how many were answered. */
size_t		 probe_send_many(struct doctor *, const struct ask *,
		    size_t n, struct seen *);
/* A value of the answer; absent when there is none. */
struct str	 seen_text(struct doctor *, const struct seen *,
		    const char *name);
int64_t		 seen_number(struct doctor *, const struct seen *,
		    const char *name);
bool		 seen_is(struct doctor *, const struct seen *,
		    const char *name, const char *wanted);
/* Note why no responder of ours has answered at the URL, and what has. */
void		 doctor_unanswered(struct doctor *, const char *url,
		    const struct seen *);
/* "500 from nginx/1.22.1", "no answer: timed out" and so on. */
const char	*seen_status(struct doctor *, const struct seen *);

#endif
