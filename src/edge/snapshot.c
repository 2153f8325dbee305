/*
 * The routes' snapshot on local disk. See snapshot.h.
 *
 * First line:  offhook-routes 3 VERSION BYTES SHA256\n
 * Then the routes' specs, a JSON array of so many bytes, which SHA256 is of.
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
#include "file.h"
#include "snapshot.h"

#define SNAPSHOT_MAX_BYTES ((size_t)64 << 20)
#define FIRST_LINE_BYTES 160
/* What the routes take in memory, most often four times their text. */
#define ROUTES_MAX_BYTES ((size_t)512 << 20)
#define CHECK_BYTES ((size_t)4 << 20)	/* for the grammar, for a moment */
#define TEMPLATE_MAX_BYTES ((size_t)16 << 20)
#define WHY_BYTES 1280

void
snapshot_open(struct snapshot *s, const char *state)
{
	*s = (struct snapshot){ .state = state };
	s->routes.version = -1;
}

void
snapshot_close(struct snapshot *s)
{
	size_t	i;

	for (i = 0; s->memos != NULL && i < s->routes.n; i++)
		free(s->memos[i].memory);
	free(s->memos);
	free(s->memory);
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

/* The specs behind the first line; read what we wrote like a stranger's. */
static bool
open_text(struct str *text, int64_t *out)
{
	struct str	line, word, hash;
	uint64_t	version, bytes;
	char		hex[64];

	if (!str_cut(text, '\n', &line) || text->p == NULL ||
	    !str_cut(&line, ' ', &word) ||
	    !str_eq(word, STR("offhook-routes")) ||
	    !str_cut(&line, ' ', &word) || !str_eq(word, STR("3")) ||
	    !next_number(&line, INT64_MAX, &version) ||
	    !next_number(&line, text->n, &bytes) || bytes != text->n ||
	    line.n != sizeof(hex) || !hash_hex(*text, hex))
		return false;
	hash = (struct str){ hex, sizeof(hex) };
	*out = (int64_t)version;
	return str_eq(line, hash);
}

/* In memory that is made larger until they have room. */
static bool
load_routes(struct snapshot *s, struct str specs)
{
	struct arena	a = { .cap = 4 * specs.n + 4096 };

	for (; a.cap <= ROUTES_MAX_BYTES; a.cap *= 4) {
		a.used = 0;
		a.full = false;
		a.base = malloc(a.cap);
		if (a.base == NULL)
			return false;
		if (routes_load(&a, specs, &s->routes)) {
			s->memory = a.base;
			s->memos = calloc(s->routes.n + 1, sizeof(*s->memos));
			return s->memos != NULL;
		}
		free(a.base);
		if (!a.full)
			return false;
	}
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
	struct snapshot	fresh;
	struct str	text;
	int64_t		version = -1;

	snapshot_open(&fresh, s->state);
	fresh.size = (size_t)st->st_size;
	fresh.map = mmap(NULL, fresh.size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fresh.map == MAP_FAILED)
		return false;
	text = (struct str){ fresh.map, fresh.size };
	if (!open_text(&text, &version) || !load_routes(&fresh, text)) {
		snapshot_close(&fresh);
		return false;
	}
	fresh.routes.version = version;
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
		ok = file_write(fd, first) && file_write(fd, body) &&
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
snapshot_write(const struct snapshot *s, int64_t version, struct str specs)
{
	char		line[FIRST_LINE_BYTES], hex[64];
	struct out	first = out_init(line, sizeof(line));

	if (s->state == NULL || !hash_hex(specs, hex)) {
		errno = s->state == NULL ? ENOENT : ENOMEM;
		return false;
	}
	out_cstr(&first, "offhook-routes 3 ");
	out_int(&first, version);
	out_char(&first, ' ');
	out_int(&first, (int64_t)specs.n);
	out_char(&first, ' ');
	out_bytes(&first, (struct str){ hex, sizeof(hex) });
	out_char(&first, '\n');
	return replace(s->state, out_str(&first), specs);
}

static void
say_bad(struct route_memo *m, struct str why)
{
	struct arena	a = { .base = malloc(why.n + 1), .cap = why.n + 1 };

	m->memory = a.base;
	m->why = STR("there is not enough memory for its check");
	if (a.base != NULL)
		m->why = arena_copy(&a, why);
}

static bool
check(const struct route *route, struct out *why)
{
	struct arena	a = { .base = malloc(CHECK_BYTES), .cap = CHECK_BYTES };
	bool		ok = a.base != NULL && route_check(&a, route, why);

	free(a.base);
	return ok;
}

static bool
is_settled(const struct route *route, const struct template *t)
{
	struct arena	a = { .base = malloc(CHECK_BYTES), .cap = CHECK_BYTES };
	bool		settled = a.base != NULL &&
			    route_is_settled(&a, route, t);

	free(a.base);
	return settled;
}

/* Its template for good, in memory of its own. */
static bool
compile(struct route_memo *m, struct str text, struct out *why)
{
	struct arena	a = { .cap = 4 * text.n + 4096 };

	for (; a.cap <= TEMPLATE_MAX_BYTES; a.cap *= 4) {
		a.used = 0;
		a.full = false;
		a.base = m->memory = malloc(a.cap);
		if (a.base == NULL)
			return false;
		m->compiled = template_compile(&a, text, TEMPLATE_XML, why);
		if (m->compiled != NULL)
			return true;
		free(m->memory);
		m->memory = NULL;
		if (!a.full)
			return false;
		why->n = 0;
	}
	return false;
}

const struct route_memo *
snapshot_memo(struct snapshot *s, const struct route *route)
{
	struct route_memo	*m = &s->memos[route - s->routes.at];
	char			 buf[WHY_BYTES];
	struct out		 why = out_init(buf, sizeof(buf));

	if (m->checked)
		return m;
	m->checked = true;
	m->good = check(route, &why) && (route->source != ROUTE_TEMPLATE ||
	    compile(m, route->reply, &why));
	if (m->good && m->compiled != NULL)
		m->settled = is_settled(route, m->compiled);
	if (!m->good)
		say_bad(m, out_str(&why));
	return m;
}
