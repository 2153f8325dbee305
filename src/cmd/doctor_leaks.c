/*
 * AuthTokens where they must not be: the arguments of processes, the
 * programs' folder, the documents of the web server. See doctor.h.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doctor.h"

#define FILE_BYTES ((size_t)4 << 20)	/* read of each file */
#define MOST_FILES 20000
#define MOST_DEPTH 12

struct search {
	struct doctor	*d;
	char		*buf;		/* FILE_BYTES */
	size_t		 files;		/* looked at */
	size_t		 closed;	/* could not be read */
	size_t		 found;
};

/* Whether the file has one of our tokens; false when it cannot be read. */
static bool
has_token(struct search *s, const char *path)
{
	const struct config	*c = s->d->config;
	const struct account	*a;
	size_t			 n = 0, i, j;
	ssize_t			 got;
	int			 fd = open(path, O_RDONLY | O_CLOEXEC |
				    O_NOFOLLOW | O_NONBLOCK);

	if (fd == -1) {
		s->closed++;
		return false;
	}
	s->files++;
	while (n < FILE_BYTES &&
	    (got = read(fd, s->buf + n, FILE_BYTES - n)) > 0)
		n += (size_t)got;
	(void)close(fd);
	for (i = 0; i < c->naccounts; i++) {
		a = &c->accounts[i];
		for (j = 0; j < a->ntokens; j++)
			if (str_search((struct str){ s->buf, n },
			    a->token[j]) < n)
				return true;
	}
	return false;
}

static bool
is_settings(const struct doctor *d, const struct stat *st)
{
	struct stat	own;

	return d->config->file != NULL &&
	    stat(d->config->file, &own) == 0 && own.st_dev == st->st_dev &&
	    own.st_ino == st->st_ino;
}

static void	search_folder(struct search *, const char *, unsigned);

static void
search_entry(struct search *s, const char *path, unsigned depth)
{
	struct stat	st;

	if (lstat(path, &st) != 0 || s->files >= MOST_FILES)
		return;
	if (S_ISDIR(st.st_mode)) {
		s->files++;
		if (depth < MOST_DEPTH)
			search_folder(s, path, depth + 1);
	} else if (S_ISREG(st.st_mode) && !is_settings(s->d, &st) &&
	    has_token(s, path)) {
		s->found++;
		doctor_note(s->d, FINDING_BAD, "token", cli_printf(s->d->cli,
		    "%s has an AuthToken in it%s", path,
		    (st.st_mode & 04) != 0 ? ", and everybody can read it" :
		    ""), "take it out, keep it in the settings' file alone, "
		    "and rotate it in Twilio's console");
	}
}

static void
search_folder(struct search *s, const char *folder, unsigned depth)
{
	DIR			*dir = opendir(folder);
	const struct dirent	*e;

	if (dir == NULL) {
		s->closed++;
		return;
	}
	while ((e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0)
			continue;
		search_entry(s, cli_printf(s->d->cli, "%s/%s", folder,
		    e->d_name), depth);
	}
	(void)closedir(dir);
}

static void
check_folder(struct search *s, const char *folder)
{
	struct doctor	*d = s->d;
	struct stat	 st;

	s->files = s->closed = s->found = 0;
	if (stat(folder, &st) != 0) {
		doctor_note(d, FINDING_WARN, "token", cli_printf(d->cli,
		    "%s: %s", folder, strerror(errno)),
		    "name another --docroot");
		return;
	}
	search_folder(s, folder, 0);
	if (s->files >= MOST_FILES)
		doctor_note(d, FINDING_WARN, "token", cli_printf(d->cli,
		    "%s has more than %d files: not all were searched",
		    folder, MOST_FILES), "name its parts as --docroot");
	else if (s->found == 0)
		doctor_note(d, FINDING_OK, "token", cli_printf(d->cli,
		    "in none of the %zu files below %s%s", s->files, folder,
		    s->closed > 0 ? " that this user can read" : ""), NULL);
}

/* Arguments are shown to every user by ps(1). */
static void
check_arguments(struct search *s)
{
	struct doctor		*d = s->d;
	DIR			*dir = opendir("/proc");
	const struct dirent	*e;
	char			 path[64];

	s->files = s->closed = s->found = 0;
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] < '1' || e->d_name[0] > '9')
			continue;
		(void)snprintf(path, sizeof(path), "/proc/%.20s/cmdline",
		    e->d_name);
		if (!has_token(s, path))
			continue;
		s->found++;
		doctor_note(d, FINDING_BAD, "token", cli_printf(d->cli,
		    "process %.20s has an AuthToken among its arguments, "
		    "which every user can see", e->d_name),
		    "put it into the settings' file, and rotate it");
	}
	if (dir != NULL)
		(void)closedir(dir);
	if (s->found == 0)
		doctor_note(d, FINDING_OK, "token", cli_printf(d->cli,
		    "in the arguments of none of %zu processes", s->files),
		    NULL);
}

void
doctor_leaks(struct doctor *d)
{
	struct cli	*cli = d->cli;
	struct search	 s = { .d = d, .buf = cli_alloc(cli, FILE_BYTES, 1) };
	struct str	 folder = d->program;
	const char	*named;
	size_t		 at = 0;

	check_arguments(&s);
	while (folder.n > 0 && folder.p[folder.n - 1] != '/')
		folder.n--;
	if (folder.n > 1)
		check_folder(&s, arena_cstr(&cli->arena,
		    str_sub(folder, 0, folder.n - 1)));
	if (d->docroot.n > 1)
		check_folder(&s, d->docroot.p);
	while ((named = option_next(&cli->args, "docroot", &at)) != NULL)
		check_folder(&s, named);
}
