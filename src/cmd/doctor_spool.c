/* The doctor's look at the spool. See doctor.h. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../edge/clock.h"
#include "../edge/spool_take.h"
#include "doctor.h"

#define OLD_MS 300000		/* a worker would have drained it */

static const char *
age(struct cli *cli, int64_t ms)
{
	int64_t	s = ms / 1000;

	return s < 120 ? cli_printf(cli, "%lld s", (long long)s) :
	    s < 7200 ? cli_printf(cli, "%lld min", (long long)(s / 60)) :
	    cli_printf(cli, "%lld h", (long long)(s / 3600));
}

static void
judge_list(struct doctor *d, const struct spool_list *list)
{
	struct cli	*cli = d->cli;
	const char	*folder = d->config->spool;
	int64_t		 oldest = list->n == 0 ? 0 :
			    clock_now_ms() - list->at[0].at_ms;

	if (list->bad > 0)
		doctor_note(d, FINDING_BAD, "spool", cli_printf(cli,
		    "%zu answered requests in %s/bad could not be stored",
		    list->bad, folder), cli_printf(cli, "read the .why "
		    "beside each; mend it, move it back to %s", folder));
	if (list->bytes > d->config->spool_bytes / 10 * 8 ||
	    (int64_t)list->n > d->config->spool_files / 10 * 8)
		doctor_note(d, FINDING_BAD, "spool", cli_printf(cli,
		    "it is nearly full: %lld of %lld MB, %zu of %lld files",
		    (long long)(list->bytes >> 20),
		    (long long)(d->config->spool_bytes >> 20), list->n,
		    (long long)d->config->spool_files), "mend Postgres; or "
		    "raise OFFHOOK_SPOOL_BYTES and OFFHOOK_SPOOL_FILES: full, "
		    "webhooks are answered 503");
	if (list->n == 0)
		doctor_note(d, FINDING_OK, "spool", cli_printf(cli,
		    "%s, empty", folder), NULL);
	else
		doctor_judge(d, oldest < OLD_MS ? FINDING_OK : FINDING_BAD,
		    "spool", cli_printf(cli, "%s: %zu requests (%lld kB) wait "
		    "for Postgres, the oldest for %s", folder, list->n,
		    (long long)(list->bytes / 1000), age(cli, oldest)),
		    "is a worker running? offhook worker, or offhook spool "
		    "drain");
}

/* The folder is made when it is first needed: in one that can be written. */
static void
judge_parent(struct doctor *d)
{
	struct cli	*cli = d->cli;
	const char	*folder = d->config->spool;
	const char	*slash = strrchr(folder, '/');
	const char	*parent = slash == NULL || slash == folder ? "/" :
			    cli_printf(cli, "%.*s", (int)(slash - folder),
			    folder);

	doctor_judge(d, access(parent, W_OK | X_OK) == 0 ? FINDING_OK :
	    FINDING_BAD, "spool", cli_printf(cli, "%s is not there, and will "
	    "be made in %s when it is needed", folder, parent),
	    cli_printf(cli, "this user cannot make it there: mkdir -m 700 %s, "
	    "and chown it to the responder's user", folder));
}

void
doctor_spool(struct doctor *d)
{
	struct cli		*cli = d->cli;
	struct spool		 s = { .folder = d->config->spool };
	struct spool_list	 list;
	int			 fd;

	if (s.folder == NULL) {
		doctor_note(d, FINDING_WARN, "spool", "there is none: while "
		    "Postgres is away, webhooks are answered 503", "set "
		    "OFFHOOK_STATE, or OFFHOOK_SPOOL to a folder");
		return;
	}
	fd = spool_folder(&s, false);
	if (fd == -1 && errno == ENOENT) {
		judge_parent(d);
		return;
	}
	if (fd == -1 || access(s.folder, W_OK | X_OK) != 0)
		doctor_note(d, FINDING_BAD, "spool", cli_printf(cli, "%s: %s",
		    s.folder, fd == -1 && errno == EPERM ? "it is another "
		    "user's, or others can write to it" : strerror(errno)),
		    cli_printf(cli, "chown it to the responder's user, and "
		    "chmod 700 %s", s.folder));
	else if (!spool_list(fd, &list))
		doctor_note(d, FINDING_BAD, "spool", cli_printf(cli,
		    "%s cannot be read: %s", s.folder, strerror(errno)), NULL);
	else {
		judge_list(d, &list);
		spool_list_free(&list);
	}
	if (fd != -1)
		(void)close(fd);
}
