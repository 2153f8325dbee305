/*
 * Messages. Sources: docs/messaging/guides/webhook-request,
 * docs/messaging/guides/outbound-message-status-in-status-callbacks,
 * docs/messaging/guides/track-outbound-message-status,
 * docs/messaging/tutorials/advanced-opt-out, docs/whatsapp/buttons,
 * docs/rcs; the order is that of requests as they came.
 */
#include "sample.h"

#define SMS_HEAD \
	"ToCountry=US\n" \
	"ToState=\n" \
	"SmsMessageSid={sid}\n" \
	"NumMedia=0\n" \
	"ToCity=\n" \
	"FromZip=94105\n" \
	"SmsSid={sid}\n" \
	"FromState=CA\n" \
	"SmsStatus={status:received}\n" \
	"FromCity=SAN FRANCISCO\n"
#define SMS_TAIL \
	"ToZip=\n" \
	"NumSegments=1\n" \
	"MessageSid={sid}\n" \
	"AccountSid={account}\n" \
	"From={from:+15550101001}\n" \
	"ApiVersion=2010-04-01\n"
#define SMS(body) \
	SMS_HEAD \
	"Body={body:" body "}\n" \
	"FromCountry=US\n" \
	"To={to:+15550101002}\n" \
	SMS_TAIL
#define SERVICE_SMS(body) \
	SMS_HEAD \
	"Body={body:" body "}\n" \
	"FromCountry=US\n" \
	"To={to:+15550101002}\n" \
	"MessagingServiceSid={MG}\n" \
	SMS_TAIL

/* Head: what comes before; type: MessageType; mid: behind Body. */
#define WHATSAPP(head, media, type, body, mid) \
	head \
	"SmsMessageSid={sid}\n" \
	"NumMedia=" media "\n" \
	"ProfileName=Ada Lovelace\n" \
	"MessageType=" type "\n" \
	"SmsSid={sid}\n" \
	"WaId=15550101001\n" \
	"SmsStatus={status:received}\n" \
	"Body={body:" body "}\n" \
	mid \
	"To={to:whatsapp:+15550101002}\n" \
	"NumSegments=1\n" \
	"ReferralNumMedia=0\n" \
	"MessageSid={sid}\n" \
	"AccountSid={account}\n" \
	"ChannelMetadata={\"type\":\"whatsapp\",\"data\":{\"context\":" \
	"{\"ProfileName\":\"Ada Lovelace\",\"WaId\":\"15550101001\"}}}\n" \
	"From={from:whatsapp:+15550101001}\n" \
	"ApiVersion=2010-04-01\n"

#define MEDIA "https://api.twilio.com/2010-04-01/Accounts/{account}" \
	"/Messages/{sid}/Media/{ME}"

/* The status of a message, as it stands in callbacks of SMS. */
#define STATUS(head, status, service) \
	head \
	"SmsSid={sid}\n" \
	"SmsStatus={status:" status "}\n" \
	"MessageStatus={status:" status "}\n" \
	"To={to:+15550101001}\n" \
	service \
	"MessageSid={sid}\n" \
	"AccountSid={account}\n" \
	"From={from:+15550101002}\n" \
	"ApiVersion=2010-04-01\n"
#define SMS_STATUS(status) \
	STATUS("RawDlrDoneDate={carrier}\nErrorCode={error}\n", status, "")
#define SERVICE "MessagingServiceSid={MG}\n"

/* Of WhatsApp; the order is that of a captured read receipt. */
#define CHANNEL_STATUS(channel, head, status, tail) \
	head \
	"SmsSid={sid}\n" \
	"SmsStatus={status:" status "}\n" \
	"MessageStatus={status:" status "}\n" \
	"ChannelToAddress=+1555010XXXX\n" \
	"To={to:" channel ":+15550101001}\n" \
	"ChannelPrefix=" channel "\n" \
	"MessagingServiceSid={MG}\n" \
	"MessageSid={sid}\n" \
	"AccountSid={account}\n" \
	"StructuredMessage=false\n" \
	"From={from:" channel ":+15550101002}\n" \
	"ApiVersion=2010-04-01\n" \
	tail
#define INSTALL "ChannelInstallSid={XE}\n"

