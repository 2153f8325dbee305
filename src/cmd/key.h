/*
 * What the commands that sign share: the URL without what Twilio does not
 * sign, and whose token.
 */
#ifndef OFFHOOK_KEY_H
#define OFFHOOK_KEY_H

#include "cmd.h"
#include "../core/form.h"

struct key {
	struct str	account;	/* absent: unknown */
	struct str	token[CONFIG_MAX_TOKENS * CONFIG_MAX_ACCOUNTS];
	size_t		ntokens;
};

/*
 * The token of --auth-token; else those of the account that --account or
 * the form's AccountSid names; else of the default account, or (any) of
 * all accounts. False after a message.
 */
bool		key_choose(struct cli *, const struct form *, bool any,
		    struct key *);
/*
 * The URL without userinfo and fragment; the userinfo, decoded, in *user
 * (absent when there is none).
 */
struct str	key_signed_url(struct cli *, struct str url, struct str *user);

#endif
