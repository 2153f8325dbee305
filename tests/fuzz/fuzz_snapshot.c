/*
 * The routes' snapshot. The first byte says whether the first line is made
 * (with the right digest; the second byte counts the routes) or as it comes.
 */
#include <openssl/evp.h>

#include "../../src/core/out.h"
#include "../../src/edge/snapshot.h"
#include "fuzz_dir.h"

static void
write_first_line(int fd, struct str body, int count)
{
	char		line[160];
	unsigned char	md[EVP_MAX_MD_SIZE];
	struct out	o = out_init(line, sizeof(line));

	out_cstr(&o, "offhook-routes 2 7 ");
	out_int(&o, count);
	out_char(&o, ' ');
	must(EVP_Digest(body.p, body.n, md, NULL, EVP_sha256(), NULL) == 1);
	out_hex(&o, md, 32);
	out_char(&o, '\n');
	must(write(fd, o.p, o.n) == (ssize_t)o.n);
}

/* What was believed can be written, and is then read as the same. */
static void
check_again(struct snapshot *s, struct arena *a)
{
	struct snapshot	t;
	size_t		i;

	snapshot_open(&t, fuzz_path);
	must(snapshot_write(&t, &s->routes, a) && snapshot_refresh(&t));
	must(t.routes.version == s->routes.version &&
	    t.routes.n == s->routes.n);
	for (i = 0; i < t.routes.n; i++)
		must(str_eq(t.routes.at[i].kind, s->routes.at[i].kind) &&
		    str_eq(t.routes.at[i].to, s->routes.at[i].to) &&
		    str_eq(t.routes.at[i].reply, s->routes.at[i].reply) &&
		    t.routes.at[i].http == s->routes.at[i].http &&
		    t.routes.at[i].reject_in_trouble ==
		    s->routes.at[i].reject_in_trouble &&
		    t.routes.at[i].broken == s->routes.at[i].broken);
	snapshot_close(&t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str	raw = fuzz_copy(data, n), body = raw;
	struct arena	a = fuzz_arena();
	struct snapshot	s;
	int		fd = fuzz_file("routes");

	if (n >= 2 && data[0] != 'o') {
		body = str_sub(raw, 2, n);
		write_first_line(fd, body, data[1] & 15);
	}
	must(write(fd, body.p, body.n) == (ssize_t)body.n);
	(void)close(fd);
	snapshot_open(&s, fuzz_path);
	if (snapshot_refresh(&s)) {
		must(s.routes.version >= 0 && s.routes.n <= n);
		check_again(&s, &a);
	} else
		must(s.routes.version == -1 && s.routes.n == 0);
	snapshot_close(&s);
	fuzz_free();
	return 0;
}
