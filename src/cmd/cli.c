/* What the commands share: messages, settings, memory, files. See cmd.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "table.h"

const struct option options_csv[] = { OPTION_CSV, { NULL, NULL, NULL, false } };

static void
say(const char *before, const char *fmt, va_list ap)
{
	char		line[4096], clean[4 * sizeof(line)];
	struct out	o = out_init(clean, sizeof(clean) - 1);

	(void)vsnprintf(line, sizeof(line), fmt, ap);
	out_printable(&o, str_from(line));
	clean[o.n] = '\0';
	(void)fprintf(stderr, "%s%s\n", before, clean);
}

void
cli_error(const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	say("offhook: ", fmt, ap);
	va_end(ap);
}

void
cli_note(const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
}

int
cli_usage(const struct cli *cli, const char *fmt, ...)
{
	const struct command	*c = cli->command;
	va_list			 ap;

	va_start(ap, fmt);
	say("offhook: ", fmt, ap);
	va_end(ap);
	cli_note("See: offhook %s%s%s --help",
	    c->noun == NULL ? "" : c->noun, c->noun == NULL ? "" : " ",
	    c->verb);
	return EXIT_USAGE;
}

void *
cli_alloc(struct cli *cli, size_t count, size_t size)
{
	void	*p = arena_alloc(&cli->arena, count, size);

	if (p == NULL) {
		cli_error("the memory is used up (%zu MB)", CLI_MEMORY >> 20);
		exit(EXIT_FAILURE);
	}
	return p;
}

static const char *
print_arena(struct cli *cli, const char *fmt, va_list ap)
{
	va_list	 again;
	char	*p;
	int	 n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return "";
	p = cli_alloc(cli, (size_t)n + 1, 1);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	return p;
}

const char *
cli_printf(struct cli *cli, const char *fmt, ...)
{
	va_list		 ap;
	const char	*p;

	va_start(ap, fmt);
	p = print_arena(cli, fmt, ap);
	va_end(ap);
	return p;
}

void
cli_after(struct cli *cli, const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	cli->after = print_arena(cli, fmt, ap);
	va_end(ap);
}

/* Each line of the settings' errors as an error of its own. */
static void
print_errors(struct str errors)
{
	struct str	line;

	while (str_cut(&errors, '\n', &line))
		if (line.n > 0)
			cli_error("%.*s", (int)line.n, line.p);
}

const struct config *
cli_config(struct cli *cli)
{
	struct out	errors;
	char		buf[16384];

	if (cli->config_read)
		return &cli->config;
	errors = out_init(buf, sizeof(buf));
	if (!config_open(&cli->config, cli->config_path, &errors)) {
		print_errors(out_str(&errors));
		config_close(&cli->config);
		return NULL;
	}
	cli->config_read = true;
	return &cli->config;
}

struct str
cli_option(const struct cli *cli, const char *name)
{
	return str_from(option_get(&cli->args, name));
}

static bool
number_from(const struct cli *cli, const char *name, uint64_t min,
    uint64_t max, uint64_t *out)
{
	struct str	s = cli_option(cli, name);
	uint64_t	n;

	if (s.p == NULL)
		return true;
	if (str_to_uint(s, max, &n) && n >= min) {
		*out = n;
		return true;
	}
	(void)cli_usage(cli, "--%s is a number from %llu to %llu, not %s",
	    name, (unsigned long long)min, (unsigned long long)max, s.p);
	return false;
}

bool
cli_number(const struct cli *cli, const char *name, uint64_t max,
    uint64_t *out)
{
	return number_from(cli, name, 0, max, out);
}

bool
cli_count(const struct cli *cli, const char *name, uint64_t max,
    uint64_t *out)
{
	return number_from(cli, name, 1, max, out);
}

