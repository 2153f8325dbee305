/*
 * The routes' snapshot on local disk. See snapshot.h.
 *
 * First line:  offhook-routes 2 VERSION COUNT SHA256\n
 * Then for each route:  KINDLEN TOLEN REPLYLEN HTTP REJECT BROKEN\n
 * kind to reply \n (the three texts without anything between them).
 * SHA256 is of all that follows the first line.
 */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../core/out.h"
#include "snapshot.h"

#define SNAPSHOT_MAX_BYTES ((size_t)64 << 20)
#define FIRST_LINE_BYTES 160

void
snapshot_open(struct snapshot *s, const char *state)
{
	*s = (struct snapshot){ .state = state };
	s->routes.version = -1;
}

void
snapshot_close(struct snapshot *s)
{
	free(s->routes.at);
	if (s->map != NULL)
		(void)munmap(s->map, s->size);
	snapshot_open(s, s->state);
}

static bool
hash_hex(struct str text, char out[64])
{
	unsigned char	md[EVP_MAX_MD_SIZE];
	struct out	o = out_init(out, 64);

	if (EVP_Digest(text.n == 0 ? "" : text.p, text.n, md, NULL,
	    EVP_sha256(), NULL) != 1)
		return false;
	out_hex(&o, md, 32);
	return true;
}

static bool
next_number(struct str *line, uint64_t max, uint64_t *out)
{
	struct str	word;

	return str_cut(line, ' ', &word) && str_to_uint(word, max, out);
}

/* Cut n bytes off the front of the text. */
static bool
take(struct str *text, uint64_t n, struct str *out)
{
	if (n > text->n)
		return false;
	*out = str_sub(*text, 0, (size_t)n);
	*text = str_sub(*text, (size_t)n, text->n);
	return true;
}

static bool
parse_route(struct str *text, struct store_route *r)
{
	uint64_t	n[6];
	struct str	line, end;
	size_t		i;

	if (!str_cut(text, '\n', &line) || text->p == NULL)
		return false;
	for (i = 0; i < 6; i++)
		if (!next_number(&line, SNAPSHOT_MAX_BYTES, &n[i]))
			return false;
	r->http = n[3] > 599 ? 0 : (int)n[3];
	r->reject_in_trouble = n[4] != 0;
	r->broken = n[5] != 0;
	return line.p == NULL && r->http >= 200 &&
	    take(text, n[0], &r->kind) && take(text, n[1], &r->to) &&
	    take(text, n[2], &r->reply) && take(text, 1, &end) &&
	    end.p[0] == '\n';
}

/* Read what we wrote like a stranger's text. */
static bool
parse(struct str text, struct store_routes *out)
{
	struct str	line, word, hash;
	uint64_t	version, count, i;
	char		hex[64];

	if (!str_cut(&text, '\n', &line) || text.p == NULL ||
	    !str_cut(&line, ' ', &word) ||
	    !str_eq(word, STR("offhook-routes")) ||
	    !str_cut(&line, ' ', &word) || !str_eq(word, STR("2")) ||
	    !next_number(&line, INT64_MAX, &version) ||
	    !next_number(&line, text.n, &count) || line.n != sizeof(hex) ||
	    !hash_hex(text, hex))
		return false;
	hash = (struct str){ hex, sizeof(hex) };
	if (!str_eq(line, hash))
		return false;
	out->version = (int64_t)version;
	out->n = (size_t)count;
	out->at = calloc(out->n + 1, sizeof(*out->at));
	for (i = 0; out->at != NULL && i < count; i++)
		if (!parse_route(&text, &out->at[i]))
			break;
	if (out->at != NULL && i == count && text.n == 0)
		return true;
	free(out->at);
	out->at = NULL;
	return false;
}

/* The snapshot's path, or false when there is no folder for it. */
static bool
make_path(const struct snapshot *s, char path[4096])
{
	int	n;

	if (s->state == NULL)
		return false;
	n = snprintf(path, 4096, "%s/routes", s->state);
	return n > 0 && n < 4096;
}

static bool
is_usable(const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_size > 0 &&
	    (uint64_t)st->st_size <= SNAPSHOT_MAX_BYTES;
}

