/* Where each parameter of Twilio's goes. See field.h. */
#include "field.h"

/* A column of the resource or of its event. */
#define TO(p, where, what) { .param = (p), .place = (where), \
	.meaning = (what) }
#define CONSTANT(p, name, kind, what) { .param = (p), .place = "fact", \
	.fact = (name), .class = FACT_CONSTANT, .type = (kind), \
	.meaning = (what) }
#define LATEST(p, name, kind, what) { .param = (p), .place = "fact", \
	.fact = (name), .class = FACT_LATEST, .type = (kind), \
	.meaning = (what) }
/* Only in offhook.events.params. */
#define PARAM(p, what) TO(p, "params", what)

/* What every topic has. */
#define COMMON \
	TO("AccountSid", "account", "account whose token signs"), \
	PARAM("ApiVersion", "version of Twilio's API"), \
	PARAM("ParentAccountSid", "parent of a subaccount")

/* Twilio, docs/messaging/guides/webhook-request. */
static const struct field message_fields[] = {
	COMMON,
	TO("MessageSid", "sid", "the message"),
	TO("SmsSid", "sid", "the same, older name"),
	TO("SmsMessageSid", "sid", "the same, older name"),
	TO("MessageStatus", "status", "of an outbound message"),
	TO("SmsStatus", "status", "of an inbound message; older name"),
	TO("From", "from", "sender"),
	TO("To", "to", "recipient"),
	TO("ErrorCode", "error_code", "why it failed"),
	TO("NumMedia", "num_media", "how many media"),
	TO("OptOutType", "consent", "STOP, START or HELP"),
	TO("Body", "consent", "text; a keyword alone is consent"),
	CONSTANT("MediaUrl*", "media", TYPE_TEXT, "a medium's URL"),
	CONSTANT("MediaContentType*", "media", TYPE_TEXT, "its type"),
	CONSTANT("MessagingServiceSid", "messaging_service_sid", TYPE_TEXT,
	    "Messaging Service"),
	CONSTANT("NumSegments", "num_segments", TYPE_INTEGER,
	    "segments that it was made of"),
	CONSTANT("FromCountry", "from_country", TYPE_TEXT,
	    "sender's country, ISO 3166"),
	CONSTANT("ToCountry", "to_country", TYPE_TEXT,
	    "recipient's country, ISO 3166"),
	CONSTANT("ProfileName", "profile_name", TYPE_TEXT,
	    "sender's name in the channel"),
	CONSTANT("WaId", "wa_id", TYPE_TEXT, "sender's WhatsApp id"),
	CONSTANT("MessageType", "message_type", TYPE_TEXT,
	    "text, image, button, location ..."),
	CONSTANT("ButtonText", "button_text", TYPE_TEXT, "button pressed"),
	CONSTANT("ButtonPayload", "button_payload", TYPE_TEXT,
	    "what the button carries"),
	CONSTANT("ButtonType", "button_type", TYPE_TEXT, "REPLY or ACTION"),
	CONSTANT("OriginalRepliedMessageSid", "replied_message_sid",
	    TYPE_TEXT, "message that it replies to"),
	CONSTANT("ReferralSourceId", "referral_source_id", TYPE_TEXT,
	    "advertisement that led here"),
	CONSTANT("Latitude", "latitude", TYPE_DECIMAL, "of a location"),
	CONSTANT("Longitude", "longitude", TYPE_DECIMAL, "of a location"),
	CONSTANT("ChannelPrefix", "channel_prefix", TYPE_TEXT,
	    "channel, as whatsapp"),
	LATEST("ErrorMessage", "error_message", TYPE_TEXT,
	    "why it failed, in words"),
	LATEST("ChannelStatusMessage", "channel_status_message", TYPE_TEXT,
	    "the channel's own words"),
	/* No fact: most receipts have it, and a fact costs a statement. */
	PARAM("RawDlrDoneDate", "carrier's time of the receipt, YYMMDDhhmm"),
	LATEST("Price", "price", TYPE_DECIMAL, "what it cost"),
	LATEST("PriceUnit", "price_unit", TYPE_TEXT, "currency of the price"),
	PARAM("FromCity", "city of the sender's number"),
	PARAM("FromState", "its state or province"),
	PARAM("FromZip", "its postal code"),
	PARAM("ToCity", "city of the recipient's number"),
	PARAM("ToState", "its state or province"),
	PARAM("ToZip", "its postal code"),
	PARAM("ExternalUserId",
	    "the sender's id at the channel (business-scoped WhatsApp id)"),
	PARAM("Forwarded", "true: a forwarded message"),
	PARAM("FrequentlyForwarded", "true: forwarded many times"),
	PARAM("ListId", "id of the chosen item of a list"),
	PARAM("ListTitle", "its title"),
	PARAM("ListDescription", "its description"),
	PARAM("InteractiveData", "JSON of an interactive reply"),
	PARAM("FlowData", "JSON of a WhatsApp flow, in a string"),
	PARAM("ChannelMetadata", "JSON of the channel"),
	PARAM("Address", "location shared: address"),
	PARAM("Label", "location shared: name of the place"),
	PARAM("ReferralBody", "text of the advertisement that led here"),
	PARAM("ReferralHeadline", "its headline"),
	PARAM("ReferralSourceType", "ad or post"),
	PARAM("ReferralSourceUrl", "its URL"),
	PARAM("ReferralMediaId", "id of its media"),
	PARAM("ReferralMediaContentType", "MIME type of its media"),
	PARAM("ReferralMediaUrl", "URL of its media"),
	PARAM("ReferralNumMedia", "number of its media"),
	PARAM("ReferralCtwaClid", "click id of the advertisement"),
	PARAM("OriginalRepliedMessageSender",
	    "sender of the message that is replied to"),
	PARAM("AddOns", "JSON of the account's add-ons"),
	PARAM("MessageCountry", "country of a short code"),
	PARAM("StructuredMessage",
	    "true: a template was sent (WhatsApp status)"),
	PARAM("ChannelInstallSid", "installed channel (XE)"),
	PARAM("ChannelToAddress", "recipient at the channel, partly hidden"),
	PARAM("ChannelData", "JSON of the channel"),
	PARAM("EventType",
	    "READ, DELIVERED, UNDELIVERED: the channel's event"),
	PARAM("ErrorUrl", "on a fallback request: the URL that failed"),
	PARAM("EventName", "Event Streams: the event"),
	PARAM("Timestamp", "Event Streams: when it happened, ISO 8601"),
	PARAM("NumberOfSegments", "Event Streams: the same as NumSegments"),
	PARAM("Recipients", "Event Streams: of a group message"),
	PARAM("Mcc", "Event Streams: the recipient's country code"),
	PARAM("Mnc", "Event Streams: the recipient's network code"),
};

