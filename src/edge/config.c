/*
 * Find and read the settings: built-in default < file < environment.
 * The file is NAME=value lines as in a .env file. See config.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config_values.h"

extern char **environ;

#define FILE_MAX_BYTES 65536
#define MEMORY_BYTES (FILE_MAX_BYTES + 131072)
#define MAX_TOKEN_SETTINGS (CONFIG_MAX_ACCOUNTS + 8)
#define TOKEN_PREFIX "TWILIO_AUTH_TOKEN_"

static const struct {
	const char	*name;
	bool		 secret;
} settings[SETTINGS] = {
	[SETTING_ACCOUNT_SID] = { "TWILIO_ACCOUNT_SID", false },
	[SETTING_AUTH_TOKEN] = { "TWILIO_AUTH_TOKEN", true },
	[SETTING_DATABASE_URL] = { "DATABASE_URL", true },
	[SETTING_ADMIN_DATABASE_URL] = { "OFFHOOK_ADMIN_DATABASE_URL", true },
	[SETTING_PUBLIC_URL] = { "OFFHOOK_PUBLIC_URL", false },
	[SETTING_TRUSTED_PROXIES] = { "OFFHOOK_TRUSTED_PROXIES", false },
	[SETTING_BASIC_AUTH] = { "OFFHOOK_BASIC_AUTH", true },
	[SETTING_URL_TOKEN] = { "OFFHOOK_URL_TOKEN", true },
	[SETTING_MAX_BODY] = { "OFFHOOK_MAX_BODY", false },
	[SETTING_STATE] = { "OFFHOOK_STATE", false },
	[SETTING_SPOOL] = { "OFFHOOK_SPOOL", false },
	[SETTING_SPOOL_BYTES] = { "OFFHOOK_SPOOL_BYTES", false },
	[SETTING_SPOOL_FILES] = { "OFFHOOK_SPOOL_FILES", false },
	[SETTING_EXEC] = { "OFFHOOK_EXEC", false },
	[SETTING_SENDMAIL] = { "OFFHOOK_SENDMAIL", false },
	[SETTING_LOG] = { "OFFHOOK_LOG", false },
	[SETTING_REDACT] = { "OFFHOOK_REDACT", false },
	[SETTING_ALLOW_PRIVATE] = { "OFFHOOK_ALLOW_PRIVATE", false },
	[SETTING_PROCESSES] = { "OFFHOOK_PROCESSES", false },
};

/* libpq's own names that the file may hold. */
static const char *const libpq_names[] = { "PGHOST", "PGHOSTADDR", "PGPORT",
	"PGDATABASE", "PGUSER", "PGPASSWORD", "PGPASSFILE", "PGSERVICE",
	"PGSERVICEFILE", "PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT",
	"PGSSLKEY", "PGAPPNAME", "PGTARGETSESSIONATTRS", NULL };

/* While reading: the struct's texts come from this arena. */
struct reader {
	struct config		*config;
	struct arena		 arena;
	struct out		*errors;
	struct token_setting	 tokens[MAX_TOKEN_SETTINGS];
	size_t			 ntokens;
	bool			 secrets;	/* the file holds one */
	char			 place[160];	/* "path:line" */
};

const char *
config_setting_name(enum setting s)
{
	return settings[s].name;
}

bool
config_setting_is_secret(enum setting s)
{
	return settings[s].secret;
}

const struct account *
config_account(const struct config *c, struct str sid)
{
	size_t	i;

	for (i = 0; i < c->naccounts; i++)
		if (str_eq(c->accounts[i].sid, sid))
			return &c->accounts[i];
	return NULL;
}

static void
fault(struct reader *r, const char *source, const char *text)
{
	config_fault(r->errors, source, NULL);
	out_cstr(r->errors, text);
	out_char(r->errors, '\n');
}

static void
unknown_name(struct reader *r, const char *source, struct str name)
{
	size_t	i, d, best = SETTINGS, least = 6;

	for (i = 0; i < SETTINGS; i++) {
		d = str_distance(name, str_from(settings[i].name));
		if (d < least) {
			least = d;
			best = i;
		}
	}
	config_fault(r->errors, source, NULL);
	out_cstr(r->errors, "unknown setting ");
	out_printable(r->errors, str_sub(name, 0, 80));
	if (best < SETTINGS) {
		out_cstr(r->errors, "; did you mean ");
		out_cstr(r->errors, settings[best].name);
		out_cstr(r->errors, "?\n");
	} else
		out_cstr(r->errors, "; remove it, or see offhook.conf(5) for "
		    "the names\n");
}

