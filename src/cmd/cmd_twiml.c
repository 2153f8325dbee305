/* offhook twiml lint: what Twilio would say of a reply. */
#include "../core/lint.h"
#include "cmd.h"

#define FILE_BYTES ((size_t)32 << 20)	/* far beyond what Twilio takes */

const struct option options_twiml_lint[] = {
	{ "kind", "voice|messaging|fax", "what the reply answers "
	    "(what its verbs belong to)", false },
	{ NULL, NULL, NULL, false }
};

static bool
read_kind(const struct cli *cli, enum lint_document *kind)
{
	static const char *const names[] = {
		[LINT_VOICE] = "voice",
		[LINT_MESSAGING] = "messaging",
		[LINT_FAX] = "fax",
	};
	struct str	word = cli_option(cli, "kind");
	size_t		i;

	*kind = LINT_ANY;
	if (word.p == NULL)
		return true;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(word, str_from(names[i]))) {
			*kind = (enum lint_document)i;
			return true;
		}
	cli_usage(cli, "--kind is voice, messaging or fax, not %s", word.p);
	return false;
}

static void
write_text(struct out *o, const char *file, const struct lint_finding *f)
{
	out_printable(o, str_from(file));
	out_char(o, ':');
	out_int(o, (int64_t)f->line);
	out_char(o, ':');
	out_int(o, (int64_t)f->column);
	out_cstr(o, ": ");
	out_cstr(o, lint_level_name(f->level));
	if (f->code != 0) {
		out_char(o, ' ');
		out_int(o, f->code);
	}
	out_cstr(o, ": ");
	out_bytes(o, f->message);
	out_char(o, '\n');
}

static void
write_json(struct out *o, const char *file, const struct lint_finding *f)
{
	out_cstr(o, o->n > 1 ? ",\n " : "\n ");
	out_cstr(o, "{\"file\": ");
	out_json(o, str_from(file));
	out_cstr(o, ", \"line\": ");
	out_int(o, (int64_t)f->line);
	out_cstr(o, ", \"column\": ");
	out_int(o, (int64_t)f->column);
	out_cstr(o, ", \"code\": ");
	out_int(o, f->code);
	out_cstr(o, ", \"level\": \"");
	out_cstr(o, lint_level_name(f->level));
	out_cstr(o, "\", \"message\": ");
	out_json(o, f->message);
	out_char(o, '}');
}

/* Check one file and print what is found; its worst level. */
static enum lint_level
check_file(struct cli *cli, const char *file, struct str text,
    enum lint_document kind)
{
	struct lint	l;
	size_t		i;

	if (lint_is_response(text))
		lint_response(&cli->arena, text, kind, &l);
	else
		lint_twiml(&cli->arena, text, kind, 0, &l);
	for (i = 0; i < l.n; i++)
		if (cli->json)
			write_json(&cli->out, file, &l.at[i]);
		else
			write_text(&cli->out, file, &l.at[i]);
	if (l.more > 0)
		cli_note("%s: and %zu more", file, l.more);
	return l.worst;
}

int
cmd_twiml_lint(struct cli *cli)
{
	enum lint_document	kind;
	struct str		text;
	size_t			i, used = cli->arena.used;
	int			status = 0;

	if (!read_kind(cli, &kind))
		return EXIT_USAGE;
	if (cli->json)
		out_char(&cli->out, '[');
	for (i = 0; i < cli->args.noperands; i++) {
		text = cli_file(cli, cli->args.operand[i], FILE_BYTES);
		if (text.p == NULL)
			status = EXIT_USAGE;
		else if (check_file(cli, cli->args.operand[i], text, kind) >
		    LINT_ADVICE && status == 0)
			status = EXIT_FAILURE;
		cli->arena.used = used;
	}
	if (cli->json)
		out_cstr(&cli->out, cli->out.n > 1 ? "\n]\n" : "]\n");
	return status;
}
