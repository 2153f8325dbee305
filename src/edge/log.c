/* One line a fact on standard error. See log.h. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../core/out.h"
#include "clock.h"
#include "log.h"

/* Longer facts are cut: one write(2) of a line must stay whole. */
#define LOG_LINE_BYTES 2048
/* Bytes of each value; less of each when they do not fit together. */
static const size_t value_bytes[] = { 480, 40 };

static const char *const level_names[] = {
	[LOG_INFO] = "info",
	[LOG_WARNING] = "warning",
	[LOG_ERROR] = "error",
};

static void
json_pair(struct out *o, const char *key, struct str value)
{
	out_cstr(o, ",\"");
	out_cstr(o, key);
	out_cstr(o, "\":");
	out_json(o, value);
}

static void
write_json(struct out *o, const struct log *l, const char *time,
    enum log_level level, const char *what, const struct log_field *f,
    size_t most)
{
	out_cstr(o, "{\"time\":");
	out_json(o, str_from(time));
	json_pair(o, "level", str_from(level_names[level]));
	if (l->id[0] != '\0')
		json_pair(o, "id", str_from(l->id));
	json_pair(o, "what", str_from(what));
	for (; f != NULL && f->key != NULL; f++)
		json_pair(o, f->key, str_sub(f->value, 0, most));
	out_char(o, '}');
}

static bool
needs_quotes(struct str s)
{
	return s.n == 0 || str_find(s, ' ', 0) < s.n ||
	    str_find(s, '"', 0) < s.n || str_find(s, '=', 0) < s.n;
}

/* In quotes where it has blanks; a quote of its own cannot end them. */
static void
text_value(struct out *o, struct str s)
{
	struct str	piece;
	const char	*between = "";

	if (!needs_quotes(s)) {
		out_printable(o, s);
		return;
	}
	out_char(o, '"');
	while (str_cut(&s, '"', &piece)) {
		out_cstr(o, between);
		out_printable(o, piece);
		between = "\\x22";
	}
	out_char(o, '"');
}

static void
write_text(struct out *o, const struct log *l, const char *time,
    enum log_level level, const char *what, const struct log_field *f,
    size_t most)
{
	out_cstr(o, time);
	out_cstr(o, " offhook ");
	out_cstr(o, level_names[level]);
	out_char(o, ' ');
	if (l->id[0] != '\0') {
		out_cstr(o, l->id);
		out_char(o, ' ');
	}
	out_cstr(o, what);
	for (; f != NULL && f->key != NULL; f++) {
		out_char(o, ' ');
		out_cstr(o, f->key);
		out_char(o, '=');
		text_value(o, str_sub(f->value, 0, most));
	}
}

void
log_write(const struct log *l, enum log_level level, const char *what,
    const struct log_field *fields)
{
	char		buf[LOG_LINE_BYTES], time[25];
	struct out	o;
	size_t		i;
	ssize_t		n;

	clock_format(clock_now_ms(), time);
	for (i = 0; i < sizeof(value_bytes) / sizeof(value_bytes[0]); i++) {
		o = out_init(buf, sizeof(buf) - 1);
		if (l->json)
			write_json(&o, l, time, level, what, fields,
			    value_bytes[i]);
		else
			write_text(&o, l, time, level, what, fields,
			    value_bytes[i]);
		if (!o.overflow)
			break;
	}
	buf[o.n++] = '\n';
	n = write(STDERR_FILENO, buf, o.n);
	(void)n;	/* a log that cannot be written has nowhere to go */
}

void
log_say(const struct log *l, enum log_level level, const char *what,
    const char *key, struct str value)
{
	struct log_field	f[2] = { { key, value },
				    { NULL, { NULL, 0 } } };

	log_write(l, level, what, f);
}

struct stamp {
	int64_t		time_ms;
	uint64_t	fact;	/* FNV-1a of its text */
};

/* Whether the stamp lets it pass; if so the stamp is renewed. */
static bool
renew_stamp(int fd, struct stamp fresh)
{
	struct stamp	old;
	struct stat	st;

	if (fstat(fd, &st) != 0 || st.st_uid != geteuid() ||
	    flock(fd, LOCK_EX | LOCK_NB) != 0)
		return false;
	if (pread(fd, &old, sizeof(old), 0) == (ssize_t)sizeof(old) &&
	    old.fact == fresh.fact && fresh.time_ms >= old.time_ms &&
	    fresh.time_ms - old.time_ms < 1000)
		return false;
	return pwrite(fd, &fresh, sizeof(fresh), 0) == (ssize_t)sizeof(fresh);
}

bool
log_allows(int64_t now_ms, struct str fact)
{
	struct stamp	fresh = { now_ms, 14695981039346656037u };
	char		path[64];
	size_t		i;
	bool		allows;
	int		fd;

	for (i = 0; i < fact.n; i++)
		fresh.fact = (fresh.fact ^ (unsigned char)fact.p[i]) *
		    1099511628211u;
	(void)snprintf(path, sizeof(path), "/tmp/offhook-log.%lu",
	    (unsigned long)geteuid());
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd == -1)
		return true;
	allows = renew_stamp(fd, fresh);
	(void)close(fd);
	return allows;
}
