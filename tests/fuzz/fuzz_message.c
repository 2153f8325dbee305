/* Messages: what is read is written and read again as the same. */
#include "../../src/core/message.h"
#include "fuzz.h"

/* As a header's value is kept: controls as '?'. */
static bool
same_value(struct str a, struct str b)
{
	size_t	i;

	for (i = 0; a.n == b.n && i < a.n; i++)
		if (a.p[i] != b.p[i] &&
		    ((unsigned char)a.p[i] >= 0x20 || b.p[i] != '?'))
			return false;
	return a.n == b.n;
}

static void
check_again(struct arena *a, const struct message *m, size_t n)
{
	static struct message	g;
	size_t			i, k = 0, cap = 2 * n + 256;
	bool			good;
	struct out		o = out_init(arena_alloc(a, cap, 1), cap);

	message_write_request_line(&o, m->method, m->target);
	for (i = 0; i < m->nheaders; i++) {
		/* We write names of our own: without a NUL. */
		if (str_find(m->header[i].name, '\0', 0) <
		    m->header[i].name.n)
			return;
		if (!str_ieq(m->header[i].name, STR("Content-Length")))
			message_write_header(&o, arena_cstr(a,
			    m->header[i].name), m->header[i].value);
	}
	message_write_body(&o, m->body);
	must(!o.overflow);
	good = message_parse(out_str(&o), &g) == MESSAGE_OK;
	/* With 64 headers the length is one too many. */
	if (!good && m->nheaders == MESSAGE_MAX_HEADERS)
		return;
	must(good);
	must(str_eq(g.body, m->body) && same_value(m->target, g.target));
	for (i = 0; i < m->nheaders; i++) {
		if (str_ieq(m->header[i].name, STR("Content-Length")))
			continue;
		must(k < g.nheaders &&
		    same_value(m->header[i].value, g.header[k].value));
		k++;
	}
	must(k + 1 == g.nheaders);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct message	m;
	struct arena		a = fuzz_arena();
	struct str		s = fuzz_copy(data, n);
	size_t			i;

	if (message_parse(s, &m) == MESSAGE_OK) {
		must(m.method.n > 0 && m.target.n > 0 &&
		    str_find(m.method, ' ', 0) == m.method.n);
		must(m.nheaders <= MESSAGE_MAX_HEADERS && m.body.p != NULL);
		for (i = 0; i < m.nheaders; i++) {
			must(m.header[i].name.n > 0);
			must(str_find(m.header[i].value, '\n', 0) ==
			    m.header[i].value.n);
		}
		check_again(&a, &m, n);
	}
	fuzz_free();
	return 0;
}
