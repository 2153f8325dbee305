/*
 * The command line: `offhook NOUN VERB` or `offhook VERB`. This file finds the
 * command that was asked for (commands.c), and runs it.
 */
#include <stdio.h>
#include <string.h>

#include "../core/version.h"
#include "help.h"

int
cmd_version(struct cli *cli)
{
	if (cli->json)
		out_cstr(&cli->out, "{\"version\": \"" OFFHOOK_VERSION "\"}\n");
	else
		out_cstr(&cli->out, "offhook " OFFHOOK_VERSION "\n");
	return 0;
}

/* The command that the first words name; *words is how many they are. */
static const struct command *
find_command(char *const *argv, size_t *words)
{
	const struct command	*c;

	for (c = commands; c < commands + ncommands; c++) {
		*words = c->noun == NULL ? 1 : 2;
		if (c->noun == NULL && strcmp(argv[0], c->verb) == 0)
			return c;
		if (c->noun != NULL && argv[1] != NULL &&
		    strcmp(argv[0], c->noun) == 0 &&
		    strcmp(argv[1], c->verb) == 0)
			return c;
	}
	return NULL;
}

/* No command was found: help, or say what is wrong. */
static int
no_command(char *const *argv)
{
	const char	*second;

	if (argv[0] == NULL) {
		help_all(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "help") == 0) {
		help_all(stdout);
		return 0;
	}
	second = argv[1] != NULL && argv[1][0] != '-' ? argv[1] : NULL;
	if (!help_is_noun(argv[0]) || second != NULL)
		return help_unknown(argv[0], second);
	if (argv[1] != NULL && strcmp(argv[1], "--help") == 0) {
		(void)printf("usage: offhook %s VERB [OPTION...]\n\n",
		    argv[0]);
		help_list(stdout, argv[0]);
		return 0;
	}
	cli_error("%s needs a verb:", argv[0]);
	help_list(stderr, argv[0]);
	return EXIT_USAGE;
}

/* Whether it is one of the words that the given --output takes. */
static bool
is_format(const struct args *a, struct str word)
{
	struct str	all = STR(""), one;
	size_t		i;

	for (i = 0; i < a->ngiven; i++)
		if (strcmp(a->given[i].option->name, "output") == 0)
			all = str_from(a->given[i].option->value);
	while (str_cut(&all, '|', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

/* Check what the table says of the words. */
static int
check_args(struct cli *cli)
{
	const struct command	*c = cli->command;
	struct str		 format = cli_option(cli, "output");
	const struct args	*a = &cli->args;

	if (format.p != NULL && !is_format(a, format))
		return cli_usage(cli, "--output is table%s, not %s",
		    is_format(a, STR("csv")) ? ", json or csv" :
		    " or json", format.p);
	cli->json = format.p != NULL && str_eq(format, STR("json"));
	cli->csv = format.p != NULL && str_eq(format, STR("csv"));
	cli->config_path = option_get(a, "config");
	if (a->noperands < c->min)
		return cli_usage(cli, "it needs %s", c->operands);
	if (a->noperands > c->max)
		return cli_usage(cli, "\"%s\" is one word too many",
		    a->operand[c->max]);
	return 0;
}

/* Write what the command printed; its status, or failure. */
static int
finish(struct cli *cli, int status)
{
	if (cli->out.overflow) {
		cli_error("the output is larger than %zu MB",
		    CLI_OUTPUT >> 20);
		status = EXIT_FAILURE;
	}
	(void)fwrite(cli->out.p, 1, cli->out.n, stdout);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		cli_error("cannot write the output");
		status = EXIT_FAILURE;
	}
	if (cli->after != NULL && status == 0)
		cli_note("%s", cli->after);
	db_close(&cli->db);
	if (cli->config_read)
		config_close(&cli->config);
	return status;
}

static int
run(struct cli *cli, char *const *argv)
{
	const struct option	*tables[] = { cli->command->options,
				    global_options };
	char			 why[512];
	int			 status;

	if (!option_parse(argv, tables, 2, &cli->args, why))
		return cli_usage(cli, "%s", why);
	if (option_get(&cli->args, "help") != NULL) {
		help_command(cli->command);
		return 0;
	}
	status = check_args(cli);
	return status != 0 ? status : cli->command->run(cli);
}

/* Words before the command: --config FILE and the like go behind it. */
static size_t
skip_globals(char *const *argv)
{
	size_t	i = 0;

	while (argv[i] != NULL && (strncmp(argv[i], "--output", 8) == 0 ||
	    strncmp(argv[i], "--config", 8) == 0))
		i += strchr(argv[i], '=') != NULL || argv[i + 1] == NULL ?
		    1 : 2;
	return i;
}

int
main(int argc, char **argv)
{
	static struct cli	 cli;
	char			*memory, **rest;
	size_t			 before, words, n = 0, i;
	int			 status = EXIT_FAILURE;

	memory = malloc(CLI_MEMORY + CLI_OUTPUT);
	rest = calloc((size_t)argc + 1, sizeof(*rest));
	if (memory == NULL || rest == NULL || argc < 1) {
		cli_error("out of memory");
		goto done;
	}
	argv++;
	before = skip_globals(argv);
	cli.command = argv[before] == NULL ? NULL :
	    find_command(argv + before, &words);
	if (cli.command == NULL) {
		status = no_command(argv + before);
		goto done;
	}
	for (i = 0; argv[i] != NULL; i++)
		if (i < before || i >= before + words)
			rest[n++] = argv[i];
	cli.arena = (struct arena){ .base = memory, .cap = CLI_MEMORY };
	cli.out = out_init(memory + CLI_MEMORY, CLI_OUTPUT);
	status = finish(&cli, run(&cli, rest));
done:
	free(rest);
	free(memory);
	return status;
}
