/* Help from the table of commands, and suggestions for what is not in it. */
#ifndef OFFHOOK_HELP_H
#define OFFHOOK_HELP_H

#include <stdio.h>

#include "cmd.h"

extern const struct command	commands[];
extern const size_t		ncommands;
extern const struct option	global_options[];

void	help_all(FILE *);
/* One line a command; noun NULL: of all of them. */
void	help_list(FILE *, const char *noun);
void	help_command(const struct command *);
bool	help_is_noun(const char *word);
/* Neither noun nor verb: name the nearest command; EXIT_USAGE. */
int	help_unknown(const char *word, const char *second);

#endif