/* Twilio, docs/voice/twiml, docs/voice/api/call-resource. */
static const struct field call_fields[] = {
	COMMON,
	TO("CallSid", "sid", "the call"),
	TO("ParentCallSid", "parent", "call that made this one"),
	TO("CallStatus", "status", "of the call"),
	TO("From", "from", "caller"),
	TO("To", "to", "who is called"),
	TO("ErrorCode", "error_code", "why it failed (of a notice)"),
	TO("SequenceNumber", "seq", "order of the call's callbacks"),
	TO("CallbackSource", "key", "call-progress-events"),
	TO("StreamSid", "sid", "a media stream"),
	TO("StreamEvent", "status", "of a media stream"),
	CONSTANT("Direction", "direction", TYPE_TEXT,
	    "inbound, outbound-api or outbound-dial"),
	CONSTANT("FromCountry", "from_country", TYPE_TEXT,
	    "caller's country, ISO 3166"),
	CONSTANT("ToCountry", "to_country", TYPE_TEXT,
	    "country of who is called, ISO 3166"),
	CONSTANT("ForwardedFrom", "forwarded_from", TYPE_TEXT,
	    "number that forwarded the call"),
	CONSTANT("CallerName", "caller_name", TYPE_TEXT,
	    "name from CNAM lookup"),
	CONSTANT("StirVerstat", "stir_verstat", TYPE_TEXT,
	    "SHAKEN/STIR verification of the caller"),
	CONSTANT("SipDomain", "sip_domain", TYPE_TEXT, "SIP domain called"),
	CONSTANT("SipDomainSid", "sip_domain_sid", TYPE_TEXT,
	    "the same, its SID"),
	CONSTANT("SipUsername", "sip_username", TYPE_TEXT,
	    "who authenticated"),
	CONSTANT("SipCallId", "sip_call_id", TYPE_TEXT, "SIP Call-ID"),
	LATEST("StirStatus", "stir_status", TYPE_TEXT,
	    "attestation given to an outbound call"),
	LATEST("CallDuration", "duration_seconds", TYPE_INTEGER,
	    "length in seconds"),
	LATEST("Duration", "billed_minutes", TYPE_INTEGER,
	    "length in minutes, begun ones whole"),
	LATEST("AnsweredBy", "answered_by", TYPE_TEXT,
	    "human, machine_start, fax ..."),
	LATEST("MachineDetectionDuration", "machine_detection_ms",
	    TYPE_INTEGER, "how long that took, ms"),
	LATEST("SipResponseCode", "sip_response_code", TYPE_INTEGER,
	    "why it ended, as SIP says"),
	LATEST("RecordingSid", "recording_sid", TYPE_TEXT,
	    "recording of the call"),
	LATEST("RecordingUrl", "recording_url", TYPE_TEXT, "the same, its URL"),
	LATEST("RecordingDuration", "recording_seconds", TYPE_INTEGER,
	    "the same, its length in seconds"),
	LATEST("DialCallSid", "dial_call_sid", TYPE_TEXT,
	    "call that <Dial> made"),
	LATEST("DialCallStatus", "dial_call_status", TYPE_TEXT,
	    "how that ended"),
	LATEST("DialCallDuration", "dial_call_seconds", TYPE_INTEGER,
	    "its length in seconds"),
	LATEST("DialBridged", "dial_bridged", TYPE_BOOLEAN,
	    "whether both were connected"),
	LATEST("DialSipResponseCode", "dial_sip_response_code", TYPE_INTEGER,
	    "what the SIP endpoint answered"),
	LATEST("QueueSid", "queue_sid", TYPE_TEXT, "queue it waited in"),
	LATEST("QueueResult", "queue_result", TYPE_TEXT,
	    "how the waiting ended"),
	LATEST("QueueTime", "queue_seconds", TYPE_INTEGER,
	    "how long it waited, seconds"),
	LATEST("ReferCallStatus", "refer_call_status", TYPE_TEXT,
	    "how a SIP REFER ended"),
	LATEST("Price", "price", TYPE_DECIMAL, "what it cost"),
	LATEST("PriceUnit", "price_unit", TYPE_TEXT, "currency of the price"),
	CONSTANT("StreamName", "stream_name", TYPE_TEXT,
	    "name of a media stream"),
	LATEST("StreamError", "stream_error", TYPE_TEXT,
	    "why a media stream failed"),
	PARAM("Caller", "the same as From"),
	PARAM("Called", "the same as To"),
	PARAM("CalledVia", "the same, older name"),
	PARAM("CallToken",
	    "token to pass the caller's identity to a new call"),
	PARAM("ApplicationSid", "TwiML application (AP) of a client's call"),
	PARAM("FromCity", "city of the caller's number"),
	PARAM("FromState", "its state"),
	PARAM("FromZip", "its postal code"),
	PARAM("ToCity", "city of the called number"),
	PARAM("ToState", "its state"),
	PARAM("ToZip", "its postal code"),
	PARAM("CallerCity", "the same as FromCity"),
	PARAM("CallerState", "the same as FromState"),
	PARAM("CallerZip", "the same as FromZip"),
	PARAM("CallerCountry", "the same as FromCountry"),
	PARAM("CalledCity", "the same as ToCity"),
	PARAM("CalledState", "the same as ToState"),
	PARAM("CalledZip", "the same as ToZip"),
	PARAM("CalledCountry", "the same as ToCountry"),
	PARAM("ErrorMessage", "the error in words"),
	PARAM("ErrorUrl", "on a fallback request: the URL that failed"),
	PARAM("StirPassportToken", "the PASSporT of the call"),
	PARAM("SipSourceIp", "address that the INVITE came from"),
	PARAM("SipHeader_*", "header of the INVITE"),
	PARAM("Timestamp", "when the event happened, RFC 2822"),
	PARAM("Digits",
	    "keys pressed, without the finishing one; hangup at the "
	    "end of a Record"),
	PARAM("FinishedOnKey", "key that ended the input"),
	PARAM("msg", "Gather End"),
	PARAM("SpeechResult", "what was said"),
	PARAM("Confidence", "confidence of it, 0 to 1; may be absent"),
	PARAM("Language", "language of the recognition"),
	PARAM("StableSpeechResult", "partial result that will not change"),
	PARAM("UnstableSpeechResult", "partial result that may change"),
	PARAM("Stability", "stability of it, 0 to 1"),
	PARAM("DialSipCallId", "Call-ID of the SIP leg"),
	PARAM("DialSipHeader_*", "header of the final response"),
	PARAM("QueuePosition", "place in the queue, from 1"),
	PARAM("AvgQueueTime", "average time in the queue, seconds"),
	PARAM("CurrentQueueSize", "calls in the queue"),
	PARAM("MaxQueueSize", "most calls that it takes"),
	PARAM("DequeingCallSid",
	    "call that takes this one from the queue (spelled so)"),
	PARAM("Result", "success, or why the payment failed"),
	PARAM("PaymentMethod", "credit-card or ach-debit"),
	PARAM("PaymentConfirmationCode",
	    "the processor's confirmation of a charge"),
	PARAM("PaymentToken", "token of the payment method"),
	PARAM("ProfileId", "customer at the processor"),
	PARAM("PaymentError", "the processor's error in words"),
	PARAM("ConnectorError", "the connector's error"),
	PARAM("PayErrorCode", "Twilio's error code of the payment"),
	PARAM("PaymentCardNumber", "card number, all but 4 digits hidden"),
	PARAM("PaymentCardType", "visa, mastercard, amex ..."),
	PARAM("PaymentCardPostalCode", "postal code of the card"),
	PARAM("ExpirationDate", "end of the card, MMYY"),
	PARAM("SecurityCode", "security code, hidden"),
	PARAM("BankAccountNumber", "bank account, all but 2 digits hidden"),
	PARAM("BankRoutingNumber", "routing number"),
	PARAM("BankAccountType",
	    "consumer-checking, consumer-savings, commercial-checking"),
	PARAM("PaymentConnector", "name of the connector"),
	PARAM("For", "what is being asked (progress of a payment)"),
	PARAM("Attempt", "which attempt, from 1 (progress of a payment)"),
	PARAM("ErrorType",
	    "what was wrong with the input (progress of a payment)"),
	PARAM("PartialResult",
	    "true: more digits to come (progress of a payment)"),
	PARAM("Capture", "what is being captured (progress of a payment)"),
	PARAM("Required",
	    "what is still to be captured (progress of a payment)"),
	PARAM("ChargeAmount", "amount to charge"),
	PARAM("Sid", "SID of the payment (PK)"),
	PARAM("ReferSipResponseCode", "SIP code of the answer to REFER"),
	PARAM("NotifySipResponseCode", "last SIP code told by NOTIFY"),
	PARAM("ReferTransferTarget", "Refer-To of a REFER sent to Twilio"),
	PARAM("SessionId", "ConversationRelay session (VX)"),
	PARAM("SessionStatus", "ended, completed, failed"),
	PARAM("SessionDuration", "its length in seconds"),
	PARAM("HandoffData", "what the application passed at the end"),
	PARAM("SiprecSid", "SIPREC session (SR)"),
	PARAM("SiprecEvent", "siprec-started, siprec-stopped, siprec-error"),
	PARAM("SiprecName", "its name"),
	PARAM("SiprecError", "the error in words"),
	PARAM("EventSid", "Event Streams: the event"),
	PARAM("RequestDateCreated", "Event Streams: when Twilio asked"),
};

