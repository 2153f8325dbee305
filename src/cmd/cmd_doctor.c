/* offhook doctor: look for whatever is wrong, with the fix of each. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "doctor.h"
#include "doctor_probe.h"
#include "paste.h"

#define LOG_BYTES ((off_t)8 << 20)	/* read of --log's end */

const struct option options_doctor[] = {
	{ "path", "PATH", "where offhook.fcgi is mounted (/twilio)", false },
	{ "connect", "HOST:PORT", "send the URLs' requests there; with "
	    "http:// before it, in clear", false },
	{ "at-once", "N", "requests sent at once, to find what stalls (24; "
	    "0: none)", false },
	{ "go-live", NULL, "walk the checklist for production, too", false },
	{ "docroot", "FOLDER", "--go-live: search it for AuthTokens; "
	    "repeatable", true },
	{ "log", "FILE", "--go-live: the log of real requests, for the "
	    "reply time", false },
	{ "send-test", NULL, "--go-live: send one test message twice; it "
	    "stays", false },
	{ NULL, NULL, NULL, false }
};

static const char *const finding_names[] = {
	[FINDING_OK] = "ok",
	[FINDING_WARN] = "warn",
	[FINDING_BAD] = "BAD",
};

void
doctor_note(struct doctor *d, enum finding f, const char *check,
    const char *found, const char *mend)
{
	struct arena	*a = &d->cli->arena;

	table_cstr(&d->table, finding_names[f]);
	table_cstr(&d->table, check);
	table_text(&d->table, arena_copy(a, str_from(found)));
	if (mend == NULL)
		table_text(&d->table, (struct str){ NULL, 0 });
	else
		table_text(&d->table, arena_copy(a, str_from(mend)));
	d->bad = d->bad || f == FINDING_BAD;
}

void
doctor_judge(struct doctor *d, enum finding f, const char *check,
    const char *found, const char *mend)
{
	doctor_note(d, f, check, found, f == FINDING_OK ? NULL : mend);
}

/* Every error of the settings is a finding; false when there are any. */
static bool
check_settings(struct doctor *d)
{
	struct cli	*cli = d->cli;
	char		*buf = cli_alloc(cli, 16384, 1);
	struct out	 errors = out_init(buf, 16384);
	struct str	 rest, line;

	cli->config_read = config_open(&cli->config, cli->config_path,
	    &errors);
	d->config = &cli->config;
	rest = out_str(&errors);
	while (str_cut(&rest, '\n', &line))
		if (line.n > 0)
			doctor_note(d, FINDING_BAD, "settings",
			    arena_cstr(&cli->arena, line), "see: offhook "
			    "config check");
	if (!cli->config_read)
		config_close(&cli->config);
	return cli->config_read;
}

/* The end of --log, read before root becomes somebody else. */
static void
read_log(struct doctor *d)
{
	const char	*path = option_get(&d->cli->args, "log");
	char		*buf;
	off_t		 size;
	ssize_t		 n;
	int		 fd;

	if (path == NULL)
		return;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	size = fd == -1 ? -1 : lseek(fd, 0, SEEK_END);
	if (size < 0) {
		doctor_note(d, FINDING_WARN, "log", cli_printf(d->cli,
		    "%s: %s", path, strerror(errno)), "call doctor as root: "
		    "it reads the log first, and goes on as the responder's "
		    "user");
		if (fd != -1)
			(void)close(fd);
		return;
	}
	buf = cli_alloc(d->cli, (size_t)LOG_BYTES, 1);
	n = pread(fd, buf, (size_t)LOG_BYTES, size > LOG_BYTES ?
	    size - LOG_BYTES : 0);
	d->log = (struct str){ buf, n < 0 ? 0 : (size_t)n };
	(void)close(fd);
}

/* Each URL that was given or that the settings make, once. */
static void
check_urls(struct doctor *d)
{
	const struct args	*args = &d->cli->args;
	const struct config	*c = d->config;
	const char		*url, *done[ARGS_MAX_OPERANDS];
	size_t			 i, j, n;
	bool			 ours = true;

	n = args->noperands > 0 ? args->noperands : c->nbases;
	for (i = 0; i < n; i++) {
		if (args->noperands > 0)
			ours = doctor_pasted(d, args->operand[i]);
		url = args->noperands > 0 ? args->operand[i] :
		    paste_url(d->cli, c, &c->bases[i], true, "");
		done[i] = url = probe_url(d, url);
		for (j = 0; strcmp(done[j], url) != 0; j++)
			;
		if (j == i && ours)
			doctor_server(d, url);
	}
	if (n == 0)
		doctor_note(d, FINDING_WARN, "reach", "no URL is known: the "
		    "web server was not tried", "offhook doctor URL, or set "
		    "OFFHOOK_PUBLIC_URL");
}

/* One finding a line, with its fix. */
static void
print(struct cli *cli, const struct table *t)
{
	const struct table_row	*r;

	for (r = t->first; r != NULL; r = r->next) {
		out_cstr(&cli->out, cli_printf(cli, "%-5s%-11s ",
		    r->cell[0].text.p, r->cell[1].text.p));
		out_printable(&cli->out, r->cell[2].text);
		if (r->cell[3].type != CELL_NULL) {
			out_cstr(&cli->out, "; ");
			out_printable(&cli->out, r->cell[3].text);
		}
		out_char(&cli->out, '\n');
	}
}

int
cmd_doctor(struct cli *cli)
{
	static const char *const columns[] = { "state", "check", "found",
	    "mend", NULL };
	struct doctor	d = { .cli = cli };
	uint64_t	ignored;

	if (!cli_number(cli, "at-once", DOCTOR_MOST_AT_ONCE, &ignored))
		return EXIT_USAGE;
	table_init(&d.table, &cli->arena, columns);
	read_log(&d);
	if (check_settings(&d)) {
		doctor_user(&d);
		doctor_settings(&d);
		doctor_spool(&d);
		doctor_database(&d);
		check_urls(&d);
		if (option_get(&cli->args, "go-live") != NULL)
			doctor_golive(&d);
	}
	doctor_system(&d);
	if (cli->json)
		table_write(&cli->out, &d.table, true);
	else
		print(cli, &d.table);
	return d.bad ? EXIT_FAILURE : 0;
}
