/*
 * What belongs to calls: recordings, transcriptions, media streams,
 * conferences. Sources: docs/voice/twiml/conference#attributes-status-callback,
 * docs/voice/twiml/record#recordingstatuscallback, docs/voice/twiml/stream,
 * docs/voice/twiml/record#transcribecallback,
 * docs/voice/twiml/transcription#statuscallbackurl.
 */
#include "sample.h"

#define ACCOUNT "https://api.twilio.com/2010-04-01/Accounts/{account}"

#define RECORDING_OF(of, status, source, channels) \
	"RecordingSource=" source "\n" \
	"RecordingTrack=both\n" \
	"RecordingSid={sid}\n" \
	"RecordingUrl=" ACCOUNT "/Recordings/{sid}\n" \
	"RecordingStatus={status:" status "}\n" \
	"RecordingChannels=" channels "\n" \
	"ErrorCode={error:0}\n" \
	of \
	"RecordingStartTime={rfc2822}\n" \
	"AccountSid={account}\n"
#define OF_CALL "CallSid={CA}\n"

#define TRANSCRIPTION(status, text) \
	"ApiVersion=2010-04-01\n" \
	"TranscriptionType=fast\n" \
	"TranscriptionUrl=" ACCOUNT "/Recordings/{RE}/Transcriptions/{sid}\n" \
	"TranscriptionSid={sid}\n" \
	"Called={to:+15550101002}\n" \
	"RecordingSid={RE}\n" \
	"CallStatus=completed\n" \
	"RecordingUrl=" ACCOUNT "/Recordings/{RE}\n" \
	"From={from:+15550101001}\n" \
	"Direction=inbound\n" \
	"url=" ACCOUNT "/Recordings/{RE}/Transcriptions/{sid}\n" \
	"AccountSid={account}\n" \
	"TranscriptionText=" text "\n" \
	"Caller={from:+15550101001}\n" \
	"TranscriptionStatus={status:" status "}\n" \
	"CallSid={CA}\n" \
	"To={to:+15550101002}\n"

#define REALTIME(event, more, seq) \
	"LanguageCode=en-US\n" \
	"TranscriptionSid={sid}\n" \
	"TranscriptionEvent=" event "\n" \
	"CallSid={CA}\n" \
	more \
	"Timestamp={iso}\n" \
	"AccountSid={account}\n" \
	"SequenceId={seq:" seq "}\n"

#define STREAM(event, more) \
	"AccountSid={account}\n" \
	"CallSid={CA}\n" \
	"StreamSid={sid}\n" \
	"StreamName=example\n" \
	"StreamEvent=" event "\n" \
	more \
	"Timestamp={iso}\n"

#define CONFERENCE(event, more, seq) \
	"ConferenceSid={CF}\n" \
	"FriendlyName=Room 1234\n" \
	"AccountSid={account}\n" \
	"SequenceNumber={seq:" seq "}\n" \
	"Timestamp={rfc2822}\n" \
	"StatusCallbackEvent=" event "\n" \
	more
#define MEMBER(event, muted, hold, more, seq) \
	CONFERENCE(event, \
	"CallSid={CA}\n" \
	"Muted=" muted "\n" \
	"Hold=" hold "\n" \
	"Coaching=false\n" \
	"EndConferenceOnExit=false\n" \
	"StartConferenceOnEnter=true\n" \
	"ParticipantLabel=customer\n" \
	more, seq)

