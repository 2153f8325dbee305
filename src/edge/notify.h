/*
 * Tell systemd how a daemon is: sd_notify(3), without its library. Does
 * nothing where $NOTIFY_SOCKET is not set.
 */
#ifndef OFFHOOK_NOTIFY_H
#define OFFHOOK_NOTIFY_H

#include <stdint.h>

/* "READY=1", "STOPPING=1", "WATCHDOG=1\nSTATUS=..." (sd_notify(3)). */
void	notify(const char *state);
/*
 * How often the watchdog has to be told, in ms: half of what systemd waits
 * (WatchdogSec=); 0: it does not ask.
 */
int64_t	notify_watchdog_ms(void);

#endif