/* Twilio, docs/voice/api/recording. */
static const struct field recording_fields[] = {
	COMMON,
	TO("RecordingSid", "sid", "the recording"),
	TO("RecordingStatus", "status", "of the recording"),
	TO("CallSid", "parent", "call recorded (the parent leg)"),
	TO("ErrorCode", "error_code", "why it failed"),
	CONSTANT("ConferenceSid", "conference_sid", TYPE_TEXT,
	    "conference recorded; the parent without a CallSid"),
	CONSTANT("RecordingSource", "source", TYPE_TEXT,
	    "DialVerb, Conference, RecordVerb ..."),
	CONSTANT("RecordingTrack", "track", TYPE_TEXT,
	    "inbound, outbound or both"),
	CONSTANT("RecordingStartTime", "start_time", TYPE_TEXT,
	    "RFC 2822 date"),
	LATEST("RecordingUrl", "url", TYPE_TEXT, "where it can be had"),
	LATEST("RecordingDuration", "duration_seconds", TYPE_INTEGER,
	    "length in seconds"),
	LATEST("RecordingChannels", "channels", TYPE_INTEGER,
	    "one or two"),
};

/* Twilio, docs/voice/twiml/record and docs/voice/twiml/transcription. */
static const struct field transcription_fields[] = {
	COMMON,
	TO("TranscriptionSid", "sid", "the transcription"),
	TO("TranscriptionStatus", "status", "of a recording's"),
	TO("TranscriptionEvent", "status", "of a real-time one"),
	TO("From", "from", "caller"),
	TO("To", "to", "who is called"),
	TO("SequenceId", "seq", "order of real-time events"),
	TO("ErrorCode", "error_code", "why it failed"),
	CONSTANT("CallSid", "call_sid", TYPE_TEXT,
	    "call transcribed; the parent without a RecordingSid"),
	TO("RecordingSid", "parent", "recording transcribed"),
	CONSTANT("RecordingUrl", "recording_url", TYPE_TEXT, "the same"),
	LATEST("TranscriptionUrl", "url", TYPE_TEXT, "where it can be had"),
	CONSTANT("TranscriptionEngine", "engine", TYPE_TEXT,
	    "of a real-time one"),
	CONSTANT("LanguageCode", "language", TYPE_TEXT, "as en-US"),
	LATEST("TranscriptionError", "error_message", TYPE_TEXT,
	    "why it failed, in words"),
	LATEST("Track", "track", TYPE_TEXT,
	    "inbound_track, outbound_track, both_tracks"),
	PARAM("TranscriptionText", "the text"),
	PARAM("TranscriptionType", "fast"),
	PARAM("url", "the same as TranscriptionUrl"),
	PARAM("CallStatus", "status of the call"),
	PARAM("Direction", "direction of the call"),
	PARAM("Caller", "the same as From"),
	PARAM("Called", "the same as To"),
	PARAM("TranscriptionData", "JSON: transcript, confidence"),
	PARAM("ProviderConfiguration", "JSON: the engine's settings"),
	PARAM("PartialResults", "whether partial results are sent"),
	PARAM("Final", "true: this utterance will not change"),
	PARAM("Stability", "stability of a partial result"),
	PARAM("Timestamp", "when, ISO 8601"),
	PARAM("TranscriptionErrorCode", "its number"),
	PARAM("ErrorMessage", "the error in words, in some captures"),
};

