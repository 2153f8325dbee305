/* The lint: places, levels, templates, responses, memory. */
#include <stdlib.h>

#include "../../src/core/lint.h"
#include "../../src/core/pattern.h"
#include "guard.h"
#include "tap.h"

#define ARENA_BYTES ((size_t)1 << 20)

static char		memory[ARENA_BYTES];
static struct arena	arena;
static struct lint	l;

static void
lint(struct str text, enum lint_document document, unsigned flags)
{
	arena = (struct arena){ .base = memory, .cap = sizeof(memory) };
	lint_twiml(&arena, guard_str(text), document, flags, &l);
}

/* "LINE:COLUMN LEVEL CODE" of each finding, between commas. */
static struct str
found(void)
{
	static char	buf[4096];
	struct out	o = out_init(buf, sizeof(buf));
	size_t		i;

	for (i = 0; i < l.n; i++) {
		out_cstr(&o, i > 0 ? ", " : "");
		out_int(&o, (int64_t)l.at[i].line);
		out_char(&o, ':');
		out_int(&o, (int64_t)l.at[i].column);
		out_char(&o, ' ');
		out_cstr(&o, lint_level_name(l.at[i].level));
		out_char(&o, ' ');
		out_int(&o, l.at[i].code);
	}
	return out_str(&o);
}

/* A text as a name of a test: in one line. */
static const char *
name(const char *text)
{
	static char	buf[1024];
	struct out	o = out_init(buf, sizeof(buf) - 1);

	out_printable(&o, str_from(text));
	buf[o.n] = '\0';
	return buf;
}

static void
finds(const char *text, enum lint_document document, const char *wanted)
{
	lint(str_from(text), document, 0);
	is_str(found(), str_from(wanted), name(text));
}

static void
try_places(void)
{
	finds("<Response>\n\t<say>Hi</say>\n</Response>", LINT_VOICE,
	    "2:2 warning 12200");
	finds("<Response>\n<Say>\xc3\xa9\xc3\xa9</Say><Gather\n"
	    "  timeout='x'\n  numDigits='0'/></Response>", LINT_VOICE,
	    "3:3 warning 13313, 4:3 warning 13314");
	/* What is found at an element's end stands before what is in it. */
	finds("<Response><Dial>1<Number>x</Number></Dial></Response>",
	    LINT_VOICE, "1:11 warning 13223, 1:11 warning 12200, "
	    "1:18 warning 13223");
	finds("<Response><Say a='1' voice='man' b='2'>x</Say></Response>",
	    LINT_VOICE, "1:16 warning 12200, 1:34 warning 12200");
	finds("<Response><Say\n>a & b</Say></Response>", LINT_VOICE,
	    "2:5 error 12100");
	finds("<Response>\xff</Response>", LINT_VOICE, "1:11 error 12100");
}

static void
try_levels(void)
{
	finds("<Response><Say voice='Polly.Newcomer'>a</Say></Response>",
	    LINT_VOICE, "1:16 advice 0");
	finds("<Response><Say voice='polly.joanna'>a</Say></Response>",
	    LINT_VOICE, "1:16 warning 13511");
	finds("<Response><Say voice='nobody'>a</Say></Response>",
	    LINT_VOICE, "1:16 warning 13511");
	finds("<Response><Gather language='de-AT'/></Response>",
	    LINT_VOICE, "1:19 advice 0");
	finds("<Response><Gather language='de_AT'/></Response>",
	    LINT_VOICE, "1:19 warning 13331");
	finds("<Response><Say language='es'>a</Say></Response>",
	    LINT_VOICE, "");
	finds("<Response><Play>http://example.com/a</Play></Response>",
	    LINT_VOICE, "1:11 advice 0");
	finds("<Response><Redirect/></Response>", LINT_VOICE,
	    "1:11 advice 0");
	finds("<Response><Say> </Say></Response>", LINT_VOICE,
	    "1:11 advice 13520");
	finds("<Response><Say>\n\t</Say></Response>", LINT_VOICE,
	    "1:11 warning 13520");
	finds("<Response><Connect><ConversationRelay url='wss://e.com' "
	    "speechTimeout='1'/></Connect></Response>", LINT_VOICE,
	    "1:57 advice 0");
	finds("<Response><Reject reason='x'/><Dial><Conference "
	    "endConferenceOnExit='x'>a</Conference></Dial></Response>",
	    LINT_VOICE, "1:19 warning 13810, 1:49 error 13231");
	ok(l.worst == LINT_ERROR && !l.lost,
	    "an error by Twilio's list is not a lost document");
	finds("<Response><Nonsense/><Say>a</Response>", LINT_VOICE,
	    "1:30 error 12100");
	ok(l.lost, "a document that cannot be read is lost");
	finds("<Respond/>", LINT_VOICE, "1:1 error 12102");
	finds("<Response version='3'/>", LINT_VOICE, "1:11 error 12101");
	finds("", LINT_VOICE, "1:1 error 11770, 1:1 error 12100");
}

