/*
 * Conversations: before an action (answered in JSON) and after it. Source:
 * docs/conversations-classic/conversations-webhooks; the order is that of a
 * captured onMessageAdded, which also has RetryCount.
 */
#include "sample.h"

/* What each of them has; an event of the SDK names who did it. */
#define EVENT(name, source) \
	"EventType=" name "\n" \
	"AccountSid={account}\n" \
	"Source=" source "\n" \
	"RetryCount=0\n"
#define BY_SDK "ClientIdentity=ada\n"

#define MESSAGE(name, more, ids) \
	EVENT(name, "SDK") \
	BY_SDK \
	"Attributes={}\n" \
	ids \
	"Author=ada\n" \
	"ParticipantSid={MB}\n" \
	"Body={body:Hello from offhook}\n" \
	"ConversationSid={CH}\n" \
	"ChatServiceSid={IS}\n" \
	more
#define MESSAGE_IDS \
	"DateCreated=2026-11-22T08:00:00.000Z\n" \
	"Index=35\n" \
	"MessageSid={sid}\n"
#define UPDATED "DateUpdated={iso}\n"
#define REMOVED "DateRemoved={iso}\n"
#define MEDIA \
	"Media=[{\"Sid\":\"{ME}\",\"ContentType\":\"image/jpeg\"," \
	"\"Filename\":\"a.jpg\",\"Size\":12232}]\n"

#define CONVERSATION(name, more) \
	EVENT(name, "API") \
	"ConversationSid={sid}\n" \
	"DateCreated=2026-11-22T08:00:00.000Z\n" \
	more \
	"FriendlyName=Support\n" \
	"UniqueName=support-{IS}\n" \
	"Attributes={}\n" \
	"ChatServiceSid={IS}\n" \
	"MessagingServiceSid={MG}\n" \
	"State={status:active}\n"
/* Made by a message that came in; a group's addresses are repeated. */
#define BINDING \
	"MessagingBinding.ProxyAddress={to:+15550101002}\n" \
	"MessagingBinding.Address={from:+15550101001}\n"
#define GROUP \
	"MessagingBinding.Address={to:+15550101002}\n" \
	"MessagingBinding.Address=+15550101003\n" \
	"MessagingBinding.AuthorAddress={from:+15550101001}\n"

#define PARTICIPANT(name, ids, who) \
	EVENT(name, "API") \
	"ConversationSid={CH}\n" \
	"ChatServiceSid={IS}\n" \
	ids \
	"RoleSid={RL}\n" \
	"Attributes={}\n" \
	who
#define PARTICIPANT_IDS \
	"ParticipantSid={sid}\n" \
	"DateCreated=2026-11-22T08:00:00.000Z\n"
#define SMS BINDING "MessagingBinding.Type=SMS\n"
#define CHAT "Identity=ada\nMessagingBinding.Type=CHAT\n"
#define GROUP_CHAT "Identity=ada\n" \
	"MessagingBinding.ProjectedAddress={to:+15550101002}\n" \
	"MessagingBinding.Type=SMS\n"

#define USER(name, more) \
	EVENT(name, "SDK") \
	BY_SDK \
	"ChatServiceSid={IS}\n" \
	"UserSid={sid}\n" \
	more \
	"Identity=ada\n" \
	"RoleSid={RL}\n" \
	"Attributes={}\n" \
	"FriendlyName=Ada Lovelace\n"

#define STATE(from, to, reason) \
	EVENT("onConversationStateUpdated", "API") \
	"ChatServiceSid={IS}\n" \
	"StateUpdated={iso}\n" \
	"StateFrom=" from "\n" \
	"StateTo={status:" to "}\n" \
	"ConversationSid={sid}\n" \
	"Reason=" reason "\n" \
	"MessagingServiceSid={MG}\n"

#define DELIVERY(status, error) \
	EVENT("onDeliveryUpdated", "SMS") \
	"ConversationSid={CH}\n" \
	"ChatServiceSid={IS}\n" \
	"MessageSid={IM}\n" \
	"DeliveryReceiptSid={sid}\n" \
	"ChannelMessageSid={SM}\n" \
	"ParticipantSid={MB}\n" \
	"Status={status:" status "}\n" \
	error \
	"DateCreated=2026-11-22T08:00:00.000Z\n" \
	UPDATED

#define ROW(name, variant, prefix, text) \
	{ "conversation." name, variant, prefix, text }