/* Twilio, docs/voice/twiml/conference. */
static const struct field conference_fields[] = {
	COMMON,
	TO("ConferenceSid", "sid", "the conference; a participant's parent"),
	TO("CallSid", "sid", "a participant: ConferenceSid/CallSid"),
	TO("StatusCallbackEvent", "status", "what happened"),
	TO("SequenceNumber", "seq", "order of the conference's events"),
	TO("Timestamp", "clock", "RFC 2822 date; orders participants"),
	CONSTANT("FriendlyName", "friendly_name", TYPE_TEXT,
	    "name of the conference"),
	LATEST("ParticipantLabel", "label", TYPE_TEXT,
	    "name of the participant"),
	LATEST("Muted", "muted", TYPE_BOOLEAN, "cannot be heard"),
	LATEST("Hold", "hold", TYPE_BOOLEAN, "is on hold"),
	LATEST("Coaching", "coaching", TYPE_BOOLEAN, "is heard by one only"),
	LATEST("CallSidToCoach", "coached_call_sid", TYPE_TEXT,
	    "who hears the coach"),
	LATEST("EndConferenceOnExit", "end_on_exit", TYPE_BOOLEAN,
	    "the conference ends without it"),
	LATEST("StartConferenceOnEnter", "start_on_enter", TYPE_BOOLEAN,
	    "the conference starts with it"),
	LATEST("ParticipantCallStatus", "call_status", TYPE_TEXT,
	    "of the call of one that left"),
	LATEST("ReasonParticipantLeft", "left_reason", TYPE_TEXT,
	    "why it left"),
	LATEST("CallSidEndingConference", "ended_by_call_sid", TYPE_TEXT,
	    "whose leaving ended it"),
	LATEST("ParticipantLabelEndingConference", "ended_by_label",
	    TYPE_TEXT, "the same, its label"),
	LATEST("ReasonConferenceEnded", "ended_reason", TYPE_TEXT,
	    "why it ended"),
	LATEST("ReasonAnnouncementFailed", "announcement_error", TYPE_TEXT,
	    "why an announcement failed"),
	PARAM("AnnounceUrl", "URL of an announcement"),
	PARAM("Reason", "why it ended, in words"),
	PARAM("EventName", "conference-record-end (deprecated)"),
	PARAM("RecordingUrl", "its recording (deprecated)"),
	PARAM("Duration", "length of the recording in seconds (deprecated)"),
	PARAM("RecordingFileSize", "bytes of the recording (deprecated)"),
};

