/* A request as Twilio would send it. */
#ifndef OFFHOOK_SENDING_H
#define OFFHOOK_SENDING_H

#include "../edge/http.h"
#include "key.h"
#include "sample.h"

#define SENDING_TEST_ACCOUNT "AC00000000000000000000000000000001"
#define SENDING_MAX_PARAMS (SAMPLE_MAX + ARGS_MAX_OPTIONS)

struct sending {
	struct cli		*cli;
	const struct sample	*sample;
	struct sample_values	 v;
	const char		*url;		/* as the user wrote it */
	struct param		 param[SENDING_MAX_PARAMS];
	struct form		 form;
	struct key		 key;
	struct str		 user;		/* Basic auth; or absent */
	const char		*token_header;	/* "": none */
	struct http_request	 request;
};

/*
 * Everything but sending it, by the options of send; cli, sample and url
 * are set. False after a message.
 */
bool	sending_prepare(struct sending *);
/*
 * The request alone: cli, sample, url, key, token_header and all of v are
 * set. Of the options --param, --header, --get, --unsigned and --connect
 * count. False after a message.
 */
bool	sending_make(struct sending *);
/* Whether each --header is one; false after a message. */
bool			 sending_headers(const struct cli *);
/* The sample of a kind and --variant; NULL after a message. */
const struct sample	*sending_sample(const struct cli *, const char *kind);
/* What --param says, to a form that has room for SENDING_MAX_PARAMS. */
void	sending_params(const struct cli *, struct form *);
/* A new I-Twilio-Idempotency-Token. */
const char	*sending_token(struct cli *);

#endif
