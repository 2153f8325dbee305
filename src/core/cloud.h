/*
 * Event Streams: what Twilio's webhook sink posts, a JSON array of events
 * (CloudEvents 1.0; Twilio, docs/events/webhook-quickstart: "currently only
 * one event", but iterate), as parameters of the form's names, so that one
 * classifier serves both. The Debugger's Payload is read the same way.
 *
 * Shapes of data (Twilio, docs/events/event-types):
 *   messaging/outbound-message, inbound-message: flat, camelCase: messageSid
 *     accountSid messageStatus ("DELIVERED") errorCode (number) from to body
 *     numMedia numberOfSegments messagingServiceSid timestamp recipients []
 *   voice/status-callback, call-api-request, twiml: { sid: CA…, eventSid,
 *     timestamp, requestDateCreated, request: { method, url, parameters: {
 *     what the webhook's form holds } }, response }
 *   voice/insights: snake_case: call_sid, account_sid, call_state
 *   conversations/...: the form's own names, MessagingBinding { Address,
 *     ProxyAddress } within, Media [], and no EventType
 *   errors/error-logs: snake_case: sid (NO…), error_code, service_sid,
 *     payload (a JSON string, as the Debugger's Payload)
 */
#ifndef OFFHOOK_CLOUD_H
#define OFFHOOK_CLOUD_H

#include "form.h"
#include "json.h"

struct cloud {
	struct json_walk	walk;
	size_t			n;	/* events in it, at least 1 */
};

/* Texts are decoded, but not cut or cleaned: they may hold any character. */
struct cloud_event {
	struct str	raw;		/* the element as it stands */
	struct str	id;		/* not empty; a duplicate's too */
	struct str	type;		/* not empty: "com.twilio…" */
	struct str	source;		/* absent: not sent, as time */
	struct str	time;		/* RFC 3339 */
	struct form	params;
};

enum cloud_result {
	CLOUD_OK,
	CLOUD_ODD,	/* no event: raw alone is valid */
	CLOUD_END,
	CLOUD_NO_MEMORY	/* the arena is full: nothing of it may be left out */
};

/*
 * Whether the body is a batch: a JSON array in which at least one element is
 * an event, an object with a string id and a string type that are not empty.
 * A single such object is a batch of one.
 */
bool	cloud_open(struct str body, struct cloud *);
/*
 * The next event; *out is valid on OK, its raw on ODD as well. Its
 * parameters are of data, be that an object or a string which holds one:
 *   - a name in lower case begins with a capital: messageSid is MessageSid,
 *     error_code ErrorCode; other names stay;
 *   - strings decoded, numbers and booleans as they stand, null left out,
 *     arrays as JSON text (the form's Media is one), members of objects as
 *     "MessagingBinding.Address", three levels deep;
 *   - a voice event's request.parameters come first, by their own names,
 *     and its other objects are left out;
 *   - MessageStatus in lower case; NumSegments, CallSid, Timestamp, Body and
 *     EventType ("onMessageAdded") where the form has them and data does not.
 * More than FORM_MAX_PARAMS are left out. What an event took of the arena
 * may be given back before the next one.
 */
enum cloud_result cloud_next(struct arena *, struct cloud *,
	    struct cloud_event *out);
/*
 * The members of a JSON object as parameters, by the same rules: of the
 * Debugger's Payload (docs/usage/troubleshooting/debugging-event-webhooks)
 * ResourceSid, ServiceSid, ErrorCode, MoreInfo.Msg, MoreInfo.Url,
 * MoreInfo.ErrorCode, Webhook.Type, Webhook.Request.Url. Of anything else
 * there are none. False when the arena is full.
 */
bool	cloud_params(struct arena *, struct str json, struct form *out);

#endif
