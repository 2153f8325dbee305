/* The table of kinds. See kind.h. */
#include "kind.h"

#define OF(...) { __VA_ARGS__ }
#define MESSAGE_SIDS OF("MessageSid", "SmsSid", "SmsMessageSid")

/* A question within a call: another one each time, but for its retry. */
#define QUESTION(word, page) { .name = "call." word, .resource = "call", \
	.sid = OF("CallSid"), .parent = OF("ParentCallSid"), \
	.status = OF("CallStatus"), .reply = REPLY_VOICE, \
	.recipe = RECIPE_QUESTION, .source = (page) }

#define CONVERSATIONS "docs/conversations/conversations-webhooks"
/* Beforehand: nothing has happened yet, so no resource is folded. */
#define BEFORE(event, id) { .name = "conversation." event, \
	.sid = { (id) }, .reply = REPLY_JSON, .recipe = RECIPE_QUESTION, \
	.source = CONVERSATIONS }
/* Afterwards; two of them may have the same date. */
#define AFTER(event, what, id, of, word, ...) { \
	.name = "conversation." event, .resource = (what), \
	.sid = { (id) }, .parent = { (of) }, .status_default = (word), \
	.clock = { __VA_ARGS__ }, .recipe = RECIPE_PARAMETERS, \
	.source = CONVERSATIONS }
#define CREATED "DateCreated", "Timestamp"
#define UPDATED "DateUpdated", "Timestamp", "DateCreated"
#define REMOVED "DateRemoved", "Timestamp", "DateUpdated", "DateCreated"

