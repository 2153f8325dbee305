/* A reply and its bytes on a CGI or FastCGI output (RFC 3875 section 6). */
#ifndef OFFHOOK_RESPOND_H
#define OFFHOOK_RESPOND_H

#include "../core/out.h"

struct reply {
	int		 status;
	const char	*type;		/* NULL: no body and no Content-Type */
	struct str	 body;
	const char	*header;	/* one further line, or NULL */
	bool		 no_body;	/* HEAD: headers as if, without body */
};

/* The whole response in one text; false when it does not fit. */
bool	respond_format(const struct reply *, struct out *);

#endif
