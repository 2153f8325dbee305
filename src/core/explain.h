/*
 * Why was a signature refused? Rebuilds what Twilio may have signed in
 * place of what arrived: known faults one by one, then two at once, until
 * the signature fits. A fit is a proof: it needs the account's token.
 * Only for the command line; the responder never tries anything of this.
 */
#ifndef OFFHOOK_EXPLAIN_H
#define OFFHOOK_EXPLAIN_H

#include "message.h"
#include "sig.h"

struct explain_account {
	struct str		 sid;
	const struct str	*token;
	size_t			 ntokens;
};

struct explain_input {
	const struct message		*request;	/* Offhook-* headers
							   help */
	const struct base		*bases;		/* the public URLs */
	size_t				 nbases;
	struct str			 public_url;	/* the setting's text */
	const struct explain_account	*accounts;
	size_t				 naccounts;
	size_t				 default_account; /* its index */
	struct str			 basic_auth;	/* absent: none */
	struct str			 url_token;	/* absent: none */
	bool				 trusted;	/* a proxy's headers */
};

enum explain_result {
	EXPLAIN_VALID,		/* nothing is wrong with the signature now */
	EXPLAIN_FOUND,		/* fault[] makes it valid */
	EXPLAIN_UNKNOWN,	/* nothing that was tried does */
	EXPLAIN_UNSIGNED,	/* the request carries no signature */
	EXPLAIN_FAILED		/* memory or libcrypto */
};

#define EXPLAIN_MAX_FAULTS 2
#define EXPLAIN_MAX_SUSPECTS 8

struct explain_fault {
	const char	*what;		/* a sentence */
	struct str	 detail;	/* of this request; may be absent */
	const char	*mend;		/* what to change */
};

struct explain {
	struct explain_fault	 fault[EXPLAIN_MAX_FAULTS];
	size_t			 nfaults;
	struct candidates	 candidates;	/* that offhook accepts */
	struct str		 url;		/* that was signed, if found */
	struct str		 account;	/* whose token; may be absent */
	size_t			 tried;		/* signatures made */
	const char		*suspect[EXPLAIN_MAX_SUSPECTS];
	size_t			 nsuspects;	/* likely causes, if UNKNOWN */
};

/* The arena (some MB) holds the texts of *out. */
enum explain_result	 explain(struct arena *, struct sig *,
			    const struct explain_input *, struct explain *out);
/*
 * What an Offhook-Reason means and how to mend it; false for a reason that
 * is a mismatch of the signature (or unknown): then explain() tells more.
 */
bool	explain_reason(struct str reason, const char **what,
	    const char **mend);

#endif