static const struct kind kinds[EVENT_KINDS] = {
	[EVENT_MESSAGE_INBOUND] = {
		.name = "message.inbound",
		.resource = "message",
		.sid = MESSAGE_SIDS,
		.status = { "SmsStatus" },
		.status_default = "received",
		.reply = REPLY_TWIML,
		.recipe = RECIPE_FIELDS,
		.source = "docs/messaging/guides/webhook-request",
	},
	[EVENT_MESSAGE_STATUS] = {
		.name = "message.status",
		.resource = "message",
		.sid = MESSAGE_SIDS,
		.status = { "MessageStatus", "SmsStatus" },
		.recipe = RECIPE_FIELDS,
		.key = { "MessageStatus", "SmsStatus", "ErrorCode" },
		.source = "docs/messaging/guides/"
		    "outbound-message-status-in-status-callbacks",
	},
	/* It has the SID and status of the request that failed. */
	[EVENT_MESSAGE_FALLBACK] = {
		.name = "message.fallback",
		.resource = "message",
		.sid = MESSAGE_SIDS,
		.status = { "SmsStatus" },
		.status_default = "received",
		.reply = REPLY_TWIML,
		.recipe = RECIPE_FIELDS,
		.key = { "ErrorCode", "ErrorUrl" },
		.source = "docs/usage/webhooks/"
		    "getting-started-twilio-webhooks",
	},
	/*
	 * The first request of a call has one business key, whichever edge
	 * sends it. A Redirect before the answer has another target.
	 */
	[EVENT_CALL_INBOUND] = {
		.name = "call.inbound",
		.resource = "call",
		.sid = { "CallSid" },
		.parent = { "ParentCallSid" },
		.status = { "CallStatus" },
		.reply = REPLY_VOICE,
		.recipe = RECIPE_FIRST_QUESTION,
		.key = { "CallStatus", "#target" },
		.source = "docs/voice/twiml",
	},
	[EVENT_CALL_OUTBOUND] = QUESTION("outbound", "docs/voice/twiml"),
	[EVENT_CALL_REDIRECT] = QUESTION("redirect",
	    "docs/voice/twiml/redirect"),
	[EVENT_CALL_GATHER] = QUESTION("gather", "docs/voice/twiml/gather"),
	[EVENT_CALL_DIAL] = QUESTION("dial", "docs/voice/twiml/dial"),
	[EVENT_CALL_RECORD] = QUESTION("record", "docs/voice/twiml/record"),
	[EVENT_CALL_ENQUEUE] = QUESTION("enqueue",
	    "docs/voice/twiml/enqueue"),
	[EVENT_CALL_WAIT] = QUESTION("wait", "docs/voice/twiml/enqueue"),
	[EVENT_CALL_QUEUE] = QUESTION("queue", "docs/voice/twiml/queue"),
	[EVENT_CALL_PAY] = QUESTION("pay", "docs/voice/twiml/pay"),
	[EVENT_CALL_REFER] = QUESTION("refer", "docs/voice/twiml/refer"),
	[EVENT_CALL_CONNECT] = QUESTION("connect", "docs/voice/twiml/connect"),
	[EVENT_CALL_FALLBACK] = QUESTION("fallback",
	    "docs/usage/webhooks/getting-started-twilio-webhooks"),
	[EVENT_CALL_STATUS] = {
		.name = "call.status",
		.resource = "call",
		.sid = { "CallSid" },
		.parent = { "ParentCallSid" },
		.status = { "CallStatus" },
		.recipe = RECIPE_FIELDS,
		.key = { "CallStatus", "CallbackSource", "SequenceNumber" },
		.source = "docs/voice/api/call-resource#statuscallback",
	},
	[EVENT_CALL_AMD] = {
		.name = "call.amd",
		.resource = "call",
		.sid = { "CallSid" },
		.recipe = RECIPE_FIELDS,
		.key = { "AnsweredBy", "MachineDetectionDuration" },
		.source = "docs/voice/answering-machine-detection",
	},
	[EVENT_CALL_PARTIAL] = {
		.name = "call.partial",
		.resource = "call",
		.sid = { "CallSid" },
		.status = { "CallStatus" },
		.recipe = RECIPE_QUESTION,
		.source = "docs/voice/twiml/gather#partialresultcallback",
	},
	[EVENT_CALL_STREAM] = {
		.name = "call.stream",
		.resource = "media_stream",
		.sid = { "StreamSid" },
		.parent = { "CallSid" },
		.status = { "StreamEvent" },
		.recipe = RECIPE_FIELDS,
		.key = { "StreamEvent" },
		.source = "docs/voice/twiml/stream",
	},
	[EVENT_RECORDING_STATUS] = {
		.name = "recording.status",
		.resource = "recording",
		.sid = { "RecordingSid" },
		.parent = { "CallSid", "ConferenceSid" },
		.status = { "RecordingStatus" },
		.recipe = RECIPE_FIELDS,
		.key = { "RecordingStatus", "RecordingDuration" },
		.source = "docs/voice/api/recording",
	},
	[EVENT_TRANSCRIPTION_STATUS] = {
		.name = "transcription.status",
		.resource = "transcription",
		.sid = { "TranscriptionSid" },
		.parent = { "RecordingSid" },
		.status = { "TranscriptionStatus" },
		.recipe = RECIPE_FIELDS,
		.key = { "TranscriptionStatus" },
		.source = "docs/voice/twiml/record#transcribecallback",
	},
	[EVENT_TRANSCRIPTION_REALTIME] = {
		.name = "transcription.realtime",
		.resource = "transcription",
		.sid = { "TranscriptionSid" },
		.parent = { "CallSid" },
		.status = { "TranscriptionEvent" },
		.recipe = RECIPE_FIELDS,
		.key = { "TranscriptionEvent", "SequenceId", "Timestamp",
		    "Track" },
		.source = "docs/voice/twiml/transcription",
	},
	[EVENT_CONFERENCE_STATUS] = {
		.name = "conference.status",
		.resource = "conference",
		.sid = { "ConferenceSid" },
		.status = { "StatusCallbackEvent" },
		.recipe = RECIPE_FIELDS,
		.key = { "StatusCallbackEvent", "SequenceNumber",
		    "Timestamp" },
		.source = "docs/voice/twiml/conference",
	},
	/* Its SID is made of two, as in the API's path: see event.c. */
	[EVENT_PARTICIPANT_STATUS] = {
		.name = "participant.status",
		.resource = "participant",
		.sid = { "CallSid" },
		.parent = { "ConferenceSid" },
		.status = { "StatusCallbackEvent" },
		.clock = { "Timestamp" },
		.recipe = RECIPE_FIELDS,
		.key = { "ConferenceSid", "StatusCallbackEvent",
		    "SequenceNumber", "Timestamp" },
		.source = "docs/voice/twiml/conference",
	},
	[EVENT_ON_MESSAGE_ADD] = BEFORE("onMessageAdd", "ConversationSid"),
	[EVENT_ON_MESSAGE_UPDATE] = BEFORE("onMessageUpdate", "MessageSid"),
	[EVENT_ON_MESSAGE_REMOVE] = BEFORE("onMessageRemove", "MessageSid"),
	[EVENT_ON_CONVERSATION_ADD] = BEFORE("onConversationAdd",
	    "ConversationSid"),
	[EVENT_ON_CONVERSATION_UPDATE] = BEFORE("onConversationUpdate",
	    "ConversationSid"),
	[EVENT_ON_CONVERSATION_REMOVE] = BEFORE("onConversationRemove",
	    "ConversationSid"),
	[EVENT_ON_PARTICIPANT_ADD] = BEFORE("onParticipantAdd",
	    "ConversationSid"),
	[EVENT_ON_PARTICIPANT_UPDATE] = BEFORE("onParticipantUpdate",
	    "ParticipantSid"),
	[EVENT_ON_PARTICIPANT_REMOVE] = BEFORE("onParticipantRemove",
	    "ParticipantSid"),
	[EVENT_ON_USER_UPDATE] = BEFORE("onUserUpdate", "UserSid"),
	[EVENT_ON_MESSAGE_ADDED] = AFTER("onMessageAdded",
	    "conversation_message", "MessageSid", "ConversationSid", "added",
	    CREATED),
	[EVENT_ON_MESSAGE_UPDATED] = AFTER("onMessageUpdated",
	    "conversation_message", "MessageSid", "ConversationSid", "updated",
	    UPDATED),
	[EVENT_ON_MESSAGE_REMOVED] = AFTER("onMessageRemoved",
	    "conversation_message", "MessageSid", "ConversationSid", "removed",
	    REMOVED),
	[EVENT_ON_CONVERSATION_ADDED] = {
		.name = "conversation.onConversationAdded",
		.resource = "conversation",
		.sid = { "ConversationSid" },
		.parent = { "ChatServiceSid" },
		.status = { "State" },
		.status_default = "active",
		.clock = { CREATED },
		.recipe = RECIPE_PARAMETERS,
		.source = CONVERSATIONS,
	},
	[EVENT_ON_CONVERSATION_UPDATED] = {
		.name = "conversation.onConversationUpdated",
		.resource = "conversation",
		.sid = { "ConversationSid" },
		.parent = { "ChatServiceSid" },
		.status = { "State" },
		.clock = { UPDATED },
		.recipe = RECIPE_PARAMETERS,
		.source = CONVERSATIONS,
	},
	[EVENT_ON_CONVERSATION_REMOVED] = AFTER("onConversationRemoved",
	    "conversation", "ConversationSid", "ChatServiceSid", "removed",
	    REMOVED),
	[EVENT_ON_CONVERSATION_STATE_UPDATED] = {
		.name = "conversation.onConversationStateUpdated",
		.resource = "conversation",
		.sid = { "ConversationSid" },
		.parent = { "ChatServiceSid" },
		.status = { "StateTo" },
		.clock = { "StateUpdated", "DateUpdated", "Timestamp" },
		.recipe = RECIPE_PARAMETERS,
		.source = CONVERSATIONS,
	},
	[EVENT_ON_PARTICIPANT_ADDED] = AFTER("onParticipantAdded",
	    "conversation_participant", "ParticipantSid", "ConversationSid",
	    "added", CREATED),
	[EVENT_ON_PARTICIPANT_UPDATED] = AFTER("onParticipantUpdated",
	    "conversation_participant", "ParticipantSid", "ConversationSid",
	    "updated", UPDATED),
	[EVENT_ON_PARTICIPANT_REMOVED] = AFTER("onParticipantRemoved",
	    "conversation_participant", "ParticipantSid", "ConversationSid",
	    "removed", REMOVED),
	[EVENT_ON_DELIVERY_UPDATED] = {
		.name = "conversation.onDeliveryUpdated",
		.resource = "delivery_receipt",
		.sid = { "DeliveryReceiptSid" },
		.parent = { "MessageSid" },
		.status = { "Status" },
		.recipe = RECIPE_FIELDS,
		.key = { "Status", "ErrorCode" },
		.source = CONVERSATIONS,
	},
	[EVENT_ON_USER_ADDED] = AFTER("onUserAdded", "conversation_user",
	    "UserSid", "ChatServiceSid", "added", CREATED),
	[EVENT_ON_USER_UPDATED] = AFTER("onUserUpdated", "conversation_user",
	    "UserSid", "ChatServiceSid", "updated", UPDATED),
	[EVENT_DEBUGGER_ALERT] = {
		.name = "debugger.alert",
		.resource = "alert",
		.sid = { "Sid" },
		.status = { "Level" },
		.recipe = RECIPE_FIELDS,
		.source = "docs/usage/troubleshooting/"
		    "debugging-event-webhooks",
	},
	/* Resource, SID and status are those of the kind that it repeats. */
	[EVENT_STREAM] = {
		.name = "stream.*",
		.recipe = RECIPE_EVENT_ID,
		.source = "docs/events/event-streams",
	},
	[EVENT_OTHER] = {
		.name = "other",
		.sid = { "CallSid", "MessageSid", "SmsSid", "Sid" },
		.reply = REPLY_TWIML,
		.recipe = RECIPE_QUESTION,
		.source = "docs/usage/security",
	},
};

