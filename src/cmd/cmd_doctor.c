/* offhook doctor: look for whatever is wrong, with the fix of each. */
#include <dlfcn.h>
#include <errno.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../edge/clock.h"
#include "doctor.h"
#include "rejected.h"

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

static void
check_file(struct doctor *d)
{
	const char	*file = d->config->file;
	struct stat	 st;

	if (file == NULL) {
		doctor_note(d, FINDING_OK, "settings",
		    "from the environment, no file", NULL);
		return;
	}
	if (stat(file, &st) != 0)
		return;
	doctor_note(d, (st.st_mode & 022) == 0 ? FINDING_OK : FINDING_BAD,
	    "settings", cli_printf(d->cli, "%s, mode %03o", file,
	    (unsigned)st.st_mode & 0777), (st.st_mode & 022) == 0 ? NULL :
	    cli_printf(d->cli, "others can write it: chmod 600 %s", file));
}

/* Root may read and write what the responder's user may not. */
static void
check_user(struct doctor *d)
{
	if (geteuid() == 0)
		doctor_note(d, FINDING_WARN, "user", "this is root, whose "
		    "rights on files say nothing of the responder's",
		    "run it as the web server's user, such as: "
		    "sudo -u www-data offhook doctor");
}

static void
check_urls(struct doctor *d)
{
	const struct config	*c = d->config;
	size_t			 i;

	if (c->nbases == 0)
		doctor_note(d, FINDING_WARN, "public URL", "none is set: the "
		    "signed URL is rebuilt from the Host header",
		    "set OFFHOOK_PUBLIC_URL=https://host as Twilio is told");
	for (i = 0; i < c->nbases; i++)
		doctor_note(d, str_eq(c->bases[i].scheme, STR("https")) ?
		    FINDING_OK : FINDING_WARN, "public URL",
		    cli_printf(d->cli, "%.*s://%.*s",
		    (int)c->bases[i].scheme.n, c->bases[i].scheme.p,
		    (int)c->bases[i].host.n, c->bases[i].host.p),
		    str_eq(c->bases[i].scheme, STR("https")) ? NULL :
		    "give Twilio an https:// URL outside of tests");
}

/* Whether this user may make that folder. */
static bool
parent_takes(struct cli *cli, const char *path)
{
	struct str	parent = str_from(path);

	while (parent.n > 1 && parent.p[parent.n - 1] != '/')
		parent.n--;
	return access(arena_cstr(&cli->arena, parent), W_OK | X_OK) == 0;
}

static void
check_state(struct doctor *d)
{
	struct cli	*cli = d->cli;
	const char	*state = d->config->state;
	struct stat	 st;

	if (state == NULL) {
		doctor_note(d, FINDING_WARN, "state", "no folder is set",
		    "set OFFHOOK_STATE=/var/lib/offhook: without it each "
		    "request reads its routes from Postgres, and rejected "
		    "requests are not kept");
		return;
	}
	if (stat(state, &st) != 0 && errno == ENOENT &&
	    parent_takes(cli, state))
		doctor_note(d, FINDING_OK, "state", cli_printf(cli,
		    "%s is not there yet; the first request makes it",
		    state), NULL);
	else if (stat(state, &st) != 0)
		doctor_note(d, FINDING_BAD, "state", cli_printf(cli,
		    "%s: %s", state, strerror(errno)), cli_printf(cli,
		    "mkdir -m 700 %s, and chown it to the web server's user",
		    state));
	else if (access(state, W_OK | X_OK) != 0)
		doctor_note(d, FINDING_BAD, "state", cli_printf(cli,
		    "%s is not writable for user %u, who runs this", state,
		    (unsigned)getuid()), cli_printf(cli, "run doctor as the "
		    "web server's user, or chown that user %s", state));
	else if ((st.st_mode & 022) != 0)
		doctor_note(d, FINDING_BAD, "state", cli_printf(cli,
		    "others can write to %s", state), cli_printf(cli,
		    "chmod 700 %s", state));
	else
		doctor_note(d, FINDING_OK, "state", cli_printf(cli,
		    "%s, of user %u", state, (unsigned)st.st_uid), NULL);
}

static void
check_rejected(struct doctor *d)
{
	struct rejected		r;
	struct ring_entry	e;
	struct message		m;
	char			time[25];

	if (d->config->state == NULL ||
	    access(d->config->state, X_OK) != 0 || !rejected_open(d->cli, &r))
		return;
	if (r.there && rejected_get(d->cli, &r, r.last, &e, &m)) {
		clock_format(e.time_ms, time);
		doctor_note(d, FINDING_OK, "rejected", cli_printf(d->cli,
		    "%llu requests, the last at %s; why: offhook signature "
		    "explain last", (unsigned long long)r.seen, time), NULL);
	}
	rejected_close(&r);
}

static void
check_libraries(struct doctor *d)
{
	void	*fcgi = dlopen("libfcgi.so.0", RTLD_LAZY | RTLD_LOCAL);
	int	 pq = PQlibVersion();

	doctor_note(d, FINDING_OK, "libraries", cli_printf(d->cli,
	    "%s, libpq %d.%d", OpenSSL_version(OPENSSL_VERSION), pq / 10000,
	    pq % 10000), NULL);
	doctor_note(d, fcgi != NULL ? FINDING_OK : FINDING_BAD, "libfcgi",
	    fcgi != NULL ? "found" : "libfcgi.so.0 is not there: the "
	    "responder cannot start", fcgi != NULL ? NULL :
	    "install it (Debian: libfcgi0ldbl)");
	if (fcgi != NULL)
		(void)dlclose(fcgi);
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

	table_init(&d.table, &cli->arena, columns);
	if (check_settings(&d)) {
		check_user(&d);
		check_file(&d);
		check_urls(&d);
		check_state(&d);
		check_rejected(&d);
		doctor_database(&d);
	}
	check_libraries(&d);
	if (cli->json)
		table_write(&cli->out, &d.table, true);
	else
		print(cli, &d.table);
	return d.bad ? EXIT_FAILURE : 0;
}
