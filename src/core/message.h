/*
 * A request as a text that can be kept and read again: an HTTP/1.1 request
 * message (RFC 9112 section 2.1). The ring of rejected requests keeps them,
 * and `offhook signature explain` reads them, from there or from a file
 * that a person captured.
 */
#ifndef OFFHOOK_MESSAGE_H
#define OFFHOOK_MESSAGE_H

#include "arena.h"
#include "out.h"
#include "str.h"

#define MESSAGE_MAX_HEADERS 64

struct header {
	struct str	name;
	struct str	value;
};

struct message {
	struct str	method;
	struct str	target;
	struct header	header[MESSAGE_MAX_HEADERS];
	size_t		nheaders;
	struct str	body;
};

enum message_result {
	MESSAGE_OK,
	MESSAGE_NO_REQUEST_LINE,	/* METHOD TARGET HTTP/1.1 */
	MESSAGE_BAD_HEADER,		/* a line without a colon */
	MESSAGE_TOO_MANY_HEADERS,
	MESSAGE_SHORT_BODY		/* shorter than its Content-Length */
};

const char	*message_strerror(enum message_result);
/*
 * Views into the text. Lines may end in CRLF or LF. With a Content-Length
 * the body has just that length, else it is all that follows the blank line.
 */
enum message_result message_parse(struct str text, struct message *out);
/* First header of that name, in any case; absent when there is none. */
struct str	 message_header(const struct message *, const char *name);
/* Control bytes of a header's value are written as '?'. */
void		 message_write_header(struct out *, const char *name,
		    struct str value);
void		 message_write_request_line(struct out *, struct str method,
		    struct str target);
/* Content-Length, the blank line and the body: the end of a message. */
void		 message_write_body(struct out *, struct str body);

#endif