const struct sample samples_conversation[] = {
	/* Before the action: without the SIDs that it would make. */
	ROW("onMessageAdd", "chat", "CH", MESSAGE("onMessageAdd", "", "")),
	ROW("onMessageAdd", "media", "CH",
	    MESSAGE("onMessageAdd", MEDIA, "")),
	ROW("onMessageUpdate", "chat", "IM",
	    MESSAGE("onMessageUpdate", "", MESSAGE_IDS UPDATED)),
	ROW("onMessageRemove", "chat", "IM",
	    MESSAGE("onMessageRemove", "", MESSAGE_IDS UPDATED)),
	ROW("onConversationAdd", "sms", "IS",
	    EVENT("onConversationAdd", "SMS")
	    "Attributes={}\n"
	    "ChatServiceSid={sid}\n"
	    "MessagingServiceSid={MG}\n"
	    BINDING
	    "MessageBody={body:Hello from offhook}\n"
	    "State={status:active}\n"),
	ROW("onConversationAdd", "group", "IS",
	    EVENT("onConversationAdd", "SMS")
	    "Attributes={}\n"
	    "ChatServiceSid={sid}\n"
	    "MessagingServiceSid={MG}\n"
	    GROUP
	    "MessageBody={body:Hello from offhook}\n"
	    MEDIA
	    "State={status:active}\n"),
	ROW("onConversationAdd", "api", "IS",
	    EVENT("onConversationAdd", "API")
	    "FriendlyName=Support\n"
	    "UniqueName=support\n"
	    "Attributes={}\n"
	    "ChatServiceSid={sid}\n"
	    "MessagingServiceSid={MG}\n"
	    "State={status:active}\n"),
	ROW("onConversationUpdate", "api", "CH",
	    CONVERSATION("onConversationUpdate", UPDATED)),
	ROW("onConversationRemove", "api", "CH",
	    CONVERSATION("onConversationRemove", UPDATED)),
	ROW("onParticipantAdd", "sms", "CH",
	    PARTICIPANT("onParticipantAdd", "", SMS)),
	ROW("onParticipantAdd", "chat", "CH",
	    PARTICIPANT("onParticipantAdd", "", CHAT)),
	ROW("onParticipantUpdate", "sms", "MB",
	    PARTICIPANT("onParticipantUpdate", PARTICIPANT_IDS UPDATED, SMS)),
	ROW("onParticipantRemove", "sms", "MB",
	    PARTICIPANT("onParticipantRemove", PARTICIPANT_IDS UPDATED, SMS)),
	ROW("onUserUpdate", "sdk", "US", USER("onUserUpdate", UPDATED)),

	/* After it. */
	ROW("onMessageAdded", "chat", "IM",
	    MESSAGE("onMessageAdded", "MessagingServiceSid={MG}\n",
	    MESSAGE_IDS)),
	ROW("onMessageAdded", "media", "IM",
	    MESSAGE("onMessageAdded", "MessagingServiceSid={MG}\n" MEDIA,
	    MESSAGE_IDS)),
	ROW("onMessageUpdated", "chat", "IM",
	    MESSAGE("onMessageUpdated", "", MESSAGE_IDS UPDATED)),
	ROW("onMessageRemoved", "chat", "IM",
	    MESSAGE("onMessageRemoved", "", MESSAGE_IDS UPDATED REMOVED)),
	ROW("onConversationAdded", "sms", "CH",
	    CONVERSATION("onConversationAdded", UPDATED BINDING)),
	ROW("onConversationAdded", "group", "CH",
	    CONVERSATION("onConversationAdded", UPDATED GROUP)),
	ROW("onConversationUpdated", "api", "CH",
	    CONVERSATION("onConversationUpdated", UPDATED)),
	ROW("onConversationRemoved", "api", "CH",
	    CONVERSATION("onConversationRemoved", UPDATED REMOVED)),
	ROW("onConversationStateUpdated", "inactive", "CH",
	    STATE("active", "inactive", "TIMER")),
	ROW("onConversationStateUpdated", "active", "CH",
	    STATE("inactive", "active", "EVENT")),
	ROW("onConversationStateUpdated", "closed", "CH",
	    STATE("inactive", "closed", "API")),
	ROW("onParticipantAdded", "sms", "MB",
	    PARTICIPANT("onParticipantAdded", PARTICIPANT_IDS, SMS)),
	ROW("onParticipantAdded", "chat", "MB",
	    PARTICIPANT("onParticipantAdded", PARTICIPANT_IDS, CHAT)),
	ROW("onParticipantAdded", "group", "MB",
	    PARTICIPANT("onParticipantAdded", PARTICIPANT_IDS, GROUP_CHAT)),
	ROW("onParticipantUpdated", "chat", "MB",
	    PARTICIPANT("onParticipantUpdated", PARTICIPANT_IDS UPDATED
	    "LastReadMessageIndex=35\n", CHAT)),
	ROW("onParticipantRemoved", "sms", "MB",
	    PARTICIPANT("onParticipantRemoved", PARTICIPANT_IDS UPDATED
	    REMOVED, SMS)),
	ROW("onDeliveryUpdated", "delivered", "DY",
	    DELIVERY("delivered", "ErrorCode={error:0}\n")),
	ROW("onDeliveryUpdated", "sent", "DY",
	    DELIVERY("sent", "ErrorCode={error:0}\n")),
	ROW("onDeliveryUpdated", "read", "DY",
	    DELIVERY("read", "ErrorCode={error:0}\n")),
	ROW("onDeliveryUpdated", "undelivered", "DY",
	    DELIVERY("undelivered", "ErrorCode={error:30003}\n")),
	ROW("onDeliveryUpdated", "failed", "DY",
	    DELIVERY("failed", "ErrorCode={error:50514}\n")),
	ROW("onUserAdded", "sdk", "US",
	    USER("onUserAdded", "DateCreated={iso}\n")),
	ROW("onUserUpdated", "sdk", "US",
	    USER("onUserUpdated", "DateCreated=2026-11-22T08:00:00.000Z\n"
	    UPDATED "isOnline=true\nisNotifiable=false\n")),
	{ NULL, NULL, NULL, NULL }
};