/* Twilio, docs/conversations/conversations-webhooks. */
static const struct field conversation_fields[] = {
	COMMON,
	TO("EventType", "kind", "which webhook it is"),
	TO("ConversationSid", "sid", "the conversation; others' parent"),
	TO("MessageSid", "sid", "a message; a receipt's parent"),
	TO("ParticipantSid", "sid", "a participant"),
	TO("UserSid", "sid", "a user"),
	TO("DeliveryReceiptSid", "sid", "a delivery receipt"),
	TO("ChatServiceSid", "parent", "the service; routes match it"),
	TO("Status", "status", "of a delivery receipt"),
	TO("State", "status", "of a conversation"),
	TO("StateTo", "status", "of a conversation"),
	TO("StateFrom", "key", "what it was before"),
	TO("StateUpdated", "clock", "ISO 8601"),
	TO("DateCreated", "clock", "ISO 8601"),
	TO("DateUpdated", "clock", "ISO 8601"),
	TO("DateRemoved", "clock", "ISO 8601"),
	TO("Timestamp", "clock", "ISO 8601"),
	TO("ErrorCode", "error_code", "why a delivery failed"),
	TO("Author", "from", "who wrote it"),
	TO("MessagingBinding.Address", "from", "number of a participant"),
	TO("MessagingBinding.ProxyAddress", "to", "number it is served by"),
	LATEST("FriendlyName", "friendly_name", TYPE_TEXT, "name"),
	LATEST("UniqueName", "unique_name", TYPE_TEXT, "name of your own"),
	LATEST("Attributes", "attributes", TYPE_TEXT, "JSON of your own"),
	LATEST("Reason", "state_reason", TYPE_TEXT, "API, TIMER or EVENT"),
	LATEST("Identity", "identity", TYPE_TEXT, "of a participant or user"),
	LATEST("RoleSid", "role_sid", TYPE_TEXT, "role"),
	LATEST("LastReadMessageIndex", "last_read_index", TYPE_INTEGER,
	    "how far a participant has read"),
	CONSTANT("Index", "message_index", TYPE_INTEGER,
	    "number of a message in its conversation"),
	CONSTANT("MessagingServiceSid", "messaging_service_sid", TYPE_TEXT,
	    "Messaging Service"),
	CONSTANT("ChannelMessageSid", "channel_message_sid", TYPE_TEXT,
	    "message of the channel"),
	CONSTANT("Source", "source", TYPE_TEXT, "SDK, API, SMS ..."),
	CONSTANT("ClientIdentity", "client_identity", TYPE_TEXT,
	    "who did it, of the SDK"),
	LATEST("isOnline", "is_online", TYPE_BOOLEAN, "of a user"),
	LATEST("isNotifiable", "is_notifiable", TYPE_BOOLEAN, "of a user"),
	PARAM("Body", "text of a message"),
	PARAM("RetryCount", "how often it was tried before; not in the key"),
	PARAM("MessageBody", "text of the message that makes a conversation"),
	PARAM("Subject", "subject of the message"),
	PARAM("Media", "JSON array of the media"),
	PARAM("MessagingBinding.ProjectedAddress",
	    "Twilio's number that stands for a group member"),
	PARAM("MessagingBinding.AuthorAddress",
	    "who wrote the group message that makes a conversation"),
	PARAM("MessagingBinding.Type", "SMS, CHAT, WHATSAPP"),
	PARAM("ChannelMetadata", "JSON of the channel"),
};

