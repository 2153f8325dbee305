/*
 * Options by a table: --name value or --name=value, anywhere among the
 * operands, "--" ends them. What the table does not have is an error with
 * a suggestion.
 */
#ifndef OFFHOOK_OPTION_H
#define OFFHOOK_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#define ARGS_MAX_OPTIONS 256
#define ARGS_MAX_OPERANDS 1024

struct option {
	const char	*name;	/* without "--"; NULL ends a table */
	const char	*value;	/* what help calls it; NULL: takes none */
	const char	*help;
	bool		 many;	/* may be given several times */
};

struct arg {
	const struct option	*option;
	const char		*value;	/* "" when it takes none */
};

struct args {
	struct arg	 given[ARGS_MAX_OPTIONS];
	size_t		 ngiven;
	const char	*operand[ARGS_MAX_OPERANDS];
	size_t		 noperands;
};

/*
 * Parse argv against several tables (the command's own and the global
 * one). False with a text in why when something is wrong.
 */
bool		 option_parse(char *const *argv, const struct option *const *,
		    size_t ntables, struct args *, char why[512]);
/* The value given last, or NULL; options without a value have "". */
const char	*option_get(const struct args *, const char *name);
/* The next value of one that may be repeated; start with *at = 0. */
const char	*option_next(const struct args *, const char *name, size_t *at);
/* Edits from one word to the other, at most 99. */
size_t		 option_distance(const char *, const char *);

#endif
