/* offhook config: the settings, where each comes from, what is wrong. */
#include <stdio.h>

#include "cmd.h"
#include "remarks.h"
#include "table.h"

/* libpq's options of a connection string, the password masked. */
static struct str
masked_conninfo(struct cli *cli, struct str value)
{
	PQconninfoOption	*all, *o;
	struct out		 text;
	char			*error = NULL;

	all = PQconninfoParse(arena_cstr(&cli->arena, value), &error);
	PQfreemem(error);
	if (all == NULL)
		return STR("***");
	text = out_init(cli_alloc(cli, value.n * 2 + 64, 1),
	    value.n * 2 + 64);
	for (o = all; o->keyword != NULL; o++) {
		if (o->val == NULL)
			continue;
		if (text.n > 0)
			out_char(&text, ' ');
		out_cstr(&text, o->keyword);
		out_char(&text, '=');
		/* libpq marks what must not be shown with '*'. */
		out_cstr(&text, o->dispchar[0] == '*' ? "***" : o->val);
	}
	PQconninfoFree(all);
	return text.overflow ? STR("***") : out_str(&text);
}

static struct str
shown_value(struct cli *cli, const struct config *c, enum setting s)
{
	char		digits[24];
	struct out	o = out_init(digits, sizeof(digits));

	if (c->value[s].n > 0) {
		if (s == SETTING_DATABASE_URL ||
		    s == SETTING_ADMIN_DATABASE_URL)
			return masked_conninfo(cli, c->value[s]);
		return config_setting_is_secret(s) ? STR("***") :
		    c->value[s];
	}
	switch (s) {
	case SETTING_MAX_BODY:
		out_int(&o, (int64_t)c->max_body);
		return arena_copy(&cli->arena, out_str(&o));
	case SETTING_PROCESSES:
		out_int(&o, (int64_t)c->processes);
		return arena_copy(&cli->arena, out_str(&o));
	case SETTING_STATE:
		return str_from(c->state);
	case SETTING_SPOOL:
		return str_from(c->spool);
	case SETTING_SPOOL_BYTES:
		out_int(&o, c->spool_bytes);
		return arena_copy(&cli->arena, out_str(&o));
	case SETTING_SPOOL_FILES:
		out_int(&o, c->spool_files);
		return arena_copy(&cli->arena, out_str(&o));
	case SETTING_SENDMAIL:
		return str_from(c->sendmail);
	case SETTING_LOG:
		return STR("text");
	case SETTING_DATABASE_URL:
		return STR("(libpq's PG* variables and defaults)");
	case SETTING_ADMIN_DATABASE_URL:
		return STR("(DATABASE_URL)");
	case SETTING_ACCOUNT_SID:
	case SETTING_AUTH_TOKEN:
	case SETTING_PUBLIC_URL:
	case SETTING_TRUSTED_PROXIES:
	case SETTING_BASIC_AUTH:
	case SETTING_URL_TOKEN:
	case SETTING_REDACT:
	case SETTING_ALLOW_PRIVATE:
	case SETTING_EXEC:
		break;
	}
	return (struct str){ NULL, 0 };
}

static void
fill_settings(struct cli *cli, struct table *t, const struct config *c)
{
	size_t	i;

	for (i = 0; i < SETTINGS; i++) {
		table_cstr(t, config_setting_name((enum setting)i));
		table_text(t, shown_value(cli, c, (enum setting)i));
		table_cstr(t, c->source[i]);
	}
	/* Accounts besides the default one have no enum setting. */
	for (i = 0; i < c->naccounts; i++) {
		if (str_eq(c->accounts[i].sid, c->value[SETTING_ACCOUNT_SID]))
			continue;
		table_cstr(t, cli_printf(cli, "TWILIO_AUTH_TOKEN_%.*s",
		    (int)c->accounts[i].sid.n, c->accounts[i].sid.p));
		table_cstr(t, "***");
		table_text(t, (struct str){ NULL, 0 });
	}
}

/* All errors, one a line, each with its place and its mend. */
static size_t
print_errors(struct str errors)
{
	struct str	line;
	size_t		n = 0;

	while (str_cut(&errors, '\n', &line))
		if (line.n > 0) {
			cli_error("%.*s", (int)line.n, line.p);
			n++;
		}
	return n;
}

int
cmd_config_show(struct cli *cli)
{
	static const char *const columns[] = { "name", "value", "source",
	    NULL };
	char		 buf[16384];
	struct out	 errors = out_init(buf, sizeof(buf));
	struct config	*c = &cli->config;
	struct table	 t;
	bool		 good = config_open(c, cli->config_path, &errors);

	table_init(&t, &cli->arena, columns);
	fill_settings(cli, &t, c);
	table_write(&cli->out, &t, cli->json);
	if (!cli->json)
		cli_note("file: %s", c->file == NULL ? "none" : c->file);
	if (!good)
		(void)print_errors(out_str(&errors));
	config_close(c);
	return good ? 0 : EXIT_FAILURE;
}

/* What the form of the settings does not tell. */
static void
add_remarks(struct cli *cli, const struct config *c, struct out *errors,
    struct out *notes)
{
	if (c->state != NULL && c->state[0] == '/' && !c->unread &&
	    remarks_folder_missing(cli, c->state))
		out_cstr(errors, cli_printf(cli, "%s: OFFHOOK_STATE: %s is "
		    "not there; run: mkdir -m 700 %s, and chown it to the "
		    "web server's user\n", c->source[SETTING_STATE],
		    c->state, c->state));
	if (remarks_url_has_more(c))
		out_cstr(notes, cli_printf(cli, "note: %s: "
		    "OFFHOOK_PUBLIC_URL: what stands behind ? or # is not "
		    "used; leave it out", c->source[SETTING_PUBLIC_URL]));
}

static void
check_json(struct cli *cli, bool good, struct str errors)
{
	struct str	line;
	bool		first = true;

	out_cstr(&cli->out, good ? "{\"ok\": true, \"errors\": [" :
	    "{\"ok\": false, \"errors\": [");
	while (str_cut(&errors, '\n', &line))
		if (line.n > 0) {
			out_cstr(&cli->out, first ? "" : ", ");
			out_json(&cli->out, line);
			first = false;
		}
	out_cstr(&cli->out, "]}\n");
}

int
cmd_config_check(struct cli *cli)
{
	char		 buf[16384], more[512];
	struct out	 errors = out_init(buf, sizeof(buf));
	struct out	 notes = out_init(more, sizeof(more) - 1);
	struct config	*c = &cli->config;
	bool		 good = config_open(c, cli->config_path, &errors);
	size_t		 n;

	add_remarks(cli, c, &errors, &notes);
	good = good && errors.n == 0;
	if (cli->json)
		check_json(cli, good, out_str(&errors));
	else if (good)
		out_cstr(&cli->out, cli_printf(cli, "The settings are in "
		    "order: %zu account%s, %s%s\n", c->naccounts,
		    c->naccounts == 1 ? "" : "s",
		    c->file == NULL ? "no file" : "file ",
		    c->file == NULL ? "" : c->file));
	else {
		n = print_errors(out_str(&errors));
		cli_note("%zu error%s", n, n == 1 ? "" : "s");
	}
	if (notes.n > 0)
		cli_note("%.*s", (int)notes.n, notes.p);
	config_close(c);
	return good ? 0 : EXIT_FAILURE;
}