/* TWILIO_AUTH_TOKEN_AC…: the environment replaces the file's. */
static void
take_token(struct reader *r, struct str sid, struct str value,
    const char *source)
{
	size_t	i;

	if (sid.n != 34 || !str_starts(sid, STR("AC"))) {
		fault(r, source, "TWILIO_AUTH_TOKEN_ is followed by an account "
		    "SID: TWILIO_AUTH_TOKEN_AC… (34 characters)");
		return;
	}
	for (i = 0; i < r->ntokens; i++)
		if (str_eq(r->tokens[i].sid, sid))
			break;
	if (i == MAX_TOKEN_SETTINGS) {
		fault(r, source, "more than 64 accounts");
		return;
	}
	r->tokens[i] = (struct token_setting){ sid, value, source };
	if (i == r->ntokens)
		r->ntokens++;
}

static bool
find_setting(struct str name, enum setting *out)
{
	size_t	i;

	for (i = 0; i < SETTINGS; i++)
		if (str_eq(name, str_from(settings[i].name))) {
			*out = (enum setting)i;
			return true;
		}
	return false;
}

/* One of libpq's names: the environment's value stays, if there is one. */
static bool
take_libpq(struct reader *r, struct str name, struct str value)
{
	size_t	i;

	for (i = 0; libpq_names[i] != NULL; i++) {
		if (!str_eq(name, str_from(libpq_names[i])))
			continue;
		r->secrets = r->secrets || str_eq(name, STR("PGPASSWORD"));
		if (getenv(libpq_names[i]) == NULL &&
		    setenv(libpq_names[i], value.p, 1) == 0)
			r->config->libpq_set |= 1u << i;
		return true;
	}
	return false;
}

/* A value of the file; the environment comes later and wins. */
static void
take_file_value(struct reader *r, struct str name, struct str value,
    const char *source)
{
	enum setting	s;
	struct str	token_prefix = STR(TOKEN_PREFIX);

	if (find_setting(name, &s)) {
		if (r->config->value[s].p != NULL) {
			config_fault(r->errors, source, settings[s].name);
			out_cstr(r->errors, "it is set twice; first at ");
			out_cstr(r->errors, r->config->source[s]);
			out_char(r->errors, '\n');
			return;
		}
		r->config->value[s] = value;
		r->config->source[s] = source;
		r->secrets = r->secrets || settings[s].secret;
	} else if (str_starts(name, token_prefix)) {
		r->secrets = true;
		take_token(r, str_sub(name, token_prefix.n, name.n), value,
		    source);
	} else if (!take_libpq(r, name, value))
		unknown_name(r, source, name);
}

/*
 * A value without its quotes. False for what a person meant otherwise:
 * quotes that do not close, or a comment behind the value.
 */
static bool
unquote(struct str *s)
{
	size_t	i;

	if (s->n > 0 && (s->p[0] == '"' || s->p[0] == '\'')) {
		if (s->n < 2 || s->p[s->n - 1] != s->p[0])
			return false;
		*s = str_sub(*s, 1, s->n - 1);
		return true;
	}
	for (i = 1; i < s->n; i++)
		if (s->p[i] == '#' && s->p[i - 1] == ' ')
			return false;
	return true;
}

/* An empty value is none, but for the one that is switched off by it. */
static bool
empty_counts(struct str name)
{
	return str_eq(name, str_from(settings[SETTING_SPOOL].name));
}

static void
take_line(struct reader *r, struct str line, unsigned number)
{
	struct str	name, export = STR("export ");
	const char	*source;

	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return;
	(void)snprintf(r->place, sizeof(r->place), "%s:%u", r->config->file,
	    number);
	source = arena_cstr(&r->arena, str_from(r->place));
	if (str_starts(line, export))
		line = str_sub(line, export.n, line.n);
	(void)str_cut(&line, '=', &name);
	name = str_trim(name);
	if (line.p == NULL || name.n == 0) {
		fault(r, source, "this is no NAME=value line; begin comments "
		    "with #");
		return;
	}
	line = str_trim(line);
	if (!unquote(&line)) {
		fault(r, source, "the quotes do not close, or a comment stands "
		    "behind the value; comments have lines of their own");
		return;
	}
	line = arena_copy(&r->arena, line);
	if (source == NULL || line.p == NULL)
		return;		/* the arena is full: said at the end */
	if (memchr(line.p, '\0', line.n) != NULL)
		fault(r, source, "the value holds a NUL byte; remove it");
	else if (line.n > 0 || empty_counts(name))
		take_file_value(r, name, line, source);
}

