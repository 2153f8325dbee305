/*
 * An event as JSON, in the form that Standard Webhooks recommends:
 *   {"type": KIND, "timestamp": WHEN, "data": {...}}
 * data has: id (the event's), delivery (task_wire_id), account, sid, status,
 * from, to, error_code, parent, verdict (null where there is none), method,
 * url, and
 *   params  of a form: {NAME: text, or an array of texts where the name came
 *           more than once}; names and texts in the order in which they came
 *   json    of a JSON body: that body, as it stands
 *   media   of a message with media: [{"url", "content_type"}]
 *   form    the body as a text, where asked for
 *   raw     the body in base64, where asked for, and always where the above
 *           is not all of it: bytes that are not UTF-8 and U+0000, which
 *           stand as U+FFFD, and a body of JSON that is none.
 */
#ifndef OFFHOOK_ENVELOPE_H
#define OFFHOOK_ENVELOPE_H

#include "arena.h"
#include "form.h"
#include "task.h"

struct envelope {
	const struct task	*task;
	const char		*at;	/* its event_at, as RFC 3339 has it */
	struct form		 params;	/* none of JSON */
	bool			 form;	/* the body as a text, too */
	bool			 raw;	/* in base64, too */
};

/*
 * Decode the parameters. False when there are too many for form.h (then all
 * is in raw), or the arena is full, which the arena tells.
 */
bool		envelope_open(struct arena *, const struct task *,
		    const char *at, struct envelope *);
/* The JSON; absent when the arena is full. */
struct str	envelope_make(struct arena *, const struct envelope *);
/*
 * What a template calls "event": data, with "kind" and "timestamp" in it.
 */
struct str	envelope_event(struct arena *, const struct envelope *);
/* Whether the body came as JSON, and not as a form. */
bool		envelope_is_json(const struct task *);

#endif
