/* Parse options against a table. See option.h. */
#include <stdio.h>
#include <string.h>

#include "option.h"

#define MAX_WORD 48	/* conversation.onConversationStateUpdated */

size_t
option_distance(const char *a, const char *b)
{
	size_t	row[MAX_WORD + 1], na = strlen(a), nb = strlen(b);
	size_t	i, j, diagonal, best;

	if (na > MAX_WORD || nb > MAX_WORD)
		return 99;
	for (j = 0; j <= nb; j++)
		row[j] = j;
	for (i = 1; i <= na; i++) {
		diagonal = row[0];
		row[0] = i;
		for (j = 1; j <= nb; j++) {
			best = diagonal + (a[i - 1] != b[j - 1]);
			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[nb];
}

static const struct option *
find(const struct option *const *tables, size_t n, const char *name,
    size_t len)
{
	const struct option	*o;
	size_t			 i;

	for (i = 0; i < n; i++)
		for (o = tables[i]; o != NULL && o->name != NULL; o++)
			if (strlen(o->name) == len &&
			    memcmp(o->name, name, len) == 0)
				return o;
	return NULL;
}

static void
unknown(const struct option *const *tables, size_t n, const char *name,
    size_t len, char why[512])
{
	const struct option	*o, *nearest = NULL;
	char			 word[MAX_WORD + 1] = "";
	size_t			 i, d, best = 4;

	if (len <= MAX_WORD)
		memcpy(word, name, len);
	word[len <= MAX_WORD ? len : 0] = '\0';
	for (i = 0; i < n; i++)
		for (o = tables[i]; o != NULL && o->name != NULL; o++) {
			d = option_distance(word, o->name);
			if (d < best) {
				best = d;
				nearest = o;
			}
		}
	if (nearest == NULL)
		(void)snprintf(why, 512, "there is no option --%.*s",
		    len > 100 ? 100 : (int)len, name);
	else
		(void)snprintf(why, 512,
		    "there is no option --%.*s; did you mean --%s?",
		    len > 100 ? 100 : (int)len, name, nearest->name);
}

/* Take one "--name[=value]"; *used is how many of argv it took. */
static bool
take(char *const *argv, const struct option *const *tables, size_t n,
    struct args *args, size_t *used, char why[512])
{
	const char		*name = argv[0] + 2;
	const char		*equals = strchr(name, '='), *value = "";
	size_t			 len = strlen(name);
	const struct option	*o;

	if (equals != NULL)
		len = (size_t)(equals - name);
	*used = 1;
	o = find(tables, n, name, len);
	if (o == NULL) {
		unknown(tables, n, name, len, why);
		return false;
	}
	if (o->value == NULL && equals != NULL) {
		(void)snprintf(why, 512, "--%s takes no value", o->name);
		return false;
	}
	if (o->value != NULL) {
		value = equals != NULL ? equals + 1 : argv[1];
		*used = equals != NULL ? 1 : 2;
	}
	if (value == NULL) {
		(void)snprintf(why, 512, "--%s needs a value: --%s %s",
		    o->name, o->name, o->value);
		return false;
	}
	if (!o->many && option_get(args, o->name) != NULL) {
		(void)snprintf(why, 512, "--%s is given twice", o->name);
		return false;
	}
	if (args->ngiven == ARGS_MAX_OPTIONS) {
		(void)snprintf(why, 512, "more than %d options",
		    ARGS_MAX_OPTIONS);
		return false;
	}
	args->given[args->ngiven++] = (struct arg){ o, value };
	return true;
}

static bool
take_operand(const char *word, struct args *args, char why[512])
{
	if (args->noperands == ARGS_MAX_OPERANDS) {
		(void)snprintf(why, 512, "too many words");
		return false;
	}
	args->operand[args->noperands++] = word;
	return true;
}

bool
option_parse(char *const *argv, const struct option *const *tables,
    size_t ntables, struct args *args, char why[512])
{
	size_t	used;
	bool	ended = false;

	*args = (struct args){ .ngiven = 0 };
	for (; *argv != NULL; argv += used) {
		used = 1;
		if (!ended && strcmp(*argv, "--") == 0)
			ended = true;
		else if (!ended && strncmp(*argv, "--", 2) == 0) {
			if (!take(argv, tables, ntables, args, &used, why))
				return false;
		} else if (!ended && (*argv)[0] == '-' && (*argv)[1] != '\0') {
			(void)snprintf(why, 512, "there is no option %.20s; "
			    "options are words: --name", *argv);
			return false;
		} else if (!take_operand(*argv, args, why))
			return false;
	}
	return true;
}

const char *
option_get(const struct args *args, const char *name)
{
	size_t	i;

	for (i = args->ngiven; i-- > 0;)
		if (strcmp(args->given[i].option->name, name) == 0)
			return args->given[i].value;
	return NULL;
}

const char *
option_next(const struct args *args, const char *name, size_t *at)
{
	while (*at < args->ngiven) {
		const struct arg	*g = &args->given[(*at)++];

		if (strcmp(g->option->name, name) == 0)
			return g->value;
	}
	return NULL;
}
