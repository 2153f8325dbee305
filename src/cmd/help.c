/* Help, and what is near to a word that is no command. See help.h. */
#include <ctype.h>
#include <string.h>

#include "help.h"

static const char *
noun_of(const struct command *c)
{
	return c->noun == NULL ? "" : c->noun;
}

static const char *
noun_gap(const struct command *c)
{
	return c->noun == NULL ? "" : " ";
}

/* One line a command; noun NULL: of all of them. */
void
help_list(FILE *f, const char *noun)
{
	const struct command	*c;
	char			 name[64];

	for (c = commands; c < commands + ncommands; c++) {
		if (noun != NULL && strcmp(noun_of(c), noun) != 0)
			continue;
		(void)snprintf(name, sizeof(name), "%s%s%s %s", noun_of(c),
		    noun_gap(c), c->verb, c->operands);
		(void)fprintf(f, "  %-32s %s\n", name, c->purpose);
	}
}

void
help_all(FILE *f)
{
	(void)fprintf(f, "usage: offhook NOUN VERB [OPTION...]\n"
	    "       offhook VERB [OPTION...]\n\n"
	    "The front door for Twilio's webhooks: send requests, see what "
	    "came, route it.\n\n");
	help_list(f, NULL);
	(void)fprintf(f, "\nEach has --help with an example; all take "
	    "--output table|json\n(lists csv, too) and --config FILE.\n"
	    "Example:\n  offhook config check\n");
}

static bool
has_option(const struct option *o, const char *name)
{
	while (o != NULL && o->name != NULL && strcmp(o->name, name) != 0)
		o++;
	return o != NULL && o->name != NULL;
}

/* Of a table, but those that the command's own one has, too. */
static void
help_options(const struct option *o, const struct option *own)
{
	char	name[64];

	for (; o != NULL && o->name != NULL; o++) {
		if (has_option(own, o->name))
			continue;
		(void)snprintf(name, sizeof(name), "--%s%s%s", o->name,
		    o->value == NULL ? "" : " ",
		    o->value == NULL ? "" : o->value);
		(void)printf("  %-24s %s\n", name, o->help);
	}
}

void
help_command(const struct command *c)
{
	const char	*p;

	(void)printf("usage: offhook %s%s%s%s%s [OPTION...]\n\n%c%s.\n",
	    noun_of(c), noun_gap(c), c->verb, *c->operands == '\0' ? "" : " ",
	    c->operands, toupper((unsigned char)c->purpose[0]),
	    c->purpose + 1);
	if (c->detail != NULL)
		(void)printf("%s\n", c->detail);
	(void)printf("\nOptions:\n");
	help_options(c->options, NULL);
	help_options(global_options, c->options);
	(void)printf("\nExample:\n  ");
	for (p = c->example; *p != '\0'; p++)
		(void)printf(*p == '\n' ? "\n  " : "%c", *p);
	(void)printf("\n");
}

bool
help_is_noun(const char *word)
{
	const struct command	*c;

	for (c = commands; c < commands + ncommands; c++)
		if (c->noun != NULL && strcmp(c->noun, word) == 0)
			return true;
	return false;
}

/* Neither noun nor verb: name the nearest command, if one is near. */
int
help_unknown(const char *word, const char *second)
{
	const struct command	*c, *nearest = NULL;
	char			 typed[80], name[64];
	size_t			 d, best = 4;

	(void)snprintf(typed, sizeof(typed), "%s%s%s", word,
	    second == NULL ? "" : " ", second == NULL ? "" : second);
	for (c = commands; c < commands + ncommands; c++) {
		(void)snprintf(name, sizeof(name), "%s%s%s", noun_of(c),
		    noun_gap(c), c->verb);
		d = option_distance(typed, name);
		if (c->noun == NULL && option_distance(word, name) < d)
			d = option_distance(word, name);
		if (second == NULL && strcmp(word, c->verb) == 0)
			d = 0;	/* the noun was forgotten */
		if (d < best) {
			best = d;
			nearest = c;
		}
	}
	if (nearest == NULL)
		cli_error("there is no command %s; see: offhook --help",
		    typed);
	else
		cli_error("there is no command %s; did you mean: "
		    "offhook %s%s%s?", typed, noun_of(nearest),
		    noun_gap(nearest), nearest->verb);
	return EXIT_USAGE;
}
