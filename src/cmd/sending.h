/* A request as Twilio would send it, made from the options of send. */
#ifndef OFFHOOK_SENDING_H
#define OFFHOOK_SENDING_H

#include "../edge/http.h"
#include "key.h"
#include "sample.h"

#define SENDING_MAX_PARAMS (SAMPLE_MAX + ARGS_MAX_OPTIONS)

struct sending {
	struct cli		*cli;
	enum sample		 sample;
	struct sample_values	 v;
	struct param		 param[SENDING_MAX_PARAMS];
	struct form		 form;
	struct key		 key;
	struct str		 user;		/* Basic auth; or absent */
	const char		*token_header;	/* "": none */
	struct http_request	 request;
};

/* Everything but sending it (cli is set); false after a message. */
bool	sending_prepare(struct sending *);

#endif