const struct sample samples_voice[] = {
	{ "call.stream", "started", "MZ", STREAM("stream-started", "") },
	{ "call.stream", "stopped", "MZ", STREAM("stream-stopped", "") },
	{ "call.stream", "error", "MZ",
	    STREAM("stream-error", "StreamError=Connection refused\n") },

	{ "recording.status", "completed", "RE",
	    RECORDING_OF("RecordingDuration=17\n" OF_CALL, "completed",
	    "RecordVerb", "1") },
	{ "recording.status", "in-progress", "RE",
	    RECORDING_OF(OF_CALL, "in-progress", "StartCallRecordingAPI",
	    "2") },
	{ "recording.status", "absent", "RE",
	    RECORDING_OF("RecordingDuration=0\n" OF_CALL, "absent",
	    "OutboundAPI", "2") },
	{ "recording.status", "failed", "RE",
	    RECORDING_OF("RecordingDuration=0\n" OF_CALL, "failed",
	    "Trunking", "2") },
	{ "recording.status", "dial", "RE",
	    RECORDING_OF("RecordingDuration=17\n" OF_CALL, "completed",
	    "DialVerb", "2") },
	{ "recording.status", "conference", "RE",
	    RECORDING_OF("RecordingDuration=17\nConferenceSid={CF}\n",
	    "completed", "Conference", "1") },

	{ "transcription.status", "completed", "TR",
	    TRANSCRIPTION("completed", "{body:Please call me back.}") },
	{ "transcription.status", "failed", "TR",
	    TRANSCRIPTION("failed", "") },

	{ "transcription.realtime", "started", "GT",
	    REALTIME("transcription-started",
	    "TranscriptionEngine=google\n"
	    "ProviderConfiguration={\"profanityFilter\":\"true\","
	    "\"speechModel\":\"telephony\","
	    "\"enableAutomaticPunctuation\":\"true\"}\n"
	    "PartialResults=false\n"
	    "Track=both_tracks\n", "1") },
	{ "transcription.realtime", "content", "GT",
	    REALTIME("transcription-content",
	    "TranscriptionData={\"transcript\":\"Please call me back.\","
	    "\"confidence\":0.9554443}\n"
	    "Final=true\n"
	    "Track=inbound_track\n", "2") },
	{ "transcription.realtime", "partial", "GT",
	    REALTIME("transcription-content",
	    "TranscriptionData={\"transcript\":\"Please call\"}\n"
	    "Final=false\n"
	    "Stability=0.9\n"
	    "Track=inbound_track\n", "3") },
	{ "transcription.realtime", "stopped", "GT",
	    REALTIME("transcription-stopped", "", "4") },
	{ "transcription.realtime", "error", "GT",
	    REALTIME("transcription-error",
	    "TranscriptionErrorCode={error:32650}\n"
	    "TranscriptionError=Invalid transcription engine\n", "5") },

	{ "conference.status", "start", "CF",
	    CONFERENCE("conference-start",
	    "CallSid={CA}\nMuted=false\nHold=false\nCoaching=false\n"
	    "EndConferenceOnExit=false\nStartConferenceOnEnter=true\n", "2") },
	{ "conference.status", "end", "CF",
	    CONFERENCE("conference-end",
	    "CallSidEndingConference={CA}\n"
	    "ParticipantLabelEndingConference=customer\n"
	    "ReasonConferenceEnded=last-participant-left\n"
	    "Reason=Last participant left\n", "9") },
	{ "conference.status", "announcement-end", "CF",
	    CONFERENCE("announcement-end",
	    "AnnounceUrl=https://example.com/announce.mp3\n", "5") },
	{ "conference.status", "announcement-fail", "CF",
	    CONFERENCE("announcement-fail",
	    "AnnounceUrl=https://example.com/announce.mp3\n"
	    "ReasonAnnouncementFailed=404 Not Found\n", "5") },

	{ "participant.status", "join", "CF",
	    MEMBER("participant-join", "false", "false", "", "1") },
	{ "participant.status", "leave", "CF",
	    MEMBER("participant-leave", "false", "false",
	    "ParticipantCallStatus=completed\n"
	    "ReasonParticipantLeft=participant_hung_up\n", "8") },
	{ "participant.status", "mute", "CF",
	    MEMBER("participant-mute", "true", "false", "", "3") },
	{ "participant.status", "unmute", "CF",
	    MEMBER("participant-unmute", "false", "false", "", "4") },
	{ "participant.status", "hold", "CF",
	    MEMBER("participant-hold", "false", "true", "", "3") },
	{ "participant.status", "unhold", "CF",
	    MEMBER("participant-unhold", "false", "false", "", "4") },
	{ "participant.status", "modify", "CF",
	    MEMBER("participant-modify", "false", "false", "", "5") },
	{ "participant.status", "speech-start", "CF",
	    MEMBER("participant-speech-start", "false", "false", "", "5") },
	{ "participant.status", "speech-stop", "CF",
	    MEMBER("participant-speech-stop", "false", "false", "", "6") },
	{ NULL, NULL, NULL, NULL }
};
