/*
 * The kinds of events, in one table: how each is recognised stands in
 * event.c, everything else that a kind means stands here. SQL has the same
 * rows in offhook.kind (sql/catalogue.sql, tested equal).
 */
#ifndef OFFHOOK_KIND_H
#define OFFHOOK_KIND_H

#include "str.h"

enum event_kind {
	EVENT_MESSAGE_INBOUND,
	EVENT_MESSAGE_STATUS,
	EVENT_MESSAGE_FALLBACK,
	EVENT_CALL_INBOUND,
	EVENT_CALL_OUTBOUND,
	EVENT_CALL_REDIRECT,
	EVENT_CALL_GATHER,
	EVENT_CALL_DIAL,
	EVENT_CALL_RECORD,
	EVENT_CALL_ENQUEUE,
	EVENT_CALL_WAIT,
	EVENT_CALL_QUEUE,
	EVENT_CALL_PAY,
	EVENT_CALL_REFER,
	EVENT_CALL_CONNECT,
	EVENT_CALL_FALLBACK,
	EVENT_CALL_STATUS,
	EVENT_CALL_AMD,
	EVENT_CALL_PARTIAL,
	EVENT_CALL_STREAM,
	EVENT_RECORDING_STATUS,
	EVENT_TRANSCRIPTION_STATUS,
	EVENT_TRANSCRIPTION_REALTIME,
	EVENT_CONFERENCE_STATUS,
	EVENT_PARTICIPANT_STATUS,
	/* Conversations: those that ask beforehand, then those that tell. */
	EVENT_ON_MESSAGE_ADD,
	EVENT_ON_MESSAGE_UPDATE,
	EVENT_ON_MESSAGE_REMOVE,
	EVENT_ON_CONVERSATION_ADD,
	EVENT_ON_CONVERSATION_UPDATE,
	EVENT_ON_CONVERSATION_REMOVE,
	EVENT_ON_PARTICIPANT_ADD,
	EVENT_ON_PARTICIPANT_UPDATE,
	EVENT_ON_PARTICIPANT_REMOVE,
	EVENT_ON_USER_UPDATE,
	EVENT_ON_MESSAGE_ADDED,
	EVENT_ON_MESSAGE_UPDATED,
	EVENT_ON_MESSAGE_REMOVED,
	EVENT_ON_CONVERSATION_ADDED,
	EVENT_ON_CONVERSATION_UPDATED,
	EVENT_ON_CONVERSATION_REMOVED,
	EVENT_ON_CONVERSATION_STATE_UPDATED,
	EVENT_ON_PARTICIPANT_ADDED,
	EVENT_ON_PARTICIPANT_UPDATED,
	EVENT_ON_PARTICIPANT_REMOVED,
	EVENT_ON_DELIVERY_UPDATED,
	EVENT_ON_USER_ADDED,
	EVENT_ON_USER_UPDATED,
	EVENT_DEBUGGER_ALERT,
	EVENT_STREAM,		/* its name ends with the CloudEvent's type */
	EVENT_OTHER
};

#define EVENT_KINDS (EVENT_OTHER + 1)
#define KIND_MAX_FIELDS 4

/* What a kind is answered. */
enum reply_form {
	REPLY_NONE,	/* 204: a notice that was positively recognised */
	REPLY_VOICE,	/* TwiML; a caller is on the line */
	REPLY_TWIML,	/* TwiML; an empty <Response/> without a route */
	REPLY_JSON	/* of Conversations: publish, modify or reject */
};

/* What makes two requests of a kind the same one; "account" always does. */
enum recipe {
	RECIPE_FIELDS,		/* the SID and the key fields */
	RECIPE_PARAMETERS,	/* the SID and all of them but RetryCount */
	RECIPE_QUESTION,	/* SID and token; else the request itself */
	RECIPE_FIRST_QUESTION,	/* fields while it rings, then a question */
	RECIPE_EVENT_ID		/* a CloudEvent's own id */
};

/* NULL ends a list. */
struct kind {
	const char	*name;
	const char	*resource;	/* NULL: none is folded */
	const char	*sid[KIND_MAX_FIELDS];	/* the first one filled */
	const char	*parent[KIND_MAX_FIELDS];	/* likewise */
	const char	*status[KIND_MAX_FIELDS];	/* likewise */
	const char	*status_default;
	const char	*clock[KIND_MAX_FIELDS];	/* a date; likewise */
	enum reply_form	 reply;
	enum recipe	 recipe;
	/* Of RECIPE_FIELDS, beside the SID; "#target" is the URL's. */
	const char	*key[KIND_MAX_FIELDS];
	const char	*source;	/* Twilio's page */
};

const struct kind	*kind_get(enum event_kind);
/* "message.inbound"; of EVENT_STREAM "stream.*". */
const char		*event_kind_name(enum event_kind);
/* False when there is no such kind; "stream.anything" is EVENT_STREAM. */
bool			 event_kind_parse(struct str, enum event_kind *);
/* Answered 204: takes no reply and no route. */
bool			 event_is_notice(enum event_kind);
/* A caller is on the line and hears the reply. */
bool			 event_is_voice_question(enum event_kind);
/* Conversations wait for the answer before they go on. */
bool			 event_is_pre_action(enum event_kind);
/* The conversation event of that EventType; false when there is none. */
bool			 kind_of_conversation(struct str type,
			    enum event_kind *);

#endif
