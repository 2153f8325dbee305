/*
 * What is wrong with settings beyond their form; config check and doctor
 * tell it, the responder starts all the same.
 */
#ifndef OFFHOOK_REMARKS_H
#define OFFHOOK_REMARKS_H

#include "cmd.h"

/* The folder is not there, and this user cannot make it. */
bool	remarks_folder_missing(struct cli *, const char *path);
/* OFFHOOK_PUBLIC_URL has a query or a fragment, which are not used. */
bool	remarks_url_has_more(const struct config *);

#endif
