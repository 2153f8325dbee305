/* Check that a text may go to Twilio. See twiml.h. */
#include <expat.h>

#include "twiml.h"

struct check {
	XML_Parser	 parser;
	int		 depth;
	const char	*fault;	/* first thing wrong beside XML itself */
};

static void
stop(struct check *c, const char *fault)
{
	c->fault = fault;
	(void)XML_StopParser(c->parser, XML_FALSE);
}

static void XMLCALL
on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct check	*c = data;

	(void)attributes;
	if (c->depth++ == 0 && !str_eq(str_from(name), STR("Response")))
		stop(c, "the root element is not Response (Twilio 12102); "
		    "put the verbs inside <Response>…</Response>");
}

static void XMLCALL
on_end(void *data, const XML_Char *name)
{
	struct check	*c = data;

	(void)name;
	c->depth--;
}

static void XMLCALL
on_doctype(void *data, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(data, "a DOCTYPE has no place in TwiML; remove it");
}

static void
say_where(struct out *why, XML_Parser parser, const char *what)
{
	out_cstr(why, "line ");
	out_int(why, (int64_t)XML_GetCurrentLineNumber(parser));
	out_cstr(why, ":");
	out_int(why, (int64_t)XML_GetCurrentColumnNumber(parser) + 1);
	out_cstr(why, ": ");
	out_cstr(why, what);
}

static bool
parse(XML_Parser parser, struct str text, struct out *why)
{
	struct check	c = { .parser = parser };
	enum XML_Status	status;

	XML_SetUserData(parser, &c);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	status = XML_Parse(parser, text.p, (int)text.n, XML_TRUE);
	if (c.fault != NULL)
		say_where(why, parser, c.fault);
	else if (status != XML_STATUS_OK) {
		say_where(why, parser,
		    XML_ErrorString(XML_GetErrorCode(parser)));
		out_cstr(why, " (Twilio 12100); in text write & as &amp; "
		    "and < as &lt;");
	} else
		return true;
	return false;
}

bool
twiml_check(struct str text, struct out *why)
{
	XML_Parser	parser;
	bool		ok;

	if (str_trim(text).n == 0) {
		out_cstr(why, "it is empty; the least is <Response/>");
		return false;
	}
	if (text.n > TWIML_MAX_BYTES) {
		out_cstr(why, "it has 64 kB or more (Twilio 11750); "
		    "shorten it or redirect to a second document");
		return false;
	}
	if (text.p[0] != '<') {
		out_cstr(why, "line 1:1: something stands before the first < "
		    "(Twilio 12100); begin with <?xml or <Response>");
		return false;
	}
	parser = XML_ParserCreate("UTF-8");
	if (parser == NULL) {
		out_cstr(why, "out of memory");
		return false;
	}
	ok = parse(parser, text, why);
	XML_ParserFree(parser);
	return ok;
}
