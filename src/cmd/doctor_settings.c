/* The doctor's checks of files, folders and their rights. See doctor.h. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../edge/clock.h"
#include "doctor.h"
#include "rejected.h"
#include "remarks.h"

/* Whose the file is, if it is not root's; else 0. */
static uid_t
owner_of(const char *path)
{
	struct stat	st;

	return path != NULL && stat(path, &st) == 0 ? st.st_uid : 0;
}

static bool
become(const struct passwd *pw)
{
	return initgroups(pw->pw_name, pw->pw_gid) == 0 &&
	    setgid(pw->pw_gid) == 0 && setuid(pw->pw_uid) == 0;
}

void
doctor_user(struct doctor *d)
{
	const struct config	*c = d->config;
	const char		*by = c->file;
	uid_t			 uid;
	const struct passwd	*pw;

	if (geteuid() != 0)
		return;
	uid = owner_of(by);
	if (uid == 0)
		uid = owner_of(by = c->state);
	pw = uid == 0 ? NULL : getpwuid(uid);
	if (pw == NULL || !become(pw)) {
		doctor_note(d, FINDING_WARN, "user", "this is root, whose "
		    "rights on files say nothing of the responder's",
		    "run it as the web server's user, such as: "
		    "sudo -u www-data offhook doctor");
		return;
	}
	/* A home of root's is not the responder's; libpq looks there. */
	(void)unsetenv("HOME");
	doctor_note(d, FINDING_OK, "user", cli_printf(d->cli, "called by "
	    "root, goes on as %s, the owner of %s", pw->pw_name, by), NULL);
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
	if (stat(file, &st) != 0 || access(file, R_OK) != 0) {
		doctor_note(d, FINDING_BAD, "settings", cli_printf(d->cli,
		    "%s cannot be read by user %u", file,
		    (unsigned)getuid()), "chown it to the web server's user, "
		    "and let that user enter the folders above it");
		return;
	}
	doctor_judge(d, (st.st_mode & 022) == 0 ? FINDING_OK : FINDING_BAD,
	    "settings", cli_printf(d->cli, "%s, mode %03o", file,
	    (unsigned)st.st_mode & 0777), cli_printf(d->cli,
	    "others can write it: chmod 600 %s", file));
}

static void
check_urls(struct doctor *d)
{
	const struct config	*c = d->config;
	const struct base	*b;
	size_t			 i;

	if (c->nbases == 0)
		doctor_note(d, FINDING_WARN, "public URL", "none is set: the "
		    "signed URL is rebuilt from the Host header",
		    "set OFFHOOK_PUBLIC_URL=https://host as Twilio is told");
	for (i = 0; i < c->nbases; i++) {
		b = &c->bases[i];
		doctor_judge(d, str_eq(b->scheme, STR("https")) ?
		    FINDING_OK : FINDING_WARN, "public URL",
		    cli_printf(d->cli, "%.*s://%.*s%s%.*s",
		    (int)b->scheme.n, b->scheme.p, (int)b->host.n, b->host.p,
		    b->port == 0 ? "" : cli_printf(d->cli, ":%u", b->port),
		    (int)b->prefix.n, b->prefix.p),
		    "give Twilio an https:// URL outside of tests");
	}
	if (remarks_url_has_more(c))
		doctor_note(d, FINDING_WARN, "public URL", "what stands "
		    "behind ? or # in OFFHOOK_PUBLIC_URL is not used",
		    "leave it out there; it belongs into the URL at Twilio");
}

/* What the folder holds are messages and numbers of people. */
static void
check_kept_files(struct doctor *d, const char *state)
{
	static const char *const names[] = { "rejected.ring", "routes" };
	struct cli		*cli = d->cli;
	const char		*path;
	struct stat		 st;
	size_t			 i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		path = cli_printf(cli, "%s/%s", state, names[i]);
		if (stat(path, &st) == 0 && (st.st_mode & 077) != 0)
			doctor_note(d, FINDING_BAD, "state", cli_printf(cli,
			    "others can read %s, mode %03o", path,
			    (unsigned)st.st_mode & 0777), cli_printf(cli,
			    "chmod 600 %s", path));
	}
}

static void
check_state_modes(struct doctor *d, const struct stat *st)
{
	struct cli	*cli = d->cli;
	const char	*state = d->config->state;
	unsigned	 mode = (unsigned)st->st_mode & 0777;

	if ((mode & 022) != 0)
		doctor_note(d, FINDING_BAD, "state", cli_printf(cli,
		    "others can write to %s", state), cli_printf(cli,
		    "chmod 700 %s", state));
	else
		doctor_judge(d, (mode & 077) == 0 ? FINDING_OK :
		    FINDING_WARN, "state", cli_printf(cli,
		    "%s, of user %u, mode %03o", state,
		    (unsigned)st->st_uid, mode), cli_printf(cli,
		    "others can look into it: chmod 700 %s", state));
	check_kept_files(d, state);
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
	    !remarks_folder_missing(cli, state))
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
	else
		check_state_modes(d, &st);
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

/* A file with a secret that libpq is told to read. */
static void
check_secret_file(struct doctor *d, const char *option, const char *path)
{
	struct cli	*cli = d->cli;
	struct stat	 st;

	if (path == NULL || path[0] != '/')
		return;
	if (stat(path, &st) != 0 || access(path, R_OK) != 0)
		doctor_note(d, FINDING_BAD, "secrets", cli_printf(cli,
		    "%s %s cannot be read by user %u", option, path,
		    (unsigned)getuid()), "chown it to the web server's user");
	else
		doctor_judge(d, (st.st_mode & 077) == 0 ||
		    (st.st_uid == 0 && (st.st_mode & 037) == 0) ? FINDING_OK :
		    FINDING_BAD, "secrets", cli_printf(cli,
		    "%s %s, mode %03o", option, path,
		    (unsigned)st.st_mode & 0777), cli_printf(cli, "others "
		    "can read it, and libpq does not use it then: "
		    "chmod 600 %s", path));
}

/* sslkey and passfile of a connection; libpq fills in PG* and defaults. */
static void
check_secret_files(struct doctor *d, const char *url)
{
	PQconninfoOption	*all, *o;
	char			*ignored = NULL;

	all = PQconninfoParse(url, &ignored);
	PQfreemem(ignored);
	for (o = all; o != NULL && o->keyword != NULL; o++)
		if (strcmp(o->keyword, "passfile") == 0 ||
		    strcmp(o->keyword, "sslkey") == 0)
			check_secret_file(d, o->keyword, o->val != NULL ?
			    o->val : o->envvar != NULL ? getenv(o->envvar) :
			    NULL);
	PQconninfoFree(all);
}

void
doctor_settings(struct doctor *d)
{
	check_file(d);
	check_secret_files(d, d->config->database_url);
	check_urls(d);
	check_state(d);
	check_rejected(d);
}
