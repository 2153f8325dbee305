/*
 * The URLs that people paste into Twilio. What stands behind '#' is for
 * Twilio's own connections and never sent nor signed
 * (docs/usage/webhooks/webhooks-connection-overrides).
 */
#ifndef OFFHOOK_PASTE_H
#define OFFHOOK_PASTE_H

#include "cmd.h"

/*
 * All tries of one request share 15 s. offhook answers within 3 s or not
 * at all, so a try that has read nothing for 4 s is better made anew: that
 * leaves room for three slow ones. Twilio's own default is one retry, and
 * only when no connection was made.
 */
#define PASTE_QUESTION "#rc=2&rp=ct,rt,5xx&ct=2000&rt=4000"
/* Nobody waits for a callback's answer: as many tries as there can be. */
#define PASTE_NOTICE "#rc=5&rp=all&ct=2000&rt=4000"

/*
 * The URL of a base: with --path, or /twilio where the base has no path;
 * with the password and the token that the settings ask for, masked unless
 * secrets; and with the fragment.
 */
const char	*paste_url(struct cli *, const struct config *,
		    const struct base *, bool secrets, const char *fragment);

#endif