/* Readable by others: the one fault that leaks while nobody notices. */
static void
check_mode(struct reader *r, const struct stat *st)
{
	bool	open = (st->st_mode & S_IRWXO) != 0 ||
		    ((st->st_mode & S_IRWXG) != 0 && st->st_uid != 0);

	if (!r->secrets || !open)
		return;
	config_fault(r->errors, r->config->file, NULL);
	out_cstr(r->errors, "others can read these secrets; run: chmod 600 ");
	out_cstr(r->errors, r->config->file);
	if (st->st_uid == 0 || st->st_uid != geteuid())
		out_cstr(r->errors, ", and chown it to the web server's user");
	out_cstr(r->errors, " (or chown root and chmod 640 for a group)\n");
}

static void
read_lines(struct reader *r, struct str text)
{
	struct str	line, bom = STR("\xef\xbb\xbf");
	unsigned	number = 0;

	if (str_starts(text, bom))
		text = str_sub(text, bom.n, text.n);
	while (str_cut(&text, '\n', &line))
		take_line(r, line, ++number);
}

/* The whole file, or an absent text when it cannot be had. */
static struct str
load(struct reader *r, int fd, const struct stat *st)
{
	size_t	 size = (size_t)st->st_size;
	char	*buf = arena_alloc(&r->arena, size + 1, 1);
	ssize_t	 n = buf == NULL ? -1 : read(fd, buf, size);

	if (n < 0)
		return (struct str){ NULL, 0 };
	return (struct str){ buf, (size_t)n };
}