/* Twilio, Debugging Events Webhook; what its Payload holds comes as well. */
static const struct field alert_fields[] = {
	COMMON,
	TO("Sid", "sid", "the alert"),
	TO("Level", "status", "error or warning"),
	TO("Payload.ResourceSid", "parent", "what it is about"),
	TO("Payload.ErrorCode", "error_code", "Twilio's error"),
	CONSTANT("Timestamp", "occurred_at", TYPE_TEXT, "ISO 8601"),
	CONSTANT("Payload.ServiceSid", "service_sid", TYPE_TEXT,
	    "service that it happened in"),
	CONSTANT("Payload.MoreInfo.Msg", "message", TYPE_TEXT, "in words"),
	CONSTANT("Payload.MoreInfo.SourceComponent", "source_component",
	    TYPE_TEXT, "part of Twilio that says so"),
	CONSTANT("Payload.MoreInfo.HttpResponse", "http_status",
	    TYPE_INTEGER, "what the webhook answered"),
	CONSTANT("Payload.MoreInfo.Url", "url", TYPE_TEXT,
	    "webhook that failed"),
	CONSTANT("Payload.Webhook.Request.Url", "url", TYPE_TEXT,
	    "webhook that failed"),
	CONSTANT("Payload.Webhook.Type", "webhook_type", TYPE_TEXT,
	    "its media type"),
	PARAM("Payload", "JSON, whose members follow"),
	PARAM("Payload.MoreInfo.ErrorCode", "the same as Payload.ErrorCode"),
	PARAM("Payload.MoreInfo.LogLevel", "the same as Level"),
	PARAM("Payload.Webhook.Request.Method", "POST or GET"),
	PARAM("PayloadType", "application/json"),
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char		*name;
	const struct field	*at;
	size_t			 n;
} topics[TOPICS] = {
	[TOPIC_MESSAGE] = { "message", message_fields,
	    COUNT(message_fields) },
	[TOPIC_CALL] = { "call", call_fields, COUNT(call_fields) },
	[TOPIC_RECORDING] = { "recording", recording_fields,
	    COUNT(recording_fields) },
	[TOPIC_TRANSCRIPTION] = { "transcription", transcription_fields,
	    COUNT(transcription_fields) },
	[TOPIC_CONFERENCE] = { "conference", conference_fields,
	    COUNT(conference_fields) },
	[TOPIC_CONVERSATION] = { "conversation", conversation_fields,
	    COUNT(conversation_fields) },
	[TOPIC_ALERT] = { "alert", alert_fields, COUNT(alert_fields) },
};

