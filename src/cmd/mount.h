/*
 * Where the responder is reached: the public URLs, each with the path that
 * offhook.fcgi is mounted at.
 */
#ifndef OFFHOOK_MOUNT_H
#define OFFHOOK_MOUNT_H

#include "cmd.h"

struct mount {
	struct base		 given;	/* the operand's, if there is one */
	const struct base	*bases;
	size_t			 nbases;
};

/* The operand BASE, else OFFHOOK_PUBLIC_URL; 0, or a status after an error. */
int		 mount_find(struct cli *, struct mount *);
/* scheme://[userinfo]host[:port]/path; --path, where the base has none. */
const char	*mount_url(struct cli *, const struct base *,
		    const char *userinfo);

#endif
