/*
 * The Debugger's alerts: whether one is about ourselves. Twilio sends an
 * alert for each webhook that failed, the Debugger's own among them: a 5xx
 * to such an alert would make another one, for ever. Source: Twilio,
 * docs/usage/troubleshooting/debugging-event-webhooks.
 */
#ifndef OFFHOOK_ALERT_H
#define OFFHOOK_ALERT_H

#include "../core/form.h"
#include "../edge/config.h"

/*
 * Whether the alert's Payload names a URL of this responder: that which
 * the alert was itself signed for, or one of OFFHOOK_PUBLIC_URL with the
 * same path, or what lies below either of them. Query, fragment and
 * userinfo do not count.
 */
bool	alert_is_about_us(const struct config *, struct arena *,
	    const struct form *, struct str signed_url);

#endif
