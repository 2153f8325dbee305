/*
 * TwiML: what must hold before a text may go to Twilio as a reply.
 * Sources: Twilio errors 11750 (size), 12100 (not well-formed), 12102
 * (root element); XML 1.0 fifth edition.
 */
#ifndef OFFHOOK_TWIML_H
#define OFFHOOK_TWIML_H

#include "out.h"
#include "str.h"

#define TWIML_MAX_BYTES 65535	/* Twilio refuses 64 kB and more: 11750 */
#define TWIML_TYPE "text/xml; charset=utf-8"
#define TWIML_EMPTY \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response/>\n"

/*
 * True when the text is well-formed XML in UTF-8 whose root element is
 * Response, below 64 kB, with nothing before it and no DOCTYPE. Otherwise
 * *why says what is wrong, where (line:column) and how to mend it.
 */
bool	twiml_check(struct str text, struct out *why);

#endif
