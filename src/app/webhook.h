/*
 * A webhook from its first byte to its reply: verify, classify, record,
 * answer. The one use case of the responder.
 */
#ifndef OFFHOOK_WEBHOOK_H
#define OFFHOOK_WEBHOOK_H

#include "../core/sig.h"
#include "../edge/config.h"
#include "../edge/http.h"
#include "../edge/log.h"
#include "../edge/request.h"
#include "../edge/respond.h"
#include "../edge/ring.h"
#include "../edge/slots.h"
#include "../edge/snapshot.h"
#include "../edge/spool.h"
#include "../edge/store.h"

struct webhook {
	const struct config	*config;
	struct sig		 sig;
	struct db		 db;
	struct ring		 ring;
	struct snapshot		 snapshot;
	struct slots		 slots;
	struct spool		 spool;
	struct http_client	 http;		/* to applications */
	struct log		 log;
	bool			 accepted;	/* the last request was */
	bool			 broken;	/* a route is; issue due */
	bool			 once;		/* CGI: forgets at its end */
};

/* False when libcrypto cannot verify; nothing else is fatal. */
bool	webhook_open(struct webhook *, const struct config *);
void	webhook_close(struct webhook *);
/* The reply's texts live in the request's arena or are constant. */
void	webhook_handle(struct webhook *, struct request *, struct reply *);

#endif