static int64_t
mtime_ns(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

/* Map the open file and take its routes in place of the old ones. */
static bool
load(struct snapshot *s, int fd, const struct stat *st)
{
	struct snapshot	fresh = { .state = s->state };

	fresh.size = (size_t)st->st_size;
	fresh.map = mmap(NULL, fresh.size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fresh.map == MAP_FAILED)
		return false;
	if (!parse((struct str){ fresh.map, fresh.size }, &fresh.routes)) {
		(void)munmap(fresh.map, fresh.size);
		return false;
	}
	fresh.inode = st->st_ino;
	fresh.mtime_ns = mtime_ns(st);
	snapshot_close(s);
	*s = fresh;
	return true;
}

static bool
is_known(const struct snapshot *s, const struct stat *st)
{
	return s->map != NULL && s->inode == st->st_ino &&
	    s->mtime_ns == mtime_ns(st) && s->size == (size_t)st->st_size;
}

bool
snapshot_refresh(struct snapshot *s)
{
	char		path[4096];
	struct stat	st;
	bool		ok;
	int		fd;

	if (!make_path(s, path) || stat(path, &st) != 0)
		return false;
	if (is_known(s, &st))
		return true;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return false;
	ok = fstat(fd, &st) == 0 && is_usable(&st) && load(s, fd, &st);
	(void)close(fd);
	return ok;
}

static void
write_route(struct out *o, const struct store_route *r)
{
	out_int(o, (int64_t)r->kind.n);
	out_char(o, ' ');
	out_int(o, (int64_t)r->to.n);
	out_char(o, ' ');
	out_int(o, (int64_t)r->reply.n);
	out_char(o, ' ');
	out_int(o, r->http);
	out_cstr(o, r->reject_in_trouble ? " 1" : " 0");
	out_cstr(o, r->broken ? " 1\n" : " 0\n");
	out_bytes(o, r->kind);
	out_bytes(o, r->to);
	out_bytes(o, r->reply);
	out_char(o, '\n');
}

/* All but the first line. */
static struct str
format_body(const struct store_routes *routes, struct arena *a)
{
	struct out	o;
	size_t		i, cap = 0;
	char		*p;

	for (i = 0; i < routes->n; i++)
		cap += 80 + routes->at[i].kind.n + routes->at[i].to.n +
		    routes->at[i].reply.n;
	p = arena_alloc(a, cap + 1, 1);
	if (p == NULL)
		return (struct str){ NULL, 0 };
	o = out_init(p, cap);
	for (i = 0; i < routes->n; i++)
		write_route(&o, &routes->at[i]);
	return out_str(&o);
}

static void
format_first_line(struct out *o, const struct store_routes *routes,
    struct str hash)
{
	out_cstr(o, "offhook-routes 2 ");
	out_int(o, routes->version);
	out_char(o, ' ');
	out_int(o, (int64_t)routes->n);
	out_char(o, ' ');
	out_bytes(o, hash);
	out_char(o, '\n');
}

static bool
write_all(int fd, struct str s)
{
	ssize_t	n;

	while (s.n > 0) {
		n = write(fd, s.p, s.n);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}

/* Durable and whole: temporary file, fsync, rename, fsync the folder. */
static bool
replace(const char *folder, struct str first, struct str body)
{
	bool	ok = false;
	char	name[32];
	int	dir, fd;

	dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1)
		return false;
	(void)snprintf(name, sizeof(name), "routes.%ld", (long)getpid());
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	if (fd != -1) {
		ok = write_all(fd, first) && write_all(fd, body) &&
		    fsync(fd) == 0;
		ok = close(fd) == 0 && ok;
		ok = ok && renameat(dir, name, dir, "routes") == 0;
		if (!ok)
			(void)unlinkat(dir, name, 0);
	}
	ok = ok && fsync(dir) == 0;
	(void)close(dir);
	return ok;
}

bool
snapshot_write(const struct snapshot *s, const struct store_routes *routes,
    struct arena *a)
{
	char		line[FIRST_LINE_BYTES], hex[64];
	struct out	first = out_init(line, sizeof(line));
	struct str	body = format_body(routes, a);

	if (s->state == NULL || body.p == NULL || !hash_hex(body, hex)) {
		errno = s->state == NULL ? ENOENT : ENOMEM;
		return false;
	}
	format_first_line(&first, routes, (struct str){ hex, sizeof(hex) });
	return replace(s->state, out_str(&first), body);
}