static void
try_kinds(void)
{
	finds("<Response><Message>a</Message></Response>", LINT_ANY, "");
	finds("<Response><Redirect>/a</Redirect><Message>a</Message>"
	    "</Response>", LINT_ANY, "");
	finds("<Response><Receive/></Response>", LINT_ANY, "");
	finds("<Response><Message>a</Message><Say>a</Say></Response>",
	    LINT_ANY, "1:31 warning 14110, 1:31 warning 12200");
	finds("<Response><Message>a</Message></Response>", LINT_VOICE,
	    "1:11 warning 12200");
	finds("<Response><Sms>a</Sms></Response>", LINT_MESSAGING,
	    "1:11 advice 0");
}

static void
try_contents(void)
{
	finds("<Response><Message><Body/><Media>https://example.com/a"
	    "</Media></Message></Response>", LINT_MESSAGING, "");
	finds("<Response><Message><Media>https://example.com/a</Media>"
	    "<Body> </Body></Message></Response>", LINT_MESSAGING, "");
	finds("<Response><Message><Body/></Message></Response>",
	    LINT_MESSAGING, "1:20 warning 14103");
	finds("<Response><Dial><Sip>sip:kate@</Sip></Dial></Response>",
	    LINT_VOICE, "1:17 warning 13243");
	finds("<Response><Dial><Sip>sip:@example.com</Sip></Dial></Response>",
	    LINT_VOICE, "1:17 warning 13243");
	finds("<Response><Dial><Sip>sip:example.com:5060;transport=tcp</Sip>"
	    "</Dial></Response>", LINT_VOICE, "");
	finds("<Response><Dial><Sip>sip:a@example.com?x=b@c</Sip></Dial>"
	    "</Response>", LINT_VOICE, "");
	finds("<Response><Stop/></Response>", LINT_VOICE,
	    "1:11 warning 12200");
}

static void
try_marked(void)
{
	struct str	s = STR("<Response><Gather timeout='\xee\x80\x80' "
	    "numDigits='x' action='\xee\x80\x80/a'><Say>\xee\x80\x80</Say>"
	    "<Play>\xee\x80\x80</Play></Gather><Dial><Number>"
	    "\xee\x80\x80</Number></Dial><Enqueue>q<Task>{\"a\": \""
	    "\xee\x80\x80\"</Task></Enqueue></Response>");

	lint(s, LINT_VOICE, LINT_MARKED);
	is_str(found(), STR("1:31 warning 13314"),
	    "values of a template are not known, all else is checked");
	lint(s, LINT_VOICE, 0);
	ok(l.n > 1, "without the flag they are texts like others");
}