bool
cli_time(struct str s, int64_t max_ms, int64_t *ms)
{
	static const struct {
		char	unit;
		int64_t	ms;
	} units[] = { { 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 },
	    { 'd', 86400000 } };
	uint64_t	n;
	size_t		i;

	if (s.n < 2 || !str_to_uint(str_sub(s, 0, s.n - 1), 100000, &n) ||
	    n == 0)
		return false;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (s.p[s.n - 1] == units[i].unit) {
			*ms = (int64_t)n * units[i].ms;
			return *ms <= max_ms;
		}
	return false;
}

/* Read to the end; false with errno set. */
static bool
read_all(int fd, char *buf, size_t cap, size_t *n)
{
	ssize_t	got;

	*n = 0;
	do {
		got = read(fd, buf + *n, cap - *n);
		if (got > 0)
			*n += (size_t)got;
	} while (*n < cap && (got > 0 || (got < 0 && errno == EINTR)));
	return got >= 0;
}

struct str
cli_file(struct cli *cli, const char *path, size_t max)
{
	bool		 standard = strcmp(path, "-") == 0, good;
	int		 fd = standard ? STDIN_FILENO :
			    open(path, O_RDONLY | O_CLOEXEC);
	size_t		 n = 0;
	char		*buf;

	if (fd == -1) {
		cli_error("%s: %s", path, strerror(errno));
		return (struct str){ NULL, 0 };
	}
	buf = cli_alloc(cli, max + 2, 1);
	good = read_all(fd, buf, max + 1, &n);
	if (!good)
		cli_error("%s: %s", path, strerror(errno));
	else if (n > max)
		cli_error("%s: it is larger than %zu bytes", path, max);
	if (!standard)
		(void)close(fd);
	if (!good || n > max)
		return (struct str){ NULL, 0 };
	buf[n] = '\0';
	cli->arena.used -= max - n;	/* give back what was not needed */
	return (struct str){ buf, n };
}

void
cli_wrapped(struct cli *cli, const char *before, const char *text)
{
	struct str	rest = str_from(text), word;
	size_t		indent = str_from(before).n, column = indent, i;

	out_cstr(&cli->out, before);
	while (str_cut(&rest, ' ', &word)) {
		if (column > indent && column + 1 + word.n > 76) {
			out_char(&cli->out, '\n');
			for (i = 0; i < indent; i++)
				out_char(&cli->out, ' ');
			column = indent;
		} else if (column > indent) {
			out_char(&cli->out, ' ');
			column++;
		}
		out_bytes(&cli->out, word);
		column += word.n;
	}
	out_char(&cli->out, '\n');
}

bool
cli_is_text(const struct cli *cli)
{
	return !cli->json && !cli->csv;
}

void
cli_table(struct cli *cli, const struct table *t, const char *none)
{
	size_t	width[TABLE_MAX_COLUMNS] = { 0 };

	if (cli->csv)
		table_write_more(&cli->out, t, TABLE_CSV, width);
	else if (t->first != NULL || none == NULL || cli->json)
		table_write(&cli->out, t, cli->json);
	else
		cli_note("%s", none);
}

void
cli_lines(struct cli *cli, struct str text)
{
	struct str	line;

	while (str_cut(&text, '\n', &line)) {
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		out_printable(&cli->out, line);
		out_char(&cli->out, '\n');
	}
}

void
cli_json_pair(struct out *o, const char *name, struct str value)
{
	out_cstr(o, ", ");
	out_json(o, str_from(name));
	out_cstr(o, ": ");
	if (value.p == NULL)
		out_cstr(o, "null");
	else
		out_json(o, value);
}

struct str
cli_masked(struct cli *cli, struct str s)
{
	const struct config	*c = &cli->config;

	if (s.n == 0 || !cli->config_read)
		return s;
	s = url_mask_token(&cli->arena, s);	/* a wrong one, too */
	if (c->url_token.n > 0)
		s = url_replace(&cli->arena, s, c->url_token, STR("***"));
	if (c->basic_auth.n > 0)
		s = url_replace(&cli->arena, s, c->basic_auth,
		    STR("***:***"));
	return s;
}
