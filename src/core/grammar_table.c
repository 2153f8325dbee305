/*
 * Made by tools/grammar from grammar/twiml.json (types and values: npm twilio
 * 6.2.0, MIT licence); not edited by hand. See grammar.h.
 */
#include "grammar.h"

static const struct grammar_type type_voice[59];
static const struct grammar_type type_messaging[5];
static const struct grammar_type type_fax[2];

static const char *const values_0_at[] = {
	"false", "true",
};
static const struct grammar_values values_0 = {
	values_0_at, 2, NULL, false
};
static const char *const values_1_at[] = {
	"GET", "POST",
};
static const struct grammar_values values_1 = {
	values_1_at, 2, NULL, false
};
static const char *const values_2_at[] = {
	"answered", "completed", "initiated", "ringing",
};
static const struct grammar_values values_2 = {
	values_2_at, 4, NULL, false
};
static const char *const values_3_at[] = {
	"false", "onEnter", "onExit", "true",
};
static const struct grammar_values values_3 = {
	values_3_at, 4, NULL, false
};
static const char *const values_4_at[] = {
	"large", "medium", "off", "small",
};
static const struct grammar_values values_4 = {
	values_4_at, 4, NULL, false
};
static const char *const values_5_at[] = {
	"do-not-record", "record-from-start",
};
static const struct grammar_values values_5 = {
	values_5_at, 2, NULL, false
};
static const char *const values_6_at[] = {
	"absent", "completed", "in-progress",
};
static const struct grammar_values values_6 = {
	values_6_at, 3, NULL, false
};
static const char *const values_7_at[] = {
	"au1", "br1", "de1", "ie1", "jp1", "sg1", "us1", "us2",
};
static const struct grammar_values values_7 = {
	values_7_at, 8, NULL, false
};
static const char *const values_8_at[] = {
	"announcement", "end", "hold", "join", "leave", "modify", "mute",
	"speaker", "start",
};
static const struct grammar_values values_8 = {
	values_8_at, 9, NULL, false
};
static const char *const values_9_at[] = {
	"do-not-trim", "trim-silence",
};
static const struct grammar_values values_9 = {
	values_9_at, 2, NULL, false
};
static const char *const values_10_at[] = {
	"do-not-record", "false", "record-from-answer",
	"record-from-answer-dual", "record-from-ringing",
	"record-from-ringing-dual", "true",
};
static const struct grammar_values values_10 = {
	values_10_at, 7, NULL, false
};
static const char *const values_11_at[] = {
	"call-answered", "call-completed", "call-initiated", "call-ringing",
};
static const struct grammar_values values_11 = {
	values_11_at, 4, NULL, false
};
static const char *const values_12_at[] = {
	"any", "dtmf", "none", "speech",
};
static const struct grammar_values values_12 = {
	values_12_at, 4, NULL, false
};
static const char *const values_13_at[] = {
	"call-progress-event",
};
static const struct grammar_values values_13 = {
	values_13_at, 1, NULL, false
};
static const char *const values_14_at[] = {
	"do-not-record", "record-from-answer", "record-from-answer-dual",
	"record-from-ringing", "record-from-ringing-dual",
};
static const struct grammar_values values_14 = {
	values_14_at, 5, NULL, false
};
static const char *const values_15_at[] = {
	"both", "inbound", "outbound",
};
static const struct grammar_values values_15 = {
	values_15_at, 3, NULL, false
};
static const char *const values_16_at[] = {
	"at", "au", "be", "bg", "br", "ch", "cl", "cn", "cz", "de", "dk", "ee",
	"es", "fi", "fr", "gr", "hu", "il", "in", "it", "jp", "lt", "mx", "my",
	"nl", "no", "nz", "ph", "pl", "pt", "ru", "se", "sg", "th", "tw", "uk",
	"us", "us-old", "ve", "za",
};
static const struct grammar_values values_16 = {
	values_16_at, 40, NULL, false
};
static const char *const values_17_at[] = {
	"dtmf", "speech",
};
static const struct grammar_values values_17 = {
	values_17_at, 2, NULL, false
};
static const char *const values_18_at[] = {
	"af-ZA", "am-ET", "ar-AE", "ar-BH", "ar-DZ", "ar-EG", "ar-IL", "ar-IQ",
	"ar-JO", "ar-KW", "ar-LB", "ar-MA", "ar-OM", "ar-PS", "ar-QA", "ar-SA",
	"ar-TN", "az-AZ", "bg-BG", "bn-BD", "bn-IN", "ca-ES", "cmn-Hans-CN",
	"cmn-Hant-TW", "cs-CZ", "da-DK", "de-DE", "el-GR", "en-AU", "en-CA",
	"en-GB", "en-GH", "en-IE", "en-IN", "en-KE", "en-NG", "en-NZ", "en-PH",
	"en-SG", "en-TZ", "en-US", "en-ZA", "es-AR", "es-BO", "es-CL", "es-CO",
	"es-CR", "es-DO", "es-EC", "es-ES", "es-GT", "es-HN", "es-MX", "es-NI",
	"es-PA", "es-PE", "es-PR", "es-PY", "es-SV", "es-US", "es-UY", "es-VE",
	"et-EE", "eu-ES", "fa-IR", "fi-FI", "fil-PH", "fr-CA", "fr-FR",
	"gl-ES", "gu-IN", "he-IL", "hi-IN", "hr-HR", "hu-HU", "hy-AM", "id-ID",
	"is-IS", "it-IT", "ja-JP", "jv-ID", "ka-GE", "km-KH", "kn-IN", "ko-KR",
	"lo-LA", "lt-LT", "lv-LV", "mk-MK", "ml-IN", "mn-MN", "mr-IN", "ms-MY",
	"my-MM", "nar-IQ", "nb-NO", "ne-NP", "nl-BE", "nl-NL", "pa-guru-IN",
	"pl-PL", "pt-BR", "pt-PT", "ro-RO", "ru-RU", "si-LK", "sk-SK", "sl-SI",
	"sq-AL", "sr-RS", "su-ID", "sv-SE", "sw-KE", "sw-TZ", "ta-IN", "ta-LK",
	"ta-MY", "ta-SG", "te-IN", "th-TH", "tr-TR", "uk-UA", "ur-IN", "ur-PK",
	"uz-UZ", "vi-VN", "yue-Hant-HK", "zh", "zh-TW", "zu-ZA",
};
static const struct grammar_values values_18 = {
	values_18_at, 130,
	    "[a-z]{2,3}-[A-Z]{2}|"
	    "[a-z]{2,3}-[A-Z]?[a-z]{3,4}-[A-Z]{2}|"
	    "[a-z]{2,3}-[0-9]{3}", true
};
static const char *const values_19_at[] = {
	"commercial-checking", "commercial-savings", "consumer-checking",
	"consumer-savings",
};
static const struct grammar_values values_19 = {
	values_19_at, 4, NULL, false
};
static const char *const values_20_at[] = {
	"dtmf",
};
static const struct grammar_values values_20 = {
	values_20_at, 1, NULL, false
};
static const char *const values_21_at[] = {
	"de-DE", "en-AU", "en-CA", "en-GB", "en-IE", "en-IN", "en-NZ", "en-PH",
	"en-US", "en-ZA", "es-ES", "es-US", "fr-CA", "fr-FR", "it-IT",
};
static const struct grammar_values values_21 = {
	values_21_at, 15,
	    "[a-z]{2,3}-[A-Z]{2}|"
	    "[a-z]{2,3}-[A-Z]?[a-z]{3,4}-[A-Z]{2}|"
	    "[a-z]{2,3}-[0-9]{3}", true
};
static const char *const values_22_at[] = {
	"ach-debit", "credit-card",
};
static const struct grammar_values values_22 = {
	values_22_at, 2, NULL, false
};
static const char *const values_23_at[] = {
	"one-time", "payment-method", "reusable",
};
static const struct grammar_values values_23 = {
	values_23_at, 3, NULL, false
};
static const char *const values_24_at[] = {
	"amex", "diners-club", "discover", "enroute", "jcb", "maestro",
	"mastercard", "optima", "visa",
};
static const struct grammar_values values_24 = {
	values_24_at, 9, NULL, false
};
static const char *const values_25_at[] = {
	"input-matching-failed", "internal-error", "invalid-card-number",
	"invalid-card-type", "invalid-date", "invalid-security-code",
	"timeout",
};
static const struct grammar_values values_25 = {
	values_25_at, 7, NULL, false
};
static const char *const values_26_at[] = {
	"invalid-bank-routing-number",
};
static const struct grammar_values values_26 = {
	values_26_at, 1, NULL, false
};
static const char *const values_27_at[] = {
	"bank-account-number", "bank-routing-number", "expiration-date",
	"payment-card-number", "payment-processing", "postal-code",
	"security-code",
};
static const struct grammar_values values_27 = {
	values_27_at, 7, NULL, false
};
static const char *const values_28_at[] = {
	"dual", "mono",
};
static const struct grammar_values values_28 = {
	values_28_at, 2, NULL, false
};
static const char *const values_29_at[] = {
	"busy", "rejected",
};
static const struct grammar_values values_29 = {
	values_29_at, 2, NULL, false
};
static const char *const values_30_at[] = {
	"2008-08-01", "2010-04-01",
};
static const struct grammar_values values_30 = {
	values_30_at, 2, NULL, false
};
static const char *const values_31_at[] = {
	"af-ZA", "am-ET", "ar-AE", "ar-XA", "arb", "bg-BG", "bn-IN", "ca-ES",
	"cmn-CN", "cmn-TW", "cs-CZ", "cy-GB", "da-DK", "de-AT", "de-DE",
	"el-GR", "en-AU", "en-CA", "en-GB", "en-GB-WLS", "en-IE", "en-IN",
	"en-NZ", "en-US", "en-ZA", "es-ES", "es-MX", "es-US", "fi-FI",
	"fil-PH", "fr-BE", "fr-CA", "fr-FR", "gu-IN", "he-IL", "hi-IN",
	"hu-HU", "id-ID", "is-IS", "it-IT", "ja-JP", "kn-IN", "ko-KR", "lv-LV",
	"ml-IN", "mr-IN", "ms-MY", "nb-NO", "nl-BE", "nl-NL", "pa-IN", "pl-PL",
	"pt-BR", "pt-PT", "ro-RO", "ru-RU", "sk-SK", "sr-RS", "sv-SE", "ta-IN",
	"te-IN", "th-TH", "tr-TR", "uk-UA", "vi-VN", "yue-HK", "zh-CN",
	"zh-HK", "zh-TW",
};
static const struct grammar_values values_31 = {
	values_31_at, 69,
	    "[a-z]{2,3}-[A-Z]{2}|"
	    "[a-z]{2,3}-[A-Z]?[a-z]{3,4}-[A-Z]{2}|"
	    "[a-z]{2,3}-[0-9]{3}", true
};
static const char *const values_32_at[] = {
	"de", "en", "en-gb", "es", "fr",
};
static const struct grammar_values values_32 = {
	values_32_at, 5, NULL, false
};
static const char *const values_33_at[] = {
	"Google.af-ZA-Standard-A", "Google.am-ET-Standard-A",
	"Google.am-ET-Standard-B", "Google.am-ET-Wavenet-A",
	"Google.am-ET-Wavenet-B", "Google.ar-XA-Chirp3-HD-Aoede",
	"Google.ar-XA-Chirp3-HD-Charon", "Google.ar-XA-Chirp3-HD-Fenrir",
	"Google.ar-XA-Chirp3-HD-Kore", "Google.ar-XA-Chirp3-HD-Leda",
	"Google.ar-XA-Chirp3-HD-Orus", "Google.ar-XA-Chirp3-HD-Puck",
	"Google.ar-XA-Chirp3-HD-Zephyr", "Google.ar-XA-Standard-A",
	"Google.ar-XA-Standard-B", "Google.ar-XA-Standard-C",
	"Google.ar-XA-Standard-D", "Google.ar-XA-Wavenet-A",
	"Google.ar-XA-Wavenet-B", "Google.ar-XA-Wavenet-C",
	"Google.ar-XA-Wavenet-D", "Google.bg-BG-Standard-A",
	"Google.bg-BG-Standard-B", "Google.bn-IN-Chirp3-HD-Aoede",
	"Google.bn-IN-Chirp3-HD-Charon", "Google.bn-IN-Chirp3-HD-Fenrir",
	"Google.bn-IN-Chirp3-HD-Kore", "Google.bn-IN-Chirp3-HD-Leda",
	"Google.bn-IN-Chirp3-HD-Orus", "Google.bn-IN-Chirp3-HD-Puck",
	"Google.bn-IN-Chirp3-HD-Zephyr", "Google.bn-IN-Standard-A",
	"Google.bn-IN-Standard-B", "Google.bn-IN-Standard-C",
	"Google.bn-IN-Standard-D", "Google.bn-IN-Wavenet-A",
	"Google.bn-IN-Wavenet-B", "Google.bn-IN-Wavenet-C",
	"Google.bn-IN-Wavenet-D", "Google.ca-ES-Standard-A",
	"Google.ca-ES-Standard-B", "Google.cmn-CN-Chirp3-HD-Aoede",
	"Google.cmn-CN-Chirp3-HD-Charon", "Google.cmn-CN-Chirp3-HD-Fenrir",
	"Google.cmn-CN-Chirp3-HD-Kore", "Google.cmn-CN-Chirp3-HD-Leda",
	"Google.cmn-CN-Chirp3-HD-Orus", "Google.cmn-CN-Chirp3-HD-Puck",
	"Google.cmn-CN-Chirp3-HD-Zephyr", "Google.cmn-CN-Standard-A",
	"Google.cmn-CN-Standard-B", "Google.cmn-CN-Standard-C",
	"Google.cmn-CN-Standard-D", "Google.cmn-CN-Wavenet-A",
	"Google.cmn-CN-Wavenet-B", "Google.cmn-CN-Wavenet-C",
	"Google.cmn-CN-Wavenet-D", "Google.cmn-TW-Standard-A",
	"Google.cmn-TW-Standard-B", "Google.cmn-TW-Standard-C",
	"Google.cmn-TW-Wavenet-A", "Google.cmn-TW-Wavenet-B",
	"Google.cmn-TW-Wavenet-C", "Google.cs-CZ-Standard-A",
	"Google.cs-CZ-Standard-B", "Google.cs-CZ-Wavenet-A",
	"Google.cs-CZ-Wavenet-B", "Google.da-DK-Neural2-D",
	"Google.da-DK-Neural2-F", "Google.da-DK-Standard-A",
	"Google.da-DK-Standard-C", "Google.da-DK-Standard-D",
	"Google.da-DK-Standard-E", "Google.da-DK-Standard-F",
	"Google.da-DK-Standard-G", "Google.da-DK-Wavenet-A",
	"Google.da-DK-Wavenet-C", "Google.da-DK-Wavenet-D",
	"Google.da-DK-Wavenet-E", "Google.da-DK-Wavenet-F",
	"Google.da-DK-Wavenet-G", "Google.de-DE-Chirp3-HD-Aoede",
	"Google.de-DE-Chirp3-HD-Charon", "Google.de-DE-Chirp3-HD-Fenrir",
	"Google.de-DE-Chirp3-HD-Kore", "Google.de-DE-Chirp3-HD-Leda",
	"Google.de-DE-Chirp3-HD-Orus", "Google.de-DE-Chirp3-HD-Puck",
	"Google.de-DE-Chirp3-HD-Zephyr", "Google.de-DE-Neural2-A",
	"Google.de-DE-Neural2-B", "Google.de-DE-Neural2-C",
	"Google.de-DE-Neural2-D", "Google.de-DE-Neural2-F",
	"Google.de-DE-Neural2-G", "Google.de-DE-Neural2-H",
	"Google.de-DE-Standard-A", "Google.de-DE-Standard-B",
	"Google.de-DE-Standard-C", "Google.de-DE-Standard-D",
	"Google.de-DE-Standard-E", "Google.de-DE-Standard-F",
	"Google.de-DE-Standard-G", "Google.de-DE-Standard-H",
	"Google.de-DE-Wavenet-A", "Google.de-DE-Wavenet-B",
	"Google.de-DE-Wavenet-C", "Google.de-DE-Wavenet-D",
	"Google.de-DE-Wavenet-E", "Google.de-DE-Wavenet-F",
	"Google.de-DE-Wavenet-G", "Google.de-DE-Wavenet-H",
	"Google.el-GR-Standard-A", "Google.el-GR-Standard-B",
	"Google.el-GR-Wavenet-A", "Google.el-GR-Wavenet-B",
	"Google.en-AU-Chirp3-HD-Aoede", "Google.en-AU-Chirp3-HD-Charon",
	"Google.en-AU-Chirp3-HD-Fenrir", "Google.en-AU-Chirp3-HD-Kore",
	"Google.en-AU-Chirp3-HD-Leda", "Google.en-AU-Chirp3-HD-Orus",
	"Google.en-AU-Chirp3-HD-Puck", "Google.en-AU-Chirp3-HD-Zephyr",
	"Google.en-AU-Neural2-A", "Google.en-AU-Neural2-B",
	"Google.en-AU-Neural2-C", "Google.en-AU-Neural2-D",
	"Google.en-AU-Standard-A", "Google.en-AU-Standard-B",
	"Google.en-AU-Standard-C", "Google.en-AU-Standard-D",
	"Google.en-AU-Wavenet-A", "Google.en-AU-Wavenet-B",
	"Google.en-AU-Wavenet-C", "Google.en-AU-Wavenet-D",
	"Google.en-GB-Chirp3-HD-Aoede", "Google.en-GB-Chirp3-HD-Charon",
	"Google.en-GB-Chirp3-HD-Fenrir", "Google.en-GB-Chirp3-HD-Kore",
	"Google.en-GB-Chirp3-HD-Leda", "Google.en-GB-Chirp3-HD-Orus",
	"Google.en-GB-Chirp3-HD-Puck", "Google.en-GB-Chirp3-HD-Zephyr",
	"Google.en-GB-Neural2-A", "Google.en-GB-Neural2-B",
	"Google.en-GB-Neural2-C", "Google.en-GB-Neural2-D",
	"Google.en-GB-Neural2-F", "Google.en-GB-Neural2-N",
	"Google.en-GB-Neural2-O", "Google.en-GB-Standard-A",
	"Google.en-GB-Standard-B", "Google.en-GB-Standard-C",
	"Google.en-GB-Standard-D", "Google.en-GB-Standard-F",
	"Google.en-GB-Standard-N", "Google.en-GB-Standard-O",
	"Google.en-GB-Wavenet-A", "Google.en-GB-Wavenet-B",
	"Google.en-GB-Wavenet-C", "Google.en-GB-Wavenet-D",
	"Google.en-GB-Wavenet-F", "Google.en-GB-Wavenet-N",
	"Google.en-GB-Wavenet-O", "Google.en-IN-Chirp3-HD-Aoede",
	"Google.en-IN-Chirp3-HD-Charon", "Google.en-IN-Chirp3-HD-Fenrir",
	"Google.en-IN-Chirp3-HD-Kore", "Google.en-IN-Chirp3-HD-Leda",
	"Google.en-IN-Chirp3-HD-Orus", "Google.en-IN-Chirp3-HD-Puck",
	"Google.en-IN-Chirp3-HD-Zephyr", "Google.en-IN-Neural2-A",
	"Google.en-IN-Neural2-B", "Google.en-IN-Neural2-C",
	"Google.en-IN-Neural2-D", "Google.en-IN-Standard-A",
	"Google.en-IN-Standard-B", "Google.en-IN-Standard-C",
	"Google.en-IN-Standard-D", "Google.en-IN-Standard-E",
	"Google.en-IN-Standard-F", "Google.en-IN-Wavenet-A",
	"Google.en-IN-Wavenet-B", "Google.en-IN-Wavenet-C",
	"Google.en-IN-Wavenet-D", "Google.en-IN-Wavenet-E",
	"Google.en-IN-Wavenet-F", "Google.en-US-Chirp3-HD-Aoede",
	"Google.en-US-Chirp3-HD-Charon", "Google.en-US-Chirp3-HD-Fenrir",
	"Google.en-US-Chirp3-HD-Kore", "Google.en-US-Chirp3-HD-Leda",
	"Google.en-US-Chirp3-HD-Orus", "Google.en-US-Chirp3-HD-Puck",
	"Google.en-US-Chirp3-HD-Zephyr", "Google.en-US-Neural2-A",
	"Google.en-US-Neural2-C", "Google.en-US-Neural2-D",
	"Google.en-US-Neural2-E", "Google.en-US-Neural2-F",
	"Google.en-US-Neural2-G", "Google.en-US-Neural2-H",
	"Google.en-US-Neural2-I", "Google.en-US-Neural2-J",
	"Google.en-US-Standard-A", "Google.en-US-Standard-B",
	"Google.en-US-Standard-C", "Google.en-US-Standard-D",
	"Google.en-US-Standard-E", "Google.en-US-Standard-F",
	"Google.en-US-Standard-G", "Google.en-US-Standard-H",
	"Google.en-US-Standard-I", "Google.en-US-Standard-J",
	"Google.en-US-Wavenet-A", "Google.en-US-Wavenet-B",
	"Google.en-US-Wavenet-C", "Google.en-US-Wavenet-D",
	"Google.en-US-Wavenet-E", "Google.en-US-Wavenet-F",
	"Google.en-US-Wavenet-G", "Google.en-US-Wavenet-H",
	"Google.en-US-Wavenet-I", "Google.en-US-Wavenet-J",
	"Google.es-ES-Chirp3-HD-Aoede", "Google.es-ES-Chirp3-HD-Charon",
	"Google.es-ES-Chirp3-HD-Fenrir", "Google.es-ES-Chirp3-HD-Kore",
	"Google.es-ES-Chirp3-HD-Leda", "Google.es-ES-Chirp3-HD-Orus",
	"Google.es-ES-Chirp3-HD-Puck", "Google.es-ES-Chirp3-HD-Zephyr",
	"Google.es-ES-Neural2-A", "Google.es-ES-Neural2-B",
	"Google.es-ES-Neural2-C", "Google.es-ES-Neural2-D",
	"Google.es-ES-Neural2-E", "Google.es-ES-Neural2-F",
	"Google.es-ES-Neural2-G", "Google.es-ES-Neural2-H",
	"Google.es-ES-Standard-A", "Google.es-ES-Standard-B",
	"Google.es-ES-Standard-C", "Google.es-ES-Standard-D",
	"Google.es-ES-Standard-E", "Google.es-ES-Standard-F",
	"Google.es-ES-Standard-G", "Google.es-ES-Standard-H",
	"Google.es-ES-Wavenet-B", "Google.es-ES-Wavenet-C",
	"Google.es-ES-Wavenet-D", "Google.es-ES-Wavenet-E",
	"Google.es-ES-Wavenet-F", "Google.es-ES-Wavenet-G",
	"Google.es-ES-Wavenet-H", "Google.es-US-Chirp3-HD-Aoede",
	"Google.es-US-Chirp3-HD-Charon", "Google.es-US-Chirp3-HD-Fenrir",
	"Google.es-US-Chirp3-HD-Kore", "Google.es-US-Chirp3-HD-Leda",
	"Google.es-US-Chirp3-HD-Orus", "Google.es-US-Chirp3-HD-Puck",
	"Google.es-US-Chirp3-HD-Zephyr", "Google.es-US-Neural2-A",
	"Google.es-US-Neural2-B", "Google.es-US-Neural2-C",
	"Google.es-US-Standard-A", "Google.es-US-Standard-B",
	"Google.es-US-Standard-C", "Google.es-US-Wavenet-A",
	"Google.es-US-Wavenet-B", "Google.es-US-Wavenet-C",
	"Google.eu-ES-Standard-A", "Google.eu-ES-Standard-B",
	"Google.fi-FI-Standard-A", "Google.fi-FI-Standard-B",
	"Google.fi-FI-Wavenet-A", "Google.fi-FI-Wavenet-B",
	"Google.fil-PH-Standard-A", "Google.fil-PH-Standard-B",
	"Google.fil-PH-Standard-C", "Google.fil-PH-Standard-D",
	"Google.fil-PH-Wavenet-A", "Google.fil-PH-Wavenet-B",
	"Google.fil-PH-Wavenet-C", "Google.fil-PH-Wavenet-D",
	"Google.fil-ph-Neural2-A", "Google.fil-ph-Neural2-D",
	"Google.fr-CA-Chirp3-HD-Aoede", "Google.fr-CA-Chirp3-HD-Charon",
	"Google.fr-CA-Chirp3-HD-Fenrir", "Google.fr-CA-Chirp3-HD-Kore",
	"Google.fr-CA-Chirp3-HD-Leda", "Google.fr-CA-Chirp3-HD-Orus",
	"Google.fr-CA-Chirp3-HD-Puck", "Google.fr-CA-Chirp3-HD-Zephyr",
	"Google.fr-CA-Neural2-A", "Google.fr-CA-Neural2-B",
	"Google.fr-CA-Neural2-C", "Google.fr-CA-Neural2-D",
	"Google.fr-CA-Standard-A", "Google.fr-CA-Standard-B",
	"Google.fr-CA-Standard-C", "Google.fr-CA-Standard-D",
	"Google.fr-CA-Wavenet-A", "Google.fr-CA-Wavenet-B",
	"Google.fr-CA-Wavenet-C", "Google.fr-CA-Wavenet-D",
	"Google.fr-FR-Chirp3-HD-Aoede", "Google.fr-FR-Chirp3-HD-Charon",
	"Google.fr-FR-Chirp3-HD-Fenrir", "Google.fr-FR-Chirp3-HD-Kore",
	"Google.fr-FR-Chirp3-HD-Leda", "Google.fr-FR-Chirp3-HD-Orus",
	"Google.fr-FR-Chirp3-HD-Puck", "Google.fr-FR-Chirp3-HD-Zephyr",
	"Google.fr-FR-Neural2-A", "Google.fr-FR-Neural2-B",
	"Google.fr-FR-Neural2-C", "Google.fr-FR-Neural2-D",
	"Google.fr-FR-Neural2-E", "Google.fr-FR-Neural2-F",
	"Google.fr-FR-Neural2-G", "Google.fr-FR-Standard-A",
	"Google.fr-FR-Standard-B", "Google.fr-FR-Standard-C",
	"Google.fr-FR-Standard-D", "Google.fr-FR-Standard-E",
	"Google.fr-FR-Standard-F", "Google.fr-FR-Standard-G",
	"Google.fr-FR-Wavenet-A", "Google.fr-FR-Wavenet-B",
	"Google.fr-FR-Wavenet-C", "Google.fr-FR-Wavenet-D",
	"Google.fr-FR-Wavenet-E", "Google.fr-FR-Wavenet-F",
	"Google.fr-FR-Wavenet-G", "Google.gl-ES-Standard-A",
	"Google.gl-ES-Standard-B", "Google.gu-IN-Chirp3-HD-Aoede",
	"Google.gu-IN-Chirp3-HD-Charon", "Google.gu-IN-Chirp3-HD-Fenrir",
	"Google.gu-IN-Chirp3-HD-Kore", "Google.gu-IN-Chirp3-HD-Leda",
	"Google.gu-IN-Chirp3-HD-Orus", "Google.gu-IN-Chirp3-HD-Puck",
	"Google.gu-IN-Chirp3-HD-Zephyr", "Google.gu-IN-Standard-A",
	"Google.gu-IN-Standard-B", "Google.gu-IN-Standard-C",
	"Google.gu-IN-Standard-D", "Google.gu-IN-Wavenet-A",
	"Google.gu-IN-Wavenet-B", "Google.gu-IN-Wavenet-C",
	"Google.gu-IN-Wavenet-D", "Google.he-IL-Standard-A",
	"Google.he-IL-Standard-B", "Google.he-IL-Standard-C",
	"Google.he-IL-Standard-D", "Google.he-IL-Wavenet-A",
	"Google.he-IL-Wavenet-B", "Google.he-IL-Wavenet-C",
	"Google.he-IL-Wavenet-D", "Google.hi-IN-Chirp3-HD-Aoede",
	"Google.hi-IN-Chirp3-HD-Charon", "Google.hi-IN-Chirp3-HD-Fenrir",
	"Google.hi-IN-Chirp3-HD-Kore", "Google.hi-IN-Chirp3-HD-Leda",
	"Google.hi-IN-Chirp3-HD-Orus", "Google.hi-IN-Chirp3-HD-Puck",
	"Google.hi-IN-Chirp3-HD-Zephyr", "Google.hi-IN-Neural2-A",
	"Google.hi-IN-Neural2-B", "Google.hi-IN-Neural2-C",
	"Google.hi-IN-Neural2-D", "Google.hi-IN-Standard-A",
	"Google.hi-IN-Standard-B", "Google.hi-IN-Standard-C",
	"Google.hi-IN-Standard-D", "Google.hi-IN-Standard-E",
	"Google.hi-IN-Standard-F", "Google.hi-IN-Wavenet-A",
	"Google.hi-IN-Wavenet-B", "Google.hi-IN-Wavenet-C",
	"Google.hi-IN-Wavenet-D", "Google.hi-IN-Wavenet-E",
	"Google.hi-IN-Wavenet-F", "Google.hu-HU-Standard-A",
	"Google.hu-HU-Standard-B", "Google.hu-HU-Wavenet-A",
	"Google.id-ID-Chirp3-HD-Aoede", "Google.id-ID-Chirp3-HD-Charon",
	"Google.id-ID-Chirp3-HD-Fenrir", "Google.id-ID-Chirp3-HD-Kore",
	"Google.id-ID-Chirp3-HD-Leda", "Google.id-ID-Chirp3-HD-Orus",
	"Google.id-ID-Chirp3-HD-Puck", "Google.id-ID-Chirp3-HD-Zephyr",
	"Google.id-ID-Standard-A", "Google.id-ID-Standard-B",
	"Google.id-ID-Standard-C", "Google.id-ID-Standard-D",
	"Google.id-ID-Wavenet-A", "Google.id-ID-Wavenet-B",
	"Google.id-ID-Wavenet-C", "Google.id-ID-Wavenet-D",
	"Google.is-IS-Standard-A", "Google.is-IS-Standard-B",
	"Google.it-IT-Chirp3-HD-Aoede", "Google.it-IT-Chirp3-HD-Charon",
	"Google.it-IT-Chirp3-HD-Fenrir", "Google.it-IT-Chirp3-HD-Kore",
	"Google.it-IT-Chirp3-HD-Leda", "Google.it-IT-Chirp3-HD-Orus",
	"Google.it-IT-Chirp3-HD-Puck", "Google.it-IT-Chirp3-HD-Zephyr",
	"Google.it-IT-Neural2-A", "Google.it-IT-Neural2-C",
	"Google.it-IT-Neural2-F", "Google.it-IT-Standard-A",
	"Google.it-IT-Standard-B", "Google.it-IT-Standard-C",
	"Google.it-IT-Standard-D", "Google.it-IT-Standard-E",
	"Google.it-IT-Standard-F", "Google.it-IT-Wavenet-A",
	"Google.it-IT-Wavenet-B", "Google.it-IT-Wavenet-C",
	"Google.it-IT-Wavenet-D", "Google.it-IT-Wavenet-E",
	"Google.it-IT-Wavenet-F", "Google.ja-JP-Chirp3-HD-Aoede",
	"Google.ja-JP-Chirp3-HD-Charon", "Google.ja-JP-Chirp3-HD-Fenrir",
	"Google.ja-JP-Chirp3-HD-Kore", "Google.ja-JP-Chirp3-HD-Leda",
	"Google.ja-JP-Chirp3-HD-Orus", "Google.ja-JP-Chirp3-HD-Puck",
	"Google.ja-JP-Chirp3-HD-Zephyr", "Google.ja-JP-Neural2-B",
	"Google.ja-JP-Neural2-C", "Google.ja-JP-Neural2-D",
	"Google.ja-JP-Standard-A", "Google.ja-JP-Standard-B",
	"Google.ja-JP-Standard-C", "Google.ja-JP-Standard-D",
	"Google.ja-JP-Wavenet-A", "Google.ja-JP-Wavenet-B",
	"Google.ja-JP-Wavenet-C", "Google.ja-JP-Wavenet-D",
	"Google.kn-IN-Chirp3-HD-Aoede", "Google.kn-IN-Chirp3-HD-Charon",
	"Google.kn-IN-Chirp3-HD-Fenrir", "Google.kn-IN-Chirp3-HD-Kore",
	"Google.kn-IN-Chirp3-HD-Leda", "Google.kn-IN-Chirp3-HD-Orus",
	"Google.kn-IN-Chirp3-HD-Puck", "Google.kn-IN-Chirp3-HD-Zephyr",
	"Google.kn-IN-Standard-A", "Google.kn-IN-Standard-B",
	"Google.kn-IN-Standard-C", "Google.kn-IN-Standard-D",
	"Google.kn-IN-Wavenet-A", "Google.kn-IN-Wavenet-B",
	"Google.kn-IN-Wavenet-C", "Google.kn-IN-Wavenet-D",
	"Google.ko-KR-Chirp3-HD-Aoede", "Google.ko-KR-Chirp3-HD-Charon",
	"Google.ko-KR-Chirp3-HD-Fenrir", "Google.ko-KR-Chirp3-HD-Kore",
	"Google.ko-KR-Chirp3-HD-Leda", "Google.ko-KR-Chirp3-HD-Orus",
	"Google.ko-KR-Chirp3-HD-Puck", "Google.ko-KR-Chirp3-HD-Zephyr",
	"Google.ko-KR-Neural2-A", "Google.ko-KR-Neural2-B",
	"Google.ko-KR-Neural2-C", "Google.ko-KR-Standard-A",
	"Google.ko-KR-Standard-B", "Google.ko-KR-Standard-C",
	"Google.ko-KR-Standard-D", "Google.ko-KR-Wavenet-A",
	"Google.ko-KR-Wavenet-B", "Google.ko-KR-Wavenet-C",
	"Google.ko-KR-Wavenet-D", "Google.lt-LT-Standard-A",
	"Google.lt-LT-Standard-B", "Google.lv-LV-Standard-A",
	"Google.lv-LV-Standard-B", "Google.ml-IN-Chirp3-HD-Aoede",
	"Google.ml-IN-Chirp3-HD-Charon", "Google.ml-IN-Chirp3-HD-Fenrir",
	"Google.ml-IN-Chirp3-HD-Kore", "Google.ml-IN-Chirp3-HD-Leda",
	"Google.ml-IN-Chirp3-HD-Orus", "Google.ml-IN-Chirp3-HD-Puck",
	"Google.ml-IN-Chirp3-HD-Zephyr", "Google.ml-IN-Standard-A",
	"Google.ml-IN-Standard-B", "Google.ml-IN-Standard-C",
	"Google.ml-IN-Standard-D", "Google.ml-IN-Wavenet-A",
	"Google.ml-IN-Wavenet-B", "Google.ml-IN-Wavenet-C",
	"Google.ml-IN-Wavenet-D", "Google.mr-IN-Chirp3-HD-Aoede",
	"Google.mr-IN-Chirp3-HD-Charon", "Google.mr-IN-Chirp3-HD-Fenrir",
	"Google.mr-IN-Chirp3-HD-Kore", "Google.mr-IN-Chirp3-HD-Leda",
	"Google.mr-IN-Chirp3-HD-Orus", "Google.mr-IN-Chirp3-HD-Puck",
	"Google.mr-IN-Chirp3-HD-Zephyr", "Google.mr-IN-Standard-A",
	"Google.mr-IN-Standard-B", "Google.mr-IN-Standard-C",
	"Google.mr-IN-Wavenet-A", "Google.mr-IN-Wavenet-B",
	"Google.mr-IN-Wavenet-C", "Google.ms-MY-Standard-A",
	"Google.ms-MY-Standard-B", "Google.ms-MY-Standard-C",
	"Google.ms-MY-Standard-D", "Google.ms-MY-Wavenet-A",
	"Google.ms-MY-Wavenet-B", "Google.ms-MY-Wavenet-C",
	"Google.ms-MY-Wavenet-D", "Google.nb-NO-Standard-A",
	"Google.nb-NO-Standard-B", "Google.nb-NO-Standard-C",
	"Google.nb-NO-Standard-D", "Google.nb-NO-Standard-E",
	"Google.nb-NO-Standard-F", "Google.nb-NO-Standard-G",
	"Google.nb-NO-Wavenet-A", "Google.nb-NO-Wavenet-B",
	"Google.nb-NO-Wavenet-C", "Google.nb-NO-Wavenet-D",
	"Google.nb-NO-Wavenet-E", "Google.nb-NO-Wavenet-F",
	"Google.nb-NO-Wavenet-G", "Google.nl-BE-Standard-A",
	"Google.nl-BE-Standard-B", "Google.nl-BE-Standard-C",
	"Google.nl-BE-Standard-D", "Google.nl-BE-Wavenet-A",
	"Google.nl-BE-Wavenet-B", "Google.nl-BE-Wavenet-C",
	"Google.nl-BE-Wavenet-D", "Google.nl-NL-Chirp3-HD-Aoede",
	"Google.nl-NL-Chirp3-HD-Charon", "Google.nl-NL-Chirp3-HD-Fenrir",
	"Google.nl-NL-Chirp3-HD-Kore", "Google.nl-NL-Chirp3-HD-Leda",
	"Google.nl-NL-Chirp3-HD-Orus", "Google.nl-NL-Chirp3-HD-Puck",
	"Google.nl-NL-Chirp3-HD-Zephyr", "Google.nl-NL-Standard-A",
	"Google.nl-NL-Standard-B", "Google.nl-NL-Standard-C",
	"Google.nl-NL-Standard-D", "Google.nl-NL-Standard-E",
	"Google.nl-NL-Standard-F", "Google.nl-NL-Standard-G",
	"Google.nl-NL-Wavenet-A", "Google.nl-NL-Wavenet-B",
	"Google.nl-NL-Wavenet-C", "Google.nl-NL-Wavenet-D",
	"Google.nl-NL-Wavenet-E", "Google.nl-NL-Wavenet-F",
	"Google.nl-NL-Wavenet-G", "Google.pa-IN-Standard-A",
	"Google.pa-IN-Standard-B", "Google.pa-IN-Standard-C",
	"Google.pa-IN-Standard-D", "Google.pa-IN-Wavenet-A",
	"Google.pa-IN-Wavenet-B", "Google.pa-IN-Wavenet-C",
	"Google.pa-IN-Wavenet-D", "Google.pl-PL-Chirp3-HD-Aoede",
	"Google.pl-PL-Chirp3-HD-Charon", "Google.pl-PL-Chirp3-HD-Fenrir",
	"Google.pl-PL-Chirp3-HD-Kore", "Google.pl-PL-Chirp3-HD-Leda",
	"Google.pl-PL-Chirp3-HD-Orus", "Google.pl-PL-Chirp3-HD-Puck",
	"Google.pl-PL-Chirp3-HD-Zephyr", "Google.pl-PL-Standard-A",
	"Google.pl-PL-Standard-B", "Google.pl-PL-Standard-C",
	"Google.pl-PL-Standard-D", "Google.pl-PL-Standard-E",
	"Google.pl-PL-Standard-F", "Google.pl-PL-Standard-G",
	"Google.pl-PL-Wavenet-A", "Google.pl-PL-Wavenet-B",
	"Google.pl-PL-Wavenet-C", "Google.pl-PL-Wavenet-D",
	"Google.pl-PL-Wavenet-E", "Google.pl-PL-Wavenet-F",
	"Google.pl-PL-Wavenet-G", "Google.pt-BR-Chirp3-HD-Aoede",
	"Google.pt-BR-Chirp3-HD-Charon", "Google.pt-BR-Chirp3-HD-Fenrir",
	"Google.pt-BR-Chirp3-HD-Kore", "Google.pt-BR-Chirp3-HD-Leda",
	"Google.pt-BR-Chirp3-HD-Orus", "Google.pt-BR-Chirp3-HD-Puck",
	"Google.pt-BR-Chirp3-HD-Zephyr", "Google.pt-BR-Neural2-A",
	"Google.pt-BR-Neural2-B", "Google.pt-BR-Neural2-C",
	"Google.pt-BR-Standard-A", "Google.pt-BR-Standard-B",
	"Google.pt-BR-Standard-C", "Google.pt-BR-Standard-D",
	"Google.pt-BR-Standard-E", "Google.pt-BR-Wavenet-A",
	"Google.pt-BR-Wavenet-B", "Google.pt-BR-Wavenet-C",
	"Google.pt-BR-Wavenet-D", "Google.pt-BR-Wavenet-E",
	"Google.pt-PT-Standard-A", "Google.pt-PT-Standard-B",
	"Google.pt-PT-Standard-C", "Google.pt-PT-Standard-D",
	"Google.pt-PT-Standard-E", "Google.pt-PT-Standard-F",
	"Google.pt-PT-Wavenet-A", "Google.pt-PT-Wavenet-B",
	"Google.pt-PT-Wavenet-C", "Google.pt-PT-Wavenet-D",
	"Google.pt-PT-Wavenet-E", "Google.pt-PT-Wavenet-F",
	"Google.ro-RO-Standard-A", "Google.ro-RO-Standard-B",
	"Google.ro-RO-Wavenet-A", "Google.ro-RO-Wavenet-B",
	"Google.ru-RU-Chirp3-HD-Aoede", "Google.ru-RU-Chirp3-HD-Charon",
	"Google.ru-RU-Chirp3-HD-Fenrir", "Google.ru-RU-Chirp3-HD-Kore",
	"Google.ru-RU-Chirp3-HD-Leda", "Google.ru-RU-Chirp3-HD-Orus",
	"Google.ru-RU-Chirp3-HD-Puck", "Google.ru-RU-Chirp3-HD-Zephyr",
	"Google.ru-RU-Standard-A", "Google.ru-RU-Standard-B",
	"Google.ru-RU-Standard-C", "Google.ru-RU-Standard-D",
	"Google.ru-RU-Standard-E", "Google.ru-RU-Wavenet-A",
	"Google.ru-RU-Wavenet-B", "Google.ru-RU-Wavenet-C",
	"Google.ru-RU-Wavenet-D", "Google.ru-RU-Wavenet-E",
	"Google.sk-SK-Standard-A", "Google.sk-SK-Standard-B",
	"Google.sk-SK-Wavenet-A", "Google.sk-SK-Wavenet-B",
	"Google.sr-RS-Standard-A", "Google.sv-SE-Standard-A",
	"Google.sv-SE-Standard-B", "Google.sv-SE-Standard-C",
	"Google.sv-SE-Standard-D", "Google.sv-SE-Standard-E",
	"Google.sv-SE-Standard-F", "Google.sv-SE-Standard-G",
	"Google.sv-SE-Wavenet-A", "Google.sv-SE-Wavenet-B",
	"Google.sv-SE-Wavenet-C", "Google.sv-SE-Wavenet-D",
	"Google.sv-SE-Wavenet-E", "Google.sv-SE-Wavenet-F",
	"Google.sv-SE-Wavenet-G", "Google.ta-IN-Chirp3-HD-Aoede",
	"Google.ta-IN-Chirp3-HD-Charon", "Google.ta-IN-Chirp3-HD-Fenrir",
	"Google.ta-IN-Chirp3-HD-Kore", "Google.ta-IN-Chirp3-HD-Leda",
	"Google.ta-IN-Chirp3-HD-Orus", "Google.ta-IN-Chirp3-HD-Puck",
	"Google.ta-IN-Chirp3-HD-Zephyr", "Google.ta-IN-Standard-A",
	"Google.ta-IN-Standard-B", "Google.ta-IN-Standard-C",
	"Google.ta-IN-Standard-D", "Google.ta-IN-Wavenet-A",
	"Google.ta-IN-Wavenet-B", "Google.ta-IN-Wavenet-C",
	"Google.ta-IN-Wavenet-D", "Google.te-IN-Chirp3-HD-Aoede",
	"Google.te-IN-Chirp3-HD-Charon", "Google.te-IN-Chirp3-HD-Fenrir",
	"Google.te-IN-Chirp3-HD-Kore", "Google.te-IN-Chirp3-HD-Leda",
	"Google.te-IN-Chirp3-HD-Orus", "Google.te-IN-Chirp3-HD-Puck",
	"Google.te-IN-Chirp3-HD-Zephyr", "Google.te-IN-Standard-A",
	"Google.te-IN-Standard-B", "Google.te-IN-Standard-C",
	"Google.te-IN-Standard-D", "Google.th-TH-Chirp3-HD-Aoede",
	"Google.th-TH-Chirp3-HD-Charon", "Google.th-TH-Chirp3-HD-Fenrir",
	"Google.th-TH-Chirp3-HD-Kore", "Google.th-TH-Chirp3-HD-Leda",
	"Google.th-TH-Chirp3-HD-Orus", "Google.th-TH-Chirp3-HD-Puck",
	"Google.th-TH-Chirp3-HD-Zephyr", "Google.th-TH-Neural2-C",
	"Google.th-TH-Standard-A", "Google.tr-TR-Chirp3-HD-Aoede",
	"Google.tr-TR-Chirp3-HD-Charon", "Google.tr-TR-Chirp3-HD-Fenrir",
	"Google.tr-TR-Chirp3-HD-Kore", "Google.tr-TR-Chirp3-HD-Leda",
	"Google.tr-TR-Chirp3-HD-Orus", "Google.tr-TR-Chirp3-HD-Puck",
	"Google.tr-TR-Chirp3-HD-Zephyr", "Google.tr-TR-Standard-A",
	"Google.tr-TR-Standard-B", "Google.tr-TR-Standard-C",
	"Google.tr-TR-Standard-D", "Google.tr-TR-Standard-E",
	"Google.tr-TR-Wavenet-A", "Google.tr-TR-Wavenet-B",
	"Google.tr-TR-Wavenet-C", "Google.tr-TR-Wavenet-D",
	"Google.tr-TR-Wavenet-E", "Google.uk-UA-Standard-A",
	"Google.uk-UA-Wavenet-A", "Google.vi-VN-Chirp3-HD-Aoede",
	"Google.vi-VN-Chirp3-HD-Charon", "Google.vi-VN-Chirp3-HD-Fenrir",
	"Google.vi-VN-Chirp3-HD-Kore", "Google.vi-VN-Chirp3-HD-Leda",
	"Google.vi-VN-Chirp3-HD-Orus", "Google.vi-VN-Chirp3-HD-Puck",
	"Google.vi-VN-Chirp3-HD-Zephyr", "Google.vi-VN-Neural2-A",
	"Google.vi-VN-Neural2-D", "Google.vi-VN-Standard-A",
	"Google.vi-VN-Standard-B", "Google.vi-VN-Standard-C",
	"Google.vi-VN-Standard-D", "Google.vi-VN-Wavenet-A",
	"Google.vi-VN-Wavenet-B", "Google.vi-VN-Wavenet-C",
	"Google.vi-VN-Wavenet-D", "Google.yue-HK-Standard-A",
	"Google.yue-HK-Standard-B", "Google.yue-HK-Standard-C",
	"Google.yue-HK-Standard-D", "Polly.Aditi", "Polly.Adriano-Neural",
	"Polly.Amy", "Polly.Amy-Generative", "Polly.Amy-Neural",
	"Polly.Andres-Generative", "Polly.Andres-Neural", "Polly.Aria-Neural",
	"Polly.Arlet-Neural", "Polly.Arthur-Neural", "Polly.Astrid",
	"Polly.Ayanda-Generative", "Polly.Ayanda-Neural", "Polly.Bianca",
	"Polly.Bianca-Generative", "Polly.Bianca-Neural", "Polly.Brian",
	"Polly.Brian-Neural", "Polly.Burcu-Neural", "Polly.Camila",
	"Polly.Camila-Neural", "Polly.Carla", "Polly.Carmen", "Polly.Celine",
	"Polly.Chantal", "Polly.Conchita", "Polly.Cristiano",
	"Polly.Daniel-Generative", "Polly.Daniel-Neural",
	"Polly.Danielle-Generative", "Polly.Danielle-Neural", "Polly.Dora",
	"Polly.Elin-Neural", "Polly.Emma", "Polly.Emma-Neural",
	"Polly.Enrique", "Polly.Ewa", "Polly.Filiz", "Polly.Gabrielle-Neural",
	"Polly.Geraint", "Polly.Giorgio", "Polly.Gregory-Neural",
	"Polly.Gwyneth", "Polly.Hala-Neural", "Polly.Hannah-Neural",
	"Polly.Hans", "Polly.Hiujin-Neural", "Polly.Ida-Neural", "Polly.Ines",
	"Polly.Ines-Neural", "Polly.Isabelle-Neural", "Polly.Ivy",
	"Polly.Ivy-Neural", "Polly.Jacek", "Polly.Jan", "Polly.Joanna",
	"Polly.Joanna-Generative", "Polly.Joanna-Neural", "Polly.Joey",
	"Polly.Joey-Neural", "Polly.Justin", "Polly.Justin-Neural",
	"Polly.Kajal-Generative", "Polly.Kajal-Neural", "Polly.Karl",
	"Polly.Kazuha-Neural", "Polly.Kendra", "Polly.Kendra-Neural",
	"Polly.Kevin", "Polly.Kevin-Neural", "Polly.Kimberly",
	"Polly.Kimberly-Neural", "Polly.Laura-Neural", "Polly.Lea",
	"Polly.Lea-Generative", "Polly.Lea-Neural", "Polly.Liam-Neural",
	"Polly.Lisa-Neural", "Polly.Liv", "Polly.Lotte", "Polly.Lucia",
	"Polly.Lucia-Generative", "Polly.Lucia-Neural", "Polly.Lupe",
	"Polly.Lupe-Generative", "Polly.Lupe-Neural", "Polly.Mads",
	"Polly.Maja", "Polly.Marlene", "Polly.Mathieu", "Polly.Matthew",
	"Polly.Matthew-Generative", "Polly.Matthew-Neural", "Polly.Maxim",
	"Polly.Mia", "Polly.Mia-Neural", "Polly.Miguel", "Polly.Mizuki",
	"Polly.Mía-Generative", "Polly.Naja", "Polly.Niamh-Neural",
	"Polly.Nicole", "Polly.Ola-Neural", "Polly.Olivia-Generative",
	"Polly.Olivia-Neural", "Polly.Pedro-Generative", "Polly.Pedro-Neural",
	"Polly.Penelope", "Polly.Raveena", "Polly.Remi-Neural",
	"Polly.Ricardo", "Polly.Ruben", "Polly.Russell",
	"Polly.Ruth-Generative", "Polly.Ruth-Neural", "Polly.Rémi-Generative",
	"Polly.Salli", "Polly.Salli-Neural", "Polly.Seoyeon",
	"Polly.Seoyeon-Neural", "Polly.Sergio-Generative",
	"Polly.Sergio-Neural", "Polly.Sofie-Neural",
	"Polly.Stephen-Generative", "Polly.Stephen-Neural",
	"Polly.Suvi-Neural", "Polly.Takumi", "Polly.Takumi-Neural",
	"Polly.Tatyana", "Polly.Thiago-Neural", "Polly.Tomoko-Neural",
	"Polly.Vicki", "Polly.Vicki-Generative", "Polly.Vicki-Neural",
	"Polly.Vitoria", "Polly.Vitoria-Neural", "Polly.Zayd-Neural",
	"Polly.Zeina", "Polly.Zhiyu", "Polly.Zhiyu-Neural", "alice", "man",
	"woman",
};
static const struct grammar_values values_33 = {
	values_33_at, 900,
	    "Polly\\.[A-Z][^ .\\-]+|"
	    "Polly\\.[A-Z][^ .\\-]+-[A-Z][A-Za-z\\-]+|"
	    "Google\\.[a-z]{2,3}-[A-Z]{2}-[A-Z][A-Za-z0-9\\-]+", false
};
static const char *const values_34_at[] = {
	"both_tracks", "inbound_track", "outbound_track",
};
static const struct grammar_values values_34 = {
	values_34_at, 3, NULL, false
};
static const char *const values_35_at[] = {
	"medium", "none", "strong", "weak", "x-strong", "x-weak",
};
static const struct grammar_values values_35 = {
	values_35_at, 6, NULL, false
};
static const char *const values_36_at[] = {
	"moderate", "reduced", "strong",
};
static const struct grammar_values values_36 = {
	values_36_at, 3, NULL, false
};
static const char *const values_37_at[] = {
	"ar-AE", "arb", "ca-ES", "cmn-CN", "cy-GB", "da-DK", "de-AT", "de-DE",
	"en-AU", "en-GB", "en-GB-WLS", "en-IN", "en-NZ", "en-US", "en-ZA",
	"es-ES", "es-MX", "es-US", "fi-FI", "fr-CA", "fr-FR", "he-IL", "hi-IN",
	"is-IS", "it-IT", "ja-JP", "ko-KR", "nb-NO", "nl-NL", "pl-PL", "pt-BR",
	"pt-PT", "ro-RO", "ru-RU", "sv-SE", "tr-TR", "yue-CN",
};
static const struct grammar_values values_37 = {
	values_37_at, 37,
	    "[a-z]{2,3}-[A-Z]{2}|"
	    "[a-z]{2,3}-[A-Z]?[a-z]{3,4}-[A-Z]{2}|"
	    "[a-z]{2,3}-[0-9]{3}", true
};
static const char *const values_38_at[] = {
	"ipa", "x-amazon-jyutping", "x-amazon-pinyin", "x-amazon-pron-kana",
	"x-amazon-yomigana", "x-sampa",
};
static const struct grammar_values values_38 = {
	values_38_at, 6, NULL, false
};
static const char *const values_39_at[] = {
	"d", "dm", "dmy", "m", "md", "mdy", "my", "y", "ym", "ymd", "yyyymmdd",
};
static const struct grammar_values values_39 = {
	values_39_at, 11, NULL, false
};
static const char *const values_40_at[] = {
	"address", "cardinal", "characters", "date", "digits", "expletive",
	"fraction", "number", "ordinal", "spell-out", "telephone", "time",
	"unit",
};
static const struct grammar_values values_40 = {
	values_40_at, 13, NULL, false
};
static const char *const values_41_at[] = {
	"application/pdf", "image/tiff",
};
static const struct grammar_values values_41 = {
	values_41_at, 2, NULL, false
};
static const char *const values_42_at[] = {
	"a4", "legal", "letter",
};
static const struct grammar_values values_42 = {
	values_42_at, 3, NULL, false
};