static void
try_harmless(void)
{
	static char	big[LINT_MAX_BYTES + 2];
	char		deep[2048];
	struct out	o = out_init(deep, sizeof(deep));
	size_t		i;

	finds("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
	    "<Response><Say>&x;</Say></Response>", LINT_VOICE,
	    "1:13 error 12100");
	lint(STR("\xef\xbb\xbf<Response/>"), LINT_VOICE, 0);
	is_str(found(), STR("1:1 error 12100"), "a byte order mark");
	lint(STR("\xff\xfe<\0R\0"), LINT_VOICE, 0);
	is_str(found(), STR("1:1 error 12100"), "UTF-16");
	lint(STR("<\0R\0"), LINT_VOICE, 0);
	is_str(found(), STR("1:1 error 12100"), "UTF-16 without a mark");
	finds("<?xml version='1.0' encoding='ISO-8859-1'?><Response><Say>"
	    "\xc3\xa9</Say></Response>", LINT_VOICE, "1:1 error 12100");
	finds("<?xml version='1.0' encoding='ISO-8859-1'?><Response/>",
	    LINT_VOICE, "1:1 advice 0");
	for (i = 0; i < 64; i++)
		out_cstr(&o, i == 0 ? "<Response><Say>" : "<emphasis>");
	lint(out_str(&o), LINT_VOICE, 0);
	ok(l.n == 1 && l.at[0].code == 12100 && l.lost &&
	    l.at[0].column > 600, "65 elements within each other");
	memset(big, ' ', sizeof(big));
	memcpy(big, "<Response/>", 11);
	lint((struct str){ big, LINT_MAX_BYTES }, LINT_VOICE, 0);
	is_str(found(), STR(""), "65,536 bytes");
	lint((struct str){ big, LINT_MAX_BYTES + 1 }, LINT_VOICE, 0);
	is_str(found(), STR("1:1 error 11750"), "65,537 bytes");
}

static void
try_many(void)
{
	static char	text[32768];
	struct out	o = out_init(text, sizeof(text));
	size_t		i;

	out_cstr(&o, "<Response><Say");
	for (i = 0; i < 2000; i++) {
		out_cstr(&o, " a");
		out_int(&o, (int64_t)i);
		out_cstr(&o, "='1'");
	}
	out_cstr(&o, ">a</Say></Response>");
	lint(out_str(&o), LINT_VOICE, 0);
	is_int(l.n, LINT_MAX_FINDINGS, "so many findings are kept");
	is_int(l.more, 2000 - LINT_MAX_FINDINGS, "the others are counted");
}

static void
try_memory(void)
{
	struct str	s = STR("<Response><Dial timeout='x'><Foo/></Dial>"
	    "<Say>a</Say></Response>"), good = STR("<Response/>");
	size_t		cap;

	for (cap = 0; cap < 40000; cap += 97) {
		arena = (struct arena){ .base = memory, .cap = cap };
		lint_twiml(&arena, s, LINT_VOICE, 0, &l);
		quiet(l.worst >= LINT_WARNING, "%zu bytes: nothing found",
		    cap);
		lint_twiml(&arena, good, LINT_VOICE, 0, &l);
		quiet(l.worst == LINT_CLEAN || l.worst == LINT_ERROR,
		    "%zu bytes: a wrong verdict", cap);
	}
	tap_loop("with little memory the verdict is never a good one");
	lint(good, LINT_VOICE, 0);
	is_int(arena.used, 0, "a clean text leaves the arena as it was");
}

static void
try_check(void)
{
	char		buf[512];
	struct out	why = out_init(buf, sizeof(buf));

	arena = (struct arena){ .base = memory, .cap = sizeof(memory) };
	ok(lint_check(&arena, STR("<Response><Redirect/></Response>"),
	    LINT_VOICE, &why) && why.n == 0, "advice is good enough");
	ok(!lint_check(&arena, STR("<Response>\n<Gather numdigits='1'/>"
	    "</Response>"), LINT_VOICE, &why), "a warning is not");
	is_str(out_str(&why), STR("line 2:9: cvc-complex-type.3.2.2: "
	    "Attribute 'numdigits' is not allowed to appear in element "
	    "'Gather'. Did you mean numDigits? (Twilio 12200)"),
	    "and it is told in one line");
}

static void
responds(const char *text, enum lint_document document, const char *wanted)
{
	arena = (struct arena){ .base = memory, .cap = sizeof(memory) };
	ok(lint_is_response(str_from(text)), "it is a response");
	lint_response(&arena, guard_str(str_from(text)), document, &l);
	is_str(found(), str_from(wanted), name(text));
}