const struct field *
field_topic(enum topic t, size_t *n)
{
	*n = topics[t].n;
	return topics[t].at;
}

const char *
field_topic_name(enum topic t)
{
	return topics[t].name;
}

const char *
field_class_name(enum fact_class c)
{
	switch (c) {
	case FACT_NONE:
		break;
	case FACT_CONSTANT:
		return "constant";
	case FACT_LATEST:
		return "latest";
	}
	return NULL;
}

const char *
field_type_name(enum fact_type t)
{
	static const char *const names[] = {
		[TYPE_TEXT] = "text",
		[TYPE_INTEGER] = "integer",
		[TYPE_DECIMAL] = "decimal",
		[TYPE_BOOLEAN] = "boolean",
	};

	return names[t];
}

bool
field_topic_of(const char *resource, enum topic *out)
{
	static const struct {
		const char	*resource;
		enum topic	 topic;
	} others[] = {
		{ "participant", TOPIC_CONFERENCE },
		{ "conversation_message", TOPIC_CONVERSATION },
		{ "conversation_participant", TOPIC_CONVERSATION },
		{ "conversation_user", TOPIC_CONVERSATION },
		{ "delivery_receipt", TOPIC_CONVERSATION },
		{ "media_stream", TOPIC_CALL },
	};
	struct str	name = str_from(resource);
	size_t		i;

	for (i = 0; i < TOPICS; i++)
		if (str_eq(name, str_from(topics[i].name))) {
			*out = (enum topic)i;
			return true;
		}
	for (i = 0; i < COUNT(others); i++)
		if (str_eq(name, str_from(others[i].resource))) {
			*out = others[i].topic;
			return true;
		}
	return false;
}

