/*
 * The loop: plain CGI once, or FastCGI until SIGTERM. One request at a
 * time; its memory is one arena, reset between requests.
 */
#ifndef OFFHOOK_SERVE_H
#define OFFHOOK_SERVE_H

#include "request.h"
#include "respond.h"

struct serve_handler {
	/* Called when the variables are there; gives the body's limit. */
	size_t	(*body_limit)(void *, struct request *);
	/* Fills the reply; its texts live in the request's arena. */
	void	(*handle)(void *, struct request *, struct reply *);
	/* Called when the client had gone before the reply was written. */
	void	(*client_gone)(void *);
	void	*data;
};

/* Whether standard input is no FastCGI socket. */
bool	serve_is_cgi(void);
/* Exit status of the process: 0 after SIGTERM or one CGI request. */
int	serve_run(const struct serve_handler *);

#endif