static void
read_file(struct reader *r)
{
	const char	*file = r->config->file;
	struct str	 text = { NULL, 0 };
	struct stat	 st;
	int		 fd = open(file, O_RDONLY | O_CLOEXEC);

	r->config->unread = true;
	if (fd == -1) {
		fault(r, file, errno == EACCES ?
		    "it cannot be read by this user; check its owner and the "
		    "folders above it" : "it cannot be opened; check the path "
		    "in OFFHOOK_CONFIG");
		return;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		fault(r, file, "it is no regular file");
	else if (st.st_size > FILE_MAX_BYTES)
		fault(r, file, "it has more than 64 kB");
	else if ((text = load(r, fd, &st)).p == NULL)
		fault(r, file, "it cannot be read");
	else {
		r->config->unread = false;
		r->config->file_time = st.st_mtim;
		r->config->file_size = st.st_size;
		read_lines(r, text);
		check_mode(r, &st);
	}
	(void)close(fd);
}

/* The parent folder of the program's own folder. */
static const char *
beside_program(struct reader *r)
{
	char		path[4096];
	struct str	parts[2];
	ssize_t		n = readlink("/proc/self/exe", path, sizeof(path));
	size_t		end;
	int		i;

	if (n <= 0)
		return NULL;
	end = (size_t)n;
	for (i = 0; i < 2; i++)
		while (end > 0 && path[--end] != '/')
			;
	parts[0] = (struct str){ path, end };
	parts[1] = STR("/offhook.conf");
	return arena_join(&r->arena, parts, 2).p;
}

static const char *
find_file(struct reader *r, const char *path)
{
	const char	*beside;

	if (path == NULL)
		path = getenv("OFFHOOK_CONFIG");
	if (path != NULL && path[0] != '\0')
		return arena_cstr(&r->arena, str_from(path));
	beside = beside_program(r);
	if (beside != NULL && access(beside, F_OK) == 0)
		return beside;
	if (access("/etc/offhook/offhook.conf", F_OK) == 0)
		return "/etc/offhook/offhook.conf";
	return NULL;
}

static void
read_environment(struct reader *r)
{
	struct str	name, value, own = STR("OFFHOOK_");
	struct str	tokens = STR(TOKEN_PREFIX);
	enum setting	s;
	char		**env;

	for (env = environ; env != NULL && *env != NULL; env++) {
		value = str_from(*env);
		if (!str_cut(&value, '=', &name) ||
		    (value.n == 0 && !empty_counts(name)))
			continue;
		if (find_setting(name, &s)) {
			r->config->value[s] = arena_copy(&r->arena, value);
			r->config->source[s] = "environment";
		} else if (str_starts(name, tokens))
			take_token(r, arena_copy(&r->arena,
			    str_sub(name, tokens.n, name.n)),
			    arena_copy(&r->arena, value), "environment");
		else if (str_starts(name, own) &&
		    !str_eq(name, STR("OFFHOOK_CONFIG")))
			unknown_name(r, "environment", name);
	}
}

/* The folder of the settings' file with a name behind it. */
static const char *
beside_file(struct reader *r, const char *folder, const char *name)
{
	struct str	parts[3];

	if (folder == NULL)
		return NULL;
	parts[0] = str_from(folder);
	parts[1] = STR("/");
	parts[2] = str_from(name);
	return arena_join(&r->arena, parts, 3).p;
}

static void
set_folders(struct reader *r)
{
	struct config	*c = r->config;
	struct str	 folder = str_from(c->file);

	while (folder.n > 0 && folder.p[folder.n - 1] != '/')
		folder.n--;
	if (folder.n > 1)
		folder.n--;
	if (c->file != NULL && folder.n == 0)
		folder = STR(".");
	if (c->value[SETTING_STATE].n > 0)
		c->state = c->value[SETTING_STATE].p;
	else if (c->file != NULL)
		c->state = beside_file(r, arena_cstr(&r->arena, folder),
		    "state");
	if (c->value[SETTING_SPOOL].p == NULL)
		c->spool = beside_file(r, c->state, "spool");
	else if (c->value[SETTING_SPOOL].n > 0)
		c->spool = c->value[SETTING_SPOOL].p;
	c->exec = c->value[SETTING_EXEC].p;
	c->sendmail = c->value[SETTING_SENDMAIL].n > 0 ?
	    c->value[SETTING_SENDMAIL].p : "/usr/sbin/sendmail";
	c->database_url = c->value[SETTING_DATABASE_URL].n > 0 ?
	    c->value[SETTING_DATABASE_URL].p : "";
	c->admin_database_url = c->value[SETTING_ADMIN_DATABASE_URL].n > 0 ?
	    c->value[SETTING_ADMIN_DATABASE_URL].p : c->database_url;
}

bool
config_is_old(const struct config *c)
{
	struct stat	st;

	return c->file != NULL && (stat(c->file, &st) != 0 ||
	    st.st_size != c->file_size ||
	    st.st_mtim.tv_sec != c->file_time.tv_sec ||
	    st.st_mtim.tv_nsec != c->file_time.tv_nsec);
}

bool
config_is_given(void)
{
	char		buf[8192];
	struct reader	r = { .arena = { .base = buf, .cap = sizeof(buf) } };
	const char	*sid = getenv("TWILIO_ACCOUNT_SID");

	return (sid != NULL && sid[0] != '\0') || find_file(&r, NULL) != NULL;
}

bool
config_open(struct config *c, const char *path, struct out *errors)
{
	struct reader	r = { .config = c, .errors = errors };
	size_t		i, before = errors->n;

	*c = (struct config){ .naccounts = 0 };
	for (i = 0; i < SETTINGS; i++)
		c->source[i] = "default";
	c->memory = malloc(MEMORY_BYTES);
	if (c->memory == NULL) {
		fault(&r, "offhook", "out of memory");
		return false;
	}
	r.arena = (struct arena){ .base = c->memory, .cap = MEMORY_BYTES };
	c->file = find_file(&r, path);
	if (c->file != NULL)
		read_file(&r);
	read_environment(&r);
	set_folders(&r);
	config_check(c, r.tokens, r.ntokens, errors);
	if (r.arena.full)
		fault(&r, "offhook", "the settings need more than 128 kB");
	return errors->n == before && !errors->overflow;
}

void
config_close(struct config *c)
{
	size_t	i;

	/* The next file's settings must not meet the last one's. */
	for (i = 0; libpq_names[i] != NULL; i++)
		if ((c->libpq_set >> i & 1) != 0)
			(void)unsetenv(libpq_names[i]);
	c->libpq_set = 0;
	free(c->memory);
	c->memory = NULL;
}