/* A name with '*' at its end is one with digits there, or anything. */
static bool
is_param(struct str pattern, struct str param)
{
	if (str_ends(pattern, STR("*")))
		return param.n >= pattern.n &&
		    str_starts(param, str_sub(pattern, 0, pattern.n - 1));
	return str_eq(pattern, param);
}

const struct field *
field_find(enum topic t, struct str param)
{
	size_t	i;

	for (i = 0; i < topics[t].n; i++)
		if (is_param(str_from(topics[t].at[i].param), param))
			return &topics[t].at[i];
	return NULL;
}

static size_t
digits(struct str s)
{
	size_t	n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

static bool
is_decimal(struct str s)
{
	size_t	n;

	if (s.n > 0 && s.p[0] == '-')
		s = str_sub(s, 1, s.n);
	n = digits(s);
	if (n == 0 || n > 12)
		return false;
	s = str_sub(s, n, s.n);
	if (s.n == 0)
		return true;
	n = digits(str_sub(s, 1, s.n));
	return s.p[0] == '.' && n > 0 && n <= 12 && n + 1 == s.n;
}

bool
field_fits(enum fact_type t, struct str s)
{
	switch (t) {
	case TYPE_TEXT:
		return true;
	case TYPE_INTEGER:
		return s.n > 0 && s.n <= 9 && digits(s) == s.n;
	case TYPE_DECIMAL:
		return is_decimal(s);
	case TYPE_BOOLEAN:
		return str_eq(s, STR("true")) || str_eq(s, STR("false"));
	}
	return false;
}
