/*
 * TwiML, written by construction. What others wrote is checked by lint.h.
 * Sources: Twilio errors 11750 (size), 12100 (not well-formed), 12102
 * (root element); XML 1.0 fifth edition.
 */
#ifndef OFFHOOK_TWIML_H
#define OFFHOOK_TWIML_H

#include "out.h"
#include "str.h"

#define TWIML_MAX_BYTES 65535	/* Twilio refuses 64 kB and more: 11750 */
#define TWIML_TYPE "text/xml; charset=utf-8"
#define TWIML_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define TWIML_EMPTY TWIML_DECLARATION "<Response/>\n"

#define TWIML_MAX_OPEN 16	/* elements within elements */
#define TWIML_MAX_ATTRS 32	/* in one tag */

/*
 * A document being written. Every misuse, and a result that is too large,
 * is remembered: nothing is written afterwards, and twiml_end says so.
 */
struct twiml {
	struct out	*out;
	size_t		 begin;		/* where the document starts in out */
	const char	*open[TWIML_MAX_OPEN];
	unsigned	 depth;
	const char	*attrs[TWIML_MAX_ATTRS];	/* of the tag */
	unsigned	 attr_count;
	bool		 in_tag;	/* its > is not yet written */
	bool		 bad;
};

/*
 * Names are constants: they are checked, and not copied before twiml_end.
 * Values may be anything. They are escaped; bytes that are not UTF-8 become
 * U+FFFD, characters that XML 1.0 excludes are dropped, and a parser reads
 * back exactly the rest. An absent value writes no attribute and no text.
 */
void	twiml_begin(struct twiml *, struct out *);
/* The first element is Response, and there is no other beside it. */
void	twiml_open(struct twiml *, const char *name);
/* Right after twiml_open only, each name once. */
void	twiml_attr(struct twiml *, const char *name, struct str value);
void	twiml_text(struct twiml *, struct str);
void	twiml_close(struct twiml *);
/*
 * Whether a whole document has been written to out, with nothing left open
 * and below 64 kB. If not, out is as it was at twiml_begin, but for its
 * overflow.
 */
bool	twiml_end(struct twiml *);

#endif