static void
try_responses(void)
{
	responds("Content-Type: text/xml\n\n<Response/>", LINT_VOICE, "");
	responds("HTTP/1.1 200 OK\r\ncontent-type: application/xml; "
	    "charset=\"UTF-8\"\r\n\r\n<Response/>", LINT_VOICE, "");
	responds("HTTP/2 200\r\nServer: x\r\nContent-Type: text/json\r\n\r\n"
	    "<Response/>", LINT_VOICE, "3:1 error 12300");
	responds("HTTP/1.1 200 OK\nServer: x\n\n<Response/>", LINT_VOICE,
	    "1:1 error 12300");
	responds("Status: 500\nContent-Type: text/xml\n\n<Response/>",
	    LINT_VOICE, "1:1 error 11200");
	responds("Content-Type: text/plain\n\n<Response/>", LINT_VOICE,
	    "1:1 advice 0");
	responds("Content-Type: text/plain\n\n<Response/>", LINT_MESSAGING,
	    "1:1 error 0, 1:1 advice 0");
	responds("Content-Type: text/plain\n\nHello", LINT_MESSAGING,
	    "1:1 advice 0");
	responds("Content-Type: text/plain\n\nHello", LINT_VOICE,
	    "1:1 advice 0");
	responds("Content-Type: text/html\nContent-Type: text/xml\n\n"
	    "<Response/>", LINT_VOICE, "2:1 advice 0");
	responds("Content-Type: text/xml;charset=latin1\n\n<Response/>",
	    LINT_VOICE, "1:1 advice 0");
	responds("Content-Type: text/xml\n\n\n<?xml version='1.0'?>"
	    "<Response/>", LINT_VOICE, "4:1 error 12100");
	responds("Content-Type: text/xml\n\n<Response><Foo/></Response>",
	    LINT_FAX, "3:11 warning 12200");
	responds("Content-Type: audio/mpeg\n\nID3", LINT_VOICE, "");
	responds("Status: 204 No Content\n\n", LINT_MESSAGING, "");
	responds("HTTP/1.1 302 Found\r\nLocation: /a\r\n\r\n", LINT_VOICE,
	    "1:1 advice 0");
	responds("HTTP/1.1 304 Not Modified\nContent-Type: text/xml\n\n"
	    "<Response/>", LINT_VOICE, "1:1 error 11200");
	responds("HTTP/1.1 20 OK\nContent-Type: text/xml\n\n<Response/>",
	    LINT_VOICE, "1:1 error 11200");
	responds("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 Oops\r\n"
	    "Content-Type: text/xml\r\n\r\n<Response/>", LINT_VOICE,
	    "3:1 error 11200");
	responds("HTTP/1.1 302 Found\r\n\r\nHTTP/2 200 \r\nContent-Type: "
	    "text/xml\r\n\r\n<Response/>", LINT_VOICE, "");
	ok(!lint_is_response(STR("Warning: x\n\n<Response/>")),
	    "what PHP prints is not a header");
	ok(!lint_is_response(STR("<Response/>\nContent-Type: a\n\n")),
	    "a document is none");
	ok(!lint_is_response(STR("")), "nothing is none");
}

static void
try_patterns(void)
{
	static const struct {
		const char	*pattern, *text;
		bool		 good;
	} cases[] = {
		{ "", "", true }, { "", "a", false }, { "a", "a", true },
		{ "a*", "", true }, { "a+", "", false }, { "a?b", "b", true },
		{ "[a-c]{2}", "ab", true }, { "[a-c]{2}", "abc", false },
		{ "[a-c]{2,}", "abcab", true }, { "a{1,3}", "aaaa", false },
		{ "a|bc", "bc", true }, { "a|bc", "ab", false },
		{ "[|]|x", "|", true }, { "\\.", "a", false },
		{ "\\.", ".", true }, { ".+", "a\nb", true },
		{ "[^\\s]+", "a b", false }, { "[^\\s]+", "a-b", true },
		{ "[+\\-]", "-", true }, { "[+\\-]", ",", false },
		{ "a*ab", "aaab", true }, { "wss://.+", "wss://", false },
		{ "[0-9]+m?s|[0-9]+\\.[0-9]+m?s", "1.5s", true },
		{ "[0-9]+m?s|[0-9]+\\.[0-9]+m?s", "500", false },
	};
	size_t	i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		quiet(pattern_matches(cases[i].pattern,
		    guard_str(str_from(cases[i].text))) == cases[i].good,
		    "%s, %s", cases[i].pattern, cases[i].text);
	tap_loop("patterns");
}

int
main(void)
{
	try_places();
	try_levels();
	try_kinds();
	try_contents();
	try_marked();
	try_harmless();
	try_many();
	try_memory();
	try_check();
	try_responses();
	try_patterns();
	return done_testing();
}