const struct sample samples_message[] = {
	{ "message.inbound", "sms", "SM", SMS("Hello from offhook") },
	{ "message.inbound", "service", "SM",
	    SERVICE_SMS("Hello from offhook") },
	{ "message.inbound", "mms", "MM",
	    "ToCountry=US\n"
	    "MediaContentType1=text/x-vcard\n"
	    "MediaContentType0=image/jpeg\n"
	    "ToState=\n"
	    "SmsMessageSid={sid}\n"
	    "NumMedia=2\n"
	    "ToCity=\n"
	    "FromZip=94105\n"
	    "SmsSid={sid}\n"
	    "FromState=CA\n"
	    "SmsStatus={status:received}\n"
	    "FromCity=SAN FRANCISCO\n"
	    "Body={body:}\n"
	    "FromCountry=US\n"
	    "To={to:+15550101002}\n"
	    "ToZip=\n"
	    "NumSegments=2\n"
	    "MessageSid={sid}\n"
	    "AccountSid={account}\n"
	    "From={from:+15550101001}\n"
	    "MediaUrl1=" MEDIA "b\n"
	    "MediaUrl0=" MEDIA "\n"
	    "ApiVersion=2010-04-01\n" },
	{ "message.inbound", "short-code", "SM",
	    "ToCountry=US\n"
	    "ToState=\n"
	    "SmsMessageSid={sid}\n"
	    "NumMedia=0\n"
	    "ToCity=\n"
	    "FromZip=\n"
	    "SmsSid={sid}\n"
	    "FromState=\n"
	    "SmsStatus={status:received}\n"
	    "FromCity=\n"
	    "Body={body:Your code is 123456}\n"
	    "FromCountry=US\n"
	    "To={to:+15550101002}\n"
	    "ToZip=\n"
	    "AddOns={\"status\":\"successful\",\"message\":null,\"code\":null,"
	    "\"results\":{}}\n"
	    "NumSegments=1\n"
	    "MessageSid={sid}\n"
	    "AccountSid={account}\n"
	    "From={from:55501}\n"
	    "ApiVersion=2010-04-01\n" },
	/* Advanced Opt-Out has answered already. */
	{ "message.inbound", "stop", "SM",
	    "OptOutType=STOP\n" SERVICE_SMS("STOP") },
	{ "message.inbound", "start", "SM",
	    "OptOutType=START\n" SERVICE_SMS("START") },
	{ "message.inbound", "help", "SM",
	    "OptOutType=HELP\n" SERVICE_SMS("HELP") },
	{ "message.inbound", "whatsapp", "SM",
	    WHATSAPP("", "0", "text", "Hello from offhook", "") },
	{ "message.inbound", "whatsapp-media", "MM",
	    WHATSAPP("MediaContentType0=image/jpeg\n", "1", "image", "",
	    "MediaUrl0=" MEDIA "\n") },
	{ "message.inbound", "whatsapp-reply", "SM",
	    WHATSAPP("OriginalRepliedMessageSender=whatsapp:+15550101002\n"
	    "Forwarded=false\nFrequentlyForwarded=false\n", "0", "text",
	    "Yes, please", "OriginalRepliedMessageSid={MM}\n") },
	{ "message.inbound", "whatsapp-forwarded", "SM",
	    WHATSAPP("Forwarded=true\nFrequentlyForwarded=true\n", "0",
	    "text", "Have you seen this?", "") },
	{ "message.inbound", "whatsapp-button", "SM",
	    WHATSAPP("OriginalRepliedMessageSender=whatsapp:+15550101002\n"
	    "ExternalUserId=whatsapp:ID.5550101001\n", "0", "button",
	    "Confirm", "ButtonText=Confirm\nButtonPayload=confirm-42\n"
	    "ButtonType=REPLY\nOriginalRepliedMessageSid={MM}\n") },
	{ "message.inbound", "whatsapp-location", "SM",
	    WHATSAPP("Latitude=37.7884\nLongitude=-122.3957\n", "0",
	    "location", "", "Address=101 Example Street\nLabel=Office\n") },
	{ "message.inbound", "whatsapp-list", "SM",
	    WHATSAPP("OriginalRepliedMessageSender=whatsapp:+15550101002\n",
	    "0", "interactive", "Tuesday",
	    "ListId=tue\nListTitle=Tuesday\n"
	    "InteractiveData={\"type\":\"list_reply\",\"list_reply\":"
	    "{\"id\":\"tue\",\"title\":\"Tuesday\"}}\n"
	    "OriginalRepliedMessageSid={MM}\n") },
	{ "message.inbound", "whatsapp-flow", "SM",
	    WHATSAPP("", "0", "interactive", "",
	    "FlowData={\"screen_0\":{\"rating\":\"5\"}}\n"
	    "InteractiveData={\"type\":\"nfm_reply\"}\n") },
	/* The first message after a click on an advertisement. */
	{ "message.inbound", "whatsapp-referral", "SM",
	    "ReferralBody=Half price this week\n"
	    "ReferralHeadline=Example Shop\n"
	    "ReferralSourceId=120208815550101\n"
	    "ReferralSourceType=ad\n"
	    "ReferralSourceUrl=https://example.com/ad\n"
	    "ReferralMediaId=5550101\n"
	    "ReferralMediaContentType=image/jpeg\n"
	    "ReferralMediaUrl=https://example.com/ad.jpg\n"
	    "ReferralCtwaClid=ARexample\n"
	    WHATSAPP("", "0", "text", "I saw your advertisement", "") },
	{ "message.inbound", "rcs", "SM",
	    "SmsMessageSid={sid}\n"
	    "NumMedia=0\n"
	    "SmsSid={sid}\n"
	    "SmsStatus={status:received}\n"
	    "Body={body:Confirm}\n"
	    "ButtonText=Confirm\n"
	    "ButtonPayload=confirm-42\n"
	    "ButtonType=REPLY\n"
	    "To={to:rcs:example_agent}\n"
	    "MessagingServiceSid={MG}\n"
	    "NumSegments=1\n"
	    "MessageSid={sid}\n"
	    "AccountSid={account}\n"
	    "ChannelMetadata={\"type\":\"rcs\",\"data\":{}}\n"
	    "From={from:rcs:+15550101001}\n"
	    "ApiVersion=2010-04-01\n" },
	{ "message.inbound", "messenger", "SM",
	    "SmsMessageSid={sid}\n"
	    "NumMedia=0\n"
	    "SmsSid={sid}\n"
	    "SmsStatus={status:received}\n"
	    "Body={body:Hello from offhook}\n"
	    "To={to:messenger:5550101002}\n"
	    "NumSegments=1\n"
	    "MessageSid={sid}\n"
	    "AccountSid={account}\n"
	    "From={from:messenger:5550101001}\n"
	    "ApiVersion=2010-04-01\n" },

	{ "message.status", "sms", "SM", SMS_STATUS("delivered") },
	{ "message.status", "accepted", "SM",
	    STATUS("", "accepted", SERVICE) },
	{ "message.status", "scheduled", "SM",
	    STATUS("", "scheduled", SERVICE) },
	{ "message.status", "queued", "SM", STATUS("", "queued", SERVICE) },
	{ "message.status", "sending", "SM", SMS_STATUS("sending") },
	{ "message.status", "sent", "SM", SMS_STATUS("sent") },
	{ "message.status", "service", "SM",
	    STATUS("RawDlrDoneDate={carrier}\nErrorCode={error}\n",
	    "delivered", SERVICE) },
	/* Unknown handset; and a carrier's filter. */
	{ "message.status", "undelivered", "SM",
	    STATUS("RawDlrDoneDate={carrier}\nErrorCode={error:30003}\n",
	    "undelivered", "") },
	{ "message.status", "blocked", "SM",
	    STATUS("RawDlrDoneDate={carrier}\nErrorCode={error:30007}\n"
	    "ErrorMessage=Message filtered\n", "undelivered", "") },
	{ "message.status", "failed", "SM",
	    STATUS("ErrorCode={error:21211}\n"
	    "ErrorMessage=Invalid 'To' Phone Number\n", "failed", "") },
	{ "message.status", "canceled", "SM",
	    STATUS("", "canceled", SERVICE) },
	{ "message.status", "partially-delivered", "SM",
	    SMS_STATUS("partially_delivered") },
	{ "message.status", "whatsapp", "SM",
	    CHANNEL_STATUS("whatsapp", "", "sent", INSTALL) },
	{ "message.status", "whatsapp-delivered", "SM",
	    CHANNEL_STATUS("whatsapp", "EventType=DELIVERED\n", "delivered",
	    INSTALL) },
	{ "message.status", "whatsapp-read", "SM",
	    CHANNEL_STATUS("whatsapp", "EventType=READ\n", "read", INSTALL) },
	{ "message.status", "whatsapp-undelivered", "SM",
	    CHANNEL_STATUS("whatsapp", "EventType=UNDELIVERED\n"
	    "ErrorCode={error:63016}\n"
	    "ChannelStatusMessage=Failed to send freeform message because "
	    "you are outside the allowed window.\n", "undelivered",
	    INSTALL) },
	{ "message.status", "rcs-read", "SM",
	    CHANNEL_STATUS("rcs", "EventType=READ\n", "read", "") },

	{ "message.fallback", "sms", "SM",
	    "ErrorCode={error:11200}\n"
	    "ErrorUrl=https://hooks.example.com/twilio\n"
	    SMS("Hello from offhook") },
	{ "message.fallback", "mms", "MM",
	    "ErrorCode={error:11200}\n"
	    "ErrorUrl=https://hooks.example.com/twilio\n"
	    "MediaContentType0=image/jpeg\n"
	    "MediaUrl0=" MEDIA "\n"
	    "NumMedia=1\n"
	    "SmsMessageSid={sid}\n"
	    "SmsSid={sid}\n"
	    "SmsStatus={status:received}\n"
	    "Body={body:}\n"
	    "To={to:+15550101002}\n"
	    SMS_TAIL },
	{ NULL, NULL, NULL, NULL }
};
