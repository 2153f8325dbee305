/*
 * The routes' snapshot. The first byte says whether the first line is made
 * (with the right digest) or as it comes: 'o'.
 */
#include <openssl/evp.h>

#include "../../src/core/out.h"
#include "../../src/edge/snapshot.h"
#include "fuzz_dir.h"

static void
write_first_line(int fd, struct str body)
{
	char		line[160];
	unsigned char	md[EVP_MAX_MD_SIZE];
	struct out	o = out_init(line, sizeof(line));

	out_cstr(&o, "offhook-routes 3 7 ");
	out_int(&o, (int64_t)body.n);
	out_char(&o, ' ');
	must(EVP_Digest(body.p, body.n, md, NULL, EVP_sha256(), NULL) == 1);
	out_hex(&o, md, 32);
	out_char(&o, '\n');
	must(write(fd, o.p, o.n) == (ssize_t)o.n);
}

/* What was believed may be asked, and can be written and read again. */
static void
check_again(struct snapshot *s, struct str specs)
{
	const struct route_memo	*m;
	struct snapshot		 t;
	size_t			 i;

	for (i = 0; i < s->routes.n; i++) {
		m = snapshot_memo(s, &s->routes.at[i]);
		must(m->checked && m->good == (m->why.p == NULL));
		must(!m->good || s->routes.at[i].broken.p == NULL);
	}
	snapshot_open(&t, fuzz_path);
	must(snapshot_write(&t, 8, specs) && snapshot_refresh(&t));
	must(t.routes.version == 8 && t.routes.n == s->routes.n);
	snapshot_close(&t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str	raw = fuzz_copy(data, n), body = raw;
	struct snapshot	s;
	int		fd = fuzz_file("routes");

	if (n >= 1 && data[0] != 'o') {
		body = str_sub(raw, 1, n);
		write_first_line(fd, body);
	}
	must(write(fd, body.p, body.n) == (ssize_t)body.n);
	(void)close(fd);
	snapshot_open(&s, fuzz_path);
	if (snapshot_refresh(&s)) {
		must(s.routes.version >= 0 && s.routes.n <= n);
		check_again(&s, data[0] != 'o' ? body :
		    str_sub(raw, str_find(raw, '\n', 0) + 1, n));
	} else
		must(s.routes.version == -1 && s.routes.n == 0);
	snapshot_close(&s);
	fuzz_free();
	return 0;
}
