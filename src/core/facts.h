/*
 * What a request says of its resource beside the columns of every event: by
 * the table of field.h, and of messages their media and consent.
 */
#ifndef OFFHOOK_FACTS_H
#define OFFHOOK_FACTS_H

#include "event.h"

/*
 * {"c": {...}, "l": {...}}: sql/functions/facts_at.sql; absent when it says
 * nothing, or the arena is full. By the rules of base, which is the event's
 * own kind or the one that an element of Event Streams repeats. The same is
 * made of history by sql/functions/facts_of.sql, tested equal.
 */
struct str	facts_make(struct arena *, const struct event *,
		    const struct form *, enum event_kind base);

/*
 * Twilio's media of a message, as a JSON array of {"url", "content_type"};
 * absent when there are none, or more than EVENT_MAX_MEDIA bytes.
 */
struct str	facts_media(struct arena *, const struct form *);

#endif
