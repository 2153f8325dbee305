/* URLs: the first line is a base, the rest a target. */
#include "../../src/core/out.h"
#include "../../src/core/url.h"
#include "fuzz.h"

static void
check_candidates(struct arena *a, const struct base *b, struct str target)
{
	struct candidates	c = { .n = 0 };
	struct str		start[3], head, tail = url_path(target);
	size_t			i, j;

	url_candidates(a, b, target, &c);
	must(!c.no_memory && c.n >= 2 && c.n <= 12);
	start[0] = b->scheme;
	start[1] = STR("://");
	start[2] = b->host;
	head = arena_join(a, start, 3);
	for (i = 0; i < c.n; i++) {
		/* The same server, the same path: only its spelling varies. */
		must(str_starts(c.url[i], head));
		must(str_find(c.url[i], '@', 0) >= head.n);
		must(str_eq(tail, STR("/")) ||
		    str_ends(url_path(c.url[i]), tail));
		for (j = 0; j < i; j++)
			must(!str_eq(c.url[i], c.url[j]));
	}
}

/* No query parameter "token" keeps its value; all else stays. */
static void
check_mask(struct arena *a, struct str target)
{
	struct str	masked = url_mask_token(a, target);
	struct str	query = url_query(target), new = url_query(masked);
	struct str	piece, twin;

	must(str_eq(url_path(masked), url_path(target)));
	must((query.p == NULL) == (new.p == NULL));
	while (str_cut(&query, '&', &piece)) {
		must(str_cut(&new, '&', &twin));
		if (str_starts(piece, STR("token=")))
			must(str_eq(twin, STR("token=***")));
		else
			must(str_eq(piece, twin));
	}
	must(new.p == NULL);
}

static void
check_replace(struct arena *a, struct str s)
{
	struct str	to = url_replace(a, s, STR("%27"), STR("'"));
	size_t		i, n = 0;

	for (i = 0; i + 3 <= s.n; i++)
		n += str_eq(str_sub(s, i, i + 3), STR("%27"));
	must(to.p != NULL && to.n == s.n - 2 * n);
	to = url_replace(a, s, STR("'"), STR("%27"));
	must(str_find(to, '\'', 0) == to.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str	raw = fuzz_copy(data, n), target = raw, line;
	struct arena	a = fuzz_arena();
	struct base	b;

	(void)str_cut(&target, '\n', &line);
	if (target.p == NULL)
		target = STR("/");
	check_mask(&a, target);
	check_replace(&a, target);
	if (url_parse_base(line, &b) == URL_OK) {
		must(b.host.n > 0 && (b.prefix.n == 0 ||
		    (b.prefix.p[0] == '/' &&
		    b.prefix.p[b.prefix.n - 1] != '/')));
		must(str_find(b.host, '@', 0) == b.host.n);
		must(str_find(b.prefix, '?', 0) == b.prefix.n &&
		    str_find(b.prefix, '#', 0) == b.prefix.n);
		if (target.n > 0 && target.p[0] == '/')
			check_candidates(&a, &b, target);
	}
	fuzz_free();
	return 0;
}
