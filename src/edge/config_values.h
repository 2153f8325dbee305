/* What each setting's value must be: config.c's second half. */
#ifndef OFFHOOK_CONFIG_VALUES_H
#define OFFHOOK_CONFIG_VALUES_H

#include "config.h"

/* A token setting as found: the account's SID and one or several tokens. */
struct token_setting {
	struct str	 sid;
	struct str	 value;
	const char	*source;
};

/* Begin an error line: "source: name: ". The caller ends it with '\n'. */
void	config_fault(struct out *, const char *source, const char *name);
/*
 * Turn the texts of c->value into the struct's fields and check them;
 * each fault adds a line to errors.
 */
void	config_check(struct config *, const struct token_setting *, size_t n,
	    struct out *errors);

#endif