static const struct grammar_attribute
    attribute_voice_AiSession[] = {
	{ .name = "aiConnector", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "aiSessionConfiguration", .check = GRAMMAR_ANY,
	    .code = 12200 },
};
static const struct grammar_child child_voice_Application[] = {
	{ "ApplicationSid", &type_voice[2], false },
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_Application[] = {
	{ .name = "copyParentTo", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "customerId", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 12200, .values = &values_2 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "url", .check = GRAMMAR_URL, .code = 12200 },
};
static const struct grammar_child child_voice_Client[] = {
	{ "Identity", &type_voice[18], false },
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_Client[] = {
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 12200, .values = &values_2 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "url", .check = GRAMMAR_URL, .code = 12200 },
};
static const struct grammar_attribute
    attribute_voice_Conference[] = {
	{ .name = "beep", .check = GRAMMAR_ENUM, .code = 13235,
	    .values = &values_3 },
	{ .name = "coach", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "endConferenceOnExit", .check = GRAMMAR_ENUM,
	    .code = 13231, .values = &values_0 },
	{ .name = "eventCallbackUrl", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "jitterBufferSize", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_4 },
	{ .name = "maxParticipants", .check = GRAMMAR_INTEGER,
	    .code = 12200, .min = 1 },
	{ .name = "muted", .check = GRAMMAR_ENUM, .code = 13230,
	    .values = &values_0 },
	{ .name = "participantLabel", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "record", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_5 },
	{ .name = "recordingConfigurationId", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "recordingStatusCallback", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "recordingStatusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 13621, .values = &values_6 },
	{ .name = "recordingStatusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "region", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_7 },
	{ .name = "startConferenceOnEnter", .check = GRAMMAR_ENUM,
	    .code = 13232, .values = &values_0 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 12200, .values = &values_8 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "trim", .check = GRAMMAR_ENUM, .code = 13239,
	    .values = &values_9 },
	{ .name = "waitMethod", .check = GRAMMAR_ENUM, .code = 13234,
	    .values = &values_1 },
	{ .name = "waitUrl", .check = GRAMMAR_URL, .code = 13233 },
};
static const struct grammar_attribute
    attribute_voice_Config[] = {
	{ .name = "name", .check = GRAMMAR_ANY, .code = 12200,
	    .required = 12200 },
	{ .name = "value", .check = GRAMMAR_ANY, .code = 12200,
	    .required = 12200 },
};
static const struct grammar_child child_voice_Connect[] = {
	{ "AiSession", &type_voice[0], false },
	{ "Assistant", NULL, true },
	{ "Autopilot", &type_voice[3], false },
	{ "Conversation", &type_voice[8], false },
	{ "ConversationRelay", &type_voice[9], false },
	{ "ConversationRelaySession", &type_voice[10], false },
	{ "Room", &type_voice[35], false },
	{ "Stream", &type_voice[54], false },
	{ "VirtualAgent", &type_voice[57], false },
};
static const struct grammar_attribute
    attribute_voice_Connect[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
};
static const struct grammar_attribute
    attribute_voice_Conversation[] = {
	{ .name = "inboundAutocreation", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_0 },
	{ .name = "inboundTimeout", .check = GRAMMAR_INTEGER,
	    .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
	{ .name = "record", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_10 },
	{ .name = "recordingStatusCallback", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "recordingStatusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 12200, .values = &values_6 },
	{ .name = "recordingStatusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "routingAssignmentTimeout", .check = GRAMMAR_INTEGER,
	    .code = 12200 },
	{ .name = "serviceInstanceSid", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 12200, .values = &values_11 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "trim", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_9 },
	{ .name = "url", .check = GRAMMAR_URL, .code = 12200 },
};
static const struct grammar_child child_voice_ConversationRelay[] = {
	{ "Language", &type_voice[19], false },
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_ConversationRelay[] = {
	{ .name = "backgroundNoiseReduction", .check = GRAMMAR_ANY,
	    .code = 12200, .beyond = true },
	{ .name = "backgroundnoisereduction", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "debug", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "deepgramSmartFormat", .check = GRAMMAR_ANY,
	    .code = 12200, .beyond = true },
	{ .name = "deepgramsmartformat", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "dtmfDetection", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "elevenlabsTextNormalization", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "eotThreshold", .check = GRAMMAR_ANY, .code = 12200,
	    .beyond = true },
	{ .name = "events", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "hints", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "ignoreBackchannel", .check = GRAMMAR_ANY, .code = 12200,
	    .beyond = true },
	{ .name = "ignorebackchannel", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "intelligenceService", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "interruptSensitivity", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "interruptible", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "language", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "partialPrompts", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "preemptible", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "profanityFilter", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "reportInputDuringAgentSpeech", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_0, .more = &values_12 },
	{ .name = "speechModel", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "speechTimeout", .check = GRAMMAR_ANY, .code = 12200,
	    .beyond = true },
	{ .name = "speechtimeout", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "transcriptionLanguage", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "transcriptionProvider", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "ttsLanguage", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "ttsProvider", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "turnDetection", .check = GRAMMAR_ANY, .code = 12200,
	    .beyond = true },
	{ .name = "url", .check = GRAMMAR_PATTERN, .code = 12200,
	    .pattern = "wss://.+", .required = 12200 },
	{ .name = "voice", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "welcomeGreeting", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "welcomeGreetingInterruptible", .check = GRAMMAR_ANY,
	    .code = 12200 },
};
static const struct grammar_attribute
    attribute_voice_ConversationRelaySession[] = {
	{ .name = "connector", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "sessionConfiguration", .check = GRAMMAR_ANY,
	    .code = 12200 },
};
static const struct grammar_child child_voice_Dial[] = {
	{ "Application", &type_voice[1], false },
	{ "Client", &type_voice[4], false },
	{ "Conference", &type_voice[5], false },
	{ "Number", &type_voice[21], false },
	{ "Queue", &type_voice[27], false },
	{ "Sim", &type_voice[37], false },
	{ "Sip", &type_voice[38], false },
	{ "WhatsApp", &type_voice[58], false },
};
static const struct grammar_attribute
    attribute_voice_Dial[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "answerOnBridge", .check = GRAMMAR_ENUM, .code = 13219,
	    .values = &values_0 },
	{ .name = "callerId", .check = GRAMMAR_PATTERN, .code = 13214,
	    .pattern = "[+0-9A-Za-z_.:@\\-]{1,64}" },
	{ .name = "events", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_13 },
	{ .name = "hangupOnStar", .check = GRAMMAR_ENUM, .code = 13213,
	    .values = &values_0 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 13210,
	    .values = &values_1 },
	{ .name = "passports", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "record", .check = GRAMMAR_ENUM, .code = 13217,
	    .values = &values_14 },
	{ .name = "recordingConfigurationId", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "recordingStatusCallback", .check = GRAMMAR_URL,
	    .code = 13256 },
	{ .name = "recordingStatusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 13621, .values = &values_6 },
	{ .name = "recordingStatusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "recordingTrack", .check = GRAMMAR_ENUM, .code = 13622,
	    .values = &values_15 },
	{ .name = "referMethod", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
	{ .name = "referUrl", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "ringTone", .check = GRAMMAR_ENUM, .code = 13220,
	    .values = &values_16 },
	{ .name = "sequential", .check = GRAMMAR_ENUM, .code = 13218,
	    .values = &values_0 },
	{ .name = "timeLimit", .check = GRAMMAR_INTEGER, .code = 13216,
	    .min = 1 },
	{ .name = "timeout", .check = GRAMMAR_INTEGER, .code = 13212,
	    .min = 1 },
	{ .name = "trim", .check = GRAMMAR_ENUM, .code = 13699,
	    .values = &values_9 },
};
static const struct grammar_child child_voice_Enqueue[] = {
	{ "Task", &type_voice[55], false },
};
static const struct grammar_attribute
    attribute_voice_Enqueue[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "maxQueueSize", .check = GRAMMAR_INTEGER, .code = 12200,
	    .min = 1 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 14201,
	    .values = &values_1 },
	{ .name = "waitUrl", .check = GRAMMAR_URL, .code = 14202 },
	{ .name = "waitUrlMethod", .check = GRAMMAR_ENUM, .code = 14206,
	    .values = &values_1 },
	{ .name = "workflowSid", .check = GRAMMAR_PATTERN, .code = 14220,
	    .pattern = "WW[0-9a-f]{32}" },
};
static const struct grammar_child child_voice_Gather[] = {
	{ "Pause", &type_voice[23], false },
	{ "Play", &type_voice[25], false },
	{ "Say", &type_voice[36], false },
};
static const struct grammar_attribute
    attribute_voice_Gather[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "actionOnEmptyResult", .check = GRAMMAR_ENUM,
	    .code = 13338, .values = &values_0 },
	{ .name = "bargeIn", .check = GRAMMAR_ENUM, .code = 13332,
	    .values = &values_0 },
	{ .name = "debug", .check = GRAMMAR_ENUM, .code = 13336,
	    .values = &values_0 },
	{ .name = "enhanced", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "finishOnKey", .check = GRAMMAR_PATTERN, .code = 13310,
	    .pattern = "[0-9#*]?" },
	{ .name = "hints", .check = GRAMMAR_ANY, .code = 13330 },
	{ .name = "input", .check = GRAMMAR_ENUM, .list = true,
	    .code = 13326, .values = &values_17 },
	{ .name = "language", .check = GRAMMAR_ENUM, .code = 13331,
	    .values = &values_18 },
	{ .name = "maxSpeechTime", .check = GRAMMAR_INTEGER, .code = 13328,
	    .min = 1 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 13312,
	    .values = &values_1 },
	{ .name = "numDigits", .check = GRAMMAR_INTEGER, .code = 13314,
	    .min = 1 },
	{ .name = "partialResultCallback", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "partialResultCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 13329, .values = &values_1 },
	{ .name = "profanityFilter", .check = GRAMMAR_ENUM, .code = 13333,
	    .values = &values_0 },
	{ .name = "speechModel", .check = GRAMMAR_ANY, .code = 13334 },
	{ .name = "speechTimeout", .check = GRAMMAR_PATTERN, .code = 13327,
	    .pattern = "auto|[1-9][0-9]*" },
	{ .name = "timeout", .check = GRAMMAR_INTEGER, .code = 13313,
	    .min = 1 },
};
static const struct grammar_child child_voice_Hangup[] = {
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_Header[] = {
	{ .name = "name", .check = GRAMMAR_PATTERN, .code = 13252,
	    .pattern = "[0-9A-Za-z.!%*_+`'~\\-]+", .required = 12200 },
	{ .name = "value", .check = GRAMMAR_LENGTH, .code = 13253,
	    .max = 1024, .required = 12200 },
};
static const struct grammar_child child_voice_Headers[] = {
	{ "Header", &type_voice[16], false },
};
static const struct grammar_attribute
    attribute_voice_Language[] = {
	{ .name = "code", .check = GRAMMAR_ANY, .code = 12200,
	    .required = 12200 },
	{ .name = "speechModel", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "transcriptionProvider", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "ttsProvider", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "voice", .check = GRAMMAR_ANY, .code = 12200 },
};
static const struct grammar_attribute
    attribute_voice_Number[] = {
	{ .name = "amdStatusCallback", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "amdStatusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "byoc", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "machineDetection", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "machineDetectionSilenceTimeout",
	    .check = GRAMMAR_INTEGER, .code = 12200 },
	{ .name = "machineDetectionSpeechEndThreshold",
	    .check = GRAMMAR_INTEGER, .code = 12200, .min = 1 },
	{ .name = "machineDetectionSpeechThreshold",
	    .check = GRAMMAR_INTEGER, .code = 12200, .min = 1 },
	{ .name = "machineDetectionTimeout", .check = GRAMMAR_INTEGER,
	    .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 13221,
	    .values = &values_1 },
	{ .name = "sendDigits", .check = GRAMMAR_PATTERN, .code = 13222,
	    .pattern = "[0-9*#wW]*" },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 12200, .values = &values_2 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "url", .check = GRAMMAR_URL, .code = 12200 },
};
static const struct grammar_attribute
    attribute_voice_Parameter[] = {
	{ .name = "name", .check = GRAMMAR_ANY, .code = 12200,
	    .required = 12200 },
	{ .name = "value", .check = GRAMMAR_ANY, .code = 12200,
	    .required = 12200 },
};
static const struct grammar_attribute
    attribute_voice_Pause[] = {
	{ .name = "length", .check = GRAMMAR_INTEGER, .code = 13910 },
};
static const struct grammar_child child_voice_Pay[] = {
	{ "Parameter", &type_voice[22], false },
	{ "Prompt", &type_voice[26], false },
};
static const struct grammar_attribute
    attribute_voice_Pay[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "bankAccountType", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_19 },
	{ .name = "chargeAmount", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "currency", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "description", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "input", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_20 },
	{ .name = "language", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_21 },
	{ .name = "maxAttempts", .check = GRAMMAR_INTEGER, .code = 12200,
	    .min = 1 },
	{ .name = "minPostalCodeLength", .check = GRAMMAR_INTEGER,
	    .code = 12200, .min = 1 },
	{ .name = "paymentConnector", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "paymentMethod", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_22 },
	{ .name = "postalCode", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "securityCode", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "timeout", .check = GRAMMAR_INTEGER, .code = 12200 },
	{ .name = "tokenType", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_23 },
	{ .name = "validCardTypes", .check = GRAMMAR_ENUM, .list = true,
	    .code = 12200, .values = &values_24 },
};
static const struct grammar_attribute
    attribute_voice_Play[] = {
	{ .name = "digits", .check = GRAMMAR_PATTERN, .code = 13430,
	    .pattern = "[0-9*#wWA-D]+" },
	{ .name = "loop", .check = GRAMMAR_INTEGER, .code = 13410 },
};
static const struct grammar_child child_voice_Prompt[] = {
	{ "Pause", &type_voice[23], false },
	{ "Play", &type_voice[25], false },
	{ "Say", &type_voice[36], false },
};
static const struct grammar_attribute
    attribute_voice_Prompt[] = {
	{ .name = "attempt", .check = GRAMMAR_INTEGER, .list = true,
	    .code = 12200, .min = 1 },
	{ .name = "cardType", .check = GRAMMAR_ENUM, .list = true,
	    .code = 12200, .values = &values_24 },
	{ .name = "errorType", .check = GRAMMAR_ENUM, .list = true,
	    .code = 12200, .values = &values_25, .more = &values_26 },
	{ .name = "for", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_27, .required = 12200 },
	{ .name = "requireMatchingInputs", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_0 },
};
static const struct grammar_attribute
    attribute_voice_Queue[] = {
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 14210,
	    .values = &values_1 },
	{ .name = "postWorkActivitySid", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "reservationSid", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "url", .check = GRAMMAR_URL, .code = 14211 },
};
static const struct grammar_attribute
    attribute_voice_Record[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200,
	    .advised = true },
	{ .name = "finishOnKey", .check = GRAMMAR_PATTERN, .code = 13613,
	    .pattern = "[0-9#*]*" },
	{ .name = "maxLength", .check = GRAMMAR_INTEGER, .code = 13612,
	    .min = 1 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 13610,
	    .values = &values_1 },
	{ .name = "playBeep", .check = GRAMMAR_ENUM, .code = 13616,
	    .values = &values_0 },
	{ .name = "recordingConfigurationId", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "recordingStatusCallback", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "recordingStatusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 13621, .values = &values_6 },
	{ .name = "recordingStatusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "timeout", .check = GRAMMAR_INTEGER, .code = 13611 },
	{ .name = "transcribe", .check = GRAMMAR_ENUM, .code = 13614,
	    .values = &values_0 },
	{ .name = "transcribeCallback", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "trim", .check = GRAMMAR_ENUM, .code = 13699,
	    .values = &values_9 },
};
static const struct grammar_attribute
    attribute_voice_Recording[] = {
	{ .name = "channels", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_28 },
	{ .name = "recordingConfigurationId", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "recordingStatusCallback", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "recordingStatusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 13621, .values = &values_6 },
	{ .name = "recordingStatusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "track", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_15 },
	{ .name = "trim", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_9 },
};
static const struct grammar_attribute
    attribute_voice_Redirect[] = {
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 13710,
	    .values = &values_1 },
};
static const struct grammar_child child_voice_Refer[] = {
	{ "Sip", &type_voice[32], false },
};
static const struct grammar_attribute
    attribute_voice_Refer[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
};
static const struct grammar_child child_voice_Reject[] = {
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_Reject[] = {
	{ .name = "reason", .check = GRAMMAR_ENUM, .code = 13810,
	    .values = &values_29 },
};
static const struct grammar_child child_voice_Response[] = {
	{ "Annotate", NULL, true },
	{ "Connect", &type_voice[7], false },
	{ "Dial", &type_voice[11], false },
	{ "Echo", &type_voice[12], false },
	{ "Enqueue", &type_voice[13], false },
	{ "Gather", &type_voice[14], false },
	{ "Hangup", &type_voice[15], false },
	{ "Leave", &type_voice[20], false },
	{ "Pause", &type_voice[23], false },
	{ "Pay", &type_voice[24], false },
	{ "Play", &type_voice[25], false },
	{ "Prompt", &type_voice[26], false },
	{ "Queue", &type_voice[27], false },
	{ "Record", &type_voice[28], false },
	{ "Redirect", &type_voice[30], false },
	{ "Refer", &type_voice[31], false },
	{ "Reject", &type_voice[33], false },
	{ "Say", &type_voice[36], false },
	{ "Sms", &type_voice[41], false },
	{ "Start", &type_voice[52], false },
	{ "Stop", &type_voice[53], false },
};
static const struct grammar_attribute
    attribute_voice_Response[] = {
	{ .name = "version", .check = GRAMMAR_ENUM, .code = 12101,
	    .values = &values_30 },
};
static const struct grammar_attribute
    attribute_voice_Room[] = {
	{ .name = "participantIdentity", .check = GRAMMAR_ANY,
	    .code = 12200 },
};
static const struct grammar_child child_voice_Say[] = {
	{ "break", &type_voice[42], false },
	{ "emphasis", &type_voice[43], false },
	{ "lang", &type_voice[44], false },
	{ "p", &type_voice[45], false },
	{ "phoneme", &type_voice[46], false },
	{ "prosody", &type_voice[47], false },
	{ "s", &type_voice[48], false },
	{ "say-as", &type_voice[49], false },
	{ "sub", &type_voice[50], false },
	{ "w", &type_voice[51], false },
};
static const struct grammar_attribute
    attribute_voice_Say[] = {
	{ .name = "language", .check = GRAMMAR_ENUM, .code = 13512,
	    .values = &values_31, .more = &values_32 },
	{ .name = "loop", .check = GRAMMAR_INTEGER, .code = 13510 },
	{ .name = "voice", .check = GRAMMAR_ENUM, .code = 13511,
	    .values = &values_33 },
};
static const struct grammar_child child_voice_Sip[] = {
	{ "Headers", &type_voice[17], false },
	{ "Uri", &type_voice[39], false },
};
static const struct grammar_attribute
    attribute_voice_Sip[] = {
	{ .name = "amdStatusCallback", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "amdStatusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "machineDetection", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "machineDetectionSilenceTimeout",
	    .check = GRAMMAR_INTEGER, .code = 12200 },
	{ .name = "machineDetectionSpeechEndThreshold",
	    .check = GRAMMAR_INTEGER, .code = 12200, .min = 1 },
	{ .name = "machineDetectionSpeechThreshold",
	    .check = GRAMMAR_INTEGER, .code = 12200, .min = 1 },
	{ .name = "machineDetectionTimeout", .check = GRAMMAR_INTEGER,
	    .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 13241,
	    .values = &values_1 },
	{ .name = "password", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 12200, .values = &values_2 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "url", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "username", .check = GRAMMAR_ANY, .code = 12200 },
};
static const struct grammar_attribute
    attribute_voice_SipUri[] = {
	{ .name = "password", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "priority", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "username", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "weight", .check = GRAMMAR_ANY, .code = 12200 },
};
static const struct grammar_child child_voice_Siprec[] = {
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_Siprec[] = {
	{ .name = "connectorName", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "name", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "track", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_34 },
};
static const struct grammar_attribute
    attribute_voice_Sms[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "from", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 14104,
	    .values = &values_1 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "to", .check = GRAMMAR_ANY, .code = 12200 },
};
static const struct grammar_attribute
    attribute_voice_SsmlBreak[] = {
	{ .name = "strength", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_35 },
	{ .name = "time", .check = GRAMMAR_PATTERN, .code = 12200,
	    .pattern = "[0-9]+m?s|[0-9]+\\.[0-9]+m?s" },
};
static const struct grammar_child child_voice_SsmlEmphasis[] = {
	{ "break", &type_voice[42], false },
	{ "emphasis", &type_voice[43], false },
	{ "lang", &type_voice[44], false },
	{ "phoneme", &type_voice[46], false },
	{ "prosody", &type_voice[47], false },
	{ "say-as", &type_voice[49], false },
	{ "sub", &type_voice[50], false },
	{ "w", &type_voice[51], false },
};
static const struct grammar_attribute
    attribute_voice_SsmlEmphasis[] = {
	{ .name = "level", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_36 },
};
static const struct grammar_child child_voice_SsmlLang[] = {
	{ "break", &type_voice[42], false },
	{ "emphasis", &type_voice[43], false },
	{ "lang", &type_voice[44], false },
	{ "p", &type_voice[45], false },
	{ "phoneme", &type_voice[46], false },
	{ "prosody", &type_voice[47], false },
	{ "s", &type_voice[48], false },
	{ "say-as", &type_voice[49], false },
	{ "sub", &type_voice[50], false },
	{ "w", &type_voice[51], false },
};
static const struct grammar_attribute
    attribute_voice_SsmlLang[] = {
	{ .name = "xml:lang", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_37, .required = 12200 },
};
static const struct grammar_child child_voice_SsmlP[] = {
	{ "break", &type_voice[42], false },
	{ "emphasis", &type_voice[43], false },
	{ "lang", &type_voice[44], false },
	{ "phoneme", &type_voice[46], false },
	{ "prosody", &type_voice[47], false },
	{ "s", &type_voice[48], false },
	{ "say-as", &type_voice[49], false },
	{ "sub", &type_voice[50], false },
	{ "w", &type_voice[51], false },
};
static const struct grammar_attribute
    attribute_voice_SsmlPhoneme[] = {
	{ .name = "alphabet", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_38 },
	{ .name = "ph", .check = GRAMMAR_ANY, .code = 12200,
	    .required = 12200 },
};
static const struct grammar_child child_voice_SsmlProsody[] = {
	{ "break", &type_voice[42], false },
	{ "emphasis", &type_voice[43], false },
	{ "lang", &type_voice[44], false },
	{ "p", &type_voice[45], false },
	{ "phoneme", &type_voice[46], false },
	{ "prosody", &type_voice[47], false },
	{ "s", &type_voice[48], false },
	{ "say-as", &type_voice[49], false },
	{ "sub", &type_voice[50], false },
	{ "w", &type_voice[51], false },
};
static const struct grammar_attribute
    attribute_voice_SsmlProsody[] = {
	{ .name = "pitch", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "rate", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "volume", .check = GRAMMAR_ANY, .code = 12200 },
};
static const struct grammar_child child_voice_SsmlS[] = {
	{ "break", &type_voice[42], false },
	{ "emphasis", &type_voice[43], false },
	{ "lang", &type_voice[44], false },
	{ "phoneme", &type_voice[46], false },
	{ "prosody", &type_voice[47], false },
	{ "say-as", &type_voice[49], false },
	{ "sub", &type_voice[50], false },
	{ "w", &type_voice[51], false },
};
static const struct grammar_attribute
    attribute_voice_SsmlSayAs[] = {
	{ .name = "format", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_39 },
	{ .name = "interpret-as", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_40, .required = 12200 },
	{ .name = "role", .check = GRAMMAR_ANY, .code = 12200,
	    .beyond = true },
};
static const struct grammar_attribute
    attribute_voice_SsmlSub[] = {
	{ .name = "alias", .check = GRAMMAR_ANY, .code = 12200,
	    .required = 12200 },
};
static const struct grammar_child child_voice_SsmlW[] = {
	{ "break", &type_voice[42], false },
	{ "emphasis", &type_voice[43], false },
	{ "phoneme", &type_voice[46], false },
	{ "prosody", &type_voice[47], false },
	{ "say-as", &type_voice[49], false },
	{ "sub", &type_voice[50], false },
};
static const struct grammar_attribute
    attribute_voice_SsmlW[] = {
	{ .name = "role", .check = GRAMMAR_ANY, .code = 12200 },
};
static const struct grammar_child child_voice_Start[] = {
	{ "Recording", &type_voice[29], false },
	{ "Siprec", &type_voice[40], false },
	{ "Stream", &type_voice[54], false },
	{ "Transcription", &type_voice[56], false },
};
static const struct grammar_attribute
    attribute_voice_Start[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
};
static const struct grammar_child child_voice_Stop[] = {
	{ "Siprec", &type_voice[40], false },
	{ "Stream", &type_voice[54], false },
	{ "Transcription", &type_voice[56], false },
};
static const struct grammar_child child_voice_Stream[] = {
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_Stream[] = {
	{ .name = "audioFormat", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "connectorName", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "name", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "sampleRate", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "track", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_34 },
	{ .name = "url", .check = GRAMMAR_PATTERN, .code = 12200,
	    .pattern = "wss://.+", .required = 12200, .unless = "Stop" },
};
static const struct grammar_attribute
    attribute_voice_Task[] = {
	{ .name = "priority", .check = GRAMMAR_INTEGER, .code = 12200 },
	{ .name = "timeout", .check = GRAMMAR_INTEGER, .code = 12200 },
};
static const struct grammar_child child_voice_Transcription[] = {
	{ "Config", &type_voice[6], false },
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_Transcription[] = {
	{ .name = "enableAutomaticPunctuation", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_0 },
	{ .name = "hints", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "inboundTrackLabel", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "intelligenceService", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "languageCode", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "name", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "outboundTrackLabel", .check = GRAMMAR_ANY,
	    .code = 12200 },
	{ .name = "partialResults", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "profanityFilter", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
	{ .name = "speechModel", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "statusCallbackUrl", .check = GRAMMAR_URL,
	    .code = 12200 },
	{ .name = "track", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_34 },
	{ .name = "transcriptionEngine", .check = GRAMMAR_ANY,
	    .code = 12200 },
};
static const struct grammar_child child_voice_VirtualAgent[] = {
	{ "Config", &type_voice[6], false },
	{ "Parameter", &type_voice[22], false },
};
static const struct grammar_attribute
    attribute_voice_VirtualAgent[] = {
	{ .name = "connectorName", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "language", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "sentimentAnalysis", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_0 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
};
static const struct grammar_attribute
    attribute_voice_WhatsApp[] = {
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "statusCallbackEvent", .check = GRAMMAR_ENUM,
	    .list = true, .code = 12200, .values = &values_2 },
	{ .name = "statusCallbackMethod", .check = GRAMMAR_ENUM,
	    .code = 12200, .values = &values_1 },
	{ .name = "url", .check = GRAMMAR_URL, .code = 12200 },
};
static const struct grammar_type type_voice[] = {
	{ .name = "AiSession", .attribute = attribute_voice_AiSession,
	    .nattributes = 2 },
	{ .name = "Application", .child = child_voice_Application,
	    .nchildren = 2, .attribute = attribute_voice_Application,
	    .nattributes = 7, .text = true,
	    .needs = GRAMMAR_NEEDS_TEXT | GRAMMAR_NEEDS_CHILD,
	    .needs_code = 12200 },
	{ .name = "ApplicationSid", .text = true,
	    .needs = GRAMMAR_NEEDS_TEXT, .needs_code = 12200 },
	{ .name = "Autopilot", .text = true, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 12200 },
	{ .name = "Client", .child = child_voice_Client, .nchildren = 2,
	    .attribute = attribute_voice_Client, .nattributes = 5,
	    .text = true, .needs = GRAMMAR_NEEDS_TEXT | GRAMMAR_NEEDS_CHILD,
	    .needs_code = 12200 },
	{ .name = "Conference", .attribute = attribute_voice_Conference,
	    .nattributes = 21, .text = true, .text_max = 128,
	    .text_max_code = 13237, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 13237 },
	{ .name = "Config", .attribute = attribute_voice_Config,
	    .nattributes = 2 },
	{ .name = "Connect", .child = child_voice_Connect, .nchildren = 9,
	    .attribute = attribute_voice_Connect, .nattributes = 2,
	    .needs = GRAMMAR_NEEDS_CHILD, .needs_code = 12200 },
	{ .name = "Conversation",
	    .attribute = attribute_voice_Conversation, .nattributes = 14 },
	{ .name = "ConversationRelay",
	    .child = child_voice_ConversationRelay, .nchildren = 2,
	    .attribute = attribute_voice_ConversationRelay,
	    .nattributes = 32 },
	{ .name = "ConversationRelaySession",
	    .attribute = attribute_voice_ConversationRelaySession,
	    .nattributes = 2 },
	{ .name = "Dial", .child = child_voice_Dial, .nchildren = 8,
	    .attribute = attribute_voice_Dial, .nattributes = 20, .text = true,
	    .text_check = GRAMMAR_PATTERN, .text_pattern = "[+()0-9. \\-]{3,}",
	    .text_code = 13223,
	    .needs = GRAMMAR_NEEDS_TEXT | GRAMMAR_NEEDS_CHILD,
	    .needs_code = 12200, .nesting_code = 13215, .text_or_child = 12200,
	    .alone = "Conference", .alone_code = 13000 },
	{ .name = "Echo" },
	{ .name = "Enqueue", .child = child_voice_Enqueue, .nchildren = 1,
	    .attribute = attribute_voice_Enqueue, .nattributes = 6,
	    .text = true, .text_max = 63, .text_max_code = 14205,
	    .needs = GRAMMAR_NEEDS_TEXT | GRAMMAR_NEEDS_CHILD,
	    .needs_attribute = "workflowSid", .needs_code = 14204 },
	{ .name = "Gather", .child = child_voice_Gather, .nchildren = 3,
	    .attribute = attribute_voice_Gather, .nattributes = 18,
	    .nesting_code = 13320 },
	{ .name = "Hangup", .child = child_voice_Hangup, .nchildren = 1 },
	{ .name = "Header", .attribute = attribute_voice_Header,
	    .nattributes = 2 },
	{ .name = "Headers", .child = child_voice_Headers,
	    .nchildren = 1 },
	{ .name = "Identity", .text = true, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 12200 },
	{ .name = "Language", .attribute = attribute_voice_Language,
	    .nattributes = 5 },
	{ .name = "Leave" },
	{ .name = "Number", .attribute = attribute_voice_Number,
	    .nattributes = 14, .text = true, .text_check = GRAMMAR_PATTERN,
	    .text_pattern = "[+()0-9. \\-]{3,}", .text_code = 13223,
	    .needs = GRAMMAR_NEEDS_TEXT, .needs_code = 13223 },
	{ .name = "Parameter", .attribute = attribute_voice_Parameter,
	    .nattributes = 2 },
	{ .name = "Pause", .attribute = attribute_voice_Pause,
	    .nattributes = 1 },
	{ .name = "Pay", .child = child_voice_Pay, .nchildren = 2,
	    .attribute = attribute_voice_Pay, .nattributes = 18 },
	{ .name = "Play", .attribute = attribute_voice_Play,
	    .nattributes = 2, .text = true, .text_check = GRAMMAR_URL,
	    .text_code = 12200, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_attribute = "digits", .needs_code = 12200 },
	{ .name = "Prompt", .child = child_voice_Prompt, .nchildren = 3,
	    .attribute = attribute_voice_Prompt, .nattributes = 5 },
	{ .name = "Queue", .attribute = attribute_voice_Queue,
	    .nattributes = 4, .text = true, .text_max = 63,
	    .text_max_code = 14213, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 14212 },
	{ .name = "Record", .attribute = attribute_voice_Record,
	    .nattributes = 13 },
	{ .name = "Recording", .attribute = attribute_voice_Recording,
	    .nattributes = 7 },
	{ .name = "Redirect", .attribute = attribute_voice_Redirect,
	    .nattributes = 1, .text = true, .text_check = GRAMMAR_URL,
	    .text_code = 12200, .empty_advised = true },
	{ .name = "Refer", .child = child_voice_Refer, .nchildren = 1,
	    .attribute = attribute_voice_Refer, .nattributes = 2,
	    .needs = GRAMMAR_NEEDS_CHILD, .needs_code = 12200 },
	{ .name = "Sip", .text = true, .text_check = GRAMMAR_PATTERN,
	    .text_pattern =
		"sips?:[^\\s@]+|sips?:[^\\s@]+@[^\\s@][^\\s]*|[^\\s/:@]+@[^\\s/]+",
	    .text_code = 13243, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 13243 },
	{ .name = "Reject", .child = child_voice_Reject, .nchildren = 1,
	    .attribute = attribute_voice_Reject, .nattributes = 1 },
	{ .name = "Response", .child = child_voice_Response,
	    .nchildren = 21, .attribute = attribute_voice_Response,
	    .nattributes = 1 },
	{ .name = "Room", .attribute = attribute_voice_Room,
	    .nattributes = 1, .text = true, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 12200 },
	{ .name = "Say", .child = child_voice_Say, .nchildren = 10,
	    .attribute = attribute_voice_Say, .nattributes = 3, .text = true,
	    .text_max = 4096, .text_max_code = 13521,
	    .needs = GRAMMAR_NEEDS_TEXT | GRAMMAR_NEEDS_CHILD,
	    .needs_code = 13520 },
	{ .name = "Sim", .text = true, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 12200 },
	{ .name = "Sip", .child = child_voice_Sip, .nchildren = 2,
	    .attribute = attribute_voice_Sip, .nattributes = 14, .text = true,
	    .text_check = GRAMMAR_PATTERN,
	    .text_pattern =
		"sips?:[^\\s@]+|sips?:[^\\s@]+@[^\\s@][^\\s]*|[^\\s/:@]+@[^\\s/]+",
	    .text_code = 13243,
	    .needs = GRAMMAR_NEEDS_TEXT | GRAMMAR_NEEDS_CHILD,
	    .needs_code = 13243, .count = &type_voice[39], .count_max = 10,
	    .count_code = 13250 },
	{ .name = "Uri", .attribute = attribute_voice_SipUri,
	    .nattributes = 4, .text = true, .text_check = GRAMMAR_PATTERN,
	    .text_pattern =
		"sips?:[^\\s@]+|sips?:[^\\s@]+@[^\\s@][^\\s]*|[^\\s/:@]+@[^\\s/]+",
	    .text_code = 13243, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 13243 },
	{ .name = "Siprec", .child = child_voice_Siprec, .nchildren = 1,
	    .attribute = attribute_voice_Siprec, .nattributes = 5 },
	{ .name = "Sms", .attribute = attribute_voice_Sms,
	    .nattributes = 5, .text = true, .text_max = 1600,
	    .text_max_code = 14103, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 14103 },
	{ .name = "break", .attribute = attribute_voice_SsmlBreak,
	    .nattributes = 2 },
	{ .name = "emphasis", .child = child_voice_SsmlEmphasis,
	    .nchildren = 8, .attribute = attribute_voice_SsmlEmphasis,
	    .nattributes = 1, .text = true },
	{ .name = "lang", .child = child_voice_SsmlLang, .nchildren = 10,
	    .attribute = attribute_voice_SsmlLang, .nattributes = 1,
	    .text = true },
	{ .name = "p", .child = child_voice_SsmlP, .nchildren = 9,
	    .text = true },
	{ .name = "phoneme", .attribute = attribute_voice_SsmlPhoneme,
	    .nattributes = 2, .text = true },
	{ .name = "prosody", .child = child_voice_SsmlProsody,
	    .nchildren = 10, .attribute = attribute_voice_SsmlProsody,
	    .nattributes = 3, .text = true },
	{ .name = "s", .child = child_voice_SsmlS, .nchildren = 8,
	    .text = true },
	{ .name = "say-as", .attribute = attribute_voice_SsmlSayAs,
	    .nattributes = 3, .text = true },
	{ .name = "sub", .attribute = attribute_voice_SsmlSub,
	    .nattributes = 1, .text = true },
	{ .name = "w", .child = child_voice_SsmlW, .nchildren = 6,
	    .attribute = attribute_voice_SsmlW, .nattributes = 1,
	    .text = true },
	{ .name = "Start", .child = child_voice_Start, .nchildren = 4,
	    .attribute = attribute_voice_Start, .nattributes = 2,
	    .needs = GRAMMAR_NEEDS_CHILD, .needs_code = 12200,
	    .nesting_code = 14300 },
	{ .name = "Stop", .child = child_voice_Stop, .nchildren = 3,
	    .needs = GRAMMAR_NEEDS_CHILD, .needs_code = 12200 },
	{ .name = "Stream", .child = child_voice_Stream, .nchildren = 1,
	    .attribute = attribute_voice_Stream, .nattributes = 8 },
	{ .name = "Task", .attribute = attribute_voice_Task,
	    .nattributes = 2, .text = true, .text_check = GRAMMAR_JSON,
	    .text_code = 14221, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 14221 },
	{ .name = "Transcription", .child = child_voice_Transcription,
	    .nchildren = 2, .attribute = attribute_voice_Transcription,
	    .nattributes = 14 },
	{ .name = "VirtualAgent", .child = child_voice_VirtualAgent,
	    .nchildren = 2, .attribute = attribute_voice_VirtualAgent,
	    .nattributes = 5 },
	{ .name = "WhatsApp", .attribute = attribute_voice_WhatsApp,
	    .nattributes = 5, .text = true, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 12200 },
};

static const struct grammar_child child_messaging_Message[] = {
	{ "Body", &type_messaging[0], false },
	{ "Media", &type_messaging[1], false },
};
static const struct grammar_attribute
    attribute_messaging_Message[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "from", .check = GRAMMAR_ANY, .code = 12200 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 14104,
	    .values = &values_1 },
	{ .name = "statusCallback", .check = GRAMMAR_URL, .code = 14105 },
	{ .name = "to", .check = GRAMMAR_ANY, .code = 12200 },
};
static const struct grammar_attribute
    attribute_messaging_Redirect[] = {
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 14104,
	    .values = &values_1 },
};
static const struct grammar_child child_messaging_Response[] = {
	{ "Message", &type_messaging[2], false },
	{ "Redirect", &type_messaging[3], false },
	{ "Sms", &type_messaging[2], true },
};
static const struct grammar_attribute
    attribute_messaging_Response[] = {
	{ .name = "version", .check = GRAMMAR_ENUM, .code = 12101,
	    .values = &values_30 },
};
static const struct grammar_type type_messaging[] = {
	{ .name = "Body", .text = true, .text_max = 1600,
	    .text_max_code = 14103, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_beside = "Media", .needs_code = 14103 },
	{ .name = "Media", .text = true, .text_check = GRAMMAR_URL,
	    .text_code = 12200, .needs = GRAMMAR_NEEDS_TEXT,
	    .needs_code = 14103 },
	{ .name = "Message", .child = child_messaging_Message,
	    .nchildren = 2, .attribute = attribute_messaging_Message,
	    .nattributes = 5, .text = true, .text_max = 1600,
	    .text_max_code = 14103,
	    .needs = GRAMMAR_NEEDS_TEXT | GRAMMAR_NEEDS_CHILD,
	    .needs_code = 14103 },
	{ .name = "Redirect", .attribute = attribute_messaging_Redirect,
	    .nattributes = 1, .text = true, .text_check = GRAMMAR_URL,
	    .text_code = 12200, .empty_advised = true },
	{ .name = "Response", .child = child_messaging_Response,
	    .nchildren = 3, .attribute = attribute_messaging_Response,
	    .nattributes = 1, .nesting_code = 14110, .nesting_and = 12200,
	    .count = &type_messaging[2], .count_max = 10,
	    .count_code = 14109 },
};

static const struct grammar_attribute
    attribute_fax_Receive[] = {
	{ .name = "action", .check = GRAMMAR_URL, .code = 12200 },
	{ .name = "mediaType", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_41 },
	{ .name = "method", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_1 },
	{ .name = "pageSize", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_42 },
	{ .name = "storeMedia", .check = GRAMMAR_ENUM, .code = 12200,
	    .values = &values_0 },
};
static const struct grammar_child child_fax_Response[] = {
	{ "Receive", &type_fax[0], false },
};
static const struct grammar_attribute
    attribute_fax_Response[] = {
	{ .name = "version", .check = GRAMMAR_ENUM, .code = 12101,
	    .values = &values_30 },
};
static const struct grammar_type type_fax[] = {
	{ .name = "Receive", .attribute = attribute_fax_Receive,
	    .nattributes = 5 },
	{ .name = "Response", .child = child_fax_Response, .nchildren = 1,
	    .attribute = attribute_fax_Response, .nattributes = 1 },
};

const struct grammar_document grammar_document[GRAMMAR_KINDS] = {
	[GRAMMAR_VOICE] = { type_voice, 59, &type_voice[34] },
	[GRAMMAR_MESSAGING] = { type_messaging, 5, &type_messaging[4] },
	[GRAMMAR_FAX] = { type_fax, 2, &type_fax[1] },
};

const struct grammar_code grammar_code[] = {
	{ 11200, true, "HTTP retrieval failure" },
	{ 11750, true, "TwiML response body too large (over 64 kB)" },
	{ 11770, true, "Empty response body" },
	{ 12100, true, "Document parse failure" },
	{ 12101, true, "Invalid Twilio Markup XML version" },
	{ 12102, true, "The root element must be Response" },
	{ 12200, false, "Schema validation warning" },
	{ 12300, true, "Invalid Content-Type" },
	{ 12301, true, "Invalid Upload Content-Type" },
	{ 12400, true, "Internal Failure" },
	{ 13000, false, "Conference Noun cannot be mixed with Number nouns" },
	{ 13110, true,
	    "Annotate: Annotate must contain one valid nested element" },
	{ 13111, true,
	    "Annotate: Annotate must contain only one of element X" },
	{ 13112, false, "Annotate: Invalid nested element" },
	{ 13120, true,
	    "Annotate->BillingReferenceTag cannot be over 128 characters" },
	{ 13201, true, "Dial: Cannot Dial out from a Dial Call Segment" },
	{ 13210, false, "Dial: Invalid method value" },
	{ 13211, false, "Dial: Invalid ifMachine value" },
	{ 13212, false, "Dial: Invalid timeout value" },
	{ 13213, false, "Dial: Invalid hangupOnStar value" },
	{ 13214, false, "Dial: Invalid callerId value" },
	{ 13215, false, "Dial: Invalid nested element" },
	{ 13216, false, "Invalid timeLimit value" },
	{ 13217, false, "Dial: Invalid record value" },
	{ 13218, false, "Dial: Invalid sequential value" },
	{ 13219, false, "Dial: Invalid answerOnBridge value" },
	{ 13220, false, "Dial: Invalid ringTone value" },
	{ 13221, false, "Dial->Number: Invalid method value" },
	{ 13222, false, "Dial->Number: Invalid sendDigits value" },
	{ 13223, false, "Dial: Invalid phone number format" },
	{ 13224, true,
	    "Dial: Twilio does not support calling this number or the "
	    "number is invalid" },
	{ 13225, true, "Dial: Call blocked by Twilio" },
	{ 13226, false, "Dial: Invalid country code" },
	{ 13227, true, "Geo Permission configuration is not permitting call" },
	{ 13230, false, "Dial->Conference: Invalid muted value" },
	{ 13231, true, "Dial->Conference: Invalid endConferenceOnExit value" },
	{ 13232, false,
	    "Dial->Conference: Invalid startConferenceOnEnter value" },
	{ 13233, false, "Dial->Conference: Invalid waitUrl" },
	{ 13234, false, "Dial->Conference: Invalid waitMethod" },
	{ 13235, false, "Dial->Conference: Invalid beep value" },
	{ 13236, false, "Dial->Conference: Invalid Conference Sid" },
	{ 13237, false, "Dial->Conference: Invalid Conference Name" },
	{ 13238, true,
	    "Dial->Conference: Invalid Verb used in waitUrl, holdUrl, or "
	    "announceUrl TwiML" },
	{ 13239, true, "Dial->Conference: Invalid Trim Value" },
	{ 13240, true, "Dial->Conference: Invalid Whisper SID" },
	{ 13241, false, "Dial->SIP: Invalid method value" },
	{ 13242, false, "Dial->SIP: Invalid sendDigits value" },
	{ 13243, false, "Dial->SIP: Invalid SIP URI" },
	{ 13244, false, "Dial: No SIP Authorization" },
	{ 13245, false, "Dial: Not allowed in this API version" },
	{ 13246, false, "Dial: SIP dialing not enabled for this account" },
	{ 13247, true, "Dial: Invalid From number (caller ID)" },
	{ 13248, false, "Dial: Invalid callerID, too long" },
	{ 13249, false, "Dial: Invalid username or password attribute" },
	{ 13250, false, "Dial: Too many URIs passed" },
	{ 13251, false, "Dial: Too many headers passed" },
	{ 13252, false, "Dial: Invalid header name" },
	{ 13253, false, "Dial: Header is too long" },
	{ 13254, false,
	    "Dial->Sip: SIP URI DNS does not resolve or resolves to an "
	    "non-public IP address" },
	{ 13256, false, "Invalid recordingStatusCallback URL" },
	{ 13257, true, "Invalid transcribeCallback URL" },
	{ 13310, false, "Gather: Invalid finishOnKey value" },
	{ 13311, false, "Gather: Invalid finishOnKey value" },
	{ 13312, false, "Gather: Invalid method value" },
	{ 13313, false, "Gather: Invalid timeout value" },
	{ 13314, false, "Gather: Invalid numDigits value" },
	{ 13320, false, "Gather: Invalid nested verb" },
	{ 13321, false, "Gather->Say: Invalid voice value" },
	{ 13322, false, "Gather->Say: Invalid loop value" },
	{ 13325, true, "Gather->Play: Invalid Content-Type" },
	{ 13326, false, "Gather: Invalid input value" },
	{ 13327, false, "Gather: Invalid speechTimeout value" },
	{ 13328, false, "Gather: Invalid maxSpeechTime value" },
	{ 13329, false, "Gather: Invalid partialResultCallbackMethod value" },
	{ 13330, false, "Gather: Invalid hints value" },
	{ 13331, false, "Gather: Invalid language value" },
	{ 13332, false, "Gather: Invalid bargeIn value" },
	{ 13333, false, "Gather: Invalid profanityFilter value" },
	{ 13334, false, "Gather: Invalid model value" },
	{ 13335, false,
	    "Gather: speechTimeout auto cannot be used with model default" },
	{ 13336, false, "Gather: Invalid debug value" },
	{ 13338, true, "Gather: Invalid actionOnEmptyResult value" },
	{ 13410, false, "Play: Invalid loop value" },
	{ 13420, true, "Play: Invalid Content-Type" },
	{ 13430, false, "Play: Invalid DTMF String" },
	{ 13510, false, "Say: Invalid loop value" },
	{ 13511, false, "Say: Invalid voice value" },
	{ 13512, false,
	    "Gather element has an invalid \"language\" attribute value" },
	{ 13513, false, "Say: Invalid rate value" },
	{ 13520, false, "Say: Invalid text" },
	{ 13521, false, "<Say> element character limits exceeded" },
	{ 13610, false, "Record: Invalid method value" },
	{ 13611, false, "Record: Invalid timeout value" },
	{ 13612, false, "Record: Invalid maxLength value" },
	{ 13613, false, "Record: Invalid finishOnKey value" },
	{ 13614, false, "Record: Invalid transcribe value" },
	{ 13615, false, "Record: maxLength too high for transcription" },
	{ 13616, false, "Record: playBeep must be true or false" },
	{ 13621, true, "Invalid 'recordingStatusCallbackEvent'" },
	{ 13622, false, "Record: invalid recordingTrack value" },
	{ 13699, false, "Record: Invalid trim value" },
	{ 13710, false, "Redirect: Invalid method value" },
	{ 13750, true, "Twiml verb not supported by this API version" },
	{ 13801, true, "Refer not allowed on non-SIP call legs" },
	{ 13802, true, "Dial: No referUrl attribute specified" },
	{ 13810, false, "Reject: Invalid cause" },
	{ 13910, false, "Pause: Invalid length value" },
	{ 14101, false, "Invalid \"To\" attribute" },
	{ 14102, false, "Invalid \"From\" attribute" },
	{ 14103, false, "Invalid Body" },
	{ 14104, false, "Invalid Method attribute" },
	{ 14105, false, "Invalid statusCallback attribute" },
	{ 14106, false, "Document retrieval limit reached" },
	{ 14107, true, "SMS send rate limit exceeded" },
	{ 14108, false, "From phone number not SMS capable" },
	{ 14109, false, "TwiML Reply message limit exceeded" },
	{ 14110, false, "Invalid Verb for SMS Reply" },
	{ 14111, false, "Invalid To phone number for Trial mode" },
	{ 14201, true, "Enqueue: Invalid method value" },
	{ 14202, true, "Enqueue: Invalid waitUrl" },
	{ 14203, true, "Enqueue: Invalid Enqueue action url" },
	{ 14204, true, "Enqueue: Queue name too short" },
	{ 14205, true, "Enqueue: Queue name too long" },
	{ 14206, true, "Enqueue: Invalid waitUrlMethod value" },
	{ 14207, false, "Enqueue: The targeted queue reached max queue size" },
	{ 14210, true, "Dial->Queue: Invalid whisper method" },
	{ 14211, true, "Dial->Queue: Invalid whisper url" },
	{ 14212, true, "Dial->Queue: queue name too short" },
	{ 14213, true, "Dial->Queue: queue name too long" },
	{ 14215, true,
	    "Dial->Queue: Invalid ReservationSid. Unable to dequeue" },
	{ 14220, true, "Enqueue: Provided Workflow was not a valid sid" },
	{ 14221, true, "Enqueue: Provided Attributes JSON was not valid" },
	{ 14300, true, "Start: Invalid nested noun value" },
};
const size_t grammar_ncodes = 133;

const char grammar_languages[] = " "
	"aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs "
	"ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff "
	"fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
	"ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku "
	"kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my "
	"na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
	"rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv "
	"sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo "
	"wa wo xh yi yo za zh zu ";
const char grammar_regions[] = " "
	"AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG "
	"BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI "
	"CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
	"ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ "
	"GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT "
	"JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
	"LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU "
	"MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG "
	"PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
	"SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK "
	"TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU "
	"WF WS YE YT ZA ZM ZW ";
