/*
 * The two kinds of dates that Twilio sends: RFC 2822 in voice ("Sun, 24 Aug
 * 2025 13:49:54 +0000"), RFC 3339 in Conversations, the Debugger and Event
 * Streams ("2025-01-01T00:00:00.000Z"). No locale, no time zone of ours.
 */
#ifndef OFFHOOK_DATE_H
#define OFFHOOK_DATE_H

#include "str.h"

/*
 * Milliseconds since 1970 (UTC), of what precedes them; further digits of a
 * fraction are cut off. Strict: the zone is there, the day exists, its name
 * is right, nothing follows. A leap second is the next minute's first one.
 * False for anything else.
 */
bool	date_parse(struct str, int64_t *ms);

#endif