const struct kind *
kind_get(enum event_kind k)
{
	return &kinds[k];
}

const char *
event_kind_name(enum event_kind k)
{
	return kinds[k].name;
}

bool
event_kind_parse(struct str name, enum event_kind *out)
{
	size_t	i;

	if (str_starts(name, STR("stream.")) && name.n > 7) {
		*out = EVENT_STREAM;
		return true;
	}
	for (i = 0; i < EVENT_KINDS; i++)
		if (str_eq(name, str_from(kinds[i].name))) {
			*out = (enum event_kind)i;
			return true;
		}
	return false;
}

bool
event_is_notice(enum event_kind k)
{
	return kinds[k].reply == REPLY_NONE;
}

bool
event_is_voice_question(enum event_kind k)
{
	return kinds[k].reply == REPLY_VOICE;
}

bool
event_is_pre_action(enum event_kind k)
{
	return kinds[k].reply == REPLY_JSON;
}

bool
kind_of_conversation(struct str type, enum event_kind *out)
{
	const size_t	before = sizeof("conversation.") - 1;
	size_t		i;

	for (i = EVENT_ON_MESSAGE_ADD; i <= EVENT_ON_USER_UPDATED; i++)
		if (str_eq(type, str_from(kinds[i].name + before))) {
			*out = (enum event_kind)i;
			return true;
		}
	return false;
}
